"""A user's own table of names: names that the bundled lexicon lacks, and what it must not take for a name.

Tab-separated UTF-8, one name a line; blank lines and lines that begin with ``#`` are skipped, and a first line that
begins with ``name`` is the heads. Columns, of which the last three may be missing:
    name           as texts write it
    curie          ``hgnc:391``; empty for a thing without identifier; ``-`` for a word that is no name;
                   ``-hgnc:391`` for a name that never means this
    standard name  empty: as the lexicon has it for the CURIE
    type           one of ``ENTITY_TYPES``; empty: as the lexicon has it
    recognise      ``yes`` (however it is written), ``case``, ``exact`` (as it stands), ``weak`` (only where the
                   recogniser sees a name too) or ``no`` (never by itself); empty: by its length
A row with a CURIE or a standard name is all that the name means, however a text writes it: what the bundled lexicon
has under the name is put aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from sigmine.errors import GroundingError
from sigmine.model import ENTITY_TYPES
from sigmine.resources.lexicon_keys import fold, make_key
from sigmine.resources.prefixes import PREFIXES, normalize_curie

COLUMNS = ("name", "curie", "standard name", "type", "recognise")
RECOGNISE = ("yes", "case", "exact", "weak", "no")
_PREFIXES = tuple(takewhile(lambda prefix: prefix != "RO", PREFIXES))
SOURCE = "own"
"""The source of these names in the lexicon."""


@dataclass(frozen=True, slots=True)
class OwnName:
    """A row that says what a name means; ``curie``, ``standard`` and ``type`` are empty where the row leaves them out.

    ``line`` is counted from 1.
    """

    name: str
    curie: str
    standard: str
    type: str
    recognise: str
    line: int


@dataclass(frozen=True, slots=True)
class OwnNames:
    """What a table says.

    Attributes:
        names: what names mean, in the order of the table.
        never: pairs of a name's key (``make_key``) and what it does not mean: a CURIE, or empty: it is no name.
    """

    names: tuple[OwnName, ...] = ()
    never: frozenset[tuple[str, str]] = frozenset()


def read_own_names(path: str | Path) -> OwnNames:
    """The names of a file.

    Raises:
        GroundingError: it cannot be read, or lines of it are wrong; ``problems`` lists them all.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GroundingError(f"{path}: cannot be read as UTF-8 text ({error}). Give a tab-separated table.") from error
    return parse_own_names(text, str(path))


def parse_own_names(text: str, place: str = "names") -> OwnNames:
    """The names of a table.

    Args:
        place: how to call it in messages.

    Raises:
        GroundingError: lines of it are wrong; ``problems`` lists them all.
    """
    names: list[OwnName] = []
    never: set[tuple[str, str]] = set()
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#") or (number == 1 and line.split("\t")[0].strip() == COLUMNS[0]):
            continue
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        faults = _check(cells)
        problems += [f"{place}:{number}: {fault}" for fault in faults]
        if faults:
            continue
        name, curie, standard, type_, recognise = [*cells, "", "", "", ""][:5]
        if curie.startswith("-"):
            never.add((make_key(name), normalize_curie(curie[1:]) or ""))
        else:
            flag = recognise or ("yes" if len(fold(name)) >= 5 else "exact")
            names.append(OwnName(name, normalize_curie(curie) or "", standard, type_.upper(), flag, number))
    raise_problems(problems, place)
    return OwnNames(tuple(names), frozenset(never))


def raise_problems(problems: list[str], place: str) -> None:
    """Raises one error for all problems of a table, if there are any."""
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise GroundingError("\n".join([f"{count} in {place}:", *problems]), tuple(problems))


def _check(cells: list[str]) -> list[str]:
    """What is wrong with a row."""
    if not 2 <= len(cells) <= len(COLUMNS):
        return [
            f"{len(cells)} column(s); expected are {', '.join(COLUMNS)}, separated by tabs, the last three optional"
        ]
    name, curie, standard, type_, recognise = [*cells, "", "", ""][:5]
    faults = []
    if not make_key(name):
        faults.append(f"{name!r} holds no letter or digit, so it is no name")
    bare = curie.removeprefix("-")
    if bare and (normalize_curie(bare) or "").partition(":")[0] not in _PREFIXES:
        faults.append(f"{bare!r} is no identifier; allowed are prefix:local with one of {', '.join(_PREFIXES)}")
    if type_ and type_.upper() not in ENTITY_TYPES:
        faults.append(f"{type_!r} is no type; allowed are {', '.join(ENTITY_TYPES)}")
    if recognise and recognise not in RECOGNISE:
        faults.append(f"{recognise!r} in the column recognise; allowed are {', '.join(RECOGNISE)}")
    if not curie and not (standard and type_):
        faults.append("a name without identifier needs a standard name and a type; '-' means that it is no name")
    return faults
