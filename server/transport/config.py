"""Uvicorn's configuration.

The supervisor of several workers imports neither the connections nor the application: both import Strawberry.
"""

import gc
from functools import partial

import uvicorn
from starlette.applications import Starlette

from server.settings import Settings

MAX_URL_BYTES = 65_535
"""Bytes of a URL. The parser accepts no longer one."""


class Config(uvicorn.Config):
    """Uvicorn's configuration, with what connections need. Worker processes are sent this object by pickle."""

    def __init__(self, settings: Settings) -> None:
        self.client_timeout = settings.client_timeout
        self.max_url_bytes = min(settings.max_body_bytes, MAX_URL_BYTES)
        super().__init__(
            partial(_application, settings),
            factory=True,
            http="server.transport.connections:Connection",
            ws="none",
            workers=settings.workers,
            timeout_keep_alive=settings.keep_alive_timeout,
            timeout_graceful_shutdown=settings.shutdown_timeout,
            # The application reads X-Forwarded-For itself, from TRUSTED_PROXIES only.
            proxy_headers=False,
            server_header=False,
            log_config=None,
            access_log=False,
        )

    def load(self) -> None:
        """Import the connections and create the application, in a process that serves."""
        # Collecting garbage would take a sixth of the time of these imports, and find none. The application enables it.
        gc.disable()
        super().load()


def _application(settings: Settings) -> Starlette:
    """Create the application of this process."""
    from server.app import process_app  # noqa: PLC0415

    return process_app(settings)
