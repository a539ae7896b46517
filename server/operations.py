"""Operations: what is asked of the schema, made ready to run within the limits, and run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from graphql import GraphQLError

from db.deadline import DeadlineExceeded, deadline
from db.location import Unreachable
from execution.document_cache import Operation
from execution.errors import RequestError
from resolvers.context import Context
from server.answer_cache import Question, Result, question_of
from server.requests import Parameters
from server.responses import Refused, presentable
from server.service import Service
from server.telemetry.logs import logger
from server.telemetry.record import Record

_ATTEMPTS = 3
"""How often an operation is run anew because the data was replaced while it ran."""

_NULL = b"null"


class PreparedOperation(NamedTuple):
    """An operation that is admitted with its variables, and its cost."""

    operation: Operation
    variables: dict[str, Any]
    cost: int
    tells_cost: bool
    question: Question
    last: Result | None
    """The answer that it was last given, if that is in memory."""
    itself: "Callable[[], PreparedOperation] | None" = None
    """Where a template stands for the client's document, what reads that itself."""


async def prepared(service: Service, parameters: Parameters, record: Record, *, reading: bool) -> PreparedOperation:
    """Return the operation that the parameters ask for; raise Refused where there is none, or none that may be run."""
    record.operation = parameters.operation_name
    text = await service.persisted.resolve(parameters.query, parameters.extensions, parameters.document_id)
    record.named = not parameters.query

    def itself() -> PreparedOperation:
        return _by_itself(service, text, parameters, record, reading=reading)

    # The entity tags of what is read with GET must follow from what the client sends.
    operation = None if reading else _by_template(service, text, parameters, record, itself)
    operation = operation or itself()
    if parameters.extensions:
        await service.persisted.remember(text, parameters.extensions)
    return operation


def own(service: Service, text: str, variables: dict[str, Any], record: Record) -> PreparedOperation:
    """Return an operation of the server itself, whose document needs nobody's trust; raises Refused as others do."""
    return _by_itself(service, text, Parameters(text, None, None, variables, {}), record, reading=True)


def _by_template(
    service: Service, text: str, parameters: Parameters, record: Record, itself: Callable[[], PreparedOperation]
) -> PreparedOperation | None:
    """Return the operation as a template has it, with which the text has but values of its own.

    There is none where the template is not known yet, and where it would be refused: that must point into the text.
    """
    template = service.documents.by_template(text)
    operation = template[0].operations.get(parameters.operation_name) if template else None
    if template is None or operation is None:
        return None
    try:
        prepared = _admitted(service, operation, {**parameters.variables, **template[1]}, parameters, record)
    except RequestError:
        return None
    record.remembered = True
    return prepared._replace(itself=itself)


def _by_itself(
    service: Service, text: str, parameters: Parameters, record: Record, *, reading: bool
) -> PreparedOperation:
    document, record.remembered = service.documents.get(text)
    record.document = document.hash
    operation = document.operations.get(parameters.operation_name)
    # GraphQL over HTTP requires this refusal before any other, although the schema has only queries.
    if reading and operation is not None and operation.type != "query":
        raise Refused.because("METHOD_NOT_ALLOWED", "GET runs queries only.", 405, {"Allow": "POST"})
    try:
        operation = document.operation(parameters.operation_name)
        return _admitted(service, operation, parameters.variables, parameters, record)
    except RequestError as error:
        raise Refused(error.errors) from None


def _admitted(
    service: Service, operation: Operation, variables: dict[str, Any], parameters: Parameters, record: Record
) -> PreparedOperation:
    """Return an operation with these variables; raise RequestError if it, or they, exceed a limit."""
    tells_cost = parameters.extensions.get("cost") is True
    question = question_of(operation, variables, tells_cost=tells_cost)
    last = service.answers.last(question)
    # What was answered before was within the limits, with the same variables.
    cost = last.cost if last else operation.admit(variables)
    assert question is not None  # noqa: S101 - what is within the limits can be written
    record.ask(operation.document_hash, operation.name, operation.type, cost)
    return PreparedOperation(operation, variables, cost, tells_cost, question, last)


