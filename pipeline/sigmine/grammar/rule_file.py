"""A rule file: its values, and the line that each of them stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)
FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster; not every build has it


class RuleFile:
    """A YAML file with the line of each of its keys."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._loader = _UniqueKeyLoader(text)
        self._root = self._loader.get_single_node()

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
            value: Any = None if self._root is None else self._loader.construct_document(self._root)
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
