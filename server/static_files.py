"""The static files that `make web` builds."""

import os
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

BUILT = Path(__file__).parent.parent / "web" / "dist"
"""The folder with the pages' templates, the manifest of their documents, and assets/ with scripts and styles."""


class Assets(StaticFiles):
    """Files whose names change with their content, so that browsers may cache them for good."""

    async def check_config(self) -> None:
        """Accept a missing folder: the files may be built while the server runs."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Look in this folder only. It has no subfolders, and following a long path takes long."""
        return ("", None) if os.sep in path else super().lookup_path(path)

    def file_response(self, *arguments: Any, **options: Any) -> Response:  # noqa: ANN401 - Starlette's own signature
        """Return the response with a file, which caches may keep for a year."""
        response = super().file_response(*arguments, **options)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
