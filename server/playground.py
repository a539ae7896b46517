"""The playground's page and its assets, as `make web` built them."""

import os
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles

ASSETS = Path(__file__).parent.parent / "web" / "dist"

_NOT_BUILT = """<!doctype html>
<html lang="en">
<title>Rolegraph</title>
<p>The API is here and answers POST requests. Its playground has not been built:
install Node 20.19 or newer with npm, run <code>make web</code>, and load this page again.</p>
</html>
"""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # The editor writes its styles at run time, and its style sheet holds small images as data.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


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


def licences(_: Request) -> Response:
    """Return the licences of what the page's scripts are made of."""
    built = ASSETS / "licenses.md"
    if not built.exists():
        raise HTTPException(404)
    return FileResponse(built, media_type="text/markdown; charset=utf-8")


def page() -> HTMLResponse:
    """Return the playground, or how to get it where it has not been built."""
    headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept", "Cache-Control": "no-cache"}
    built = ASSETS / "playground.html"
    if not built.exists():
        return HTMLResponse(_NOT_BUILT, 503, headers=headers)
    return HTMLResponse(built.read_text(encoding="utf-8"), headers=headers)
