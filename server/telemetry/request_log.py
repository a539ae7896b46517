"""The request log: one line for each request, with the id that its response has in X-Request-Id."""

import logging
import secrets
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote

from server.telemetry.logs import bounded, logger
from server.telemetry.record import RequestRecord

_DEBUG_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})


def request_ids() -> Iterator[str]:
    """Yield request ids that are unique over all processes: half random, half a counter."""
    prefix = secrets.token_hex(8)
    return (f"{prefix}{number:016x}" for number in count(secrets.randbits(32)))


def log(record: RequestRecord) -> None:
    """Log a request that has been answered."""
    level = logging.DEBUG if record.path in _DEBUG_PATHS else logging.INFO
    if logger.isEnabledFor(level):
        _log(record, level)


def _log(record: RequestRecord, level: int) -> None:
    fields = {
        "request_id": record.request_id,
        "method": bounded(record.method),
        "path": bounded(record.path),
        "client": record.client,
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
        # The client chooses method and path. Quoted, they cannot start a new line.
        "%s %s %s",
        bounded(quote(record.method)),
        bounded(quote(record.path)),
        record.status,
        extra={name: value for name, value in fields.items() if value is not None},
    )
