"""Security headers for browsers, and CORS: the origins whose pages may read responses."""

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from server.request_params import ASGIRequest
from server.responses import RawHeader

_SAFE: list[RawHeader] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_POLICY = b"content-security-policy"
_STRICT: RawHeader = (_POLICY, b"default-src 'none'; frame-ancestors 'none'")
"""The policy of responses that are not pages: a browser that shows one loads nothing. Pages set their own policy."""

STRICT_HEADERS = [*_SAFE, _STRICT]
"""The security headers of responses that are not pages."""

_ALLOWED = b"access-control-allow-origin"
_EXPOSED: RawHeader = (
    b"access-control-expose-headers",
    b"ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
)


class SecurityHeaders:
    """The security and CORS headers of every response.

    Pages of the allowed origins may read all responses, without credentials. Pages of other origins may read none.
    """

    def __init__(self, origins: list[str], request_headers: list[str]) -> None:
        """``request_headers`` are those that pages of these origins may send; "*" allows any origin, or any header."""
        self._origins = frozenset(origin.encode() for origin in origins)
        self._every_origin = "*" in origins
        # Used for preflight responses only. The rest of what it does takes less time here.
        self._cors = CORSMiddleware(
            _no_app,
            allow_origins=origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=request_headers,
            max_age=86_400,
        )

    def preflight(self, request: ASGIRequest) -> Response | None:
        """Return the response to a preflight request of an allowed origin; None for any other request."""
        is_preflight = {b"origin", b"access-control-request-method"} <= request.headers.keys()
        if not is_preflight or self.allowed_origin(request) is None:
            return None
        response = self._cors.preflight_response(Headers(scope=request.scope))
        if self._every_origin:
            # Starlette's lists Origin for any setting.
            response.headers["vary"] = response.headers["vary"].replace("Origin, ", "", 1)
        return response

    def allowed_origin(self, request: ASGIRequest) -> bytes | None:
        """Return the value of Access-Control-Allow-Origin; None if there is none."""
        if self._every_origin:
            return b"*"
        origin = request.headers.get(b"origin") if self._origins else None
        return origin if origin in self._origins else None

    def added_to(self, headers: Iterable[RawHeader], origin: bytes | None) -> list[RawHeader]:
        """Return a response's headers with those added that it does not set itself."""
        headers = [*headers, *_SAFE]
        given = dict(headers)
        if _POLICY not in given:
            headers.append(_STRICT)
        if origin is not None and _ALLOWED not in given:
            headers += [(_ALLOWED, origin), _EXPOSED]
        # The same response for every origin can be cached for all of them.
        return _varied(headers) if self._origins and not self._every_origin else headers


def _varied(headers: list[RawHeader]) -> list[RawHeader]:
    """Add Origin to Vary, also if the request has no origin: another request may have one."""
    varying = b", ".join(value for name, value in headers if name == b"vary")
    if b"Origin" not in varying:
        varying += b", Origin" if varying else b"Origin"
    return [*(header for header in headers if header[0] != b"vary"), (b"vary", varying)]


async def _no_app(*_: object) -> None:
    """Stand in for the application that Starlette's middleware would wrap."""
