"""The request log: one line for each request, with the id that its response has in X-Request-Id."""

import json
import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from random import random
from typing import Any
from urllib.parse import quote

import orjson

from bounded_cache import GenerationalCache
from server.settings import Settings
from server.telemetry.logs import MAX_LENGTH, bounded, json_lines, logger
from server.telemetry.record import RequestRecord

_DEBUG_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
_LEVELS = {level: logging.getLevelName(level) for level in (logging.DEBUG, logging.INFO)}
_DELETE = b"\x7f"
"""The one ASCII character that neither prints nor has to be escaped in JSON."""

_FORMS = 1000
"""Forms of lines that are kept, at most 2 MB."""

_MILLISECOND = 0.001

_BLANK = secrets.token_hex(16)
"""Stands in a form for what differs from line to line. No text of a client has it."""


def request_ids() -> Iterator[str]:
    """Yield request ids that are unique over all processes: half random, half a counter."""
    prefix = secrets.token_hex(8)
    return (f"{prefix}{number:016x}" for number in count(secrets.randbits(32)))


class RequestLog:
    """Logs requests that have been answered. Of those without an error it may log only a share."""

    def __init__(self, settings: Settings) -> None:
        self._share = settings.log_share
        self._names_clients = settings.log_client_address
        self._forms = GenerationalCache[tuple[object, ...], Sequence[str]](_FORMS)
        self._since, self._time = 0.0, ""
        """The time of an earlier line, and its text."""

    def add(self, record: RequestRecord) -> None:
        """Log a request."""
        level = logging.DEBUG if record.path in _DEBUG_PATHS else logging.INFO
        if not logger.isEnabledFor(level) or (self._share < 1 and _succeeded(record) and random() >= self._share):  # noqa: S311 - no secret
            return
        client = record.client if self._names_clients else None
        lines = json_lines()
        if lines is None:
            logger.log(level, "%s", _message(record), extra=_fields(record, client))
        else:
            lines.add(self._line(level, record, client))

    def _line(self, level: int, record: RequestRecord, client: str | None) -> str:
        """Return the line that the formatter of other records would make, as ASCII without control characters.

        Most lines differ from an earlier one only in the request's id, duration and time. Filling these in takes 30% of
        the instructions of encoding all fields.
        """
        method, path, operation = record.method, record.path, record.operation
        if record.errors or record.trace_id is not None or len(method) + len(path) + len(operation or "") > MAX_LENGTH:
            return _encoded(_all_fields(level, record, client, self._text_of(record.time)))
        form = (
            level,
            method,
            path,
            client,
            record.status,
            operation,
            record.document,
            record.cost,
            record.statements,
            record.source,
            record.errors is None,
        )
        parts = self._forms.get(form)
        if parts is None:
            blank = dict.fromkeys(("request_id", "duration_ms"), _BLANK)
            parts = _encoded(_all_fields(level, record, client, _BLANK) | blank).split(f'"{_BLANK}"')
            self._forms.put(form, parts)
        before_id, before_duration, before_time, end = parts
        return (
            f'{before_id}"{record.request_id}"{before_duration}{1000 * record.seconds:.2f}'
            # Formatting the duration is twice as fast as rounding it.
            f'{before_time}"{self._text_of(record.time)}"{end}'
        )

    def _text_of(self, time: float) -> str:
        """Return a time, to the millisecond.

        The text is made at most once a millisecond. Making it for each line took a third of the line's instructions.
        """
        if not self._since <= time < self._since + _MILLISECOND:
            self._since = time
            self._time = datetime.fromtimestamp(time, UTC).isoformat(timespec="milliseconds")
        return self._time


def _succeeded(record: RequestRecord) -> bool:
    return record.status == HTTPStatus.OK and not record.errors


def _message(record: RequestRecord) -> str:
    # The client chooses the method and the path: quoted they can't start a new line.
    return f"{bounded(quote(bounded(record.method)))} {bounded(quote(bounded(record.path)))} {record.status}"


def _all_fields(level: int, record: RequestRecord, client: str | None, now: str) -> dict[str, Any]:
    """Return the fields of a line of JSON."""
    fields = {"level": _LEVELS[level], "logger": logger.name, "message": _message(record)} | _fields(record, client)
    return fields | {"time": now}


def _encoded(fields: Mapping[str, Any]) -> str:
    line = orjson.dumps(fields)
    return line.decode() if line.isascii() and _DELETE not in line else json.dumps(orjson.loads(line))


def _milliseconds(record: RequestRecord) -> float:
    return round(1000 * record.seconds, 2)


def _fields(record: RequestRecord, client: str | None) -> dict[str, Any]:
    """Return what a line says of a request, without what is unknown."""
    fields: dict[str, Any] = {
        "request_id": record.request_id,
        "method": bounded(record.method),
        "path": bounded(record.path),
    }
    if client is not None:
        fields["client"] = client
    fields["status"] = record.status
    fields["duration_ms"] = _milliseconds(record)
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
