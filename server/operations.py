"""Operations: what is asked of the schema, made ready to run within the limits, and run."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, OperationType

from db.counting import counting
from db.database import Reading
from db.deadline import DeadlineExceeded, deadline
from db.location import Unreachable
from resolvers.context import Context
from server.answers import Refused, formatted, presentable
from server.documents.limits import exceeded, is_nested_deeper, longest_list
from server.documents.reading import Document
from server.documents.validation import key_errors
from server.requests import Parameters
from server.service import Service
from server.telemetry.logs import logger
from server.telemetry.record import Record

_ATTEMPTS = 3
"""How often an operation is run anew because the data was replaced while it ran."""

_DEEPEST = 50
"""How deep the variables' values may be nested, far above what the schema has: code that reads them is recursive."""


@dataclass(frozen=True)
class Operation:
    """An operation that may be run, and what it costs."""

    document: Document
    node: OperationDefinitionNode
    variables: Mapping[str, Any]
    cost: int
    tells_cost: bool

    @property
    def name(self) -> str | None:
        """Its name in the document."""
        return self.node.name.value if self.node.name else None


@dataclass(frozen=True)
class Result:
    """What an operation was answered with: errors as clients see them, and the version of the data that it read."""

    data: Mapping[str, Any] | None
    errors: Sequence[Mapping[str, Any]]
    data_version: str


async def prepared(service: Service, parameters: Parameters, record: Record, *, reading: bool) -> Operation:
    """Return the operation that the parameters ask for; raise Refused where there is none, or none that may be run."""
    record.operation = parameters.operation_name
    text = await service.persisted.resolve(parameters.query, parameters.extensions, parameters.document_id)
    record.named = not parameters.query
    record.remembered = service.documents.remembers(text)
    document = service.documents.of(text)
    record.document = document.sha256
    node = document.operation(parameters.operation_name)
    # GraphQL over HTTP wants this said before anything else is, though the schema knows nothing but queries.
    if reading and node is not None and node.operation is not OperationType.QUERY:
        raise Refused.because("METHOD_NOT_ALLOWED", "GET runs queries only.", 405, {"Allow": "POST"})
    if document.errors:
        raise Refused(document.errors)
    if node is None:
        raise _unresolved(parameters.operation_name)
    cost = service.documents.cost(document, node, parameters.variables)
    if problems := [*_variable_problems(service, document, node, parameters.variables), *cost.problems]:
        raise Refused([formatted(problem) for problem in problems])
    await service.persisted.remember(text, parameters.extensions)
    operation = Operation(document, node, parameters.variables, cost.total, parameters.extensions.get("cost") is True)
    record.operation, record.operation_type, record.cost = operation.name, node.operation.value, operation.cost
    return operation


def _variable_problems(
    service: Service, document: Document, node: OperationDefinitionNode, variables: Mapping[str, Any]
) -> list[GraphQLError]:
    length, most = longest_list(variables), service.settings.max_list_length
    if length > most:
        return [exceeded("listLength", length, most, "The items of a list may be")]
    if is_nested_deeper(variables, _DEEPEST):
        return [GraphQLError("Variable values are nested too deeply.", extensions={"code": "BAD_USER_INPUT"})]
    assert document.node is not None  # noqa: S101 - it has operations
    return key_errors(service.schema.core, document.node, node, variables)


def _unresolved(name: str | None) -> Refused:
    message = (
        "The document has several operations: name one of them in operationName."
        if name is None
        else f'The document has no operation named "{name}".'
    )
    return Refused.because("OPERATION_RESOLUTION_FAILURE", message)


async def run(service: Service, operation: Operation, record: Record) -> Result:
    """Run an operation; raise Refused where it can't be run now or with its variables, or takes too long."""
    # What takes time is batches and their statements. None of them begins or goes on when the time is over, so what
    # is left of the operation ends by itself.
    with service.gate.entered(), refusing_what_is_unavailable(), deadline(service.settings.execution_timeout):
        return await _run(service, operation, record)


async def _run(service: Service, operation: Operation, record: Record) -> Result:
    version = await service.database.version()
    for _ in range(_ATTEMPTS):
        reading = service.database.reading(version)
        with counting(record):
            data, errors = await _executed(service, operation, reading)
        # What commits replaces the version in the same moment, so that data of one version is never mixed with another.
        read, version = version, await service.database.version() if reading.fetched else version
        if read == version:
            reading.keep()
            return _result(data, errors, version, record.request_id)
    raise Refused.for_now("DATA_CHANGING", "The data is being replaced; ask again.")


async def _executed(
    service: Service, operation: Operation, reading: Reading
) -> tuple[Mapping[str, Any] | None, Sequence[GraphQLError]]:
    with closing(Context(reading)) as context:
        result = await service.schema.execute(
            operation.document.text,
            variable_values=dict(operation.variables),
            context_value=context,
            operation_name=operation.name,
            operation_extensions={"document": operation.document.node},
        )
    errors = result.errors or []
    for error in errors:
        if isinstance(error.original_error, DeadlineExceeded | Unreachable):
            raise error.original_error
    return result.data, errors


def _result(data: Mapping[str, Any] | None, errors: Sequence[GraphQLError], version: str, request_id: str) -> Result:
    presented = [presentable(error, request_id) for error in errors]
    if data is None and all(error.path is None for error in errors):
        raise Refused(presented)
    return Result(data, presented, version)


@contextmanager
def refusing_what_is_unavailable() -> Generator[None]:
    """Turn what is not answered in time, or by no database, into a refusal that says to come again."""
    try:
        yield
    except DeadlineExceeded:
        message = "The operation took too long: ask for less, or again later."
        raise Refused.for_now("EXECUTION_TIMEOUT", message) from None
    except Unreachable as error:
        logger.warning("the database can't be reached: %s", error)
        raise Refused.for_now("DATABASE_UNAVAILABLE", "The data can't be reached; ask again.") from None
