"""GraphQL over HTTP: from a request to an operation, and from its result to a response."""

from dataclasses import dataclass
from typing import Any, cast

import orjson
from graphql import OperationType, get_operation_ast
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from db.database import Database
from resolvers.context import Context
from server import negotiation, playground
from server.answers import JSON, MEDIA_TYPES, answer, presentable, refusal, request_errors
from server.documents import document_of, graphql_schema, key_errors

HTML = "text/html"


class BadRequest(Exception):
    """The request is not a well-formed GraphQL request; the message says why."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Operation:
    """What a client asks to be run."""

    query: str
    name: str | None
    variables: dict[str, Any]


async def graphql(request: Request) -> Response:
    """Answer ``GET``, ``HEAD`` and ``POST /graphql``."""
    reading = request.method != "POST"
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    if reading and negotiation.preferred(accept, (*MEDIA_TYPES, HTML)) == HTML:
        return playground.page()
    media_type = negotiation.preferred(accept, MEDIA_TYPES)
    if media_type is None:
        return refusal(406, "NOT_ACCEPTABLE", f"This endpoint answers in {' or '.join(MEDIA_TYPES)}.")
    try:
        operation = _from_url(request) if reading else await _from_body(request)
    except BadRequest as error:
        request.state.log["errors"] = ["BAD_REQUEST"]
        return refusal(error.status, "BAD_REQUEST", str(error), media_type)
    return await _run(request, operation, media_type)


async def _run(request: Request, operation: Operation, media_type: str) -> Response:
    request.state.log["operation"] = operation.name
    document = document_of(operation.query)
    if document.node is None or document.errors:
        return request_errors(request, [dict(error.formatted) for error in document.errors], media_type)
    chosen = get_operation_ast(document.node, operation.name)
    if chosen is None:
        return request_errors(request, [_unresolved(operation.name)], media_type)
    if wrong := key_errors(document.node, chosen, operation.variables):
        return request_errors(request, [dict(error.formatted) for error in wrong], media_type)
    if request.method != "POST" and chosen.operation is not OperationType.QUERY:
        return refusal(405, "METHOD_NOT_ALLOWED", "GET runs queries only.", media_type, Allow="POST")
    request.state.log["operation"] = chosen.name.value if chosen.name else None
    database: Database = request.app.state.database
    result = await graphql_schema.execute(
        operation.query,
        variable_values=operation.variables,
        context_value=Context(database),
        operation_name=operation.name,
    )
    errors = [presentable(error, request.state.request_id) for error in result.errors or ()]
    if result.data is None and all(error.path is None for error in result.errors or ()):
        return request_errors(request, errors, media_type)
    request.state.log["errors"] = [error["extensions"]["code"] for error in errors]
    return answer({"data": result.data, **({"errors": errors} if errors else {})}, media_type)


def _unresolved(name: str | None) -> dict[str, Any]:
    message = (
        "The document has several operations: name one of them in operationName."
        if name is None
        else f'The document has no operation named "{name}".'
    )
    return {"message": message, "extensions": {"code": "OPERATION_RESOLUTION_FAILURE"}}


def _from_url(request: Request) -> Operation:
    parameters = request.query_params
    return _operation(
        {
            "query": parameters.get("query"),
            "operationName": parameters.get("operationName"),
            "variables": _json(parameters["variables"], "variables") if parameters.get("variables") else None,
            "extensions": _json(parameters["extensions"], "extensions") if parameters.get("extensions") else None,
        }
    )


async def _from_body(request: Request) -> Operation:
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != JSON:
        raise BadRequest(f"Send the request as {JSON}, not as {content_type or 'nothing in particular'}.", status=415)
    try:
        content = await request.body()
    except ClientDisconnect:
        raise BadRequest("The request ended before its body did.") from None
    body = _json(content, "The body")
    if not isinstance(body, dict):
        raise BadRequest("The body must be a JSON object.")
    return _operation(cast("dict[str, Any]", body))


def _json(text: str | bytes, what: str) -> Any:  # noqa: ANN401 - whatever a client may send
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"{what} can't be read as JSON: {error}.") from None


def _operation(parameters: dict[str, Any]) -> Operation:
    """Check the parameters' types, as GraphQL over HTTP defines them."""
    query, name = parameters.get("query"), parameters.get("operationName")
    variables, extensions = parameters.get("variables"), parameters.get("extensions")
    if not isinstance(query, str) or not query:
        raise BadRequest('The parameter "query" is required and must be a string.')
    if name is not None and not isinstance(name, str):
        raise BadRequest('The parameter "operationName" must be a string.')
    for parameter, value in (("variables", variables), ("extensions", extensions)):
        if value is not None and not isinstance(value, dict):
            raise BadRequest(f'The parameter "{parameter}" must be a JSON object.')
    return Operation(query, name or None, variables or {})


async def refuse(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses, such as a method that a path doesn't have, in JSON too."""
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette's signature is wider than what it sends here
    code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}.get(error.status_code, "BAD_REQUEST")
    messages = {404: f"There is nothing at {request.url.path}.", 405: f"{request.method} is not allowed here."}
    return refusal(error.status_code, code, messages.get(error.status_code, error.detail), **dict(error.headers or {}))
