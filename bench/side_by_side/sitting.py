"""A benchmark run: all servers are compared, then measured in turn, round by round."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.side_by_side import revalidation, wrk
from bench.side_by_side.answers import DifferentAnswer, Json, canonical, first_difference, types, without_cursors
from bench.side_by_side.figures import Growth, HalfLoad, Measurement
from bench.side_by_side.occupations import Occupation
from bench.side_by_side.processes import Running
from bench.side_by_side.workloads import GROWTH, Dialect, Request, Workload

COMPARED = {
    "a": 1,
    "b": 200,
    "b2": 40,
    "b3": 40,
    "c": 12,
    "c1": 1,
    "d": 1,
    "e1": 40,
    "e2": 100,
    "f1": 40,
    "f2": 10,
    "f3": 10,
}
"""Number of answers that are compared in each workload."""

_MOST_A_SECOND = 20_000
"""Number of documents for each second of a workload that sends every document once."""

_WARMING_SECONDS = 1
_GROWTH_SECONDS = 2
_HALF_LOAD_SECONDS = 3


@dataclass(frozen=True)
class Sitting:
    """The settings of all measurements."""

    occupations: Sequence[Occupation]
    dialects: Mapping[str, Dialect]
    """By name of the servers with their own schema; "" is ours."""
    folder: Path
    rounds: int
    seconds: int

    def dialect(self, running: Running) -> Dialect:
        """Return a server's dialect."""
        return self.dialects.get(running.server.name, self.dialects[""])

    def compare(self, reference: Running, others: Sequence[Running], workloads: Sequence[Workload]) -> None:
        """Raise DifferentAnswer if a server's answers differ from the reference's."""
        for workload in workloads:
            asked = [other for other in others if workload.letter in other.server.workloads]
            right = list(self._answers(reference, workload))
            for other in asked:
                self._compare(right, other, workload)
            sys.stderr.write(f"{workload.letter}: {len(asked) + 1} servers give the same answers\n")

    def _answers(self, running: Running, workload: Workload) -> Iterator[tuple[Request, Json]]:
        requests = workload.requests(self.dialect(running), self.occupations)
        for request in islice(requests, COMPARED[workload.letter]):
            try:
                yield request, canonical(running.ask(request.body))
            except ValueError as error:
                raise DifferentAnswer(f"{running.server.name}, request {request}: {error}") from None

    def _compare(self, right: Sequence[tuple[Request, Json]], other: Running, workload: Workload) -> None:
        if workload.letter == "d" and other.server.own_schema:
            return
        shown = types if workload.letter == "d" else without_cursors if other.server.own_schema else _unchanged
        for (_, expected), (request, found) in zip(right, self._answers(other, workload), strict=True):
            if difference := first_difference(shown(expected), shown(found)):
                raise DifferentAnswer(f"{other.server.name}, request {request}: {difference}")

    def measure(self, workload: Workload, servers: Sequence[Running]) -> Iterator[Measurement]:
        """Measure servers in turn, after a warm-up round. All servers get the same requests in a round."""
        files = {name: self._bodies(workload, dialect, name) for name, dialect in self.dialects.items()}
        for number in range(self.rounds + 1):
            bodies = {name: next(made) for name, made in files.items()}
            for running in servers:
                name = running.server.name if running.server.name in bodies else ""
                seconds = self.seconds if number else _WARMING_SECONDS
                measured = self._measure(workload, running, bodies[name], seconds, number)
                if number:
                    yield measured

    def _bodies(self, workload: Workload, dialect: Dialect, name: str) -> Iterator[Path]:
        """Yield a file of bodies for each round, with new requests if the workload has enough of them."""
        requests, path = workload.requests(dialect, self.occupations), self.folder / f"bodies {name}"
        while True:
            write(path, islice(requests, self._size(workload)))
            yield path

    def _size(self, workload: Workload) -> int:
        pairs = len(self.occupations) * (len(self.occupations) - 1)
        return workload.size or min(_MOST_A_SECOND * self.seconds, pairs // (self.rounds + 1))

    def _measure(self, workload: Workload, running: Running, bodies: Path, seconds: int, number: int) -> Measurement:
        computed = running.cpu_seconds
        outcome = wrk.run(running.port, bodies, seconds)
        cpu = (running.cpu_seconds - computed) / outcome.seconds
        running.settle()
        if outcome.refused or outcome.broken:
            raise RuntimeError(f"{running.server.name}, {workload.letter}: {outcome}")
        if workload.size is None and outcome.requests > self._size(workload):
            raise RuntimeError(f"{running.server.name} received all documents of {workload.letter}: raise the limit")
        return Measurement(
            workload=workload.letter,
            server=running.server.name,
            round=number,
            requests_per_second=outcome.requests_per_second,
            p50_milliseconds=outcome.p50_milliseconds,
            p99_milliseconds=outcome.p99_milliseconds,
            cpu=cpu,
            peak_megabytes=running.peak_megabytes,
        )

    def revalidation(self, servers: Sequence[Running]) -> Iterator[Measurement]:
        """Measure servers in turn with the requests of browsers that have the responses."""
        path = self.folder / "revalidation"
        for number in range(self.rounds + 1):
            for running in servers:
                revalidation.write(path, running, self.occupations)
                seconds = self.seconds if number else _WARMING_SECONDS
                measured = self._measure(revalidation.WORKLOAD, running, path, seconds, number)
                if number:
                    yield measured

    def half_load(self, workload: Workload, running: Running, most: float) -> HalfLoad:
        """Measure a server at half of the requests per second that it can answer."""
        path = self.folder / "bodies at half load"
        seconds = max(_HALF_LOAD_SECONDS, self.seconds)
        requests = workload.requests(self.dialect(running), self.occupations)
        write(path, islice(requests, workload.size or round(most * seconds)))
        outcome = wrk.run_at(running.port, path, seconds, most / 2)
        running.settle()
        if outcome.broken:
            raise RuntimeError(f"{running.server.name}, {workload.letter} at half load: {outcome}")
        return HalfLoad(
            workload.letter,
            running.server.name,
            outcome.requests_per_second,
            outcome.p50_milliseconds,
            outcome.p99_milliseconds,
            outcome.refused,
        )

    def growth(self, running: Running) -> Iterator[Growth]:
        """Measure the CPU time for each occupation in an answer, by the number of occupations."""
        path = self.folder / "bodies of growth"
        costs: dict[str, dict[int, float]] = {}
        for kind, size, workload in GROWTH:
            write(path, islice(workload.requests(self.dialect(running), self.occupations), workload.size))
            wrk.run(running.port, path, _WARMING_SECONDS)
            computed = running.cpu_seconds
            # One connection, so that little time is spent on requests that are unanswered at the end.
            outcome = wrk.run(running.port, path, _GROWTH_SECONDS, connections=1)
            microseconds = 1_000_000 * (running.cpu_seconds - computed) / max(1, outcome.requests)
            costs.setdefault(kind, {})[size] = microseconds / size
        for kind, by_size in costs.items():
            yield Growth(running.server.name, kind, by_size)


def _unchanged(answer: Json) -> Json:
    return answer


def write(path: Path, requests: Iterator[Request]) -> None:
    """Write the bodies of requests to a file, one per line."""
    with path.open("wb") as file:
        file.writelines(request.body + b"\n" for request in requests)
