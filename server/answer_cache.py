"""Answers in memory: the same question about the same data is answered once.

An answer follows from the document, the operation, its variables and the version of the data. The version is asked for
at each request, so that an import shows at once. See docs/adr/0012-cache-responses-in-front-of-starlette.md.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from sys import getsizeof
from typing import Any, NamedTuple

import orjson

from bounded_cache import GenerationalCache
from db.database import Database
from db.deadline import DeadlineExceeded, deadline, end_of_operation
from execution.document_cache import Operation
from server.responses import Answer


class Question(NamedTuple):
    """What tells what is asked for from all else.

    As variables are written here true is not 1, 1 is not 1.0, and the order of names is always the same.
    """

    document: str
    """The SHA-256 of its text."""
    operation: str | None
    variables: str
    tells_cost: bool


OVERHEAD = 2_000
"""About how many bytes an answer takes besides those of its body and its variables: most of it is headers."""


@dataclass(slots=True)
class Result:
    """What an operation was answered with, and which version of the data that is of."""

    question: Question
    operation_type: str
    cost: int
    data_version: str
    body: bytes
    errors: Sequence[Mapping[str, Any]] = ()
    """As clients see them. An answer that has any is kept by nobody."""
    answers: dict[tuple[str, bool], Answer] = field(default_factory=dict[tuple[str, bool], Answer])
    """What it was sent as, by media type and whether caches may have it: with its entity tag, if they may."""


def question_of(operation: Operation, variables: Mapping[str, Any], *, tells_cost: bool) -> Question | None:
    """Return what an operation asks; None where its variables are nested too deeply to be written."""
    try:
        # Decoded, for the bytes that orjson returns take up more room than they have.
        written = orjson.dumps(variables, option=orjson.OPT_SORT_KEYS).decode() if variables else ""
    except orjson.JSONEncodeError:
        return None
    return Question(operation.document_hash, operation.name, written, tells_cost)


class AnswerCache:
    """The answers of one version of the data, within so many bytes, and the questions that are being answered now.

    What was asked by the same bytes before is the same question, and need not be read to be known; answers are kept by
    those as well, in half of the room. With 0 bytes nothing is kept, and nobody waits for another's answer.
    """

    def __init__(self, most_bytes: int, data_version: "DataVersion") -> None:
        self._enabled = most_bytes > 0
        self._kept = GenerationalCache[Question, Result](most_bytes // 2)
        self._by_body = GenerationalCache[bytes, Result](most_bytes // 2)
        self._version = ""
        self._data_version = data_version
        self._running: dict[Question, list[asyncio.Future[Result | None]]] = {}
        """The questions that are being answered, and who waits for the answer."""

    def last(self, question: Question | None) -> Result | None:
        """Return the answer that was given last, whether or not the data is still the same."""
        return self._kept.get(question) if question else None

    async def repeated(self, body: bytes) -> Result | None:
        """Return the answer to a request's body that is the same as an earlier one's."""
        result = self._by_body.get(body)
        if result is None or result.data_version == self._data_version.seen or await self.is_current(result):
            return result
        return None

    def remember(self, body: bytes, result: Result) -> None:
        """Keep the answer to a request's body, from which alone it must follow what is asked."""
        self._by_body.put(body, result, _weight(result) + len(body))

    async def is_current(self, result: Result) -> bool:
        """Whether a result is of the version that the data has now; forget all others."""
        version = await self._data_version.now()
        self._hold(version)
        return result.data_version == version

    async def run(self, question: Question, run: Callable[[], Awaitable[Result]]) -> tuple[Result, bool]:
        """Return the answer to a question, and whether it is shared with one who asked the same before.

        Whoever waits for another's answer does so in a time of his own. Where no answer comes that he can use, since
        it has errors, was refused or given up, he runs the operation himself.
        """
        if not self._enabled:
            return await run(), False
        waiting = self._running.get(question)
        if waiting is None:
            return await self._run_for_all(question, run), False
        waiting.append(shared := asyncio.get_running_loop().create_future())
        end = end_of_operation()
        try:
            async with asyncio.timeout(None if end == inf else end - time.monotonic()):
                result = await shared
        except TimeoutError:
            raise DeadlineExceeded from None
        if result is not None and await self.is_current(result):
            return result, True
        return await run(), False

    async def _run_for_all(self, question: Question, run: Callable[[], Awaitable[Result]]) -> Result:
        waiting = self._running[question] = []
        shared: Result | None = None
        try:
            result = await run()
            if not result.errors:
                shared = result
                self._hold(result.data_version)
                self._kept.put(question, result, _weight(result))
            return result
        finally:
            del self._running[question]
            for other in waiting:
                # One who has given up is past being told.
                if not other.done():
                    other.set_result(shared)

    def _hold(self, version: str) -> None:
        """Forget all answers unless they are of this version of the data."""
        if version != self._version:
            self._kept.clear()
            self._by_body.clear()
            self._version = version


def _weight(result: Result) -> int:
    question = result.question
    return OVERHEAD + len(result.body) + getsizeof(question.variables) + getsizeof(question.operation)


class DataVersion:
    """The data's version, looked at once for all requests that are handled in the same turn of the event loop.

    Nobody gets an older answer than the data was when he asked. Whatever runs later in a turn was waiting for it when
    the look was taken, so its request had come by then; what comes after that runs in another turn, and by then the
    look is forgotten: that was put into the queue before. A look that the database was waited for is not shared.
    """

    def __init__(self, database: Database, seconds: float) -> None:
        self._database = database
        self._seconds = seconds
        self._turn = 0
        self.seen: str | None = None
        """What was seen in this turn, if anybody has looked."""

    async def now(self) -> str:
        """Return a version that the data had when this was asked, or later."""
        if self.seen is None:
            turn = self._turn
            asyncio.get_running_loop().call_soon(self._end_turn)
            with deadline(self._seconds):
                version = await self._database.version()
            if turn != self._turn:
                return version
            self.seen = version
        return self.seen

    def _end_turn(self) -> None:
        self._turn += 1
        self.seen = None
