from __future__ import annotations

from dataclasses import replace

from samples import make_mention
from sigmine.assembly.evidence import make_evidence
from sigmine.model import Citation, Document, OffsetMap, Section

TEXT = "AKT1 phosphorylates TSC2 [1]. MTOR activates RPS6KB1 [2].[3]"


def make_document(**changes: object) -> Document:
    citations = (Citation(25, 28, "[1]"), Citation(53, 56, "[2]"), Citation(57, 60, "[3]"))
    return replace(Document("note", TEXT, citations=citations), **changes)  # type: ignore[arg-type]


def test_evidence_holds_the_sentence_and_its_place() -> None:
    document = make_document(sections=(Section("abstract", 0, len(TEXT)),))
    evidence = make_evidence(make_mention(document, "phosphorylates", "AKT1", "TSC2", sentence=(0, 29)), document)
    assert (evidence.document, evidence.section) == ("note", "abstract")
    assert evidence.sentence == TEXT[evidence.start : evidence.end] == "AKT1 phosphorylates TSC2 [1]."


def test_a_text_without_sections_is_body() -> None:
    document = make_document()
    assert make_evidence(make_mention(document, "phosphorylates", "AKT1", "TSC2"), document).section == "body"


def test_a_mention_without_citations_gets_none() -> None:
    document = make_document()
    mention = make_mention(document, "phosphorylates", "AKT1", "TSC2", sentence=(0, 29))
    assert make_evidence(mention, document).mention.citations == ()


def test_citations_that_the_mention_brings_are_kept() -> None:
    document = make_document()
    mention = replace(make_mention(document, "activates", "MTOR", "RPS6KB1"), citations=(document.citations[1],))
    assert make_evidence(mention, document).mention.citations == (document.citations[1],)


def test_source_spans_are_none_where_the_text_is_the_files_own() -> None:
    document = make_document()
    evidence = make_evidence(make_mention(document, "phosphorylates", "AKT1", "TSC2"), document)
    assert (evidence.source, evidence.source_subject, evidence.source_object) == (None, None, None)


def test_source_spans_lead_back_through_a_joined_line() -> None:
    file = "AKT1 phos-\nphorylates TSC2."
    text = "AKT1 phosphorylates TSC2."
    document = Document("note", text, offsets=OffsetMap(((0, 0, 9), (9, 11, len(text) - 9))))
    evidence = make_evidence(make_mention(document, "phosphorylates", "AKT1", "TSC2"), document)
    assert evidence.source == (0, len(file))
    assert evidence.source_object is not None
    assert file[slice(*evidence.source_object)] == "TSC2"


def test_an_end_that_the_reader_put_in_has_no_source() -> None:
    text = "AKT1: phosphorylates TSC2."
    document = Document("row", text, offsets=OffsetMap(((6, 0, len(text) - 6),)))
    evidence = make_evidence(make_mention(document, "phosphorylates", "AKT1", "TSC2"), document)
    assert evidence.source_subject is None
    assert evidence.source == (0, len(text) - 6)
