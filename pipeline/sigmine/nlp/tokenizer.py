"""The tokenizer: scispaCy's abbreviations and rules, cut at hyphens and slashes as the treebank cuts them.

scispaCy's ``combined_rule_tokenizer`` keeps ``AKT-mediated`` and ``TSC1/TSC2`` whole. CRAFT, on which
the bundled parser is trained, and every entity corpus cut there, and the grammar needs the cut: the
protein and the verb of ``AKT-mediated`` are two words. On the first 8,000 CRAFT sentences scispaCy's
rules alone find 90.9 % of the tokens; ``pipeline/training`` measures these.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

_TAIL = 50
"""Characters; none of the patterns of a word's end matches as many, what it looks back at included."""
_HYPHENS = "-‐‑‒–—−"
# As in the treebank, "non-specific" and "anti-inflammatory" are one word; "anti-AKT" and "non-mTOR" are not.
_WHOLE_PREFIXES = (
    *("anti", "co", "counter", "de", "extra", "hetero", "homo", "inter", "intra", "mid", "multi", "non", "post"),
    *("pre", "pro", "pseudo", "re", "semi", "sub", "un"),
)
_AFTER_WHOLE_PREFIX = "".join(rf"(?<!\b{prefix})(?<!\b{prefix.capitalize()})" for prefix in _WHOLE_PREFIXES)
_PLAIN_WORD = r"[a-z]{4,}(?![A-Z0-9α-ω])"
_WORD_INFIXES = [
    rf"(?<=[^\s])[{_HYPHENS}](?=[^\s])(?!{_PLAIN_WORD}|rays?\b)",
    rf"(?<=[^\s]){_AFTER_WHOLE_PREFIX}(?<!\d)[{_HYPHENS}](?={_PLAIN_WORD})",
    rf"(?<=\d)[{_HYPHENS}](?!fold)(?={_PLAIN_WORD})",
    rf"(?<=[^\sXx])[{_HYPHENS}](?=rays?\b)",
    r"(?<=[^\s])/(?=[^\s])",
    r"(?<=[^\s])[()\[\]](?=[^\s])",
    r"(?<=[^\s])[;|+](?=[^\s])",
    r"(?<=[^\s\d])[:,](?=[^\s])",
    r"(?<=[\d]),(?=[^\s\d])",
    # "16,17" is two citations, "1,200" one number.
    r"(?<=\d),(?=\d{1,2}(?!\d))",
    r"(?<=[a-zα-ω0-9])[.](?=[A-Z][a-z])",
    # A superscript citation that lost its raise: "development.1,3".
    r"(?<=[a-z)][a-z)])[.](?=[0-9])",
]


@dataclass(frozen=True, slots=True)
class TailPattern:
    """A pattern of what ends a word, looked for at the end alone.

    spaCy asks once for each character that it cuts off: on a "word" of 15,000 brackets, to go through all that is left
    each time took 40 s. ``search`` is a method, as spaCy takes the pattern from what it is bound to.
    """

    compiled: re.Pattern[str]

    @property
    def pattern(self) -> str:
        return self.compiled.pattern

    def search(self, word: str) -> re.Match[str] | None:
        return self.compiled.search(word, max(0, len(word) - _TAIL))


def search_tails(tokenizer: Tokenizer) -> None:
    """Has a tokenizer that was loaded, with patterns as they were saved, look for ends of words at the end alone."""
    compiled = tokenizer.suffix_search.__self__
    if isinstance(compiled, re.Pattern):
        tokenizer.suffix_search = TailPattern(compiled).search


_MOST_CHUNKS = 10_000
"""Stretches without white space whose words are kept; those of the first texts, among which the frequent ones are."""

_LONGEST_CHUNK = 30  # characters; what is longer hardly comes again

_learned: WeakKeyDictionary[Language, set[str]] = WeakKeyDictionary()


def learn_chunks(nlp: Language, text: str) -> None:
    """Lets the pipeline's tokenizer keep how the text's stretches without white space are cut, up to a number of them.

    spaCy's keeps what it cuts, but not behind the first stretch of a text that has a rule of its own ("et", "al."), so
    that it would cut nearly every word of a long text anew; here each stretch is a text. In a ``memory_zone`` it keeps
    nothing.
    """
    known = _learned.setdefault(nlp, set())
    tokenizer: Any = nlp.tokenizer
    if len(known) >= _MOST_CHUNKS or tokenizer.vocab.in_memory_zone:
        return
    tokenizer.max_cache_size = 2 * _MOST_CHUNKS
    for chunk in dict.fromkeys(text.split()):
        if chunk not in known and len(chunk) <= _LONGEST_CHUNK:
            known.add(chunk)
            tokenizer(chunk)


def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Registered as ``sigmine.tokenizer.v1``: returns a function that makes the tokenizer for a pipeline."""
    return make_tokenizer


def make_tokenizer(nlp: Language) -> Tokenizer:
    """A tokenizer for ``nlp.vocab``; name-internal digits (``p70S6K``, ``eIF4B``) never cut a word."""
    from scispacy.consts import ABBREVIATIONS
    from spacy.lang.tokenizer_exceptions import emoticons
    from spacy.symbols import ORTH
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    prefixes, infixes, suffixes = _make_patterns()
    rules = {**nlp.Defaults.tokenizer_exceptions, **{text: [{ORTH: text}] for text in ABBREVIATIONS}}
    # spaCy keeps emoticons whole; in a paper "8)" and "):" are none.
    # "and/or" is three words, as every "A/B".
    rules = {text: parts for text, parts in rules.items() if text not in emoticons and text != "and/or"}
    return Tokenizer(
        nlp.vocab,
        rules={**rules, "°C": [{"ORTH": "°C"}]},
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=TailPattern(compile_suffix_regex(suffixes)).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=nlp.Defaults.token_match,
        # URLs, e-mail addresses and the like are still kept whole, by spaCy's own pattern.
        url_match=nlp.Defaults.url_match,
    )


def _make_patterns() -> tuple[list[str], list[str], list[str]]:
    """Regular expressions for what is cut off in front of a word, within it and behind it."""
    from spacy.lang import char_classes

    quotes = [*char_classes.LIST_QUOTES, "’"]
    suffixes = [
        *char_classes.LIST_PUNCT,
        *char_classes.LIST_ELLIPSES,
        *quotes,
        *char_classes.LIST_ICONS,
        "'s",
        "'S",
        "’s",
        "’S",
        r"\+",
        "%",
        "[′°]",
        rf"[{_HYPHENS}]",
        "/",
        # A full stop after a lower-case letter, a digit, a closing mark or two capitals ends the word;
        # after one capital it is an initial.
        rf"(?<=[0-9{char_classes.ALPHA_LOWER}%²\)\]\+'\"’”])\.",
        rf"(?<=[{char_classes.ALPHA}\d][{char_classes.ALPHA_UPPER}])\.",
    ]
    prefixes = [
        "§",
        "=",
        "[~×](?=[0-9])",
        r"\+",
        rf"[{_HYPHENS}/](?=[^\s])",
        *char_classes.LIST_PUNCT,
        *char_classes.LIST_ELLIPSES,
        *quotes,
        *char_classes.LIST_CURRENCY,
        *char_classes.LIST_ICONS,
    ]
    infixes = [
        *char_classes.LIST_ELLIPSES,
        *char_classes.LIST_ICONS,
        "×",
        rf"(?<=[{char_classes.ALPHA}\"])[<>=](?=[{char_classes.ALPHA}])",
        *_WORD_INFIXES,
    ]
    return prefixes, infixes, suffixes
