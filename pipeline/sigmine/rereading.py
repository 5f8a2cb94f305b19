"""The documents behind an output, found and read again with today's program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sigmine.analysis import Options
from sigmine.errors import ReadError
from sigmine.manifest import MANIFEST
from sigmine.model import Document, Entity, Evidence
from sigmine.readers import READERS, read_documents
from sigmine.readers.lookup import find_files, list_places

if TYPE_CHECKING:
    from sigmine.nlp.explain import SentenceExplainer


class DocumentFinder:
    """Finds the documents of an output by their ids; each is read once.

    Args:
        out: an output folder of ``sigmine run``, a file of one, or None where there is no folder: statements of an
            endpoint.
        options: how to read; None for the defaults or those that the manifest of the output gives.
        texts: files or folders with the documents; else they are looked for in the current folder, beside the output
            and among those that come with sigmine.

    Raises:
        ReadError: if the manifest of the output cannot be read.
    """

    def __init__(self, out: Path | None, options: Options | None = None, texts: Sequence[str | Path] = ()) -> None:
        self.options = options or (Options() if out is None else load_run_options(out))
        self.texts = texts
        beside = [] if out is None else [out.parent, *([out.parent.parent] if _find_manifest(out) else [])]
        self.places = list_places(*beside)
        rows = () if out is None else _load_manifest(out).get("documents", ())
        self.files = {str(row["document"]): str(row["file"]) for row in rows if row.get("file")}
        self.known: dict[str, tuple[Document, ...]] = {}

    def find(self, name: str) -> tuple[Document, ...]:
        """What may be the document of this id, likeliest first; empty if it is not here. ``fits`` tells."""
        if name not in self.known:
            suffixes = dict.fromkeys(suffix for reader in READERS.values() for suffix in reader.suffixes)
            files = [self.files[name]] if name in self.files else [f"{name}{suffix}" for suffix in suffixes]
            paths: Iterable[str | Path] = self.texts or [one for file in files for one in find_files(file, self.places)]
            found = [item for item in read_documents(paths) if isinstance(item, Document)]
            # a document that stood beside another of its id, or was given under another name, is known by its text
            self.known[name] = tuple(sorted(found, key=lambda document: document.id != name))
        return self.known[name]


def fits(document: Document, evidence: Evidence) -> bool:
    """Whether the document has the sentence of the evidence at its place."""
    return document.text[evidence.start : evidence.end] == evidence.sentence


@lru_cache(maxsize=1)
def _get_reader(options: Options) -> Callable[[Document], SentenceExplainer]:
    from sigmine.assembly import weigh_mentions
    from sigmine.grammar import get_grammar
    from sigmine.grounding import ground_relations
    from sigmine.nlp.explain import SentenceExplainer
    from sigmine.nlp.pipeline import load_pipeline, read_relations
    from sigmine.nlp.relations import RelationReader
    from sigmine.resources.lexicon import get_lexicon

    lexicon = get_lexicon(options.lexicon)
    nlp = load_pipeline(
        ner=options.ner,
        entities=options.entities,
        assume_protein=options.assume_protein,
        lexicon=lexicon,
        fast=options.fast,
    )
    grammar = get_grammar()
    reader = RelationReader(grammar, keep_all=True)

    def read(document: Document) -> SentenceExplainer:
        ((_, doc),) = read_relations(nlp, [document])
        mentions = doc._.mentions
        relations = weigh_mentions(ground_relations(doc._.relations, mentions, lexicon=lexicon, text=doc.text))
        claims = ground_relations(reader.read(doc, mentions, doc._.sites), mentions, lexicon=lexicon, text=doc.text)
        return SentenceExplainer(doc, grammar, relations, claims, document.id)

    return read


@lru_cache(maxsize=4)
def _read(document: Document, options: Options) -> SentenceExplainer:
    return _get_reader(options)(document)


def read_again(document: Document, options: Options) -> SentenceExplainer:
    """The document read with today's rules, ready to be asked about its sentences; the last four are kept."""
    return _read(document, options)


def read_entities(document: Document, options: Options) -> tuple[Entity, ...]:
    """What the document names, with identities, in the order of its text; read with ``read_again``.

    Raises:
        ResourceError: if bundled data are missing.
    """
    from sigmine.grounding import ground_mentions
    from sigmine.resources.lexicon import get_lexicon

    doc = _read(document, options).doc
    return ground_mentions(doc._.mentions, lexicon=get_lexicon(options.lexicon), text=doc.text)


def load_run_options(out: Path) -> Options:
    """How the documents of an output were read, as its manifest says; the defaults without one.

    Raises:
        ReadError: if the manifest cannot be read.
    """
    rows = _load_manifest(out).get("options", {})
    names = {field.name for field in fields(Options)} - {"proteome"}  # Of which the manifest tells the name alone.
    return Options(**{name: rows[name] for name in names if name in rows})


def _find_manifest(out: Path) -> Path | None:
    """The manifest of an output folder, or of the folder that a file of it stands in."""
    files = (out / MANIFEST, out.parent / MANIFEST)
    return next((file for file in files if file.is_file()), None)


def _load_manifest(out: Path) -> dict[str, Any]:
    file = _find_manifest(out)
    if file is None:
        return {}
    try:
        rows: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{file}: cannot be read ({error}). Run 'sigmine run' again.") from error
    return rows
