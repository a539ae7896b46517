"""Metrics for Prometheus. No label has a value that a client can make up."""

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
from server.telemetry.record import METHODS, Record
from server.telemetry.shared_metrics import FOLDER

_UNMEASURED = frozenset({"/healthz", "/readyz"})
_ASKING = frozenset({"/graphql", "/compare/{left}/{right}", "/occupation/{key}"})
"""The routes that ask for an operation."""

_UNKNOWN = frozenset({"PERSISTED_DOCUMENT_NOT_FOUND", "PERSISTED_QUERY_NOT_FOUND"})
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_COSTS = (1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)


class Metrics:
    """The metrics of one application; in a process that has siblings, they are told of all together."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._folder = os.environ.get(FOLDER)
        if self._folder:
            MultiProcessCollector(self._registry, self._folder)  # type: ignore[no-untyped-call]
        # Those in a folder are read from there.
        registry = None if self._folder else self._registry

        def counters(name: str, documentation: str, *labels: str) -> Callable[..., Counter]:
            # Its own look for the counter of some labels would take most of the time.
            return cache(Counter(name, documentation, labels, registry=registry).labels)

        self._requests = counters(
            "rolegraph_http_requests",
            "Requests that were answered; those for this page are left out.",
            *("route", "method", "status"),
        )
        durations = Histogram(
            "rolegraph_http_request_duration_seconds",
            "How long it took to answer, to the last byte; health checks are left out.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._durations = cache(durations.labels)
        self._operations = counters(
            "rolegraph_operations",
            "Operations by outcome: ok, partial (fields have errors), or the code of what broke or was refused.",
            "outcome",
        )
        self._costs = Histogram(
            "rolegraph_operation_cost", "What admitted operations cost.", buckets=_COSTS, registry=registry
        )
        self._in_flight = Gauge(
            "rolegraph_operations_in_flight",
            "Operations that are running.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self._statements = Counter("rolegraph_statements", "Statements that operations ran.", registry=registry)
        self._documents = counters(
            "rolegraph_documents",
            "Documents that were asked for: whether they were remembered, or had to be read.",
            "remembered",
        )
        self._executions = counters(
            "rolegraph_executions",
            "Operations that were run, by executor: compiled, stock, or replayed on stock after a surprise.",
            "executor",
        )
        self._faults = Counter(
            "rolegraph_execution_faults", "Compiled operations that failed by their own fault.", registry=registry
        )
        self._answers = counters(
            "rolegraph_answers",
            "Answers by source: run, memory, or shared with one who asked the same meanwhile.",
            "source",
        )
        self._limits = counters("rolegraph_limits_exceeded", "Limits for which operations were refused.", "limit")
        self._rate_limits = counters(
            "rolegraph_rate_limit",
            "Requests by what the rate limiter said: allowed, refused, or away where Valkey could not be asked.",
            "outcome",
        )
        self._persisted = counters(
            "rolegraph_persisted_documents",
            "Documents that were named instead of sent: whether they were found or missing.",
            "outcome",
        )

    def count(self, record: Record) -> None:
        """Count a request that has been answered."""
        route = record.route or "none"
        if route == "/metrics":
            return
        method = record.method if record.method in METHODS else "other"
        self._requests(route, method, str(record.status)).inc()
        if route not in _UNMEASURED:
            self._durations(route).observe(record.seconds)
        if route in _ASKING:
            self._count_operation(record)

    def set_in_flight(self, operations: int) -> None:
        """Take note of how many operations are running in this process."""
        self._in_flight.set(operations)

    def page(self, _: Request) -> Response:
        """Answer with all metrics. Starlette runs this in a thread, so that nobody waits for it."""
        if self._folder:
            _forget_the_dead(Path(self._folder))
        text = generate_latest(self._registry)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, **NO_STORE})

    def _count_operation(self, record: Record) -> None:
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

    def _count_execution(self, record: Record, executor: str) -> None:
        self._executions(executor).inc()
        if record.fault:
            self._faults.inc()
        if record.statements:
            self._statements.inc(record.statements)


def _forget_the_dead(folder: Path) -> None:
    """Drop what processes that were killed had in flight. What they have counted stays."""
    for file in folder.glob("gauge_live*.db"):
        if not _lives(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    if sys.platform == "win32":
        # The signal is no question there.
        return True
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
