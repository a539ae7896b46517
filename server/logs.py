"""Logs: one JSON object a line, or plain lines on a terminal."""

import logging
import sys

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

logger = logging.getLogger("rolegraph")


def configure(level: str) -> None:
    """Write everything, Uvicorn's messages included, to standard error: as JSON, or plainly to a terminal."""
    handler = logging.StreamHandler()
    handler.setFormatter(_plain() if sys.stderr.isatty() else _json())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def _plain() -> logging.Formatter:
    return logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%H:%M:%S")


def _json() -> logging.Formatter:
    return JsonFormatter(
        "%(levelname)s %(name)s %(message)s",
        rename_fields={"levelname": "level", "name": "logger"},
        timestamp="time",
        # Uvicorn adds its messages once more with terminal colours.
        reserved_attrs=[*RESERVED_ATTRS, "color_message"],
    )
