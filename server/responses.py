"""What clients are told: results and errors as JSON, and nothing of the server's insides."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Self

import orjson
from graphql import GraphQLError
from starlette.responses import Response

from execution import errors
from server.telemetry.logs import bounded, logger

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
INTERNAL = "INTERNAL_SERVER_ERROR"
MEDIA_TYPES = (JSON, GRAPHQL_RESPONSE)
"""What /graphql answers in; the first is for clients that accept anything."""

NO_STORE = {"Cache-Control": "no-store"}
"""What caches are told of all that may be otherwise the next time."""

LONGEST_MESSAGE = 500
"""How many characters a message has at most: it may quote what the client sent, and would otherwise multiply that."""


class Head:
    """The headers of many answers: all but those that tell of the body and of the one request."""

    def __init__(self, media_type: str, headers: Iterable[tuple[str, str]]) -> None:
        self.headers = [
            (b"content-type", b"%b; charset=utf-8" % media_type.encode()),
            (b"vary", b"Accept"),
            *((name.lower().encode(), value.encode()) for name, value in headers),
        ]


# Most answers have one of a few, and the others, which have an entity tag, are short.
_head = lru_cache(maxsize=1000)(Head)


class Answer(Response):
    """A response in JSON, which may be given many times.

    Starlette's own constructor would take as long as an answer from memory does.
    """

    def __init__(
        self, body: bytes, media_type: str = JSON, status: int = 200, headers: Mapping[str, str] = NO_STORE
    ) -> None:
        self.body: bytes = body
        self.status_code, self.background = status, None
        self._media_type, self._given = media_type, headers
        self.head = _head(media_type, tuple(headers.items()))
        self.raw_headers = [*self.head.headers, (b"content-length", b"%d" % len(body))]

    def with_headers(self, headers: Mapping[str, str]) -> "Answer":
        """Return the same answer for one client, who may be told more."""
        if not headers:
            return self
        return Answer(self.body, self._media_type, self.status_code, {**self._given, **headers})


class Refused(Exception):
    """A request that is not run: the errors, and the status, which is left to the media type where it is None."""

    def __init__(
        self, errors: Sequence[Mapping[str, Any]], status: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors
        self.status = status
        self.headers = headers or {}

    @classmethod
    def because(
        cls,
        code: str,
        message: str,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        **extensions: object,
    ) -> Self:
        """Return a refusal for one reason."""
        error = {"message": bounded(message, LONGEST_MESSAGE), "extensions": {"code": code, **extensions}}
        return cls([error], status, headers)

    @classmethod
    def for_now(cls, code: str, message: str) -> Self:
        """Return the refusal of what can be done a moment later."""
        return cls.because(code, message, 503, {"Retry-After": "1"})

    @property
    def codes(self) -> list[str]:
        """The codes of its errors."""
        return [error["extensions"]["code"] for error in self.errors]

    def answer(self, media_type: str = JSON) -> Answer:
        """Return the response: it has no data, not even null.

        Where a GraphQL request is well-formed but can't be run, a client of the older media type can't tell a status
        other than 200 from that of a proxy, and gets 200.
        """
        status = self.status or (500 if INTERNAL in self.codes else 400 if media_type == GRAPHQL_RESPONSE else 200)
        return Answer(errors_as_json(self.errors), media_type, status, {**NO_STORE, **self.headers})


def errors_as_json(errors: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the body of an answer without data."""
    return orjson.dumps({"errors": errors})


def method_not_allowed(method: str, headers: Mapping[str, str] | None) -> Refused:
    """Return the refusal of a method; the headers say which ones are allowed."""
    return Refused.because("METHOD_NOT_ALLOWED", f"{method} is not allowed here.", 405, headers)


def formatted(error: GraphQLError, **extensions: object) -> dict[str, Any]:
    """Return an error in the form of the specification, with these extensions unless it has its own."""
    return errors.formatted(error, LONGEST_MESSAGE, **extensions)


def internal(request_id: str, error: BaseException, **where: object) -> dict[str, Any]:
    """Log an error that is ours, and return what the client may know of it: an id to find it by."""
    error_id = uuid.uuid4().hex
    logger.error(
        "unexpected error %s",
        error_id,
        exc_info=error,
        extra={"error_id": error_id, "request_id": request_id, **where},
    )
    return {"message": "Internal server error", "extensions": {"code": INTERNAL, "errorId": error_id}}


def presentable(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return an error as the client may see it; one that is the server's fault is logged and hidden."""
    if error.extensions and "code" in error.extensions:
        return formatted(error)
    if _is_the_clients(error):
        return formatted(error, code="BAD_USER_INPUT")
    # The path is made of what the client calls its fields, which is of limited length.
    return {**formatted(error), **internal(request_id, error.original_error or error, path=error.path)}


def _is_the_clients(error: GraphQLError) -> bool:
    """Whether graphql-core refused a variable or an argument, which it does with an error of its own class.

    One without a path came up before any field was resolved. One with a path is about an argument if it pointed at the
    document before the path was put to it; what comes up while a value is completed does not.
    """
    origin = error.original_error or error
    return isinstance(origin, GraphQLError) and (error.path is None or (origin is not error and bool(origin.nodes)))
