"""The rules of the house that a machine can hold: import order, sizes, names, what may load what."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "pipeline" / "sigmine"

STEPS: tuple[frozenset[str], ...] = (
    frozenset({"errors"}),
    frozenset({"locks", "logs", "pool"}),
    frozenset({"model"}),
    frozenset({"resources", "grammar"}),
    frozenset({"readers", "nlp"}),
    frozenset({"grounding"}),
    frozenset({"assembly"}),
    frozenset({"store", "exports", "evaluation"}),
    # What run.py is made of, in its own order.
    frozenset({"output", "manifest", "analysis"}),
    frozenset({"rereading", "items"}),
    frozenset({"summary", "explanation", "annotation", "fetch", "batch_reading"}),
    frozenset({"misses", "web", "known", "contents", "knowledge", "curation", "extraction"}),
    frozenset({"draft"}),
    frozenset({"run"}),
    frozenset({"benchmark", "explorer"}),
    frozenset({"cli"}),
)
"""Each imports from what stands above it, never from its own step or below."""

FREE = frozenset({"__init__", "__main__", "rules"})
"""``__init__`` names everything and loads nothing; ``rules`` is data."""

MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "processor", "common", "misc"}
SPACY_PLACES = ("grammar/parsed_text", "nlp/", "evaluation/")
HEAVY = ("spacy", "scispacy", "thinc", "numpy", "pandas", "pyoxigraph", "gilda", "networkx", "lxml", "bioc", "pydantic")
HEAVY += ("requests", "urllib3")
LIGHT_FOR_CLI = ("typer", "sigmine.cli", "sigmine.errors")

MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = sorted([*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    """``readers`` for ``readers/html.py``, ``run`` for ``run.py``."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def find_imports(tree: ast.AST) -> tuple[str, ...]:
    """Dotted names of what is imported anywhere in the tree, in functions and under TYPE_CHECKING too."""
    return tuple(_find_imports(tree))


def _find_imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import; write the whole name"
            # "from sigmine import store" imports the package as "import sigmine.store" does.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def find_import_time_imports(tree: ast.Module) -> Iterator[str]:
    """What is imported when the module is: not in functions, not under TYPE_CHECKING."""
    queue: list[ast.stmt] = list(tree.body)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from find_imports(node)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            queue.extend(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            queue.extend(child for child in ast.walk(node) if isinstance(child, ast.stmt) and child is not node)


def names_in(node: ast.AST) -> list[ast.Name]:
    return [item for item in ast.walk(node) if isinstance(item, ast.Name)]


def starts_with(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def test_every_package_has_its_step() -> None:
    parts = {part_of(path) for path in MODULES} - FREE
    assert parts == set().union(*STEPS)


def test_imports_go_one_way() -> None:
    problems = []
    for path in MODULES:
        part = part_of(path)
        if part in FREE:
            continue
        step = next(index for index, parts in enumerate(STEPS) if part in parts)
        allowed = frozenset().union(*STEPS[:step], {part})
        if part in STEPS[-1]:
            allowed |= {"__version__"}
        names = (name for name in find_imports(parse(path)) if name.startswith("sigmine"))
        wrong = [name for name in names if name.partition(".")[2].split(".")[0] not in allowed]
        problems += [f"{name_of(path)} imports {name}; allowed: {', '.join(sorted(allowed))}" for name in wrong]
    assert not problems


def test_frameworks_stay_in_their_places() -> None:
    problems = []
    for path in MODULES:
        name = name_of(path)
        imports = list(find_imports(parse(path)))
        if not name.startswith(SPACY_PLACES):
            problems += [f"{name}: {item}" for item in imports if starts_with(item, ("spacy", "scispacy", "thinc"))]
        if not name.startswith("cli/"):
            problems += [f"{name}: {item}" for item in imports if starts_with(item, ("typer",))]
    assert not problems


def test_values_need_the_standard_library_only() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        roots = {name.split(".")[0] for name in find_imports(parse(path))}
        assert roots <= sys.stdlib_module_names | {"sigmine"}, name_of(path)


def test_commands_load_what_they_need_when_they_run() -> None:
    for path in (PACKAGE / "cli").glob("*.py"):
        names = find_import_time_imports(parse(path))
        heavy = [name for name in names if not starts_with(name, (*sys.stdlib_module_names, *LIGHT_FOR_CLI))]
        assert not heavy, f"{name_of(path)}: import {', '.join(heavy)} inside the function that needs it"


@pytest.mark.parametrize("module", ["sigmine", "sigmine.cli.main", "sigmine.run", "sigmine.model"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not set(loaded) & set(HEAVY)
    if module == "sigmine":
        assert "typer" not in loaded


def test_modules_and_functions_stay_small() -> None:
    problems = []
    for path in SOURCES:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_MODULE_LINES:
            problems.append(f"{name_of(path)}: {lines} lines, allowed {MAX_MODULE_LINES}; split it by topic")
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    problems.append(f"{name_of(path)}: {node.name}: {lines} lines, allowed {MAX_FUNCTION_LINES}")
    assert not problems


def test_no_module_is_named_for_nothing() -> None:
    assert not [name_of(path) for path in SOURCES if BANNED_NAMES & {path.stem, path.parent.name}]


def test_rules_are_data() -> None:
    init = PACKAGE / "rules" / "__init__.py"
    assert list((PACKAGE / "rules").rglob("*.py")) == [init]
    assert [type(node) for node in parse(init).body] == [ast.Expr], "only a docstring"


def test_only_what_reads_documents_catches_everything() -> None:
    problems = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if path not in (PACKAGE / "batch_reading.py", PACKAGE / "pool.py")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & {item.id for item in names_in(node.type)})
    ]
    assert not problems


def test_the_wheel_holds_every_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = project["tool"]["setuptools"]["packages"]
    folders = {path.parent for path in MODULES}
    found = {".".join(("sigmine", *folder.relative_to(PACKAGE).parts)) for folder in folders}
    assert set(listed) == found | {"sigmine.corpus"}
    assert project["tool"]["setuptools"]["package-dir"]["sigmine.corpus"] == "corpus"


def test_public_names_are_there() -> None:
    import sigmine

    assert sigmine.__all__ == sorted(sigmine.__all__)
    for name in sigmine.__all__:
        assert getattr(sigmine, name) is not None
    assert set(sigmine.__all__) == set(dir(sigmine))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        sigmine.nothing  # noqa: B018
