"""The application, assembled from its settings."""

import contextlib
import gc
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route

from server import downloads, pictures
from server.asgi import GRAPHQL, Application
from server.downloads import MEDIA_TYPES
from server.health import healthz, readyz
from server.llms_text import llms_txt
from server.pages import Pages, for_browsers
from server.responses import Refused, method_not_allowed
from server.schema_text import schema_text
from server.service import serving
from server.settings import Settings
from server.site_map import robots_txt, sitemap_xml
from server.static_files import BUILT, Assets
from server.telemetry import logs
from server.telemetry.answered import AnsweredRequests
from server.telemetry.request_log import RequestLog
from server.transport.single_write import ARRIVED
from server.transport.unsent_bytes import UNSENT_BYTES

if TYPE_CHECKING:
    from server.mcp.endpoint import Endpoint
    from server.telemetry.metrics import Metrics
    from server.telemetry.tracing import Tracing


_GC_THRESHOLDS = (10_000, 2, 50)
"""Garbage collection after 10,000 new objects, of the newer ones after 30,000, and of all after 1,500,000.

Nothing runs meanwhile: a collection of 30,000 objects takes 20 milliseconds, one of all objects in the caches 200. They
find nearly nothing, since compiled programs and documents have no cycles of references, and so can be rare.
"""

_ALL = 2
"""The generation whose collection looks at all objects."""

_GC_REVIEWS = 5
"""Of this number of collections of all objects, all but one leave out those that an earlier one has looked at."""


def create_app(settings: Settings, built: Path = BUILT) -> Starlette:
    """Return a new application. One process can hold several, each with its settings, database and pages."""
    metrics, tracing = _metrics(settings), _tracing(settings)
    answered = AnsweredRequests(RequestLog(settings), metrics)
    assistants = _assistants(settings)
    pages = Pages(built)
    compressed = [Middleware(GZipMiddleware)]

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[dict[str, object]]:
        async with (
            serving(settings, built, metrics, tracing) as service,
            assistants.running() if assistants else contextlib.nullcontext(),
        ):
            app.state.service = service
            yield {UNSENT_BYTES: service.unsent, ARRIVED: service.data_version.expire}

    app = Application(
        settings,
        answered,
        tracing,
        routes=[
            Route("/", pages.home, middleware=compressed),
            # Before the pages, whose paths match too.
            *(Route(f"/compare/{{left}}/{{right}}.{extension}", downloads.comparison) for extension in MEDIA_TYPES),
            *(
                Route(f"/compare/{{left}}/{{right}}/{roles}.{extension}", downloads.several)
                for roles in ("{third}", "{third}/{fourth}")
                for extension in MEDIA_TYPES
            ),
            *(Route(f"/occupation/{{key}}.{extension}", downloads.occupation) for extension in MEDIA_TYPES),
            Route("/compare/{left}/{right}.png", pictures.comparison),
            Route("/occupation/{key}.png", pictures.occupation),
            Route("/compare", pages.chosen),
            Route("/compare/{key}", pages.one, middleware=compressed),
            Route("/compare/{left}/{right}", pages.compare, middleware=compressed),
            Route("/compare/{left}/{right}/{third}", pages.several, middleware=compressed),
            Route("/compare/{left}/{right}/{third}/{fourth}", pages.several, middleware=compressed),
            Route("/compare/{left}/{right}/{third}/{fourth}/{more:path}", pages.too_many, middleware=compressed),
            Route("/occupation/{key}", pages.occupation, middleware=compressed),
            Route("/best-paid", pages.best_paid, middleware=compressed),
            Route("/schema.graphql", schema_text),
            Route("/llms.txt", llms_txt),
            Route("/robots.txt", robots_txt),
            Route("/sitemap.xml", sitemap_xml, middleware=compressed),
            *([Route("/mcp", assistants, methods=["POST"])] if assistants else []),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            *([Route("/metrics", _page_of(metrics, answered))] if metrics else []),
            Route("/static/licenses.md", pages.licenses),
            Mount(
                "/static/assets",
                Assets(directory=built / "assets", check_dir=False),
                middleware=compressed,
            ),
        ],
        exception_handlers={HTTPException: http_error},
        lifespan=lifespan,
    )
    # Starlette's redirect would lead to any host that the client names. http_error has one that does not.
    app.router.redirect_slashes = False
    return app


