"""Texts of our own and statements in their words, and made-up gold for round trips."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from sigmine.annotation.texts import AnnotatedText
from sigmine.evaluation.claim import MODIFICATIONS, RELATIONS, End, GoldStatement, Span
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.gold_check import SECTIONS, TYPES

PDK1 = "PDPK1 phosphorylates AKT1 at Thr308."
TEXT = f"{PDK1} AKT1 phosphorylates TSC2\nat Ser939 and may inhibit the TSC com-\nplex. It does not bind RHEB.\n"
"""Three sentences; the second has two line ends, one of them within a word."""
SECOND: Span = (37, 106)
THIRD: Span = (107, 129)


def make_text(text: str, file: str = "doc.txt") -> AnnotatedText:
    """The text of a file of that name."""
    return AnnotatedText(file, text, hashlib.sha256(text.encode()).hexdigest(), text.split("\n")[0])


def find_end(
    text: str,
    words: str,
    *,
    at: int = 0,
    name: str = "",
    type: str = "PROTEIN",
    curie: str | None = None,
    aliases: Sequence[str] = (),
) -> End:
    """The first occurrence of the words from ``at`` on, with that of each alias."""
    starts = [(text.index(one, at), one) for one in (words, *aliases)]
    return End(tuple((start, start + len(one)) for start, one in starts), name or words, type, curie)


def make_statement(
    text: str, relation: str, subject: str | End | None, object: str | End, **more: Any
) -> GoldStatement:
    """A statement of the whole text, unless a sentence is given."""

    def make(end: str | End) -> End:
        return find_end(text, end) if isinstance(end, str) else end

    values = {"id": "doc-001", "document": "doc", "sentence": (0, len(text)), **more}
    return GoldStatement(relation=relation, subject=make(subject) if subject else None, object=make(object), **values)


def make_document(text: AnnotatedText, *statements: GoldStatement) -> GoldDocument:
    return GoldDocument("doc", text.file, text.sha256, text.title, "one", statements)


_WORDS = ("AKT", "AKT1", "pAKT1", "AMP", "AMPK", "IκBα", "p38", "phospho-\nlipase", "PI3-K", "binds", "of", "the", "1")
_GAPS = (" ", "  ", "\n", " \r\n", "\u00a0")
_NAMES = ("AKT1", "AMPK", 'the "big" one', "5'-AMP", "a#2", "x@3", "PI(3,4,5)P3; membrane")
_CURIES = (None, "hgnc:391", "fplx:AKT", "chebi:16027", "pubchem.compound:3899")
_LINES = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=24).map(lambda text: " ".join(text.split()))


@st.composite
def golds(draw: st.DrawFn) -> tuple[AnnotatedText, GoldDocument]:
    """A text of words that stand in other words and are broken by line ends, and what a gold file may say of it."""
    text, sentences = draw(_texts())
    ends: dict[Span, End] = {}
    statements = []
    for number in range(draw(st.integers(1, 4))):
        index = draw(st.integers(0, len(sentences) - 1))
        sentence, words = sentences[index]
        cross = index > 0 and draw(st.booleans())
        section = draw(st.sampled_from(SECTIONS))
        elsewhere = sentences[index - 1][1] if cross or (index > 0 and section == "table") else words
        relation = draw(st.sampled_from(RELATIONS))
        is_modification = relation in MODIFICATIONS
        has_subject = not (is_modification or relation == "translocates") or draw(st.booleans())
        statement = GoldStatement(
            id=f"doc-{number + 1:03d}",
            document="doc",
            relation=relation,
            subject=draw(_ends(text, elsewhere, ends)) if has_subject else None,
            object=draw(_ends(text, words, ends)),
            sites=draw(st.sampled_from(((), ("S939",), ("T308", "S", "Y15")))) if is_modification else (),
            sentence=sentence,
            section=section,
            negated=draw(st.booleans()),
            hedged=draw(st.booleans()),
            direct=draw(st.booleans()),
            cross_sentence=cross,
            split=draw(st.sampled_from(("dev", "test"))),
            note=draw(_LINES),
        )
        statements.append(statement)
    made = make_text(text)
    return made, make_document(made, *statements)


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, list[tuple[Span, list[Span]]]]:
    """A text with its sentences and their words."""
    text = ""
    sentences = []
    for _ in range(draw(st.integers(1, 3))):
        start = len(text)
        spans: list[Span] = []
        for word in draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=6)):
            text += draw(st.sampled_from(_GAPS)) if spans else ""
            spans.append((len(text), len(text) + len(word)))
            text += word
        text += "."
        sentences.append(((start, len(text)), spans))
        text += draw(st.sampled_from((" ", "\n", "\n\n")))
    return text, sentences


@st.composite
def _ends(draw: st.DrawFn, text: str, words: list[Span], known: dict[Span, End]) -> End:
    """A word, several or a part of one, with other words for it; the same words of a text are always the same end."""
    low, high = sorted((draw(st.sampled_from(words)), draw(st.sampled_from(words))))
    span = (low[0] + draw(st.integers(0, 1)) * text[low[0] + 1 : low[1]].isalnum(), high[1])
    if span not in known:
        aliases = draw(st.lists(st.sampled_from(words), max_size=2, unique=True))
        kind, curie = draw(st.sampled_from(TYPES)), draw(st.sampled_from(_CURIES))
        known[span] = End((span, *aliases), draw(st.sampled_from(_NAMES)), kind, curie)
    return known[span]
