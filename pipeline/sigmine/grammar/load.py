"""Reads the rule files, checks all of them, and raises once with every problem found: file, line, what is allowed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from sigmine.errors import GrammarError
from sigmine.grammar.compile import Grammar
from sigmine.grammar.expand import Expander
from sigmine.grammar.schema import CueFile, PathsFile, RelationFile, TemplateFile, TypesFile

Model = TypeVar("Model", bound=BaseModel)
FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster; not every build has it


class RuleFile:
    """A YAML file with the line of each of its keys."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._root = yaml.compose(text, Loader=FAST_LOADER)

    def line_of(self, keys: Iterable[str | int]) -> int:
        """The 1-based line of the value under ``keys``; of the nearest value above it where a key is missing."""
        node = self._root
        line = 1
        for key in keys:
            if isinstance(node, yaml.MappingNode):
                found = [(name, value) for name, value in node.value if name.value == str(key)]
                if not found:
                    break
                line, node = found[0][0].start_mark.line + 1, found[0][1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                line = node.start_mark.line + 1
            else:
                break
        return line

    def place(self, *keys: str | int) -> str:
        """``relations/binds.yml:12``."""
        return f"{self.name}:{self.line_of(keys)}"

    def parse(self, model: type[Model], problems: list[str]) -> Model | None:
        """The file as a model, or None with its problems added."""
        try:
            value: Any = yaml.load(self.text, Loader=_UniqueKeyLoader)
            return model.model_validate(value)
        except ValidationError as error:
            for item in error.errors():
                allowed = ""
                if item["type"] == "extra_forbidden":
                    allowed = f" Allowed keys at the top: {', '.join(model.model_fields)}."
                where = ".".join(map(str, item["loc"])) or "the file"
                problems.append(f"{self.place(*item['loc'])}: {where}: {item['msg']}.{allowed}")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            problems.append(f"{self.name}:{line}: {getattr(error, 'problem', error)}")
        return None


class _UniqueKeyLoader(FAST_LOADER):  # type: ignore[misc, valid-type]
    """YAML lets a key stand twice and keeps the last; in a rule file that is a mistake."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


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
