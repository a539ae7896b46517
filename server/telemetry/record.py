"""What is noted of a request on its way; in the end the log, the metrics and the trace tell of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus
from typing import Any, TypeVar

from server.responses import INTERNAL

T = TypeVar("T")

RECORD = "rolegraph.record"
"""Where the scope of a request that Starlette serves has its record."""

METHODS = frozenset(HTTPMethod)
"""The methods that are told of by their names; a client can make up any other."""


def _unset(default: T) -> T:
    """Return the field of what is noted later, if at all: until then a request shares the default with all others."""
    return field(default=default, init=False)


@dataclass
class Record:
    """One request. What it never came to stays None."""

    request_id: str
    method: str
    path: str
    route: str | None = _unset(None)
    """The path as we know it, which a client can't make up."""
    status: int = _unset(500)
    seconds: float = _unset(0.0)

    operation: str | None = _unset(None)
    """The operation's name, which is the client's and of any length."""
    operation_type: str | None = _unset(None)
    document: str | None = _unset(None)
    """The SHA-256 of its text."""
    remembered: bool | None = _unset(None)
    """Whether the document had been read before."""
    cost: int | None = _unset(None)
    statements: int = _unset(0)
    """How many it ran, those left out that ask for the data's version."""
    source: str | None = _unset(None)
    """Where the answer is from: a run of the operation, memory, or shared with one who asked the same meanwhile."""

    executor: str | None = _unset(None)
    """Who ran the operation, if it was run: its program, stock execution, or that after the program gave up."""
    fault: bool = _unset(default=False)
    """Whether the program was at fault for that."""

    errors: Sequence[Mapping[str, Any]] | None = _unset(None)
    """The errors that the client was told; None where no operation was asked for."""
    refused: bool = _unset(default=False)
    """Whether these are why it wasn't run."""

    named: bool = _unset(default=False)
    """Whether the client named a document that is known, instead of sending its text."""
    rate_limit: str | None = _unset(None)
    """What the rate limiter said: allowed, refused, or away where it could not tell."""
    trace_id: str | None = _unset(None)

    @property
    def codes(self) -> list[str]:
        """The codes of the errors, each once."""
        return list(dict.fromkeys(error["extensions"]["code"] for error in self.errors or ()))

    @property
    def limits(self) -> list[str]:
        """The limits that it was refused for, each once."""
        extensions = (error["extensions"] for error in self.errors or ())
        return list(dict.fromkeys(extension["limit"] for extension in extensions if "limit" in extension))

    @property
    def outcome(self) -> str | None:
        """How the operation went: ok, partial where fields have errors, or the code of what broke or was refused."""
        if not self.errors:
            return None if self.errors is None else "ok"
        if INTERNAL in self.codes:
            return INTERNAL
        return self.codes[0] if self.refused else "partial"

    @property
    def failure(self) -> str | None:
        """What failed on our side, as far as it did; what the client got wrong is no failure."""
        if self.outcome != INTERNAL and self.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        return self.outcome or str(self.status)

    def ask(self, document: str, operation: str | None, operation_type: str, cost: int) -> None:
        """Note what is asked for."""
        self.document, self.operation, self.operation_type, self.cost = document, operation, operation_type, cost

    def refuse(self, errors: Sequence[Mapping[str, Any]]) -> None:
        """Note why the request is refused."""
        self.errors, self.refused = errors, True
