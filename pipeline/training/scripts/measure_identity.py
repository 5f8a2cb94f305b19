"""Identities that the whole pipeline gives to molecules, against annotators and curators.

::

    python measure_identity.py SHARED                     gold of the reviews and of corpus/, then INDRA's curations
    python measure_identity.py SHARED --errors            and each wrong or missing identity, of dev alone
    python measure_identity.py SHARED --ungrounded 30     and the most frequent names without identity, of dev alone

``SHARED`` holds ``reviews`` and ``corpora``. Of the gold, each place of a molecule in a core statement counts once.
*precision* is right of those that are given an identity, *coverage* those that are given one of all whose annotator
wrote one down; an identifier of the same chemical in another database is right. Of INDRA's curations the statements
counted are those judged correct, of which we read the relation and mentions that may be the curated molecules: the
lexicon knows the curated name for the words, or no other mention of the sentence has the curated identity, while one
end agrees. Intervals: Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from measure_sentences import read_marked
from score_corpora import Row, find_names, has_name, is_in_split, load_rows

from sigmine.analysis import Analyser, Analysis, Options, load_analyser
from sigmine.evaluation.claim import End, Span
from sigmine.evaluation.gold import GoldDocument, load_gold
from sigmine.evaluation.rule_report import find_share_interval
from sigmine.model import MOLECULE_TYPES, Document, Entity, RelationMention
from sigmine.model.ids import UNORDERED
from sigmine.resources.lexicon import load_lexicon
from sigmine.resources.lexicon_keys import make_key

ROOT = Path(__file__).resolve().parents[3]
HELD_OUT: dict[str, Span] = {"000_97e0c012a3367058": (36_500, 44_500), "004_00027e50841d2909": (9_000, 10**9)}
"""Characters of the reviews that are test (``gold/README.md``)."""
CORPORA = "*.train.jsonl"
INDRA = "indra_curated.dev.jsonl"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a molecule in the gold, and what we have there (None: no mention).

    ``several``: the annotator gave the place several identities ("both mTOR complexes").
    """

    document: str
    split: str
    end: End
    mention: Entity | None
    several: bool = False

    @property
    def outcome(self) -> str:
        if self.several:
            return "several identities"
        if self.end.curie is None:
            return "no gold identity"
        if self.mention is None:
            return "not recognised"
        if self.mention.curie is None:
            return "not grounded"
        if self.mention.curie == self.end.curie:
            return "right"
        same = self.end.type == self.mention.type == "CHEMICAL" and self.end.has_identity_of(
            End((), self.mention.name, self.mention.type)
        )
        return "right, by another database" if same else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--errors", action="store_true", help="list wrong and missing identities, of dev alone")
    parser.add_argument("--ungrounded", type=int, default=0, metavar="N", help="the N most frequent names without")
    parser.add_argument("--only", choices=("gold", "indra"), help="measure this alone")
    options = parser.parse_args()
    analyse = load_analyser(Options(entities="own"))
    if options.only != "indra":
        for name, folder in (("reviews", options.shared / "reviews"), ("corpus", ROOT / "corpus")):
            report_places(name, list(find_places(ROOT / "gold" / name, folder, analyse)), errors=options.errors)
    if options.only != "gold":
        for split in ("dev", "test"):
            report_indra(options.shared / "corpora" / INDRA, split, analyse, errors=options.errors)
    if options.ungrounded:
        report_ungrounded(options.shared, analyse, options.ungrounded)


def find_places(gold: Path, folder: Path, analyse: Analyser) -> Iterator[Place]:
    """Each molecule of a core statement, once for each place; in the order of the files."""
    marked = load_gold(gold)
    documents = [read_marked(one.file, one.sha256, [folder]) for one in marked]
    pairs = [(one, document) for one, document in zip(marked, documents, strict=True) if document is not None]
    analyses = analyse([document for _, document in pairs])
    for (one, document), analysis in zip(pairs, analyses, strict=True):
        mentions = [(span, mention) for mention in analysis.entities for span in _find_spans(document, mention)]
        for split, ends in _list_ends(one):
            several = len({end.curie for end in ends}) > 1
            yield Place(one.document, split, ends[0], _find_mention(ends[0], mentions), several)


