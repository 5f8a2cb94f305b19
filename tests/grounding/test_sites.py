from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grounding.sequences import AKT1, FASTA, TP53, TP53_2, make_entry, make_sequence, write_fasta
from samples import make_mention
from sigmine.grounding import SiteChecker, check_relation_sites, load_site_checker, mark_sites
from sigmine.grounding.proteome import ProteinSequences, Proteome, Sequence, read_entries
from sigmine.grounding.sites import MAX_MEMBERS, check_sequences, find_place, loses_methionine
from sigmine.model import Document, Entity, Site
from sigmine.resources.lexicon import Lexicon, Protein
from sigmine.resources.lexicon_tables import Membership
from sigmine.resources.site_map import load_site_map

RESIDUES = "ACDEFGHIKLMNPQRSTVWY"
CURIES = {
    "EIF2S1": "hgnc:3265", "MAP2K1": "hgnc:6840", "AKT1": "hgnc:391", "TP53": "hgnc:11998", "ULK1": "hgnc:12558",
    "RPS6KB1": "hgnc:10436", "BAD": "hgnc:936", "RB1": "hgnc:9884", "AKT": "fplx:AKT", "TSC2": "hgnc:12363",
}  # fmt: skip

proteins = st.text(RESIDUES, min_size=1, max_size=120)


@pytest.fixture(scope="module")
def proteome() -> Proteome:
    return Proteome(read_entries(io.BytesIO(FASTA.encode()), Path("human.fasta"), lambda accession: False))


def make_site(name: str) -> Site:
    return Site(name[0], int(name[1:]) if name[1:] else None, name, 0, len(name))


def make_molecule(name: str, curie: str | None = "") -> Entity:
    return Entity(name, 10, 10 + len(name), "PROTEIN", name, CURIES[name] if curie == "" else curie)


def check(proteome: Proteome | None, molecule: str | Entity, name: str) -> tuple[str, str | None, str]:
    entity = make_molecule(molecule) if isinstance(molecule, str) else molecule
    site = SiteChecker(proteome).check_site(make_site(name), entity)
    return site.status, site.reference, site.note


@pytest.mark.parametrize(
    ("molecule", "site", "expected"),
    [
        ("AKT1", "S473", ("valid", None, "")),
        ("AKT1", "T309", ("off_by_one", None, "T308 is there")),
        ("AKT1", "T307", ("off_by_one", None, "T308 is there")),
        ("AKT1", "T473", ("impossible", None, "S473 in P31749")),
        ("AKT1", "S999", ("impossible", None, "P31749 has 480 residues")),
        ("AKT1", "S", ("unchecked", None, "")),
        ("MAP2K1", "M0", ("off_by_one", None, "M1 is there")),
        ("EIF2S1", "S51", ("initiator_methionine", "S52", "counted without the initiator methionine")),
        ("EIF2S1", "S53", ("off_by_one", None, "S52 is there")),
        ("MAP2K1", "S217", ("curated", "S218", "one off")),
        ("MAP2K1", "S218", ("valid", None, "")),
        ("RPS6KB1", "T389", ("curated", "T412", "numbering of another isoform")),
        ("TP53", "S372", ("isoform", None, "P04637-2, S392 of the reference sequence")),
        ("ULK1", "S555", ("other_species", None, "mouse Q9R1X1, S556 of the reference sequence")),
        ("ULK1", "S757", ("curated", "S758", "numbering of another species")),
        ("RB1", "D1", ("impossible", None, "another molecule's name, misread")),
        ("TSC2", "S939", ("unchecked", None, "")),
    ],
)
def test_each_category(proteome: Proteome, molecule: str, site: str, expected: tuple[str, str | None, str]) -> None:
    assert check(proteome, molecule, site) == expected


@pytest.mark.parametrize(
    ("molecule", "site", "expected"),
    [
        ("AKT1", "S473", ("unchecked", None, "")),
        ("AKT1", "S999", ("unchecked", None, "")),
        ("EIF2S1", "S51", ("unchecked", None, "")),
        ("BAD", "S112", ("curated", "S75", "numbering of another species")),
        ("RB1", "D1", ("impossible", None, "another molecule's name, misread")),
        ("AKT", "S473", ("unchecked", None, "")),
    ],
)
def test_without_a_proteome_only_the_curated_map_speaks(
    molecule: str, site: str, expected: tuple[str, str | None, str]
) -> None:
    assert check(None, molecule, site) == expected


