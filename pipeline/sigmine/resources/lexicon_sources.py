"""Reads the tables of names under ``shared/lexicon`` into one list of names; what each reader decides is said there.

A ``Names`` table gathers entities (CURIE, standard name, type, source) and their names. A name is added once for an
entity; the first status wins, so the better source is read first.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sigmine.errors import GroundingError
from sigmine.resources.lexicon_keys import make_key

MAX_LENGTH = 70  # a longer name is a formula or a definition; texts do not use it
LOCI = {"gene with protein product", "immunoglobulin gene", "T cell receptor gene", "complex locus constituent"}
SPECIES_OF_CELLS = {"Homo sapiens", "Mus musculus", "Rattus norvegicus", "Cricetulus griseus", "Chlorocebus sabaeus"}
# Cell banks' serial numbers and the like: many thousands, none of which a review names.
SERIAL_CELLS = re.compile(
    r"(GM|DA|HQ|AG|ND|HG|DD|HGDP|BY|CW|PR|AU|IARC|TER|HEV|ES|Hs) ?-?\d|HPSI|chHES|Royan|UMSCC|CEPH|NYSC|RECC"
)


@dataclass(frozen=True)
class Entity:
    curie: str
    name: str
    type: str
    source: str


@dataclass
class Names:
    entities: dict[str, Entity] = field(default_factory=dict)
    names: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """(name, CURIE) to (status, source)."""
    flags: dict[tuple[str, str], str] = field(default_factory=dict)
    """(name, CURIE) to ``recognise``, where a person has set it."""

    def add_entity(self, curie: str, name: str, type_: str, source: str) -> None:
        self.entities.setdefault(curie, Entity(curie, name, type_, source))

    def add(self, name: str, curie: str, status: str, source: str) -> None:
        name = " ".join(name.replace("\t", " ").split()).rstrip(".")
        if make_key(name) and len(name) <= MAX_LENGTH:
            self.names.setdefault((name, curie), (status, source))


def read_tsv(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def read_csv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def plain_name(name: str) -> str:
    """A drug's name in lower case; codes and acronyms stay as they are."""
    words = [word.lower() if re.fullmatch(r"[A-Z]?[a-z]+", word) else word for word in re.split(r"(\W)", name)]
    return "".join(words)


def read_hgnc(folder: Path, names: Names) -> tuple[dict[str, str], dict[str, str], list[list[str]]]:
    """Adds human genes; returns symbol to CURIE, UniProt accession to CURIE, and the rows of the table of proteins."""
    symbols: dict[str, str] = {}
    accessions: dict[str, str] = {}
    full_names: dict[str, str] = {}
    proteins = []
    rows = read_tsv(folder / "hgnc.tsv.gz")
    next(rows)
    for hgnc, symbol, name, _, aliases, previous, uniprot, locus in rows:
        if locus not in LOCI:
            continue
        curie = hgnc.lower()
        symbols[symbol] = curie
        accession = re.split(r"[,|]\s*", uniprot)[0]
        for one in re.split(r"[,|]\s*", uniprot):
            if one:
                accessions.setdefault(one, curie)
        proteins.append([curie, symbol, accession])
        names.add_entity(curie, symbol, "PROTEIN", "hgnc")
        names.add(symbol, curie, "symbol", "hgnc")
        names.add(name, curie, "name", "hgnc")
        for alias in aliases.split(", "):
            names.add(alias, curie, "synonym", "hgnc")
        for old in previous.split(", "):
            names.add(old, curie, "previous", "hgnc")
        full_names[curie] = name
    _add_unnumbered(full_names, names)
    return symbols, accessions, proteins


def _add_unnumbered(full_names: dict[str, str], names: Names) -> None:
    """Adds ``menin`` for "menin 1": a number at the end that no other gene needs is left out by most texts.

    Only names of one word that are no class of enzymes, and not where another gene has the bare name or another
    number, as "calponin 3" beside "calponin 1".
    """
    stems: dict[str, set[str]] = {}
    for curie, name in full_names.items():
        stems.setdefault(re.sub(r"[ -]\d+[A-Za-z]{0,2}$", "", name).lower(), set()).add(curie)
    for curie, name in full_names.items():
        stem = re.sub(r" 1$", "", name)
        if stem != name and len(stem) >= 5 and not re.search(r"[ /]|ase$", stem) and stems[stem.lower()] == {curie}:
            names.add(stem, curie, "synonym", "hgnc")


