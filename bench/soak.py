"""``python -m bench.soak``: a server under mixed traffic while its database fails and its data is replaced.

Well-behaved and hostile clients send requests to a server over many loopback connections, by default for ten minutes
for each number of workers. Some hostile documents cost as much as the limits admit, and some clients request long
responses and read nothing. Meanwhile, PostgreSQL is stopped and restarted, and the wages of all occupations change
between two states. Each response must be the complete one of either state. The only other valid response is a 503
with Retry-After, and only while the database is down, the data is being replaced or the server is overloaded.

Prints the number of responses by type, the latencies of well-behaved clients, and the memory and descriptors of the
server's processes. Exits with status 1 after any fault. Requires Linux, because memory and descriptors are read from
/proc.
"""

import argparse
import asyncio
import json
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from sqlalchemy import update
from sqlmodel import col

from bench.costly_documents import ADMITTED
from bench.hostile import code_of, seeded
from db.models import NATION, Wage
from db.postgresql import FAILOVER_SECONDS
from db.writing import writing
from server.document_store import hash_of
from server.settings import split_list
from tests.databases import PostgreSQLServer, running_server
from tests.seed.oews_release import CELLS, DIRECTORS, as_flat_files
from tests.server.hostile_documents import HOSTILE
from tests.server.processes import Server, finish, serving, serving_forked, start_forked

POOL_SIZE = 10
WARMED_UP = 0.5
"""The fraction of the time after which caches are full and connections open, so that memory must not grow further."""

ALLOWED_GROWTH_MB = 40
ALLOWED_MB = 400
SAMPLES = 20
"""The number of times that the memory is read."""

PIPELINED = 30
"""The number of requests that such a client sends at once."""

LONG = f"{{ occupations(first: 100) {{ nodes {{ {' '.join(f'{chr(97) * 90}{n}: title' for n in range(29))} }} }} }}"
"""A document with a response of 400 kB."""

_ANSWERED, _UNCHANGED, _UNAVAILABLE = 200, 304, 503
_DATABASE_DOWN = frozenset({"DATABASE_UNAVAILABLE", "EXECUTION_TIMEOUT"})
_ANY_TIME = frozenset({"DATA_CHANGING", "OVERLOADED"})

QUERIES = (
    """query Pair { comparison(left: {code: "27-2012"}, right: {code: "27-2031"}) {
        summary salary { annualMean { left right absolute verdict }
            percentiles { percentile difference { left right } } }
        jobs { left right } caveats
    } }""",
    """query Page { occupations(first: 50, orderBy: {field: MEAN_WAGE, direction: DESC}) { totalCount nodes {
        title salary { annual { mean median } employment source { release } } education { mostCommonDegree }
    } } }""",
    """query One { occupation(by: {code: "27-2012"}) {
        title salary { annual { mean p10 p90 } employment }
        salaries(first: 10) { nodes { area { name } annual { mean } } }
    } }""",
    'query Find { search(text: "producrs and director") { matchedTitle occupation { salary { annual { mean } } } } }',
    "query Sources { sources { name release publisher } }",
)


@dataclass
class Traffic:
    """The state of a run: correct responses, counts of actual ones, latencies and faults."""

    address: tuple[str, int]
    end: float
    right: dict[str, list[bytes]]
    answers: Counter[str] = field(default_factory=Counter[str])
    seconds: list[float] = field(default_factory=list[float])
    faults: list[str] = field(default_factory=list[str])
    megabytes: list[float] = field(default_factory=list[float])
    database_down: bool = False

    def fault(self, text: str) -> None:
        """Record something that must not happen."""
        self.faults.append(text[:300])


class Connection:
    """A client's keep-alive connection, reopened when needed."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """Send a request and return the status, the headers and the body of the response."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._address)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:-2])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            await self.close()
        return int(head[0].split()[1]), headers, body

    async def close(self) -> None:
        """Close the connection."""
        if self._streams:
            _, writer = self._streams
            self._streams = None
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


