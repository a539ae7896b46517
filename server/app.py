"""The application, put together from its settings."""

import contextlib
from collections.abc import AsyncGenerator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route

from db.database import Database
from server import logs
from server.graphql_http import graphql, refuse
from server.health import healthz, readyz
from server.playground import ASSETS, Assets, licences
from server.request_log import RequestLog
from server.settings import Settings


def create_app(settings: Settings) -> Starlette:
    """Return an application of its own: several can live in one process, each with its settings and database."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        app.state.database = Database(settings.reading_url, settings.pool)
        yield
        await app.state.database.close()

    return Starlette(
        routes=[
            Route("/", RedirectResponse("/graphql")),
            Route("/graphql", graphql, methods=["GET", "POST"]),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/static/licenses.md", licences),
            Mount(
                "/static/assets",
                Assets(directory=ASSETS / "assets", check_dir=False),
                middleware=[Middleware(GZipMiddleware)],
            ),
        ],
        middleware=[Middleware(RequestLog)],
        exception_handlers={HTTPException: refuse},
        lifespan=lifespan,
    )


def from_environment() -> Starlette:
    """Return the application of a worker process, which has its settings from the environment alone."""
    settings = Settings()
    logs.configure(settings.log_level)
    return create_app(settings)