@pytest.mark.parametrize("curie", [None, "chebi:9168", "fplx:no_such_family", "mesh:D009369", "uniprot:P00001"])
def test_what_has_no_sequence_is_unchecked(proteome: Proteome, curie: str | None) -> None:
    assert check(proteome, make_molecule("AKT1", curie), "S473")[0] == "unchecked"


def test_a_given_protein_of_mouse_is_checked_on_its_own_sequence(proteome: Proteome) -> None:
    mouse = make_molecule("Ulk1", "uniprot:Q9R1X1")
    assert check(proteome, mouse, "S757") == ("valid", None, "")
    assert check(proteome, mouse, "S760")[0] == "impossible"


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("S473", ("valid", None, "AKT1")),
        ("T308", ("valid", None, "AKT1")),
        ("S472", ("valid", None, "AKT3")),
        ("T304", ("off_by_one", None, "AKT3")),
        ("S999", ("impossible", None, "in none of AKT1, AKT2, AKT3")),
    ],
)
def test_a_family_has_the_site_of_a_member_and_stays_a_family(
    proteome: Proteome, site: str, expected: tuple[str, str | None, str]
) -> None:
    assert check(proteome, "AKT", site) == expected


def make_family(members: int) -> Lexicon:
    genes = [Protein(f"hgnc:{number}", f"G{number:02}", f"P{number:05}", ()) for number in range(members)]
    inner = [Membership(gene.curie, "isa", "fplx:INNER") for gene in genes]
    return Lexicon([], genes, [*inner, Membership("fplx:INNER", "partof", "fplx:OUTER")])


def test_members_of_families_in_a_complex_count_too() -> None:
    text = make_entry("P00000", "A_HUMAN", "MES") + make_entry("P00001", "B_HUMAN", "MES")
    proteome = Proteome(read_entries(io.BytesIO(text.encode()), Path("human.fasta"), lambda accession: False))
    complex_ = make_molecule("OUTER", "fplx:OUTER")
    two = SiteChecker(proteome, lexicon=make_family(2)).check_site(make_site("S3"), complex_)
    assert (two.status, two.note) == ("valid", "G00, G01")
    three = SiteChecker(proteome, lexicon=make_family(3))
    assert three.check_site(make_site("S3"), complex_).status == "valid"
    assert three.check_site(make_site("S2"), complex_).status == "unchecked", "the third may have it"


def test_a_class_of_many_genes_is_not_checked() -> None:
    text = "".join(make_entry(f"P{number:05}", f"N{number}_HUMAN", "MES") for number in range(MAX_MEMBERS + 1))
    proteome = Proteome(read_entries(io.BytesIO(text.encode()), Path("human.fasta"), lambda accession: False))
    site, family = make_site("S3"), make_molecule("OUTER", "fplx:OUTER")
    assert SiteChecker(proteome, lexicon=make_family(MAX_MEMBERS)).check_site(site, family).status == "valid"
    assert SiteChecker(proteome, lexicon=make_family(MAX_MEMBERS + 1)).check_site(site, family).status == "unchecked"


def test_two_ways_of_numbering_leave_the_reference_open() -> None:
    human = Sequence("P00001", make_sequence(200, "S60", "S80", start="MA"))
    shorter = Sequence("P00001-2", human.residues[21:])  # S80 is S59 there
    found = check_sequences("S", 59, ProteinSequences(human, (shorter,)), {})
    assert (found.status, found.reference) == ("initiator_methionine", None)
    assert found.note == "S60, or S80 by P00001-2"


def test_a_protein_that_keeps_its_methionine_is_only_off_by_one() -> None:
    keeps, loses = (Sequence("P1", make_sequence(50, "S20", start=start)) for start in ("ME", "MA"))
    assert (loses_methionine(keeps), loses_methionine(loses), loses_methionine(Sequence("P1", ""))) == (0, 1, 0)
    assert check_sequences("S", 19, ProteinSequences(keeps), {}).status == "off_by_one"
    assert check_sequences("S", 19, ProteinSequences(loses), {}).status == "initiator_methionine"


