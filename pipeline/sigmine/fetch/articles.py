"""Articles by their identifiers into a folder: found, checked for their licence, fetched, kept with a manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from sigmine.errors import FetchError, StoreError
from sigmine.fetch import europe_pmc, pmc_cloud
from sigmine.fetch.article_xml import ArticleFacts
from sigmine.fetch.client import Client, Manners, check_base
from sigmine.fetch.identifiers import Identifier, parse_identifier
from sigmine.fetch.manifest import Article, has_file, load_manifest, make_file_name, write_manifest, write_within
from sigmine.fetch.problems import NotFoundError, NotOpenAccessError
from sigmine.fetch.records import Record

_PAGE = "https://pmc.ncbi.nlm.nih.gov/articles/"
_OWN_COPY = "If you may use a copy, save it yourself and give sigmine that file."

Status = Literal["fetched", "kept", "not open access", "not found", "failed"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Addresses of the two sources, or of mirrors: https, or http on this machine."""

    europe_pmc: str = europe_pmc.EUROPE_PMC
    pmc_cloud: str = pmc_cloud.PMC_CLOUD


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one identifier.

    Attributes:
        given: the identifier as given.
        status: ``kept`` if the file was there already, as it had come.
        article: None where it is not there.
        reason: why it is not, and what to do; None where it is.
    """

    given: str
    status: Status
    article: Article | None = None
    reason: str | None = None


def fetch_articles(
    identifiers: Iterable[str], out: Path, *, manners: Manners | None = None, sources: Sources | None = None
) -> Iterator[Outcome]:
    """Fetches articles one after the other; one that cannot be had does not stop the others.

    Each article is written whole or not at all, the manifest after each, so that a run that is cut short goes on where
    it stopped. Nothing is asked of the network for an article whose file is there.

    Args:
        identifiers: PMCIDs, PMIDs, DOIs or addresses that hold one.
        out: the folder; it is made when there is something to write.

    Raises:
        FetchError: at once, if the address of a source is not safe.
        StoreError: at once, if the folder holds another program's manifest; later, if it cannot be written to.
    """
    asked = sources or Sources()
    asked = Sources(check_base(asked.europe_pmc), check_base(asked.pmc_cloud))
    return _fetch_all(identifiers, _Shelf(out), asked, Client(manners or Manners()))


def _fetch_all(identifiers: Iterable[str], shelf: _Shelf, sources: Sources, client: Client) -> Iterator[Outcome]:
    with closing(client):
        for given in identifiers:
            try:
                yield _fetch_one(given, shelf, sources, client)
            except NotOpenAccessError as error:
                yield Outcome(given, "not open access", reason=str(error))
            except NotFoundError as error:
                yield Outcome(given, "not found", reason=str(error))
            except FetchError as error:
                yield Outcome(given, "failed", reason=str(error))


class _Shelf:
    """The folder and its manifest."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._articles = load_manifest(out)

    def find(self, identifier: Identifier) -> Article | None:
        """The article if its file is there, as it came."""
        found = next((article for article in self._articles.values() if article.matches(identifier)), None)
        return found if found is not None and has_file(self._out, found) else None

    def put(self, article: Article, data: bytes) -> None:
        try:
            self._out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"Cannot make {self._out}: {error.strerror}. Name another folder with --out.") from error
        write_within(self._out, article.file, data)
        self._articles[article.id] = article
        write_manifest(self._out, self._articles.values())


def _fetch_one(given: str, shelf: _Shelf, sources: Sources, client: Client) -> Outcome:
    identifier = parse_identifier(given)
    if (kept := shelf.find(identifier)) is not None:
        return Outcome(given, "kept", kept)
    record, problem = _ask_europe_pmc(client, sources, identifier)
    pmcid = identifier.value if identifier.kind == "pmcid" else record.pmcid if record else None
    if pmcid is None:
        raise _explain_no_pmcid(identifier, record, problem)
    if (kept := shelf.find(Identifier("pmcid", pmcid))) is not None:
        return Outcome(given, "kept", kept)
    record, (data, facts, source) = _get(client, sources, pmcid, record, problem)
    article = Article(
        id=pmcid,
        file=make_file_name(pmcid),
        pmid=record.pmid,
        doi=record.doi,
        title=record.title,
        citation=record.citation,
        licence=record.licence or facts.licence,
        retracted=record.retracted,
        source=source,
        fetched=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        sha256=sha256(data).hexdigest(),
    )
    shelf.put(article, data)
    return Outcome(given, "fetched", article)


def _ask_europe_pmc(
    client: Client, sources: Sources, identifier: Identifier
) -> tuple[Record | None, FetchError | None]:
    """The record, or why there is none to be had; both None where Europe PMC knows none."""
    try:
        return europe_pmc.find_record(client, sources.europe_pmc, identifier), None
    except FetchError as error:
        return None, error


def _get(
    client: Client, sources: Sources, pmcid: str, record: Record | None, problem: FetchError | None
) -> tuple[Record, tuple[bytes, ArticleFacts, str]]:
    """The article from the first source that has it and may give it, with the record to keep.

    PubMed Central is asked also where Europe PMC calls the article closed: it may know better.
    """
    problems = [] if problem is None else [f"Europe PMC: {problem}"]
    if record is not None and record.open_access:
        try:
            return record, europe_pmc.get_article(client, sources.europe_pmc, pmcid)
        except FetchError as error:
            problems.append(f"Europe PMC: {error}")
    stated = None
    try:
        found = pmc_cloud.find_cloud_article(client, sources.pmc_cloud, pmcid)
        stated = found.record if found else None
        if found is not None and found.record.open_access:
            return record or found.record, pmc_cloud.get_article(client, sources.pmc_cloud, found)
    except FetchError as error:
        problems.append(f"PubMed Central: {error}")
    known = [one for one in (record, stated) if one is not None]
    if known and not any(one.open_access for one in known):
        raise _explain_closed(pmcid, known)
    if not known and not problems:
        raise NotFoundError(
            f"neither Europe PMC nor PubMed Central's open-access files have {pmcid}. Check the number at "
            f"{_PAGE}{pmcid}/; what can be read there but is not open access cannot be fetched."
        )
    if stated is None:
        problems.append("PubMed Central's open-access files do not have it, or could not be asked.")
    raise FetchError(" ".join(problems))


def _explain_closed(pmcid: str, known: list[Record]) -> NotOpenAccessError:
    licence = next((one.licence for one in known if one.licence), None)
    doi = next((one.doi for one in known if one.doi), None)
    what = "an authors' manuscript, " if any(one.manuscript for one in known) else ""
    under = f" (licence: {licence})" if licence else ""
    return NotOpenAccessError(
        f"{pmcid} is {what}not open access{under}: people may read it, programs may not copy it. "
        f"Read it at {_PAGE}{pmcid}/" + (f" or https://doi.org/{doi}" if doi else "") + f". {_OWN_COPY}"
    )


def _explain_no_pmcid(identifier: Identifier, record: Record | None, problem: FetchError | None) -> FetchError:
    if problem is not None:
        return FetchError(f"Europe PMC: {problem} Try again later, or give the PMCID, which PubMed Central knows too.")
    if record is None:
        return NotFoundError(f"Europe PMC has no record of {identifier}. Check it.")
    where = f"https://doi.org/{record.doi}" if record.doi else f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/"
    return NotOpenAccessError(
        f"{identifier} is not in PubMed Central, so there is no XML of it. Read it at {where}. {_OWN_COPY}"
    )
