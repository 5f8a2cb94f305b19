"""A parsed Doc as plain Python objects, made once, so that the many steps of the rules cost little.

spaCy makes a new ``Token`` each time a Doc is indexed and looks each attribute up in the string store; the rules look
at every word a hundred times. The names are those of ``Token``, so that the code reads the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

    from sigmine.grammar.paths import Path


class ParsedWord:
    """One word with its place in the parse.

    Attributes:
        i: its number in the text.
        text, lower_: as written, and in lower case.
        tag_, dep_: Penn tag; label of the edge to its head.
        head: the word it hangs on; itself for the root of a sentence.
        children: the words that hang on it, in text order.
        idx: its first character.
        is_sent_start: whether a sentence begins with it.
        sentence_start: number of the first word of its sentence.
        doc: the text that it is of.
    """

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "is_sent_start",
        "lower_",
        "sentence_start",
        "tag_",
        "text",
    )

    def __init__(self, doc: ParsedText, i: int, text: str, lower: str, tag: str, dep: str, idx: int) -> None:
        self.doc = doc
        self.i = i
        self.text = text
        self.lower_ = lower
        self.tag_ = tag
        self.dep_ = dep
        self.idx = idx
        self.head: ParsedWord = self
        self.children: list[ParsedWord] = []
        self.is_sent_start = False
        self.sentence_start = 0

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def ancestors(self) -> Iterator[ParsedWord]:
        """The words above, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> Iterator[ParsedWord]:
        """The word and all below it."""
        open_words = [self]
        while open_words:
            word = open_words.pop()
            yield word
            open_words += reversed(word.children)

    @property
    def is_punct(self) -> bool:
        """Whether no letter or figure is in it."""
        return not any(letter.isalnum() for letter in self.text)


class ParsedText(Sequence[ParsedWord]):
    """The words of a Doc, with its text.

    ``walks`` keeps where the rules' paths lead, by the word's number and the path's ``id``: many rules share a path.
    """

    __slots__ = ("text", "walks", "words")

    def __init__(self, doc: Doc) -> None:
        self.walks: dict[tuple[int, int], tuple[Path, tuple[ParsedWord, ...]]] = {}
        strings = doc.vocab.strings
        self.words = []
        pieces: list[str] = []
        idx = 0
        columns = doc.to_array(["ORTH", "LOWER", "TAG", "DEP"]).reshape(-1, 4).T.tolist()
        columns = [_name_all(numbers, strings) for numbers in columns]
        spaces = doc.to_array("SPACY").tolist()
        for i, (text, lower, tag, dep, space) in enumerate(zip(*columns, spaces, strict=True)):
            self.words.append(ParsedWord(self, i, text, lower, tag, dep, idx))
            idx += len(text) + space
            pieces.append(text + " " if space else text)
        self.text = "".join(pieces)
        self._join(doc)

    def _join(self, doc: Doc) -> None:
        """Hangs the words on their heads and marks the sentences."""
        start = 0
        places = doc.to_array(["HEAD", "SENT_START"]).astype("int64").tolist()
        for word, (offset, sent_start) in zip(self.words, places, strict=True):
            if offset:
                word.head = self.words[word.i + offset]
                word.head.children.append(word)
            word.is_sent_start = sent_start == 1
            if word.is_sent_start:
                start = word.i
            word.sentence_start = start
        spaces = [word for word in self.words if word.text.isspace() and word.children]
        # From below: what white space gives away may land on other white space. Each gives its place away once.
        for word in sorted(spaces, key=lambda one: -sum(1 for _ in one.ancestors)):
            self._lift(word)

    def _lift(self, space: ParsedWord) -> None:
        """Gives the place of white space that the parser made a head ("A inhibits B" and a line end) to a word below.

        It is the last one before the white space, of which the parser mostly made a part of a compound.
        """
        words = [word for word in space.children if not word.text.isspace()]
        if not words:
            return
        heir = next((word for word in reversed(words) if word.i < space.i), words[0])
        others = [word for word in space.children if word is not heir]
        head = space.head if space.head is not space else heir
        heir.head, heir.dep_ = head, space.dep_
        if head is not heir:
            head.children = sorted({*(one for one in head.children if one is not space), heir}, key=lambda one: one.i)
        for word in others:
            word.head = heir
        heir.children = sorted([*heir.children, *others, space], key=lambda one: one.i)
        space.head, space.dep_, space.children = heir, "", []

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[ParsedWord]:
        return iter(self.words)

    @overload
    def __getitem__(self, index: int) -> ParsedWord: ...
    @overload
    def __getitem__(self, index: slice) -> list[ParsedWord]: ...
    def __getitem__(self, index: int | slice) -> ParsedWord | list[ParsedWord]:
        return self.words[index]

    def read(self, start: int, end: int) -> str:
        """The characters of a run of words, in lower case."""
        if start >= end:
            return ""
        last = self.words[end - 1]
        return self.text[self.words[start].idx : last.idx + len(last.text)].lower()


def _name_all(numbers: Sequence[int], strings: StringStore) -> list[str]:
    """The strings with the numbers; each is looked up once."""
    names = {number: strings[number] for number in set(numbers)}
    return [names[number] for number in numbers]
