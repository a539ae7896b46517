"""Operations: find the operation of a request, admit it within the limits, and run it on one version of the data."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import Request

from db.deadline import DeadlineExceeded, deadline
from db.location import OutOfDescriptors, Unreachable
from execution.arguments import Values
from execution.document_cache import Document, Operation
from execution.errors import RequestError, answer_too_large
from resolvers.context import Context
from resolvers.errors import TooManyErrors
from server.answer_cache import OperationKey, OperationResult, operation_key
from server.rate_limiting import RequestCharge
from server.request_params import RequestParams
from server.responses import Refused, formatted, presentable
from server.service import Service
from server.telemetry.descriptors import DATABASE
from server.telemetry.logs import logger
from server.telemetry.record import RECORD, RequestRecord

_ATTEMPTS = 3
"""Times that an operation is run if the data is replaced while it runs."""

_LONG_TEXT = 100
"""The length of a document that may take a millisecond to read. Other requests are handled between two of them."""

_NULL = b"null"


@dataclass(slots=True)
class PreparedOperation:
    """An operation that is admitted with its variables, and its cost."""

    operation: Operation
    variables: dict[str, Any]
    values: Values | None
    """The coerced values of the variables, if they are usual and the result is not cached."""
    cost: int
    reports_cost: bool
    key: OperationKey
    cached: OperationResult | None
    """Its cached result, which may be of an older version of the data."""
    from_text: "Callable[[], PreparedOperation] | None" = None
    """For an operation of a template: prepares it from the client's own text."""


async def prepared(
    service: Service, params: RequestParams, record: RequestRecord, *, reading: bool
) -> PreparedOperation:
    """Return the operation that the parameters name; raise Refused if there is none or it may not run.

    With ``reading``, which is for GET and HEAD, only queries may run.
    """
    record.operation = params.operation_name
    text = service.persisted.sent(params)
    if text is None:
        text = await service.persisted.resolve(params.query, params.extensions, params.document_id)
        record.named = not params.query
    document = service.documents.known(text)
    if document is not None:
        record.remembered = True
        operation = _from_document(service, document, params, record, reading=reading)
    else:
        operation = await _from_new_text(service, text, params, record, reading=reading)
    if params.extensions:
        await service.persisted.remember(text, params.extensions)
    return operation


async def _from_new_text(
    service: Service, text: str, params: RequestParams, record: RequestRecord, *, reading: bool
) -> PreparedOperation:
    def from_text() -> PreparedOperation:
        return _from_text(service, text, params, record, reading=reading)

    # The entity tag of a response to GET must follow from what the client sends, so GET uses no templates.
    operation = None if reading else _from_template(service, text, params, record, from_text)
    if operation is None and len(text) > _LONG_TEXT:
        async with service.document_turn:
            await asyncio.sleep(service.database.round_trip_seconds)
            return from_text()
    return operation or from_text()


async def charged(request: Request) -> RequestCharge:
    """Charge the client of a request, and return what charges it for the operations that the server runs for it.

    Raise Refused beyond the rate limit.
    """
    service: Service = request.app.state.service
    charge = RequestCharge(service.rate_limiter, request.scope[RECORD])
    await charge.arrival()
    return charge


async def answer_own(
    service: Service, text: str, variables: dict[str, Any], record: RequestRecord, charge: RequestCharge
) -> tuple[dict[str, Any], Sequence[Mapping[str, Any]]]:
    """Run an operation of the server itself as ``run_own`` does; return its data and its errors."""
    result = await run_own(service, text, variables, record, charge)
    return orjson.loads(result.body)["data"], result.errors


async def run_own(
    service: Service, text: str, variables: dict[str, Any], record: RequestRecord, charge: RequestCharge
) -> OperationResult:
    """Run an operation of the server itself, which is always trusted.

    It is charged and recorded like an operation that the client sends. Raise Refused, DeadlineExceeded or Unreachable.
    """
    operation = _from_text(service, text, RequestParams(text, None, None, variables, {}), record, reading=True)
    await charge.operation(operation.cost)
    result = await run(service, operation, record)
    record.errors = result.errors
    return result


def _from_template(
    service: Service,
    text: str,
    params: RequestParams,
    record: RequestRecord,
    from_text: Callable[[], PreparedOperation],
) -> PreparedOperation | None:
    """Return the operation of the template that the text matches, with the text's literals as variables.

    Return None if there is no template yet, or if the operation would be refused: the errors must have locations in the
    client's text.
    """
    template = service.documents.by_template(text)
    operation = template[0].operations.get(params.operation_name) if template else None
    if template is None or operation is None:
        return None
    try:
        prepared = _admitted(service, operation, {**params.variables, **template[1]}, params, record)
    except RequestError:
        return None
    record.remembered = True
    prepared.from_text = from_text
    return prepared


def _from_text(
    service: Service, text: str, params: RequestParams, record: RequestRecord, *, reading: bool
) -> PreparedOperation:
    document, record.remembered = service.documents.get(text)
    return _from_document(service, document, params, record, reading=reading)


def _from_document(
    service: Service, document: Document, params: RequestParams, record: RequestRecord, *, reading: bool
) -> PreparedOperation:
    record.document = document.hash
    # GraphQL over HTTP requires this refusal before any other, although the schema has only queries.
    if reading and (named := document.operations.get(params.operation_name)) and named.type != "query":
        raise Refused.because("METHOD_NOT_ALLOWED", "GET runs queries only.", 405, {"Allow": "POST"})
    try:
        operation = document.operation(params.operation_name)
        return _admitted(service, operation, params.variables, params, record)
    except RequestError as error:
        raise Refused(error.errors) from None


