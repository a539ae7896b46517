"""Logs: one JSON object a line, or plain lines on a terminal."""

import logging
import sys

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

LONGEST = 200
"""How many characters are told to operators of a text that a client made."""

logger = logging.getLogger("rolegraph")


def configure(level: str) -> None:
    """Write everything, Uvicorn's messages included, to standard error: as JSON, or plainly to a terminal."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain() if sys.stderr.isatty() else _json())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def bounded(text: str, longest: int = LONGEST) -> str:
    """Return a text, or the beginning of one that is too long."""
    return text if len(text) <= longest else f"{text[: longest - 3]}..."


class _Plain(logging.Formatter):
    """Writes for people: what a text holds can neither steer the terminal nor begin a line of its own."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and indented below it all further ones, such as a traceback's."""
        return "\n    ".join(map(_visible, super().format(record).split("\n")))


def _visible(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def _json() -> logging.Formatter:
    return JsonFormatter(
        "%(levelname)s %(name)s %(message)s",
        rename_fields={"levelname": "level", "name": "logger"},
        timestamp="time",
        # Uvicorn adds its messages once more with terminal colours.
        reserved_attrs=[*RESERVED_ATTRS, "color_message"],
    )