def read_kinds(folder: Path, symbols: dict[str, str], accessions: dict[str, str]) -> dict[str, set[str]]:
    """CURIE to any of kinase, phosphatase, transcription factor."""
    kinds: dict[str, set[str]] = {}
    for line in (folder / "kinases.tsv").read_text().splitlines()[1:]:
        accession, symbol = line.split("\t")[:2]
        curie = accessions.get(accession) or symbols.get(symbol)
        if curie:
            kinds.setdefault(curie, set()).add("kinase")
    for line in (folder / "phosphatases.tsv").read_text().splitlines():
        if curie := symbols.get(line.split("\t")[0]):
            kinds.setdefault(curie, set()).add("phosphatase")
    for row in list(read_csv(folder / "transcription_factors.csv"))[1:]:
        if curie := symbols.get(row[1]):
            kinds.setdefault(curie, set()).add("transcription factor")
    return kinds


def read_memberships(folder: Path, symbols: dict[str, str]) -> list[tuple[str, str, str]]:
    """(child, isa or partof, parent) of FamPlex; a child that is no human gene of ours is left out."""
    found = set()
    for child_db, child, relation, _, parent in read_csv(folder / "famplex_relations.csv"):
        curie = (
            f"fplx:{child}" if child_db == "FPLX" else symbols.get(child) if child_db == "HGNC" else f"uniprot:{child}"
        )
        if curie:
            found.add((curie, relation, f"fplx:{parent}"))
    return sorted(found)


def read_famplex(folder: Path, names: Names, memberships: list[tuple[str, str, str]], symbols: dict[str, str]) -> None:
    """Adds families, and as complexes those that have parts. A name that is a gene's symbol means the gene first."""
    complexes = {parent for _, relation, parent in memberships if relation == "partof"}
    for (name,) in read_csv(folder / "famplex_entities.csv"):
        curie = f"fplx:{name}"
        names.add_entity(curie, name, "COMPLEX" if curie in complexes else "FAMILY", "famplex")
        names.add(name.replace("_", " "), curie, "synonym" if name in symbols else "name", "famplex")
    for source, text, name in read_csv(folder / "famplex_equivalences.csv"):
        if source == "BEL":
            names.add(re.sub(r" (Family|Complex)$", "", text), f"fplx:{name}", "synonym", "famplex")


def read_grounding_map(
    folder: Path, names: Names, symbols: dict[str, str], accessions: dict[str, str]
) -> dict[str, str]:
    """Adds FamPlex's curated names; returns PubChem id to the CURIE chosen for it.

    A name with several identifiers takes the first that we hold, ChEBI before PubChem. MeSH and GO are taken only
    where the id is in one of our tables (they are read before).
    """
    compounds: dict[str, str] = {}
    for row in read_csv(folder / "famplex_grounding_map.csv"):
        pairs = dict(zip(row[1::2], row[2::2], strict=False))
        pairs.pop("", None)
        curie = None
        if "FPLX" in pairs:
            curie = f"fplx:{pairs['FPLX']}"
        elif "HGNC" in pairs:
            curie = symbols.get(pairs["HGNC"])
        elif "UP" in pairs:
            curie = accessions.get(pairs["UP"].split("-")[0])
            if curie is None:
                curie = f"uniprot:{pairs['UP']}"
                names.add_entity(curie, row[0], "PROTEIN", "famplex")
        elif "CHEBI" in pairs or "PUBCHEM" in pairs:
            curie = pairs["CHEBI"].lower() if "CHEBI" in pairs else f"pubchem.compound:{pairs['PUBCHEM']}"
            names.add_entity(curie, plain_name(row[0]), "CHEMICAL", "famplex")
            if "PUBCHEM" in pairs:
                compounds[pairs["PUBCHEM"]] = curie
        elif "MESH" in pairs:
            curie = f"mesh:{pairs['MESH']}"
        elif "GO" in pairs:
            curie = pairs["GO"].lower()
        if curie and curie in names.entities:
            names.names[(row[0], curie)] = ("curated", "famplex")
    return compounds


def read_chebi(folder: Path, names: Names) -> None:
    for name, curie in read_tsv(folder / "chebi.tsv.gz"):
        names.add_entity(curie.lower(), plain_name(name), "CHEMICAL", "chebi")
        names.add(name, curie.lower(), "name", "chebi")


def read_drugs(folder: Path, names: Names, compounds: dict[str, str]) -> None:
    """Adds HMS and MeSH drugs; one that shares a name with a chemical that we hold is that chemical."""
    known = {
        make_key(name): curie
        for name, curie in sorted(names.names)
        if names.entities[curie].type == "CHEMICAL" and len(make_key(name)) >= 5
    }
    for name, compound in read_tsv(folder / "hms-drugs.tsv.gz"):
        curie = compounds.get(compound) or known.setdefault(make_key(name), f"pubchem.compound:{compound}")
        names.add_entity(curie, plain_name(name), "CHEMICAL", "hms")
        names.add(name, curie, "name", "hms")
    for mesh, name, synonyms in read_tsv(folder / "mesh_drugs.tsv.gz"):
        others = [other for other in synonyms.split("|") if other]
        keys = [make_key(text) for text in (name, *others)]
        curie = next((known[key] for key in keys if key in known), f"mesh:{mesh}")
        names.add_entity(curie, plain_name(name), "CHEMICAL", "mesh")
        names.add(name, curie, "name" if curie.startswith("mesh:") else "synonym", "mesh")
        for other in others:
            names.add(other, curie, "synonym", "mesh")
        known.update({key: curie for key in keys if len(key) >= 5 and key not in known})


