"""What browsers are told: to take nothing for what it is not, and whose pages may read our answers."""

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from server.requests import Request

RawHeader = tuple[bytes, bytes]

_SAFE: list[RawHeader] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_POLICY = b"content-security-policy"
_STRICT: RawHeader = (_POLICY, b"default-src 'none'; frame-ancestors 'none'")
"""What is no page loads nothing, even where a browser is made to show it. Pages have a policy of their own."""

_ALLOWED = b"access-control-allow-origin"
_EXPOSED: RawHeader = (
    b"access-control-expose-headers",
    b"ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
)


class BrowserHeaders:
    """The headers that every response has for browsers.

    Pages of the origins that are named may read all of them, never with credentials: we know none. Other origins are
    told nothing, not even what is told to those.
    """

    def __init__(self, origins: list[str]) -> None:
        self._origins = frozenset(origin.encode() for origin in origins)
        # Its answers to preflights alone: the rest of what it does is done here for a part of the time.
        self._cors = CORSMiddleware(
            _nobody,
            allow_origins=origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Content-Type", "If-None-Match", "traceparent", "tracestate"],
            max_age=86_400,
        )

    def preflight(self, request: Request) -> Response | None:
        """Return the answer to a page that asks whether it may ask; None where OPTIONS is asked for something else."""
        if b"access-control-request-method" not in request.headers or self.reader(request) is None:
            return None
        return self._cors.preflight_response(Headers(scope=request.scope))

    def reader(self, request: Request) -> bytes | None:
        """Return the origin that is told that its pages may read the response, if any is."""
        if not self._origins:
            return None
        origin = request.headers.get(b"origin")
        return (
            None if origin is None else b"*" if b"*" in self._origins else origin if origin in self._origins else None
        )

    def added_to(self, headers: Iterable[RawHeader], reader: bytes | None) -> list[RawHeader]:
        """Return a response's headers and those that it has not set itself."""
        headers = [*headers, *_SAFE]
        given = dict(headers)
        if _POLICY not in given:
            headers.append(_STRICT)
        if reader is not None and _ALLOWED not in given:
            headers += [(_ALLOWED, reader), _EXPOSED]
        return _varied(headers) if self._origins else headers


def _varied(headers: list[RawHeader]) -> list[RawHeader]:
    """Tell caches that another origin may get another response, also where none was named."""
    varying = b", ".join(value for name, value in headers if name == b"vary")
    if b"Origin" not in varying:
        varying += b", Origin" if varying else b"Origin"
    return [*(header for header in headers if header[0] != b"vary"), (b"vary", varying)]


async def _nobody(*_: object) -> None:
    """Stand for the application that Starlette's middleware would be around."""
