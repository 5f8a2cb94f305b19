from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold, make_predicted, predict_exactly
from sigmine.evaluation import Report, evaluate
from sigmine.evaluation.alignment import Options
from sigmine.evaluation.claim import End, GoldStatement, Prediction
from sigmine.evaluation.report import Scores
from sigmine.evaluation.significance import PairedComparison, compare_scores
from sigmine.web.evaluation_page import render_evaluation
from web.pages import Element, find_fetches, read_page

TEXT = "AKT1 phosphorylates TSC2 at S939 and so MTOR is less active."
GOLD = [
    make_gold("phosphorylates", AKT, TSC2, id="g1", sites=("S939",)),
    make_gold("inhibits", TSC2, MTOR, id="g2"),
    make_gold("inhibits", AKT, MTOR, id="g3", split="test", sentence=(0, 60)),
]
OURS = [
    make_predicted("phosphorylates", AKT, TSC2, id="p1", belief=0.9, hedged=True),
    make_predicted("activates", TSC2, MTOR, id="p2", belief=0.6, rule="activates/transitive_verb.active"),
]
EVIL = "<script>alert('x')</script>\"&amp;"


def score(gold: list[GoldStatement], ours: list[Prediction], **options: object) -> Report:
    return evaluate([make_document(*gold)], ours, resamples=5, **options)  # type: ignore[arg-type]


def render(
    report: Report,
    *,
    texts: dict[str, str] | None = None,
    scores: Scores | None = None,
    title: str = "out against gold",
    comparison: PairedComparison | None = None,
) -> str:
    return render_evaluation(report, scores or report.total, texts or {}, title=title, comparison=comparison)


def list_rows(page: str, table: str = "errors") -> list[list[str]]:
    """The cells of the rows of a table, their words in one line."""
    (found,) = read_page(page).find_all("table", table)
    (body,) = found.find_all("tbody")
    return [[" ".join(cell.text.split()) for cell in row.find_all("td")] for row in body.find_all("tr")]


def list_marks(page: str) -> list[dict[str, str]]:
    """For each error, the words of each mark in its sentence."""
    return [
        {name: mark.text for mark in cell.find_all("span") for name in mark.classes}
        for cell in read_page(page).find_all("td", "sentence")
    ]


@pytest.mark.usefixtures("no_plots")
def test_each_error_is_shown_once() -> None:
    report = score(GOLD, OURS)
    assert [row[:5] + row[6:] for row in list_rows(render(report, texts={"doc": TEXT}))] == [
        ["flaw", "hypothesis", "phosphorylates", "AKT1 phosphorylates TSC2 at S939",
         "AKT1 phosphorylates TSC2 (hedged)", "doc body 0–60 dev g1"],
        ["flaw", "site", "phosphorylates", "AKT1 phosphorylates TSC2 at S939",
         "AKT1 phosphorylates TSC2 (hedged)", "doc body 0–60 dev g1"],
        ["missed", "polarity", "inhibits", "TSC2 inhibits MTOR", "TSC2 activates MTOR", "doc body 0–60 dev g2"],
        ["missed", "missed", "inhibits", "AKT1 inhibits MTOR", "", "doc body 0–60 test g3"],
        ["false alarm", "polarity", "activates", "TSC2 inhibits MTOR",
         "TSC2 activates MTOR activates/transitive_verb.active", "doc body 0–60 dev p2"],
    ]  # fmt: skip


@pytest.mark.usefixtures("no_plots")
def test_the_ends_of_the_gold_and_ours_are_marked() -> None:
    marks = list_marks(render(score(GOLD, OURS), texts={"doc": TEXT}))
    both = {"gold-subject": "AKT1", "gold-object": "TSC2", "ours-subject": "AKT1", "ours-object": "TSC2"}
    pair = {"gold-subject": "TSC2", "gold-object": "MTOR", "ours-subject": "TSC2", "ours-object": "MTOR"}
    assert marks == [both, both, pair, {"gold-subject": "AKT1", "gold-object": "MTOR"}, pair]


@pytest.mark.usefixtures("no_plots")
def test_without_the_text_the_prediction_s_sentence_is_shown_without_marks() -> None:
    ours = [make_predicted("activates", AKT, TSC2, text="AKT1 goes to TSC2.")]
    page = render(score([GOLD[0]], ours))
    assert [row[5] for row in list_rows(page)] == ["AKT1 goes to TSC2."] * 2
    assert list_marks(page) == [{}, {}]
    assert [row[5] for row in list_rows(render(score([GOLD[0]], [])))] == ["the text is not here"]


