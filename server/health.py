"""Health checks: whether the process lives, and whether it can answer."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from db.database import Database
from server.responses import NO_STORE


async def healthz(_: Request) -> JSONResponse:
    """Answer 200 while the process lives."""
    return JSONResponse({"status": "ok"}, headers=NO_STORE)


async def readyz(request: Request) -> JSONResponse:
    """Answer 200 if the database is readable, current and seeded; otherwise 503 with the problem."""
    database: Database = request.app.state.service.database
    problem = await database.ready()
    return JSONResponse({"status": problem or "ok"}, 503 if problem else 200, headers=NO_STORE)
