"""What each stage of the work takes, on one core."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from sigmine.analysis import Analyser, Analysis, Options, spare_loaded
from sigmine.benchmark.abstracts import write_abstracts
from sigmine.benchmark.program import Programs
from sigmine.benchmark.timing import JsonObject, Spread, Timing, measure, spread_rates, spread_seconds
from sigmine.model import Document, Evidence

STAGES: tuple[str, ...] = (
    "reading",
    "tokens",
    "parse",
    "entities",
    "mentions",
    "sites",
    "relations",
    "grounding",
    "evidence",
    "assembly and writing",
)
"""In the order of the work."""

_STAGE_OF: Mapping[str, str] = MappingProxyType(
    {
        "sigmine_sentences": "tokens",
        "sigmine_vectors": "parse",
        "sigmine_parser": "parse",
        "tok2vec": "parse",
        "tagger": "parse",
        "parser": "parse",
        "sigmine_hints": "entities",
        "ner": "entities",
        "sigmine_recogniser": "entities",
        "sigmine_abbreviations": "mentions",
        "sigmine_mentions": "mentions",
        "sigmine_sites": "sites",
        "sigmine_relations": "relations",
    }
)
"""The stage that a component of the language pipeline belongs to; any other is a stage of its own."""

_BATCH = 16


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One stage: seconds, and words and documents a second, each the spread of all rounds."""

    name: str
    seconds: Spread
    words: Spread
    documents: Spread

    def to_json(self) -> JsonObject:
        return {
            "stage": self.name,
            "seconds": self.seconds.to_json(),
            "words_per_second": self.words.to_json(),
            "documents_per_second": self.documents.to_json(),
        }


@dataclass(slots=True)
class _Round:
    """The times of the stages over the same documents, and how many words these have."""

    times: dict[str, Timing] = field(default_factory=dict)
    words: int = 0

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> _Round:
        return cls({name: Timing(**timing) for name, timing in row["times"].items()}, row["words"])

    def take(self, stage: str, work: Callable[[], Any]) -> Any:
        """Does the work, and adds what it took to the stage; gives what the work gives."""
        made: list[Any] = []
        self.times[stage] = self.times.get(stage, Timing(0, 0)) + measure(lambda: made.append(work()))
        return made[0]


def measure_stages(
    programs: Programs, documents: int, repeats: int, advance: Callable[[str], None]
) -> list[StageFigures]:
    """Takes the stages one after the other, each over a batch of documents, in a process of their own each round.

    Each round reads other documents, so that no stage finds in a cache what a run would not.

    Raises:
        SigmineError: if a round fails.
    """
    rounds = []
    for number in range(repeats):
        advance(f"stages, round {number + 1} of {repeats}")
        numbers = range(number * documents, (number + 1) * documents)
        code = f"from sigmine.benchmark.stages import print_round; print_round({numbers!r})"
        rounds.append(_Round.from_json(json.loads(programs.run(["-c", code], one_core=True).output)))
    return _sum_up(rounds, documents)


def print_round(numbers: range) -> None:
    """Measures one round over the abstracts of these numbers, and writes its times as JSON to standard output."""
    tools = _Tools()
    _measure_round(tools, range(numbers.stop, numbers.stop + 2))  # what is made once is made here
    print(json.dumps(asdict(_measure_round(tools, numbers))))  # noqa: T201


def _sum_up(rounds: Sequence[_Round], documents: int) -> list[StageFigures]:
    figures = []
    for name in [*STAGES, *(name for name in rounds[0].times if name not in STAGES)]:
        times = [one.times.get(name, Timing(0, 0)) for one in rounds]
        words = spread_rates([one.words for one in rounds], times)
        figures.append(StageFigures(name, spread_seconds(times), words, spread_rates([documents] * len(times), times)))
    return figures


class _Tools:
    """What a run loads once."""

    def __init__(self) -> None:
        from sigmine.grounding import load_site_checker
        from sigmine.nlp.pipeline import load_pipeline
        from sigmine.resources.lexicon import get_lexicon

        with spare_loaded():
            self.lexicon = get_lexicon()
            self.checker = load_site_checker(None)
            self.nlp = load_pipeline(lexicon=self.lexicon)


def _measure_round(tools: _Tools, numbers: range) -> _Round:
    one = _Round()
    with TemporaryDirectory(prefix="sigmine-bench-") as folder:
        path = Path(folder) / "abstracts.jsonl"
        write_abstracts(path, numbers)
        documents: list[Document] = one.take("reading", lambda: _read(path))
        analyses = [analysis for batch in _cut(documents) for analysis in _analyse(one, tools, batch)]
        for document, analysis in zip(documents, analyses, strict=True):
            one.take("evidence", partial(_make_evidence, document, analysis))
        one.words = sum(analysis.words for analysis in analyses)
        out = Path(folder) / "out"
        # A run of what is read and analysed already: it makes the evidence again, which is a small part.
        one.take("assembly and writing", lambda: _write(documents, analyses, out))
    return one


def _read(path: Path) -> list[Document]:
    from sigmine.readers import read_documents

    return [item for item in read_documents(path) if isinstance(item, Document)]


def _make_evidence(document: Document, analysis: Analysis) -> list[Evidence]:
    from sigmine.assembly import make_evidence

    return [make_evidence(mention, document) for mention in analysis.relations]


def _cut(documents: Sequence[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _analyse(one: _Round, tools: _Tools, batch: Sequence[Document]) -> Iterator[Analysis]:
    from sigmine.assembly import weigh_mentions
    from sigmine.grounding import check_relation_sites, ground_mentions, ground_relations, mark_sites

    for doc in _run_components(one, tools.nlp, batch):

        def ground(doc: Any = doc) -> Analysis:
            found = ground_relations(doc._.relations, doc._.mentions, lexicon=tools.lexicon, text=doc.text)
            relations = check_relation_sites(found, tools.checker)
            return Analysis(
                relations=weigh_mentions(relations),
                entities=ground_mentions(doc._.mentions, lexicon=tools.lexicon, text=doc.text),
                sentences=sum(1 for _ in doc.sents),
                words=sum(1 for token in doc if not (token.is_punct or token.is_space)),
                sites=mark_sites(doc._.sites, relations),
            )

        yield one.take("grounding", ground)


def _run_components(one: _Round, nlp: Any, batch: Sequence[Document]) -> list[Any]:
    """The batch through the components of the pipeline, one after the other."""
    from sigmine.nlp.pipeline import make_doc

    docs = one.take("tokens", lambda: [make_doc(nlp, document) for document in batch])
    for name, component in nlp.pipeline:
        docs = one.take(_STAGE_OF.get(name, name), partial(_apply, component, docs))
    return list(docs)


def _apply(component: Any, docs: Sequence[Any]) -> list[Any]:
    pipe = getattr(component, "pipe", None)
    return [component(doc) for doc in docs] if pipe is None else list(pipe(docs, batch_size=len(docs)))


def _write(documents: Sequence[Document], analyses: Sequence[Analysis], out: Path) -> None:
    from sigmine.run import run

    known = {document.id: analysis for document, analysis in zip(documents, analyses, strict=True)}

    def load(_: Options) -> Analyser:
        def analyse(batch: Iterable[Document]) -> Iterator[Analysis]:
            return (known[document.id] for document in batch)

        return analyse

    run(documents, out, load=load)
