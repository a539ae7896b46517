"""``GET /schema.graphql``: the schema in SDL, for code generators and other tools."""

import hashlib
from functools import cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from schema.definition import sdl
from server import http_caching


def schema_text(request: Request) -> Response:
    """Answer with the schema. Starlette runs this in a thread, so that no other request waits for it."""
    text, tag = printed()
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if http_caching.matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return PlainTextResponse(text, headers=headers)


@cache
def printed() -> tuple[bytes, str]:
    """Return the text and its entity tag, made at the first request."""
    text = sdl().encode()
    return text, f'"{hashlib.sha256(text).hexdigest()[:32]}"'