def post(body: object) -> bytes:
    """Return a POST request."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(content)}"
    return f"{head}\r\n\r\n".encode() + content


def get(query: str, tag: str = "") -> bytes:
    """Return a GET request, conditional if there is an ETag."""
    held = f"If-None-Match: {tag}\r\n" if tag else ""
    return f"GET /graphql?{urlencode({'query': query})} HTTP/1.1\r\nHost: x\r\n{held}\r\n".encode()


# Clients


async def well_behaved(traffic: Traffic, connection: Connection, tags: dict[str, tuple[str, bytes]]) -> None:
    """Send a valid request and compare the response with the correct ones."""
    query = random.choice(QUERIES)  # noqa: S311 - no secret
    by_hash = {"persistedQuery": {"version": 1, "sha256Hash": hash_of(query)}}
    tag, _ = tags.get(query, ("", b""))
    requests = (
        post({"query": query}),
        post({"query": query, "extensions": by_hash}),
        post({"extensions": by_hash}),
        get(query),
        get(query, tag),
    )
    begin = time.perf_counter()
    status, headers, body = await connection.exchange(random.choice(requests))  # noqa: S311 - no secret
    took = time.perf_counter() - begin
    traffic.answers[f"valid {status}"] += 1
    if status == _ANSWERED and b"PersistedQueryNotFound" not in body:
        traffic.seconds.append(took)
        if body not in traffic.right[query]:
            traffic.fault(f"wrong response: {body.decode()}")
        if "etag" in headers:
            tags[query] = headers["etag"], body
    elif status == _UNAVAILABLE:
        code = json.loads(body)["errors"][0]["extensions"]["code"]
        traffic.answers[f"valid 503 {code}"] += 1
        expected = code in _ANY_TIME or (code in _DATABASE_DOWN and traffic.database_down)
        if "retry-after" not in headers or not expected:
            traffic.fault(f"unexpected 503: {body.decode()}")
        await asyncio.sleep(float(headers.get("retry-after", 1)) * random.random())  # noqa: S311 - no secret
    elif status not in (_ANSWERED, _UNCHANGED):
        traffic.fault(f"status {status}: {body.decode()}")


async def hostile(traffic: Traffic, connection: Connection) -> None:
    """Send a hostile document, for which the error code is known."""
    case = random.choice(HOSTILE)  # noqa: S311 - no secret
    status, _, body = await connection.exchange(post({"query": f"#{random.random()}\n{case.text}"}))  # noqa: S311
    traffic.answers[f"hostile {status}"] += 1
    codes = [error["extensions"]["code"] for error in json.loads(body).get("errors", ())]
    if status == _UNAVAILABLE and (traffic.database_down or codes[0] in _ANY_TIME):
        return
    if (codes[0] if codes else None) != case.code:
        traffic.fault(f"{case.name}: {status} {body.decode()}")


async def costly(traffic: Traffic, connection: Connection) -> None:
    """Send a document near the largest cost, with a new number."""
    document = random.choice(ADMITTED)  # noqa: S311 - no secret
    status, headers, body = await connection.exchange(post({"query": document.text(random.randrange(10**6))}))  # noqa: S311
    code = code_of(body) or ""
    traffic.answers[f"costly {status} {code}".strip()] += 1
    if status == _UNAVAILABLE:
        # The costliest operations are the first that a busy server does not run in time.
        expected = (
            code in _ANY_TIME or code == "EXECUTION_TIMEOUT" or (code in _DATABASE_DOWN and traffic.database_down)
        )
        if "retry-after" not in headers or not expected:
            traffic.fault(f"{document.name}: unexpected 503: {body.decode()}")
    elif status != _ANSWERED or code not in ("", "LIMIT_EXCEEDED"):
        traffic.fault(f"{document.name}: {status} {body.decode()}")


async def not_reading(traffic: Traffic) -> None:
    """Request long responses and read nothing, until the server disconnects."""
    loop = asyncio.get_running_loop()
    while time.monotonic() < traffic.end:
        with socket.socket() as client, suppress(OSError):
            client.setblocking(False)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            await loop.sock_connect(client, traffic.address)
            requests = (post({"query": f"#{random.randrange(10**9)}\n{LONG}"}) for _ in range(PIPELINED))  # noqa: S311
            await loop.sock_sendall(client, b"".join(requests))
            # Sending fails when the server has disconnected.
            while time.monotonic() < traffic.end:
                await asyncio.sleep(1)
                await loop.sock_sendall(client, b"\r\n")
        traffic.answers["not reading: disconnected"] += time.monotonic() < traffic.end
        await asyncio.sleep(0.1)


# In turn, so that each is sent in a short run too.
_MALFORMED = cycle(
    (
        (post(b"{"), 400),
        (post(b"\xff" * 1000), 400),
        (post(b"[" * 50_000), 400),
        (post(b"x" * 200_000), 413),
        (b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"DELETE /graphql HTTP/1.1\r\nHost: x\r\n\r\n", 405),
    )
)


async def malformed(traffic: Traffic, connection: Connection) -> None:
    """Send a request that is not valid GraphQL over HTTP."""
    request, expected = next(_MALFORMED)
    status, _, body = await connection.exchange(request)
    traffic.answers[f"malformed {status}"] += 1
    if status != expected:
        traffic.fault(f"{status} instead of {expected}: {body.decode()}")


async def rude(traffic: Traffic) -> None:
    """Disconnect in the middle of a request, or send bytes that are not HTTP."""
    reader, writer = await asyncio.open_connection(*traffic.address)
    query = post({"query": QUERIES[0]})
    writer.write(random.choice((query[:-10], query[:20], query, b"\x16\x03\x01" * 50)))  # noqa: S311 - no secret
    with suppress(OSError, TimeoutError):
        await asyncio.wait_for(reader.read(100), 0.05)
    writer.close()
    traffic.answers["disconnected"] += 1


async def client(traffic: Traffic, pause: float) -> None:
    """Send requests of all types, most of them valid, until the end. Pause for some seconds before each."""
    connection, tags = Connection(traffic.address), dict[str, tuple[str, bytes]]()
    while time.monotonic() < traffic.end:
        await asyncio.sleep(pause)
        draw = random.random()  # noqa: S311 - no secret
        try:
            if draw < 0.8:  # noqa: PLR2004 - 80%
                await well_behaved(traffic, connection, tags)
            elif draw < 0.86:  # noqa: PLR2004 - 6%
                await hostile(traffic, connection)
            elif draw < 0.9:  # noqa: PLR2004 - 4%
                await costly(traffic, connection)
            elif draw < 0.96:  # noqa: PLR2004
                await malformed(traffic, connection)
            else:
                await rude(traffic)
        except (OSError, asyncio.IncompleteReadError) as error:
            traffic.fault(f"connection lost: {error!r}")
            await connection.close()
    await connection.close()


# Disturbances


class States(Protocol):
    """Two states of the data, stored in turn."""

    async def store_next(self) -> None:
        """Store the other state."""
        ...


class Wages:
    """The data that comes with Rolegraph, with its own national wages and with twice as much."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._factor = 0.5
        seeded(url)

    async def store_next(self) -> None:
        """Multiply all national means."""
        self._factor = 1 / self._factor
        await asyncio.to_thread(self._multiply)

    def _multiply(self) -> None:
        mean = col(Wage.annual_mean)
        with writing(self._url) as session:
            session.execute(update(Wage).where(col(Wage.area_code) == NATION).values(annual_mean=mean * self._factor))


