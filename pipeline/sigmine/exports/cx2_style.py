"""The visual style of a CX2 network: one for all, mapped from the attributes of nodes and edges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sigmine.assembly.vocabulary import load_relation_terms
from sigmine.exports.drawing.look import OTHER_PAINT, SIGN_COLOURS, TYPE_PAINTS, find_end

NODE_SIZE = (70.0, 26.0)
"""Width and height in pixels."""

_ENDS = {"arrow": "triangle", "bar": "tee", "dot": "circle", "none": "none"}
_SHAPES = {
    "CHEMICAL": "ellipse",
    "COMPLEX": "octagon",
    "FAMILY": "hexagon",
    "PROCESS": "rectangle",
    "DISEASE": "diamond",
}
_LINES = {"stated": "solid", "indirect": "dashed", "hedged": "dotted", "denied": "dotted"}
_FONT = {"FONT_FAMILY": "sans-serif", "FONT_STYLE": "normal", "FONT_WEIGHT": "normal"}
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "network": {"NETWORK_BACKGROUND_COLOR": "#ffffff"},
    "node": {
        "NODE_SHAPE": "round-rectangle",
        "NODE_WIDTH": NODE_SIZE[0],
        "NODE_HEIGHT": NODE_SIZE[1],
        "NODE_BACKGROUND_COLOR": OTHER_PAINT.fill,
        "NODE_BACKGROUND_OPACITY": 1.0,
        "NODE_BORDER_COLOR": OTHER_PAINT.border,
        "NODE_BORDER_WIDTH": 1.5,
        "NODE_LABEL_COLOR": "#000000",
        "NODE_LABEL_FONT_SIZE": 11,
        "NODE_LABEL_FONT_FACE": _FONT,
    },
    "edge": {
        "EDGE_WIDTH": 1.5,
        "EDGE_LINE_COLOR": SIGN_COLOURS[0],
        "EDGE_LINE_STYLE": "solid",
        "EDGE_CURVE_STYLE": "bezier",
        "EDGE_SOURCE_ARROW_SHAPE": "none",
        "EDGE_TARGET_ARROW_SHAPE": "circle",
        "EDGE_TARGET_ARROW_COLOR": SIGN_COLOURS[0],
        "EDGE_LABEL_COLOR": SIGN_COLOURS[0],
        "EDGE_LABEL_FONT_SIZE": 8,
        "EDGE_LABEL_FONT_FACE": _FONT,
    },
}


def make_style(relations: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The only element of ``visualProperties``, and that of ``visualEditorProperties``.

    Args:
        relations: that occur; those of ``rules/types.yml`` are mapped too, so that a network may be added to.
    """
    fills = {name: paint.fill for name, paint in TYPE_PAINTS.items()}
    borders = {name: paint.border for name, paint in TYPE_PAINTS.items()}
    ends = {name: _ENDS[find_end(name)] for name in sorted({*relations, *load_relation_terms()})}
    style = {
        "default": {name: dict(values) for name, values in _DEFAULTS.items()},
        "nodeMapping": {
            "NODE_LABEL": _pass_through("name"),
            "NODE_BACKGROUND_COLOR": _map_values("type", fills),
            "NODE_BORDER_COLOR": _map_values("type", borders),
            "NODE_SHAPE": _map_values("type", _SHAPES),
        },
        "edgeMapping": {
            "EDGE_LABEL": _pass_through("site"),
            "EDGE_TARGET_ARROW_SHAPE": _map_values("interaction", ends),
            "EDGE_TARGET_ARROW_COLOR": _map_values("sign", SIGN_COLOURS, "integer"),
            "EDGE_LINE_COLOR": _map_values("sign", SIGN_COLOURS, "integer"),
            "EDGE_LINE_STYLE": _map_values("status", _LINES),
            "EDGE_WIDTH": _map_range("evidence", "integer", (1.0, 1.5), (10.0, 6.0)),
            "EDGE_OPACITY": _map_range("belief", "double", (0.3, 0.3), (1.0, 1.0)),
        },
    }
    return style, {"arrowColorMatchesEdge": True, "nodeSizeLocked": False}


def _pass_through(attribute: str) -> dict[str, Any]:
    return {"type": "PASSTHROUGH", "definition": {"attribute": attribute, "type": "string"}}


def _map_values(attribute: str, values: Mapping[Any, str], type: str = "string") -> dict[str, Any]:
    pairs = [{"v": value, "vp": shown} for value, shown in values.items()]
    return {"type": "DISCRETE", "definition": {"attribute": attribute, "type": type, "map": pairs}}


def _map_range(attribute: str, type: str, low: tuple[float, float], high: tuple[float, float]) -> dict[str, Any]:
    """From a value and what it shows to another; beyond them as at the nearer one."""
    (least, first), (most, last) = low, high
    pieces = [
        {"max": least, "includeMax": False, "maxVPValue": first},
        {"min": least, "includeMin": True, "max": most, "includeMax": True, "minVPValue": first, "maxVPValue": last},
        {"min": most, "includeMin": False, "minVPValue": last},
    ]
    return {"type": "CONTINUOUS", "definition": {"attribute": attribute, "type": type, "map": pieces}}
