"""The folder through which the workers share their metrics, so that any of them can report all."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from server.settings import Settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder, for each worker. The name is that of prometheus-client."""


@contextmanager
def shared_metrics(settings: Settings) -> Generator[None]:
    """Make the folder for workers that start inside this block, unless they have or need none; remove it in the end."""
    if not settings.metrics or settings.workers == 1 or FOLDER in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="rolegraph-metrics-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]
