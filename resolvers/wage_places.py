"""The area and industry whose wages a list or a ranking goes by."""

from typing import NamedTuple

from db import statements
from db.models import ALL_INDUSTRIES, NATION
from resolvers import areas, industries
from resolvers.context import Context
from resolvers.errors import BadUserInput


class WagePlace(NamedTuple):
    """The codes of an area and an industry."""

    area: str = NATION
    industry: str = ALL_INDUSTRIES


async def asked(area: str, industry: str | None, context: Context) -> WagePlace:
    """Return the place that arguments name.

    Raises BadUserInput for an unknown area or industry, and for an industry in an area if no source publishes wages of
    any occupation there: OEWS publishes industries only for the nation.
    """
    place = WagePlace(areas.folded(area), await industries.code_of(industry, context))
    if place.area != NATION:
        await areas.required(area, context)
        if place.industry != ALL_INDUSTRIES and not await _is_published(place, context):
            raise BadUserInput(
                "industry",
                f'no source publishes wages by industry in the area "{place.area}", only for the nation; leave out '
                "area or industry",
            )
    return place


async def _is_published(place: WagePlace, context: Context) -> bool:
    return bool(await context.database.all(statements.any_wage(), area=place.area, industry=place.industry))
