"""Figures that are missing."""

from typing import Annotated

import strawberry

from schema.enums import MissingReason
from schema.fields import described


@strawberry.type(description="The reason for a figure that is null.")
class MissingFigure:
    figure: Annotated[str, described("Path of the figure, such as annual.median.")]
    reason: Annotated[MissingReason, described("Reason why the figure is null.")]
    at_least: Annotated[
        float | None, described("Lower bound of a top-coded figure, in the figure's unit; otherwise null.")
    ]
