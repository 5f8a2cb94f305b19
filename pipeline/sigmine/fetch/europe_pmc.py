"""Europe PMC: finds an article by any identifier and has the open-access ones as JATS XML.

https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sigmine.fetch.article_xml import ArticleFacts, check_article
from sigmine.fetch.client import Client
from sigmine.fetch.identifiers import Identifier, is_pmcid
from sigmine.fetch.problems import PassingError
from sigmine.fetch.records import Record, clean_text, find_text

EUROPE_PMC = "https://www.ebi.ac.uk/europepmc/webservices/rest"
_PAGE = 25


def find_record(client: Client, base: str, identifier: Identifier) -> Record | None:
    """The record of exactly this identifier, or None. Of several, one that can be fetched is preferred.

    Raises:
        FetchError: if the source cannot be asked.
    """
    value = identifier.value
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    query = {"pmcid": f"PMCID:{value}", "pmid": f"EXT_ID:{value} AND SRC:MED", "doi": f'DOI:"{quoted}"'}
    records = client.get(
        f"{base}/search",
        params={"query": query[identifier.kind], "format": "json", "resultType": "core", "pageSize": _PAGE},
        media="json",
        parse=parse_search,
    )
    found = [record for record in records if record.matches(identifier)]
    return max(found, key=lambda record: (record.open_access, record.pmcid is not None), default=None)


def get_article(client: Client, base: str, pmcid: str) -> tuple[bytes, ArticleFacts, str]:
    """The XML, what it says of itself, and where it came from.

    Raises:
        FetchError: if there is none, or none that may be kept.
    """
    url = f"{base}/{pmcid}/fullTextXML"
    data, facts = client.get(url, media="xml", parse=lambda data: (data, check_article(data, pmcid)))
    return data, facts, url


def parse_search(data: bytes) -> list[Record]:
    """The records of an answer to a search.

    Raises:
        PassingError: if it is not what the source gives.
    """
    try:
        rows = json.loads(data)["resultList"]["result"]
        return [_make_record(row) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PassingError(f"the answer to the search cannot be read: {error!r}") from error


def _make_record(row: Mapping[str, Any]) -> Record:
    types = (row.get("pubTypeList") or {}).get("pubType") or []
    doi, pmcid = find_text(row.get("doi")), find_text(row.get("pmcid"))
    return Record(
        pmcid=pmcid if pmcid and is_pmcid(pmcid) else None,
        pmid=find_text(row.get("pmid")),
        doi=doi.lower() if doi else None,
        title=clean_text(row.get("title")).removesuffix("."),
        citation=_make_citation(row),
        licence=find_text(row.get("license")),
        open_access=row.get("isOpenAccess") == "Y",
        retracted="retracted publication" in [str(type_).lower() for type_ in types],
        manuscript="Y" in (row.get("authMan"), row.get("epmcAuthMan")),
    )


def _make_citation(row: Mapping[str, Any]) -> str:
    """``Ito A, Roy B. The title. Cell. 2017;168(6):960-976.``, as far as it is known."""
    info = row.get("journalInfo") or {}
    journal = info.get("journal") or {}
    name = clean_text(journal.get("isoabbreviation") or journal.get("ISOAbbreviation") or journal.get("title"))
    volume = clean_text(info.get("volume")) + (f"({clean_text(info['issue'])})" if info.get("issue") else "")
    place = find_text(row.get("pubYear")) or ""
    place += f";{volume}" if volume else ""
    place += f":{clean_text(row['pageInfo'])}" if row.get("pageInfo") else ""
    parts = (clean_text(row.get("authorString")), clean_text(row.get("title")), name, place)
    return " ".join(f"{part.removesuffix('.')}." for part in parts if part)
