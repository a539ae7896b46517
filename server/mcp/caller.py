"""A caller: the client of a tool, with what its operations are charged to and recorded in."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from server.operations import answer_own, prepared, run
from server.rate_limiting import RequestCharge
from server.request_params import RequestParams
from server.service import Service
from server.telemetry.record import RequestRecord


class ToolFailed(Exception):
    """A tool has no answer. The message says why and what to do next."""


class Caller(NamedTuple):
    """Runs operations for one request of a client, within the limits that all requests have.

    Its methods raise ToolFailed, Refused, DeadlineExceeded and Unreachable.
    """

    service: Service
    record: RequestRecord
    charge: RequestCharge

    async def own(self, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Return the data of an operation of the server itself, which must have no errors."""
        data, errors = await answer_own(self.service, document, variables, self.record, self.charge)
        if errors:
            # Their locations are in a document that the client does not know.
            raise ToolFailed("\n".join(as_line({**error, "locations": ()}) for error in errors))
        return data

    async def sent(self, document: str, variables: dict[str, Any], operation_name: str | None) -> dict[str, Any]:
        """Return the data of an operation that the client sent, and its errors if there are any."""
        params = RequestParams(document, None, operation_name, variables, {})
        operation = await prepared(self.service, params, self.record, reading=False)
        await self.charge.operation(operation.cost)
        result = await run(self.service, operation, self.record)
        self.record.errors = result.errors
        response: dict[str, Any] = orjson.loads(result.body)
        if response["data"] is None:
            raise ToolFailed("\n".join(map(as_line, result.errors)))
        return response


_NEXT_STEPS = {"NOT_FOUND": " Find titles with the tool search_titles."}


def as_line(error: Mapping[str, Any]) -> str:
    """Return a GraphQL error as a line, with its code and its place in the document."""
    code = error["extensions"]["code"]
    places: Sequence[Mapping[str, int]] = error.get("locations", ())
    where = f" (line {places[0]['line']}, column {places[0]['column']})" if places else ""
    return f"{code}: {error['message']}{where}{_NEXT_STEPS.get(code, '')}"
