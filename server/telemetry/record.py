"""The record of a request, from which its log line, metrics and trace are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus
from typing import Any, TypeVar

from server.responses import INTERNAL

T = TypeVar("T")

RECORD = "rolegraph.record"
"""The key of the record in the scope of a request that Starlette routes."""

METHODS = frozenset(HTTPMethod)
"""The methods that metrics and traces name. A client can invent any other."""


def _unset(default: T) -> T:
    """Return a field that is set later, if at all, and that all records share the default of until then."""
    return field(default=default, init=False)


@dataclass
class RequestRecord:
    """One request. What it does not reach keeps its default."""

    request_id: str
    method: str
    path: str
    client: str
    """The client as the rate limit counts it."""
    route: str | None = _unset(None)
    """The path of the route, which a client cannot invent."""
    status: int = _unset(500)
    seconds: float = _unset(0.0)
    time: float = _unset(0.0)
    """When it was answered, in seconds since 1970."""

    operation: str | None = _unset(None)
    """The operation's name. The client chooses it and its length."""
    operation_type: str | None = _unset(None)
    document: str | None = _unset(None)
    """The SHA-256 of its text."""
    remembered: bool | None = _unset(None)
    """Whether the document was in the document cache."""
    cost: int | None = _unset(None)
    statements: int = _unset(0)
    """The number of statements, without those that read the data's version."""
    source: str | None = _unset(None)
    """Where the response comes from: ``run``, ``memory`` (the answer cache), or ``shared`` with an equal request."""

    executor: str | None = _unset(None)
    """What ran the operation: ``compiled``, ``stock`` (Strawberry), or ``replayed`` (Strawberry after the program)."""
    fault: bool = _unset(default=False)
    """Whether a fault of the compiled program was the reason for the replay."""

    errors: Sequence[Mapping[str, Any]] | None = _unset(None)
    """The errors of the response; None if no operation was requested."""
    refused: bool = _unset(default=False)
    """Whether the operation was not run because of these errors."""

    named: bool = _unset(default=False)
    """Whether the client named a known document instead of sending its text."""
    rate_limit: str | None = _unset(None)
    """The rate limiter's decision: ``allowed``, ``refused``, or ``away`` while Valkey is unavailable."""
    trace_id: str | None = _unset(None)

    @property
    def codes(self) -> list[str]:
        """The distinct codes of the errors."""
        if not self.errors:
            return []
        return list(dict.fromkeys(error["extensions"]["code"] for error in self.errors))

    @property
    def limits(self) -> list[str]:
        """The distinct limits that it exceeded."""
        if not self.errors:
            return []
        extensions = (error["extensions"] for error in self.errors)
        return list(dict.fromkeys(extension["limit"] for extension in extensions if "limit" in extension))

    @property
    def outcome(self) -> str | None:
        """The outcome of the operation: ``ok``, ``partial`` if fields have errors, or the code of an error."""
        if not self.errors:
            return None if self.errors is None else "ok"
        if INTERNAL in self.codes:
            return INTERNAL
        return self.codes[0] if self.refused else "partial"

    @property
    def failure(self) -> str | None:
        """The server's failure, if there is one. An error of the client is not a failure."""
        if self.outcome != INTERNAL and self.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        return self.outcome or str(self.status)

    def set_operation(self, document: str, operation: str | None, operation_type: str, cost: int) -> None:
        """Record the requested operation."""
        self.document, self.operation, self.operation_type, self.cost = document, operation, operation_type, cost

    def refuse(self, errors: Sequence[Mapping[str, Any]]) -> None:
        """Record why the request is refused."""
        self.errors, self.refused = errors, True