def process_app(settings: Settings) -> Starlette:
    """Return the only application of a process, and tune the process's logging and garbage collection."""
    logs.configure(settings.log_level)
    app = create_app(settings)
    tune_garbage_collection()
    gc.callbacks.append(_leave_out_survivors(count(1)))
    return app


def tune_garbage_collection() -> None:
    """Exempt all present objects from garbage collection, and let more new ones be created before the next.

    What exists by now stays. Scanning it again and again would take a tenth of the processor time. With Python's
    default thresholds, half of the time of parsing and validating new documents would be garbage collection. The caller
    may have disabled garbage collection.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
    gc.enable()


def _leave_out_survivors(collections: Iterator[int]) -> Callable[[str, dict[str, int]], None]:
    """Return a callback that makes full collections short: what survives one is mostly cached, and stays."""

    def callback(phase: str, info: dict[str, int]) -> None:
        if info["generation"] == _ALL:
            if phase == "stop":
                gc.freeze()
            elif next(collections) % _GC_REVIEWS == 0:
                gc.unfreeze()

    return callback


# Metrics, tracing and MCP are imported only if they are enabled: they cost memory and time at startup.


def _metrics(settings: Settings) -> "Metrics | None":
    if not settings.metrics:
        return None
    from server.telemetry.metrics import Metrics  # noqa: PLC0415

    return Metrics()


def _page_of(metrics: "Metrics", answered: AnsweredRequests) -> Callable[[Request], Awaitable[Response]]:
    async def page(_: Request) -> Response:
        answered.settle()
        # In a thread, so that no other request waits for it.
        return await run_in_threadpool(metrics.page)

    return page


def _tracing(settings: Settings) -> "Tracing | None":
    if settings.otlp_endpoint is None:
        return None
    from server.telemetry.tracing import Tracing  # noqa: PLC0415

    return Tracing(settings.otlp_endpoint)


def _assistants(settings: Settings) -> "Endpoint | None":
    if not settings.mcp:
        return None
    from server.mcp.endpoint import Endpoint  # noqa: PLC0415

    return Endpoint(settings)


async def http_error(request: Request, error: Exception) -> Response:
    """Answer an error that Starlette raises, such as an unknown path, or redirect a path with a trailing slash."""
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette's signature is wider than what it sends here
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        refused = method_not_allowed(request.method, error.headers)
    elif error.status_code == HTTPStatus.NOT_FOUND:
        if path := _without_slash(request):
            query: bytes = request.scope["query_string"]
            url = f"{quote(path)}?{query.decode('latin-1')}" if query else quote(path)
            return RedirectResponse(url, 308, {"Cache-Control": "no-cache"})
        message = f"There is no page or endpoint at {request.url.path}."
        refused = Refused.because("NOT_FOUND", message, error.status_code, error.headers)
    else:
        refused = Refused.because("BAD_REQUEST", error.detail, error.status_code, error.headers)
    built: Path = request.app.state.service.built
    return for_browsers(request.headers.get("accept", "").encode("latin-1"), built, refused.response(), str(refused))


def _without_slash(request: Request) -> str | None:
    """Return the path without a trailing slash if it is that of a route; None otherwise.

    Routes begin with a fixed name, so the path never begins with two slashes, which would lead to another host.
    """
    asked: str = request.scope["path"]
    path = asked.rstrip("/")
    routes: list[BaseRoute] = request.app.routes
    scope = {"type": "http", "method": request.method, "path": path}
    known = path == GRAPHQL or any(
        isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE for route in routes
    )
    return path if path != asked and known else None
