"""Directives of IBM's GraphQL Cost Directives specification, by which the schema publishes what its fields cost."""

import strawberry
from strawberry import UNSET
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION, Location.ARGUMENT_DEFINITION, Location.INPUT_FIELD_DEFINITION],
    description="Cost of resolving the field once, or of giving the argument or the input field. Each object in the "
    "result costs 1 more.",
)
class Cost:
    weight: str


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description="Length of a list. The value of one of slicingArguments is the length of the list, or of sizedFields "
    "below it; without such an argument, the length is assumedSize.",
)
class ListSize:
    assumed_size: int | None = UNSET
    slicing_arguments: list[str] | None = UNSET
    sized_fields: list[str] | None = UNSET
    require_one_slicing_argument: bool | None = True
