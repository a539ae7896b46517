"""Damage that a read has found, which makes the readiness check fail until a check of the database succeeds."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from math import inf

from db.location import Damaged, DatabaseError

_CHECK_PAUSE_SECONDS = 10
"""The least time between two checks: one may read a whole file."""

_logger = logging.getLogger("rolegraph")


class Damage:
    """The damage of one database, if any. ``check`` raises DatabaseError while there is some."""

    def __init__(self, name: object, check: Callable[[], Awaitable[None]]) -> None:
        self._name = name
        self._check = check
        self._found: str | None = None
        self._checking: asyncio.Task[None] | None = None
        self._next_check = -inf

    def found(self, why: str) -> Damaged:
        """Remember damage and return the error for it."""
        if self._found is None:
            _logger.error("%s is damaged: %s", self._name, why)
        self._found = f"cannot read {self._name}: {why}"
        return Damaged(self._found)

    def require_none(self) -> None:
        """Raise Damaged if damage was found, and start a check unless there was one just now."""
        if self._found is None:
            return
        if self._checking is None and time.monotonic() >= self._next_check:
            self._checking = asyncio.create_task(self._run_check())
        raise Damaged(self._found)

    async def _run_check(self) -> None:
        try:
            await self._check()
        except DatabaseError as error:
            _logger.error("the check of %s failed: %s", self._name, error)  # noqa: TRY400 - the message says it all
        else:
            _logger.warning("the check of %s succeeded: it is no longer reported as damaged", self._name)
            self._found = None
        finally:
            self._checking = None
            self._next_check = time.monotonic() + _CHECK_PAUSE_SECONDS

    def close(self) -> None:
        """Cancel a check that runs."""
        if self._checking is not None:
            self._checking.cancel()
