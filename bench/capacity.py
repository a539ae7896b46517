"""``python -m bench.capacity``: what a number of requests a second takes, from measured CPU times and hit rates.

A model of the deployment of docs/scaling.md. CPU times are those that ``python -m bench.cpu_by_part`` measured. Hit
rates follow from how popular requests are and from the sizes and times of caches. docs/scaling.md has the assumptions
and the output.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, expm1, log

from server.answer_cache import OVERHEAD, STORABLE_RESPONSE
from server.settings import Settings

# Measured, microseconds of CPU time.

NGINX_HIT = 25
NGINX_PASSED = 95
HAPROXY = 95
HAPROXY_STATEMENT = 50
"""For each statement: connections to the database pass through HAProxy, too."""
PGBOUNCER = 50
"""For each statement."""
VERSION = 75
"""Of the database, for each read of the version of the data."""
VALKEY = 40
"""Of Valkey, for each charge that it is asked about."""
VALKEY_CLIENT = 136
"""Of the worker, for the same."""
VERSION_SECONDS = 0.001
"""Time until the version of the data is read through PgBouncer. A worker reads it once at a time."""


@dataclass(frozen=True)
class RequestType:
    """A type of request. The one of rank n is requested 1/n times as often as the first (Zipf's law with s = 1)."""

    name: str
    part: float
    """Of all requests. Assumed."""
    different: int
    """The number of different requests; 0 if each is sent once."""
    http_cached: bool
    """Whether nginx keeps responses."""
    sent: int
    """Bytes of a response, compressed."""
    body: int
    """Bytes of a response in the answer cache; 0 if it is not cached there."""
    hit: float
    """CPU time of a server that has the answer."""
    rows: float
    """CPU time of a server that has the rows."""
    cold: float
    """CPU time of a server that has neither."""
    statements: float
    """Database statements for the rows."""
    database: float
    """CPU time of the database for them."""


OCCUPATIONS = 830
ROWS = 450_000
"""Rows that the pages of all occupations read, most of them wages in places."""
PAIRS = OCCUPATIONS * (OCCUPATIONS - 1)
DOCUMENTS = 6
"""Documents of a comparison page, each of which is a request."""

TYPES = (
    RequestType(
        "documents of comparison pages", 0.60, PAIRS * DOCUMENTS, True, 3_600, 16_000, 195, 1_700, 8_600, 14.1, 4_100
    ),
    RequestType("comparison pages (HTML)", 0.10, PAIRS, False, 11_400, 0, 0, 6_400, 22_700, 30.0, 7_500),
    RequestType("files of pages", 0.10, 40, True, 15_000, 0, 0, 500, 500, 0, 0),
    RequestType("comparisons by POST", 0.12, PAIRS, False, 1_200, 900, 145, 250, 1_400, 3.6, 460),
    RequestType("search, letter by letter", 0.07, 60_000, False, 2_200, 2_000, 195, 1_700, 4_000, 7.2, 980),
    RequestType("documents not seen before", 0.01, 0, False, 1_100, 900, 0, 2_400, 2_800, 3.4, 490),
)

# Assumed.

LOADS = (100, 1_000, 3_000, 10_000, 30_000, 100_000)
"""Requests a second that reach nginx."""
USED = 0.6
"""The part of each core that is used at that load. The rest is for peaks, and for what a lost machine leaves."""
CORES = 8
"""Of a machine."""
DOLLARS_PER_CORE_HOUR = 0.04
GIGABITS = 10
"""A second, of the network of a machine."""
TOGETHER = 5
"""Requests that a client sends within a second and that reach servers, of which any may go to any worker."""


@dataclass(frozen=True)
class Caches:
    """Settings of the servers."""

    cache_seconds: int = 3_600
    answer_cache_bytes: int = Settings.model_fields["answer_cache_bytes"].default
    row_cache_rows: int = Settings.model_fields["row_cache_rows"].default


VARIANTS = (
    ("as above", Caches()),
    ("`CACHE_SECONDS=86400`", Caches(cache_seconds=86_400)),
    ("`ROW_CACHE_ROWS=900000`", Caches(row_cache_rows=900_000)),
    ("`ANSWER_CACHE_BYTES=1000000000`", Caches(answer_cache_bytes=1_000_000_000)),
    ("all three", Caches(86_400, 1_000_000_000, 900_000)),
)
"""Larger caches, which take memory: a worker needs 0.5 GB for as many rows, and as many bytes as its answers have."""

# Popularity and hit rates.

_PRECISION = 0.001

Bin = tuple[float, float]
"""A number of different requests, and the rate of each."""


@lru_cache
def zipf(different: int) -> Sequence[Bin]:
    """Return the probabilities of requests by Zipf's law with s = 1: exact for the first 100, then by groups."""
    edges = [*range(1, min(100, different) + 1)]
    while edges[-1] < different:
        edges.append(min(different, ceil(edges[-1] * 1.05)))
    groups = [(1.0, 1.0)]
    for before, last in pairwise(edges):
        number = last - before
        # The mean of 1/n over the group.
        groups.append((number, 1 / last if number == 1 else log((last + 0.5) / (before + 0.5)) / number))
    total = sum(number * weight for number, weight in groups)
    return [(number, weight / total) for number, weight in groups]


def after_http_cache(bins: Sequence[Bin], seconds: float) -> list[Bin]:
    """Return what a cache that keeps each response for some seconds passes on."""
    return [(number, rate / (1 + rate * seconds)) for number, rate in bins]


def kept_for(bins: Sequence[tuple[float, float, float]], capacity: float) -> float:
    """Return the time for which a least recently used entry stays in a cache (Che's approximation).

    Bins are a number of entries, the rate of each, and its weight. The time may be infinite.
    """

    def weight(time: float) -> float:
        return sum(number * each * -expm1(-rate * time) for number, rate, each in bins)

    low, high = 1e-6, 1e12
    if weight(high) <= capacity:
        return high
    while high / low > 1 + _PRECISION:
        middle = (low * high) ** 0.5
        low, high = (low, middle) if weight(middle) > capacity else (middle, high)
    return low


def hit_rate(bins: Sequence[Bin], time: float) -> float:
    """Return the part of requests whose answer is in a cache that keeps answers for a time since their last use."""
    total = sum(number * rate for number, rate in bins)
    return sum(number * rate * -expm1(-rate * time) for number, rate in bins) / total if total else 0.0


# What a load takes.


@dataclass(frozen=True)
class Part:
    """A part of the deployment: the cores that are busy in it, and those that it has."""

    name: str
    busy: float
    cores: int
    machines: int
    used: float
    """Of its scarcest resource, which may be its network instead of its cores."""


@dataclass(frozen=True)
class Plan:
    """What a load takes."""

    load: int
    http_hits: float
    """The part of requests that nginx answers."""
    memory_hits: float
    """The part of requests to servers whose answer is in a worker's memory."""
    gigabits: float
    statements: float
    """Database statements a second."""
    charges: float
    """Charges a second that Valkey is asked about."""
    parts: Sequence[Part]

    @property
    def cores(self) -> int:
        """All cores that are paid for."""
        return sum(part.cores for part in self.parts)

    @property
    def dollars_per_million(self) -> float:
        """The price of a million requests, if the load lasts."""
        return self.cores * DOLLARS_PER_CORE_HOUR / 3600 / self.load * 1e6


@dataclass(frozen=True)
class _Passed:
    """Requests of a type that reach servers: all of them, and those of each rank."""

    type: RequestType
    rate: float
    bins: Sequence[Bin]


def plan(load: int, caches: Caches | None = None) -> Plan:
    """Return what a load takes: one machine with SQLite if that is enough, or all parts."""
    for machines in range(1, 1_000):
        # Each nginx has a cache of its own, which more of them fill less.
        found = _planned(load, machines, caches or Caches())
        if found.parts[0].machines <= machines:
            return found
    raise AssertionError


def _planned(load: int, nginxes: int, caches: Caches, *, apart: bool = False) -> Plan:
    passed = [_passed(each, load * each.part, nginxes, caches.cache_seconds) for each in TYPES]
    to_servers = sum(each.rate for each in passed)
    hits = _memory_hits(passed, caches.answer_cache_bytes)
    rows = rows_in_memory(caches.row_cache_rows)
    cpu = statements = database = answered = 0.0
    for each, hit in zip(passed, hits, strict=True):
        answered += each.rate * hit
        run = each.rate * (1 - hit)
        # What reads no cached rows costs the same each time.
        cold = 1 - rows if each.type.rows < each.type.cold else 1
        cpu += each.rate * hit * each.type.hit + run * ((1 - cold) * each.type.rows + cold * each.type.cold)
        statements += run * cold * each.type.statements
        database += run * cold * each.type.database / 1e6
    gigabits = load * sum(each.part * each.sent for each in TYPES) * 8 / 1e9
    nginx = ((load - to_servers) * NGINX_HIT + to_servers * NGINX_PASSED) / 1e6
    alone = nginx + cpu / 1e6
    if not apart and alone <= CORES * USED and nginxes == 1:
        cores = max(2, ceil(alone / USED))
        one = Part("the one machine", alone, cores, 1, max(alone / cores, gigabits / GIGABITS))
        return Plan(load, 1 - to_servers / load, answered / to_servers, gigabits, 0, 0, [one])
    # What a worker adds for the others, and how many workers there are, depend on each other.
    workers, busy, charges = 1.0, 0.0, 0.0
    for _ in range(50):
        charges = to_servers * workers * (1 - (1 - 1 / workers) ** TOGETHER) / TOGETHER
        busy = (cpu + charges * VALKEY_CLIENT) / 1e6
        workers = max(1.0, busy / USED)
    # Each operation that is run reads the version before and after, each answer from memory before.
    wanted = (2 * to_servers - answered) / workers
    versions = workers * wanted / (1 + wanted * VERSION_SECONDS)
    statements += versions
    database += versions * VERSION / 1e6
    servers = ceil(busy / USED / CORES)
    parts = [
        _part("nginx", nginx, CORES, gigabits),
        _part("HAProxy", (to_servers * HAPROXY + statements * HAPROXY_STATEMENT) / 1e6, CORES),
        _part("servers", busy, CORES),
        # One on each machine with servers, with one thread.
        Part("PgBouncer", statements * PGBOUNCER / 1e6, servers, 0, statements * PGBOUNCER / 1e6 / servers),
        _part("replicas", database, CORES),
        # For imports, and where a replica is lost.
        Part("primary", 0, 2, 1, 0),
        _part("Valkey", charges * VALKEY / 1e6, 1),
    ]
    return Plan(load, 1 - to_servers / load, answered / to_servers, gigabits, statements, charges, parts)


def _part(name: str, busy: float, cores: int, gigabits: float = 0) -> Part:
    """Return a part of as many machines as it takes; the last one has only the cores that are needed."""
    machines = max(1, ceil(busy / USED / cores), ceil(gigabits / USED / GIGABITS))
    bought = max(machines, ceil(busy / USED))
    return Part(name, busy, bought, machines, max(busy / bought, gigabits / GIGABITS / machines))


def _passed(kind: RequestType, rate: float, nginxes: int, seconds: int) -> _Passed:
    if not kind.different:
        return _Passed(kind, rate, ())
    bins = [(number, each * rate) for number, each in zipf(kind.different)]
    if kind.http_cached:
        bins = [
            (number, each * nginxes)
            for number, each in after_http_cache([(number, each / nginxes) for number, each in bins], seconds)
        ]
    return _Passed(kind, sum(number * each for number, each in bins), bins)


def rows_in_memory(capacity: int) -> float:
    """Return the part of rows that a worker has. Occupations are as popular as pairs are: by Zipf's law."""
    bins = zipf(OCCUPATIONS)
    return hit_rate(bins, kept_for([(number, rate, ROWS / OCCUPATIONS) for number, rate in bins], capacity / 2))


def _memory_hits(passed: Sequence[_Passed], capacity: int) -> list[float]:
    """Return the part of each type that the answer cache answers.

    Each worker gets the same mixture, of which more workers each get less. So the part does not depend on their number.
    An answer is only sure to stay while half of the capacity is added.
    """
    held = [
        (number, rate, OVERHEAD + STORABLE_RESPONSE + each.type.body)
        for each in passed
        if each.type.body
        for number, rate in each.bins
    ]
    # A document that is never sent again takes room, too.
    held += [(each.rate * 1e9, 1e-9, OVERHEAD + each.type.body) for each in passed if not each.type.different]
    time = kept_for(held, capacity / 2)
    return [hit_rate(each.bins, time) if each.type.body else 0.0 for each in passed]


def table() -> list[str]:
    """Return the lines of the table in docs/scaling.md."""
    titles = ("requests/s", "nginx", "memory", "machines (busy cores)", "cores", "Gbit/s", "$/million")
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for load in LOADS:
        found = plan(load)
        parts = ", ".join(
            f"{part.machines} {part.name} ({part.busy:.1f})" if part.machines != 1 else f"{part.name} ({part.busy:.1f})"
            for part in found.parts
            if part.machines
        )
        lines.append(
            f"| {load:,} | {found.http_hits:.0%} | {found.memory_hits:.0%} | {parts} | {found.cores} | "
            f"{found.gigabits:.2f} | {found.dollars_per_million:.3f} |"
        )
    return lines


def variants() -> list[str]:
    """Return the lines of the table of larger caches, at the highest load."""
    lines = ["| settings | nginx | memory | rows in memory | cores | $/million |", "|---|---|---|---|---|---|"]
    for name, caches in VARIANTS:
        found, rows = plan(LOADS[-1], caches), rows_in_memory(caches.row_cache_rows)
        lines.append(
            f"| {name} | {found.http_hits:.0%} | {found.memory_hits:.0%} | {rows:.0%} | {found.cores} | "
            f"{found.dollars_per_million:.3f} |"
        )
    return lines


def full_at(name: str) -> int:
    """Return the requests a second at which one machine of a part is used as much as it should be, in hundreds."""
    low, high = 100, 1_000_000
    while high - low > LOADS[0]:
        middle = (low + high) // 2
        [part] = [part for part in _planned(middle, 1, Caches(), apart=True).parts if part.name == name]
        low, high = (middle, high) if part.machines == 1 else (low, middle)
    return round(low, -2)


def limits() -> list[str]:
    """Return the lines of the table of what is full first."""
    full = sorted((full_at(name), name) for name in ("nginx", "HAProxy", "servers", "replicas", "Valkey"))
    return ["| one machine of | is full at requests/s |", "|---|---|", *(f"| {name} | {at:,} |" for at, name in full)]


def main() -> int:
    """Print the tables."""
    sys.stdout.writelines(f"{line}\n" for line in [*table(), "", *limits(), "", *variants()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