async def run(service: Service, operation: PreparedOperation, record: Record) -> Result:
    """Answer an operation.

    Raises Refused where it can't be run now or with its variables, DeadlineExceeded, and Unreachable.
    """
    if operation.last is not None and await service.answers.is_current(operation.last):
        record.source = "memory"
        return operation.last
    # What takes time is batches and their statements. None of them begins or goes on when the time is over, so what
    # is left of the operation ends by itself. Who waits for another's answer takes a place as well: there would be no
    # end to how many do.
    with service.gate, deadline(service.settings.execution_timeout):
        result, shared = await service.answers.run(operation.question, lambda: _run(service, operation, record))
    record.source = "shared" if shared else "run"
    return result


async def _run(service: Service, operation: PreparedOperation, record: Record) -> Result:
    version = await service.data_version.now()
    for _ in range(_ATTEMPTS):
        reading = service.database.reading(version)
        fragments = service.fragments.at(version) if service.fragments else None
        try:
            data, errors = await _executed(operation, Context(reading, fragments), record)
            if errors and operation.itself:
                # Errors must point into the client's document.
                operation = operation.itself()
                data, errors = await _executed(operation, Context(reading, fragments), record)
        finally:
            record.statements += reading.statements
        # What commits replaces the version in the same moment, so that data of one version is never mixed with another.
        read, version = version, await service.database.version() if reading.statements else version
        if read == version:
            reading.keep()
            if fragments is not None:
                fragments.keep()
            presented = _presented(data, errors, record.request_id)
            body = _body(service, operation, data, presented)
            return Result(operation.question, operation.operation.type, operation.cost, version, body, presented)
    raise Refused.for_now("DATA_CHANGING", "The data is being replaced; ask again.")


async def _executed(
    operation: PreparedOperation, context: Context, record: Record
) -> tuple[bytes, Sequence[GraphQLError]]:
    """Return the data, encoded, and the errors."""
    try:
        outcome = await operation.operation.run(operation.variables, context)
    finally:
        context.close()
    record.executor, record.fault = outcome.executor, outcome.fault
    for error in outcome.errors:
        if isinstance(error.original_error, DeadlineExceeded | Unreachable):
            raise error.original_error
    return outcome.data, outcome.errors


def _presented(data: bytes, errors: Sequence[GraphQLError], request_id: str) -> Sequence[Mapping[str, Any]]:
    """Return the errors as clients see them; raise Refused where they came up before any field was resolved."""
    if not errors:
        return ()
    # Stock execution adds errors as they come up, which depends on what had to be waited for.
    presented = [presentable(error, request_id) for error in sorted(errors, key=_place)]
    if data == _NULL and all(error.path is None for error in errors):
        raise Refused(presented)
    return presented


def _place(error: GraphQLError) -> tuple[object, ...]:
    """Return where in the document, and then in the answer, an error is."""
    places = [(place.line, place.column) for place in error.locations or ()]
    return places, [(0, step, "") if isinstance(step, int) else (1, 0, step) for step in error.path or ()]


def _body(service: Service, operation: PreparedOperation, data: bytes, errors: Sequence[Mapping[str, Any]]) -> bytes:
    parts = [b'{"data":', data]
    if errors:
        parts += b',"errors":', orjson.dumps(errors)
    if operation.tells_cost:
        cost = {"cost": {"requested": operation.cost, "maximum": service.settings.max_cost}}
        parts += b',"extensions":', orjson.dumps(cost)
    return b"".join((*parts, b"}"))


def unavailable(error: DeadlineExceeded | Unreachable) -> Refused:
    """Return the refusal of what is not answered in time, or by no database: it says to come again."""
    if isinstance(error, DeadlineExceeded):
        return Refused.for_now("EXECUTION_TIMEOUT", "The operation took too long: ask for less, or again later.")
    logger.warning("the database can't be reached: %s", error)
    return Refused.for_now("DATABASE_UNAVAILABLE", "The data can't be reached; ask again.")
