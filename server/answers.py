"""What clients are told: results and errors as JSON, and nothing of the server's insides."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response

from server.logs import logger

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
INTERNAL = "INTERNAL_SERVER_ERROR"
MEDIA_TYPES = (JSON, GRAPHQL_RESPONSE)
"""What /graphql answers in; the first is for clients that accept anything."""


def answer(body: Mapping[str, object], media_type: str, status: int = 200) -> Response:
    """Return a JSON response."""
    return Response(orjson.dumps(body), status, media_type=f"{media_type}; charset=utf-8", headers={"Vary": "Accept"})


def refusal(status: int, code: str, message: str, media_type: str = JSON, **headers: str) -> Response:
    """Return the answer to a request that is not a GraphQL request."""
    response = answer({"errors": [{"message": message, "extensions": {"code": code}}]}, media_type, status)
    response.headers.update(headers)
    return response


def request_errors(request: Request, errors: Sequence[Mapping[str, Any]], media_type: str) -> Response:
    """Return the answer to a GraphQL request that could not be run: it has no data, not even null.

    A client of the older media type can't tell such a status from that of a proxy, and gets 200.
    """
    codes = request.state.log["errors"] = [error["extensions"]["code"] for error in errors]
    status = 500 if INTERNAL in codes else 400 if media_type == GRAPHQL_RESPONSE else 200
    return answer({"errors": errors}, media_type, status)


def internal(request_id: str, error: BaseException, **where: object) -> dict[str, Any]:
    """Log an error that is ours, and return what the client may know of it: an id to find it by."""
    error_id = uuid.uuid4().hex
    logger.error(
        "unexpected error %s",
        error_id,
        exc_info=error,
        extra={"error_id": error_id, "request_id": request_id, **where},
    )
    return {"message": "Internal server error", "extensions": {"code": INTERNAL, "errorId": error_id}}


def presentable(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return an error as the client may see it; one that is the server's fault is logged and hidden."""
    if error.extensions and "code" in error.extensions:
        return dict(error.formatted)
    if _is_the_clients(error):
        return {**error.formatted, "extensions": {"code": "BAD_USER_INPUT"}}
    return {**error.formatted, **internal(request_id, error.original_error or error, path=error.path)}


def _is_the_clients(error: GraphQLError) -> bool:
    """Whether graphql-core refused a variable or an argument, which it does with an error of its own class.

    One without a path came up before any field was resolved. One with a path is about an argument if it pointed at the
    document before the path was put to it; what comes up while a value is completed does not.
    """
    origin = error.original_error or error
    return isinstance(origin, GraphQLError) and (error.path is None or (origin is not error and bool(origin.nodes)))
