"""Valkey, or Redis: what several processes share, and may have to do without for a while."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

from valkey.asyncio import ConnectionPool, SSLConnection, Valkey
from valkey.exceptions import ValkeyError

from server.telemetry.logs import logger

PATIENCE = 0.5
"""How many seconds it may take to connect and to answer.

A process that has much else to do finds an answer late, so that a shorter time would make its own business an outage.
"""

PAUSE = 1.0
"""How many seconds pass between two attempts while it is away."""


class Away(Exception):
    """Valkey can't be used just now."""


class NoAddress(Exception):
    """Valkey's URL can't be used; the message, of one line and without the password, says why."""


class ValkeyClient:
    """A Valkey or Redis server that may be away.

    Whoever uses it does so within ``reached``, and can do without. Once it is away, one attempt is made each ``PAUSE``
    and all others go on at once. The log says once that it is away, and once that it is back.
    """

    def __init__(self, url: str) -> None:
        # The client's own types leave gaps.
        try:
            pool = cast("Any", ConnectionPool).from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
            options: dict[str, Any] = pool.connection_kwargs
            if issubclass(pool.connection_class, SSLConnection):
                # The client checks the certificate, but not whose it is unless told to. The URL may say otherwise.
                options.setdefault("ssl_check_hostname", True)
            # An option that it doesn't know would otherwise come up with the first request.
            pool.make_connection()
        except (TypeError, ValueError) as error:
            raise NoAddress(f"VALKEY_URL can't be used: {error}") from None
        self.client = Valkey.from_pool(pool)
        self._place: str = options.get("path") or f"{options.get('host', 'localhost')}:{options.get('port', 6379)}"
        self._password: str | None = options.get("password")
        self._next_attempt: float | None = None

    @contextmanager
    def reached(self) -> Generator[None]:
        """Use the server in here; raises Away if that fails, or has just failed."""
        if self._next_attempt is not None:
            if time.monotonic() < self._next_attempt:
                raise Away
            # All others go on without it while this one tries.
            self._next_attempt = time.monotonic() + PAUSE
        try:
            yield
        except ValkeyError as error:
            self._lose(error)
            raise Away from None
        if self._next_attempt is not None:
            self._next_attempt = None
            logger.info("Valkey at %s is back", self._place)

    async def close(self) -> None:
        """Close all connections."""
        await self.client.aclose(close_connection_pool=True)

    def _lose(self, error: ValkeyError) -> None:
        if self._next_attempt is None:
            logger.warning(
                "Valkey at %s is away: rate limits are not held, and no operations shared, until it is back. %s: %s",
                self._place,
                type(error).__name__,
                self._without_password(str(error)),
            )
        self._next_attempt = time.monotonic() + PAUSE

    def _without_password(self, text: str) -> str:
        """Return what the server said without the password: some errors repeat what it was sent."""
        return text.replace(self._password, "***") if self._password else text
