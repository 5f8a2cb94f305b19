"""Compiles tables of names into a lexicon: what ``sigmine lexicon build`` and the bundled lexicon are made by.

A lexicon is a folder; the same tables give the same bytes:
    names.tsv.gz        key, name, CURIE, standard name, type, status, source, recognise; sorted as bytes
    proteins.tsv.gz     CURIE, symbol, UniProt accession, kinds (kinase|phosphatase|transcription factor)
    memberships.tsv.gz  child, isa or partof, parent (FamPlex)
    code_prefixes.txt   the letters that drugs' code names begin with (AZD in AZD8055)
    manifest.json       what it was made from: file, source, licence, version where known, sha256; and the counts
A CURIE that starts with a colon stands for an entity that no table gives an identifier.

What people and measurements add to the tables lies in ``data/lexicon_build``: ``supplement.tsv`` (names by hand),
``precision.tsv`` (how often a name is a molecule where it stands in annotated text; those that mostly are not become
``weak``) and ``common_words.txt.gz`` (words that stand in small letters in ordinary text).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from sigmine.errors import GroundingError
from sigmine.resources import lexicon_sources as sources
from sigmine.resources.lexicon_keys import make_key
from sigmine.resources.lexicon_recognition import GENES, NO_CODES, choose_flag, find_common_words

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that a lexicon is made from: what it holds, whose it is and under which licence."""

    title: str
    by: str
    licence: str


_MESH = ("Medical Subject Headings", "U.S. National Library of Medicine", "courtesy of the NLM; free with attribution")
TABLES: dict[str, SourceTable] = {
    "hgnc.tsv.gz": SourceTable("HGNC: human genes", "HUGO Gene Nomenclature Committee", "CC0-1.0"),
    "famplex_entities.csv": SourceTable("FamPlex: families and complexes", "Bachman et al. 2018", "CC0-1.0"),
    "famplex_relations.csv": SourceTable("FamPlex: their members", "Bachman et al. 2018", "CC0-1.0"),
    "famplex_equivalences.csv": SourceTable("FamPlex: names in other databases", "Bachman et al. 2018", "CC0-1.0"),
    "famplex_grounding_map.csv": SourceTable("FamPlex: curated names", "Bachman et al. 2018", "CC0-1.0"),
    "chebi.tsv.gz": SourceTable("ChEBI: chemicals", "EMBL-EBI", "CC-BY-4.0"),
    "hms-drugs.tsv.gz": SourceTable("HMS LINCS: small molecules", "Harvard Medical School", "not stated"),
    "mesh_drugs.tsv.gz": SourceTable(f"{_MESH[0]}: drugs", *_MESH[1:]),
    "mesh-disease.tsv.gz": SourceTable(f"{_MESH[0]}: diseases", *_MESH[1:]),
    "bio_process.tsv.gz": SourceTable(
        "Gene Ontology: processes; some of MeSH", "Gene Ontology Consortium", "CC-BY-4.0"
    ),
    "go-subcellular-locations.tsv.gz": SourceTable(
        "Gene Ontology: places in the cell", "Gene Ontology Consortium", "CC-BY-4.0"
    ),
    "cellontology.tsv.gz": SourceTable("Cell Ontology: kinds of cells", "OBO Foundry", "CC-BY-4.0"),
    "cellosaurus.tsv.gz": SourceTable("Cellosaurus: cell lines", "SIB Swiss Institute of Bioinformatics", "CC-BY-4.0"),
    "kinases.tsv": SourceTable("UniProt: kinases", "UniProt Consortium", "CC-BY-4.0"),
    "phosphatases.tsv": SourceTable("human phosphatases (gene symbols)", "not stated", "facts; not stated"),
    "transcription_factors.csv": SourceTable(
        "human transcription factors (gene symbols)", "not stated", "facts; not stated"
    ),
}
"""The tables that a folder must hold, by file name."""


def build_lexicon(folder: Path, out: Path, *, texts: Iterable[str] | None = None) -> dict[str, object]:
    """Compiles the tables of a folder into the folder ``out`` and gives the manifest that it wrote there.

    Args:
        folder: holds the files of ``TABLES``.
        texts: ordinary texts in which to count which words are common; the bundled list if None.

    Raises:
        GroundingError: tables are missing, or a line of the supplement is wrong; all of them are named.
    """
    missing = [name for name in TABLES if not (folder / name).is_file()]
    if missing:
        raise GroundingError(
            f"{folder}: {len(missing)} of {len(TABLES)} tables are not there: {', '.join(missing)}. A lexicon is made "
            f"from {', '.join(TABLES)}; docs/howto.md says what each holds."
        )
    precision = read_precision()
    names, proteins, memberships = gather_names(folder, {name: matches for name, (matches, _) in precision.items()})
    rows = make_rows(names, read_common_words() if texts is None else find_common_words(texts), precision)
    out.mkdir(parents=True, exist_ok=True)
    header = "#key\tname\tcurie\tstandard name\ttype\tstatus\tsource\trecognise"
    write_table(out / "names.tsv.gz", header, rows)
    write_table(out / "proteins.tsv.gz", "#curie\tsymbol\tuniprot\tkinds", ["\t".join(row) for row in proteins])
    write_table(out / "memberships.tsv.gz", "#child\trelation\tparent", ["\t".join(row) for row in memberships])
    (out / "code_prefixes.txt").write_text("\n".join(find_code_prefixes(rows)) + "\n", encoding="utf-8")
    manifest = make_manifest(folder, rows)
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def find_build_data() -> Traversable:
    """The folder of what is added to the tables."""
    return files("sigmine.resources") / "data" / "lexicon_build"


