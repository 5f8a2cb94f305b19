from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sigmine.analysis import Reading
from sigmine.knowledge import StatementList
from sigmine.model import Citation, Entity, Evidence, Reference, Site, Statement, Trigger
from sigmine.model.html import SHOWN_EVIDENCE, SHOWN_STATEMENTS, escape_text, render_sentence, render_table
from sigmine.store.result import make_table_result
from store import builders
from store.builders import make_statements

SENTENCE = "In our hands AKT1 phosphorylates TSC2 at S939 [7]."


def parse(page: str) -> etree._Element:
    """The page, which must be well-formed XML too, and name nothing that would be fetched."""
    root = etree.fromstring(page)
    fetched = {"src", "srcset", "data", "background", "poster"}
    assert not [
        node for node in root.iter() if node.tag in ("script", "link", "img", "iframe") or fetched & {*node.attrib}
    ]
    assert "url(" not in page
    return root


def find_text(page: str) -> str:
    return " ".join("".join(parse(page).itertext()).split())


def read_plain() -> Evidence:
    evidence = builders.make_evidence(SENTENCE, "phosphorylates", "AKT1", "TSC2", start=50)
    at = 50 + SENTENCE.index("S939")
    low = 50 + SENTENCE.index("phos")
    mention = replace(
        evidence.mention,
        trigger=Trigger("phosphorylates", low, low + 14),
        sites=(Site("S", 939, "S939", at, at + 4),),
        citations=(Citation(50 + 46, 50 + 49, "[7]", (Reference(7, pmid="12345"),)),),
    )
    return replace(evidence, mention=mention)


def find_marks(page: str) -> list[tuple[str, str]]:
    return [
        (node.get("title", ""), "".join(node.itertext())) for node in parse(page).iter("b", "u") if node.get("title")
    ]


def test_evidence_shows_its_sentence_with_the_right_words_marked() -> None:
    page = read_plain()._repr_html_()
    marks = [("subject", "AKT1"), ("trigger", "phosphorylates"), ("object", "TSC2"), ("site", "S939")]
    assert find_marks(page) == [*marks, *marks]  # in the head, which explains them, and in the sentence
    assert find_text(page) == (
        "AKT1 phosphorylates TSC2 at S939In our hands AKT1 phosphorylates TSC2 at S939 [7]. "
        "(alpha, body; cites [7]; phosphorylates/transitive_verb.active)"
    )
    [link] = parse(page).iter("a")
    assert link.get("href") == "https://pubmed.ncbi.nlm.nih.gov/12345/"


def test_a_statement_tells_belief_counts_and_what_speaks_against_it() -> None:
    [statement] = make_statements(builders.PLAIN, builders.HEDGED)
    text = find_text(statement._repr_html_())
    assert text.startswith(f"AKT1 phosphorylates TSC2 at S939 (belief {statement.belief:.2f}; 2 sentences; 1 hedged)")
    assert text.index("In our hands") < text.index("It may be")
    assert "hypothesised" in text
    [denied] = make_statements(builders.DENIED)
    assert "(denied; alpha, body" in find_text(denied._repr_html_())
    [indirect] = make_statements(builders.INDIRECT)
    assert "insulin phosphorylates indirectly AKT" in find_text(indirect._repr_html_())
    [nobody] = make_statements(builders.NO_SUBJECT)
    assert find_text(nobody._repr_html_()).startswith("something phosphorylates TSC2 at T1462")


def test_everything_from_a_text_is_escaped() -> None:
    page = StatementList(make_statements())._repr_html_()
    assert "<script" not in page
    assert "<script>alert(1)</script> & IκBα." in find_text(page)
    assert 'γ-notes "1"' in find_text(page)


def test_long_lists_are_cut_and_the_rest_is_counted() -> None:
    [statement] = make_statements(builders.PLAIN)
    many = StatementList([statement] * (SHOWN_STATEMENTS + 350))
    assert len(list(parse(many._repr_html_()).iter("tr"))) == 1 + SHOWN_STATEMENTS
    assert find_text(many._repr_html_()).endswith("… and 350 more")
    assert "more" not in find_text(StatementList([statement])._repr_html_())
    assert find_text(StatementList([])._repr_html_()) == "0 statements"
    long = replace(statement, evidence=statement.evidence * (SHOWN_EVIDENCE + 2))
    assert len(list(parse(long._repr_html_()).iter("li"))) == SHOWN_EVIDENCE + 1
    assert find_text(long._repr_html_()).endswith("… and 2 more")


def test_an_end_in_another_sentence_stands_before_it() -> None:
    evidence = read_plain()
    mention = replace(evidence.mention, subject=Entity("mTORC1", 0, 6, "COMPLEX", "mTORC1"))
    page = f"<p>{render_sentence(replace(evidence, mention=mention))}</p>"
    assert find_text(page).startswith("mTORC1 … In our hands AKT1")
    assert find_marks(page)[0] == ("subject", "mTORC1")


def test_a_reading_shows_what_the_document_states_or_why_it_failed() -> None:
    reading = Reading("note", words=9, evidence=(read_plain(),))
    assert find_text(reading._repr_html_()).startswith("note: 9 words, 0 mentions, 1 relation")
    assert ("object", "TSC2") in find_marks(reading._repr_html_())
    assert repr(reading) == "<note: 9 words, 0 mentions, 1 relation>"
    assert find_text(Reading("a<b>", failure="no <text>")._repr_html_()) == "a<b> could not be read: no <text>"


def test_answers_are_tables() -> None:
    result = make_table_result(("name", "n", "share"), [("a<b>", 3, 0.123456), (None, 1, 1.0)] * 40)
    rows = list(parse(result._repr_html_()).iter("tr"))
    assert [cell.text for cell in rows[1]] == ["a<b>", "3", "0.1235"]
    assert [cell.text for cell in rows[2]] == [None, "1", "1"]
    assert find_text(result._repr_html_()).startswith("80 rows")
    assert find_text(result._repr_html_()).endswith("… and 30 more")


@pytest.mark.parametrize(
    ("number", "address"), [("12/..", None), ("", None), ("77", "https://pubmed.ncbi.nlm.nih.gov/77/")]
)
def test_only_a_number_is_a_link_to_pubmed(number: str, address: str | None) -> None:
    evidence = read_plain()
    citation = Citation(96, 99, "[7]", (Reference(7, pmid=number),))
    page = replace(evidence, mention=replace(evidence.mention, citations=(citation,)))._repr_html_()
    assert [node.get("href") for node in parse(page).iter("a")] == ([address] if address else [])


@given(st.text(st.characters(exclude_characters="\r"), max_size=40))
def test_any_text_is_legal_and_stays_what_it_is(text: str) -> None:
    shown = "".join(etree.fromstring(f"<p>{escape_text(text)}</p>").itertext())
    assert len(shown) == len(text)
    assert all(one == other or (other == "�" and not one.isprintable()) for one, other in zip(text, shown, strict=True))


def test_a_table_without_rows_has_its_title() -> None:
    assert find_text(render_table(("a",), [], total=0, title="nothing & none")) == "nothing & none"


def test_a_statement_without_evidence_is_shown() -> None:
    [statement] = make_statements(builders.PLAIN)
    bare: Statement = replace(statement, evidence=())
    assert find_text(bare._repr_html_()).endswith("0 sentences)")
