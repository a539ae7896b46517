"""What a client sends: the parameters of a GraphQL request, read from a URL or a body."""

import asyncio
from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import Any, cast

import orjson
from starlette.requests import ClientDisconnect, Request

from server.answers import JSON, Refused, passed_limit
from server.settings import Settings

_NAMES = ("query", "documentId", "operationName", "variables", "extensions")


@dataclass(frozen=True)
class Parameters:
    """The parameters of GraphQL over HTTP, each of its type or absent."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]


def from_url(request: Request) -> Parameters:
    """Read the parameters of a GET request; raise Refused where they are malformed."""
    given = request.query_params
    for name in _NAMES:
        # A cache or a firewall before us may take another of them for the one that counts.
        if len(given.getlist(name)) > 1:
            raise bad_request(f'The parameter "{name}" is given more than once.')
    variables, extensions = (
        _json(given[name], f'The parameter "{name}"') if given.get(name) else None
        for name in ("variables", "extensions")
    )
    return _parameters({**given, "variables": variables, "extensions": extensions})


async def from_body(request: Request, settings: Settings) -> Parameters:
    """Read the parameters of a POST request; raise Refused where they are malformed, too long or too long in coming."""
    content_type = request.headers.get("content-type", "")
    media_type, charset = _parts(content_type)
    if media_type != JSON:
        message = f"Send the request as {JSON}, not as {content_type or 'nothing in particular'}."
        raise bad_request(message, 415)
    if charset not in ("utf-8", "utf8"):
        raise bad_request(f"Send the request in UTF-8, not in {charset}.", 415)
    # Nobody should send a byte order mark, but some editors write one, and it may be ignored (RFC 8259, section 8.1).
    body = _json((await _body(request, settings)).removeprefix(BOM_UTF8), "The body")
    if not isinstance(body, dict):
        raise bad_request("The body must be a JSON object.")
    return _parameters(cast("dict[str, Any]", body))


def _parts(content_type: str) -> tuple[str, str]:
    """Return the media type and the character encoding of a Content-Type header, UTF-8 where it names none."""
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = (part.removeprefix("charset=") for part in parameters if part.startswith("charset="))
    return media_type, next(charsets, "").strip('"') or "utf-8"


async def _body(request: Request, settings: Settings) -> bytes:
    received, most = bytearray(), settings.max_body_bytes
    try:
        async with asyncio.timeout(settings.client_timeout):
            async for part in request.stream():
                received += part
                if len(received) > most:
                    raise _too_long(len(received), most)
    except TimeoutError:
        message = f"The body did not arrive within {settings.client_timeout:g} seconds."
        raise Refused.because("REQUEST_TIMEOUT", message, 408) from None
    except ClientDisconnect:
        raise bad_request("The request ended before its body did.") from None
    return bytes(received)


def _too_long(length: int, most: int) -> Refused:
    message = f"A body may have {most:,} bytes at most."
    return Refused.because(status=413, message=message, **passed_limit("bodyBytes", length, most))


def _json(text: str | bytes, what: str) -> Any:  # noqa: ANN401 - whatever a client may send
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"{what} can't be read as JSON: {error}.") from None


def _parameters(given: dict[str, Any]) -> Parameters:
    """Check the parameters' types, as GraphQL over HTTP defines them."""
    for name in ("query", "documentId", "operationName"):
        if given.get(name) is not None and not isinstance(given[name], str):
            raise bad_request(f'The parameter "{name}" must be a string.')
    for name in ("variables", "extensions"):
        if given.get(name) is not None and not isinstance(given[name], dict):
            raise bad_request(f'The parameter "{name}" must be a JSON object.')
    return Parameters(
        query=given.get("query") or None,
        document_id=given.get("documentId") or None,
        operation_name=given.get("operationName") or None,
        variables=given.get("variables") or {},
        extensions=given.get("extensions") or {},
    )


def bad_request(message: str, status: int = 400) -> Refused:
    """Return the refusal of what is not a well-formed GraphQL request."""
    return Refused.because("BAD_REQUEST", message, status)
