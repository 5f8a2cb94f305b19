"""Articles into a folder, from two sources, with a manifest; what is kept, fetched again, refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from fetch.sources import JSON, Answer, Served, make_article
from sigmine.errors import FetchError, StoreError
from sigmine.fetch import Manners, Outcome, Sources, fetch_articles
from sigmine.readers import read_documents


def fetch(served: Served, out: Path, *identifiers: str, **manners: Any) -> list[Outcome]:
    settings = Manners(**{"rate": 1e6, "timeout": 5.0, "retries": 1, "pause": 0.0, **manners})
    return list(fetch_articles(identifiers, out, manners=settings, sources=Sources(served.rest, served.cloud)))


def read_rows(out: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["articles"]
    return rows


def names(out: Path) -> Sequence[str]:
    return sorted(path.name for path in out.iterdir())


@pytest.mark.parametrize("given", ["PMC111", "222", "10.1234/abc.1", "https://doi.org/10.1234/ABC.1"])
def test_an_article_by_any_identifier(served: Served, tmp_path: Path, given: str) -> None:
    served.add()
    out = tmp_path / "new" / "papers"
    [outcome] = fetch(served, out, given)
    assert (outcome.given, outcome.status, outcome.reason) == (given, "fetched", None)
    assert (out / "PMC111.nxml").read_bytes() == make_article()
    assert names(out) == ["PMC111.nxml", "manifest.json"]
    [row] = read_rows(out)
    assert row.pop("fetched").endswith("Z")
    assert row == {
        "id": "PMC111",
        "file": "PMC111.nxml",
        "pmid": "222",
        "doi": "10.1234/abc.1",
        "title": "How AKT & TSC2 meet",
        "citation": "Ito A, Roy B. How AKT & TSC2 meet. Cell Sig. 2020;5(2):1-9.",
        "licence": "cc by",
        "retracted": False,
        "source": f"{served.rest}/PMC111/fullTextXML",
        "sha256": hashlib.sha256(make_article()).hexdigest(),
    }


def test_what_is_there_is_not_asked_for_again(served: Served, tmp_path: Path) -> None:
    served.add()
    fetch(served, tmp_path, "PMC111")
    manifest = (tmp_path / "manifest.json").read_bytes()
    served.asked.clear()
    outcomes = fetch(served, tmp_path, "PMC111", "PMID 222", "doi:10.1234/ABC.1")
    assert [outcome.status for outcome in outcomes] == ["kept"] * 3
    assert served.asked == []
    assert (tmp_path / "manifest.json").read_bytes() == manifest


def test_two_names_of_one_article_fetch_it_once(served: Served, tmp_path: Path) -> None:
    served.add()
    assert [outcome.status for outcome in fetch(served, tmp_path, "222", "PMC111")] == ["fetched", "kept"]
    assert served.count("/rest/PMC111/") == 1


@pytest.mark.parametrize("change", ["altered", "deleted"])
def test_a_file_that_is_not_as_it_came_is_fetched_again(served: Served, tmp_path: Path, change: str) -> None:
    served.add()
    fetch(served, tmp_path, "PMC111")
    path = tmp_path / "PMC111.nxml"
    path.write_bytes(b"<article/>") if change == "altered" else path.unlink()
    assert [outcome.status for outcome in fetch(served, tmp_path, "PMC111")] == ["fetched"]
    assert path.read_bytes() == make_article()
    assert len(read_rows(tmp_path)) == 1


def test_a_run_that_was_cut_short_goes_on(served: Served, tmp_path: Path) -> None:
    served.add("PMC111")
    served.add("PMC99", pmid="9", doi=None)
    outcomes = fetch_articles(
        ["PMC111", "PMC99"], tmp_path, manners=Manners(rate=1e6), sources=Sources(served.rest, served.cloud)
    )
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert names(tmp_path) == ["PMC111.nxml", "manifest.json"]
    assert [outcome.status for outcome in fetch(served, tmp_path, "PMC111", "PMC99")] == ["kept", "fetched"]
    assert [row["id"] for row in read_rows(tmp_path)] == ["PMC99", "PMC111"], "sorted by number"


def test_one_that_cannot_be_had_does_not_stop_the_others(served: Served, tmp_path: Path) -> None:
    served.add()
    outcomes = fetch(served, tmp_path, "no id", "10.1234/none", "PMC5", "PMC111")
    assert [outcome.status for outcome in outcomes] == ["failed", "not found", "not found", "fetched"]
    reasons = [outcome.reason or "" for outcome in outcomes]
    assert "names no article" in reasons[0]
    assert "no record of DOI 10.1234/none" in reasons[1]
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC5/" in reasons[2]


def test_nothing_is_made_where_nothing_was_fetched(served: Served, tmp_path: Path) -> None:
    assert fetch(served, tmp_path / "papers", "PMC5")[0].article is None
    assert not (tmp_path / "papers").exists()


def test_what_is_not_open_access_is_refused_with_where_to_read_it(served: Served, tmp_path: Path) -> None:
    served.add(isOpenAccess="N", license=None)
    served.script("/rest/PMC111/fullTextXML", Answer(make_article()))
    [outcome] = fetch(served, tmp_path, "PMC111")
    assert outcome.status == "not open access"
    assert outcome.reason is not None
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC111/ or https://doi.org/10.1234/abc.1" in outcome.reason
    assert "give sigmine that file" in outcome.reason
    assert served.count("/rest/PMC111/") == 0, "not even asked for"
    assert names(tmp_path) == []


def test_an_authors_manuscript_is_refused_though_the_bucket_has_it(served: Served, tmp_path: Path) -> None:
    served.add(isOpenAccess="N", authMan="Y")
    served.add_cloud(is_pmc_openaccess=False, is_manuscript=True)
    [outcome] = fetch(served, tmp_path, "PMC111")
    assert outcome.status == "not open access"
    assert "an authors' manuscript" in (outcome.reason or "")
    assert served.count("/cloud/PMC111.1/") == 0


@pytest.mark.parametrize("value", ["true", 1, "Y", None])
def test_only_a_plain_true_is_open_access(served: Served, tmp_path: Path, value: object) -> None:
    served.add_cloud(is_pmc_openaccess=value)
    assert fetch(served, tmp_path, "PMC111")[0].status == "not open access"


def test_an_article_outside_pubmed_central(served: Served, tmp_path: Path) -> None:
    served.add(None, isOpenAccess="N")
    [outcome] = fetch(served, tmp_path, "222")
    assert outcome.status == "not open access"
    assert "not in PubMed Central" in (outcome.reason or "")
    assert "https://doi.org/10.1234/abc.1" in (outcome.reason or "")


def test_of_several_records_the_one_that_can_be_fetched(served: Served, tmp_path: Path) -> None:
    served.add(None, isOpenAccess="N", pmid=None)
    served.add("PMC111")
    served.add("PMC112", doi="10.1234/other", pmid="3")
    [outcome] = fetch(served, tmp_path, "10.1234/abc.1")
    assert outcome.article is not None
    assert outcome.article.id == "PMC111"


def test_a_record_of_something_else_is_not_taken(served: Served, tmp_path: Path) -> None:
    row = {"pmcid": "PMC999", "pmid": "999", "isOpenAccess": "Y"}
    served.script("/rest/search", Answer(json.dumps({"resultList": {"result": [row]}}).encode(), media=JSON))
    assert [outcome.status for outcome in fetch(served, tmp_path, "222")] == ["not found"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=404),
        Answer(status=500),
        Answer(b"<html/>", media="text/html"),
        Answer(b"<responseWrapper/>"),
        Answer(make_article()[:-20]),
        Answer(make_article("PMC7")),
        Answer(make_article(doctype='<!DOCTYPE article [<!ENTITY a "b">]>')),
    ],
)
def test_pubmed_central_stands_in(served: Served, tmp_path: Path, answer: Answer) -> None:
    served.add()
    served.script("/rest/PMC111/fullTextXML", answer)
    served.add_cloud(versions=12)
    [outcome] = fetch(served, tmp_path, "222")
    assert outcome.article is not None
    assert outcome.article.source == f"{served.cloud}/PMC111.12/PMC111.12.xml", "the newest version"
    assert outcome.article.citation.startswith("Ito A, Roy B."), "the fuller record is kept"
    assert (tmp_path / "PMC111.nxml").read_bytes() == make_article()


def test_where_europe_pmc_is_down_a_pmcid_is_enough(served: Served, tmp_path: Path) -> None:
    served.script("/rest/search", Answer(status=503))
    served.add_cloud()
    by_pmcid, by_doi = fetch(served, tmp_path, "PMC111", "10.1234/other")
    assert by_pmcid.article is not None
    assert by_pmcid.article.citation == "How AKT and TSC2 meet. Cell Sig. 2020;5(2):1-9."
    assert (by_pmcid.article.licence, by_pmcid.article.pmid) == ("CC BY", "222")
    assert by_doi.status == "failed"
    assert "503" in (by_doi.reason or "")
    assert "give the PMCID" in (by_doi.reason or "")


def test_pubmed_central_may_know_better_that_it_is_open(served: Served, tmp_path: Path) -> None:
    served.add(isOpenAccess="N", license=None)
    served.add_cloud()
    [outcome] = fetch(served, tmp_path, "PMC111")
    assert outcome.status == "fetched"


def test_both_reasons_are_given(served: Served, tmp_path: Path) -> None:
    served.add()
    served.script("/rest/PMC111/fullTextXML", Answer(b"<article><front>"))
    served.add_cloud()
    served.script("/cloud/PMC111.1/PMC111.1.xml", Answer(b"x"))
    [outcome] = fetch(served, tmp_path, "PMC111")
    assert outcome.status == "failed"
    assert "Europe PMC: the XML is damaged" in (outcome.reason or "")
    assert "PubMed Central: the XML is damaged: its MD5" in (outcome.reason or "")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/cloud/?PMC111.", Answer(b"<ListBucketResult><CommonPrefixes>")),
        ("/cloud/metadata/PMC111.1.json", Answer(b'{"pmcid": "PMC1', media=JSON)),
        ("/cloud/metadata/PMC111.1.json", Answer(b'{"pmcid": "PMC7", "version": 1}', media=JSON)),
        ("/cloud/metadata/PMC111.1.json", Answer(b"[]", media=JSON)),
        ("/rest/search", Answer(b'{"resultList":', media=JSON)),
    ],
)
def test_a_damaged_answer_is_a_failure_of_this_article_only(
    served: Served, tmp_path: Path, path: str, answer: Answer
) -> None:
    served.add_cloud()
    served.script("/rest/search", Answer(b'{"resultList": {"result": []}}', media=JSON))
    served.script(path, answer)
    if path == "/rest/search":
        served.script("/cloud/?PMC111.", Answer(status=404))
    assert [outcome.status for outcome in fetch(served, tmp_path, "PMC111")] == ["failed"]
    assert names(tmp_path) == []


def test_a_record_with_next_to_nothing(served: Served, tmp_path: Path) -> None:
    empty = dict.fromkeys(("pmid", "doi", "title", "authorString", "pubYear", "pageInfo", "journalInfo", "license"))
    served.add(**empty)
    [outcome] = fetch(served, tmp_path, "PMC111")
    assert outcome.article is not None
    assert (outcome.article.title, outcome.article.citation, outcome.article.pmid) == ("", "", None)
    assert outcome.article.licence == "https://cc.example/by/4.0/", "from the article itself"


def test_a_retraction_is_recorded(served: Served, tmp_path: Path) -> None:
    served.add(pubTypeList={"pubType": ["Journal Article", "Retracted Publication"]})
    [outcome] = fetch(served, tmp_path, "PMC111")
    assert outcome.article is not None
    assert outcome.article.retracted


def test_too_large_an_article_is_not_kept(served: Served, tmp_path: Path) -> None:
    served.add(article=make_article(body=f"<body>{'x' * 5000}</body>"))
    [outcome] = fetch(served, tmp_path, "PMC111", max_bytes=4000)
    assert "over 4,000 bytes" in (outcome.reason or "")
    assert names(tmp_path) == []


def test_nothing_is_written_through_a_link(served: Served, tmp_path: Path) -> None:
    served.add()
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    for name in ("PMC111.nxml", "manifest.json"):
        out = tmp_path / f"papers-{name}"
        out.mkdir()
        if name == "manifest.json":
            outside_manifest = tmp_path / "elsewhere.json"
            outside_manifest.write_text('{"program": "sigmine fetch", "schema": 1, "articles": []}', encoding="utf-8")
            (out / name).symlink_to(outside_manifest)
        else:
            (out / name).symlink_to(outside)
        with pytest.raises(StoreError, match="it is a link"):
            fetch(served, out, "PMC111")
    assert outside.read_text(encoding="utf-8") == "mine"
    assert json.loads(outside_manifest.read_text(encoding="utf-8"))["articles"] == []


@pytest.mark.parametrize("pmcid", ["../PMC111", "PMC111/../../x", "PMC111?x", "111"])
def test_a_source_cannot_choose_the_name_of_a_file(served: Served, tmp_path: Path, pmcid: str) -> None:
    served.add(pmcid)
    assert [outcome.status for outcome in fetch(served, tmp_path / "papers", "222")] == ["not open access"]
    assert names(tmp_path) == []
    assert len(served.asked) == 1


def test_the_folder_of_a_run_is_left_alone(served: Served, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"program": "sigmine", "schema": 1}', encoding="utf-8")
    with pytest.raises(StoreError, match="not of fetched articles"):
        fetch(served, tmp_path, "PMC111")


@pytest.mark.parametrize("entry", [{}, [], {"id": "PMC1", "file": "../x"}, None])
def test_a_manifest_that_was_tampered_with_is_refused(served: Served, tmp_path: Path, entry: object) -> None:
    served.add()
    fetch(served, tmp_path, "PMC111")
    path = tmp_path / "manifest.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows["articles"][0] = {**rows["articles"][0], **entry} if isinstance(entry, dict) and entry else entry
    path.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(StoreError, match="wrong entry"):
        fetch(served, tmp_path, "PMC111")


def test_a_damaged_manifest_is_named(served: Served, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest\.json cannot be read.*Delete it"):
        fetch(served, tmp_path, "PMC111")


def test_an_unsafe_source_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="https://"):
        fetch_articles(["PMC111"], tmp_path, sources=Sources(europe_pmc="http://mirror.example/rest"))


def test_a_folder_of_articles_is_read_without_its_manifest(served: Served, tmp_path: Path) -> None:
    served.add()
    fetch(served, tmp_path, "PMC111")
    found = list(read_documents(tmp_path))
    assert [Path(item.source or "").name for item in found] == ["PMC111.nxml"]
