"""``make bench ARGS=--hostile``: what documents near the limits cost the server, and what other clients wait meanwhile.

Each document is sent to a new server process: once alone, for its CPU time and memory, and then by eight clients again
and again, with a new number each time. Meanwhile another client sends ``{ __typename }`` and ``GET /healthz`` every 50
milliseconds. Waits are counted from the time at which a request was due. The documents that the limits refuse follow,
each sent alone.

Prints Markdown tables. Exits with status 1 if a figure exceeds its bound. Requires Linux, because memory is read from
/proc. Other programs that use the processors make the waits longer; the first row shows by how much.
"""

import argparse
import http.client
import json
import math
import multiprocessing
import os
import re
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from bench.costly_documents import ADMITTED, ISSUED, Costly
from db.writing import writing
from seed.embedded import store_embedded
from tests.databases import running_server
from tests.server.hostile_documents import HOSTILE
from tests.server.processes import SECONDS, Server, serving

CLIENTS = 8
PERIOD_SECONDS = 0.05
MAX_CPU_SECONDS = 0.5
MAX_MEGABYTES = 100
MAX_ANSWER_BYTES = 5_000_000
MAX_P99_MILLISECONDS = {"typename": 50, "healthz": 100}
MAX_REFUSAL_MILLISECONDS = 50
REFUSALS = 5
"""The number of times that a refused document is sent. The shortest time counts, to leave out other load."""

_NICE = 19
_QUIET_SECONDS = 0.3
_PATIENCE = 3
"""How many times the measurement's length a client tries to catch up with a server that is late."""

_numbers = count(1)

IDLE = Costly("`{ __typename }`, sent once", "{ __typename }")
"""What the waits on this machine are without the clients."""


@dataclass(frozen=True)
class Waits:
    """What a client waited, in milliseconds."""

    p50: float
    p99: float
    max: float

    def __str__(self) -> str:
        return f"{self.p50:,.0f} / {self.p99:,.0f} / {self.max:,.0f}"


@dataclass(frozen=True)
class Figures:
    """The figures of one document."""

    database: str
    name: str
    bytes: int
    cost: int | None
    answer: str
    """The bytes of the answer, or the code of the error."""
    cpu_seconds: float
    megabytes: float
    """How far the peak of the process's memory was above its memory before."""
    typename: Waits
    healthz: Waits
    loaded_megabytes: float
    """The peak of the process's memory while the clients sent the document."""
    answers: dict[str, int] = field(default_factory=dict[str, int])
    """What the clients that sent the document got, by status and code."""

    @property
    def excesses(self) -> list[str]:
        """The bounds that the figures exceed."""
        found: list[str] = []
        if self.answer.isdigit() and int(self.answer) > MAX_ANSWER_BYTES:
            found.append("answer")
        if self.cpu_seconds > MAX_CPU_SECONDS:
            found.append("CPU")
        if self.megabytes > MAX_MEGABYTES:
            found.append("memory")
        waits = {"typename": self.typename, "healthz": self.healthz}
        return found + [name for name, maximum in MAX_P99_MILLISECONDS.items() if waits[name].p99 > maximum]


