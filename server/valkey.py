"""The client of Valkey or Redis, through which processes share data while it is available."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from server.telemetry.logs import logger

if TYPE_CHECKING:
    from valkey.exceptions import ValkeyError

TIMEOUT = 0.5
"""Seconds that connecting and each reply may take.

A busy process reads a reply late. With a shorter timeout it would take its own load for an outage.
"""

RETRY_SECONDS = 1.0
"""Seconds between two attempts while Valkey is unavailable."""


class ValkeyUnavailable(Exception):
    """Valkey cannot be reached."""


class InvalidValkeyURL(Exception):
    """VALKEY_URL is invalid. The message is one line without the password."""


class ValkeyClient:
    """A client of a Valkey or Redis server that may be unavailable.

    It is used inside ``with using()``, by code that can do without it. While the server is unavailable, one attempt is
    made each ``RETRY_SECONDS`` and all other uses fail at once. The log has one line when it becomes unavailable, and
    one when it is available again.
    """

    def __init__(self, url: str) -> None:
        # Only servers with a VALKEY_URL import the library. It takes a fortieth of a server's start.
        from valkey.asyncio import ConnectionPool, SSLConnection, Valkey  # noqa: PLC0415
        from valkey.exceptions import ValkeyError  # noqa: PLC0415

        # The library's types are incomplete.
        try:
            pool = cast("Any", ConnectionPool).from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
            options: dict[str, Any] = pool.connection_kwargs
            if issubclass(pool.connection_class, SSLConnection):
                # By default the library does not check the host name of the certificate. The URL may turn this off.
                options.setdefault("ssl_check_hostname", True)
            # Fail for an unknown option now and not at the first request.
            pool.make_connection()
        except (TypeError, ValueError) as error:
            raise InvalidValkeyURL(f"VALKEY_URL is invalid: {error}") from None
        self.client = Valkey.from_pool(pool)
        self._address: str = options.get("path") or f"{options.get('host', 'localhost')}:{options.get('port', 6379)}"
        self._password: str | None = options.get("password")
        self._next_attempt: float | None = None
        self._error = ValkeyError

    @contextmanager
    def using(self) -> Generator[None]:
        """Run a block that uses the server; raise ValkeyUnavailable if that fails or has just failed."""
        if self._next_attempt is not None:
            if time.monotonic() < self._next_attempt:
                raise ValkeyUnavailable
            # All others fail at once while this one tries.
            self._next_attempt = time.monotonic() + RETRY_SECONDS
        try:
            yield
        except self._error as error:
            self._mark_unavailable(error)
            raise ValkeyUnavailable from None
        if self._next_attempt is not None:
            self._next_attempt = None
            logger.info("Valkey at %s is available again", self._address)

    async def close(self) -> None:
        """Close all connections."""
        await self.client.aclose(close_connection_pool=True)

    def _mark_unavailable(self, error: "ValkeyError") -> None:
        if self._next_attempt is None:
            logger.warning(
                "Valkey at %s is unavailable: until it returns, rate limits are off and operations not shared. %s: %s",
                self._address,
                type(error).__name__,
                self._without_password(str(error)),
            )
        self._next_attempt = time.monotonic() + RETRY_SECONDS

    def _without_password(self, text: str) -> str:
        """Remove the password from a message of the server: some errors repeat the command."""
        return text.replace(self._password, "***") if self._password else text
