"""What all pages are made of: templates with everything escaped, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

# What would end a script's element, or a line of a script, whatever stands around it.
_IN_SCRIPTS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@cache
def load_template(name: str) -> str:
    """The text of a file in ``templates``."""
    return (files("sigmine.web") / "templates" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def load_environment() -> Environment:
    """Templates by name, in which every value is escaped and none may be missing."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(load_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "ratio": format_ratio,
        "interval": format_interval,
        "thousands": lambda number: f"{number:,}",
    }
    return environment


def render_page(
    name: str, styles: tuple[str, ...], scripts: tuple[str, ...], *, has_plots: bool = False, **values: Any
) -> str:
    """The page of a template, which gets ``style``, ``script`` and ``policy`` beside the values.

    ``policy`` is a Content-Security-Policy: the page's own style and script run, by their hashes, and nothing else;
    nothing is fetched, no form is sent.

    Args:
        styles, scripts: names of files in ``templates``.
        has_plots: whether the page shows what matplotlib draws, which carries styles and an image of its own.
    """
    from markupsafe import Markup

    style = "\n".join(load_template(one) for one in styles)
    script = "\n".join(load_template(one) for one in scripts)
    allowed = "'unsafe-inline'; img-src data:" if has_plots else _hash_source(style)
    policy = (
        f"default-src 'none'; style-src {allowed}; script-src {_hash_source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    template = load_environment().get_template(name)
    return template.render(style=Markup(style), script=Markup(script), policy=policy, **values)


def encode_data(data: Any) -> str:
    """JSON to stand in a page's ``<script type="application/json">``; nothing in it can end the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPTS)


@lru_cache(maxsize=16)
def _hash_source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def format_ratio(value: float | None) -> str:
    """Three digits; a dash where there was nothing to count."""
    return "–" if value is None else f"{value:.3f}"


def format_interval(interval: tuple[float, float] | None) -> str:
    """``0.71–0.80``, or nothing."""
    return "" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"