def read_terms(rows: Iterable[tuple[str, str]], names: Names, type_: str, source: str, uses: dict[str, int]) -> None:
    """Adds the (name, CURIE) of an ontology whose file does not say which name is the term's own.

    The one most used in texts is taken as the standard name, else the shortest plain one.
    """
    terms: dict[str, set[str]] = {}
    for text, curie in rows:
        terms.setdefault(curie, set()).add(text)
    for curie, texts in sorted(terms.items()):
        standard = _choose_name(texts, uses)
        names.add_entity(curie, standard, type_, source)
        for text in sorted(texts):
            names.add(text, curie, "name" if text == standard else "synonym", source)


def _choose_name(texts: set[str], uses: dict[str, int]) -> str:
    def rank(text: str) -> tuple[bool, bool, bool, bool, int, int, str]:
        plural = text.endswith("s") and bool({text[:-1], text[:-2], text[:-3] + "y"} & texts)
        code = len(text) < 5 or any(char.isupper() for char in text.split()[0][1:])
        coined = bool(re.search(r"anabolism|catabolism|formation|breakdown", text))
        return ("," in text, plural, code, coined, -uses.get(text, 0), len(text), text)

    return min(texts, key=rank)


def read_processes(folder: Path) -> Iterator[tuple[str, str]]:
    """Names of processes but for those that say how something else is regulated."""
    skip = re.compile(
        r"regulation|^(activation|inhibition|suppression|stimulation|modulation|(cellular )?response to|detection of)\b"
    )
    for text, term, _, source in read_tsv(folder / "bio_process.tsv.gz"):
        if not skip.search(text):
            yield text, term.lower() if source == "go" else f"mesh:{term}"


def read_ontologies(folder: Path, names: Names, uses: dict[str, int]) -> None:
    """Adds processes, places in the cell, diseases, kinds of cells and cell lines."""
    read_terms(read_processes(folder), names, "PROCESS", "go", uses)
    places = read_tsv(folder / "go-subcellular-locations.tsv.gz")
    read_terms(((text, term.lower()) for text, term in places), names, "LOCATION", "go", uses)
    diseases = read_tsv(folder / "mesh-disease.tsv.gz")
    read_terms(((text, f"mesh:{term}") for text, term in diseases), names, "DISEASE", "mesh", uses)
    cells = read_tsv(folder / "cellontology.tsv.gz")
    read_terms(((text, term.lower()) for text, term in cells), names, "CELL", "cl", uses)
    for name, accession, species in read_tsv(folder / "cellosaurus.tsv.gz"):
        if species in SPECIES_OF_CELLS and not SERIAL_CELLS.match(name) and len(name) <= 20:
            curie = f"cellosaurus:{accession}"
            names.add_entity(curie, name, "CELL", "cellosaurus")
            names.add(name, curie, "name" if names.entities[curie].name == name else "synonym", "cellosaurus")


def read_supplement(text: str, names: Names, symbols: dict[str, str]) -> None:
    """Adds our own rows, last and over all others; the head of the file says what its columns hold.

    A name that FamPlex's curators gave to something else is that one's synonym from here on.
    """
    curated: dict[str, list[tuple[str, str]]] = {}
    for key, (status, _) in names.names.items():
        if status == "curated":
            curated.setdefault(key[0], []).append(key)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 5:
            raise GroundingError(f"supplement.tsv, line {number}: five columns are expected, there are {len(cells)}.")
        texts, curie, standard, type_, recognise = cells
        curie = curie if ":" in curie else symbols.get(curie, "") if curie else f":{standard}"
        old = names.entities.get(curie)
        if old is None and not (curie and standard and type_):
            raise GroundingError(
                f"supplement.tsv, line {number}: {cells[1]} is not in the tables, so it needs a CURIE, name and type."
            )
        if old is None or standard or type_:
            base = old or Entity(curie, standard, type_, "sigmine")
            names.entities[curie] = Entity(curie, standard or base.name, type_ or base.type, base.source)
        for text in texts.split("|") if texts != "*" else ():
            for other in curated.get(text, ()):
                names.names[other] = ("synonym", names.names[other][1])
            names.names[(text, curie)] = ("curated", "sigmine")
            if recognise:
                names.flags[(text, curie)] = recognise
