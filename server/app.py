"""The application, put together from its settings."""

import contextlib
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from server.answers import Refused
from server.browsers import SecurityHeaders, cors
from server.clients import behind
from server.graphql_http import graphql
from server.health import healthz, readyz
from server.playground import ASSETS, Assets, licences
from server.service import serving
from server.settings import Settings, listed
from server.telemetry import logs
from server.telemetry.request_log import RequestLog

if TYPE_CHECKING:
    from server.telemetry.metrics import Metrics
    from server.telemetry.tracing import Tracing


def create_app(settings: Settings) -> Starlette:
    """Return an application of its own: several can live in one process, each with its settings and database."""
    metrics, tracing = _metrics(settings), _tracing(settings)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        async with serving(settings, metrics, tracing) as app.state.service:
            yield

    app = Starlette(
        routes=[
            Route("/", RedirectResponse("/graphql")),
            Route("/graphql", graphql, methods=["GET", "POST"]),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            *([Route("/metrics", metrics.page)] if metrics else []),
            Route("/static/licenses.md", licences),
            Mount(
                "/static/assets",
                Assets(directory=ASSETS / "assets", check_dir=False),
                middleware=[Middleware(GZipMiddleware)],
            ),
        ],
        middleware=[
            behind(settings.trusted_proxies),
            Middleware(SecurityHeaders),
            # Outside of what answers unexpected errors, so that pages can read those answers, too.
            *cors(listed(settings.cors_origins)),
            Middleware(RequestLog, metrics, tracing),
        ],
        exception_handlers={HTTPException: refuse},
        lifespan=lifespan,
    )
    # It would lead to whatever host the client named.
    app.router.redirect_slashes = False
    return app


def from_environment() -> Starlette:
    """Return the application of a worker process, which has its settings from the environment alone."""
    settings = Settings()
    logs.configure(settings.log_level)
    return create_app(settings)


# What counts and what traces is loaded where it is asked for only: both cost time at the start, and memory.


def _metrics(settings: Settings) -> "Metrics | None":
    if not settings.metrics:
        return None
    from server.telemetry.metrics import Metrics  # noqa: PLC0415

    return Metrics()


def _tracing(settings: Settings) -> "Tracing | None":
    if settings.otlp_endpoint is None:
        return None
    from server.telemetry.tracing import Tracing  # noqa: PLC0415

    return Tracing(settings.otlp_endpoint)


async def refuse(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses, such as a method that a path doesn't have, in JSON too."""
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette's signature is wider than what it sends here
    code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}.get(error.status_code, "BAD_REQUEST")
    messages = {404: f"There is nothing at {request.url.path}.", 405: f"{request.method} is not allowed here."}
    message = messages.get(error.status_code, error.detail)
    return Refused.because(code, message, error.status_code, error.headers).answer()
