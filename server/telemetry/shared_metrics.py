"""Where worker processes count together: each takes its part of the requests, and whichever is asked tells of all."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from server.settings import Settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder. The library looks for it when it is first imported."""


@contextmanager
def shared_metrics(settings: Settings) -> Generator[None]:
    """Give worker processes that are started inside a folder, unless they have one or need none, and remove it."""
    if not settings.metrics or settings.workers == 1 or FOLDER in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="rolegraph-metrics-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]