class Process:
    """The memory and CPU time of a process, from /proc."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")
        # The clock of another process's CPU time, as clock_getcpuclockid(3) returns it.
        self._clock = (~pid << 3) | 2

    @property
    def cpu_seconds(self) -> float:
        """CPU time so far."""
        return time.clock_gettime(self._clock)

    def memory(self, name: str) -> float:
        """Return VmRSS, the memory now, or VmHWM, its peak, in megabytes."""
        return int(re.findall(rf"{name}:\s+(\d+)", (self._folder / "status").read_text())[0]) / 1024

    def reset_peak(self) -> None:
        """Let the peak begin at the memory now."""
        (self._folder / "clear_refs").write_text("5")


def post(address: tuple[str, int], text: str, **extensions: object) -> tuple[int, bytes]:
    """Send a document on a new connection and return the status and the body of the response."""
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    connection.request("POST", "/graphql", *_post(text, **extensions))
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body


def _post(text: str, **extensions: object) -> tuple[bytes, dict[str, str]]:
    body = {"query": text, "extensions": extensions} if extensions else {"query": text}
    return json.dumps(body).encode(), {"Content-Type": "application/json"}


def code_of(body: bytes) -> str | None:
    """Return the code of a response without data; None if it has data."""
    answer = json.loads(body)
    code: str | None = None if "data" in answer else answer["errors"][0]["extensions"]["code"]
    return code


# The clients that send the document, in a process of their own so that they do not delay the other client


def _send(address: tuple[str, int], costly: Costly, ended: threading.Event, got: Counter[str]) -> None:
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    while not ended.is_set():
        try:
            connection.request("POST", "/graphql", *_post(costly.text(next(_numbers))))
            response = connection.getresponse()
            body = response.read()
            got[f"{response.status} {code_of(body) or ''}".strip()] += 1
        except (OSError, http.client.HTTPException) as error:
            got[type(error).__name__] += 1
            connection.close()


def _clients(address: tuple[str, int], costly: Costly, parent: Connection) -> None:
    # They stand for other machines, and must not take the processor from the client that is measured.
    os.nice(_NICE)
    ended, got = threading.Event(), Counter[str]()
    threads = [threading.Thread(target=_send, args=(address, costly, ended, got)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    parent.recv()
    ended.set()
    for thread in threads:
        thread.join()
    parent.send(dict(got))


@contextmanager
def sending(address: tuple[str, int], costly: Costly, answers: dict[str, int]) -> Generator[None]:
    """Have clients send a document inside this block; add what they got."""
    context = multiprocessing.get_context("spawn")
    parent, child = context.Pipe()
    process = context.Process(target=_clients, args=(address, costly, child))
    process.start()
    # Starting Python must not compete with the server for the processor.
    time.sleep(2)
    try:
        yield
    finally:
        parent.send(None)
        answers.update(parent.recv())
        process.join()


# The other client


def waits(address: tuple[str, int], request: tuple[str, ...], seconds: float) -> Waits:
    """Send a request every 50 milliseconds and return the waits from the time at which each was due."""
    found: list[float] = []
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    method, path, *text = request
    body, headers = _post(text[0]) if text else (None, {})
    begin = time.perf_counter()
    for number in range(math.ceil(seconds / PERIOD_SECONDS)):
        due = begin + number * PERIOD_SECONDS
        if time.perf_counter() > begin + _PATIENCE * seconds:
            break
        time.sleep(max(0, due - time.perf_counter()))
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"{path}: {response.status}")
        found.append(1000 * (time.perf_counter() - due))
    connection.close()
    cuts = statistics.quantiles(found, n=100, method="inclusive")
    return Waits(cuts[49], cuts[98], max(found))


def both_waits(address: tuple[str, int], seconds: float) -> tuple[Waits, Waits]:
    """Return what a client waits for ``{ __typename }`` and for ``GET /healthz``, on a connection each."""
    found: dict[str, Waits] = {}
    requests = {"typename": ("POST", "/graphql", "{ __typename }"), "healthz": ("GET", "/healthz")}

    def ask(name: str) -> None:
        found[name] = waits(address, requests[name], seconds)

    threads = [threading.Thread(target=ask, args=(name,)) for name in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found["typename"], found["healthz"]


# The measurements


@contextmanager
def serving_on(url: str, **environment: str) -> Generator[tuple[Server, tuple[str, int], Process]]:
    """Run a server; yield it with its address and its process. The version of the data has been read."""
    with serving(DATABASE_URL=url, LOG_LEVEL="info", **environment) as server:
        address = server.address()
        server.drain()
        post(address, "{ __typename }")
        yield server, address, Process(server.process.pid)


def measured(database: str, url: str, costly: Costly, seconds: float) -> Figures:
    """Return the figures of a document, on a new server."""
    text = costly.text(next(_numbers))
    answers: dict[str, int] = {}
    with serving_on(url) as (_, address, process):
        time.sleep(_QUIET_SECONDS)
        process.reset_peak()
        before, begin = process.memory("VmRSS"), process.cpu_seconds
        _, body = post(address, text, cost=True)
        cpu_seconds, megabytes = process.cpu_seconds - begin, process.memory("VmHWM") - before
        process.reset_peak()
        with nullcontext() if costly is IDLE else sending(address, costly, answers):
            typename, healthz = both_waits(address, seconds)
        return Figures(
            database,
            costly.name,
            len(text),
            _cost(body),
            code_of(body) or str(len(body)),
            cpu_seconds,
            megabytes,
            typename,
            healthz,
            process.memory("VmHWM"),
            answers,
        )


def _cost(body: bytes) -> int | None:
    """Return the cost that an answer reports, or that a refusal names."""
    answer = json.loads(body)
    if "extensions" in answer:
        requested: int = answer["extensions"]["cost"]["requested"]
        return requested
    for error in answer.get("errors", ()):
        if error["extensions"].get("limit") == "cost":
            value: int | None = error["extensions"].get("value")
            return value
    return None


def refused(url: str) -> list[tuple[float, str]]:
    """Return the milliseconds of each document that tests know to be refused or cheap, slowest first."""
    # With the number, documents of the maximum size exceed the default limit of a body.
    with serving_on(url, MAX_BODY_BYTES="200000") as (_, address, _process):
        return sorted(((_milliseconds(address, case.text), case.name) for case in HOSTILE), reverse=True)


def _milliseconds(address: tuple[str, int], text: str) -> float:
    times: list[float] = []
    for _ in range(REFUSALS):
        begin = time.perf_counter()
        post(address, f"#{next(_numbers)}\n{text}")
        times.append(1000 * (time.perf_counter() - begin))
    return min(times)


# The report

_HEAD = (
    "| document | asked, bytes | cost | answer, bytes | CPU, s | memory, MB "
    "| `{ __typename }` waits, ms | `/healthz` waits, ms | over its bound |\n|---|---|---|---|---|---|---|---|---|\n"
)


def row(figures: Figures) -> str:
    """Return a document's row of the table. Waits are the median, the 99th percentile and the maximum."""
    cells = (
        figures.name,
        f"{figures.bytes:,}",
        "" if figures.cost is None else f"{figures.cost:,}",
        f"{int(figures.answer):,}" if figures.answer.isdigit() else f"`{figures.answer}`",
        f"{figures.cpu_seconds:.3f}",
        f"{figures.megabytes:.0f}",
        str(figures.typename),
        str(figures.healthz),
        ", ".join(figures.excesses),
    )
    return f"| {' | '.join(cells)} |\n"


