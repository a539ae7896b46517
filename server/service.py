"""What one application is made of, from its start to its end."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.database import Database
from schema.definition import Schema
from server.documents import Documents
from server.executable_schema import graphql_schema
from server.gate import Gate
from server.limits import Limits
from server.persisted import PersistedOperations
from server.rate_limits import RateLimiter
from server.settings import Settings

if TYPE_CHECKING:
    from server.metrics import Metrics
    from server.tracing import Tracing


@dataclass(frozen=True)
class Service:
    """The parts that requests share."""

    settings: Settings
    schema: Schema
    database: Database
    documents: Documents
    gate: Gate
    persisted: PersistedOperations
    rate_limiter: RateLimiter | None


@asynccontextmanager
async def serving(settings: Settings, metrics: "Metrics | None", tracing: "Tracing | None") -> AsyncGenerator[Service]:
    """Yield the parts, and take them apart in the end."""
    database = Database(settings.reading_url, settings.pool)
    async with tracing.started(database.engine) if tracing else nullcontext():
        yield Service(
            settings=settings,
            schema=graphql_schema,
            database=database,
            documents=Documents(graphql_schema.core, Limits.of(settings)),
            gate=Gate(settings.max_in_flight, metrics.set_in_flight) if metrics else Gate(settings.max_in_flight),
            persisted=PersistedOperations(),
            rate_limiter=None,
        )
        # Statements that nobody waits for any more end here, and so do their spans.
        await database.close()