def _list_ends(gold: GoldDocument) -> list[tuple[str, list[End]]]:
    """The ends of each place."""
    found: dict[Span, tuple[str, list[End]]] = {}
    for statement in gold.statements:
        for end in (statement.subject, statement.object) if statement.core else ():
            if end is not None and end.type in MOLECULE_TYPES:
                found.setdefault(end.spans[0], (statement.split, []))[1].append(end)
    return [found[span] for span in sorted(found)]


def _find_spans(document: Document, mention: Entity) -> list[Span]:
    """Where the file has the mention."""
    if document.offsets is None:
        return [(mention.start, mention.end)]
    return [(first, last) for first, last in document.offsets.find_spans(mention.start, mention.end)]


def _find_mention(end: End, mentions: Sequence[tuple[Span, Entity]]) -> Entity | None:
    """The molecule that shares most characters with the place, or else with a place of an alias."""
    for start, stop in end.spans:
        shared = [
            (min(last, stop) - max(first, start), mention)
            for (first, last), mention in mentions
            if first < stop and start < last and mention.type in MOLECULE_TYPES
        ]
        if shared:
            return max(shared, key=lambda one: one[0])[1]
    return None


def report_places(name: str, places: Sequence[Place], *, errors: bool) -> None:
    for split in ("dev", "test"):
        chosen = [place for place in places if place.split == split]
        counts = Counter(place.outcome for place in chosen)
        right, wrong = counts["right"] + counts["right, by another database"], counts["wrong"]
        identified = len(chosen) - counts["no gold identity"] - counts["several identities"]
        kept = sum(1 for one in chosen if one.end.curie is None and one.mention is not None and one.mention.curie)
        print(f"\n{name}, {split}: {len(chosen)} places of molecules in core statements, {identified} with an identity")
        print(f"  precision {format_share(right, right + wrong)}   coverage {format_share(right + wrong, identified)}")
        print(f"  of those recognised: coverage {format_share(right + wrong, identified - counts['not recognised'])}")
        print("  " + ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))
        print(f"  without an identity in the gold, but given one by us: {kept}")
        if errors and split == "dev":
            _print_errors(chosen)


def _print_errors(places: Iterable[Place]) -> None:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place in places:
        mention, end = place.mention, place.end
        ours = (mention.text, mention.type, mention.name, str(mention.curie)) if mention else ("-", "", "", "")
        strange = place.outcome == "no gold identity" and mention is not None and mention.curie is not None
        if place.outcome in ("wrong", "not grounded", "not recognised", "right, by another database") or strange:
            found[(place.outcome, end.name, str(end.curie), *ours)].append(f"{place.document[:6]}:{end.spans[0][0]}")
    for row, where in sorted(found.items()):
        print(f"    {len(where):3} {' | '.join(row)}   {' '.join(where[:6])}")


def report_indra(file: Path, split: str, analyse: Analyser, *, errors: bool) -> None:
    """Of the curated statements that we otherwise read, the share in which both identities agree."""
    rows = [
        row
        for row in load_rows([file], INDRA)
        if row["object"] is not None and row["tag"] == "correct" and is_in_split(f"PMID-{row['pmid']}", split)
    ]
    sentences = list(dict.fromkeys(row["sentence"] for row in rows))
    documents = [Document(f"indra-{number}", text) for number, text in enumerate(sentences)]
    read = dict(zip(sentences, analyse(documents), strict=True))
    tally: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for row in rows:
        judged = [verdict for one in read[row["sentence"]].relations if (verdict := _judge(row, one, read)) is not None]
        if not judged:
            continue
        best = min(judged, key=lambda verdict: len(verdict))
        tally["agree" if not best else "differ"] += 1
        for name, entity in best:
            ends["without" if entity.curie is None else "other"] += 1
            if errors and split == "dev":
                print(f"    {name} | {entity.text} | {entity.type} | {entity.name} | {entity.curie} | {row['pmid']}")
    total = tally["agree"] + tally["differ"]
    print(f"\nindra, {split}: {len(rows)} statements judged correct, {total} read by us but for the identities")
    print(
        f"  both identities agree {format_share(tally['agree'], total)}; differing ends: {dict(sorted(ends.items()))}"
    )


