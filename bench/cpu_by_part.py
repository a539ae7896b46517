"""``python -m bench.cpu_by_part``: the CPU time of a request in each part of the deployment of docs/scaling.md.

It runs on this machine, as tests/deployment/scaled_out.py starts it, with the data that comes with Rolegraph. wrk
sends requests of one type for some seconds, and the CPU time of each part's processes is divided by their number. So
other work on the machine matters little. Requires Linux, for /proc, wrk, and the programs of the deployment.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench.side_by_side.occupations import Occupation
from bench.side_by_side.revalidation import paths
from bench.side_by_side.servers import NOTHING_KEPT, ROWS_ONLY
from bench.side_by_side.workloads import OUR_KEY, OUR_PAGE, OUR_SEARCH, WORKLOADS, Dialect, pairs_of
from bench.side_by_side.wrk import SCRIPT
from server.static_files import BUILT
from tests.deployment.scaled_out import Deployment, scaled_out
from tests.server.processes import start

_TICKS = os.sysconf("SC_CLK_TCK")
_REQUESTS = 30
"""Different requests of a type. The servers have their rows in memory after a second or two."""

_WARMING_SECONDS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.cpu_by_part", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="seconds for each type of request")
    caches = parser.add_mutually_exclusive_group()
    caches.add_argument("--cached", action="store_true", help="answers are cached by nginx and by the servers")
    caches.add_argument("--cold", action="store_true", help="not even rows are cached")
    options = parser.parse_args(arguments)
    settings = {"ROW_CACHE_ROWS": "80000", "CACHE_SECONDS": "3600" if options.cached else "0"}
    if not options.cached:
        settings |= NOTHING_KEPT if options.cold else ROWS_ONLY
    with scaled_out(_store, **settings) as deployment, tempfile.TemporaryDirectory() as folder:
        occupations = [
            Occupation(str(slug), str(title), str(code) if code else None)
            for slug, title, code in deployment.primary.run(
                "SELECT slug, title, code FROM occupation ORDER BY title", "rolegraph"
            )
        ]
        parts = _parts(deployment)
        _print("requests", "number", "bytes", *parts, "statements")
        _print(*["---"] * (4 + len(parts)))
        for name, lines in _types(occupations):
            requests = [f"{line}\n" for line in lines]
            file = Path(folder) / "requests"
            file.write_text("".join(requests), encoding="utf-8")
            _sent(deployment, file, _WARMING_SECONDS)
            _measure(deployment, name, file, parts, options.seconds)
    return 0


def _store(url: str) -> None:
    # Without the time limit of tests: all data take a minute and more on a busy machine.
    process = start("seed", DATABASE_URL=url)
    _, error = process.communicate()
    if process.returncode:
        raise RuntimeError(error)


def _types(occupations: Sequence[Occupation]) -> Iterator[tuple[str, Iterator[str]]]:
    dialect = Dialect(OUR_KEY, OUR_PAGE, OUR_SEARCH, ())
    streams = {each.letter: each.requests(dialect, occupations) for each in WORKLOADS}

    def posts(letter: str, number: int) -> Iterator[str]:
        return (request.body.decode() for request in islice(streams[letter], number))

    documents: dict[str, str] = json.loads((BUILT / "persisted-documents.json").read_text(encoding="utf-8"))
    by_name: dict[str, list[str]] = {}
    for path in islice(paths(occupations), 6 * _REQUESTS):
        [identifier] = parse_qs(urlsplit(path).query)["documentId"]
        [_, name] = re.findall(r"\b(query) (\w+)", documents[identifier])[0]
        by_name.setdefault(name, []).append(f"GET {path}")
    pages = pairs_of(occupations, random.Random("pages"))  # noqa: S311 - no secret
    for name, requests in by_name.items():
        yield f"{name} by GET", iter(requests)
    yield "comparison page (HTML)", (f"GET /compare/{left}/{right}" for left, right in islice(pages, _REQUESTS))
    yield "comparison by POST, repeated", posts("a", 1)
    yield "comparison by POST, random pairs", posts("b", _REQUESTS)
    yield "search letter by letter", posts("f3", 20 * _REQUESTS)
    yield "documents not seen before", posts("e2", 20_000)


def _parts(deployment: Deployment) -> dict[str, Sequence[int]]:
    """Return the ids of the processes of each part; the processes that these have started belong to it too."""
    return {
        "nginx": [deployment.processes["nginx"]],
        "HAProxy": [deployment.processes["haproxy"]],
        "servers": [server.process.pid for server in deployment.servers],
        "PgBouncer": [deployment.processes["pgbouncer"]],
        "replica": [deployment.replica.postmaster],
    }


def _measure(deployment: Deployment, name: str, file: Path, parts: dict[str, Sequence[int]], seconds: int) -> None:
    before = {part: _cpu(ids) for part, ids in parts.items()}
    begun = _statements(deployment)
    found = _sent(deployment, file, seconds)
    number = found["requests"]
    statements = (_statements(deployment) - begun) / number
    cpu = [1e6 * (_cpu(ids) - before[part]) / number for part, ids in parts.items()]
    if found["refused"] or found["broken"]:
        raise RuntimeError(f"{name}: {found}")
    sent = f"{found['bytes'] / number:,.0f}"
    _print(name, f"{number:,}", sent, *(f"{each:,.0f}" for each in cpu), f"{statements:.2f}")


def _statements(deployment: Deployment) -> int:
    """Return the number of statements that the replica has executed, each of which is a transaction."""
    counted = "SELECT sum(xact_commit)::int FROM pg_stat_database WHERE datname = 'rolegraph'"
    [[number]] = deployment.replica.run(counted)
    assert isinstance(number, int)  # noqa: S101 - the cast in the statement
    return number


def _sent(deployment: Deployment, file: Path, seconds: int) -> dict[str, int]:
    """Send requests over 64 connections, and return what wrk counted."""
    script = ("--script", str(SCRIPT), f"https://127.0.0.1:{deployment.port}", "--", str(file))
    command = ("wrk", "--threads", "1", "--connections", "64", "--timeout", "20s", "--duration", f"{seconds}s", *script)
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own command
    found: dict[str, int] = json.loads(printed.splitlines()[-1])
    return found


def _print(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def _cpu(ids: Sequence[int]) -> float:
    """Return the CPU seconds of processes and of those that they have started."""
    fields: dict[int, list[str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields[int(stat.parent.name)] = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
    wanted, found = [*ids], 0
    while wanted:
        parent = wanted.pop()
        if parent in fields:
            # User and system time, and that of children that have ended.
            found += sum(map(int, fields[parent][11:15]))
        wanted += [process for process, each in fields.items() if int(each[1]) == parent]
    return found / _TICKS


if __name__ == "__main__":
    sys.exit(main())
