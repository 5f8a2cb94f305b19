"""``sigmine why``: the rule, the words and the paths behind a statement, and why a trigger gave none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.options import TextsOption
from sigmine.cli.terminal import show, tell

if TYPE_CHECKING:
    from sigmine.explanation import Explanation
    from sigmine.nlp.trace import EndTrace, RuleNote, StatementTrace, TriggerTrace

_LINE = re.compile(r"(?P<file>.+):(?P<line>\d+)")


def why(
    target: Annotated[
        str,
        typer.Argument(
            metavar="FILE:LINE|ID",
            help="A line of a text or of an extract, a page of a PDF, or an id.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Output in which an ID is looked up.")] = Path(
        "sigmine-out"
    ),
    texts: TextsOption = None,
    near: Annotated[
        int,
        typer.Option("--near", min=0, metavar="N", help="Show this many rules that nearly fired, for each trigger."),
    ] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> None:
    """Show why a sentence gave its statements: rule, trigger, paths, flags, sites, and the rules that nearly fired.

    \b
    Examples:
      sigmine why paper.txt:12
      sigmine why paper.pdf:3
      sigmine why paper.mentions.jsonl:3
      sigmine why 9bb00f07d0f9ba1e --out out

    FILE:LINE is a line of a .txt, .nxml, .html or .pubtator file, or a page of a .pdf (all sentences in it, with the
    triggers that gave nothing), or a line of a .jsonl file of 'sigmine extract'. ID is the id of a statement or of one
    line of evidence. The documents of an output are looked for in the current folder, beside the output and among those
    that come with sigmine; --texts names others.

    Exit code: 0 shown, also where a line gives no statement; 1 no such file, line or id, or it cannot be read; 2 wrong
    usage.
    """
    from sigmine.explanation import explain_id, explain_line

    line = _LINE.fullmatch(target)
    if line is not None:
        found: tuple[Explanation, ...] = (explain_line(line["file"], int(line["line"]), texts=texts or ()),)
    elif Path(target).exists():
        part = "page" if target.lower().endswith(".pdf") else "line"
        raise typer.BadParameter(f"{target} is a file; add the {part}: {target}:1")
    else:
        found = explain_id(target, out, texts=texts or ())
    if as_json:
        typer.echo(json.dumps([one.to_json() for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        for note in one.notes:
            tell(f"{one.place}: {note}.")
        for text in _describe(one, near):
            show(text)


def _describe(explanation: Explanation, near: int) -> Iterator[str]:
    for sentence in explanation.sentences:
        yield f"{explanation.place}  {sentence.document}, characters {sentence.start}-{sentence.end}"
        yield f"  {' '.join(sentence.text.split())}"
        if not sentence.statements:
            yield "\n  no statement"
        for statement in sentence.statements:
            yield ""
            yield from _describe_statement(statement, near)
        for trigger in sentence.silent:
            yield ""
            yield from _describe_silence(trigger, near)
        yield ""


def _describe_statement(statement: StatementTrace, near: int) -> Iterator[str]:
    sites = "".join(f" {site.name}" for site in statement.sites)
    yield f"  {statement.relation}({statement.subject or '-'}, {statement.object}){sites}  [{statement.id}]"
    yield f"    rule      {statement.rule}  belief {statement.belief:.2f}"
    if statement.example:
        yield f"              {statement.example!r} in {statement.template_place}; words in {statement.words_place}"
    yield f'    trigger   "{statement.trigger}"'
    for end in statement.ends:
        yield f"    {end.role:<9} {_describe_end(end)}"
        if end.reason:
            among = f"; may be {', '.join(end.alternatives)}" if end.alternatives else ""
            yield f"              no identity: {end.reason}{among}"
    for site in statement.sites:
        yield f'    site      {site.name} "{site.text}": {site.bound}'
    flags = {"negated": statement.negated, "hedged": statement.hedged, "indirect": statement.indirect}
    shown = [f"{name} ({word})" if word else name for name, word in flags.items() if word is not None]
    yield f"    flags     {', '.join(shown) or 'none: affirmed, direct'}"
    by = f" ({statement.claimed})" if statement.claimed else ""
    yield f"    claim     {statement.claim.replace('_', ' ')}{by}"
    told = ("negation:", "hedge:", f"{statement.claim}:")
    references = [cue for cue in statement.cues if not cue.startswith(told)]
    if references:
        yield f"    cues      {', '.join(references)}"
    if statement.also:
        yield f"    also by   {'; '.join(statement.also)}"
    yield from _describe_near(statement.near, near)


def _describe_end(end: EndTrace) -> str:
    way = " ".join(f"{word.way}{word.label} {word.text}".strip() for word in end.words) or "no way through the parse"
    stand_in = next((cue for cue in end.cues if cue.startswith("coref:")), None)
    if stand_in:
        way += f", which stands for {end.name} ({stand_in})"
    return f"{end.name}: {way}; {f'path {end.path}' if end.path else 'not by a path but from a list'}"


def _describe_silence(trigger: TriggerTrace, near: int) -> Iterator[str]:
    yield f'  "{trigger.trigger}" ({", ".join(trigger.relations)}) gave nothing: {"; ".join(trigger.reasons)}'
    yield from _describe_near(trigger.near, near)


def _describe_near(notes: tuple[RuleNote, ...], limit: int) -> Iterator[str]:
    for number, note in enumerate(notes[:limit]):
        yield f"    {'nearly' if not number else '':<9} {note.rule} {note.example!r}: {'; '.join(note.missing)}"
