"""What the package depends on: under which licences, with which bounds, and that what is given away is whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterable
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
USERS_EXTRAS = ("pdf", "parquet", "notebook", "web", "nanopub")
"""Extras that users install; the others are for tests."""

PERMISSIVE = re.compile(
    r"\b(MIT(-CMU|-0)?|BSD|0BSD|Apache|ISC|ISCL|PSF|Python Software Foundation|Unlicense|CC0|Zlib|CNRI-Python|HPND|"
    r"MPL|Mozilla Public|LGPL|GNU Lesser|dependency licenses)\b",
    re.IGNORECASE,
)
GPL = re.compile(r"\b(GPL|AGPL|Affero|GNU General Public)\b", re.IGNORECASE)
KNOWN = {
    "nmslib-metabrainz": "Apache-2.0; its metadata say nothing",
    "owlrl": "W3C Software License; tests alone, by pyshacl",
    "unidecode": "GPLv2+; comes with gilda-slim, which imports it to compare names; docs/trust.md tells",
    "igraph": "GPLv2+; tests alone read our networks with it",
}
"""Licences that metadata do not tell, or that are looked at one by one."""


def find_licence(found: Distribution) -> str:
    """As the metadata say it: expression, classifiers, or free text."""
    metadata = found.metadata
    classifiers = [one.rpartition(" :: ")[2] for one in metadata.get_all("Classifier") or [] if "License ::" in one]
    told = metadata.get("License-Expression") or "; ".join(one for one in classifiers if one != "OSI Approved")
    return told or (metadata.get("License") or "")[:200]


@cache
def find_closure(*extras: str) -> frozenset[str]:
    """Names of all that these extras and the base install, as far as it is installed here."""
    queue = [Requirement(text) for text in PROJECT["dependencies"]]
    queue += [Requirement(text) for extra in extras for text in PROJECT["optional-dependencies"][extra]]
    seen: dict[str, set[str]] = {}
    while queue:
        one = queue.pop()
        name = canonicalize_name(one.name)
        new = ({""} | one.extras) - seen.get(name, set())
        if not new:
            continue
        seen.setdefault(name, set()).update(new)
        try:
            needed = map(Requirement, distribution(name).requires or [])
        except PackageNotFoundError:
            continue
        for other in needed:
            if any(other.marker is None or other.marker.evaluate({"extra": extra}) for extra in new):
                queue.append(other)
    return frozenset(seen)


def list_problems(names: Iterable[str]) -> list[str]:
    problems = []
    for name in sorted(names):
        try:
            licence = find_licence(distribution(name))
        except PackageNotFoundError:
            continue
        if name in KNOWN:
            continue
        if GPL.search(licence) and not re.search(r"LGPL|Lesser", licence):
            problems.append(f"{name}: {licence}")
        elif not PERMISSIVE.search(licence):
            problems.append(f"{name}: its licence is {licence!r}")
    return problems


def test_what_users_install_is_under_licences_that_ask_little() -> None:
    names = find_closure(*USERS_EXTRAS)
    assert {"spacy", "numpy", "lxml", "rich", "uvicorn"} <= names
    assert len(names) > 50
    assert not list_problems(names)
    assert "igraph" not in names, "of the GPL, for tests alone"


def test_what_tests_need_too() -> None:
    assert not list_problems(find_closure("dev"))


def test_no_licence_reaches_over_the_network() -> None:
    """Not even by exception."""
    for name in find_closure(*USERS_EXTRAS, "dev"):
        try:
            assert not re.search("AGPL|Affero|SSPL|Commons Clause", find_licence(distribution(name))), name
        except PackageNotFoundError:
            continue


def test_each_upper_bound_says_why() -> None:
    """Whoever wants to raise it must know what breaks."""
    problems = []
    for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines():
        names = re.match(r'\s*"[\w.\[\]-]+[^"]*(<|==|~=)[^"]*",|requires-python', line)
        names = names or re.match(r'\w+ = \["[^"]*(<|==|~=)', line)
        if names and "#" not in line:
            problems.append(line.strip())
    assert not problems


# What is given away.


def call(*command: str | Path, cwd: Path) -> str:
    left_out = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    env = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def make_venv(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"


@pytest.mark.slow
def test_the_archives_are_whole_and_the_program_works_without_the_repository(tmp_path: Path) -> None:
    python = make_venv(tmp_path / "builder")
    call(python, "-m", "pip", "install", "--quiet", "build", cwd=tmp_path)
    # The wheel is built from the source archive, not from the tree.
    call(python, "-m", "build", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    [source], [wheel] = (tmp_path / "dist").glob("*.tar.gz"), (tmp_path / "dist").glob("*.whl")
    with tarfile.open(source) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    tracked = call("git", "ls-files", cwd=ROOT).splitlines() if (ROOT / ".git").exists() else []
    left_out = [name for name in tracked if name not in held and not name.startswith(".git")]
    assert not left_out
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    assert "sigmine/corpus/mtorc1.txt" in names
    assert not [name for name in names if name.startswith(("tests/", "training/")) or name.endswith(".pyc")]
    fresh = make_venv(tmp_path / "fresh")
    call(fresh, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    call(fresh, "-m", "pip", "check", cwd=tmp_path)
    (tmp_path / "work").mkdir()
    call(fresh, "-m", "sigmine", "run", cwd=tmp_path / "work")
    rows = call(fresh, "-m", "sigmine", "query", "sigmine-out", "--json", cwd=tmp_path / "work").splitlines()
    assert len(rows) > 200
    place = call(fresh, "-c", "import sigmine; print(sigmine.__file__)", cwd=tmp_path / "work")
    assert str(tmp_path / "fresh") in place
