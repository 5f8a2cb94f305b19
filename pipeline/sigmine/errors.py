"""Everything that sigmine raises on purpose.

::

    SigmineError
     ├── ReadError          a document could not be read
     ├── ResourceError      bundled data (model, lexicon, corpus) is missing or damaged
     ├── GrammarError       a rule file is wrong
     ├── GroundingError     a name table or an identifier is wrong
     ├── StoreError         the triple store or an output folder cannot be used
     ├── GoldError          a gold file is wrong or does not fit its text
     ├── CurationError      decisions of curators cannot be read or written
     │    └── CurationConflict  somebody else has decided meanwhile
     ├── FetchError         an article could not be fetched
     └── MissingDependency  an optional package is needed and absent

A message says what went wrong, where, what is allowed and what to do.
"""

from __future__ import annotations


class SigmineError(Exception):
    """The root: catch this to catch whatever sigmine raises on purpose."""


class ReadError(SigmineError):
    """A document could not be read; the message names the file and the reason."""


class ResourceError(SigmineError):
    """Bundled data (language model, lexicon, documents) is missing or damaged."""


class GrammarError(SigmineError):
    """One or more rule files are wrong; ``problems`` holds every problem found, in file order."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class GroundingError(SigmineError):
    """A table of names or an identifier cannot be used; ``problems`` holds every problem found, if several."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class StoreError(SigmineError):
    """A triple store, a query or an output folder cannot be used."""


class GoldError(SigmineError):
    """Gold annotations are wrong or do not fit their text; ``problems`` holds every problem found."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class CurationError(SigmineError):
    """Decisions of curators cannot be read, written or undone; ``problems`` holds every problem found, if several."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class CurationConflict(CurationError):  # noqa: N818 - public, and the name says it all
    """The same reading was decided, or its decision undone, after the revision that the caller had seen.

    ``revision`` is the newest one: whoever has seen what stands now may decide again with it.
    """

    def __init__(self, message: str, revision: int) -> None:
        super().__init__(message)
        self.revision = revision


class FetchError(SigmineError):
    """An article could not be fetched; the message gives the reason and what to do."""


class MissingDependency(SigmineError):  # noqa: N818 - public, and the name says it all
    """An optional package is needed and absent; the message says which command installs it."""
