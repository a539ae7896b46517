"""The ceiling: what Starlette on Uvicorn can answer at all, which is the same bytes each time.

``BODY_FILE=file uvicorn bench.side_by_side.fixed_bytes:app``
"""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_BODY = Path(os.environ["BODY_FILE"]).read_bytes()


async def _answer(_: Request) -> Response:
    return Response(_BODY, media_type="application/json")


app = Starlette(routes=[Route("/graphql", _answer, methods=["POST"])])
