"""The documentation is true: commands and Python run, links lead somewhere, the table of the grammar is today's.

Fenced blocks marked ``sh`` or ``console`` (or not marked, if their first line is a command) are run line by line in a
folder that holds copies of ``corpus/`` and ``gold/``, small files of our own and ``out``, the output of a run. A block
is left out only by ``<!-- not run: why -->`` in the line before it.
"""

from __future__ import annotations

import gzip
import re
import shlex
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MORE_PAGES = [ROOT / "gold" / "README.md", ROOT / "pipeline" / "training" / "README.md"]
COMMANDS = ("sigmine ", "$ ", "pip ", "pytest", "echo ", ".ci/run")
NOT_RUN = ("git", "cd", "python", "source", ".", "pytest", ".ci/run")
OPERATORS = ("|", "&&", ";", ">")
OPT_OUT = re.compile(r"<!-- not run: .{10,} -->")
FENCE = re.compile(r"^(?P<fence>`{3,})(?P<language>\w*)\s*$")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)#\s]+)")
CLAIM = re.compile(r"\w+\([^()]+, [^()]+\)[\w ]*")

FILES = {
    "paper.txt": (
        "Insulin and the TSC complex\n\nInsulin activates AKT. AKT phosphorylates TSC2 at Ser939 and Thr1462 and "
        "thereby inhibits it [1].\n\nReferences\n1. A. Author. A paper. J Cell Sci. 2001;1:1-2.\n"
    ),
    "paper.jsonl": (
        '{"id": "doc-1", "text": "JAK2 activates STAT3.", "entities": [{"id": "T1", "type": "Protein", "start": 0, '
        '"end": 4}, {"id": "T2", "type": "Protein", "start": 15, "end": 20}]}\n'
    ),
    "table.dat": "12|t|Control of growth\n12|a|LATS1 phosphorylates YAP1.\n12\t18\t23\tLATS1\tGene\t9113\n",
    "human.fasta": ">sp|P49815|TSC2_HUMAN Made up OS=Homo sapiens OX=9606 GN=TSC2\n" + "MA" * 700 + "\n",
    "mine.tsv": "name\tcurie\tstandard name\ttype\nmyokinase seven\thgnc:391\nblafin\t\tblafin\tCHEMICAL\nCAT\t-\n",
    "papers/one.txt": "LATS1 phosphorylates YAP1 at Ser127.\n",
    "notes.md": "# Notes\n\nThe kinase **LATS1** phosphorylates *YAP1* at Ser127.\n",
}


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, the line of its fence, its language and its lines."""

    page: Path
    line: int
    language: str
    lines: tuple[str, ...]
    opted_out: bool

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def is_shell(self) -> bool:
        first = self.lines[0] if self.lines else ""
        return self.language in ("sh", "console") or (not self.language and first.startswith(COMMANDS))


def find_blocks(page: Path) -> Iterator[Block]:
    if not page.is_file():
        return
    lines = page.read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        opening = FENCE.match(lines[at])
        if not opening:
            at += 1
            continue
        end = lines.index(opening["fence"], at + 1)
        before = next((line for line in reversed(lines[:at]) if line.strip()), "")
        yield Block(page, at + 1, opening["language"], tuple(lines[at + 1 : end]), bool(OPT_OUT.fullmatch(before)))
        at = end + 1


def find_commands(block: Block) -> Iterator[list[str]]:
    """The words of each command; of a console block, of the lines behind ``$``. A quotation may span lines."""
    prompted = any(line.startswith("$ ") for line in block.lines)
    open_ = ""
    for line in block.lines:
        if not open_ and (not line.strip() or (prompted and not line.startswith("$ "))):
            continue
        open_ += ("\n" if open_ else "") + (line.removeprefix("$ ") if not open_ else line)
        if open_.endswith("\\"):
            open_ = open_[:-1]
            continue
        lexer = shlex.shlex(open_, posix=True, punctuation_chars="|&;>")
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:
            continue
        open_ = ""
        if words:
            yield words
    assert not open_, f"{block.place}: a quotation is not closed: {open_}"


BLOCKS = [block for page in PAGES for block in find_blocks(page)]
SHELL = [block for block in BLOCKS if block.is_shell and not block.opted_out]
QUERIES = [block for block in BLOCKS if block.language == "sparql" and not block.opted_out]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sigmine.run import run

    folder = tmp_path_factory.mktemp("docs")
    for name in ("corpus", "gold"):
        shutil.copytree(ROOT / name, folder / name)
    # What a run without names reads here: few texts, as each command reads or asks for all of them. All that come with
    # the project are read by test_end_to_end.
    (folder / "few").mkdir()
    for name in ("mtorc1.txt", "ampk.txt", "hippo.txt", "manifest.toml"):
        shutil.copy(ROOT / "corpus" / name, folder / "few")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "notes.txt.gz").write_bytes(gzip.compress(b"PTEN opposes PI3K."))
    shutil.copy(ROOT / "tests" / "data" / "known_signor.tsv", folder / "signor.tsv")
    with zipfile.ZipFile(folder / "papers.zip", "w") as archive:
        archive.write(folder / "papers" / "one.txt", "one.txt")
    run(folder / "few", folder / "out")
    return folder


def split_words(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each simple command with the operator before it."""
    operator = ""
    command: list[str] = []
    for word in words:
        if word in OPERATORS:
            yield operator, command
            operator, command = word, []
        else:
            command.append(word)
    yield operator, command


