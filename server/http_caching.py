"""HTTP caching: entity tags and Cache-Control for responses to GET.

Within a version of the data, a response follows from the operation and its variables. So its entity tag is known before
the operation is run, and a client that has the current response gets 304 without running it.
"""

import hashlib
from functools import cache
from pathlib import Path

import orjson

from server.answer_cache import OperationKey
from server.compression import Coding

_PACKAGES = ("db", "execution", "resolvers", "schema", "server")


def entity_tag(key: OperationKey, media_type: str, data_version: str, coding: Coding = None) -> str:
    """Return the strong entity tag (RFC 9110, section 8.8.3) of an operation's response without errors."""
    document, operation, variables, reports_cost = key
    parts = [document, operation, variables, reports_cost, media_type, coding, data_version, code_version()]
    return f'"{hashlib.sha256(orjson.dumps(parts)).hexdigest()[:32]}"'


def matches(if_none_match: str, tag: str) -> bool:
    """Whether an If-None-Match header has this tag (RFC 9110, section 13.1.2)."""
    tags = [item.strip().removeprefix("W/") for item in if_none_match.split(",")]
    return tag in tags


def headers(tag: str, seconds: int) -> dict[str, str]:
    """Return the caching headers of a response that caches may serve for a number of seconds."""
    return {"ETag": tag, "Cache-Control": f"public, max-age={seconds}" if seconds else "public, no-cache"}


@cache
def code_version() -> str:
    """Return a digest of the code: another version of it may answer differently from the same data."""
    root = Path(__file__).parent.parent
    files = sorted(path for package in _PACKAGES for path in (root / package).rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
