"""Rule files, expanded: templates x relations to named rules, and the index from words to rules they may trigger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sigmine.grammar.forms import find_verb
from sigmine.grammar.paths import Edge, Path, PathClasses
from sigmine.grammar.schema import Example


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation as ``types.yml`` has it; see ``schema.RelationSpec`` for the fields."""

    name: str
    predicate: str
    parent: str | None
    label: str
    subject_optional: bool
    unordered: bool
    residues: frozenset[str]
    sign: int
    internal: bool


@dataclass(frozen=True, slots=True)
class Role:
    """A place in a rule: which paths lead to it (tried in order) and what may stand there.

    ``accepts`` holds entity types and relation names (an event as an argument); for the role ``site`` it is ``SITE``.
    """

    name: str
    paths: tuple[Path, ...]
    required: bool
    accepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One relation in one variant of one template, e.g. ``phosphorylates/transitive_verb.passive``.

    ``example`` is the variant's, ``template_place`` where the variant stands (``templates/transitive_verb.yml:48``),
    ``words_place`` where its trigger words do; two rules that differ in these alone are equal.
    """

    name: str
    relation: str
    forms: frozenset[str]
    tags: frozenset[str]
    needs: tuple[tuple[Edge, ...], ...]
    without: tuple[tuple[Edge, ...], ...]
    roles: tuple[Role, ...]
    direct: bool
    prior: float
    reflexive: bool
    fallback: bool
    example: str = field(default="", compare=False)
    template_place: str = field(default="", compare=False)
    words_place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class TriggerSense:
    """One reading of a word as a trigger: the words that must stand before and after it, its form and its rules."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    form: str
    rules: tuple[Rule, ...]

    @property
    def length(self) -> int:
        return len(self.before) + 1 + len(self.after)


@dataclass(frozen=True, slots=True)
class ExampleCase:
    """An example sentence of a rule file, with the place it stands at."""

    relation: str
    example: Example
    place: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything that the rule files say, checked and ready.

    ``triggers`` maps the lower-case anchor word to its senses, longest first. ``cues`` maps a cue file's name to its
    word lists by kind; ``composition`` maps (outer relation, inner relation or ``ENTITY``) to (resulting relation,
    direct).
    """

    relations: Mapping[str, RelationType]
    entity_types: tuple[str, ...]
    paths: PathClasses
    rules: tuple[Rule, ...]
    triggers: Mapping[str, tuple[TriggerSense, ...]]
    cues: Mapping[str, Mapping[str, frozenset[str]]]
    composition: Mapping[tuple[str, str], tuple[str, bool]]
    examples: tuple[ExampleCase, ...]
    sha256: str

    def get_cues(self, file: str, kind: str) -> frozenset[str]:
        """The words of one kind in one cue file.

        Raises:
            GrammarError: the grammar has no such list.
        """
        from sigmine.errors import GrammarError

        try:
            return self.cues[file][kind]
        except KeyError:
            known = ", ".join(f"{name}.{key}" for name, lists in self.cues.items() for key in lists)
            raise GrammarError(f"The grammar has no cue list {file}.{kind}. It has: {known}.") from None


@dataclass(slots=True)
class TriggerIndex:
    """Collects the senses of each word while the files are expanded."""

    senses: dict[str, dict[tuple[tuple[str, ...], tuple[str, ...], str], list[Rule]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(self, text: str, form: str, part: str, rules: list[Rule]) -> None:
        """Adds the rules under one form of a trigger.

        Verbs of several words ("switch on", "negatively regulate") hang on the verb, nouns ("negative regulator") on
        the last word; parts joined by hyphens are words, as the tokenizer cuts them.
        """
        words = text.lower().replace("-", " - ").split()
        anchor = len(words) - 1
        if part == "verb" and " " in text:
            parts = text.split(" ")
            anchor = len(" ".join(parts[: find_verb(parts) + 1]).replace("-", " - ").split()) - 1
        key = (tuple(words[:anchor]), tuple(words[anchor + 1 :]), form)
        known = self.senses[words[anchor]][key]
        names = {rule.name for rule in known}  # two rules of other names are not compared field by field
        known.extend(rule for rule in rules if rule.name not in names or rule not in known)

    def add_idioms(self, phrases: Iterable[str]) -> None:
        """Makes the words of a phrase no triggers in it: a reading that is longer than theirs and has no rules."""
        for phrase in phrases:
            words = phrase.lower().split()
            for anchor, word in enumerate(words):
                if word in self.senses:
                    self.senses[word][(tuple(words[:anchor]), tuple(words[anchor + 1 :]), "idiom")] = []

    def freeze(self) -> dict[str, tuple[TriggerSense, ...]]:
        """The index, the longest triggers first."""
        index = {}
        for word, senses in self.senses.items():
            made = [TriggerSense(before, after, form, tuple(rules)) for (before, after, form), rules in senses.items()]
            index[word] = tuple(sorted(made, key=lambda sense: (-sense.length, sense.form, sense.before)))
        return index
