"""The parameters of a GraphQL request, read from a URL or a JSON body."""

import asyncio
from codecs import BOM_UTF8
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import orjson
from starlette.types import Message, Receive, Scope

from execution.errors import limit_extensions
from server.responses import JSON, Refused
from server.settings import Settings
from server.transport.single_write import SINGLE_WRITE

T = TypeVar("T")

IDENTITY = b"identity"
"""The content coding of a body that is not compressed."""

_OBJECT: type[dict[str, Any]] = dict

_NAMES = ("query", "documentId", "operationName", "variables", "extensions")


class ASGIRequest:
    """An HTTP request, as light as its scope: Starlette's own takes longer to make than a cached response."""

    __slots__ = ("has_arrived", "headers", "method", "path", "receive", "response_headers", "scope")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self.receive = receive
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers = _by_name(scope["headers"])
        self.has_arrived = SINGLE_WRITE in scope.get("extensions", ())
        """Whether the request had arrived completely on a connection of ours, which accepts a single write."""
        self.response_headers = b""
        """Lines of headers that only the response to this request has. /graphql sets them."""

    async def body(self, settings: Settings) -> bytes:
        """Return the body. Raise Refused if it is too long, too slow or incomplete."""
        maximum = settings.max_body_bytes
        if self.has_arrived:
            body = bytes(self.scope["extensions"][SINGLE_WRITE]["body"])
            if len(body) > maximum:
                raise _too_long(len(body), maximum)
            return body
        # Before the first part is received, which would tell a client that expects 100 to send it.
        declared = self.headers.get(b"content-length", b"0")
        if int(declared) > maximum:
            raise _too_long(int(declared), maximum)
        received, more = bytearray(), True
        try:
            async with asyncio.timeout(settings.client_timeout):
                while more:
                    message = await self.receive()
                    received += _part(message, len(received), maximum)
                    more = message.get("more_body", False)
        except TimeoutError:
            late = f"The body did not arrive within {settings.client_timeout:g} seconds."
            raise Refused.because("REQUEST_TIMEOUT", late, 408) from None
        return bytes(received)


def _part(message: Message, received: int, maximum: int) -> bytes:
    """Return the part of a body in a message; raise Refused if it exceeds the maximum with the bytes before it."""
    if message["type"] == "http.disconnect":
        raise bad_request("The request ended before its body was complete.")
    part: bytes = message.get("body", b"")
    length = received + len(part)
    if length > maximum:
        # Only the last part tells the length of a body in chunks.
        raise _too_long(None if message.get("more_body", False) else length, maximum)
    return part


def _by_name(given: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return headers by name. The values of a repeated header are joined (RFC 9110, section 5.3)."""
    headers = dict(given)
    if len(headers) < len(given):
        headers.clear()
        for name, value in given:
            headers[name] = b"%b, %b" % (headers[name], value) if name in headers else value
    return headers


@dataclass(slots=True)
class RequestParams:
    """The parameters of GraphQL over HTTP, each of its type or absent."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]


def from_url(request: ASGIRequest) -> RequestParams:
    """Read the parameters of a GET request; raise Refused if they are malformed."""
    given: dict[str, str] = {}
    # As Starlette's QueryParams reads it, which has more to make than a dictionary.
    for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
        # A cache or a firewall in front of the server could take another one of them for the one that counts.
        if name in given and name in _NAMES:
            raise bad_request(f'The parameter "{name}" is given more than once.')
        given[name] = value
    variables, extensions = (
        _json(given[name], f'The parameter "{name}"') if given.get(name) else None
        for name in ("variables", "extensions")
    )
    return _params({**given, "variables": variables, "extensions": extensions})


def require_json(request: ASGIRequest) -> None:
    """Raise Refused unless the body of a request is JSON in UTF-8, without a content coding."""
    content_type = request.headers.get(b"content-type", b"")
    media_type, charset = _media_type_and_charset(content_type)
    if media_type != JSON:
        sent = content_type.decode("latin-1") or "missing"
        raise bad_request(f"The Content-Type must be {JSON}; it is {sent}.", 415)
    if charset not in ("utf-8", "utf8"):
        raise bad_request(f"The charset must be UTF-8; it is {charset}.", 415)
    coding = request.headers.get(b"content-encoding", IDENTITY)
    if coding != IDENTITY and coding.strip().lower() not in (IDENTITY, b""):
        message = f"The body must not be compressed; its Content-Encoding is {coding.decode('latin-1')}."
        raise Refused.because("BAD_REQUEST", message, 415, {"Accept-Encoding": "identity"})


def from_body(body: bytes) -> RequestParams:
    """Read the parameters of a POST request; raise Refused if they are malformed."""
    # Some editors write a byte order mark, which may be ignored (RFC 8259, section 8.1).
    given = _json(body.removeprefix(BOM_UTF8), "The body")
    if given.__class__ is not dict:
        if given.__class__ is list:
            raise bad_request("Batched requests are not supported. Send each operation in a request of its own.")
        raise bad_request("The body must be a JSON object.")
    return _params(given)


# Clients send few different values, and the length of a header is limited.
@lru_cache(maxsize=100)
def _media_type_and_charset(content_type: bytes) -> tuple[str, str]:
    """Return the media type and the charset of a Content-Type header; UTF-8 if it has none."""
    media_type, *parameters = (part.strip().lower() for part in content_type.decode("latin-1").split(";"))
    charsets = (part.removeprefix("charset=") for part in parameters if part.startswith("charset="))
    return media_type, next(charsets, "").strip('"') or "utf-8"


def _too_long(length: int | None, maximum: int) -> Refused:
    message = f"The body exceeds the maximum of {maximum:,} bytes."
    return Refused.because(status=413, message=message, **limit_extensions("bodyBytes", length, maximum))


def _json(text: str | bytes, subject: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"{subject} is not valid JSON: {error}.") from None


def _params(given: dict[str, Any]) -> RequestParams:
    """Check the parameters' types as GraphQL over HTTP defines them."""
    query, name, variables = given.get("query"), given.get("operationName"), given.get("variables")
    # Most requests have these three at most. A call for each of the five takes a microsecond.
    if (
        query.__class__ is str
        and (variables is None or variables.__class__ is dict)
        and (name is None or name.__class__ is str)
        and given.get("documentId") is given.get("extensions") is None
    ):
        return RequestParams(query or None, None, name or None, variables or {}, {})
    return RequestParams(
        query=_of_type(str, given, "query", "a string"),
        document_id=_of_type(str, given, "documentId", "a string"),
        operation_name=_of_type(str, given, "operationName", "a string"),
        variables=_of_type(_OBJECT, given, "variables", "a JSON object") or {},
        extensions=_of_type(_OBJECT, given, "extensions", "a JSON object") or {},
    )


def _of_type(expected: type[T], given: dict[str, Any], name: str, description: str) -> T | None:
    """Return a parameter of a type; None if it is absent, null or empty."""
    value = given.get(name)
    if value is not None and not isinstance(value, expected):
        raise bad_request(f'The parameter "{name}" must be {description}.')
    return value or None


def bad_request(message: str, status: int = 400) -> Refused:
    """Return the refusal of a malformed GraphQL request."""
    return Refused.because("BAD_REQUEST", message, status)
