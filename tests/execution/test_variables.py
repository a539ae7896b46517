"""Coercion of variables stops at the first error, whatever a client sends."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from graphql import OperationDefinitionNode, parse

from execution.fallback import FallbackToStrawberry
from execution.type_refs import core_schema
from execution.variables import VariableCoercion
from server.executable_schema import graphql_schema


class CountingKeys(dict[str, Any]):
    """An input object that counts the keys that are read of it."""

    read = 0

    def items(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override] # pyright: ignore[reportIncompatibleMethodOverride] - graphql-core iterates
        """Return the keys one by one."""
        for item in super().items():
            self.read += 1
            yield item


def coercion(text: str) -> VariableCoercion:
    """Return the coercion of the variables of an operation."""
    [operation] = parse(text).definitions
    return VariableCoercion(core_schema(graphql_schema), cast("OperationDefinitionNode", operation))


def test_the_first_unknown_key_ends_coercion() -> None:
    given = CountingKeys({f"g{number}": 1 for number in range(5_000)})
    with pytest.raises(FallbackToStrawberry):
        coercion("query ($filter: OccupationFilter) { occupations(filter: $filter) { totalCount } }").coerced(
            {"filter": given}
        )
    # The message shows the object.
    assert given.read < 2 * len(given)


def test_the_first_invalid_item_ends_coercion() -> None:
    keys = [CountingKeys({"slugs": 1}) for _ in range(250)]
    with pytest.raises(FallbackToStrawberry):
        coercion("query ($keys: [OccupationKey!]!) { ranking(occupations: $keys) { tested } }").coerced({"keys": keys})
    assert sum(key.read for key in keys) < 5
