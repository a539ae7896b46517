"""The store of persisted documents by hash: in memory, and in Valkey for all processes together."""

import hashlib
import sys
from contextlib import suppress
from typing import Any, cast

from bounded_cache import GenerationalCache
from server.valkey import ValkeyClient, ValkeyUnavailable

OVERHEAD = 256
"""Bytes of a stored text in addition to its own, roughly."""

DAY = 24 * 60 * 60

_YOUNG, _OLD = "rolegraph:{documents}:young", "rolegraph:{documents}:old"

# Two hashes of texts, which work like GenerationalCache. When the young hash is full, it becomes the old hash, and the
# previous old hash is dropped. A text that is found in the old hash is put into the young hash again.
_PUT = """
local size, room = tonumber(ARGV[3]), tonumber(ARGV[4])
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  local bytes = tonumber(redis.call('HGET', KEYS[1], 'bytes')) or 0
  if bytes + size > room and bytes > 0 then redis.call('RENAME', KEYS[1], KEYS[2]) end
  redis.call('HINCRBY', KEYS[1], 'bytes', size)
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[5])
"""


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class DocumentStore:
    """Documents by hash, bounded in memory and in Valkey by a number of bytes each.

    The least recently used documents are dropped first. Valkey drops all of them when none has been used for a day.
    While Valkey is unavailable, a process has the documents in its memory.
    """

    def __init__(self, capacity: int, valkey: ValkeyClient | None = None) -> None:
        # Each half of the capacity is one generation, and a document must fit into one.
        self._half = capacity // 2
        self._memory = GenerationalCache[str, str](capacity)
        self._valkey = valkey

    def __contains__(self, sha256: str) -> bool:
        """Whether this process has the document of a hash in memory."""
        return sha256 in self._memory

    async def get(self, sha256: str) -> str | None:
        """Return the document of a hash."""
        text = self._memory.get(sha256)
        if text is None and self._valkey:
            with suppress(ValkeyUnavailable), self._valkey.using():
                text = await self._from_valkey(self._valkey.client, sha256)
        return text

    async def put(self, sha256: str, text: str) -> None:
        """Store a document under its hash."""
        self._memory.put(sha256, text, _size(text))
        if self._valkey and _size(text) <= self._half:
            with suppress(ValkeyUnavailable), self._valkey.using():
                await self._to_valkey(self._valkey.client, sha256, text)

    async def _from_valkey(self, client: Any, sha256: str) -> str | None:  # noqa: ANN401 - incomplete types
        pipeline = client.pipeline(transaction=False).hget(_YOUNG, sha256).hget(_OLD, sha256).expire(_YOUNG, DAY)
        young, old, _ = cast("tuple[bytes | None, bytes | None, int]", await pipeline.execute())
        text = (young or old or b"").decode(errors="replace")
        # Other programs may write to the same server, so the text is checked against its hash.
        if hash_of(text) != sha256:
            return None
        self._memory.put(sha256, text, _size(text))
        if young is None:
            await self._to_valkey(client, sha256, text)
        return text

    async def _to_valkey(self, client: Any, sha256: str, text: str) -> None:  # noqa: ANN401 - incomplete types
        await client.register_script(_PUT)([_YOUNG, _OLD], [sha256, text, _size(text), self._half, DAY])


def _size(text: str) -> int:
    return sys.getsizeof(text) + OVERHEAD