def test_a_place_is_found_again_by_its_neighbours() -> None:
    first, second = Sequence("P04637", TP53), Sequence("P04637-2", TP53_2)
    assert find_place(second, 372, first) == 392
    assert find_place(first, 5, second) is None
    twice = Sequence("P1", TP53[:100] * 2)
    assert find_place(Sequence("P2", TP53[:100]), 50, twice) is None


def test_relations_keep_all_but_what_is_known_of_their_sites() -> None:
    document = Document("d", "MTOR phosphorylates RPS6KB1 at T389.")
    mention = make_mention(document, "phosphorylates", "MTOR", "RPS6KB1", sites=["T389"])
    (checked,) = check_relation_sites([mention])
    (site,) = checked.sites
    assert (site.name, site.reference, site.standard_name) == ("T389", "T412", "T412")
    assert replace(checked, sites=mention.sites) == mention
    plain = replace(mention, sites=())
    assert check_relation_sites([plain]) == (plain,)


def test_the_checker_is_loaded_once_with_its_proteome(tmp_path: Path) -> None:
    path = str(write_fasta(tmp_path / "human.fasta.gz"))
    checker = load_site_checker(path)
    assert checker is load_site_checker(path)
    assert checker.check_site(make_site("S473"), make_molecule("AKT1")).status == "valid"
    assert load_site_checker().proteome is None


@given(sequence=proteins, data=st.data())
def test_a_residue_of_the_sequence_is_valid(sequence: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(1, len(sequence)))
    sequences = ProteinSequences(Sequence("P02340", sequence))
    assert check_sequences(sequence[position - 1], position, sequences, load_site_map()).status == "valid"


@given(
    sequence=proteins,
    residue=st.sampled_from(RESIDUES),
    position=st.integers(0, 130),
    others=st.lists(proteins, max_size=3),
)
def test_nothing_is_valid_where_the_residue_differs(
    sequence: str, residue: str, position: int, others: list[str]
) -> None:
    isoforms = tuple(Sequence(f"P02340-{number}", other) for number, other in enumerate(others, 2))
    sequences = ProteinSequences(Sequence("P02340", sequence), isoforms)
    found = check_sequences(residue, position, sequences, {})
    fits = sequence[position - 1 : position] == residue and position > 0
    assert (found.status == "valid") == fits
    assert found.status != "unchecked"
    if found.reference is not None:
        assert sequence[int(found.reference[1:]) - 1] == found.reference[0] == residue


@given(sequence=st.text("ACDEFGHIKLMNPQRVWY", min_size=3, max_size=60), data=st.data())
def test_counting_without_the_methionine_is_noticed(sequence: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(3, len(sequence) + 2))
    whole = "MA" + sequence
    whole = whole[: position - 1] + "S" + whole[position:]
    sequences = ProteinSequences(Sequence("P02340", whole))
    found = check_sequences("S", position - 1, sequences, {})
    assert (found.status, found.reference) == ("initiator_methionine", f"S{position}")


def test_what_is_curated_is_so_with_and_without_the_sequence() -> None:
    sequence = Sequence("P31749", AKT1)
    site_map = load_site_map()
    for (accession, written), curated in site_map.items():
        residue, position = written[0], int(written[1:])
        if not sequence.has(residue, position):
            with_it = check_sequences(residue, position, ProteinSequences(sequence), site_map, accession)
            assert with_it == check_sequences(residue, position, None, site_map, accession)
            assert with_it.reference == curated.reference


def test_residues_of_a_text_are_marked_where_the_relations_agree() -> None:
    document = Document("d", "MTOR phosphorylates RPS6KB1 at T389 and TSC2 at S939.")
    s6k = make_mention(document, "phosphorylates", "MTOR", "RPS6KB1", sites=["T389"])
    tsc2 = make_mention(document, "phosphorylates", "MTOR", "TSC2", sites=["T389", "S939"])
    sites = tsc2.sites
    assert [site.status for site in mark_sites(sites, check_relation_sites([s6k]))] == ["curated", "unchecked"]
    assert mark_sites(sites, check_relation_sites([s6k, tsc2])) == sites
    assert mark_sites(sites, []) == sites
