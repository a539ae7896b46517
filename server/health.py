"""Whether the process lives, and whether it can answer."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from db.database import Database
from server.responses import NO_STORE


async def healthz(_: Request) -> JSONResponse:
    """Answer as long as the process lives."""
    return JSONResponse({"status": "ok"}, headers=NO_STORE)


async def readyz(request: Request) -> JSONResponse:
    """Answer 200 when the database can be read, is of this code's version and has data, else 503 and what is wrong."""
    database: Database = request.app.state.service.database
    problem = await database.ready()
    return JSONResponse({"status": problem or "ok"}, 503 if problem else 200, headers=NO_STORE)
