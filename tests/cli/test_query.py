from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from sigmine.assembly.support import statement_to_row
from sigmine.cli.export import export
from sigmine.cli.query import query
from sigmine.store import open_store
from store.builders import HEDGED, PLAIN, make_statements

app = typer.Typer()
app.command()(query)
app.command()(export)


def ask(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["query", str(out), *arguments])


def test_a_table_tells_what_was_read(out: Path) -> None:
    result = ask(out, "--relation", "phosphorylates", "--subject", "akt1", "--object", "TSC2", "--site", "S939")
    assert (result.exit_code, result.stderr) == (0, "")
    head, _, row, *rest = [line.split() for line in result.stdout.splitlines() if line.strip()]
    assert head == ["subject", "relation", "object", "site", "belief", "evidence", "sentence"]
    (statement,) = make_statements(HEDGED, PLAIN)
    assert row[:5] == ["AKT1", "phosphorylates", "TSC2", "S939", f"{statement.belief:.2f}"]
    assert " ".join(row[5:]) == f"1 (2 papers), 1 hedged {PLAIN.sentence}"
    assert rest == []


@pytest.mark.parametrize("site", ["S939", "s939", "Ser939", "pS939", "serine 939"])
def test_a_site_may_be_written_in_any_notation(out: Path, site: str) -> None:
    assert "AKT1" in ask(out, "--site", site).stdout


def test_denied_hedged_and_indirect_statements_are_marked(out: Path, tmp_path: Path) -> None:
    table = " ".join(ask(out).stdout.split())
    assert "RHEB inhibits (denied) MTOR" in table
    assert "insulin phosphorylates (indirectly) AKT" in table
    assert "(hedged" not in table
    with open_store(tmp_path / "store") as store:
        store.write_statements(make_statements(HEDGED))
    assert "phosphorylates (hedged)" in ask(tmp_path).stdout


def test_json_is_a_line_for_each_statement(out: Path) -> None:
    result = ask(out, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows == [statement_to_row(statement) for statement in make_statements()]


def test_text_of_documents_is_shown_as_it_stands(out: Path) -> None:
    result = ask(out, "--relation", "binds")
    assert "PKCβ" in result.stdout
    assert "<script>alert(1)</script> & IκBα." in result.stdout
    assert "[7]" in ask(out, "--relation", "phosphorylates").stdout


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (["--no-negated"], "inhibits"),
        (["--min-belief", "0.5"], "inhibits"),
        (["--subject", "RHEB", "--no-negated"], "inhibits"),
    ],
)
def test_filters_leave_out(out: Path, arguments: list[str], missing: str) -> None:
    assert missing in ask(out).stdout
    result = ask(out, *arguments)
    assert result.exit_code == 0
    assert missing not in result.stdout
    assert "activates" in result.stdout


def test_a_statement_that_nothing_supports_plainly_goes_with_no_hedged(out: Path) -> None:
    assert "AKT1" in ask(out, "--no-hedged").stdout
    assert len(ask(out, "--json", "--no-hedged").stdout.splitlines()) == len(make_statements())


def test_nothing_found_is_said_and_no_failure(out: Path) -> None:
    result = ask(out, "--subject", "nobody")
    told = "sigmine: no molecule 'nobody' in this store.\nsigmine: no statement fits.\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", told)
    assert ask(out, "--subject", "nobody", "--json").stdout == ""
    assert ask(out, "--subject", "MTOR").stderr == "sigmine: no statement fits.\n"


def test_sparql_gives_a_table_with_curies(out: Path) -> None:
    result = ask(out, "--sparql", "SELECT ?who ?belief { ?s rdf:subject ?who ; sigmine:belief ?belief } ORDER BY ?who")
    assert result.exit_code == 0
    assert "hgnc:391" in result.stdout
    assert "who" in result.stdout.splitlines()[1]


def test_sparql_gives_standard_json(out: Path) -> None:
    result = ask(out, "--json", "--sparql", "SELECT ?who { ?s rdf:subject ?who ; sigmine:relation 'phosphorylates' }")
    rows = json.loads(result.stdout)["results"]["bindings"]
    assert {row["who"]["type"] for row in rows} == {"uri"}
    assert json.loads(ask(out, "--json", "--sparql", "ASK {}").stdout) == {"head": {}, "boolean": True}


