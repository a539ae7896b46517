"""The load generator wrk."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
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


def run(port: int, bodies: Path, seconds: int, connections: int = CONNECTIONS) -> Outcome:
    """Post the bodies in a file, one per line, for some seconds."""
    script = ["--script", str(SCRIPT), f"http://127.0.0.1:{port}", "--", str(bodies)]
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
    return parse(subprocess.run([*command, *script], check=True, capture_output=True, text=True).stdout)  # noqa: S603


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
