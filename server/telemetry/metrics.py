"""Prometheus metrics. No label has a value that a client can invent."""

import os
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.responses import Response

from server.responses import NO_STORE
from server.telemetry.numbers import Key, Numbers, of_processes
from server.telemetry.record import METHODS, RequestRecord
from server.telemetry.shared_metrics import FOLDER

_UNMEASURED = frozenset({"/healthz", "/readyz"})
_OPERATION_ROUTES = frozenset(
    {
        "/graphql",
        "/compare/{left}/{right}",
        "/compare/{left}/{right}/{third}",
        "/compare/{left}/{right}/{third}/{fourth}",
        "/occupation/{key}",
    }
)
"""The routes that run an operation."""

_UNKNOWN = frozenset({"PERSISTED_DOCUMENT_NOT_FOUND", "PERSISTED_QUERY_NOT_FOUND"})


class _Declared(NamedTuple):
    """A metric as the page describes it."""

    documentation: str
    labels: Sequence[str] = ()


class _Histogram(NamedTuple):
    """A histogram with the upper bounds of its buckets; there is one more without a bound."""

    documentation: str
    bounds: Sequence[float]
    labels: Sequence[str] = ()


_REQUESTS = "rolegraph_http_requests"
_OPERATIONS = "rolegraph_operations"
_STATEMENTS = "rolegraph_statements"
_DOCUMENTS = "rolegraph_documents"
_EXECUTIONS = "rolegraph_executions"
_FAULTS = "rolegraph_execution_faults"
_ANSWERS = "rolegraph_answers"
_LIMITS = "rolegraph_limits_exceeded"
_RATE_LIMIT = "rolegraph_rate_limit"
_PERSISTED = "rolegraph_persisted_documents"
_SHORTAGES = "rolegraph_out_of_descriptors"
_SLOW_READERS = "rolegraph_slow_readers"

_COUNTERS = {
    _REQUESTS: _Declared("Answered requests, without those for this page.", ("route", "method", "status")),
    _OPERATIONS: _Declared(
        "Operations by outcome: ok, partial (fields have errors), or an error's code.", ("outcome",)
    ),
    _STATEMENTS: _Declared("Database statements of operations."),
    _DOCUMENTS: _Declared("Documents by whether they were in the document cache.", ("remembered",)),
    _EXECUTIONS: _Declared(
        "Operations by executor: compiled, stock (Strawberry), or replayed (Strawberry after compiled).", ("executor",)
    ),
    _FAULTS: _Declared("Operations replayed because of a fault in the compiled program."),
    _ANSWERS: _Declared(
        "Responses by source: run, memory (the answer cache), or shared with an equal request.", ("source",)
    ),
    _LIMITS: _Declared("Refusals by the limit that was exceeded.", ("limit",)),
    _RATE_LIMIT: _Declared(
        "Requests by the rate limiter's decision: allowed, refused, or away while Valkey is unavailable.", ("outcome",)
    ),
    _PERSISTED: _Declared("Documents named by hash or id: found or missing.", ("outcome",)),
    _SHORTAGES: _Declared(
        "Shortages of file descriptors: seconds without one to accept with, or requests without one for a file.",
        ("at",),
    ),
    _SLOW_READERS: _Declared(
        "Connections closed because their clients did not read: by timeout, or for the memory of others.", ("reason",)
    ),
}

_IN_FLIGHT = "rolegraph_operations_in_flight"
_UNSENT = "rolegraph_unsent_bytes"

_GAUGES = {
    _IN_FLIGHT: _Declared("Operations in flight."),
    _UNSENT: _Declared(
        "Bytes of responses that wait for clients to read them. A body that several clients are sent counts once."
    ),
}

_DURATIONS = "rolegraph_http_request_duration_seconds"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_COSTS = "rolegraph_operation_cost"
_COST_BOUNDS = (1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)

_HISTOGRAMS = {
    _DURATIONS: _Histogram(
        "Seconds from the request to the last byte of the response, without health checks.", _SECONDS, ("route",)
    ),
    _COSTS: _Histogram("Cost of admitted operations.", _COST_BOUNDS),
}

_SUM = "sum"
"""Stands in a histogram's key for the sum of what it observed; a number stands for a bucket."""


