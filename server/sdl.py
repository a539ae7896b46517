"""The schema in the schema definition language, for programs that generate code from it."""

import hashlib
from functools import cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from schema.definition import sdl
from server import caching


def schema_text(request: Request) -> Response:
    """Answer with the schema as schema.graphql holds it. Starlette runs this in a thread, so nobody waits for it."""
    text, tag = _printed()
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if caching.is_held(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return PlainTextResponse(text, headers=headers)


@cache
def _printed() -> tuple[bytes, str]:
    """Return the text and its entity tag, made when somebody asks for them first."""
    text = sdl().encode()
    return text, f'"{hashlib.sha256(text).hexdigest()[:32]}"'
