"""Logs: one JSON object a line, or plain lines on a terminal."""

import logging
import sys
import time
from math import inf

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

MAX_LENGTH = 200
"""Characters of a client's text in logs and traces."""

logger = logging.getLogger("rolegraph")


def configure(level: str) -> None:
    """Log everything, Uvicorn's messages included, to standard error: as JSON, or as plain lines to a terminal."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain() if sys.stderr.isatty() else _json())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


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
