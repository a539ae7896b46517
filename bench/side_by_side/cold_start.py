"""The time from the start of a server to its first answer, and the processor time that it takes."""

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from statistics import median
from typing import IO
from urllib.error import URLError

from bench.side_by_side.answers import canonical
from bench.side_by_side.processes import Running, running
from bench.side_by_side.servers import Server

_SECONDS = 60
"""Maximum time to the first answer."""

_POLL_SECONDS = 0.005


def cold_starts(servers: Iterable[Server], body: bytes, rounds: int, log: IO[bytes]) -> list[str]:
    """Start each server once a round, and post a body until it is answered; return the lines of a table."""
    lines = ["| server | seconds to the first answer | CPU seconds |", "|---|---|---|"]
    for server in servers:
        found = [_start(server, body, log) for _ in range(rounds)]
        lines.append(f"| {server.name} | {_spread([one for one, _ in found])} | {_spread([cpu for _, cpu in found])} |")
    return lines


def _start(server: Server, body: bytes, log: IO[bytes]) -> tuple[float, float]:
    begin = time.monotonic()
    with running(server, log) as started:
        while not _answers(started, body):
            if time.monotonic() - begin > _SECONDS or started.process.poll() is not None:
                raise RuntimeError(f"{server.name} did not start: see bench/data/servers.log")
            time.sleep(_POLL_SECONDS)
        return time.monotonic() - begin, started.cpu_seconds


def _answers(started: Running, body: bytes) -> bool:
    with suppress(URLError, ConnectionError):
        canonical(started.ask(body))
        return True
    return False


def _spread(figures: Sequence[float]) -> str:
    return f"{median(figures):.2f} ({min(figures):.2f} to {max(figures):.2f})"
