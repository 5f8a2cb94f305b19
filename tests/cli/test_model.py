from __future__ import annotations

import json

from typer.testing import CliRunner

from sigmine.cli.main import app


def test_info_names_parts_data_licences_and_scores() -> None:
    result = CliRunner().invoke(app, ["model", "info"])
    assert (result.exit_code, result.stderr) == (0, "")
    for word in ("tagger, ", "parser, ", "CRAFT", "CC BY", "UAS", "PROTEIN", " MB"):
        assert word in result.stdout


def test_info_as_json_is_the_models_own_card() -> None:
    result = CliRunner().invoke(app, ["model", "info", "--json"])
    card = json.loads(result.stdout)
    assert card["license"] == "CC BY 4.0"
    assert all(source["license"] and source["author"] for source in card["sources"])
    recogniser = card["performance"]["recogniser alone on PC13, held-out articles"]
    assert set(recogniser["PROTEIN"]) == {"p", "r", "f", "n"}
