"""wrk, which asks a server as fast as it answers."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
SCRIPT = Path(__file__).with_name("cycle.lua")


@dataclass(frozen=True)
class Outcome:
    """What came of asking for some seconds; a request is refused by its status, and broken by its connection."""

    requests: int
    seconds: float
    p50_milliseconds: float
    p99_milliseconds: float
    refused: int
    broken: int

    @property
    def requests_per_second(self) -> float:
        """How many were answered in a second."""
        return self.requests / self.seconds


def run(port: int, bodies: Path, seconds: int, connections: int = CONNECTIONS) -> Outcome:
    """Post the bodies of a file, a line each, for so many seconds."""
    script = ["--script", str(SCRIPT), f"http://127.0.0.1:{port}", "--", str(bodies)]
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
    return parse(subprocess.run([*command, *script], check=True, capture_output=True, text=True).stdout)  # noqa: S603


def parse(output: str) -> Outcome:
    """Read what the script has printed last."""
    printed = json.loads(output.splitlines()[-1])
    return Outcome(
        requests=printed["requests"],
        seconds=printed["microseconds"] / 1_000_000,
        p50_milliseconds=printed["p50"] / 1000,
        p99_milliseconds=printed["p99"] / 1000,
        refused=printed["refused"],
        broken=printed["broken"],
    )
