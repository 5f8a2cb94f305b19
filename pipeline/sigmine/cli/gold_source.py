"""Gold as commands take it: files of gold, or a folder of decisions, from which gold follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sigmine.cli.terminal import tell

if TYPE_CHECKING:
    from sigmine.evaluation.gold import GoldDocument


def load_any_gold(path: Path) -> tuple[GoldDocument, ...]:
    """The gold of a file or a folder; of a folder of ``sigmine curate``, what its decisions say.

    Decisions that are no gold are told on standard error.

    Raises:
        GoldError: if there is none, or it is wrong.
        CurationError: if the decisions cannot be read.
    """
    from sigmine.curation import make_gold, open_curation
    from sigmine.curation.journal import JOURNAL
    from sigmine.errors import GoldError
    from sigmine.evaluation import load_gold

    if not (path / JOURNAL).is_file():
        return load_gold(path)
    found = make_gold(open_curation(path, curator="reader"))
    for reason in found.left_out:
        tell(f"left out of the gold: {reason}")
    if not found.documents:
        raise GoldError(f"{path}: no decision there is gold. Decide on readings with `sigmine explore` or `curate`.")
    return found.documents