class Metrics(Collector):
    """The metrics of one application. Several worker processes report the metrics of all of them.

    A request only adds to numbers, see ``Numbers``. They become prometheus-client's metrics when they are scraped.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(self)
        folder = os.environ.get(FOLDER)
        self._folder = Path(folder) if folder else None
        numbers = Numbers(self._folder)
        self._all = numbers.all
        self._values, self._places = numbers.values, numbers.places
        self._shapes: dict[tuple[object, ...], Sequence[int]] = {}
        self._durations: dict[str, Sequence[int]] = {}
        """The places of each route's histogram."""
        self._costs = self._places_of_histogram(_COSTS)
        self.set_in_flight(0)
        self.set_unsent(0)

    def count(self, record: RequestRecord) -> None:
        """Count an answered request."""
        route = record.route or "none"
        if route == "/metrics":
            return
        values, seconds, cost = self._values, record.seconds, record.cost
        # Adding an integer would take half as many instructions again.
        for place in self._counted(record, route):
            values[place] += 1.0
        if route not in _UNMEASURED:
            durations = self._durations.get(route)
            if durations is None:
                durations = self._durations[route] = self._places_of_histogram(_DURATIONS, route)
            values[durations[bisect_left(_SECONDS, seconds)]] += 1.0
            values[durations[-1]] += seconds
        if cost is not None and route in _OPERATION_ROUTES:
            values[self._costs[bisect_left(_COST_BOUNDS, cost)]] += 1.0
            values[self._costs[-1]] += cost
            if record.statements and record.executor is not None:
                values[self._places[_STATEMENTS,]] += record.statements

    def _counted(self, record: RequestRecord, route: str) -> Sequence[int]:
        """Return the places of the numbers that a request adds one to. Requests without an error share few lists."""
        method = record.method if record.method in METHODS else "other"
        if record.errors:
            return self._places_of(record, route, method)
        shape = (
            route,
            method,
            record.status,
            record.errors is None,
            record.remembered,
            record.source,
            record.executor,
            record.fault,
            record.rate_limit,
            record.named,
        )
        counted = self._shapes.get(shape)
        if counted is None:
            counted = self._shapes[shape] = self._places_of(record, route, method)
        return counted

    def set_in_flight(self, operations: int) -> None:
        """Set the number of operations that are running in this process."""
        self._values[self._places[_IN_FLIGHT,]] = operations

    def count_shortage(self, where: str) -> None:
        """Count a shortage of file descriptors."""
        self._values[self._places[_SHORTAGES, where]] += 1

    def set_unsent(self, bytes_: int) -> None:
        """Set the number of bytes that wait in this process for clients to read them."""
        self._values[self._places[_UNSENT,]] = bytes_

    def count_slow_reader(self, reason: str) -> None:
        """Count a connection that is closed because its client does not read."""
        self._values[self._places[_SLOW_READERS, reason]] += 1

    def page(self) -> Response:
        """Return the page of all metrics."""
        text = generate_latest(self._registry)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, **NO_STORE})

    def collect(self) -> Iterable[Metric]:
        """Yield all metrics, of all processes together."""
        found: defaultdict[str | int, dict[Key, float]] = defaultdict(dict)
        for key, value in self._totals().items():
            found[key[0]][key[1:]] = value
        for name, (documentation, labels) in _COUNTERS.items():
            counter = CounterMetricFamily(name, documentation, labels=labels)
            for key, value in (found[name] or ({} if labels else {(): 0.0})).items():
                counter.add_metric([*map(str, key)], value)
            yield counter
        for name, (documentation, labels) in _GAUGES.items():
            gauge = GaugeMetricFamily(name, documentation, labels=labels)
            gauge.add_metric([], found[name].get((), 0.0))
            yield gauge
        for name, histogram in _HISTOGRAMS.items():
            yield _family(name, histogram, found[name])

    def describe(self) -> Iterable[Metric]:
        """Return nothing: the registry need not check names that are all above."""
        return ()

    def _totals(self) -> Mapping[Key, float]:
        """Return the sums over all processes. Gauges of killed ones, which had operations in flight, are left out."""
        if self._folder is None:
            return self._all()
        totals: defaultdict[Key, float] = defaultdict(float)
        for process, numbers in of_processes(self._folder):
            alive = _is_alive(process)
            for key, value in numbers.items():
                if alive or key[0] not in _GAUGES:
                    totals[key] += value
        return totals

    def _places_of_histogram(self, name: str, *labels: str) -> Sequence[int]:
        """Return the places of a histogram's buckets, and then that of its sum."""
        buckets = range(len(_HISTOGRAMS[name].bounds) + 1)
        return [self._places[name, *labels, bucket] for bucket in (*buckets, _SUM)]

    def _places_of(self, record: RequestRecord, route: str, method: str) -> Sequence[int]:
        keys: list[Key] = [(_REQUESTS, route, method, record.status)]
        if route in _OPERATION_ROUTES:
            keys += _keys_of_operation(record)
        return [self._places[key] for key in keys]


def _keys_of_operation(record: RequestRecord) -> Iterator[Key]:
    outcome = record.outcome
    if outcome is not None:
        yield _OPERATIONS, outcome
    if record.remembered is not None:
        yield _DOCUMENTS, "yes" if record.remembered else "no"
    if record.source is not None:
        yield _ANSWERS, record.source
    if record.executor is not None:
        yield _EXECUTIONS, record.executor
    if record.fault:
        yield (_FAULTS,)
    for limit in record.limits:
        yield _LIMITS, limit
    if record.rate_limit is not None:
        yield _RATE_LIMIT, record.rate_limit
    if record.named:
        yield _PERSISTED, "found"
    elif outcome in _UNKNOWN:
        yield _PERSISTED, "missing"


def _family(name: str, declared: _Histogram, found: Mapping[Key, float]) -> HistogramMetricFamily:
    """Return a histogram from the numbers of its buckets, which do not contain each other yet."""
    family = HistogramMetricFamily(name, declared.documentation, labels=declared.labels)
    bounds = [*map(str, map(float, declared.bounds)), "+Inf"]
    for labels in _labels(found) or ([] if declared.labels else [()]):
        counts = accumulate(found.get((*labels, bucket), 0.0) for bucket in range(len(bounds)))
        buckets = [*zip(bounds, counts, strict=True)]
        family.add_metric([*map(str, labels)], buckets, found.get((*labels, _SUM), 0.0))
    return family


def _labels(found: Mapping[Key, float]) -> list[Key]:
    """Return the distinct labels of a histogram's numbers."""
    return [*dict.fromkeys(key[:-1] for key in found)]


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        # On Windows os.kill would end the process.
        return True
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
