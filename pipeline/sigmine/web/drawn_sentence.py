"""A sentence as an SVG drawing: its names marked, its relations as lines above it, as displaCy draws a parse.

displaCy itself sets the words in one row, which for a sentence of a review is some metres long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sigmine.assembly.vocabulary import find_term
from sigmine.exports.drawing.look import End, find_end
from sigmine.model import Entity, Evidence, RelationMention, Site
from sigmine.model.html import escape_text
from sigmine.model.ids import make_mention_id
from sigmine.model.marked import cut_text
from sigmine.web.pages import load_template
from sigmine.web.relation_arcs import LABEL_SIZE, Arc, Leg, Relation, Span, Stretch, count_levels, place_arcs
from sigmine.web.text_rows import Rows, flow_text, measure_character, measure_text

WIDTH = 880.0
"""Of a drawing, in pixels."""

_SIGNS = {1: "positive", -1: "negative", 0: "neutral"}
_LEVEL = 19.0
_ABOVE, _BELOW = 15.0, 5.0  # how far the box of a name reaches above and below the line that its letters stand on
_ROOM = 15.0  # from the boxes to the lowest line, and from the highest line to the row above
_BETWEEN_ROWS = 7.0
_CORNER = 5.0
_ELLIPSIS = " … "


@dataclass(frozen=True, slots=True)
class Name:
    """A name or residue in a text: half-open characters of the document, its type, and what is known of it."""

    start: int
    end: int
    type: str
    title: str


def describe_relation(mention: RelationMention) -> str:
    """What stands on the line: ``denied: phosphorylates S939``."""
    flags = (
        "denied" if mention.negated else "",
        mention.claim.replace("_", " ") if mention.claim != "asserted" else "",
        "" if mention.direct else "indirect",
    )
    before = ", ".join(flag for flag in flags if flag)
    words = " ".join([mention.relation.replace("_", " "), ", ".join(site.name for site in mention.sites)]).strip()
    return f"{before}: {words}" if before else words


def draw_sentence(text: str, start: int, names: Iterable[Name], evidence: Sequence[Evidence]) -> str:
    """The drawing as an ``svg`` element; its classes are those of ``drawing.css``. Everything from the text is escaped.

    Args:
        text: the sentence; ``start`` is its first character in the document.
        names: what is marked; disjoint.
        evidence: what is drawn. An end in another sentence is written before this one, with an ellipsis between.
    """
    prefix = ""
    moved: dict[Span, Span] = {}
    outside: list[Name] = []
    for name in _list_outside(start, start + len(text), evidence):
        word = name.title
        moved[name.start, name.end] = (len(prefix), len(prefix) + len(word))
        outside.append(Name(*moved[name.start, name.end], name.type, ""))
        prefix += word + _ELLIPSIS

    def move(low: int, high: int) -> Span:
        return moved.get((low, high), (low - start + len(prefix), high - start + len(prefix)))

    marked = [name for name in outside if name.type]
    marked += [Name(*move(name.start, name.end), name.type, name.title) for name in names]
    rows = flow_text(re.sub(r"\s", " ", prefix + text), WIDTH)
    arcs = place_arcs(rows, [_make_relation(one.mention, move) for one in evidence], WIDTH)
    lines, height = _place_rows(rows, arcs)
    told = ". ".join([text, *(_tell(one.mention) for one in evidence)])
    parts = [
        f'<svg class="sentence" viewBox="-3 0 {WIDTH + 6:g} {height:g}" width="{WIDTH + 6:g}" height="{height:g}" '
        f'xml:space="preserve" role="img" aria-label="{escape_text(told)}">',
        *_draw_boxes(rows, marked, lines),
        *_draw_text(rows, marked, lines),
        *_draw_arcs(rows, arcs, evidence, lines),
        "</svg>",
    ]
    return "".join(parts)


def draw_evidence(evidence: Sequence[Evidence]) -> str:
    """A sentence as a picture that stands alone: an SVG file, for a notebook or a slide.

    Args:
        evidence: of one sentence (``document``, ``start`` and ``end`` are the same of all), one at least.

    Raises:
        ValueError: if there is none, or it is of several sentences.
    """
    if len({(one.document, one.start, one.end) for one in evidence}) != 1:
        raise ValueError("A picture is of one sentence: give evidence with the same document, start and end.")
    svg = draw_sentence(evidence[0].sentence, evidence[0].start, choose_names((), evidence), evidence)
    head = '<svg xmlns="http://www.w3.org/2000/svg" '
    back = '<rect class="back" x="-3" y="0" width="100%" height="100%"/>'
    start, _, body = svg.removeprefix("<svg ").partition(">")
    return f"{head}{start}><style>{_load_style()}</style>{back}{body}"


def _load_style() -> str:
    """The rules and colours, light and dark, of all that is drawn here."""
    colours = load_template("network.css").partition("\n.network")[0]  # its variables alone
    return f"{colours}\n{load_template('drawing.css')}"


def choose_names(names: Iterable[Name], evidence: Iterable[Evidence]) -> tuple[Name, ...]:
    """The names without overlaps, in the order of the text; where some overlap, ends of relations, then the first."""
    mentions = [one.mention for one in evidence]
    ends = [end for one in mentions for end in (one.subject, one.object) if end is not None]
    used = [*map(name_entity, ends), *(name_site(site) for one in mentions for site in one.sites)]
    chosen: list[Name] = []
    for group in (used, names):
        for name in sorted(group, key=lambda one: (one.start, -one.end)):
            at = bisect_left(chosen, name.start, key=lambda one: one.start)
            before = at == 0 or chosen[at - 1].end <= name.start
            if before and (at == len(chosen) or name.end <= chosen[at].start):
                chosen.insert(at, name)
    return tuple(chosen)


def name_entity(entity: Entity) -> Name:
    """What is told of an entity: state, standard name, type, CURIE or why there is none."""
    state = "".join(f"{one} " for one in entity.modifiers)
    identity = entity.curie or f"no identity: {entity.reason or 'not looked up'}"
    return Name(entity.start, entity.end, entity.type, f"{state}{entity.name}, {entity.type}, {identity}")


def name_site(site: Site) -> Name:
    """What is told of a residue: its name, and what is known of it."""
    status = "" if site.status == "unchecked" else f", {site.status.replace('_', ' ')}"
    return Name(site.start, site.end, "SITE", f"{site.name}, residue{status}")


def _list_outside(start: int, end: int, evidence: Iterable[Evidence]) -> list[Name]:
    """The words in other sentences, each place once, in order; ``title`` is the word, a trigger has no type."""
    found: dict[Span, Name] = {}
    for mention in (one.mention for one in evidence):
        ends = [*([mention.subject] if mention.subject else []), mention.object]
        words = [
            *(Name(one.start, one.end, one.type, one.text) for one in ends),
            *(Name(site.start, site.end, "SITE", site.text) for site in mention.sites),
            Name(mention.trigger.start, mention.trigger.end, "", mention.trigger.text),
        ]
        for word in words:
            if word.end <= start or word.start >= end:
                found.setdefault((word.start, word.end), word)
    return [found[span] for span in sorted(found)]


def _make_relation(mention: RelationMention, move: Callable[[int, int], Span]) -> Relation:
    return Relation(
        label=describe_relation(mention),
        subject=move(mention.subject.start, mention.subject.end) if mention.subject else None,
        object=move(mention.object.start, mention.object.end),
        trigger=move(mention.trigger.start, mention.trigger.end),
        sites=tuple(move(site.start, site.end) for site in mention.sites),
    )


def _tell(mention: RelationMention) -> str:
    subject = mention.subject.name if mention.subject else "something"
    return f"{subject} {describe_relation(mention)}, {mention.object.name}"


def _place_rows(rows: Rows, arcs: Sequence[Arc]) -> tuple[list[float], float]:
    """The line that the letters of each row stand on, from above, and the height of all."""
    levels = count_levels(arcs)
    lines: list[float] = []
    height = 2.0
    for row in range(rows.count):
        above = levels[row] * _LEVEL + _ROOM if row in levels else _BETWEEN_ROWS
        lines.append(height + above + _ABOVE)
        height = lines[-1] + _BELOW
    return lines, height + 3


def _draw_boxes(rows: Rows, names: Iterable[Name], lines: Sequence[float]) -> Iterator[str]:
    for name in names:
        for box in rows.find_boxes(name.start, name.end):
            place = f'x="{box.left - 1.5:.1f}" y="{lines[box.row] - _ABOVE:.1f}" width="{box.right - box.left + 3:.1f}"'
            title = f"<title>{escape_text(name.title)}</title>" if name.title else ""
            yield f'<rect class="{escape_text(name.type)}" {place} height="{_ABOVE + _BELOW:g}" rx="3">{title}</rect>'


def _draw_text(rows: Rows, names: Iterable[Name], lines: Sequence[float]) -> Iterator[str]:
    """The words in runs that a row's end or a mark's border ends, each as wide as it was reckoned."""
    at = 0
    for piece in cut_text(rows.text, [(name.start, name.end, name.type) for name in names]):
        for row, places in groupby(range(at, at + len(piece.text)), key=rows.rows.__getitem__):
            run = list(places)
            while run and rows.text[run[0]] == " " and rows.lefts[run[0]] == 0:
                run.pop(0)
            if run and rows.text[run[0] : run[-1] + 1].strip():
                left, last = rows.lefts[run[0]], run[-1]
                length = rows.lefts[last] + measure_character(rows.text[last]) - left
                words = escape_text(rows.text[run[0] : last + 1])
                yield f'<text x="{left:.1f}" y="{lines[row]:.1f}" textLength="{length:.1f}">{words}</text>'
        at += len(piece.text)


def _draw_arcs(rows: Rows, arcs: Sequence[Arc], evidence: Sequence[Evidence], lines: Sequence[float]) -> Iterator[str]:
    """Long lines first, so that what lies below is drawn over their legs."""
    order = sorted(range(len(arcs)), key=lambda at: -max((one.level for one in arcs[at].stretches), default=0))
    for arc, one in ((arcs[at], evidence[at]) for at in order):
        mention, id_ = one.mention, make_mention_id(one.document, one.mention)
        sign = _SIGNS[find_term(mention.relation).sign]
        flags = (("denied", mention.negated), ("hedged", mention.hedged), ("indirect", not mention.direct))
        classes = " ".join(["arc", sign, *(name for name, holds in flags if holds)])
        title = f"{_tell(mention)}: {mention.rule}, belief {mention.prior:.2f}, id {id_}"
        words = rows.find_boxes(*arc.relation.trigger)
        under = "".join(f"M{box.left:.1f} {lines[box.row] + 3:.1f}H{box.right:.1f}" for box in words)
        yield f'<g class="{classes}"><title>{escape_text(title)}</title><path class="word" d="{under}"/>'
        yield from _draw_lines(arc, lines, find_end(mention.relation))
        yield "</g>"


def _draw_lines(arc: Arc, lines: Sequence[float], end: End) -> Iterator[str]:
    solid: list[str] = []
    dotted: list[str] = []
    ends: list[str] = []
    labels: list[str] = []
    for one in arc.stretches:
        top = lines[one.row] - _ABOVE
        y = top - _ROOM + 2 - one.level * _LEVEL
        solid.append(f"M{one.left + _inset(one.comes_in):.1f} {y:.1f}H{one.right - _inset(one.goes_on):.1f}")
        for leg in (leg for leg in arc.legs if leg.row == one.row):
            foot = top - (3 if leg.role == "object" and end != "none" else 0)
            path = _draw_leg(leg, one, y, foot)
            (solid if leg.role in ("subject", "object") else dotted).append(path)
            if leg.role == "object":
                ends.append(_draw_end(end, leg.x, top))
        if one.label_x is not None:
            labels.append(_draw_label(arc.relation.label, one.label_x, y))
    yield f'<path class="line" d="{"".join(solid)}"/>'
    if dotted:
        yield f'<path class="dots" d="{"".join(dotted)}"/>'
    yield f'<path class="end" d="{"".join(ends)}"/>' + "".join(labels)


def _draw_label(label: str, x: float, y: float) -> str:
    """On its line, which does not show through."""
    width = measure_text(label, LABEL_SIZE)
    back = f'<rect class="back" x="{x - width / 2 - 3:.1f}" y="{y - 7:.1f}" width="{width + 6:.1f}" height="14"/>'
    place = f'x="{x:.1f}" y="{y + 4:.1f}" textLength="{width:.1f}"'
    return f'{back}<text class="label" {place}>{escape_text(label)}</text>'


def _draw_end(end: End, x: float, top: float) -> str:
    """What a relation does to its object, as in pictures of networks."""
    if end == "arrow":
        return f"M{x:.1f} {top:.1f}l-4 -7h8z"
    if end == "bar":
        return f"M{x - 5:.1f} {top - 2:.1f}h10v2h-10z"
    return f"M{x - 3:.1f} {top - 3:.1f}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z" if end == "dot" else ""


def _inset(is_open: bool) -> float:
    return 0.0 if is_open else _CORNER


def _draw_leg(leg: Leg, stretch: Stretch, y: float, foot: float) -> str:
    """Down from the line, round at its ends."""
    if leg.x == stretch.left and not stretch.comes_in:
        turn = _CORNER
    elif leg.x == stretch.right and not stretch.goes_on:
        turn = -_CORNER
    else:
        return f"M{leg.x:.1f} {y:.1f}V{foot:.1f}"
    return f"M{leg.x + turn:.1f} {y:.1f}q{-turn:g} 0 {-turn:g} {_CORNER:g}V{foot:.1f}"
