"""``python -m server``: check the settings and the database, then serve."""

import os
import signal
import sys
from types import FrameType

import uvicorn
from pydantic import ValidationError
from pydantic_settings import CliApp

from db.condition import require_current
from db.location import DatabaseError
from server import logs
from server.settings import Settings, problems
from server.shared_metrics import shared_metrics

SECONDS_TO_FINISH = 30
"""How long a request in flight may take to end once the server has been told to stop."""


def main() -> int:
    """Serve until told to stop; return the exit status."""
    try:
        settings = CliApp.run(Settings)
        require_current(settings.reading_url)
    except ValidationError as error:
        sys.stderr.writelines(f"error: {problem}\n" for problem in problems(error))
        return 2
    except DatabaseError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    # Worker processes read their settings from the environment, so what the command line said is put there.
    os.environ |= {name.upper(): str(value) for name, value in settings.model_dump(exclude_none=True).items()}
    logs.configure(settings.log_level)
    # Uvicorn raises the signal that stopped it once more when it has finished: being told to stop is no failure.
    signal.signal(signal.SIGTERM, _stop)
    with shared_metrics(settings):
        uvicorn.run(
            "server.app:from_environment",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