def _admitted(
    service: Service, operation: Operation, variables: dict[str, Any], params: RequestParams, record: RequestRecord
) -> PreparedOperation:
    """Return an operation with its variables; raise RequestError if it or the variables exceed a limit."""
    reports_cost = params.extensions.get("cost") is True
    key = operation_key(operation, variables, reports_cost=reports_cost)
    cached = service.answers.last(key)
    # An operation with a cached result was within the limits with the same variables.
    cost, values = (cached.cost, None) if cached else operation.admit(variables)
    assert key is not None  # noqa: S101 - variables within the limits can be encoded
    record.set_operation(operation.document_hash, operation.name, operation.type, cost)
    return PreparedOperation(operation, variables, values, cost, reports_cost, key, cached)


async def run(service: Service, operation: PreparedOperation, record: RequestRecord) -> OperationResult:
    """Return the result of an operation, from the cache if it is current.

    Raise Refused if it cannot run now or with its variables, or its result is too large; DeadlineExceeded; Unreachable.
    """
    if operation.cached is not None and await service.answers.is_current(operation.cached):
        record.source = "memory"
        return operation.cached
    # After the deadline no batch starts and no statement continues, so what is left of the operation ends by itself.
    # A request that waits for the result of another one takes a slot too. Otherwise their number would be unlimited.
    with service.concurrency_limit, deadline(service.settings.execution_timeout):
        result = await service.answers.run(
            operation.key, lambda: service.cost_limit.run(operation.cost, _run(service, operation, record))
        )
    record.source = "run" if record.executor else "shared"
    return result


async def _run(service: Service, operation: PreparedOperation, record: RequestRecord) -> OperationResult:
    version = service.data_version.seen or await service.data_version.read()
    rest_seconds = service.database.round_trip_seconds
    for _ in range(_ATTEMPTS):
        reading = service.database.reading(version)
        fragments = service.fragments.at(version) if service.fragments else None
        try:
            data, errors = await _executed(operation, Context(reading, fragments, rest_seconds), record)
            if errors and operation.from_text:
                # The errors must have locations in the client's text.
                operation = operation.from_text()
                data, errors = await _executed(operation, Context(reading, fragments, rest_seconds), record)
        finally:
            record.statements += reading.statements
        # A transaction that changes the data changes its version too. So an equal version means that nothing is mixed.
        read, version = version, await service.database.version() if reading.statements else version
        if read == version:
            reading.keep()
            if fragments is not None:
                fragments.keep()
            presented = _presented(data, errors, record.request_id) if errors else ()
            body = _body(service, operation, data, presented)
            return OperationResult(operation.key, operation.operation.type, operation.cost, version, body, presented)
    raise Refused.temporarily("DATA_CHANGING", "The data is being replaced. Retry in a moment.")


async def _executed(
    operation: PreparedOperation, context: Context, record: RequestRecord
) -> tuple[bytes, Sequence[GraphQLError]]:
    """Return the encoded data and the errors."""
    try:
        outcome = await operation.operation.run(operation.variables, context, operation.cost, operation.values)
        record.executor, record.fault = outcome.executor, outcome.fault
        for error in outcome.errors:
            if isinstance(error.original_error, context.fatal):
                raise error.original_error
    except RequestError as refused:
        raise Refused(refused.errors) from None
    except TooManyErrors as error:
        raise Refused([formatted(error)]) from None
    finally:
        context.close()
    return outcome.data, outcome.errors


def _presented(data: bytes, errors: Sequence[GraphQLError], request_id: str) -> Sequence[Mapping[str, Any]]:
    """Return the errors as clients see them; raise Refused if no field was resolved."""
    # graphql-core lists errors in the order in which they were raised, which depends on timing.
    presented = [presentable(error, request_id) for error in sorted(errors, key=_position)]
    if data == _NULL and all(error.path is None for error in errors):
        raise Refused(presented)
    return presented


def _position(error: GraphQLError) -> tuple[object, ...]:
    """Return the position of an error in the document, then in the response."""
    locations = [(location.line, location.column) for location in error.locations or ()]
    return locations, [(0, step, "") if isinstance(step, int) else (1, 0, step) for step in error.path or ()]


def _body(service: Service, operation: PreparedOperation, data: bytes, errors: Sequence[Mapping[str, Any]]) -> bytes:
    if not errors and not operation.reports_cost:
        return b"".join((b'{"data":', data, b"}"))
    parts = [b'{"data":', data]
    if errors:
        encoded = orjson.dumps(errors)
        if len(data) + len(encoded) > (maximum := service.settings.max_answer_bytes):
            raise Refused([formatted(answer_too_large(maximum))])
        parts += b',"errors":', encoded
    if operation.reports_cost:
        cost = {"cost": {"requested": operation.cost, "maximum": service.settings.max_cost}}
        parts += b',"extensions":', orjson.dumps(cost)
    return b"".join((*parts, b"}"))


def unavailable(service: Service, error: DeadlineExceeded | Unreachable) -> Refused:
    """Return the refusal (503) for an operation that timed out, or whose database cannot be reached."""
    if isinstance(error, DeadlineExceeded):
        message = "The operation timed out. Request fewer fields or a smaller page, or retry later."
        return Refused.temporarily("EXECUTION_TIMEOUT", message)
    if isinstance(error, OutOfDescriptors):
        service.descriptors.note(DATABASE)
    else:
        logger.warning("the database cannot be reached: %s", error)
    message = "The database cannot be reached. Retry in a moment."
    return Refused.temporarily("DATABASE_UNAVAILABLE", message)
