"""Logs: one JSON object a line, or plain lines on a terminal."""

import logging
import sys
import time
from collections.abc import Callable
from math import inf
from typing import TextIO

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

MAX_LENGTH = 200
"""Characters of a client's text in logs and traces."""

logger = logging.getLogger("rolegraph")


FLUSH_SECONDS = 0.25
"""The time for which an answered request may wait to be logged with others: what a killed process loses."""

_PIPE_BYTES = 4096
"""Maximum bytes of lines that are written together.

Linux writes this many to a pipe in one piece, so that no line of another process can come in between.
"""


class JsonLines(logging.StreamHandler[TextIO]):
    """A handler that also takes lines which are JSON already, and writes several of those together.

    A line about a request takes 2 microseconds this way, and 40 with a log record, a formatter and a write of its
    own. Records, which any thread may log, are written at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(_json())
        self._lines: list[str] = []
        self._size = 0
        """The bytes of the lines, with their line breaks."""
        self._waiting: set[Callable[[], None]] = set()
        """Functions that add the lines which are still to be made."""

    def add(self, line: str) -> None:
        """Add a line of ASCII, in the event loop. It is written with the next ``flush``, or before."""
        length = len(line) + 1
        if self._size + length > _PIPE_BYTES:
            self.flush()
        self._lines.append(line)
        self._size += length

    def expect(self, add_lines: Callable[[], None]) -> None:
        """Call a function that adds lines before the log ends, unless it has been called by then."""
        self._waiting.add(add_lines)

    def finish(self) -> None:
        """Have all lines added, and write them."""
        while self._waiting:
            self._waiting.pop()()
        self.flush()

    def close(self) -> None:
        """Write all lines. The logging module calls this when the process exits."""
        self.finish()
        super().close()

    def flush(self) -> None:
        """Write the lines that have been added."""
        assert self.lock is not None  # noqa: S101 - logging creates it
        with self.lock:
            # A record may be written in another thread while the event loop adds a line.
            number, self._size = len(self._lines), 0
            if number:
                self.stream.write("\n".join((*self._lines[:number], "")))
                del self._lines[:number]
            super().flush()


_json_lines: JsonLines | None = None


def json_lines() -> JsonLines | None:
    """Return the handler that writes JSON; None if the log is plain or not configured."""
    return _json_lines


def finish() -> None:
    """Write all lines that wait to be made and written."""
    if _json_lines is not None:
        _json_lines.finish()


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
