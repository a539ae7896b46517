"""What clients are told: results and errors as JSON, and nothing of the server's insides."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.responses import Response

from server.logs import logger

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
MEDIA_TYPES = (JSON, GRAPHQL_RESPONSE)
"""What /graphql answers in; the first is for clients that accept anything."""


def answer(body: Mapping[str, object], media_type: str, status: int = 200) -> Response:
    """Return a JSON response."""
    return Response(orjson.dumps(body), status, media_type=f"{media_type}; charset=utf-8", headers={"Vary": "Accept"})


def refusal(status: int, code: str, message: str, media_type: str = JSON, **headers: str) -> Response:
    """Return the answer to a request that is not a GraphQL request."""
    response = answer({"errors": [{"message": message, "extensions": {"code": code}}]}, media_type, status)
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


def request_errors(errors: Iterable[GraphQLError], media_type: str) -> Response:
    """Return the answer to a GraphQL request that could not be run: it has no data, not even null.

    A client of the older media type can't tell such a status from that of a proxy, and gets 200.
    """
    status = 400 if media_type == GRAPHQL_RESPONSE else 200
    return answer({"errors": [dict(error.formatted) for error in errors]}, media_type, status)


def presentable(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return an error as the client may see it; one that is the server's fault is logged and hidden."""
    if error.extensions and "code" in error.extensions:
        return dict(error.formatted)
    if _is_the_clients(error):
        return {**error.formatted, "extensions": {"code": "BAD_USER_INPUT"}}
    error_id = uuid.uuid4().hex
    logger.error(
        "unexpected error",
        exc_info=error.original_error or error,
        extra={"error_id": error_id, "request_id": request_id, "path": error.path},
    )
    return {
        **error.formatted,
        "message": "Internal server error",
        "extensions": {"code": "INTERNAL_SERVER_ERROR", "errorId": error_id},
    }


def _is_the_clients(error: GraphQLError) -> bool:
    """Whether graphql-core refused a variable or an argument, which it does with an error of its own class.

    One without a path came up before any field was resolved. One with a path is about an argument if it pointed at the
    document before the path was put to it; what comes up while a value is completed does not.
    """
    origin = error.original_error or error
    return isinstance(origin, GraphQLError) and (error.path is None or (origin is not error and bool(origin.nodes)))
