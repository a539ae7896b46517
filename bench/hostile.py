"""``python -m bench.hostile URL``: response times of hostile documents, and peak memory.

Prints the milliseconds for each document when no cache has it, slowest first. Each is the shortest of several runs, to
leave out other load on the machine. Exits with status 1 if a document exceeds ALLOWED_MILLISECONDS.
"""

import argparse
import resource
import sys
import time
from itertools import count

from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings
from tests.server.hostile_documents import HOSTILE

ALLOWED_MILLISECONDS = 50
RUNS = 5

_number = count()


def _milliseconds(http: TestClient, text: str) -> float:
    times: list[float] = []
    for _ in range(RUNS):
        # A new number makes a text that no cache has.
        body = {"query": f"#{next(_number)}\n{text}"}
        start = time.perf_counter()
        http.post("/graphql", json=body)
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def main() -> int:
    """Measure, print a line for each document and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("database_url", help="URL of a seeded database")
    # With the number, documents of the maximum size exceed the default limit of a body.
    settings = Settings(database_url=parser.parse_args().database_url, max_body_bytes=200_000)
    with TestClient(create_app(settings)) as http:
        http.post("/graphql", json={"query": "{ sources { name } }"})
        timed = sorted(((_milliseconds(http, case.text), case.name) for case in HOSTILE), reverse=True)
    for milliseconds, name in timed:
        sys.stdout.write(f"{milliseconds:8.1f} ms  {name}\n")
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:8} MB peak memory\n")
    return int(timed[0][0] > ALLOWED_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
