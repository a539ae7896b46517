"""The answer cache: the result of each operation is kept while the data stays the same.

A result follows from the document, the operation, its variables and the version of the data. The version is read for
each request, so that an import is visible at once. See docs/adr/0012-cache-responses-in-front-of-starlette.md.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import getsizeof
from typing import Any

import orjson

from bounded_cache import GenerationalCache
from db.database import Database
from db.deadline import before_deadline, deadline
from execution.document_cache import Operation
from server.compression import Coding
from server.responses import EncodedResponse

OperationKey = tuple[str, str | None, str, bool]
"""What identifies an operation: the SHA-256 of its document, its name, its variables, and whether it reports its cost.

The variables are JSON with sorted names, in which true is not 1 and 1 is not 1.0. It is a plain tuple, because a named
one takes 2,000 instructions more for each request.
"""

OVERHEAD = 400
"""Bytes that a cached result takes in addition to its body and the texts of its key."""

_RESPONSE = 400
"""Bytes that a kept response takes in addition to its body."""

STORABLE_RESPONSE = 1_200
"""The same if HTTP caches may store it: then its headers are its own, because they have an entity tag."""

_REQUEST_OVERHEAD = 200
"""Bytes that the body of a request takes in addition to its length."""


Form = tuple[str, bool, Coding]
"""A media type, whether HTTP caches may store the response, and a content coding."""


@dataclass(slots=True)
class OperationResult:
    """The result of an operation at one version of the data."""

    key: OperationKey
    operation_type: str
    cost: int
    data_version: str
    body: bytes
    errors: Sequence[Mapping[str, Any]] = ()
    """As clients see them. A result with errors is never cached."""
    # dict[...] would take six times the instructions.
    responses: dict[Form, EncodedResponse] = field(default_factory=dict)  # pyright: ignore[reportUnknownVariableType]
    """The responses made from it that are kept to be sent again."""


def operation_key(operation: Operation, variables: Mapping[str, Any], *, reports_cost: bool) -> OperationKey | None:
    """Return the key of an operation with variables; None if they are nested too deeply for JSON."""
    try:
        # As a string: a bytes object of orjson occupies more memory than its length.
        encoded = orjson.dumps(variables, option=orjson.OPT_SORT_KEYS).decode() if variables else ""
    except orjson.JSONEncodeError:
        return None
    return operation.document_hash, operation.name, encoded, reports_cost


class AnswerCache:
    """A bounded cache of results at one version of the data. It also joins equal operations that run at the same time.

    Results are cached by operation, and the keys of operations by request body: a body that was sent before need not be
    parsed again. With a capacity of 0 nothing is cached or joined.
    """

    def __init__(self, capacity: int, data_version: "DataVersion") -> None:
        self._enabled = capacity > 0
        self._results = GenerationalCache[OperationKey | bytes, Any](capacity)
        """The result of each operation, and the operation of each request body."""
        self._version = ""
        self._data_version = data_version
        self._running: dict[OperationKey, list[asyncio.Future[OperationResult | None]]] = {}
        """The operations that are running, and the futures of the requests that wait for their results."""

    @property
    def weight(self) -> int:
        """The bytes that it takes."""
        return self._results.weight

    def last(self, key: OperationKey | None) -> OperationResult | None:
        """Return the cached result of an operation, even if the data has changed since."""
        return self._results.get(key) if key else None

    def repeated(self, body: bytes) -> OperationResult | None:
        """Return the result for a request body that was remembered, even if the data has changed since."""
        key = self._results.get(body)
        return self._results.get(key) if key else None

    def remember(self, body: bytes, result: OperationResult) -> None:
        """Cache the result for a request body. The operation must follow from the body alone."""
        self._results.put(body, result.key, _REQUEST_OVERHEAD + len(body))

    def keep(self, result: OperationResult, form: Form, response: EncodedResponse) -> None:
        """Keep a response that was made from a result, if that is cached."""
        if self.last(result.key) is result:
            result.responses[form] = response
            self._results.put(result.key, result, _weight(result))

    async def is_current(self, result: OperationResult) -> bool:
        """Whether a result is of the data's current version. Results of other versions are dropped."""
        version = await self._data_version.now()
        self._require_version(version)
        return result.data_version == version

    def run(self, key: OperationKey, run: Callable[[], Awaitable[OperationResult]]) -> Awaitable[OperationResult]:
        """Return the result of an operation: that of another request that is running it, or else of ``run``.

        Each request waits until its own deadline. It runs the operation itself if there is no result to share: the
        other one had errors, was refused or was canceled, or the data has changed.
        """
        if not self._enabled:
            return run()
        waiting = self._running.get(key)
        return self._run_and_share(key, run) if waiting is None else self._shared(waiting, run)

    async def _shared(
        self,
        waiting: "list[asyncio.Future[OperationResult | None]]",
        run: Callable[[], Awaitable[OperationResult]],
    ) -> OperationResult:
        waiting.append(shared := asyncio.get_running_loop().create_future())
        result = await before_deadline(shared)
        return result if result is not None and await self.is_current(result) else await run()

    async def _run_and_share(self, key: OperationKey, run: Callable[[], Awaitable[OperationResult]]) -> OperationResult:
        waiting = self._running[key] = []
        shared: OperationResult | None = None
        try:
            result = await run()
            if not result.errors:
                shared = result
                self._require_version(result.data_version)
                # An equal text, which all results share.
                result.data_version = self._version
                self._results.put(key, result, _weight(result))
            return result
        finally:
            del self._running[key]
            for future in waiting:
                # The caller may already have timed out.
                if not future.done():
                    future.set_result(shared)

    def _require_version(self, version: str) -> None:
        """Drop all results if they are of another version of the data."""
        if version != self._version:
            self._results.clear()
            self._version = version


def _weight(result: OperationResult) -> int:
    _, name, variables, _ = result.key
    weight = OVERHEAD + len(result.body)
    for (_, storable, coding), response in result.responses.items():
        weight += STORABLE_RESPONSE if storable else _RESPONSE
        # Any other body is the result's own.
        weight += len(response.body) if coding else 0
    return weight + getsizeof(variables) + getsizeof(name)


class DataVersion:
    """The data's version, read once for all requests that had arrived before the read.

    A request never gets a version older than its arrival, because each arrival makes the last one expire. A version
    that was being read when a request arrived is not shared either.
    """

    def __init__(self, database: Database, timeout: float) -> None:
        self._database = database
        self._timeout = timeout
        self._arrivals = 0
        self.seen: str | None = None
        """The version, if it was read since the last arrival."""

    def expire(self) -> None:
        """Forget the version, because a request has arrived."""
        self._arrivals += 1
        self.seen = None

    async def now(self) -> str:
        """Return the version that the data has at the time of the call, or had since the last arrival."""
        if self.seen is not None:
            return self.seen
        with deadline(self._timeout):
            return await self.read()

    async def read(self) -> str:
        """Read the version within the current deadline."""
        arrivals = self._arrivals
        version = await self._database.version()
        if arrivals == self._arrivals:
            self.seen = version
        return version
