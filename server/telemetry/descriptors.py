"""File descriptors: log once a minute, and count, that this process has no more of them.

Each connection and each open file needs one. uvloop says nothing while there is none: it closes each new connection.
asyncio's own loop calls its exception handler for each attempt to accept, thousands of times a second.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from db.location import is_shortage, out_of_descriptors
from server.telemetry.logs import OncePerMinute, logger

ACCEPT = "accept"
"""A second in which no connection could be accepted."""

DATABASE = "database"
"""A request for which the database could not be opened."""

FILE = "file"
"""A request for which another file could not be opened, such as a page."""

_LOOK_SECONDS = 1


class DescriptorWatch:
    """Logs and counts shortages of file descriptors."""

    def __init__(self, count: Callable[[str], None] = lambda _: None) -> None:
        self._count = count
        self._log = OncePerMinute()

    def note(self, where: str) -> None:
        """Count a shortage, and log it unless one was logged within the last minute."""
        self._count(where)
        if self._log.due():
            logger.error(
                "out of file descriptors (%s): raise the limit of the process, such as LimitNOFILE of systemd", where
            )

    async def run(self) -> None:
        """Look each second whether there is a descriptor left. It takes two system calls."""
        asyncio.get_running_loop().set_exception_handler(_ignore_shortage)
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if out_of_descriptors():
                self.note(ACCEPT)


def _ignore_shortage(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what asyncio reports, except for the shortage, which is logged by the watch."""
    error = context.get("exception")
    if not (isinstance(error, OSError) and is_shortage(error)):
        loop.default_exception_handler(context)