class Releases:
    """Two small releases of OEWS with different wages, imported in turn."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._folders: list[Path] = []
        for number, mean in enumerate(("113300", "226600")):
            figures = tuple(mean if figure == "113300" else figure for figure in DIRECTORS)
            cells = [(*cell[:3], figures if cell[3] is DIRECTORS else cell[3]) for cell in CELLS]
            (folder / str(number)).mkdir()
            for name, content in as_flat_files(cells=cells).items():
                (folder / str(number) / name).write_bytes(content)
            self._folders.append(folder / str(number))
        self.imports = 0

    async def store_next(self) -> None:
        """Import the other release."""
        await asyncio.to_thread(self.store)

    def store(self) -> None:
        """Import the other release with the seed command."""
        folder = self._folders[self.imports % 2]
        status, _, error = finish(start_forked("seed", "import", "oews", str(folder), DATABASE_URL=self.url))
        if status:
            raise RuntimeError(error)
        self.imports += 1


async def to_the_end(command: Callable[[], None]) -> None:
    """Run a command in a thread. A cancelled caller waits for it too: the database must not start while it stops."""
    running = asyncio.create_task(asyncio.to_thread(command))
    try:
        await asyncio.shield(running)
    finally:
        await running


async def disturb(traffic: Traffic, database: PostgreSQLServer, states: States, every: float) -> None:
    """Restart the database and replace the data, in turn."""
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(every)
            traffic.database_down = True
            await to_the_end(database.stop)
            # Statements wait for a lost database before they fail.
            await asyncio.sleep(FAILOVER_SECONDS + 0.5)
            await to_the_end(database.start)
            # Requests that were sent before can still fail.
            await asyncio.sleep(2)
            traffic.database_down = False
            await asyncio.sleep(every)
            await states.store_next()


async def watch(traffic: Traffic, server: Server, every: float) -> None:
    """Read the memory of the server again and again."""
    with suppress(asyncio.CancelledError):
        while True:
            traffic.megabytes.append(resources_of(server).megabytes)
            await asyncio.sleep(every)


def megabytes(process: int) -> float:
    """Return a process's resident memory."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def descriptors(process: int) -> int:
    """Return the number of a process's open files and connections."""
    return len([*Path(f"/proc/{process}/fd").iterdir()])


