"""Our layers against spaCy's own on the same weights: the same trees, sentences and entities, and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigmine.model import Document
from sigmine.nlp.encoder import Maxout, WindowEncoder, _find_kinds
from sigmine.nlp.pipeline import limit_vocabulary, load_pipeline, make_doc, read_document
from sigmine.resources.language_model import find_model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ATTRIBUTES = ["TAG", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"]
TEXTS = (
    "AKT phosphorylates TSC2 at Ser939 and Thr1462. TSC2 inhibits RHEB.",
    "Results\n\nmTORC1\n\nRapamycin, which binds FKBP12, inhibits mTORC1 (Fig. 2). No. Yes. AMPK does not activate it!",
    "A\n\nB\n\nC",
    "Insulin",
    " ",
    "",
    "\n\n TSC1\n\n\n",
    "p53. MDM2 .  Is ( it ) so?The kinase PDK1 activates AKT;it is active.",
)
WORDS = [
    "AKT",
    "TSC2",
    "phosphorylates",
    "the",
    "of",
    "and",
    ".",
    "\n\n",
    "\n",
    "(",
    ")",
    ",",
    "In",
    "which",
    "p53",
    "The",
]


@pytest.fixture(scope="module")
def ours() -> Language:
    return load_pipeline()


@pytest.fixture(scope="module")
def theirs() -> Language:
    """The bundled model as spaCy runs it, with our sentence borders."""
    nlp = spacy.load(find_model(), exclude=["lemmatizer", "attribute_ruler"])
    nlp.add_pipe("sigmine_sentences", first=True)
    return nlp


@pytest.fixture(scope="module")
def read(ours: Language) -> Callable[[str], Doc]:
    """What ours makes of a text up to the entities; the components behind them set others."""
    names = ours.pipe_names
    components = dict(ours.pipeline)
    steps = [components[name] for name in names[: names.index("sigmine_recogniser") + 1]]

    def read_text(text: str) -> Doc:
        doc = make_doc(ours, Document("d", text))
        for step in steps:
            doc = step(doc)
        return doc

    return read_text


def compare(theirs: Language, read: Callable[[str], Doc], text: str) -> None:
    doc, wanted = read(text), theirs(text)
    for name in ATTRIBUTES:
        found = [
            doc.vocab.strings[value] if name in ("TAG", "DEP", "ENT_TYPE") else value
            for value in doc.to_array(name).tolist()
        ]
        expected = [
            wanted.vocab.strings[value] if name in ("TAG", "DEP", "ENT_TYPE") else value
            for value in wanted.to_array(name).tolist()
        ]
        assert found == expected, name
    if len(doc):
        assert numpy.allclose(doc.tensor, wanted.tensor, atol=1e-4)


@pytest.mark.parametrize("text", TEXTS)
def test_a_short_text_is_read_as_spacy_reads_it(theirs: Language, read: Callable[[str], Doc], text: str) -> None:
    compare(theirs, read, text)


def test_the_texts_that_come_with_sigmine_are_read_as_spacy_reads_them(
    theirs: Language, read: Callable[[str], Doc]
) -> None:
    paths = sorted(CORPUS.glob("*.txt"))
    assert len(paths) > 5
    for path in paths[:3]:
        compare(theirs, read, path.read_text())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=40))
def test_no_sense_is_read_as_spacy_reads_it(theirs: Language, read: Callable[[str], Doc], words: list[str]) -> None:
    compare(theirs, read, " ".join(words))


def test_what_a_text_gives_does_not_depend_on_what_was_read_before(ours: Language) -> None:
    document = Document("d", TEXTS[0])
    alone = read_document(ours, document)
    read_document(ours, Document("other", TEXTS[1] * 5))
    again = read_document(ours, document)
    assert alone.tensor.tobytes() == again.tensor.tobytes()
    assert alone._.relations == again._.relations != ()


def test_entities_set_before_stay(ours: Language) -> None:
    recogniser = dict(ours.pipeline)["sigmine_recogniser"]
    doc = ours.make_doc("AKT binds zzz here.")
    for name in ("sigmine_sentences", "sigmine_vectors", "tagger", "sigmine_hints", "sigmine_parser"):
        doc = dict(ours.pipeline)[name](doc)
    doc.set_ents([doc.char_span(10, 13, "SPECIES")], default="missing")
    assert ("zzz", "SPECIES") in {(ent.text, ent.label_) for ent in recogniser(doc).ents}


def test_fast_parses_no_sentence_without_two_names_and_a_rules_word() -> None:
    fast = load_pipeline(fast=True)
    text = "AKT phosphorylates TSC2. AKT and TSC2 were there, and so we left. Nobody activates the lamp."
    doc = read_document(fast, Document("d", text))
    first, second, third = doc.sents
    assert [(m.subject.text, m.object.text) for m in doc._.relations if m.subject] == [("AKT", "TSC2")]
    assert first.root.text == "phosphorylates"
    assert {token.head.text for token in second} == {"AKT"}
    assert {token.head.text for token in third} == {"Nobody"}


def test_fast_takes_given_entities_for_names() -> None:
    from sigmine.model import Entity

    fast = load_pipeline(fast=True, entities="given")
    text = "Blafin phosphorylates zorgin."
    mentions = (Entity("Blafin", 0, 6, "PROTEIN", "Blafin"), Entity("zorgin", 22, 28, "PROTEIN", "zorgin"))
    doc = read_document(fast, Document("d", text, mentions=mentions))
    assert [m.relation for m in doc._.relations] == ["phosphorylates"]


def test_words_of_a_text_are_forgotten_once_many_are_known(ours: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("d", "AKT phosphorylates TSC2 in Qwzyx1 cells.")
    monkeypatch.setattr("sigmine.nlp.pipeline._MOST_STRINGS", 0)
    known = len(ours.vocab.strings)
    with limit_vocabulary(ours):
        relations = read_document(ours, document)._.relations
    assert "Qwzyx1" not in ours.vocab.strings
    assert len(ours.vocab.strings) == known
    monkeypatch.undo()
    with limit_vocabulary(ours):
        assert read_document(ours, document)._.relations == relations != ()
    assert "Qwzyx1" in ours.vocab.strings


def test_equal_rows_are_found_once_each() -> None:
    values = numpy.array([[1, 2], [3, 4], [1, 2], [2, 1]], dtype=numpy.uint64)
    kinds, places = _find_kinds(values)
    assert len(kinds) == 3
    assert numpy.array_equal(kinds[places], values)


def test_a_row_sees_as_far_as_there_are_layers_and_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    source = numpy.random.default_rng(1)

    def make(*shape: int) -> numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float32]]:
        return source.standard_normal(shape).astype(numpy.float32)

    encoder = WindowEncoder(tuple(Maxout(make(12, 8), make(8), make(4), make(4)) for _ in range(2)))
    rows = make(30, 4)
    whole = encoder.apply(rows)
    changed = rows.copy()
    changed[10] += 1
    differs = (encoder.apply(changed) != whole).any(axis=1).nonzero()[0].tolist()
    assert differs == [8, 9, 10, 11, 12]
    monkeypatch.setattr("sigmine.nlp.encoder._BLOCK", 7)
    assert numpy.allclose(encoder.apply(rows), whole, atol=1e-5)
