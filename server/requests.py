"""What a client sends: the parameters of a GraphQL request, read from a URL or a body."""

import asyncio
from codecs import BOM_UTF8
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast

import orjson
from starlette.datastructures import QueryParams
from starlette.types import Message, Receive, Scope

from execution.errors import limit_extensions
from server.responses import JSON, Refused
from server.settings import Settings
from server.transport.single_write import WHOLE

T = TypeVar("T")

_NAMES = ("query", "documentId", "operationName", "variables", "extensions")


class Request:
    """A request as ASGI has it, with its headers by name."""

    __slots__ = ("headers", "method", "path", "receive", "scope")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self.receive = receive
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers = _by_name(scope["headers"])

    @property
    def address(self) -> str | None:
        """The client's address, where there is one."""
        client = self.scope["client"]
        return client[0] if client else None

    async def body(self, settings: Settings) -> bytes:
        """Return the body; raise Refused where it is too long, too long in coming, or ends early."""
        most = settings.max_body_bytes
        if WHOLE in self.scope.get("extensions", ()):
            return _part(await self.receive(), 0, most)
        received, more = bytearray(), True
        try:
            async with asyncio.timeout(settings.client_timeout):
                while more:
                    message = await self.receive()
                    received += _part(message, len(received), most)
                    more = message.get("more_body", False)
        except TimeoutError:
            late = f"The body did not arrive within {settings.client_timeout:g} seconds."
            raise Refused.because("REQUEST_TIMEOUT", late, 408) from None
        return bytes(received)


def _part(message: Message, received: int, most: int) -> bytes:
    """Return the part of a body that a message holds, of which so many bytes have been received before."""
    if message["type"] == "http.disconnect":
        raise bad_request("The request ended before its body did.")
    part: bytes = message.get("body", b"")
    if received + len(part) > most:
        raise _too_long(received + len(part), most)
    return part


def _by_name(given: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return headers by their names; of one that came several times the values are joined (RFC 9110, section 5.3)."""
    headers = dict(given)
    if len(headers) < len(given):
        headers.clear()
        for name, value in given:
            headers[name] = b"%b, %b" % (headers[name], value) if name in headers else value
    return headers


class Parameters(NamedTuple):
    """The parameters of GraphQL over HTTP, each of its type or absent."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]


def from_url(request: Request) -> Parameters:
    """Read the parameters of a GET request; raise Refused where they are malformed."""
    given = QueryParams(request.scope["query_string"])
    for name in _NAMES:
        # A cache or a firewall before us may take another of them for the one that counts.
        if len(given.getlist(name)) > 1:
            raise bad_request(f'The parameter "{name}" is given more than once.')
    variables, extensions = (
        _json(given[name], f'The parameter "{name}"') if given.get(name) else None
        for name in ("variables", "extensions")
    )
    return _parameters({**given, "variables": variables, "extensions": extensions})


def require_json(request: Request) -> None:
    """Raise Refused where a request's body is said to be anything else than JSON in UTF-8."""
    content_type = request.headers.get(b"content-type", b"")
    media_type, charset = _parts(content_type)
    if media_type != JSON:
        named = content_type.decode("latin-1") or "nothing in particular"
        raise bad_request(f"Send the request as {JSON}, not as {named}.", 415)
    if charset not in ("utf-8", "utf8"):
        raise bad_request(f"Send the request in UTF-8, not in {charset}.", 415)


def from_body(body: bytes) -> Parameters:
    """Read the parameters of a POST request; raise Refused where they are malformed."""
    # Nobody should send a byte order mark, but some editors write one, and it may be ignored (RFC 8259, section 8.1).
    given = _json(body.removeprefix(BOM_UTF8), "The body")
    if not isinstance(given, dict):
        raise bad_request("The body must be a JSON object.")
    return _parameters(cast("dict[str, Any]", given))


# Clients write few different ones, and a header of ours is of limited length.
@lru_cache(maxsize=100)
def _parts(content_type: bytes) -> tuple[str, str]:
    """Return the media type and the character encoding of a Content-Type header, UTF-8 where it names none."""
    media_type, *parameters = (part.strip().lower() for part in content_type.decode("latin-1").split(";"))
    charsets = (part.removeprefix("charset=") for part in parameters if part.startswith("charset="))
    return media_type, next(charsets, "").strip('"') or "utf-8"


def _too_long(length: int, most: int) -> Refused:
    message = f"A body may have {most:,} bytes at most."
    return Refused.because(status=413, message=message, **limit_extensions("bodyBytes", length, most))


def _json(text: str | bytes, what: str) -> Any:  # noqa: ANN401 - whatever a client may send
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"{what} can't be read as JSON: {error}.") from None


def _parameters(given: dict[str, Any]) -> Parameters:
    """Check the parameters' types, as GraphQL over HTTP defines them."""
    return Parameters(
        query=_of_type(str, given, "query", "a string"),
        document_id=_of_type(str, given, "documentId", "a string"),
        operation_name=_of_type(str, given, "operationName", "a string"),
        variables=_of_type(dict, given, "variables", "a JSON object") or {},
        extensions=_of_type(dict, given, "extensions", "a JSON object") or {},
    )


def _of_type(kind: type[T], given: dict[str, Any], name: str, called: str) -> T | None:
    """Return a parameter of this type; None where it is absent, null or empty."""
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        raise bad_request(f'The parameter "{name}" must be {called}.')
    return value or None


def bad_request(message: str, status: int = 400) -> Refused:
    """Return the refusal of what is not a well-formed GraphQL request."""
    return Refused.because("BAD_REQUEST", message, status)
