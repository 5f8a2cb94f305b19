"""spaCy without its command line: what is left out is there as soon as somebody asks for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

NOT_LOADED = ("httpx", "weasel", "spacy.cli.train")
START = "import sys; from sigmine.nlp.spacy_start import import_spacy; spacy = import_spacy()\n"


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_command_line_is_not_loaded() -> None:
    assert run(f"print([name for name in {NOT_LOADED} if name in sys.modules])") == "[]"


@pytest.mark.parametrize(
    "code",
    [
        "print(spacy.cli.download.__name__)",
        "import spacy.cli; print(spacy.cli.download.__name__)",
        "from spacy.cli import download; print(download.__name__)",
        "from spacy.cli.download import download; print(download.__name__)",
    ],
)
def test_who_asks_for_it_gets_it(code: str) -> None:
    assert run(code) == "download"


def test_spacy_info_works() -> None:
    assert run("print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)") == "True"


def test_a_spacy_that_is_loaded_stays_as_it_is() -> None:
    code = "import spacy; before = spacy.info; from sigmine.nlp.spacy_start import import_spacy\n"
    code += "print(import_spacy() is spacy and spacy.info is before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