def read_common_words() -> set[str]:
    """Words that stand in small letters in ordinary text; as far as they stand in names."""
    return set(gzip.decompress((find_build_data() / "common_words.txt.gz").read_bytes()).decode().split())


def read_precision() -> dict[str, tuple[int, int]]:
    """Name as it stands in texts to (matches, right ones)."""
    text = (find_build_data() / "precision.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {name: (int(matches), int(right)) for name, matches, right in rows}


def gather_names(
    folder: Path, uses: dict[str, int]
) -> tuple[sources.Names, list[list[str]], list[tuple[str, str, str]]]:
    """All names, the rows of the table of proteins, and the memberships; ``uses`` counts names in texts."""
    names = sources.Names()
    symbols, accessions, proteins = sources.read_hgnc(folder, names)
    memberships = sources.read_memberships(folder, symbols)
    sources.read_famplex(folder, names, memberships, symbols)
    sources.read_chebi(folder, names)
    sources.read_ontologies(folder, names, uses)
    compounds = sources.read_grounding_map(folder, names, symbols, accessions)
    sources.read_drugs(folder, names, compounds)
    sources.read_supplement((find_build_data() / "supplement.tsv").read_text(encoding="utf-8"), names, symbols)
    kinds = sources.read_kinds(folder, symbols, accessions)
    table = [[*row, "|".join(sorted(kinds.get(row[0], ())))] for row in proteins]
    return names, sorted(table), memberships


def make_rows(names: sources.Names, words: set[str], precision: dict[str, tuple[int, int]]) -> list[str]:
    """The lines of names.tsv, not sorted; ``words`` are the common ones."""
    named = {make_key(name) for name, (matches, right) in precision.items() if right >= 0.4 * matches}
    common = words - named
    molecular = {make_key(name) for name, curie in names.names if names.entities[curie].type != "CELL"}
    peptides = {
        make_key(name)
        for (name, curie), (status, _) in names.names.items()
        if names.entities[curie].type in GENES and status in ("curated", "name") and len(name) >= 5
    }
    rows = []
    for (name, curie), (status, source) in names.names.items():
        entity = names.entities[curie]
        key = make_key(name)
        if source == "cellosaurus" and key in molecular:
            continue
        flag = names.flags.get((name, curie))
        if flag is None:
            flag = choose_flag(name, entity.type, status, source, common)
            flag = adjust_flag(
                flag, *precision.get(name, (0, 0)), is_word=key in words or (key.isalpha() and len(key) < 4)
            )
            if entity.type == "CHEMICAL" and key in peptides:
                flag = "no"  # insulin and the like: the gene's product
        rows.append("\t".join([key, name, curie, entity.name, entity.type, status, source, flag]))
    return rows


def adjust_flag(flag: str, matches: int, right: int, *, is_word: bool) -> str:
    """The flag after measuring: ``weak`` for what is mostly something else, ``exact`` for a weak name that is not.

    ``is_word``: an ordinary word or three letters; such a name stays weak, for it may be right and yet mean another.
    """
    if flag in ("yes", "case", "exact") and matches >= 3 and right < 0.4 * matches:
        return "weak"
    if flag == "weak" and not is_word and matches >= 5 and right >= 0.8 * matches:
        return "exact"
    return flag


def find_code_prefixes(rows: list[str]) -> list[str]:
    """The letters before the number in drugs' code names, where drugs outnumber genes and cell lines by far."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        _, name, _, _, type_, _, _, _ = row.split("\t")
        if code := re.fullmatch(r"([A-Z]{2,5})[- ]?\d{3,}[A-Z]?", name):
            counts[(code[1], type_)] += 1
    return sorted(
        prefix
        for (prefix, type_), count in counts.items()
        if type_ == "CHEMICAL"
        and count >= 7
        and count > 5 * counts[(prefix, "PROTEIN")]
        and count > 3 * counts[(prefix, "CELL")]
        and prefix not in NO_CODES
    )


def write_table(path: Path, header: str, rows: list[str]) -> None:
    body = b"\n".join(sorted(row.encode() for row in rows))
    path.write_bytes(gzip.compress(header.encode() + b"\n" + body + b"\n", compresslevel=9, mtime=0))


def make_manifest(folder: Path, rows: list[str]) -> dict[str, object]:
    """What the lexicon was made from. A version is null where neither the file nor its name tells it."""
    tables = [
        {
            "file": name,
            "source": table.title,
            "by": table.by,
            "licence": table.licence,
            "version": None,
            "packed": _find_packing_date(folder / name),
            "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
        }
        for name, table in sorted(TABLES.items())
    ]
    cells = [row.split("\t") for row in rows]
    return {
        "tables": tables,
        "names": len(rows),
        "names_by_source": _count(cells, 6),
        "names_by_type": _count(cells, 4),
        "names_by_recognise": _count(cells, 7),
    }


def _find_packing_date(file: Path) -> str | None:
    """The day that a gzip file's header gives: when its content was packed, which is no release's date; or None."""
    with file.open("rb") as stream:
        head = stream.read(8)
    seconds = int.from_bytes(head[4:8], "little")
    if head[:2] != b"\x1f\x8b" or not seconds:
        return None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _count(cells: list[list[str]], column: int) -> dict[str, int]:
    return dict(sorted(Counter(row[column] for row in cells).items()))
