"""What two occupations do, side by side."""

from typing import Annotated

import strawberry

from schema.facts import Responsibility
from schema.fields import described


@strawberry.type(description="A work activity, with the responsibilities of both sides that belong to it.")
class SharedActivity:
    activity: Annotated[str, described("The title of an O*NET intermediate work activity, without its full stop.")]
    left: Annotated[list[Responsibility], described("The left side's responsibilities.", size=7)]
    right: Annotated[list[Responsibility], described("The right side's responsibilities.", size=7)]


@strawberry.type(
    description="What both sides do and what one side does alone, by the O*NET intermediate work activities that their "
    "responsibilities belong to, in Rolegraph's own words. An occupation lists 6 to 8 responsibilities; its people may "
    "do more than is listed."
)
class ResponsibilityComparison:
    shared: Annotated[list[SharedActivity], described("Activities of both sides, foremost first.", size=9)]
    only_left: Annotated[list[SharedActivity], described("Activities that the left side alone lists.", size=21)]
    only_right: Annotated[list[SharedActivity], described("Activities that the right side alone lists.", size=21)]