# The run


@dataclass(frozen=True)
class Load:
    """The clients of a server, and its number of workers."""

    clients: int = 64
    not_reading: int = 100
    """The number of further clients, which read nothing."""
    workers: int = 1
    pause: float = 0
    """Seconds for which a client waits before each request."""


@dataclass
class Resources:
    """The memory and the descriptors of a server's processes together."""

    megabytes: float
    descriptors: int


async def soaked(server: Server, database: PostgreSQLServer, states: States, seconds: float, load: Load) -> Traffic:
    """Run clients and disturbances for some seconds and return the traffic."""
    address = await asyncio.to_thread(server.address)
    if load.workers > 1:
        await asyncio.to_thread(server.wait_for_workers, load.workers)
    log = Log(server)
    right: dict[str, list[bytes]] = {query: [] for query in QUERIES}
    for _ in range(2):
        await states.store_next()
        for query in QUERIES:
            right[query].append(await response_to(address, query))
    if any(first == second for query, (first, second) in right.items() if "salary" in query):
        raise RuntimeError("both states give the same responses, so wrong ones could not be detected")
    traffic = Traffic(address, time.monotonic() + seconds, right)
    disturbing = asyncio.create_task(disturb(traffic, database, states, every=min(15, seconds / 8)))
    watching = asyncio.create_task(watch(traffic, server, seconds / SAMPLES))
    clients_running = [asyncio.create_task(client(traffic, load.pause)) for _ in range(load.clients)]
    clients_running += [asyncio.create_task(not_reading(traffic)) for _ in range(load.not_reading)]
    await asyncio.sleep(seconds * WARMED_UP)
    before = resources_of(server)
    await asyncio.gather(*clients_running)
    for task in (disturbing, watching):
        task.cancel()
        await task
    database.start()
    await settled(traffic, server, before, load.workers)
    server.stop()
    log.thread.join()
    for line in log.errors:
        traffic.fault(f"logged error: {line}")
    return traffic


class Log:
    """Reads a server's log, so that the pipe does not fill up, and keeps the lines of level ERROR."""

    def __init__(self, server: Server) -> None:
        self.errors: list[str] = []
        self._lines = server.lines
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self) -> None:
        self.errors += (line for line in self._lines if json.loads(line)["level"] == "ERROR")


