"""The files that `make web` builds, and where they lie."""

import os
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

BUILT = Path(__file__).parent.parent / "web" / "dist"
"""The pages' templates, the manifest of their documents, and below assets/ what their scripts and styles are."""


class Assets(StaticFiles):
    """Files whose names change with their content, so that a browser need never ask for one again."""

    async def check_config(self) -> None:
        """Take a missing folder as it is: the assets may be built while we serve."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Look in the folder alone: it has none inside, and to follow a long path takes long."""
        return ("", None) if os.sep in path else super().lookup_path(path)

    def file_response(self, *arguments: Any, **options: Any) -> Response:  # noqa: ANN401 - Starlette's own signature
        """Return a file's response, to be kept for a year."""
        response = super().file_response(*arguments, **options)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
