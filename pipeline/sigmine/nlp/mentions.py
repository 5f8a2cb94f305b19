"""The component that says what a text names: what the recogniser, the lexicon and the input itself say, merged."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sigmine.model import ENTITY_TYPES, Document, Entity
from sigmine.nlp.mention_abbreviations import apply_abbreviations, find_abbreviations
from sigmine.nlp.mention_candidates import (
    Candidate,
    TextView,
    find_by_model,
    find_codes,
    find_in_lexicon,
)
from sigmine.nlp.mention_choice import choose
from sigmine.nlp.mention_groups import expand_lists, find_classes, join_groups
from sigmine.nlp.mention_states import add_states
from sigmine.nlp.mention_types import map_type
from sigmine.nlp.plain_words import read_words
from sigmine.resources.lexicon_keys import make_key

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sigmine.resources.lexicon import Lexicon

ENTITY_CHOICES: tuple[str, ...] = ("both", "given", "own")
_PHOSPHO_PREFIX = re.compile(r"p(?=[A-Z][A-Za-z]*[A-Z0-9])")


class MentionRecognizer:
    """Sets ``doc._.mentions``: entities in text order, disjoint, with exact characters; not yet grounded.

    ``doc.ents`` is set to those that fit tokens, ``doc.spans["mentions"]`` to everything that was considered and fits
    tokens (overlaps allowed). Reads ``doc.ents`` (empty where no recogniser ran), ``doc._.abbreviations`` and
    ``doc._.document``, as far as they are there. An entity's ``name`` is its text with white space collapsed, or what
    the text stands for where it is not spelled out ("TSC2" for the "2" of "TSC1/2", "AKT" for "pAKT").

    Args:
        entities: ``both`` (given ones first), ``given`` or ``own``.
        assume_protein: given entities of an unknown type are proteins.
        lexicon: the bundled one if None.

    Raises:
        ValueError: if ``entities`` is none of the three.
    """

    def __init__(self, *, entities: str = "both", assume_protein: bool = False, lexicon: Lexicon | None = None) -> None:
        from spacy.tokens import Doc

        if entities not in ENTITY_CHOICES:
            raise ValueError(f"entities is {entities!r}; allowed are {', '.join(ENTITY_CHOICES)}.")
        if lexicon is None:
            from sigmine.resources.lexicon import load_lexicon

            lexicon = load_lexicon()
        self.entities = entities
        self.assume_protein = assume_protein
        self.lexicon = lexicon
        for name, default in (("mentions", ()), ("document", None)):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=default)

    def __call__(self, doc: Doc) -> Doc:
        view = TextView(doc)
        given = [] if self.entities == "own" else self._find_given(view)
        own = [] if self.entities == "given" else self._find_own(view)
        chosen = choose(view, [*(candidate for candidate, _ in given), *own])
        chosen = join_groups(view, expand_lists(view, chosen, self.lexicon))
        entities = dict(given)
        mentions = tuple(
            _make_entity(view, add_states(view, candidate), entities.get(candidate)) for candidate in chosen
        )
        doc._.mentions = mentions
        readings = [*own, *(part for whole in chosen for part in (whole, *whole.parts)), *find_classes(view, chosen)]
        _set_spans(doc, mentions, readings)
        return doc

    def _find_own(self, view: TextView) -> list[Candidate]:
        found = [*find_by_model(view, self.lexicon), *find_in_lexicon(view, self.lexicon)]
        found += find_codes(view, self.lexicon)
        found = [*(self._strip_phospho(view, candidate) for candidate in found), *self._find_phospho(view, found)]
        found = apply_abbreviations(view, found, self.lexicon, find_abbreviations(view))
        if self.lexicon.not_names:
            found = [c for c in found if make_key(view.text(c.first, c.last)) not in self.lexicon.not_names]
        borders = [section.start for section in document.sections] if (document := view.doc._.document) else []
        return [c for c in found if bisect_right(borders, c.start) == bisect_right(borders, c.end - 1)]

    def _strip_phospho(self, view: TextView, candidate: Candidate) -> Candidate:
        """``pAKT`` as AKT that is phosphorylated, unless the lexicon has a name with that p."""
        text = view.text(candidate.first, candidate.last)
        if candidate.source != "model" or not _PHOSPHO_PREFIX.match(text) or self.lexicon.find_name(text):
            return candidate
        return self._without_p(candidate, text) or candidate

    def _find_phospho(self, view: TextView, found: list[Candidate]) -> list[Candidate]:
        """``pAKT`` and the like where nothing else saw it."""
        taken = {index for candidate in found for index in range(candidate.first, candidate.last)}
        extra = []
        for index, word in enumerate(view.words):
            if index in taken or not _PHOSPHO_PREFIX.match(word) or self.lexicon.find_name(word):
                continue
            candidate = self._without_p(view.make(index, index + 1, "PROTEIN", "lexicon"), word)
            if candidate is not None:
                extra.append(candidate)
        return extra

    def _without_p(self, candidate: Candidate, text: str) -> Candidate | None:
        match = self.lexicon.find_name(text[1:])
        if match is None or match.recognise == "weak" or match.type not in ("PROTEIN", "FAMILY", "COMPLEX"):
            return None
        return replace(candidate, start=candidate.start + 1, type=match.type, modifiers=frozenset({"phospho"}))

    def _find_given(self, view: TextView) -> list[tuple[Candidate, Entity]]:
        document: Document | None = view.doc._.document
        found = []
        for entity in document.mentions if document is not None else ():
            span = view.doc.char_span(entity.start, entity.end, alignment_mode="expand")
            if span is None or entity.end > len(view.full_text):
                continue  # behind the part of the document that is read
            type_ = map_type(entity.type, assume_protein=self.assume_protein)
            candidate = Candidate(span.start, span.end, entity.start, entity.end, type_, "given")
            found.append((candidate, entity))
        return found


def _make_entity(view: TextView, candidate: Candidate, given: Entity | None) -> Entity:
    text = view.full_text[candidate.start : candidate.end]
    modifiers = tuple(sorted(candidate.modifiers))
    if given is not None:
        return replace(given, text=text, type=candidate.type, source="given", modifiers=given.modifiers or modifiers)
    return Entity(
        text,
        candidate.start,
        candidate.end,
        candidate.type,
        candidate.name or " ".join(text.split()),
        source=candidate.source,
        long_form=candidate.long_form,
        modifiers=modifiers,
    )


def _set_spans(doc: Doc, mentions: tuple[Entity, ...], candidates: list[Candidate]) -> None:
    from spacy.tokens import Span

    plain = read_words(doc)  # ``doc.char_span`` searches the Doc each time
    firsts = {start: number for number, start in enumerate(plain.starts)}
    lasts = {
        start + len(word): number for number, (start, word) in enumerate(zip(plain.starts, plain.words, strict=True), 1)
    }

    def fit(found: Iterable[Entity | Candidate]) -> Iterator[tuple[int, int, str]]:
        """The half-open words and the type of what fits words."""
        for one in found:
            first, last = firsts.get(one.start), lasts.get(one.end)
            if first is not None and last is not None and first < last:
                yield first, last, one.type

    named = fit(entity for entity in mentions if entity.type in ENTITY_TYPES)
    doc.set_ents([Span(doc, first, last, label=type_) for first, last, type_ in named])
    doc.spans["mentions"] = [Span(doc, first, last, label=type_) for first, last, type_ in sorted(set(fit(candidates)))]
