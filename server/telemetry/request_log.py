"""One line in the log for each request, and an id that leads from an answer to its line."""

import logging
import secrets
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote

from server.telemetry.logs import bounded, logger
from server.telemetry.record import Record

_UNEVENTFUL = frozenset({"/healthz", "/readyz", "/metrics"})


def request_ids() -> Iterator[str]:
    """Yield ids that no other request has, of this process or another: half chance, half a number."""
    chance = secrets.token_hex(8)
    return (f"{chance}{number:016x}" for number in count(secrets.randbits(32)))


def log(record: Record) -> None:
    """Log how a request went."""
    level = logging.DEBUG if record.path in _UNEVENTFUL else logging.INFO
    if logger.isEnabledFor(level):
        _log(record, level)


def _log(record: Record, level: int) -> None:
    fields = {
        "request_id": record.request_id,
        "method": bounded(record.method),
        "path": bounded(record.path),
        "status": record.status,
        "duration_ms": round(1000 * record.seconds, 2),
        "operation": record.operation and bounded(record.operation),
        "document": record.document,
        "cost": record.cost,
        "statements": record.document and record.statements,
        "source": record.source,
        "errors": None if record.errors is None else record.codes,
        "limits": record.limits or None,
        "trace_id": record.trace_id,
    }
    logger.log(
        level,
        # Method and path are the client's: quoted, they can't break out of their line.
        "%s %s %s",
        bounded(quote(record.method)),
        bounded(quote(record.path)),
        record.status,
        extra={name: value for name, value in fields.items() if value is not None},
    )
