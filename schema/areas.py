"""Where, and in what line of business."""

from typing import Annotated

import strawberry

from schema.enums import AreaKind


@strawberry.type(description="A place that wages are published for.")
class Area:
    code: Annotated[
        str,
        strawberry.field(
            description="US; a state's or territory's two letters; a metropolitan area's 5 digits; a nonmetropolitan "
            "area's 7 digits."
        ),
    ]
    name: Annotated[str, strawberry.field(description="The area's name.")]
    kind: Annotated[AreaKind, strawberry.field(description="What kind of area it is.")]


@strawberry.type(description="An industry that wages are published for.")
class Industry:
    code: Annotated[str, strawberry.field(description="The NAICS-based OEWS code; 000000 is all industries together.")]
    title: Annotated[str, strawberry.field(description="The industry's name.")]
    display_level: Annotated[
        int,
        strawberry.field(
            description="How deep it lies in the OEWS list: 0 all together, 1 and 2 owners and sectors, 3 to 5 finer."
        ),
    ]
