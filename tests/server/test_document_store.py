"""The document store: its capacity, sharing between processes, and verification."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from server.document_store import DAY, OVERHEAD, DocumentStore, hash_of
from tests.forking import Script
from tests.server.processes import finish
from tests.valkeys import Server, connected

T = TypeVar("T")
ROOM = 100_000

STORE = """
import asyncio
import sys

from server.document_store import DocumentStore, hash_of
from server.valkey import ValkeyClient


async def use(url, verb, text):
    shared = ValkeyClient(url)
    store = DocumentStore(100_000, shared)
    if verb == "put":
        await store.put(hash_of(text), text)
    print(await store.get(hash_of(text)))
    await shared.close()


asyncio.run(use(*sys.argv[1:]))
"""


def using(url: str | None, use: Callable[[DocumentStore], Awaitable[T]], room: int = ROOM) -> T:
    """Use a new store, as a process that has just started does."""

    async def connect_and_use() -> T:
        async with connected(url) as shared:
            return await use(DocumentStore(room, shared))

    return asyncio.run(connect_and_use())


def put(url: str | None, *texts: str, room: int = ROOM) -> None:
    async def put_all(store: DocumentStore) -> None:
        for text in texts:
            await store.put(hash_of(text), text)

    using(url, put_all, room)


def found(url: str | None, *texts: str, room: int = ROOM) -> list[str | None]:
    async def find_all(store: DocumentStore) -> list[str | None]:
        return [await store.get(hash_of(text)) for text in texts]

    return using(url, find_all, room)


def documents(count: int, length: int = 1_000) -> list[str]:
    """Return different documents of the same length."""
    return [f"query Q{number:06} {{ occupations {{ nodes {{ title }} }} }}".ljust(length) for number in range(count)]


@pytest.fixture(params=["memory", "valkey"])
def url(request: pytest.FixtureRequest) -> str | None:
    """The URL of the shared store; None for memory only."""
    if request.param == "memory":
        return None
    server: Server = request.getfixturevalue("valkey")
    return server.url


def test_a_stored_document_is_found_by_its_hash(url: str | None) -> None:
    text = "{ occupations { nodes { title } } } # Wörter, 職業 😀"

    async def store_one(store: DocumentStore) -> list[str | None]:
        before = await store.get(hash_of(text))
        await store.put(hash_of(text), text)
        return [before, await store.get(hash_of(text))]

    assert using(url, store_one) == [None, text]


def test_memory_is_bounded_and_keeps_used_documents() -> None:
    texts = documents(200)

    async def overfill(store: DocumentStore) -> list[str]:
        for text in texts:
            await store.put(hash_of(text), text)
            await store.get(hash_of(texts[0]))
        return [text for text in texts if hash_of(text) in store]

    held = using(None, overfill)
    size = sys.getsizeof(texts[0]) + OVERHEAD
    # One generation is full, the other one partly.
    assert ROOM // size // 2 <= len(held) <= ROOM // size
    assert held == [texts[0], *texts[1 - len(held) :]]


def test_valkey_is_bounded_and_keeps_used_documents(valkey: Server) -> None:
    texts = documents(400)
    for start in range(0, len(texts), 20):
        put(valkey.url, *texts[start : start + 20])
        assert found(valkey.url, texts[0]) == [texts[0]]
    with valkey.looked_into() as client:
        stored = [text for key in client.scan_iter() for text in client.hvals(key) if text in texts]
        assert {client.type(key) for key in client.scan_iter()} == {"hash"}
        assert all(key.startswith("rolegraph:") and 0 < client.ttl(key) <= DAY for key in client.scan_iter())
    size = sys.getsizeof(texts[0]) + OVERHEAD
    # The young half may be nearly empty.
    assert ROOM / 2 - size <= len(stored) * size <= ROOM
    assert found(valkey.url, texts[-1], texts[1]) == [texts[-1], None]


def test_a_document_larger_than_half_of_the_capacity_is_not_stored(url: str | None) -> None:
    [small, large] = documents(1, 1_000) + documents(1, 30_000)

    async def store_both(store: DocumentStore) -> list[str | None]:
        for text in (small, large):
            await store.put(hash_of(text), text)
        return [await store.get(hash_of(text)) for text in (small, large)]

    assert using(url, store_both, room=50_000) == [small, None]


def test_a_document_that_a_larger_process_stored_is_found(valkey: Server) -> None:
    [large] = documents(1, 30_000)
    put(valkey.url, large, room=200_000)
    assert found(valkey.url, large, room=50_000) == [large]


def test_processes_find_each_others_documents(valkey: Server) -> None:
    def use(verb: str, text: str) -> str:
        status, printed, _ = finish(Script(STORE, valkey.url, verb, text))
        assert status == 0
        return printed.strip()

    assert use("get", "{ __typename }") == "None"
    assert use("put", "{ __typename }") == "{ __typename }"
    assert use("get", "{ __typename }") == "{ __typename }"
    assert use("get", "{ groups { code } }") == "None"


@pytest.mark.parametrize("forged", ["{ somethingElse }", b"\xff\xfe", ""])
def test_a_document_with_another_hash_is_ignored(valkey: Server, forged: str | bytes) -> None:
    put(valkey.url, "{ __typename }")
    with valkey.looked_into() as client:
        [key] = client.scan_iter()
        client.hset(key, hash_of("{ __typename }"), forged)
    assert found(valkey.url, "{ __typename }") == [None]
    put(valkey.url, "{ __typename }")
    assert found(valkey.url, "{ __typename }") == ["{ __typename }"]


def test_memory_serves_while_valkey_is_unavailable(valkey: Server, caplog: pytest.LogCaptureFixture) -> None:
    elsewhere, here, later = documents(3)
    put(valkey.url, elsewhere)

    async def lose_valkey(store: DocumentStore) -> list[str | None]:
        await store.put(hash_of(here), here)
        await asyncio.to_thread(valkey.stop)
        await store.put(hash_of(later), later)
        return [await store.get(hash_of(text)) for text in (here, later, elsewhere)]

    assert using(valkey.url, lose_valkey) == [here, later, None]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
