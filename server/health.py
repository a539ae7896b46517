"""Health checks: whether the process lives, and whether it can answer."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.pages import for_browsers
from server.responses import NO_STORE
from server.service import Service


async def healthz(_: Request) -> JSONResponse:
    """Answer 200 while the process lives."""
    return JSONResponse({"status": "ok"}, headers=NO_STORE)


async def readyz(request: Request) -> Response:
    """Answer 200 if the database is readable, current and seeded; otherwise 503 with the problem."""
    service: Service = request.app.state.service
    problem = await service.database.ready()
    response = JSONResponse({"status": problem or "ok"}, 503 if problem else 200, headers=NO_STORE)
    accept = request.headers.get("accept", "").encode("latin-1")
    return for_browsers(accept, service.built, response, problem or "")
