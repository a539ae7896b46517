"""``GET /schema.graphql``: the schema in SDL, for code generators and other tools."""

import hashlib
from functools import cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from schema import definition, federation
from server import http_caching
from server.service import Service


def schema_text(request: Request) -> Response:
    """Answer with the schema. Starlette runs this in a thread, so that no other request waits for it."""
    service: Service = request.app.state.service
    text, tag = printed(subgraph=service.settings.federation)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if http_caching.matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return PlainTextResponse(text, headers=headers)


@cache
def printed(*, subgraph: bool = False) -> tuple[bytes, str]:
    """Return the text of the schema or of the subgraph, and its entity tag, made at the first request."""
    text = (federation if subgraph else definition).sdl().encode()
    return text, f'"{hashlib.sha256(text).hexdigest()[:32]}"'
