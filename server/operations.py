"""Operations: what is asked of the schema, made ready to run within the limits, and run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from graphql import GraphQLError, OperationType

from db.deadline import DeadlineExceeded, deadline
from db.location import Unreachable
from execution.document_cache import Definition
from execution.limits import exceeded, shape
from execution.validation import key_errors
from resolvers.context import Context
from server.answer_cache import Question, Result, question_of
from server.requests import Parameters
from server.responses import Refused, formatted, presentable
from server.service import Service
from server.telemetry.logs import logger
from server.telemetry.record import Record

_ATTEMPTS = 3
"""How often an operation is run anew because the data was replaced while it ran."""

_NULL = b"null"

_DEEPEST = 50
"""How deep the variables' values may be nested, far above what the schema has: code that reads them is recursive."""


class Operation(NamedTuple):
    """An operation that may be run, and what it costs."""

    definition: Definition
    variables: dict[str, Any]
    cost: int
    tells_cost: bool
    question: Question
    last: Result | None
    """The answer that it was last given, if that is in memory."""
    itself: "Callable[[], Operation] | None" = None
    """Where a template stands for the client's document, what reads that itself."""


async def prepared(service: Service, parameters: Parameters, record: Record, *, reading: bool) -> Operation:
    """Return the operation that the parameters ask for; raise Refused where there is none, or none that may be run."""
    record.operation = parameters.operation_name
    text = await service.persisted.resolve(parameters.query, parameters.extensions, parameters.document_id)
    record.named = not parameters.query

    def itself() -> Operation:
        return _by_itself(service, text, parameters, record, reading=reading)

    # The entity tags of what is read with GET must follow from what the client sends.
    operation = None if reading else _by_template(service, text, parameters, record, itself)
    operation = operation or itself()
    if parameters.extensions:
        await service.persisted.remember(text, parameters.extensions)
    return operation


def own(service: Service, text: str, variables: dict[str, Any], record: Record) -> Operation:
    """Return an operation of the server itself, whose document needs nobody's trust; raises Refused as others do."""
    return _by_itself(service, text, Parameters(text, None, None, variables, {}), record, reading=True)


def _by_template(
    service: Service, text: str, parameters: Parameters, record: Record, itself: Callable[[], Operation]
) -> Operation | None:
    """Return the operation as a template has it, with which the text has but values of its own.

    There is none where the template is not known yet, and where it would be refused: that must point into the text.
    """
    alike = service.documents.alike(text)
    definition = alike[0].definitions.get(parameters.operation_name) if alike else None
    if alike is None or definition is None:
        return None
    try:
        operation = _within_limits(service, definition, {**parameters.variables, **alike[1]}, parameters, record)
    except Refused:
        return None
    record.remembered = True
    return operation._replace(itself=itself)


def _by_itself(service: Service, text: str, parameters: Parameters, record: Record, *, reading: bool) -> Operation:
    document, record.remembered = service.documents.of(text)
    record.document = document.sha256
    definition = document.definitions.get(parameters.operation_name)
    # GraphQL over HTTP wants this said before anything else is, though the schema knows nothing but queries.
    if reading and definition is not None and definition.node.operation is not OperationType.QUERY:
        raise Refused.because("METHOD_NOT_ALLOWED", "GET runs queries only.", 405, {"Allow": "POST"})
    if document.errors:
        raise Refused(document.errors)
    if definition is None:
        raise _unresolved(parameters.operation_name)
    return _within_limits(service, definition, parameters.variables, parameters, record)


def _within_limits(
    service: Service, definition: Definition, variables: dict[str, Any], parameters: Parameters, record: Record
) -> Operation:
    """Return an operation with these variables; raise Refused where it, or they, are beyond the limits."""
    tells_cost = parameters.extensions.get("cost") is True
    question = question_of(definition, variables, tells_cost=tells_cost)
    last = service.answers.last(question)
    # What was answered before was within the limits, with the same variables.
    cost = last.cost if last else _admitted(service, definition, variables)
    assert question is not None  # noqa: S101 - what is within the limits can be written
    record.ask(definition.document.sha256, definition.name, definition.type, cost)
    return Operation(definition, variables, cost, tells_cost, question, last)


def _admitted(service: Service, definition: Definition, variables: Mapping[str, Any]) -> int:
    """Return what an operation costs with these variables; raise Refused where that, or they, are beyond the limits."""
    cost = service.documents.cost(definition, variables)
    if problems := [*_variable_problems(service, definition, variables), *cost.problems]:
        raise Refused([formatted(problem) for problem in problems])
    return cost.total


def _variable_problems(
    service: Service, definition: Definition, variables: Mapping[str, Any]
) -> Sequence[GraphQLError]:
    if not variables and not definition.keys:
        return ()
    length, depth = shape(variables, _DEEPEST)
    if length > service.settings.max_list_length:
        return [exceeded("listLength", length, service.settings.max_list_length, "The items of a list may be")]
    if depth > _DEEPEST:
        return [GraphQLError("Variable values are nested too deeply.", extensions={"code": "BAD_USER_INPUT"})]
    assert definition.document.node is not None  # noqa: S101 - it has operations
    return key_errors(definition.document.node, definition.node, definition.keys, variables)


def _unresolved(name: str | None) -> Refused:
    message = (
        "The document has several operations: name one of them in operationName."
        if name is None
        else f'The document has no operation named "{name}".'
    )
    return Refused.because("OPERATION_RESOLUTION_FAILURE", message)


async def run(service: Service, operation: Operation, record: Record) -> Result:
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


async def _run(service: Service, operation: Operation, record: Record) -> Result:
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
            return Result(operation.question, operation.definition.type, operation.cost, version, body, presented)
    raise Refused.for_now("DATA_CHANGING", "The data is being replaced; ask again.")


async def _executed(operation: Operation, context: Context, record: Record) -> tuple[bytes, Sequence[GraphQLError]]:
    """Return the data, encoded, and the errors."""
    try:
        outcome = await operation.definition.operation.run(operation.variables, context)
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


def _body(service: Service, operation: Operation, data: bytes, errors: Sequence[Mapping[str, Any]]) -> bytes:
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
