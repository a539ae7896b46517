"""Logs: one JSON object a line, or plain lines on a terminal."""

import asyncio
import logging
import sys
import time
from collections import deque
from collections.abc import Iterator
from math import inf
from typing import TextIO

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

MAX_LENGTH = 200
"""Characters of a client's text in logs and traces."""

logger = logging.getLogger("rolegraph")


FLUSH_SECONDS = 0.25
"""The time for which a line about a request may wait to be written with others: what a killed process loses."""


_MAX_LINES = 100
"""Lines that wait to be written. More would leave the processor's cache before they are written."""

_PIPE_BYTES = 4096
"""Bytes that a pipe takes in one piece on Linux, so that they are not mixed with what other processes write to it."""


class JsonLines(logging.StreamHandler[TextIO]):
    """A handler that also takes lines which are JSON already, and writes those in one go a few times a second.

    A line about a request takes 2 microseconds this way, and 40 with a log record, a formatter and a write of its
    own. Records are written at once, after the lines that came before them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(_json())
        self._lines = deque[str]()

    def add(self, line: str) -> None:
        """Add a line of ASCII, in the event loop. It is written within FLUSH_SECONDS, at the latest at the exit."""
        if not self._lines:
            asyncio.get_running_loop().call_later(FLUSH_SECONDS, self.flush)
        self._lines.append(line)
        if len(self._lines) >= _MAX_LINES:
            self.flush()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        self.flush()
        super().emit(record)

    def flush(self) -> None:
        """Write all lines. The logging module calls this when the process exits."""
        assert self.lock is not None  # noqa: S101 - logging creates it
        with self.lock:
            for text in self._texts():
                self.stream.write(text)
            super().flush()

    def _texts(self) -> Iterator[str]:
        """Yield the lines, as many at a time as a pipe takes in one piece."""
        text: list[str] = []
        size = 0
        for _ in range(len(self._lines)):
            line = self._lines.popleft()
            size += len(line) + 1
            if size > _PIPE_BYTES and text:
                yield "\n".join((*text, ""))
                text, size = [], len(line) + 1
            text.append(line)
        if text:
            yield "\n".join((*text, ""))


_json_lines: JsonLines | None = None


def json_lines() -> JsonLines | None:
    """Return the handler that writes JSON; None if the log is plain or not configured."""
    return _json_lines


def flush() -> None:
    """Write the lines that wait to be written."""
    if _json_lines is not None:
        _json_lines.flush()


def configure(level: str) -> logging.Handler:
    """Log everything, Uvicorn's messages included, to standard error: as JSON, or as plain lines to a terminal."""
    global _json_lines  # noqa: PLW0603 - a process has one standard error
    _json_lines = None if sys.stderr.isatty() else JsonLines()
    handler = _json_lines or _plain()
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    return handler


def bounded(text: str, maximum: int = MAX_LENGTH) -> str:
    """Return a text, cut after a maximum of characters."""
    return text if len(text) <= maximum else f"{text[: maximum - 3]}..."


class OncePerMinute:
    """Says whether a line that could be logged often is due: at most once a minute."""

    def __init__(self) -> None:
        self._next = -inf

    def due(self) -> bool:
        """Return whether a minute has passed since this last returned true."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + 60
        return True


def _plain() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain())
    return handler


class _Plain(logging.Formatter):
    """Formats plain lines. No text can control the terminal or start a line of its own."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with further lines such as a traceback indented below it."""
        return "\n    ".join(map(_escaped, super().format(record).split("\n")))


def _escaped(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def _json() -> logging.Formatter:
    return JsonFormatter(
        "%(levelname)s %(name)s %(message)s",
        rename_fields={"levelname": "level", "name": "logger"},
        timestamp="time",
        # Uvicorn adds its messages again with terminal colors.
        reserved_attrs=[*RESERVED_ATTRS, "color_message"],
    )
