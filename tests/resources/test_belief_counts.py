from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from sigmine.errors import ResourceError
from sigmine.grammar import get_grammar
from sigmine.resources import belief_counts
from sigmine.resources.belief_counts import load_belief_counts


def test_the_bundled_counts_are_of_rules_that_there_are() -> None:
    known = {rule.name for rule in get_grammar().rules}
    counted = set(load_belief_counts().rules)
    gone = {rule for rule in counted - known if "/table_" not in rule}
    assert len(gone) < len(counted) / 10, f"run measure_beliefs.py again: {sorted(gone)}"


def test_the_thresholds_fall_and_keep_more_and_more() -> None:
    rows = load_belief_counts().thresholds
    assert all(one.belief > other.belief and one.total < other.total for one, other in itertools.pairwise(rows))
    assert all(one.right <= one.total for one in rows)


@pytest.mark.parametrize("text", [None, "rule\tright\nr/v.a\t1\n", "rule\tright\twrong\nr/v.a\tmany\t1\n"])
def test_a_damaged_table_is_told(text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "beliefs"
    folder.mkdir(parents=True)
    if text is not None:
        (folder / "rules.tsv").write_text(text)
    monkeypatch.setattr(belief_counts, "files", lambda package: tmp_path)
    with pytest.raises(ResourceError, match=r"measure_beliefs\.py"):
        load_belief_counts.__wrapped__()
