"""What caches in front of us are told: when an answer is still the same, and for how long they need not ask.

Within a version of the data, an answer follows from the operation and its variables. So its entity tag can be made
before the operation is run, and a client that has the answer already is told so without running it.
"""

import hashlib
from functools import cache
from pathlib import Path

import orjson

from server.answer_cache import Question

_PACKAGES = ("db", "execution", "resolvers", "schema", "server")


def entity_tag(question: Question, media_type: str, data_version: str) -> str:
    """Return the strong entity tag (RFC 9110, section 8.8.3) of the answer without errors to a question."""
    document, operation, variables, tells_cost = question
    parts = [document, operation, variables, tells_cost, media_type, data_version, code_version()]
    return f'"{hashlib.sha256(orjson.dumps(parts)).hexdigest()[:32]}"'


def is_held(if_none_match: str, tag: str) -> bool:
    """Whether a client says that it has the answer with this tag (RFC 9110, section 13.1.2)."""
    held = [item.strip().removeprefix("W/") for item in if_none_match.split(",")]
    return tag in held


def headers(tag: str, seconds: int) -> dict[str, str]:
    """Return what caches are told with an answer."""
    return {"ETag": tag, "Cache-Control": f"public, max-age={seconds}" if seconds else "public, no-cache"}


@cache
def code_version() -> str:
    """Return a digest of the code that answers: with other code, the same data may be answered with differently."""
    root = Path(__file__).parent.parent
    files = sorted(path for package in _PACKAGES for path in (root / package).rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
