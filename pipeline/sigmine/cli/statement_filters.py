"""Which statements: the options that all commands share that show, write or draw statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.option_groups import OptionGroup
from sigmine.cli.precision import choose_belief
from sigmine.cli.stores import open_run
from sigmine.cli.terminal import tell

if TYPE_CHECKING:
    from sigmine.model.entity import SiteStatus
    from sigmine.model.statement import ClaimType, Statement
    from sigmine.store import Filters, StatementStore

_MOLECULES = "Which molecules and residues"
_WORDS = "What is said of them, and how surely"
_PLACES = "Where it is said"


@dataclass(frozen=True, slots=True)
class StatementFilters(OptionGroup):
    """The options as they stand on the command line; what they mean is told by ``sigmine.store.Filters``."""

    subject: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Name or CURIE of the subject.", rich_help_panel=_MOLECULES),
    ] = None
    object: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Name or CURIE of the object.", rich_help_panel=_MOLECULES),
    ] = None
    molecule: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Subject or object. Repeatable.", rich_help_panel=_MOLECULES),
    ] = None
    around: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="The molecule, its neighbours and all that is said between them. Repeatable.",
            rich_help_panel=_MOLECULES,
        ),
    ] = None
    hops: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="For --around: neighbours in up to N steps, 1 by default; 0: between the named molecules only.",
            rich_help_panel=_MOLECULES,
        ),
    ] = None
    collapse_families: Annotated[
        bool,
        typer.Option(
            "--collapse-families",
            help="Take members for their family: AKT1 and AKT2 for AKT.",
            rich_help_panel=_MOLECULES,
        ),
    ] = False
    site: Annotated[
        str | None,
        typer.Option(metavar="SITE", help="Residue, in any notation: S473, Ser473.", rich_help_panel=_MOLECULES),
    ] = None
    site_status: Annotated[
        str | None,
        typer.Option(
            metavar="STATUS", help="With a residue of this status, e.g. impossible.", rich_help_panel=_MOLECULES
        ),
    ] = None
    relation: Annotated[
        list[str] | None,
        typer.Option(metavar="R", help="This relation only, e.g. phosphorylates. Repeatable.", rich_help_panel=_WORDS),
    ] = None
    direct_only: Annotated[
        bool,
        typer.Option(
            "--direct-only",
            help="Leave out what the subject only brings about, as insulin does a phosphorylation.",
            rich_help_panel=_WORDS,
        ),
    ] = False
    no_hedged: Annotated[
        bool,
        typer.Option("--no-hedged", help="Leave out what is only hedged (may, might ...).", rich_help_panel=_WORDS),
    ] = False
    no_negated: Annotated[
        bool, typer.Option("--no-negated", help="Leave out what is only denied.", rich_help_panel=_WORDS)
    ] = False
    claim: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TYPE",
            help="With evidence of this type: asserted, attributed, hypothesised, open_question, contradicted. "
            "Repeatable.",
            rich_help_panel=_WORDS,
        ),
    ] = None
    min_belief: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="X", help="Belief of at least X.", rich_help_panel=_WORDS)
    ] = 0.0
    precision: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            metavar="P",
            help="Belief from which on the share P of gold statements is right.",
            rich_help_panel=_WORDS,
        ),
    ] = None
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="GOLD",
            help="For --precision: your own gold, or decisions, on OUT; else what was counted on sigmine's.",
            rich_help_panel=_WORDS,
        ),
    ] = None
    section: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Read in such sections only: title, abstract, body, legend, table. Repeatable. Evidence from "
            "elsewhere does not count, as if it had not been read.",
            rich_help_panel=_PLACES,
        ),
    ] = None
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Read in this document only; likewise. Repeatable.", rich_help_panel=_PLACES),
    ] = None

    @property
    def given(self) -> bool:
        """Whether any option is set."""
        return self != StatementFilters()

    def find_statements(self, out: str) -> list[Statement]:
        """The statements of the store that fit, sorted.

        Names that the store does not know are told on standard error, with those that are like them. Ends the program
        with 2 where an option is wrong, or there is no store, and with 1 where the store fails.
        """
        filters = _make_filters(self)
        filters["min_belief"] = choose_belief(out, self.min_belief, self.precision, self.gold)
        with open_run(out) as store:
            _tell_unknown(self, store)
            return list(store.find_statements(**filters))


def _make_filters(options: StatementFilters) -> Filters:
    """The filters but for the belief; ends the program with 2 where one cannot be."""
    from sigmine.model.document import SECTION_KINDS
    from sigmine.store import Filters

    for relation in options.relation or ():
        check_relation(relation)
    for section in options.section or ():
        _check_word(section, SECTION_KINDS, "kind of section")
    if options.hops is not None and not options.around:
        raise typer.BadParameter("--hops goes with --around.")
    return Filters(
        relation=options.relation or (),
        subject=options.subject,
        object=options.object,
        molecules=options.molecule or (),
        around=options.around or (),
        hops=1 if options.hops is None else options.hops,
        site=_parse_site(options.site),
        site_status=_parse_status(options.site_status),
        negated=False if options.no_negated else None,
        hedged=False if options.no_hedged else None,
        claims=_parse_claims(options.claim),
        direct=True if options.direct_only else None,
        sections=options.section or (),
        documents=options.document or (),
        collapse_families=options.collapse_families,
    )


def _tell_unknown(options: StatementFilters, store: StatementStore) -> None:
    ends = (name for name in (options.subject, options.object) if name is not None)
    names = dict.fromkeys([*ends, *(options.molecule or ()), *(options.around or ())])
    unknown = [name for name in names if not store.find_identities(name, collapse_families=options.collapse_families)]
    _tell_near("molecule", unknown, store.find_names)
    if options.document:
        documents = store.find_documents()
        _tell_near("document", [name for name in options.document if name not in documents], lambda: documents)


def check_relation(relation: str | None) -> None:
    """Ends the program with 2 if there is no such relation, naming those there are; None is none to check."""
    from sigmine.assembly.vocabulary import load_relation_terms

    if relation is not None:
        _check_word(relation, load_relation_terms(), "relation")


def _check_word(word: str, known: Collection[str], what: str) -> None:
    from difflib import get_close_matches

    if word not in known:
        near = get_close_matches(word, known, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise typer.BadParameter(f"There is no {what} {word!r}. {hint}Known: {', '.join(known)}.")


def _tell_near(what: str, unknown: Iterable[str], find_known: Callable[[], list[str]]) -> None:
    """Names what the store does not have, with what is written nearly so."""
    from difflib import get_close_matches

    known: dict[str, str] | None = None
    for word in unknown:
        if known is None:
            known = {name.casefold(): name for name in reversed(find_known())}
        near = [repr(known[key]) for key in get_close_matches(word.casefold(), known, n=3, cutoff=0.7)]
        tell(f"no {what} {word!r} in this store" + (f"; did you mean {' or '.join(near)}?" if near else "."))


def _parse_claims(names: list[str] | None) -> list[ClaimType]:
    """The types of claims that are asked for. Ends the program with 2 if there is no such type."""
    from sigmine.model.statement import CLAIM_TYPES

    known: dict[str, ClaimType] = {name: name for name in CLAIM_TYPES}
    for name in names or ():
        _check_word(name, known, "type of claim")
    return [known[name] for name in names or ()]


def _parse_site(text: str | None) -> str | None:
    """``S473`` for any notation of one residue; a letter alone is a residue without a position."""
    from sigmine.nlp.sites import find_sites

    if text is None:
        return None
    if re.fullmatch(r"[A-Za-z]\d*", text):
        return text.upper()
    names = [site.name for site in find_sites(text)]
    if len(names) != 1:
        raise typer.BadParameter(f"{text!r} is not one residue; write it like S473, Ser473 or S.")
    return names[0]


def _parse_status(name: str | None) -> SiteStatus | None:
    """The status; ends the program with 2 if there is none of that name."""
    from sigmine.model.entity import SITE_STATUSES

    known: dict[str, SiteStatus] = {status: status for status in SITE_STATUSES}
    if name is not None:
        _check_word(name, known, "status of a residue")
    return None if name is None else known[name]
