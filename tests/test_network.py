"""Nothing asks the network but ``fetch`` and a store at an address: no telemetry, no download, no look for news."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

FORBID = """
import socket, sys
attempts = []

def refuse(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname", "socket.bind"):
        attempts.append(f"{event}{arguments!r}"[:200])
        raise PermissionError(f"the network was asked: {attempts[-1]}")
    if event in ("urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect"):
        attempts.append(f"{event}{arguments!r}"[:200])
        raise PermissionError(f"the network was asked: {attempts[-1]}")

sys.addaudithook(refuse)
"""
"""``socket.connect``, ``getaddrinfo``, ``gethostbyname``, ``sendto`` and what the standard library builds on them."""

PROGRAM = (
    FORBID
    + """
import atexit, json, os
atexit.register(lambda: open(os.environ["ATTEMPTS"], "a").write(json.dumps(attempts) + "\\n"))
"""
)


def call(folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs code in which, and in whose own processes, no connection can be made; asserts that none was tried.

    The hook is set by ``sitecustomize``, before anything else is imported.
    """
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "sitecustomize.py").write_text(PROGRAM, encoding="utf-8")
    attempts = folder / "attempts"
    attempts.unlink(missing_ok=True)
    path = os.pathsep.join([str(folder / "site"), str(ROOT / "pipeline"), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": path, "ATTEMPTS": str(attempts)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    tried = [one for line in attempts.read_text(encoding="utf-8").splitlines() for one in json.loads(line)]
    assert not tried, tried
    return done


SIGMINE = "from sigmine.cli.main import main; main()"
FAKE = """
import sys, fake_pipeline, sigmine.run
for function in (sigmine.run.extract, sigmine.run.run):
    function.__kwdefaults__["load"] = fake_pipeline.load
"""


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import requests\ntry: requests.get('http://example.org', timeout=1)\nexcept Exception: pass",
        "import subprocess, sys\ncode = 'import socket; socket.gethostbyname(\"x.y\")'\n"
        "subprocess.run([sys.executable, '-c', code])",
    ],
)
def test_an_attempt_would_be_noticed(tmp_path: Path, code: str) -> None:
    with pytest.raises(AssertionError, match=r"socket\.|urllib\."):
        call(tmp_path, code)


def test_importing_everything_asks_nothing(tmp_path: Path) -> None:
    code = (
        "import sigmine, pkgutil, importlib\n"
        "for name in sigmine.__all__: getattr(sigmine, name)\n"
        "for one in pkgutil.walk_packages(sigmine.__path__, 'sigmine.'):\n"
        "    if not one.name.endswith('__main__'): importlib.import_module(one.name)\n"
    )
    done = call(tmp_path, code)
    assert done.returncode == 0, done.stderr


COMMANDS = [
    ["query", "out", "--relation", "phosphorylates"],
    ["query", "out", "--sparql", "SELECT * { ?s ?p ?o } LIMIT 3"],
    ["query", "out", "--name", "kinases-of", "--arg", "TSC2"],
    ["export", "out", "--format", "graphml", "-o", "x.graphml"],
    ["export", "out", "--format", "turtle", "-o", "x.ttl"],
    ["export", "out", "--format", "jsonld", "-o", "x.jsonld"],
    ["export", "out", "--format", "xlsx", "-o", "x.xlsx"],
    ["report", "out", "-o", "x.html"],
    ["plot", "out", "-o", "x.svg"],
    ["citations", "out"],
    ["contradictions", "out"],
    ["refinements", "out"],
    ["rules", "check"],
    ["model", "info"],
    ["lexicon", "lookup", "S6K"],
]


def test_commands_ask_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1.", encoding="utf-8")
    (tmp_path / "x.nxml").write_text(
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "http://jats.nlm.nih.gov/JATS-archivearticle1.dtd">'
        "<article><body><p>TSC2 inhibits MTOR.</p></body></article>",
        encoding="utf-8",
    )
    code = FAKE + "if __name__ == '__main__': sigmine.run.run(sys.argv[1:], 'out', jobs=2)"
    (tmp_path / "run.py").write_text(code, encoding="utf-8")
    done = call(tmp_path, "import runpy; runpy.run_path('run.py', run_name='__main__')", "x.txt", "x.nxml")
    assert done.returncode == 0, done.stderr
    each = (
        "import json, sys\nfrom typer.testing import CliRunner\nfrom sigmine.cli.main import app\n"
        "for one in json.loads(sys.argv[1]):\n"
        "    done = CliRunner().invoke(app, one)\n"
        "    assert done.exit_code == 0, (one, done.output, done.stderr)\n"
    )
    done = call(tmp_path, each, json.dumps(COMMANDS))
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_reading_with_the_bundled_model_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("AKT phosphorylates TSC2 at Ser939.", encoding="utf-8")
    for arguments in (["extract", "x.txt"], ["run", "x.txt", "--out", "out"], ["render", "x.txt", "-o", "x.html"]):
        done = call(tmp_path, SIGMINE, *arguments)
        assert done.returncode == 0, done.stderr


def test_what_can_open_a_connection_is_known() -> None:
    """Modules that import what can; ``store/claim`` and ``cluster/attempts`` ask for the name of this machine
    alone, and ``cluster`` leaves talking to Dask."""
    able = {"socket", "requests", "urllib3", "http", "ftplib", "smtplib", "asyncio", "uvicorn"}
    package = ROOT / "pipeline" / "sigmine"
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if "urllib.request" in names or {name.split(".")[0] for name in names} & able:
                found.add(path.relative_to(package).as_posix())
    assert found == {
        "fetch/client.py",
        "store/endpoint.py",
        "store/claim.py",
        "explorer/server.py",
        "cluster/attempts.py",
    }
