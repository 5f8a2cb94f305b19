"""How values show themselves in a notebook (``_repr_html_``): plain HTML, standard library only.

It stands beside the values, as their JSON does, for whoever holds a value sees it, with whatever of sigmine it was
made. Everything from a text is escaped. Nothing has a background of its own but marks, which let the page's shine
through, so it reads in light and in dark; where styles are taken away, as on GitHub, bold and underlined remain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from sigmine.model.document import Citation, Reference
from sigmine.model.marked import Piece, find_outside, mark_evidence
from sigmine.model.statement import Evidence, RelationMention, Statement, rank_evidence

SHOWN_STATEMENTS = 20
SHOWN_EVIDENCE = 5
SHOWN_ROWS = 50
"""How many are shown of a list, of a statement's sentences and of a query's rows; the rest is counted."""

_NO_TEXT = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_STYLES = {
    "subject": ("b", "background: rgba(86, 180, 233, .35); border-radius: .2em"),
    "object": ("b", "background: rgba(230, 159, 0, .3); border-radius: .2em"),
    "trigger": ("u", "text-decoration: underline 2px"),
    "site": ("b", "background: rgba(148, 103, 189, .3); border-bottom: 2px dotted"),
    "citation": ("span", "opacity: .7"),
}
"""Tag and style of each role, in the colours of our pages (``page.css``), which shine through."""


def escape_text(text: str) -> str:
    """Text as HTML, fit for attributes; characters that no page may hold (controls, half surrogates) become ``�``."""
    return escape(_NO_TEXT.sub("�", text), quote=True)


def render_marked(pieces: Iterable[Piece]) -> str:
    """The pieces in a row; each role has a style, and is named when the mouse rests on it."""
    return "".join(_render_piece(piece) for piece in pieces)


def render_sentence(evidence: Evidence) -> str:
    """The sentence with its ends marked; before it what stands in another one, with an ellipsis between."""
    outside = "".join(f"{_render_piece(piece)} … " for piece in find_outside(evidence))
    return outside + render_marked(mark_evidence(evidence))


def render_evidence(evidence: Evidence) -> str:
    """What was read, its sentence, and where."""
    return f'<div class="sigmine"><p>{_render_mention(evidence.mention)}</p><p>{_render_passage(evidence)}</p></div>'


def render_mentions(evidence: Sequence[Evidence], *, title: str) -> str:
    """A table: what was read, and the sentence."""
    rows = [(_render_mention(one.mention), _render_passage(one)) for one in evidence[:SHOWN_STATEMENTS]]
    return render_table(("relation", "sentence"), rows, total=len(evidence), title=title)


def render_statement(statement: Statement) -> str:
    """What it says, how sure it is, and the sentences that show it best; the others are counted."""
    shown = sorted(statement.evidence, key=rank_evidence)[:SHOWN_EVIDENCE]
    rows = [f"<li>{_render_passage(evidence)}</li>" for evidence in shown]
    if len(statement.evidence) > len(shown):
        rows.append(f"<li>{_tell_rest(len(statement.evidence), len(shown))}</li>")
    about = "; ".join([f"belief {statement.belief:.2f}", *_count_evidence(statement)])
    list_ = f"<ul>{''.join(rows)}</ul>" if rows else ""
    return f'<div class="sigmine"><p>{_render_relation(statement)} <small>({about})</small></p>{list_}</div>'


def render_statements(statements: Sequence[Statement]) -> str:
    """A table: what each says, how sure it is, and the sentence that shows it best."""
    rows = []
    for statement in statements[:SHOWN_STATEMENTS]:
        best = min(statement.evidence, key=rank_evidence, default=None)
        rows.append(
            (
                _render_relation(statement),
                f"{statement.belief:.2f}",
                "; ".join(_count_evidence(statement)),
                "" if best is None else _render_passage(best),
            )
        )
    title = f"{len(statements):,} statement{'s' * (len(statements) != 1)}"
    return render_table(("statement", "belief", "evidence", "best sentence"), rows, total=len(statements), title=title)


def render_table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, total: int, title: str = "") -> str:
    """A table of cells that are HTML already; the heads and the title are text.

    Args:
        total: how many rows there are, of which ``rows`` are the first.
    """
    body = [f"<tr>{''.join(_render_cell(cell) for cell in row)}</tr>" for row in rows]
    head = "".join(f'<th style="text-align: left">{escape_text(name)}</th>' for name in heads)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>" if body else ""
    rest = f"<p>{_tell_rest(total, len(body))}</p>" if total > len(body) else ""
    return f'<div class="sigmine">{f"<p>{escape_text(title)}</p>" if title else ""}{table}{rest}</div>'


def _render_cell(cell: str) -> str:
    return f'<td style="text-align: left; vertical-align: top">{cell}</td>'


def _render_piece(piece: Piece) -> str:
    text = escape_text(piece.text)
    known = [role for role in piece.roles if role in _STYLES]
    if not known:
        return text
    tag = _STYLES[known[0]][0]
    style = "; ".join(_STYLES[role][1] for role in known)
    return f'<{tag} title="{" and ".join(known)}" style="{style}">{text}</{tag}>'


def _render_head(subject: str | None, relation: str, object_: str, site: str, manner: str = "") -> str:
    """``AKT phosphorylates TSC2 at S939``, each in the style that it has in the sentence: a legend for it."""
    words = [
        "<i>something</i>" if subject is None else _render_piece(Piece(subject, ("subject",))),
        _render_piece(Piece(relation.replace("_", " "), ("trigger",))),
        *([manner] if manner else []),
        _render_piece(Piece(object_, ("object",))),
        *(["at", _render_piece(Piece(site, ("site",)))] if site else []),
    ]
    return " ".join(words)


def _render_mention(mention: RelationMention) -> str:
    site = ", ".join(site.name for site in mention.sites)
    subject = mention.subject.name if mention.subject else None
    return _render_head(subject, mention.relation, mention.object.name, site, "" if mention.direct else "indirectly")


def _render_relation(statement: Statement) -> str:
    written = ", ".join(statement.written_sites)
    site = f"{statement.site} ({written} in text)" if written else statement.site or ""
    subject = statement.subject.name if statement.subject else None
    manner = "" if statement.direct else "indirectly"
    return _render_head(subject, statement.relation, statement.object.name, site, manner)


def _render_passage(evidence: Evidence) -> str:
    mention = evidence.mention
    flags = [
        *(["<b>denied</b>"] if mention.negated else []),
        *([f"<b>{mention.claim.replace('_', ' ')}</b>"] if mention.claim != "asserted" else []),
        *([] if mention.direct else ["<b>indirect</b>"]),
    ]
    cited = list(dict.fromkeys(_render_citation(one) for one in mention.citations))
    page = f", page {evidence.places[0].page}" if evidence.places else ""
    where = f"{escape_text(evidence.document)}{page}, {escape_text(evidence.section)}"
    details = [*flags, where, *([f"cites {', '.join(cited)}"] if cited else []), escape_text(mention.rule)]
    return f"{render_sentence(evidence)} <small>({'; '.join(details)})</small>"


def _render_citation(citation: Citation) -> str:
    marker = escape_text(citation.marker)
    address = next((found for one in citation.references if (found := _find_address(one))), None)
    return f'<a href="{escape_text(address)}">{marker}</a>' if address else marker


def _find_address(work: Reference) -> str | None:
    if work.pmid and work.pmid.isascii() and work.pmid.isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{work.pmid}/"
    return f"https://doi.org/{quote(work.doi, errors='replace')}" if work.doi else None


def _count_evidence(statement: Statement) -> list[str]:
    mentions = [evidence.mention for evidence in statement.evidence]
    negated, hedged = sum(one.negated for one in mentions), sum(one.hedged for one in mentions)
    count = f"{len(mentions):,} sentence{'s' * (len(mentions) != 1)}"
    return [count, *([f"{negated:,} denied"] if negated else []), *([f"{hedged:,} hedged"] if hedged else [])]


def _tell_rest(total: int, shown: int) -> str:
    return f"… and {total - shown:,} more"
