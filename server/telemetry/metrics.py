"""Prometheus metrics. No label has a value that a client can invent."""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response

from server.responses import NO_STORE
from server.telemetry.record import METHODS, RequestRecord
from server.telemetry.shared_metrics import FOLDER

_UNMEASURED = frozenset({"/healthz", "/readyz"})
_OPERATION_ROUTES = frozenset({"/graphql", "/compare/{left}/{right}", "/occupation/{key}"})
"""The routes that run an operation."""

_UNKNOWN = frozenset({"PERSISTED_DOCUMENT_NOT_FOUND", "PERSISTED_QUERY_NOT_FOUND"})
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_COSTS = (1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)


class Metrics:
    """The metrics of one application. Several worker processes report the metrics of all of them."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._folder = os.environ.get(FOLDER)
        if self._folder:
            MultiProcessCollector(self._registry, self._folder)  # type: ignore[no-untyped-call]
        # With several processes, the collector reads the metrics of all from the folder.
        registry = None if self._folder else self._registry

        def counters(name: str, documentation: str, *labels: str) -> Callable[..., Counter]:
            # Without the cache, the lookup by labels would take most of the time.
            return cache(Counter(name, documentation, labels, registry=registry).labels)

        self._requests = counters(
            "rolegraph_http_requests",
            "Answered requests, without those for this page.",
            *("route", "method", "status"),
        )
        durations = Histogram(
            "rolegraph_http_request_duration_seconds",
            "Seconds from the request to the last byte of the response, without health checks.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._durations = cache(durations.labels)
        self._operations = counters(
            "rolegraph_operations",
            "Operations by outcome: ok, partial (fields have errors), or an error's code.",
            "outcome",
        )
        self._costs = Histogram(
            "rolegraph_operation_cost", "Cost of admitted operations.", buckets=_COSTS, registry=registry
        )
        self._in_flight = Gauge(
            "rolegraph_operations_in_flight",
            "Operations in flight.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self._statements = Counter("rolegraph_statements", "Database statements of operations.", registry=registry)
        self._documents = counters(
            "rolegraph_documents",
            "Documents by whether they were in the document cache.",
            "remembered",
        )
        self._executions = counters(
            "rolegraph_executions",
            "Operations by executor: compiled, stock (Strawberry), or replayed (Strawberry after compiled).",
            "executor",
        )
        self._faults = Counter(
            "rolegraph_execution_faults",
            "Operations replayed because of a fault in the compiled program.",
            registry=registry,
        )
        self._answers = counters(
            "rolegraph_answers",
            "Responses by source: run, memory (the answer cache), or shared with an equal request.",
            "source",
        )
        self._limits = counters("rolegraph_limits_exceeded", "Refusals by the limit that was exceeded.", "limit")
        self._rate_limits = counters(
            "rolegraph_rate_limit",
            "Requests by the rate limiter's decision: allowed, refused, or away while Valkey is unavailable.",
            "outcome",
        )
        self._persisted = counters(
            "rolegraph_persisted_documents",
            "Documents named by hash or id: found or missing.",
            "outcome",
        )
        self._shortages = counters(
            "rolegraph_out_of_descriptors",
            "Shortages of file descriptors: seconds without one to accept with, or requests without one for a file.",
            "at",
        )

        self._unsent = Gauge(
            "rolegraph_unsent_bytes",
            "Bytes of responses that wait for clients to read them. A body that several clients are sent counts once.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self._slow_readers = counters(
            "rolegraph_slow_readers",
            "Connections closed because their clients did not read: by timeout, or for the memory of others.",
            "reason",
        )

    def count(self, record: RequestRecord) -> None:
        """Count an answered request."""
        route = record.route or "none"
        if route == "/metrics":
            return
        method = record.method if record.method in METHODS else "other"
        self._requests(route, method, str(record.status)).inc()
        if route not in _UNMEASURED:
            self._durations(route).observe(record.seconds)
        if route in _OPERATION_ROUTES:
            self._count_operation(record)

    def set_in_flight(self, operations: int) -> None:
        """Set the number of operations that are running in this process."""
        self._in_flight.set(operations)

    def count_shortage(self, where: str) -> None:
        """Count a shortage of file descriptors."""
        self._shortages(where).inc()

    def set_unsent(self, bytes_: int) -> None:
        """Set the number of bytes that wait in this process for clients to read them."""
        self._unsent.set(bytes_)

    def count_slow_reader(self, reason: str) -> None:
        """Count a connection that is closed because its client does not read."""
        self._slow_readers(reason).inc()

    def page(self, _: Request) -> Response:
        """Answer with all metrics. Starlette runs this in a thread, so that no other request waits for it."""
        if self._folder:
            _remove_dead_gauges(Path(self._folder))
        text = generate_latest(self._registry)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, **NO_STORE})

    def _count_operation(self, record: RequestRecord) -> None:
        if record.outcome is not None:
            self._operations(record.outcome).inc()
        if record.remembered is not None:
            self._documents("yes" if record.remembered else "no").inc()
        if record.cost is not None:
            self._costs.observe(record.cost)
        if record.source is not None:
            self._answers(record.source).inc()
        if record.executor is not None:
            self._count_execution(record, record.executor)
        for limit in record.limits:
            self._limits(limit).inc()
        if record.rate_limit is not None:
            self._rate_limits(record.rate_limit).inc()
        if record.named:
            self._persisted("found").inc()
        elif record.outcome in _UNKNOWN:
            self._persisted("missing").inc()

    def _count_execution(self, record: RequestRecord, executor: str) -> None:
        self._executions(executor).inc()
        if record.fault:
            self._faults.inc()
        if record.statements:
            self._statements.inc(record.statements)


def _remove_dead_gauges(folder: Path) -> None:
    """Remove the gauges of killed processes, which had operations in flight. Their counters stay."""
    for file in folder.glob("gauge_live*.db"):
        if not _is_alive(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        # On Windows os.kill would end the process.
        return True
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
