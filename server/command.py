"""The command ``python -m server``: check the settings and the database, then serve."""

import signal
import sys
from contextlib import suppress
from types import FrameType

from pydantic import ValidationError
from pydantic_settings import CliApp
from uvicorn.config import STARTUP_FAILURE

from db.condition import require_current
from db.location import DatabaseError
from server.mcp import PackageMissing, require_package
from server.settings import Settings, problems
from server.telemetry import logs
from server.telemetry.shared_metrics import shared_metrics
from server.transport.config import Config
from server.transport.listener import CannotListen, Server, Supervisor, listen, url_of
from server.trusted_documents import ManifestError, TrustedDocuments
from server.valkey import InvalidValkeyURL, ValkeyClient


def main() -> int:
    """Serve until a signal stops the server; return the exit status."""
    try:
        settings = CliApp.run(Settings)
        require_usable(settings)
        require_current(settings.reading_url)
        listener = listen(settings.host, settings.port)
    except ValidationError as error:
        sys.stderr.writelines(f"error: {problem}\n" for problem in problems(error))
        return 2
    except (DatabaseError, CannotListen, ManifestError, InvalidValkeyURL, PackageMissing) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    logs.configure(settings.log_level)
    with listener, shared_metrics(settings):
        port: int = listener.getsockname()[1]
        logs.logger.info("Uvicorn running on %s (Press CTRL+C to quit)", url_of(settings.host, port))
        config = Config(settings)
        if settings.workers > 1:
            supervisor = Supervisor(config, [listener])
            supervisor.run()
            failed = any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes)
            return STARTUP_FAILURE if failed else 0
        # Uvicorn raises the signal that stopped it again when it has finished. Being stopped is not a failure.
        signal.signal(signal.SIGTERM, _stop)
        with suppress(KeyboardInterrupt):
            Server(config).run([listener])
        return 0


def require_usable(settings: Settings) -> None:
    """Raise ManifestError, InvalidValkeyURL or PackageMissing if the settings name something unusable.

    This module does not import the application, which the supervisor of several workers does not need.
    """
    if settings.trusted_documents:
        TrustedDocuments.read(settings.trusted_documents)
    if settings.valkey_url:
        ValkeyClient(settings.valkey_url)
    if settings.mcp:
        require_package()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
