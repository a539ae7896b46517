"""The measured servers: their commands, settings and workloads."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "bench" / "peers"

_UVICORN = ("--host", "127.0.0.1", "--port", "{port}", "--log-level", "warning", "--no-access-log")
ROWS_ONLY = {"ANSWER_CACHE_BYTES": "0"}
_PRODUCTION = {"LOG_LEVEL": "info", "METRICS": "true", "RATE_LIMIT": "1000000000/second"}
"""What docs/production.md turns on. The log goes to a file, and nothing exceeds the rate limit."""

NOTHING_KEPT = {"ROW_CACHE_ROWS": "0", "FRAGMENT_CACHE_BYTES": "0", "ANSWER_CACHE_BYTES": "0"}


@dataclass(frozen=True)
class Places:
    """The databases that servers read, and the file with the constant response."""

    sqlite: Path
    postgresql: str
    fixed_bytes: Path


@dataclass(frozen=True)
class Server:
    """A server: its name, its command with {port} for the port, its environment and its workloads."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    workloads: tuple[str, ...]
    on_postgresql: bool = False
    own_schema: bool = False
    """Whether the server has its own schema and therefore its own queries."""


REFERENCE = "rolegraph rows"
"""The server with which all others' answers are compared."""


def all_servers(places: Places) -> list[Server]:
    """Return all servers, ours first."""
    return [*_ours(places), *_node(places), _ariadne(places), _postgraphile(places), *_ceilings(places)]


def _ours(places: Places) -> list[Server]:
    sqlite = {"DATABASE_URL": f"sqlite:///{places.sqlite}"}
    postgresql = {"DATABASE_URL": places.postgresql}
    command = (sys.executable, "-m", "server")
    everything = ("a", "b", "b2", "b3", "c", "c1", "d", "e1", "e2", "f1", "f2", "f3")
    stock = {"COMPILED_EXECUTION": "false"} | NOTHING_KEPT
    return [
        # cold: no caches. rows: row and fragment caches, no answer cache. default: all caches.
        _our("cold", command, sqlite | NOTHING_KEPT, ("b", "c", "f1", "f2", "f3")),
        _our("rows", command, sqlite | ROWS_ONLY, (*everything, "h")),
        _our("default", command, sqlite, (*everything, "h")),
        _our("rows, production", command, sqlite | ROWS_ONLY | _PRODUCTION, ("b", "b2", "c")),
        _our("default, production", command, sqlite | _PRODUCTION, ("a", "b", "b3", "c1")),
        _our("rows, two workers", command, sqlite | ROWS_ONLY | {"WORKERS": "2"}, ("b", "c")),
        _our("default, two workers", command, sqlite | {"WORKERS": "2"}, ("a", "b", "c")),
        _our("stock Strawberry", command, sqlite | stock, ("b", "c", "d", "e1", "e2")),
        _our("PostgreSQL, cold", command, postgresql | NOTHING_KEPT, ("b", "c", "f1"), on_postgresql=True),
        _our("PostgreSQL, rows", command, postgresql | ROWS_ONLY, ("b", "c", "f1"), on_postgresql=True),
        _our("PostgreSQL, default", command, postgresql, ("b", "c", "f1"), on_postgresql=True),
    ]


def _our(
    variant: str,
    command: tuple[str, ...],
    environment: dict[str, str],
    workloads: tuple[str, ...],
    *,
    on_postgresql: bool = False,
) -> Server:
    # Peers do not log requests.
    return Server(f"rolegraph {variant}", command, {"LOG_LEVEL": "warning"} | environment, workloads, on_postgresql)


def _node(places: Places) -> list[Server]:
    production = {
        "NODE_ENV": "production",
        "SQLITE_FILE": str(places.sqlite),
        "SCHEMA": str(ROOT / "schema.graphql"),
    }
    variants = {
        "SQL": ({"ROWS": "sql"}, ("b", "b2", "c")),
        "memory": ({"ROWS": "memory"}, ("a", "b", "b2", "c", "d", "e1", "e2", "f1")),
        "cached": ({"ROWS": "memory", "CACHED": "1"}, ("a", "b", "b3", "c", "d")),
    }
    return [
        Server(f"{name} {variant}", ("node", str(PEERS / f"{name}.js")), production | environment, workloads)
        for name in ("mercurius", "yoga", "apollo")
        for variant, (environment, workloads) in variants.items()
    ]


def _ariadne(places: Places) -> Server:
    python = str(PEERS / ".venv" / "bin" / "python")
    environment = {"SQLITE_FILE": str(places.sqlite), "SCHEMA": str(ROOT / "schema.graphql")}
    command = (python, "-m", "uvicorn", "bench.peers.ariadne_server:app", *_UVICORN)
    return Server("ariadne memory", command, environment, ("b", "c", "d", "e1", "e2", "f1"))


def _postgraphile(places: Places) -> Server:
    command = (str(PEERS / "node_modules" / ".bin" / "node"), str(PEERS / "postgraphile.js"))
    environment = {"NODE_ENV": "production", "GRAPHILE_ENV": "production", "DATABASE_URL": places.postgresql}
    workloads = ("b", "c", "d", "e1", "e2", "f1")
    return Server("postgraphile", command, environment, workloads, on_postgresql=True, own_schema=True)


def _ceilings(places: Places) -> list[Server]:
    command = (sys.executable, "-m", "uvicorn", "bench.side_by_side.fixed_bytes:app", *_UVICORN)
    logging = tuple("info" if part == "warning" else part for part in command if part != "--no-access-log")
    environment = {"BODY_FILE": str(places.fixed_bytes)}
    return [
        Server("fixed bytes", command, environment, ("a",)),
        Server("fixed bytes, access log", logging, environment, ("a",)),
    ]


def chosen(servers: Sequence[Server], prefixes: Sequence[str]) -> list[Server]:
    """Return the servers whose names start with one of these prefixes, or all if there are no prefixes."""
    return [server for server in servers if not prefixes or server.name.startswith(tuple(prefixes))]
