"""The store of documents by their hashes: in memory, and in Valkey for all processes together."""

import hashlib
import sys
from contextlib import suppress
from typing import Any, cast

from cachetools import LRUCache

from server.valkey import Away, ValkeyClient

OVERHEAD = 256
"""About how many bytes a stored text takes besides its own."""

DAY = 24 * 60 * 60

_YOUNG, _OLD = "rolegraph:{documents}:young", "rolegraph:{documents}:old"

# A hash of texts, and another that holds what was in the first when it last was full. Once it is full again, that other
# one goes: texts that were not asked for meanwhile go with it, the rest have been put into the first again.
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
    """Documents by their hashes, of which neither memory nor Valkey holds more than so many bytes.

    The least recently used make room; Valkey forgets all of them once none has been used for a day. While it is away,
    a process has those in its memory.
    """

    def __init__(self, bytes_held: int, shared: ValkeyClient | None = None) -> None:
        # Valkey has two halves to fill, so a document that needs more than one is not stored.
        self._half = bytes_held // 2
        self._memory = LRUCache[str, str](bytes_held, getsizeof=_size)
        self._shared = shared

    def __contains__(self, sha256: str) -> bool:
        """Whether this process has it in memory."""
        return sha256 in self._memory

    async def get(self, sha256: str) -> str | None:
        """Return the document of a hash."""
        text = self._memory.get(sha256)
        if text is None and self._shared:
            with suppress(Away), self._shared.reached():
                text = await self._from_valkey(self._shared.client, sha256)
        return text

    async def put(self, sha256: str, text: str) -> None:
        """Store a document under its hash."""
        self._to_memory(sha256, text)
        if self._shared and _size(text) <= self._half:
            with suppress(Away), self._shared.reached():
                await self._to_valkey(self._shared.client, sha256, text)

    def _to_memory(self, sha256: str, text: str) -> None:
        if _size(text) <= self._half:
            self._memory[sha256] = text

    async def _from_valkey(self, client: Any, sha256: str) -> str | None:  # noqa: ANN401 - its own types leave gaps
        asked = client.pipeline(transaction=False).hget(_YOUNG, sha256).hget(_OLD, sha256).expire(_YOUNG, DAY)
        young, old, _ = cast("tuple[bytes | None, bytes | None, int]", await asked.execute())
        text = (young or old or b"").decode(errors="replace")
        # Others may write there too: what is not the document of this hash is none of ours.
        if hash_of(text) != sha256:
            return None
        self._to_memory(sha256, text)
        if young is None:
            await self._to_valkey(client, sha256, text)
        return text

    async def _to_valkey(self, client: Any, sha256: str, text: str) -> None:  # noqa: ANN401 - its own types leave gaps
        await client.register_script(_PUT)([_YOUNG, _OLD], [sha256, text, _size(text), self._half, DAY])


def _size(text: str) -> int:
    return sys.getsizeof(text) + OVERHEAD
