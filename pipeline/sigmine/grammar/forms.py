"""The forms of a trigger word: ``phosphorylate`` to phosphorylates, phosphorylated, phosphorylating.

Triggers are found by form, not by lemma: a tagger that takes a verb for a noun gives it a wrong lemma, and the grammar
would miss it. A rule file writes the dictionary form; ``control(l)`` doubles the letter; ``bind/binds/bound/binding``
spells out an irregular verb (base, third person, past and participle, -ing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

VERB_FORMS: tuple[str, ...] = ("base", "s", "ed", "ing")
"""The kinds of verb forms; ``ed`` stands for past and past participle. Nouns and adjectives have the kind ``word``."""

_DOUBLED = re.compile(r"(\w+)\((\w)\)")


def make_verb_forms(word: str) -> Iterator[tuple[str, str]]:
    """Yields (form, kind) of a verb written as in a rule file; of several words the verb is inflected
    (``find_verb``), of one with hyphens (``down-regulate``) its last part."""
    words = word.split(" ")
    at = find_verb(words)
    *head, core = words[at].split("-")
    before = "".join(f"{part} " for part in words[:at]) + "".join(f"{part}-" for part in head)
    after = "".join(f" {part}" for part in words[at + 1 :])
    for form, kind in _core_forms(core):
        yield f"{before}{form}{after}", kind


def find_verb(words: Sequence[str]) -> int:
    """The number of the verb among the words of a trigger: the first that is no adverb (``negatively regulate``)."""
    return next((i for i, word in enumerate(words) if not word.endswith("ly")), 0)


def _core_forms(word: str) -> Iterator[tuple[str, str]]:
    if "/" in word:
        forms = word.split("/")
        if len(forms) != 4:
            raise ValueError(f"{word!r}: an irregular verb has four forms, as in bind/binds/bound/binding")
        yield from zip(forms, VERB_FORMS, strict=True)
        return
    doubled = _DOUBLED.fullmatch(word)
    stem = doubled[1] if doubled else word
    yield stem, "base"
    yield (_add_s(stem), "s")
    if doubled:
        yield f"{stem}{doubled[2]}ed", "ed"
        yield f"{stem}{doubled[2]}ing", "ing"
    elif stem.endswith("e"):
        yield f"{stem}d", "ed"
        yield (f"{stem}ing" if stem.endswith("ee") else f"{stem[:-1]}ing"), "ing"
    elif re.search("[^aeiou]y$", stem):
        yield f"{stem[:-1]}ied", "ed"
        yield f"{stem}ing", "ing"
    else:
        yield f"{stem}ed", "ed"
        yield f"{stem}ing", "ing"


def _add_s(word: str) -> str:
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search("(s|x|z|ch|sh)$", word) else f"{word}s"


def make_noun_forms(word: str) -> Iterator[tuple[str, str]]:
    """Yields singular and plural of the last word, both of kind ``word``; ``analysis/analyses`` spells them out."""
    if "/" in word:
        for form in word.split("/"):
            yield form, "word"
        return
    yield word, "word"
    yield (f"{word[:-3]}ses" if word.endswith("sis") else _add_s(word)), "word"


def make_forms(word: str, part: str) -> Iterator[tuple[str, str]]:
    """Forms of a ``verb``, ``noun`` or ``word`` (taken as it stands)."""
    if part == "verb":
        return make_verb_forms(word)
    if part == "noun":
        return make_noun_forms(word)
    return iter([(word, "word")])