def test_ask_construct_and_no_result(out: Path) -> None:
    assert ask(out, "--sparql", "ASK { hgnc:1 ?p ?o }").stdout == "no\n"
    triples = ask(
        out, "--sparql", "CONSTRUCT { ?a RO:0002450 ?b } WHERE { ?p skos:closeMatch RO:0002450 . ?a ?p ?b }"
    ).stdout
    assert "subject" in triples
    assert "RO:0002450" in triples
    result = ask(out, "--sparql", "SELECT ?s { ?s a sigmine:Nothing }")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "sigmine: no result.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sparql", "DELETE WHERE { ?s ?p ?o }"], "DELETE is refused"),
        (["--sparql", "who?"], "not SPARQL"),
        (["--sparql", "ASK {}", "--subject", "AKT1"], "--sparql stands alone"),
        (["--relation", "phosphorylate"], "Did you mean 'phosphorylates'?"),
        (["--site", "somewhere"], "not one residue"),
        (["--min-belief", "2"], "--min-belief"),
    ],
)
def test_wrong_usage_ends_with_two(out: Path, arguments: list[str], message: str) -> None:
    result = ask(out, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_a_folder_that_is_no_output_ends_with_two(tmp_path: Path) -> None:
    for folder, message in ((tmp_path / "none", "There is no folder"), (tmp_path, "no folder store/")):
        result = ask(folder)
        assert result.exit_code == 2
        assert message in " ".join(result.stderr.replace("│", " ").split())


def test_a_damaged_store_ends_with_one(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("garbage")
    for arguments in ([], ["--sparql", "ASK {}"]):
        result = ask(tmp_path, *arguments)
        assert result.exit_code == 1
        assert "damaged" in result.stderr


def test_an_empty_store_is_not_damaged(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    result = ask(tmp_path)
    assert (result.exit_code, result.stderr) == (0, "sigmine: no statement fits.\n")


def test_a_site_shows_the_number_of_the_text_too(tmp_path: Path) -> None:
    mapped = replace(PLAIN.mention.sites[0], status="curated", reference="S981")
    with open_store(tmp_path / "store") as store:
        store.write_statements(make_statements(replace(PLAIN, mention=replace(PLAIN.mention, sites=(mapped,)))))
    for site in ("S981", "Ser939"):
        assert "S981 (S939 in text)" in ask(tmp_path, "--site", site).stdout
    assert "S981" in ask(tmp_path, "--site-status", "curated").stdout


def test_an_unknown_status_of_a_site_is_wrong_usage(out: Path) -> None:
    result = ask(out, "--site-status", "wrong")
    assert result.exit_code == 2
    assert "impossible" in result.stderr
    assert ask(out, "--site-status", "valid", "--sparql", "ASK {}").exit_code == 2


def test_queries_with_a_name_are_listed() -> None:
    result = CliRunner().invoke(app, ["query", "--names"])
    assert result.exit_code == 0
    assert "kinases-of MOLECULE" in result.stdout
    rows = [json.loads(line) for line in CliRunner().invoke(app, ["query", "--names", "--json"]).stdout.splitlines()]
    assert len(rows) == 10
    assert rows[0]["arguments"][0]["meaning"]


def test_a_query_with_a_name_gives_a_table_tsv_or_json(out: Path) -> None:
    arguments = ["--name", "kinases-of", "--arg", "tsc2"]
    assert "hgnc:391" in ask(out, *arguments).stdout
    head, row = [line.split("\t") for line in ask(out, *arguments, "--tsv").stdout.splitlines()]
    assert head[:3] == ["kinase", "identity", "site"]
    assert row[:3] == ["AKT1", "hgnc:391", "S939"]
    assert "pubmed:12345" in row[5].split("; ")
    assert json.loads(ask(out, *arguments, "--json").stdout)["results"]["bindings"][0]["kinase"]["value"] == "AKT1"


def test_a_query_of_a_file(out: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("SELECT ?label { ?s sigmine:denied true ; rdfs:label ?label }", encoding="utf-8")
    assert "RHEB inhibits MTOR" in ask(out, "--query-file", str(tmp_path / "q.rq")).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--name", "kinase-of"], "Did you mean 'kinases-of'?"),
        (["--name", "kinases-of"], "takes kinases-of MOLECULE"),
        (["--name", "kinases-of", "--sparql", "ASK {}"], "do not go together"),
        (["--name", "kinases-of", "--arg", "MTOR", "--relation", "binds"], "--name stands alone"),
        (["--arg", "MTOR"], "--arg is for --name and --query-file"),
        (["--tsv"], "--tsv is for queries"),
    ],
)
def test_a_query_that_is_asked_wrongly(out: Path, arguments: list[str], message: str) -> None:
    result = ask(out, *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_a_name_that_nothing_is_about_is_told(out: Path) -> None:
    result = ask(out, "--name", "kinases-of", "--arg", "nobody")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no statement is about anything named 'nobody'" in result.stderr


def test_a_store_that_cannot_be_reached_is_told() -> None:
    result = CliRunner().invoke(app, ["query", "http://127.0.0.1:9", "--name", "hedged"])
    assert result.exit_code == 1
    assert "cannot be reached" in result.stderr
