"""What the program tells of its work while it goes on: whole lines, as text or JSON, on standard error or in a file.

Logs say which document was read, how long it took and what came of it. They hold no text of documents: of the reason
why a document could not be read, what stands in quotation marks is left out, and of an error that nobody expected all
but its name. Below INFO (``-vv``) reasons are whole and come with the place in the code, so they may quote the file, as
messages on standard error and the manifest do. Ids of documents and names of files are told as they are.

A library that uses sigmine gets nothing unless it sets up ``logging`` itself; the logger is ``sigmine``.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sigmine.errors import SigmineError

LEVELS: Mapping[str, int] = {"warning": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}
VARIABLE = "SIGMINE_LOG"
"""The environment variable that says how much is told where no option does: a key of ``LEVELS``."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_QUOTED = re.compile(r"""(?<!\w)(['"])(?:\\.|[^\\])*?(?:\1(?!\w)|\\?$)""", re.DOTALL)
_UNEXPECTED = re.compile(r"(?:\w+\.)*(?:[A-Z]\w*(?:Error|Exception)|[A-Z][a-z]+(?:[A-Z][a-z]+)+)(?=: |$)")
"""How ``run`` tells of an exception that is none of ours: its name, then what it says."""
_PARSER = re.compile(r"(not well-formed \w+: ).*?(line \d+)", re.DOTALL)
"""What a parser says of broken markup may name words of the text that stand in it."""
_CUT = " [...] "
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How much is told (a level of ``logging``), as ``text`` or ``json``, and where; None is standard error."""

    level: int
    format: str = "text"
    file: str | None = None


class _Told(Protocol):
    """What is told of a document, as ``sigmine.analysis.Reading`` has it."""

    @property
    def document(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def words(self) -> int: ...
    @property
    def seconds(self) -> float: ...
    @property
    def evidence(self) -> tuple[object, ...]: ...
    @property
    def failure(self) -> str | None: ...


_Reading = TypeVar("_Reading", bound=_Told)


def choose_settings(
    verbosity: int = 0, *, format: str | None = None, file: str | Path | None = None
) -> LogSettings | None:
    """What options and the environment ask for; None for no logs.

    Args:
        verbosity: 1 for a line a document, 2 for everything. 0 leaves it to ``SIGMINE_LOG``; without that a format or a
            file asks for a line a document.

    Raises:
        SigmineError: if the variable names no level.
    """
    name = os.environ.get(VARIABLE, "").strip().lower()
    if name and name not in LEVELS:
        raise SigmineError(f"{VARIABLE} is {name!r}; it may be {', '.join(LEVELS)}.")
    if verbosity:
        level = logging.DEBUG if verbosity > 1 else logging.INFO
    elif name:
        level = LEVELS[name]
    elif format or file:
        level = logging.INFO
    else:
        return None
    return LogSettings(level, format or "text", None if file is None else str(Path(file).absolute()))


def start_logs(settings: LogSettings | None) -> None:
    """From now on the logger ``sigmine`` of this process writes as asked, and no longer as asked before.

    Raises:
        SigmineError: if the file cannot be written.
    """
    logger = logging.getLogger("sigmine")
    for handler in [one for one in logger.handlers if isinstance(one, _WholeLines)]:
        logger.removeHandler(handler)
        handler.close()
    if settings is None:
        logger.setLevel(logging.NOTSET)
        return
    handler = _WholeLines(settings)
    logger.addHandler(handler)
    logger.setLevel(settings.level)


def find_settings() -> LogSettings | None:
    """What ``start_logs`` was told last, to be told to another process; None if nothing is written."""
    handlers = logging.getLogger("sigmine").handlers
    return next((one.settings for one in handlers if isinstance(one, _WholeLines)), None)


def log_readings(readings: Iterable[_Reading]) -> Iterator[_Reading]:
    """The readings as they come, each told when it passes."""
    for reading in readings:
        log_reading(reading)
        yield reading


def log_reading(reading: _Told, *, statements: int | None = None) -> None:
    """A line for a document: INFO if it was read, WARNING if not.

    Args:
        statements: how many relations were read, where the reading itself does not hold them.
    """
    fields: dict[str, Any] = {"document": reading.document}
    if reading.source:
        fields["source"] = reading.source
    if reading.failure is None:
        fields |= {
            "seconds": round(reading.seconds, 3),
            "words": reading.words,
            "statements": len(reading.evidence) if statements is None else statements,
        }
        _log.info("read", extra={"fields": fields})
        return
    _log.warning("not read", extra={"fields": fields | {"reason": hide_quotes(reading.failure)}})
    _log.debug("the reason: %s", reading.failure)


def log_known(document: str, source: str) -> None:
    """A line for a document that need not be read: nothing changed since it was."""
    _log.info("not read again", extra={"fields": {"document": document, "source": source}})


def log_run(out: Path, run: str, seconds: float) -> None:
    """A line for a run that is complete."""
    _log.info("the run is written", extra={"fields": {"out": str(out), "run": run, "seconds": round(seconds, 3)}})


def hide_quotes(reason: str) -> str:
    """The reason of a failure without what it may quote of the document."""
    if unexpected := _UNEXPECTED.match(reason):
        return unexpected[0]
    start, cut, _ = reason.partition(_CUT)
    start = _PARSER.sub(r"\1... \2", start)
    return _QUOTED.sub("'...'", start) + ("" if not cut else " ...")


class _WholeLines(logging.Handler):
    """Writes a record by one call of the system, so that lines of several processes never mix."""

    def __init__(self, settings: LogSettings) -> None:
        super().__init__()
        self.settings = settings
        self.setFormatter(_JsonLines() if settings.format == "json" else _TextLines())
        self._file: int | None = None
        if settings.file is not None:
            try:
                self._file = os.open(settings.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            except OSError as error:
                raise SigmineError(f"The log {settings.file} cannot be written: {error.strerror}.") from error

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record) + "\n"
        # A full disk or a closed terminal ends no run.
        with suppress(OSError):
            place = _find_standard_error() if self._file is None else self._file
            if place is not None:
                os.write(place, line.encode("utf-8", "backslashreplace"))
            else:
                sys.stderr.write(line)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
        super().close()


def _find_standard_error() -> int | None:
    """The file of standard error; None where it is none, as in tests."""
    try:
        sys.stderr.flush()
        return sys.stderr.fileno()
    except (OSError, ValueError, AttributeError):
        return None


def _format_time(record: logging.LogRecord) -> str:
    seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
    return f"{seconds}.{int(record.msecs):03d}Z"


def _get_fields(record: logging.LogRecord) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = getattr(record, "fields", {})
    return fields


class _TextLines(logging.Formatter):
    """``TIME LEVEL logger: message name=value ...``; a traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={_show(value)}" for name, value in _get_fields(record).items())
        message = _CONTROL.sub(_escape, record.getMessage())
        line = f"{_format_time(record)} {record.levelname} {record.name}: {message}{fields}"
        return line if not record.exc_info else f"{line}\n{self.formatException(record.exc_info)}"


class _JsonLines(logging.Formatter):
    """An object a line: ``time`` (UTC), ``level``, ``logger``, ``message``, and what belongs to the message."""

    def format(self, record: logging.LogRecord) -> str:
        row: dict[str, Any] = {
            "time": _format_time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
            **_get_fields(record),
        }
        if record.exc_info:
            row["traceback"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=True, default=str)


def _show(value: object) -> str:
    text = str(value)
    plain = bool(text) and not re.search(r"[\s\"'=]", text)
    return _CONTROL.sub(_escape, text if plain else json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]
