"""The load generator wrk."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
_PAUSE_SECONDS = 0.05
"""The mean pause of a connection at a rate. wrk pauses for whole milliseconds."""

SCRIPT = Path(__file__).with_name("cycle.lua")


@dataclass(frozen=True)
class Outcome:
    """The result of a wrk run. Refused requests have an error status; broken ones lost their connection."""

    requests: int
    seconds: float
    p50_milliseconds: float
    p99_milliseconds: float
    refused: int
    broken: int

    @property
    def requests_per_second(self) -> float:
        """Request rate."""
        return self.requests / self.seconds


def run(
    port: int, bodies: Path, seconds: int, connections: int = CONNECTIONS, pause_milliseconds: float | None = None
) -> Outcome:
    """Post the bodies in a file, one per line, for some seconds; with a mean pause before each request."""
    pause = [] if pause_milliseconds is None else [str(pause_milliseconds)]
    script = ["--script", str(SCRIPT), f"http://127.0.0.1:{port}", "--", str(bodies), *pause]
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
    return parse(subprocess.run([*command, *script], check=True, capture_output=True, text=True).stdout)  # noqa: S603


def run_at(port: int, bodies: Path, seconds: int, rate: float) -> Outcome:
    """Post the bodies at a rate of requests per second, from many connections that pause independently of each other.

    Requests arrive as from many users, so that some of them wait for others. The rate is lower if the server is slow.
    """
    connections = max(CONNECTIONS, round(rate * _PAUSE_SECONDS))
    return run(port, bodies, seconds, connections, pause_milliseconds=1000 * connections / rate)


def parse(output: str) -> Outcome:
    """Parse the last line, which the script prints."""
    printed = json.loads(output.splitlines()[-1])
    return Outcome(
        requests=printed["requests"],
        seconds=printed["microseconds"] / 1_000_000,
        p50_milliseconds=printed["p50"] / 1000,
        p99_milliseconds=printed["p99"] / 1000,
        refused=printed["refused"],
        broken=printed["broken"],
    )
