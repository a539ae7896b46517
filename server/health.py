"""Whether the process lives, and whether it can answer."""

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from db import statements
from db.database import Database
from server.logs import logger


async def healthz(_: Request) -> JSONResponse:
    """Answer as long as the process lives."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> JSONResponse:
    """Answer 200 when the database is there and seeded, else 503."""
    database: Database = request.app.state.service.database
    try:
        seeded = bool(await database.all(statements.sources()))
    except SQLAlchemyError:
        logger.exception("the database does not answer")
        return JSONResponse({"status": "the database does not answer"}, 503)
    return JSONResponse({"status": "ok"}) if seeded else JSONResponse({"status": "the database is not seeded"}, 503)
