"""The components that requests share, from the application's startup to its shutdown."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db.database import Database
from execution.document_cache import DocumentCache
from execution.fragments import FragmentCache
from server.answer_cache import AnswerCache, DataVersion
from server.concurrency_limit import ConcurrencyLimit, CostLimit
from server.document_store import DocumentStore
from server.drawings import Drawings
from server.executable_schema import document_cache
from server.persisted_documents import PersistedDocuments
from server.rate_limiting import RateLimiter
from server.settings import Settings
from server.telemetry import logs
from server.telemetry.descriptors import DescriptorWatch
from server.transport.unsent_bytes import UnsentBytes
from server.trusted_documents import PageDocuments, TrustedDocuments
from server.valkey import ValkeyClient

if TYPE_CHECKING:
    from server.telemetry.metrics import Metrics
    from server.telemetry.tracing import Tracing


@dataclass(frozen=True)
class Service:
    """The components that requests share."""

    settings: Settings
    built: Path
    """The folder that `make web` builds."""
    fragments: FragmentCache | None
    database: Database
    data_version: DataVersion
    documents: DocumentCache
    document_turn: asyncio.Lock
    """Held while a long document is read."""
    answers: AnswerCache
    concurrency_limit: ConcurrencyLimit
    cost_limit: CostLimit
    descriptors: DescriptorWatch
    persisted: PersistedDocuments
    page_documents: PageDocuments
    rate_limiter: RateLimiter | None
    unsent: UnsentBytes
    drawings: Drawings


@asynccontextmanager
async def serving(
    settings: Settings, built: Path, metrics: "Metrics | None", tracing: "Tracing | None"
) -> AsyncGenerator[Service]:
    """Create the components, and close them in the end."""
    async with AsyncExitStack() as stack:
        # The event loop may not run long enough for their timer.
        stack.callback(logs.finish)
        descriptors = DescriptorWatch(metrics.count_shortage) if metrics else DescriptorWatch()
        stack.callback(asyncio.create_task(descriptors.run()).cancel)
        database = Database(settings.reading_url, settings.pool, settings.row_cache_rows)
        if tracing:
            await stack.enter_async_context(tracing.started(database.observers))
        # Closing the database ends abandoned statements, and with them their spans.
        stack.push_async_callback(database.close)
        valkey = ValkeyClient(settings.valkey_url) if settings.valkey_url else None
        if valkey:
            stack.push_async_callback(valkey.close)
        trusted = TrustedDocuments.read(settings.trusted_documents) if settings.trusted_documents else None
        store = DocumentStore(settings.max_persisted_bytes, valkey)
        pages = PageDocuments(built / "persisted-documents.json")
        drawings = Drawings()
        stack.callback(drawings.close)
        data_version = DataVersion(database, settings.execution_timeout)
        yield Service(
            settings=settings,
            built=built,
            fragments=FragmentCache(settings.fragment_cache_bytes) if settings.fragment_cache_bytes else None,
            database=database,
            data_version=data_version,
            documents=document_cache(settings),
            document_turn=asyncio.Lock(),
            answers=AnswerCache(settings.answer_cache_bytes, data_version),
            concurrency_limit=ConcurrencyLimit(settings.max_in_flight, metrics.set_in_flight)
            if metrics
            else ConcurrencyLimit(settings.max_in_flight),
            cost_limit=CostLimit(settings.max_cost),
            descriptors=descriptors,
            persisted=PersistedDocuments(store, trusted, pages, trusted_only=settings.trusted_documents_only),
            page_documents=pages,
            rate_limiter=RateLimiter(settings.rate_limit, valkey) if settings.rate_limit else None,
            unsent=UnsentBytes(settings.max_unsent_bytes, metrics.set_unsent, metrics.count_slow_reader)
            if metrics
            else UnsentBytes(settings.max_unsent_bytes),
            drawings=drawings,
        )
