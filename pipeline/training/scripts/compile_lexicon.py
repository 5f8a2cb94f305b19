"""Compiles the tables of names under ``shared/lexicon`` into the lexicon that sigmine ships.

Usage: python compile_lexicon.py SHARED [OUT_DIR]

Writes to OUT_DIR (default: ``sigmine/resources/data/lexicon``), the same bytes from the same input:
    names.tsv.gz        key, name, CURIE, standard name, type, status, source, recognise; sorted as bytes
    proteins.tsv.gz     CURIE, symbol, UniProt accession, kinds (kinase|phosphatase|transcription factor)
    memberships.tsv.gz  child, isa or partof, parent (FamPlex)
    code_prefixes.txt   the letters that drugs' code names begin with (AZD in AZD8055)
    manifest.json       what it was made from: file, sha256, credit and licence, and the counts
A CURIE that starts with a colon stands for an entity that no table gives an identifier.
``lexicon_precision.tsv`` beside this folder (made by ``measure_lexicon.py``) holds the names that are mostly no
molecule where they stand in annotated text; they become ``weak``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import lexicon_sources as sources
from lexicon_recognition import GENES, NO_CODES, choose_flag, find_common_words

from sigmine.resources.lexicon_keys import make_key

TRAINING = Path(__file__).resolve().parents[1]
OUT = TRAINING.parent / "sigmine" / "resources" / "data" / "lexicon"
CREDITS = {
    "hgnc.tsv.gz": "HGNC (HUGO Gene Nomenclature Committee), CC0",
    "famplex_entities.csv": "FamPlex, CC0",
    "famplex_relations.csv": "FamPlex, CC0",
    "famplex_equivalences.csv": "FamPlex, CC0",
    "famplex_grounding_map.csv": "FamPlex, CC0",
    "chebi.tsv.gz": "ChEBI, EMBL-EBI, CC BY 4.0",
    "hms-drugs.tsv.gz": "HMS LINCS small molecules, Harvard Medical School",
    "mesh_drugs.tsv.gz": "Medical Subject Headings, courtesy of the U.S. National Library of Medicine",
    "mesh-disease.tsv.gz": "Medical Subject Headings, courtesy of the U.S. National Library of Medicine",
    "bio_process.tsv.gz": "Gene Ontology, CC BY 4.0; some terms of Medical Subject Headings",
    "go-subcellular-locations.tsv.gz": "Gene Ontology, CC BY 4.0",
    "cellontology.tsv.gz": "Cell Ontology, CC BY 4.0",
    "cellosaurus.tsv.gz": "Cellosaurus, SIB Swiss Institute of Bioinformatics, CC BY 4.0",
    "kinases.tsv": "UniProt, CC BY 4.0",
    "phosphatases.tsv": "table of human phosphatases (gene symbols)",
    "transcription_factors.csv": "table of human transcription factors (gene symbols)",
}


def read_texts(shared: Path) -> list[str]:
    texts = []
    for name in ("genia_abstracts", "craft_articles"):
        with gzip.open(shared / "raw" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            texts.extend(json.loads(line)["text"] for line in file)
    return texts


def read_precision(path: Path) -> dict[str, tuple[int, int]]:
    """Name as it stands in texts to (matches, right ones); empty if it was not measured yet."""
    if not path.exists():
        return {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
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
    sources.read_supplement(TRAINING / "lexicon_supplement.tsv", names, symbols)
    kinds = sources.read_kinds(folder, symbols, accessions)
    table = [[*row, "|".join(sorted(kinds.get(row[0], ())))] for row in proteins]
    return names, sorted(table), memberships


def make_rows(names: sources.Names, texts: list[str], precision: dict[str, tuple[int, int]]) -> list[str]:
    """The lines of names.tsv, not sorted."""
    named = {make_key(name) for name, (matches, right) in precision.items() if right >= 0.4 * matches}
    words = find_common_words(texts)
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
    counts = Counter(row.split("\t")[6] for row in rows)
    files = [
        {"file": name, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(), "credit": credit}
        for name, credit in sorted(CREDITS.items())
    ]
    return {
        "files": files,
        "names": len(rows),
        "names_by_source": dict(sorted(counts.items())),
        "names_by_type": dict(sorted(Counter(row.split("\t")[4] for row in rows).items())),
        "names_by_recognise": dict(sorted(Counter(row.split("\t")[7] for row in rows).items())),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    args = parser.parse_args()
    folder = args.shared / "lexicon"
    precision = read_precision(TRAINING / "lexicon_precision.tsv")
    names, proteins, memberships = gather_names(folder, {name: matches for name, (matches, _) in precision.items()})
    rows = make_rows(names, read_texts(args.shared), precision)
    args.out.mkdir(parents=True, exist_ok=True)
    header = "#key\tname\tcurie\tstandard name\ttype\tstatus\tsource\trecognise"
    write_table(args.out / "names.tsv.gz", header, rows)
    write_table(args.out / "proteins.tsv.gz", "#curie\tsymbol\tuniprot\tkinds", ["\t".join(row) for row in proteins])
    write_table(args.out / "memberships.tsv.gz", "#child\trelation\tparent", ["\t".join(row) for row in memberships])
    (args.out / "code_prefixes.txt").write_text("\n".join(find_code_prefixes(rows)) + "\n", encoding="utf-8")
    manifest = make_manifest(folder, rows)
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print({key: value for key, value in manifest.items() if key != "files"})


if __name__ == "__main__":
    main()
