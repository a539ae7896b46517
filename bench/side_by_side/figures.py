"""Tables of measurements: medians of rounds with their spread, and ratios within each round."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measurement:
    """One server under one workload in one round."""

    workload: str
    server: str
    round: int
    requests_per_second: float
    p50_milliseconds: float
    p99_milliseconds: float
    cpu: float
    """CPU seconds per second, of all processes of the server."""
    peak_megabytes: float

    @property
    def cpu_microseconds(self) -> float:
        """CPU time for each request, or for an unfinished first one."""
        return 1_000_000 * self.cpu / (self.requests_per_second or 1)


@dataclass(frozen=True)
class Spread:
    """The median, the minimum and the maximum of some figures."""

    median: float
    minimum: float
    maximum: float

    @classmethod
    def of(cls, figures: Iterable[float]) -> "Spread":
        """Return the spread of these figures."""
        listed = list(figures)
        return cls(median(listed), min(listed), max(listed))

    def text(self, pattern: str) -> str:
        """Format the spread, with each figure in a format such as ``,.0f``."""
        return f"{self.median:{pattern}} ({self.minimum:{pattern}} to {self.maximum:{pattern}})"


@dataclass(frozen=True)
class Claim:
    """A target ratio of our request rate to a peer's in some workloads; without a target, the ratio is only printed."""

    workloads: tuple[str, ...]
    ours: str
    theirs: str
    target: float | None = None


def _claims() -> Iterator[Claim]:
    rows, cold, default = "rolegraph rows", "rolegraph cold", "rolegraph default"
    yield Claim(("a",), default, "fixed bytes", 1.0)
    yield Claim(("a",), "rolegraph default, production", "fixed bytes, access log", 1.0)
    yield Claim(("a", "c1"), "rolegraph default, production", default, 0.75)
    yield Claim(("b", "b2", "c"), "rolegraph rows, production", rows, 0.9)
    yield Claim(("b2",), rows, "mercurius memory", 0.7)
    yield Claim(("b2",), rows, "mercurius SQL", 1.0)
    yield Claim(("b3",), default, "mercurius cached", 1.2)
    for target, ours, theirs in ((1.5, rows, "memory"), (2.5, rows, "SQL"), (1.0, cold, "SQL")):
        yield Claim(("b",), ours, f"mercurius {theirs}", target)
    for target, ours, theirs in ((1.5, rows, "memory"), (6.0, rows, "SQL"), (2.0, cold, "SQL")):
        yield Claim(("c",), ours, f"mercurius {theirs}", target)
    for workload, target in (("b", 4.0), ("c", 3.0)):
        yield Claim((workload,), "rolegraph PostgreSQL, rows", "postgraphile", target)
    for peer in ("mercurius", "yoga", "apollo"):
        yield Claim(("d", "e1"), rows, f"{peer} memory", 1.0)
        yield Claim(("e2",), rows, f"{peer} memory", 0.45 if peer == "mercurius" else 1.0)
        yield Claim(("a", "b", "c", "d"), default, f"{peer} cached", 1.0)
        yield Claim(("f1",), rows, f"{peer} memory")
        if peer != "mercurius":
            yield Claim(("b", "c"), rows, f"{peer} memory")
            yield Claim(("b", "c"), cold, f"{peer} SQL")
    yield Claim(("d", "e1", "e2"), "rolegraph rows", "postgraphile", 1.0)
    yield Claim(("b", "c", "d", "e1", "e2", "f1"), rows, "ariadne memory")
    yield Claim(("b", "c", "e1", "e2"), rows, "rolegraph stock Strawberry")
    yield Claim(("b", "c"), "rolegraph rows, two workers", rows, 1.7)
    yield Claim(("a", "b", "c"), "rolegraph default, two workers", default, 1.7)


CLAIMS = tuple(_claims())


def claimed(workload: str) -> set[str]:
    """Return the servers of the claims about a workload that have a target."""
    claims = [claim for claim in CLAIMS if workload in claim.workloads and claim.target is not None]
    return {server for claim in claims for server in (claim.ours, claim.theirs)}


