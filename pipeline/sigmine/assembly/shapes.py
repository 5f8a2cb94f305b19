"""The SHACL shapes that sigmine's RDF keeps to (``docs/model.md``)."""

from __future__ import annotations

from importlib.resources import files


def read_shapes() -> str:
    """The shapes, as Turtle."""
    return files("sigmine.assembly").joinpath("shapes.ttl").read_text(encoding="utf-8")
