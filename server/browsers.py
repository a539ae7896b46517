"""What browsers are told: to take nothing for what it is not, and whose pages may read our answers."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    # What is no page loads nothing, even where a browser is made to show it. Pages have a policy of their own.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}

_EXPOSED = ("ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id")


class SecurityHeaders:
    """ASGI middleware that adds the headers above to every response which doesn't set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class _Cors(CORSMiddleware):
    """Starlette's middleware, except that it tells other origins nothing: not even what it tells those it allows."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" else None
        if origin is None or self.is_allowed_origin(origin):
            await super().__call__(scope, receive, _varied(send))
        else:
            await self.simple_response(scope, receive, _varied(send), request_headers=Headers())


def _varied(send: Send) -> Send:
    """Tell caches in each response that another origin may get another one, also where none was named."""

    async def send_varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "Origin" not in headers.get("Vary", ""):
                headers.add_vary_header("Origin")
        await send(message)

    return send_varied


def cors(origins: list[str]) -> list[Middleware]:
    """Return the middleware that lets these origins' pages read answers, never with credentials: we know none."""
    if not origins:
        return []
    return [
        Middleware(
            _Cors,
            allow_origins=origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Content-Type", "If-None-Match", "traceparent", "tracestate"],
            expose_headers=_EXPOSED,
            max_age=86_400,
        )
    ]
