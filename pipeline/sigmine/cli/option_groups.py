"""Options that several commands share, taken together.

A group is a dataclass whose fields are options; a command takes all of them with one parameter and one line::

    @take_groups
    def plot(out: OutArgument, filters: StatementFilters, output: ... = None) -> None:
        statements = filters.find_statements(out)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints


class OptionGroup:
    """What groups of options are made of: a frozen dataclass, each field of it an option with a default."""

    __slots__ = ()


def take_groups(command: Callable[..., None]) -> Callable[..., None]:
    """Puts the options of each group in the place of the command's parameter that is annotated with the group.

    Raises:
        TypeError: if no parameter is.
    """
    parameters: list[Parameter] = []
    groups: dict[str, type[OptionGroup]] = {}
    for parameter in signature(command, eval_str=True).parameters.values():
        if isinstance(parameter.annotation, type) and issubclass(parameter.annotation, OptionGroup):
            groups[parameter.name] = parameter.annotation
            parameters += map(_make_parameter, *_list_options(parameter.annotation))
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY))
    if not groups:
        raise TypeError(f"{command.__name__} takes no group of options.")

    @wraps(command)
    def call(**given: Any) -> None:
        taken = {
            slot: group(**{field.name: given.pop(field.name) for field in _list_options(group)[0]})
            for slot, group in groups.items()
        }
        command(**given, **taken)

    # What typer reads the options from; the command's own would lead it to the type of the groups.
    call.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return call


def _list_options(group: type[OptionGroup]) -> tuple[list[Field[Any]], list[Any]]:
    """The fields of a group, and what each is annotated with."""
    hints = get_type_hints(group, include_extras=True)
    found = list(fields(group))  # type: ignore[arg-type]
    return found, [hints[field.name] for field in found]


def _make_parameter(field: Field[Any], annotation: Any) -> Parameter:
    return Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=annotation)