def _judge(row: Row, mention: RelationMention, read: dict[str, Analysis]) -> list[tuple[str, Entity]] | None:
    """The curated names whose end of ours has another identity; None where ours is not the curated statement."""
    if mention.relation != row["relation"] or mention.negated:
        return None
    named = [entity for entity in read[row["sentence"]].entities if entity.curie is not None]
    ways = [(mention.subject, mention.object)]
    if mention.relation in UNORDERED:
        ways.append((mention.object, mention.subject))
    found = []
    for subject, theme in ways:
        pairs = (
            [(row["object"], theme)] if row["subject"] is None else [(row["subject"], subject), (row["object"], theme)]
        )
        if any(entity is None for _, entity in pairs):
            continue
        differing = [(name, entity) for name, entity in pairs if entity is not None and not has_identity(entity, name)]
        sure = len(differing) < len(pairs)
        if all(
            has_possible_name(entity, name) or (sure and not any(has_identity(one, name) for one in named))
            for name, entity in differing
        ):
            found.append(differing)
    return min(found, key=len, default=None)


def has_identity(entity: Entity, name: str) -> bool:
    """Whether we gave the mention the identity that INDRA's name stands for; the symbol may have changed since."""
    if entity.curie is None and entity.type in MOLECULE_TYPES:
        return False
    return has_name(entity, name) or entity.curie == find_renamed(name)


@cache
def find_renamed(name: str) -> str | None:
    """The gene that had this symbol once and that no other gene has now, or None."""
    rows = [row for row in load_lexicon().find_rows(make_key(name)) if row.name == name and row.source == "hgnc"]
    curies = {row.curie for row in rows if row.status == "previous"}
    return curies.pop() if len(curies) == 1 and not any(row.status == "symbol" for row in rows) else None


def has_possible_name(entity: Entity, name: str) -> bool:
    """Whether the lexicon knows the curated name as one that the words may stand for."""
    return name.casefold() in {one.casefold() for text in (entity.text, entity.name) for one in find_names(text)}


def report_ungrounded(shared: Path, analyse: Analyser, number: int) -> None:
    """The most frequent molecules' names without an identity in the parts of all texts that are not held out."""
    names: Counter[str] = Counter()
    texts: dict[str, set[str]] = defaultdict(set)
    reasons: dict[str, str] = {}
    total = 0
    for document, entity in _read_all(shared, analyse):
        total += 1
        if entity.curie is None:
            names[entity.name] += 1
            texts[entity.name].add(document)
            reasons[entity.name] = getattr(entity, "reason", "")
    print(f"\n{total} mentions of molecules, {sum(names.values())} without identity; the {number} most frequent names:")
    for name, count in sorted(names.items(), key=lambda row: (-row[1], row[0]))[:number]:
        print(f"  {count:5} in {len(texts[name]):4} texts  {name}  {reasons[name]}")


def _read_all(shared: Path, analyse: Analyser) -> Iterator[tuple[str, Entity]]:
    rows = [row for row in load_rows([shared / "corpora"], CORPORA) if is_in_split(row["doc"], "dev")]
    curated = [
        row for row in load_rows([shared / "corpora" / INDRA], INDRA) if is_in_split(f"PMID-{row['pmid']}", "dev")
    ]
    texts = {row["text"]: row["doc"] for row in rows} | {row["sentence"]: f"PMID-{row['pmid']}" for row in curated}
    documents = [Document(name, text) for text, name in texts.items()]
    for gold in load_gold(ROOT / "gold" / "reviews"):
        document = read_marked(gold.file, gold.sha256, [shared / "reviews"])
        documents += [document] if document is not None else []
    for document, analysis in zip(documents, analyse(documents), strict=True):
        low, high = HELD_OUT.get(document.id, (0, 0))
        for entity in analysis.entities:
            start = document.source_span(entity.start, entity.end)[0]
            if entity.type in MOLECULE_TYPES and not low <= start < high:
                yield document.id, entity


def format_share(part: int, whole: int) -> str:
    if not whole:
        return "-"
    low, high = find_share_interval(part, whole)
    return f"{part / whole:.3f} ({low:.2f}-{high:.2f}; {part} of {whole})"


if __name__ == "__main__":
    main()
