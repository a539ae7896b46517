"""Responses: results and errors as JSON, without any internals of the server."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Self

import orjson
from graphql import GraphQLError
from starlette.responses import Response

from execution import errors
from server.telemetry.logs import bounded, logger
from server.transport.single_write import decoded

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"
INTERNAL = "INTERNAL_SERVER_ERROR"
NOT_MODIFIED = 304
MEDIA_TYPES = (JSON, GRAPHQL_RESPONSE)
"""The media types of /graphql. A client that accepts anything gets the first."""

NO_STORE = {"Cache-Control": "no-store"}
"""For responses that may be different the next time."""

MAX_MESSAGE_LENGTH = 500
"""Characters of an error message. It may quote what the client sent, and would otherwise multiply that."""


RawHeader = tuple[bytes, bytes]
"""A header as ASGI has it, with its name in lower case."""


class SharedHeaders:
    """Headers that many responses share: all but those about the body or the single request."""

    def __init__(self, media_type: str, headers: Iterable[tuple[str, str]]) -> None:
        named = {"Vary": "Accept", **dict(headers)}
        self.headers = [
            (b"content-type", b"%b; charset=utf-8" % media_type.encode()),
            *((name.lower().encode(), value.encode()) for name, value in named.items()),
        ]


# Responses have one of a few sets of headers, except for those with an entity tag, which are short.
_shared_headers = lru_cache(maxsize=1000)(SharedHeaders)

_NOT_STORED = {media_type: SharedHeaders(media_type, NO_STORE.items()) for media_type in MEDIA_TYPES}
"""The headers of most responses: that lookup takes a tenth of the instructions of the other."""


class EncodedResponse(Response):
    """A response whose JSON body is already encoded. It can be sent many times.

    Starlette's own constructor would take as long as a response from the answer cache does.
    """

    background = None

    def __init__(
        self, body: bytes, media_type: str = JSON, status: int = 200, headers: Mapping[str, str] = NO_STORE
    ) -> None:
        self.body: bytes = body
        self.status_code = status
        self.shared_headers = (
            _NOT_STORED[media_type] if headers is NO_STORE else _shared_headers(media_type, tuple(headers.items()))
        )
        # The length of a 304 would have to be that of the response it stands for.
        self.length_header = b"" if status == NOT_MODIFIED else b"content-length: %d\r\n" % len(body)

    @property
    def raw_headers(self) -> list[RawHeader]:  # type: ignore[override] # as Starlette's, which is an attribute
        """All headers, for servers without the extension of server/transport/single_write.py."""
        return [*self.shared_headers.headers, *decoded(self.length_header)]


class Refused(Exception):
    """A request that is not run, with the errors of the response.

    Without a status, the response's media type decides it.
    """

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
        """Return a refusal with one error."""
        error = {"message": bounded(message, MAX_MESSAGE_LENGTH), "extensions": {"code": code, **extensions}}
        return cls([error], status, headers)

    @classmethod
    def temporarily(cls, code: str, message: str) -> Self:
        """Return a refusal (503) of a request that can succeed if it is retried a second later."""
        return cls.because(code, message, 503, {"Retry-After": "1"})

    @property
    def codes(self) -> list[str]:
        """The codes of its errors."""
        return [error["extensions"]["code"] for error in self.errors]

    def response(self, media_type: str = JSON) -> EncodedResponse:
        """Return the response. It has no ``data``, not even null.

        A well-formed GraphQL request that cannot be run gets status 200 with the older media type: a client of that
        type cannot tell any other status from that of a proxy.
        """
        status = self.status or (500 if INTERNAL in self.codes else 400 if media_type == GRAPHQL_RESPONSE else 200)
        return EncodedResponse(errors_as_json(self.errors), media_type, status, {**NO_STORE, **self.headers})


def errors_as_json(errors: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the body of a response without data."""
    return orjson.dumps({"errors": errors})


def method_not_allowed(method: str, headers: Mapping[str, str] | None) -> Refused:
    """Return the refusal (405) of a method. The headers name the allowed ones."""
    return Refused.because("METHOD_NOT_ALLOWED", f"The method {method} is not allowed here.", 405, headers)


def formatted(error: GraphQLError, **extensions: object) -> dict[str, Any]:
    """Return an error in the form of the specification, with these extensions unless it has its own."""
    return errors.formatted(error, MAX_MESSAGE_LENGTH, **extensions)


def internal(request_id: str, error: BaseException, **where: object) -> dict[str, Any]:
    """Log an unexpected error. Return an error for the client that has nothing but an id to find it by in the log."""
    error_id = uuid.uuid4().hex
    logger.error(
        "unexpected error %s",
        error_id,
        exc_info=error,
        extra={"error_id": error_id, "request_id": request_id, **where},
    )
    return {"message": "Internal server error", "extensions": {"code": INTERNAL, "errorId": error_id}}


def presentable(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return an error as the client may see it. An error that is the server's fault is logged and masked."""
    if error.extensions and "code" in error.extensions:
        return formatted(error)
    if _is_the_clients(error):
        return formatted(error, code="BAD_USER_INPUT")
    # The path holds the client's aliases, whose length is limited.
    return {**formatted(error), **internal(request_id, error.original_error or error, path=error.path)}


def _is_the_clients(error: GraphQLError) -> bool:
    """Whether graphql-core refused a variable or an argument, which it does with an error of its own class.

    An error without a path was raised before any field was resolved. An error with a path is about an argument if it
    had locations in the document before it got the path. An error raised while a value is completed had none.
    """
    origin = error.original_error or error
    return isinstance(origin, GraphQLError) and (error.path is None or (origin is not error and bool(origin.nodes)))