def test_a_page_without_errors_or_without_anything_is_a_page() -> None:
    exact = render(score(GOLD, [predict_exactly(one) for one in GOLD]), texts={"doc": TEXT})
    for page in (exact, render(score([], []))):
        assert "No errors." in read_page(page).text
        assert read_page(page).find_all("table", "errors") == []
        assert read_page(page).find_all("form") == []
        assert find_fetches(page) == []
    captions = [one.text.split(" (")[0] for one in read_page(exact).find_all("figcaption")]
    assert captions == [
        "Precision and recall by relation",
        "Precision and recall over the belief",
        "Reliability of the belief",
        "Which relation was taken for which",
    ]


@pytest.mark.usefixtures("no_plots")
def test_why_statements_were_missed_is_said() -> None:
    page = render(score([GOLD[0]], [], because={"g1": "no trigger"}))
    assert "Missed because: no trigger 1." in read_page(page).text
    assert list_rows(page)[0][:2] == ["missed", "missed (no trigger)"]
    assert "Missed because" not in render(score([GOLD[0]], []))


@pytest.mark.usefixtures("no_plots")
def test_the_split_that_is_asked_for_is_shown_and_figures_of_all() -> None:
    report = score(GOLD, OURS)
    (dev, _) = report.splits
    page = render(report, scores=dev)
    assert {row[6].split()[-2] for row in list_rows(page)} == {"dev"}
    headline = read_page(page).find_all("table")[0]
    assert [row.find_all("th")[0].text for row in headline.find_all("tbody")[0].find_all("tr")] == [
        "dev", "test", "total"
    ]  # fmt: skip
    (chosen,) = read_page(page).find_all("tr", "chosen")
    assert [cell.text for cell in chosen.children[:4]] == ["dev", "1", "1", "1"]  # right, wrong, missed
    assert "g3" not in read_page(page).text


@pytest.mark.usefixtures("no_plots")
def test_the_tables_hold_the_scores() -> None:
    root = read_page(render(score(GOLD, OURS)))
    assert [one.text for one in root.find_all("h2")] == [
        "Step by step", "Relations", "Sections", "Hard classes", "Documents", "Sites and flags", "Errors"
    ]  # fmt: skip
    rows = [row for row in root.find_all("tr") if row.find_all("td")]
    cells = {
        row.find_all("th")[0].text: [cell.text for cell in row.find_all("td")] for row in rows if row.find_all("th")
    }
    assert cells["pairs with relation"][:3] == ["1", "1", "2"]
    assert cells["inhibits"][:3] == ["0", "0", "2"]
    assert cells["sites, of all statements"][:3] == ["0", "0", "1"]
    assert cells["phosphorylates"][3:] == ["1.000 1.00–1.00"] * 3
    assert cells["inhibits"][3:] == ["– ", "0.000 0.00–0.00", "0.000 0.00–0.00"]


def test_the_page_fetches_nothing_and_has_one_script() -> None:
    page = render(score(GOLD, OURS), texts={"doc": TEXT}, comparison=compare(GOLD, OURS, []))
    assert find_fetches(page) == []
    assert "://" not in page
    root = read_page(page)
    assert [len(root.find_all(tag)) for tag in ("script", "svg", "image")] == [1, 5, 1]  # the image is the confusion's
    assert root.find_all("meta")[0].attributes == {"charset": "utf-8"}
    assert not [one for one in root.find_all() if any(name.startswith("on") for name in one.attributes)]


def compare(gold: list[GoldStatement], ours: list[Prediction], other: list[Prediction]) -> PairedComparison:
    return compare_scores([make_document(*gold)], ours, other, Options(), resamples=20)


