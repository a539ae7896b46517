"""The application, put together from its settings."""

import contextlib
import gc
from collections.abc import AsyncGenerator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from server.asgi import Edge
from server.assets import BUILT, Assets
from server.health import healthz, readyz
from server.pages import Pages
from server.responses import Refused, method_not_allowed
from server.sdl import schema_text
from server.service import serving
from server.settings import Settings
from server.telemetry import logs

if TYPE_CHECKING:
    from server.telemetry.metrics import Metrics
    from server.telemetry.tracing import Tracing


_GARBAGE = (20_000, 10, 10)
"""After how many new objects Python looks for garbage among them, and how seldom among older ones. So many are more
than a page of a list is made of: most are gone by then."""


def create_app(settings: Settings, built: Path = BUILT) -> Starlette:
    """Return an application of its own: several can live in one process, each with its settings, database and pages."""
    metrics, tracing = _metrics(settings), _tracing(settings)
    pages = Pages(built)
    compressed = [Middleware(GZipMiddleware)]

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        async with serving(settings, built, metrics, tracing) as app.state.service:
            yield

    app = Edge(
        settings,
        metrics,
        tracing,
        routes=[
            Route("/", pages.home, middleware=compressed),
            Route("/compare/{left}/{right}", pages.compare, middleware=compressed),
            Route("/occupation/{key}", pages.occupation, middleware=compressed),
            Route("/schema.graphql", schema_text),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            *([Route("/metrics", metrics.page)] if metrics else []),
            Route("/static/licenses.md", pages.licences),
            Mount(
                "/static/assets",
                Assets(directory=built / "assets", check_dir=False),
                middleware=compressed,
            ),
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
    app = create_app(settings)
    # What is there by now stays. To look through it for garbage again and again would take a tenth of all time, and to
    # look through documents as often as Python does by default half of the time that it takes to read new ones.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    return app


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
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return method_not_allowed(request.method, error.headers).answer()
    code, message = "BAD_REQUEST", error.detail
    if error.status_code == HTTPStatus.NOT_FOUND:
        code, message = "NOT_FOUND", f"There is nothing at {request.url.path}."
    return Refused.because(code, message, error.status_code, error.headers).answer()