async def response_to(address: tuple[str, int], query: str) -> bytes:
    """Return the response to a query on a new connection."""
    connection = Connection(address)
    status, _, body = await connection.exchange(post({"query": query}))
    await connection.close()
    if status != _ANSWERED or b'"errors"' in body:
        raise RuntimeError(body.decode())
    return body


def resources_of(server: Server) -> Resources:
    """Return the resources of the server's processes, which are all of its session."""
    ids = [server.process.pid]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        # A process may end meanwhile.
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == server.process.pid and int(stat.parent.name) not in ids:
                ids.append(int(stat.parent.name))
    return Resources(sum(map(megabytes, ids)), sum(map(descriptors, ids)))


async def settled(traffic: Traffic, server: Server, before: Resources, workers: int) -> None:
    """Check that the server responds correctly again and has released its resources."""
    for query in QUERIES:
        for attempt in range(20):
            with suppress(RuntimeError):
                if await response_to(traffic.address, query) in traffic.right[query]:
                    break
            await asyncio.sleep(0.5)
            if attempt == 19:  # noqa: PLR2004 - the last
                traffic.fault(f"no correct response at the end: {query}")
    after = resources_of(server)
    sys.stdout.write(
        f"memory {before.megabytes:.0f} MB, then {after.megabytes:.0f} MB; {after.descriptors} descriptors\n"
    )
    if max(traffic.megabytes) > ALLOWED_MB * workers:
        traffic.fault(f"memory was {max(traffic.megabytes):.0f} MB")
    if after.megabytes > before.megabytes + ALLOWED_GROWTH_MB * workers:
        traffic.fault(f"memory grew from {before.megabytes:.0f} to {after.megabytes:.0f} MB")
    # The other descriptors are the standard streams, the listener and the event loop's own. The supervisor of several
    # workers has as many.
    if after.descriptors > (POOL_SIZE + 30) * (workers if workers == 1 else workers + 1):
        traffic.fault(f"{after.descriptors} descriptors are open without any client")


def report(traffic: Traffic, seconds: float) -> None:
    """Print the counts, the latencies and the faults."""
    for name, count in sorted(traffic.answers.items()):
        sys.stdout.write(f"{count:9,}  {name}\n")
    sys.stdout.write(f"memory, MB: {' '.join(f'{each:.0f}' for each in traffic.megabytes)}\n")
    cuts = statistics.quantiles(traffic.seconds, n=1000)
    p50, p99, p999 = (1000 * cuts[index] for index in (499, 989, 998))
    rate = len(traffic.seconds) / seconds
    sys.stdout.write(f"valid requests: {rate:,.0f}/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms, p99.9 {p999:.0f} ms\n")
    for text, count in Counter(traffic.faults).most_common(10):
        sys.stdout.write(f"FAULT, {count} times: {text}\n")


def soak(database: PostgreSQLServer, seconds: float, load: Load, *, small: bool = False) -> Traffic:
    """Run a server on a new database of a PostgreSQL server that can be stopped, and return the traffic.

    With ``small`` the data are the small releases of tests, which are imported again and again, and the server and its
    workers are forked from a process that has imported the application.
    """
    url = database.new_url()
    environment = {
        "DATABASE_URL": url,
        "DATABASE_POOL_SIZE": str(POOL_SIZE),
        "MAX_IN_FLIGHT": "32",
        "CLIENT_TIMEOUT": "5",
        "WORKERS": str(load.workers),
    }
    with tempfile.TemporaryDirectory() as folder:
        states = Releases(url, Path(folder)) if small else Wages(url)
        asyncio.run(states.store_next())
        with (serving_forked if small else serving)(**environment) as server:
            server.limit.cancel()
            return asyncio.run(soaked(server, database, states, seconds, load))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the report and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=Load.clients)
    parser.add_argument("--workers", default="1", help="numbers of workers, each for as many seconds: 1,2")
    options = parser.parse_args(arguments)
    faults = 0
    for workers in map(int, split_list(options.workers)):
        sys.stdout.write(f"workers: {workers}\n")
        with running_server() as database:
            traffic = soak(database, options.seconds, Load(options.clients, workers=workers))
        report(traffic, options.seconds)
        faults += len(traffic.faults)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
