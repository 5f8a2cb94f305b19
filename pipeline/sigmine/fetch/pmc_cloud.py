"""PubMed Central's article files at Amazon, which took the place of its FTP packages and of the OA service in 2026.

Each version of an article has a folder, ``PMC4253687.1/PMC4253687.1.xml``, and a description,
``metadata/PMC4253687.1.json``. The bucket also holds authors' manuscripts, so being there does not make an article
open access: ``is_pmc_openaccess`` does. https://pmc.ncbi.nlm.nih.gov/tools/pmcaws/
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sigmine.errors import FetchError
from sigmine.fetch.article_xml import ArticleFacts, check_article
from sigmine.fetch.client import Client
from sigmine.fetch.problems import NotFoundError, PassingError
from sigmine.fetch.records import Record, clean_text, find_text

PMC_CLOUD = "https://pmc-oa-opendata.s3.amazonaws.com"


@dataclass(frozen=True, slots=True)
class CloudArticle:
    """The newest version of an article: ``PMC4253687.1``, its record, the MD5 of its XML (None if not given)."""

    version: str
    record: Record
    md5: str | None


def find_cloud_article(client: Client, base: str, pmcid: str) -> CloudArticle | None:
    """What the bucket says about the newest version; None if it has none.

    Raises:
        FetchError: if the bucket cannot be asked.
    """
    try:
        newest = client.get(
            f"{base}/",
            params={"list-type": "2", "prefix": f"{pmcid}.", "delimiter": "/"},
            media="xml",
            parse=lambda data: _parse_listing(data, pmcid),
        )
        if newest is None:
            return None
        version = f"{pmcid}.{newest}"
        return client.get(
            f"{base}/metadata/{version}.json", media="json", parse=lambda data: _parse_description(data, version)
        )
    except NotFoundError:
        return None


def get_article(client: Client, base: str, article: CloudArticle) -> tuple[bytes, ArticleFacts, str]:
    """The XML, what it says of itself, and where it came from.

    Raises:
        FetchError: if there is none, or none that may be kept.
    """

    def parse(data: bytes) -> tuple[bytes, ArticleFacts]:
        if article.md5 is not None and hashlib.md5(data, usedforsecurity=False).hexdigest() != article.md5:
            raise PassingError("the XML is damaged: its MD5 is not the one that PubMed Central states")
        return data, check_article(data, article.version.partition(".")[0])

    url = f"{base}/{article.version}/{article.version}.xml"
    data, facts = client.get(url, media="xml", parse=parse)
    return data, facts, url


def _parse_listing(data: bytes, pmcid: str) -> int | None:
    # A flat list of a fixed form; an XML parser would only bring its risks.
    if b"<ListBucketResult" not in data or b"</ListBucketResult>" not in data:
        raise PassingError("the list of versions is damaged or broke off")
    found = re.findall(rf"<Prefix>{pmcid}\.([0-9]{{1,4}})/</Prefix>".encode(), data)
    return max(map(int, found), default=None)


def _parse_description(data: bytes, version: str) -> CloudArticle:
    try:
        row = json.loads(data)
        pmcid, number = find_text(row.get("pmcid")), find_text(row.get("version"))
    except (ValueError, AttributeError, RecursionError) as error:
        raise PassingError(f"the description of {version} cannot be read: {error!r}") from error
    if f"{pmcid}.{number}" != version:
        raise FetchError(f"the description of {version} is that of {pmcid}.{number}.")
    address = urlsplit(find_text(row.get("xml_url")) or "")
    if not address.path:
        raise NotFoundError(f"PubMed Central has no XML of {version}.")
    doi, title = find_text(row.get("doi")), clean_text(row.get("title"))
    record = Record(
        pmcid=pmcid,
        pmid=find_text(row.get("pmid")),
        doi=doi.lower() if doi else None,
        title=title,
        citation=" ".join(part for part in (f"{title}." if title else "", clean_text(row.get("citation"))) if part),
        licence=find_text(row.get("license_code")),
        open_access=row.get("is_pmc_openaccess") is True,
        retracted=row.get("is_retracted") is True,
        manuscript=row.get("is_manuscript") is True,
    )
    return CloudArticle(version, record, next(iter(parse_qs(address.query).get("md5", [])), None))