def run_line(words: list[str], place: str) -> None:
    from sigmine.cli.main import app

    given: str | bytes | None = None
    for operator, command in split_words(words):
        name, *arguments = command
        if operator in ("&&", ";"):
            given = None
        if operator == ">" or name in NOT_RUN or (operator == "|" and name != "sigmine"):
            continue  # what follows sigmine in a pipe only shortens what is shown
        if name == "pip":
            check_pip(arguments, place)
        elif name == "cat":
            given = b"".join(Path(argument).read_bytes() for argument in arguments)
        elif name == "echo":
            given = " ".join(arguments) + "\n"
        elif name == "sigmine":
            with pytest.MonkeyPatch.context() as patch:
                if arguments[0] == "run":
                    patch.setattr("sigmine.resources.corpus.find_corpus", lambda: Path("few"))
                result = CliRunner().invoke(app, arguments, input=given, catch_exceptions=False)
            assert result.exit_code == 0, f"{place}: {shlex.join(command)}: {result.exit_code}\n{result.output}"
        else:
            pytest.fail(f"{place}: {name!r} is not run here; mark the block with <!-- not run: why -->")


def check_pip(arguments: list[str], place: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = set(re.findall(r"[\w-]+", "".join(re.findall(r"\[([^\]]*)\]", " ".join(arguments)))))
    unknown = extras - set(project["optional-dependencies"])
    assert not unknown, f"{place}: pyproject.toml has no extra {', '.join(unknown)}"


@pytest.mark.parametrize("block", SHELL, ids=lambda block: block.place)
def test_commands_run(block: Block, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work)
    for words in find_commands(block):
        run_line(words, block.place)


@pytest.mark.parametrize("block", QUERIES, ids=lambda block: block.place)
def test_queries_are_answered(block: Block, work: Path) -> None:
    import sigmine

    with sigmine.open(work / "out") as known:
        known.query("\n".join(block.lines))


def test_the_examples_of_docstrings_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import doctest

    import fake_pipeline
    import sigmine.knowledge
    from sigmine.run import run

    monkeypatch.chdir(tmp_path)
    text = "AKT phosphorylates TSC2 at S939. RHEB activates MTOR."
    run([sigmine.Document("note", text)], "out", load=fake_pipeline.load)
    assert doctest.testmod(sigmine.knowledge).failed == 0


@pytest.mark.slow
def test_the_python_of_the_pages_runs(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(work)
    namespace: dict[str, Any] = {}
    for block in BLOCKS:
        if block.page.name in ("howto.md", "evaluation.md") and block.language == "python" and not block.opted_out:
            # Line numbers of an error are those of the page.
            source = "\n" * block.line + "\n".join(block.lines)
            exec(compile(source, str(block.page), "exec"), namespace)
    shown = capsys.readouterr().out
    assert "AKT TSC2 phosphorylates/transitive_verb.active" in shown
    assert "[('Ser939', 'S939')]" in shown


@pytest.mark.slow
def test_the_table_of_constructs_is_what_is_read_today() -> None:
    """Each row is read as a document of its own; the message gives the rows as they should stand."""
    import sigmine
    from sigmine.model.json import evidence_to_json

    page = (ROOT / "docs" / "grammar.md").read_text(encoding="utf-8")
    table = page.partition("## What it reads")[2].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table if line.startswith("|")]
    rows = [row for row in cells if re.match(r"yes$|no: ", row[3])]
    assert len(rows) > 60
    documents = [sigmine.Document(id=f"row-{number}", text=row[1]) for number, row in enumerate(rows)]
    wrong, right = [], 0
    for row, reading in zip(rows, sigmine.extract(documents), strict=True):
        assert reading.failure is None
        said = [] if row[2] == "nothing" else row[2].split("; ")
        assert all(CLAIM.fullmatch(claim) for claim in said), f"write claims as relation(subject, object) flags: {row}"
        read = sorted({name_claim(evidence_to_json(item, 1.0)) for item in reading.evidence})
        right += read == sorted(said)
        today = "yes" if read == sorted(said) else "no: " + ("; ".join(read) or "nothing")
        if today != row[3]:
            wrong.append(f"| {' | '.join([*row[:3], today])} |")
    assert not wrong, "docs/grammar.md is behind; it should say:\n" + "\n".join(wrong)
    assert f"{right} of {len(rows)} rows" in page, f"docs/grammar.md should say {right} of {len(rows)} rows"


def name_claim(row: dict[str, Any]) -> str:
    subject = row["subject"]["text"] if row["subject"] else "-"
    sites = [f"{site['residue']}{site['position'] or ''}" for site in row["sites"]]
    flags = [name for name in ("negated", "hedged") if row[name]] + ([] if row["direct"] else ["indirect"])
    return " ".join([f"{row['relation']}({subject}, {row['object']['text']})", *sites, *flags])


@pytest.mark.parametrize("page", [*PAGES, *MORE_PAGES], ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    targets = [match["target"] for match in LINK.finditer(page.read_text(encoding="utf-8"))]
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not missing, f"{page.name}: no such file: {', '.join(missing)}"


def test_the_tests_that_readers_md_names_exist() -> None:
    page = (ROOT / "docs" / "readers.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", page))
    assert len(named) > 80
    there = {
        (path.name, match[1])
        for path in (ROOT / "tests" / "readers").glob("test_*.py")
        for match in re.finditer(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    missing = sorted("::".join(one) for one in named - there)
    assert not missing, f"docs/readers.md names tests that tests/readers has not: {', '.join(missing)}"
    assert page.count("::test_") == len(re.findall(r"`test_\w+\.py::test_\w+`", page)), "a test is named otherwise"


def test_a_block_is_read_as_a_shell_reads_it(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ echo 'a | b' | sigmine extract -\n{}\n$ sigmine query out \\\n  --json\n```\n"
        "<!-- not run: needs a file of third parties -->\n```sh\nsigmine extract x.pdf\n```\n",
        encoding="utf-8",
    )
    first, second = find_blocks(page)
    assert list(find_commands(first)) == [
        ["echo", "a | b", "|", "sigmine", "extract", "-"],
        ["sigmine", "query", "out", "--json"],
    ]
    assert (first.opted_out, second.opted_out) == (False, True)