def ratios(measurements: Sequence[Measurement], workload: str, ours: str, theirs: str) -> list[float]:
    """Return the ratio of our request rate to theirs in each round that has both."""
    rates = {(m.server, m.round): m.requests_per_second for m in measurements if m.workload == workload}
    return [
        rate / rates[theirs, number]
        for (server, number), rate in rates.items()
        if server == ours and rates.get((theirs, number))
    ]


def table_of(measurements: Sequence[Measurement], workload: str) -> list[str]:
    """Return the lines of a workload's table, the fastest server first."""
    by_server: dict[str, list[Measurement]] = {}
    for measurement in measurements:
        if measurement.workload == workload:
            by_server.setdefault(measurement.server, []).append(measurement)
    rows = [(Spread.of(m.requests_per_second for m in rounds), name, rounds) for name, rounds in by_server.items()]
    rows.sort(key=lambda row: -row[0].median)
    return [
        "| server | requests/s | p50 ms | p99 ms | CPU | CPU µs/request | peak MB |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {name} | {rate.text(',.0f')} | {median(m.p50_milliseconds for m in rounds):.2f} "
            f"| {median(m.p99_milliseconds for m in rounds):.2f} | {median(m.cpu for m in rounds):.2f} "
            f"| {median(m.cpu_microseconds for m in rounds):,.0f} "
            f"| {max(m.peak_megabytes for m in rounds):.0f} |"
            for rate, name, rounds in rows
        ),
    ]


def claims_table(measurements: Sequence[Measurement], claims: Sequence[Claim] = CLAIMS) -> list[str]:
    """Return the lines of the table of ratios of which both sides are measured."""
    found = [
        (workload, claim, Spread.of(figures))
        for claim in claims
        for workload in claim.workloads
        if (figures := ratios(measurements, workload, claim.ours, claim.theirs))
    ]
    return [
        "| workload | ours | theirs | ours / theirs | target | | p99 ms, ours and theirs |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {workload} | {claim.ours} | {claim.theirs} | {spread.text('.2f')} | {_judged(claim, spread)} "
            f"| {_p99(measurements, workload, claim.ours):.1f} and {_p99(measurements, workload, claim.theirs):.1f} |"
            for workload, claim, spread in sorted(found, key=lambda row: row[0])
        ),
    ]


def _p99(measurements: Sequence[Measurement], workload: str, server: str) -> float:
    return median(m.p99_milliseconds for m in measurements if (m.workload, m.server) == (workload, server))


def _judged(claim: Claim, spread: Spread) -> str:
    if claim.target is None:
        return "|"
    return f"{claim.target} | {'yes' if spread.median >= claim.target else 'NO'}"


@dataclass(frozen=True)
class HalfLoad:
    """The response times of a server under half of the load that it can bear."""

    workload: str
    server: str
    requests_per_second: float
    p50_milliseconds: float
    p99_milliseconds: float
    refused: int
    """Requests that arrived while the server had too many others."""


def half_load_table(found: Sequence[HalfLoad]) -> list[str]:
    """Return the lines of the table of response times, by workload."""
    return [
        "| workload | server | requests/s | p50 ms | p99 ms | refused |",
        "|---|---|---|---|---|---|",
        *(
            f"| {one.workload} | {one.server} | {one.requests_per_second:,.0f} | {one.p50_milliseconds:.2f} "
            f"| {one.p99_milliseconds:.2f} | {one.refused:,} |"
            for one in sorted(found, key=lambda one: (one.workload, one.p99_milliseconds))
        ),
    ]


@dataclass(frozen=True)
class Growth:
    """A server's CPU time for each occupation in an answer, by the number of occupations."""

    server: str
    kind: str
    microseconds: dict[int, float]


def growth_table(growths: Sequence[Growth]) -> list[str]:
    """Return the lines of the table of costs by size."""
    return [
        "| server | answer | microseconds for each occupation |",
        "|---|---|---|",
        *(
            f"| {growth.server} | {growth.kind} | "
            + ", ".join(f"{cost:.1f} of {size}" for size, cost in growth.microseconds.items())
            + " |"
            for growth in growths
        ),
    ]