def _measure(database: str, url: str, options: argparse.Namespace) -> Generator[Figures]:
    sys.stdout.write(f"\n### {database}\n\n{_HEAD}")
    for costly in (IDLE, *ISSUED, *ADMITTED):
        if costly.name.startswith(tuple(options.only.split(","))):
            figures = measured(database, url, costly, options.seconds)
            sys.stdout.write(row(figures))
            sys.stdout.flush()
            sys.stderr.write(f"{figures.name}: {figures.loaded_megabytes:.0f} MB, {figures.answers}\n")
            yield figures


def seeded(url: str) -> str:
    """Store the data that comes with Rolegraph unless it is stored, and return the URL."""
    with writing(url) as session:
        store_embedded(session)
    return url


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure on both databases, print the tables and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("--database", choices=("SQLite", "PostgreSQL"), help="only on this database")
    parser.add_argument("--only", default="", help="only documents whose names start with one of these, with commas")
    parser.add_argument("--seconds", type=float, default=5, help="seconds for which clients send each document")
    parser.add_argument("--json", type=Path, help="file to write all figures to")
    options = parser.parse_args(arguments)
    data = Path(__file__).parent / "data"
    data.mkdir(exist_ok=True)
    found: list[Figures] = []
    slow: list[tuple[float, str]] = []
    if options.database != "PostgreSQL":
        url = seeded(f"sqlite:///{data / 'rolegraph.sqlite3'}")
        found += _measure("SQLite", url, options)
        if not options.only:
            slow = refused(url)
            sys.stdout.write("\n### Refused or cheap\n\n")
            sys.stdout.writelines(f"{milliseconds:8.1f} ms  {name}\n" for milliseconds, name in slow)
    if options.database != "SQLite":
        with running_server() as server:
            found += _measure("PostgreSQL", seeded(server.new_url()), options)
    if options.json:
        options.json.write_text(json.dumps([asdict(figures) for figures in found], indent=1))
    late = any(milliseconds > MAX_REFUSAL_MILLISECONDS for milliseconds, _ in slow)
    return int(late or any(figures.excesses for figures in found))


if __name__ == "__main__":
    sys.exit(main())
