"""The interface of objects that can be refetched by a global id."""

from typing import Annotated, Any

import strawberry

from db.models import Row
from db.rows import is_row_of
from schema.fields import described

GLOBAL_ID = "Global id: opaque, and the same in every database."


@strawberry.interface(description="An object that can be refetched by its id, with the node field.")
class Node:
    id: Annotated[strawberry.ID, described(GLOBAL_ID)]


def rows_of(table: type[Row]) -> Any:  # noqa: ANN401 - a static method as Strawberry looks it up
    """Return a type's ``is_type_of``, by which graphql-core finds the type of a node: whether a value is such a row."""

    def is_type_of(value: object, _: object) -> bool:
        return is_row_of(table, value)

    return staticmethod(is_type_of)
