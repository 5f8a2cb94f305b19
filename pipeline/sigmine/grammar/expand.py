"""Expands templates x relations to rules, checking every name on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from sigmine.grammar.compile import ExampleCase, Grammar, RelationType, Role, Rule, TriggerIndex
from sigmine.grammar.forms import VERB_FORMS, make_forms
from sigmine.grammar.paths import Edge, Path, PathClasses, UnknownNameError, parse_class, parse_path
from sigmine.grammar.schema import (
    CueFile,
    PathsFile,
    RelationFile,
    TemplateFile,
    TriggerGroup,
    TypesFile,
    VariantSpec,
)

if TYPE_CHECKING:
    from sigmine.grammar.rule_file import RuleFile

Parsed = TypeVar("Parsed", bound=BaseModel)

SITE = "SITE"
ENTITY = "ENTITY"


class Expander:
    """Takes parsed files, then makes the grammar; what is wrong goes to ``problems``."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        self.types: TypesFile | None = None
        self.path_classes: PathClasses | None = None
        self.templates: dict[str, tuple[RuleFile, TemplateFile]] = {}
        self.relations: list[tuple[RuleFile, RelationFile]] = []
        self.cues: dict[str, tuple[RuleFile, CueFile]] = {}
        self.index = TriggerIndex()
        self.rules: dict[str, Rule] = {}
        self._paths: dict[str, Path] = {}
        self._made: dict[tuple[object, ...], list[Rule]] = {}

    def add(self, file: RuleFile, parsed: BaseModel) -> None:
        """Takes one parsed file."""
        if isinstance(parsed, TypesFile):
            self.types = parsed
        elif isinstance(parsed, PathsFile):
            self.path_classes = self._make_path_classes(file, parsed)
        elif isinstance(parsed, TemplateFile):
            self._add_once(file, parsed.template, self.templates, parsed)
        elif isinstance(parsed, CueFile):
            self._add_once(file, parsed.cues, self.cues, parsed)
        elif isinstance(parsed, RelationFile):
            self.relations.append((file, parsed))

    def _add_once(self, file: RuleFile, name: str, known: dict[str, tuple[RuleFile, Parsed]], parsed: Parsed) -> None:
        if name in known:
            self.problems.append(f"{file.place()}: {name!r} is already in {known[name][0].name}")
        known[name] = (file, parsed)

    def _make_path_classes(self, file: RuleFile, parsed: PathsFile) -> PathClasses:
        classes: dict[str, tuple[Edge, ...]] = {}
        for name, items in parsed.classes.items():
            try:
                classes[name] = parse_class(items)
            except ValueError as error:
                self.problems.append(f"{file.place('classes', name)}: {error}")
        climbs = self._parse_paths(file, ("climbs",), parsed.climbs, classes)
        named = {name: self._parse_paths(file, ("paths", name), texts, classes) for name, texts in parsed.paths.items()}
        subjects = tuple(edge for name in parsed.subjects for edge in classes.get(name, ()))
        return PathClasses(classes, climbs, subjects, named)

    def _parse_paths(
        self, file: RuleFile, keys: tuple[str | int, ...], texts: list[str], classes: Mapping[str, tuple[Edge, ...]]
    ) -> tuple[Path, ...]:
        paths = []
        for number, text in enumerate(texts):
            try:
                if text not in self._paths:
                    self._paths[text] = parse_path(text, classes)
                paths.append(self._paths[text])
            except ValueError as error:
                self.problems.append(f"{file.place(*keys, number)}: {error}")
        return tuple(paths)

    def expand(self, sha256: str) -> Grammar:
        """The grammar; only sound if ``problems`` is still empty afterwards."""
        if self.types is None or self.path_classes is None:
            missing = "types.yml" if self.types is None else "a file in paths/"
            self.problems.append(f"types.yml:1: {missing} is missing")
            return None  # type: ignore[return-value]
        relations = {
            name: RelationType(
                name, spec.predicate, spec.parent, spec.label, spec.subject == "optional", spec.unordered,
                frozenset(spec.residues), spec.sign, spec.internal,
            )
            for name, spec in self.types.relations.items()
        }  # fmt: skip
        examples: list[ExampleCase] = []
        for file, parsed in self.relations:
            if parsed.relation not in relations:
                self._complain(file, ("relation",), UnknownNameError(parsed.relation, tuple(relations), "relation"))
                continue
            self._expand_relation(file, parsed)
            examples += self._take_examples(file, parsed, relations)
        if "idioms" in self.cues:
            self.index.add_idioms(self.cues["idioms"][1].words.get("phrases", ()))
        return Grammar(
            relations=relations,
            entity_types=tuple(self.types.entity_types),
            paths=self.path_classes,
            rules=tuple(self.rules.values()),
            triggers=self.index.freeze(),
            cues={name: {kind: frozenset(w) for kind, w in cue.words.items()} for name, (_, cue) in self.cues.items()},
            composition=self._make_composition(relations),
            examples=tuple(examples),
            sha256=sha256,
        )

    def _complain(self, file: RuleFile, keys: tuple[str | int, ...], error: Exception | str) -> None:
        self.problems.append(f"{file.place(*keys)}: {error}")

    def _take_examples(
        self, file: RuleFile, parsed: RelationFile, relations: dict[str, RelationType]
    ) -> list[ExampleCase]:
        kinds = {bool(example.expect) for example in parsed.examples}
        if kinds != {True, False} and not relations[parsed.relation].internal:
            self._complain(file, ("examples",), "a relation needs examples and counter-examples (expect: [])")
        return [
            ExampleCase(parsed.relation, example, file.place("examples", number))
            for number, example in enumerate(parsed.examples)
        ]

    def _expand_relation(self, file: RuleFile, parsed: RelationFile) -> None:
        for number, group in enumerate(parsed.triggers):
            for template_name in group.templates:
                if template_name not in self.templates:
                    error = UnknownNameError(template_name, tuple(self.templates), "template")
                    self._complain(file, ("triggers", number, "templates"), error)
                    continue
                for word_number, word in enumerate(group.words):
                    self._expand_word(file, parsed, number, word_number, template_name, word)

    def _expand_word(
        self, file: RuleFile, parsed: RelationFile, number: int, word_number: int, template: str,
        word: str | dict[str, str],
    ) -> None:  # fmt: skip
        spec = self.templates[template][1]
        keys = ("triggers", number, "words", word_number)
        parameters: dict[str, str] = {} if isinstance(word, str) else {key: str(value) for key, value in word.items()}
        text = word if isinstance(word, str) else parameters.pop("word", "")
        if not text:
            self._complain(file, keys, "a trigger with parameters needs the key 'word'")
            return
        try:
            forms = list(make_forms(text, spec.part))
        except ValueError as error:
            self._complain(file, keys, error)
            return
        rules = self._make_rules(file, parsed, number, template, parameters)
        for form, kind in forms:
            fitting = [rule for rule in rules if not rule.forms or kind in rule.forms]
            if fitting:
                self.index.add(form, kind, spec.part, fitting)

    def _make_rules(
        self, file: RuleFile, parsed: RelationFile, number: int, template: str, parameters: dict[str, str]
    ) -> list[Rule]:
        """The rules of one group of triggers in one template; made once for all words with the same parameters."""
        key = (file.name, number, template, *sorted(parameters.items()))
        if key not in self._made:
            template_file, spec = self.templates[template]
            keys = ("triggers", number)
            group = parsed.triggers[number]
            made = [
                self._make_rule(file, parsed, group, keys, (template_file, template, *item), parameters)
                for item in spec.variants.items()
            ]
            self._made[key] = [rule for rule in made if rule]
        return self._made[key]

    def _make_rule(
        self, file: RuleFile, parsed: RelationFile, group: TriggerGroup, keys: tuple[str | int, ...],
        source: tuple[RuleFile, str, str, VariantSpec], parameters: dict[str, str],
    ) -> Rule | None:  # fmt: skip
        assert self.path_classes is not None
        template_file, template, name, variant = source
        roles = []
        for role_text, texts in variant.roles.items():
            role_name, required = role_text.rstrip("?"), not role_text.endswith("?")
            accepted = group.roles.get(role_name, parsed.roles.get(role_name))
            if accepted is None:
                if required:
                    error = f"template {template}.{name} needs the role {role_name!r}, not given here"
                    self._complain(file, keys, error)
                    return None
                continue
            try:
                filled = [text.format(**parameters) for text in texts]
            except KeyError as missing:
                self._complain(file, keys, f"template {template} needs the parameter {missing} with each word")
                return None
            where = ("variants", name, "roles", role_text)
            paths = self._parse_paths(template_file, where, filled, self.path_classes.classes)
            roles.append(Role(role_name, paths, required, self._expand_types(file, accepted, keys)))
        needs, without = (self._get_classes(template_file, names, name) for names in (variant.needs, variant.without))
        for form in variant.forms:
            if form not in (known := (*VERB_FORMS, "word")):
                self._complain(template_file, ("variants", name, "forms"), UnknownNameError(form, known, "form"))
        suffix = f"({'|'.join(parameters.values())})" if parameters else ""
        rule = Rule(
            f"{parsed.relation}/{template}.{name}{suffix}", parsed.relation, frozenset(variant.forms),
            frozenset(variant.tags), needs, without, tuple(roles),
            variant.direct if group.direct is None else group.direct, min(group.prior or 1.0, variant.prior),
            variant.reflexive, variant.fallback,
            variant.example, template_file.place("variants", name), file.place(*keys),
        )  # fmt: skip
        self.rules.setdefault(rule.name, rule)
        return rule

    def _get_classes(self, file: RuleFile, names: list[str], variant: str) -> tuple[tuple[Edge, ...], ...]:
        assert self.path_classes is not None
        found = []
        for name in names:
            if name not in self.path_classes.classes:
                error = UnknownNameError(name, tuple(self.path_classes.classes), "path class")
                self._complain(file, ("variants", variant), error)
            else:
                found.append(self.path_classes.classes[name])
        return tuple(found)

    def _expand_types(self, file: RuleFile, names: list[str], keys: tuple[str | int, ...]) -> frozenset[str]:
        assert self.types is not None
        tables = (self.types.entity_types, self.types.relations, self.types.groups, (SITE,))
        accepted: set[str] = set()
        for name in names:
            if not any(name in table for table in tables):
                known = tuple({known for table in tables for known in table})
                self._complain(file, keys, UnknownNameError(name, known, "entity type, group or relation"))
            accepted.update(self.types.groups.get(name, [name]))
        return frozenset(accepted)

    def _make_composition(self, relations: dict[str, RelationType]) -> dict[tuple[str, str], tuple[str, bool]]:
        assert self.types is not None
        table: dict[tuple[str, str], tuple[str, bool]] = {}
        for file, cue in self.cues.values():
            for number, row in enumerate(cue.table):
                outer, inner, result = str(row.get("outer")), str(row.get("inner")), str(row.get("result"))
                for name in (outer, result):
                    if name not in relations and name != "same":
                        self._complain(file, ("table", number), UnknownNameError(name, tuple(relations), "relation"))
                for each in self.types.groups.get(inner, [inner]):
                    if each not in relations and each != ENTITY:
                        self._complain(file, ("table", number), UnknownNameError(each, tuple(relations), "relation"))
                    table[outer, each] = (each if result == "same" else result, bool(row.get("direct", True)))
        return table
