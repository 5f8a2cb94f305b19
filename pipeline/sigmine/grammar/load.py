"""Reads the rule files, checks all of them, and raises once with every problem found: file, line, what is allowed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml
from pydantic import BaseModel

from sigmine.errors import GrammarError
from sigmine.grammar.compile import Grammar
from sigmine.grammar.expand import Expander
from sigmine.grammar.rule_file import RuleFile
from sigmine.grammar.schema import CueFile, PathsFile, RelationFile, TemplateFile, TypesFile


def _find_files(root: Traversable, prefix: str = "") -> Iterable[tuple[str, Traversable]]:
    for entry in sorted(root.iterdir(), key=lambda item: item.name):
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            yield from _find_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yml"):
            yield f"{prefix}{entry.name}", entry


KINDS: dict[str, type[BaseModel]] = {
    "paths": PathsFile,
    "templates": TemplateFile,
    "relations": RelationFile,
    "cues": CueFile,
}


def load_grammar(folder: Traversable | None = None) -> Grammar:
    """The grammar of a folder of rule files, by default the bundled one.

    Raises:
        GrammarError: with every problem of every file, each with file and line.
    """
    root = folder if folder is not None else files("sigmine.rules")
    problems: list[str] = []
    digest = hashlib.sha256()
    expander = Expander(problems)
    for name, entry in _find_files(root):
        text = entry.read_text(encoding="utf-8")
        digest.update(f"{name}\n{text}\n".encode())
        try:
            file = RuleFile(name, text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problems.append(f"{name}:{mark.line + 1 if mark else 1}: {getattr(error, 'problem', error)}")
            continue
        kind = name.split("/")[0]
        model = TypesFile if name == "types.yml" else KINDS.get(kind)
        if model is None:
            problems.append(f"{name}:1: rule files are types.yml or stand in {', '.join(KINDS)}")
            continue
        parsed = file.parse(model, problems)
        if parsed is not None:
            expander.add(file, parsed)
    if not problems:
        grammar = expander.expand(digest.hexdigest())
    if problems:
        raise GrammarError(
            f"{len(problems)} problem(s) in the rule files:\n" + "\n".join(f"  {line}" for line in problems),
            tuple(problems),
        )
    return grammar


@cache
def get_grammar() -> Grammar:
    """The bundled grammar, loaded once."""
    return load_grammar()
