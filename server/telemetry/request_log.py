"""The request log: one line for each request, with the id that its response has in X-Request-Id."""

import json
import logging
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from itertools import count
from random import random
from typing import Any
from urllib.parse import quote

import orjson

from server.settings import Settings
from server.telemetry.logs import bounded, json_lines, logger
from server.telemetry.record import RequestRecord

_DEBUG_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
_LEVELS = {level: logging.getLevelName(level) for level in (logging.DEBUG, logging.INFO)}
_DELETE = b"\x7f"
"""The one ASCII character that neither prints nor has to be escaped in JSON."""


def request_ids() -> Iterator[str]:
    """Yield request ids that are unique over all processes: half random, half a counter."""
    prefix = secrets.token_hex(8)
    return (f"{prefix}{number:016x}" for number in count(secrets.randbits(32)))


class RequestLog:
    """Logs requests that have been answered. Of those without an error it may log only a share."""

    def __init__(self, settings: Settings) -> None:
        self._share = settings.log_share

    def add(self, record: RequestRecord) -> None:
        """Log a request."""
        level = logging.DEBUG if record.path in _DEBUG_PATHS else logging.INFO
        if not logger.isEnabledFor(level) or (self._share < 1 and _succeeded(record) and random() >= self._share):  # noqa: S311 - no secret
            return
        lines = json_lines()
        if lines is None:
            logger.log(level, "%s", _message(record), extra=_fields(record, {}))
        else:
            lines.add(_json(level, record))


def _succeeded(record: RequestRecord) -> bool:
    return record.status == HTTPStatus.OK and not record.errors


def _message(record: RequestRecord) -> str:
    return f"{_quoted(bounded(record.method), bounded(record.path))} {record.status}"


# Few different ones are frequent, and quoting takes a quarter of the time of a line.
@lru_cache(maxsize=500)
def _quoted(method: str, path: str) -> str:
    """Return a method and a path, which the client chooses, so that they cannot start a new line."""
    return f"{bounded(quote(method))} {bounded(quote(path))}"


def _json(level: int, record: RequestRecord) -> str:
    """Return the line that the formatter of other records would make, as ASCII without control characters."""
    # Logged values stay in this order. One dictionary is filled because joining two takes a tenth of a line's time.
    fields = _fields(record, {"level": _LEVELS[level], "logger": logger.name, "message": _message(record)})
    fields["time"] = datetime.now(UTC)
    line = orjson.dumps(fields)
    return line.decode() if line.isascii() and _DELETE not in line else json.dumps(orjson.loads(line))


def _fields(record: RequestRecord, fields: dict[str, Any]) -> dict[str, Any]:
    """Add the fields of a line, without those that are unknown."""
    fields["request_id"] = record.request_id
    fields["method"] = bounded(record.method)
    fields["path"] = bounded(record.path)
    if record.client is not None:
        fields["client"] = record.client
    fields["status"] = record.status
    fields["duration_ms"] = round(1000 * record.seconds, 2)
    if record.operation is not None:
        fields["operation"] = bounded(record.operation)
    if record.document is not None:
        fields["document"] = record.document
    if record.cost is not None:
        fields["cost"] = record.cost
    if record.document is not None:
        fields["statements"] = record.statements
    if record.source is not None:
        fields["source"] = record.source
    if record.errors is not None:
        fields["errors"] = record.codes
        if limits := record.limits:
            fields["limits"] = limits
    if record.trace_id is not None:
        fields["trace_id"] = record.trace_id
    return fields