@pytest.mark.usefixtures("no_plots")
def test_a_comparison_has_its_measures_and_changes() -> None:
    other = [make_predicted("inhibits", AKT, MTOR, id="o1"), predict_exactly(GOLD[0])]
    page = render(score(GOLD, OURS), comparison=compare(GOLD, OURS, other))
    root = read_page(page)
    (section,) = [one for one in root.find_all("section") if one.find_all("h2")[:1] and "other output" in one.text]
    measures, changes = section.find_all("table")
    # other: 2 of 2 right, 2 of 3 found; ours: 1 of 2 right, 1 of 3 found. One sentence leaves nothing to chance.
    assert [[cell.text for cell in row.children] for row in measures.find_all("tbody")[0].find_all("tr")] == [
        ["precision", "1.000", "0.500", "-0.500", "-0.500 to -0.500", "0.050"],
        ["recall", "0.667", "0.333", "-0.333", "-0.333 to -0.333", "0.050"],
        ["f1", "0.800", "0.400", "-0.400", "-0.400 to -0.400", "0.050"],
    ]
    assert sorted([cell.text for cell in row.find_all("td")] for row in changes.find_all("tr")[1:]) == [
        ["changed", "AKT1 phosphorylates TSC2 at S939", "doc:0–60", "no flaw → hypothesis, site"],
        ["lost", "AKT1 inhibits MTOR", "doc:0–60", ""],
        ["new alarm", "TSC2 activates MTOR", "doc:0–60", ""],
    ]
    assert "3 changes" in section.text
    assert "No difference." in render(score(GOLD, OURS), comparison=compare(GOLD, OURS, OURS))
    assert "Against the other output" not in render(score(GOLD, OURS))


def make_evil() -> tuple[Report, dict[str, str], PairedComparison]:
    """All that comes from files is ``EVIL``: document, names, ids, rule, sites, sentence."""

    def make(name: str, start: int) -> End:
        return make_end(f"{EVIL} {name}", start, curie=None)

    text = f"AKT1 {EVIL} goes to TSC2 and MTOR, so {EVIL}.".ljust(60)[:90]
    gold = [make_gold("activates", make("a", 0), make("b", 44), document=EVIL, id=f"{EVIL} g", sites=(EVIL,))]
    ours = [
        make_predicted("inhibits", make("a", 0), make("b", 44), document=EVIL, id=f"{EVIL} p", rule=EVIL, text=EVIL),
        make_predicted("inhibits", make("c", 10), make("a", 0), document="elsewhere" + EVIL),
    ]
    documents = [replace(make_document(*gold, document=EVIL), file=f"{EVIL}.txt")]
    documents.append(make_document(document=f"unread {EVIL}"))
    report = evaluate(documents, ours, read=[EVIL], because={f"{EVIL} g": "no path"}, resamples=5)
    comparison = compare_scores(documents, ours, [], Options(), resamples=5)
    return report, {EVIL: text}, comparison


@pytest.mark.usefixtures("no_plots")
@pytest.mark.parametrize("has_texts", [True, False])
def test_everything_from_files_is_escaped(has_texts: bool) -> None:
    report, texts, comparison = make_evil()
    page = render(report, texts=texts if has_texts else {}, title=f"{EVIL} against gold", comparison=comparison)
    plain = render(score(GOLD, OURS), comparison=compare(GOLD, OURS, []))
    root, other = read_page(page), read_page(plain)
    assert [one.text for one in root.find_all("script")] == [one.text for one in other.find_all("script")]
    assert not [
        one for one in root.find_all() for value in one.attributes.values() if "alert" in value or "amp;" in value
    ]
    row, *_ = list_rows(page)
    assert row[3] == f"{EVIL} a activates {EVIL} b at {EVIL}"
    assert row[6] == f"{EVIL} body 0–60 dev {EVIL} g"
    assert EVIL in row[5]
    words = list_words(root)
    for shown in (
        f"{EVIL} against gold",
        f"Left out because not read: unread {EVIL}.",
        f"Without gold: elsewhere{EVIL}.",
    ):
        assert shown in words
    assert EVIL in [one.text for one in root.find_all("small", "rule")]
    assert [one.text for one in root.find_all("title")] == [f"{EVIL} against gold"]


def list_words(root: Element) -> str:
    return " ".join(root.text.split())


@pytest.mark.usefixtures("no_plots")
@pytest.mark.parametrize("words", ["a < b && c > d", "&lt;b&gt;", "{{ 7 * 7 }} {% raw %}", "ΔNp63 – “β”\u2028"])
def test_a_sentence_is_shown_as_it_stands(words: str) -> None:
    text = f"AKT1 and {words}".ljust(60, ".")
    (row, *_) = list_rows(render(score([make_gold("activates", AKT, MTOR)], []), texts={"doc": text}))
    assert row[5] == " ".join(text.split())


def render_again() -> str:
    return render(score(GOLD, OURS), texts={"doc": TEXT}, comparison=compare(GOLD, OURS, []))


def test_another_process_gives_the_same_bytes() -> None:
    code = "import sys; from web.test_evaluation_page import render_again; sys.stdout.write(render_again())"
    folder = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment, cwd=folder)
    assert done.stdout.decode() == render_again()
