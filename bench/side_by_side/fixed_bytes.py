"""The upper bound: Starlette on Uvicorn with a constant response.

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
