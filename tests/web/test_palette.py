"""Pages and pictures paint alike."""

from __future__ import annotations

import re

from sigmine.exports.drawing.look import OTHER_PAINT, TYPE_PAINTS
from sigmine.web.pages import load_template

VARIABLE = re.compile(r"--network-([a-z-]+): (#[0-9a-f]{6});")


def test_molecules_have_the_colours_of_pictures() -> None:
    light = dict(VARIABLE.findall(load_template("network.css").partition("@media (prefers-color-scheme: dark)")[0]))
    for name, paint in {**TYPE_PAINTS, "OTHER": OTHER_PAINT}.items():
        assert (light[name.lower()], light[f"{name.lower()}-line"]) == (paint.fill, paint.border), name


def test_by_night_every_colour_is_another() -> None:
    light, _, dark = load_template("network.css").partition("@media (prefers-color-scheme: dark)")
    day, night = dict(VARIABLE.findall(light)), dict(VARIABLE.findall(dark))
    assert night.keys() >= {f"{name.lower()}{end}" for name in TYPE_PAINTS for end in ("", "-line")}
    assert not [name for name in TYPE_PAINTS if day[name.lower()] == night[name.lower()]]
