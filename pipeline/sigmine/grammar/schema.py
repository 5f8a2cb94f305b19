"""What a rule file may hold. Unknown keys are refused; ``load`` turns the findings into messages with file and line."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Strings = list[str]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RelationSpec(_Strict):
    """One relation in ``types.yml``."""

    predicate: str = Field(description="CURIE of the predicate, or sigmine:<relation> where no ontology has it")
    close_match: str | None = Field(None, description="CURIE of an ontology's term that means nearly the same")
    parent: str | None = None
    opposes: Strings = Field([], description="relations that cannot hold as well, of the same ends; goes both ways")
    label: str
    subject: Literal["required", "optional"] = "required"
    unordered: bool = False
    residues: str = Field("", description="one-letter residues that may bear it; empty: the relation has no sites")
    sign: int = 0
    internal: bool = Field(False, description="used inside the grammar only, never written out")


class TypesFile(_Strict):
    """``types.yml``."""

    entity_types: Strings
    groups: dict[str, Strings] = {}
    relations: dict[str, RelationSpec]

    @model_validator(mode="after")
    def _check_names(self) -> TypesFile:
        """Parents and opposites are relations."""
        for name, relation in self.relations.items():
            for other in (*([relation.parent] if relation.parent else []), *relation.opposes):
                if other not in self.relations:
                    raise ValueError(f"{name}: there is no relation {other!r}; there are {', '.join(self.relations)}")
        return self


class PathsFile(_Strict):
    """``paths/<parser>.yml``."""

    classes: dict[str, Strings]
    subjects: Strings
    climbs: Strings
    paths: dict[str, Strings] = {}


class VariantSpec(_Strict):
    """One way a template's words may stand. A role's paths are tried in order; the first that leads anywhere wins."""

    forms: Strings = []
    tags: Strings = []
    needs: Strings = []
    without: Strings = []
    roles: dict[str, Strings]
    direct: bool = True
    reflexive: bool = Field(False, description="agent and theme are the same")
    fallback: bool = Field(False, description="tried only where no other rule of the relation names a subject here")
    prior: float = Field(0.85, gt=0, lt=1)
    example: str


class TemplateFile(_Strict):
    """``templates/<name>.yml``."""

    template: str
    part: Literal["verb", "noun", "word"]
    variants: dict[str, VariantSpec]


class TriggerGroup(_Strict):
    """Words of one relation that stand in the ways of some templates."""

    templates: Strings
    words: list[str | dict[str, str]]
    roles: dict[str, Strings] = {}
    direct: bool | None = None
    prior: float | None = Field(None, gt=0, lt=1)


class Expectation(_Strict):
    """What an example must give."""

    agent: str | None = None
    theme: str
    site: str | Strings | None = None
    relation: str | None = None
    negated: bool = False
    hedged: bool = False
    direct: bool | None = None


class Example(_Strict):
    """A sentence of our own and what the whole grammar reads of this relation in it.

    ``expect: []`` makes it a counter-example.
    """

    text: str
    expect: list[Expectation]
    entities: dict[str, str] = Field({}, description="names that the example gives, with their type")


class RelationFile(_Strict):
    """``relations/<relation>.yml``."""

    relation: str
    roles: dict[str, Strings]
    triggers: list[TriggerGroup]
    examples: list[Example]


class CueFile(_Strict):
    """``cues/<name>.yml``: lists of words, by kind."""

    cues: str
    about: str
    words: dict[str, Strings] = {}
    table: list[dict[str, str | int | bool]] = []
