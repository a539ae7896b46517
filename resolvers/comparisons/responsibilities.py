"""What both occupations do, and what only one does, by the work activities that their responsibilities belong to."""

from collections.abc import Sequence
from typing import NamedTuple

from db import statements
from db.models import Occupation, Responsibility
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.occupations import row_ids


class SharedActivity(NamedTuple):
    """A work activity, and the responsibilities of each side that belong to it; one side may have none."""

    activity: str
    left: Sequence[Responsibility]
    right: Sequence[Responsibility]


class ResponsibilityComparison(NamedTuple):
    """The work activities that both sides have, and those of one side alone, foremost first."""

    shared: Sequence[SharedActivity]
    only_left: Sequence[SharedActivity]
    only_right: Sequence[SharedActivity]


Activities = dict[str, list[Responsibility]]
"""The responsibilities of an occupation by work activity, in the order in which it lists them."""


async def of(parents: Sequence[Comparison], context: Context) -> Sequence[ResponsibilityComparison]:
    """The responsibilities of both sides by O*NET intermediate work activity, in our words."""
    return [compare(*sides) for sides in await both_sides(parents, context, activities)]


async def activities(parents: Sequence[Occupation], context: Context) -> Sequence[Activities]:
    """The responsibilities of each occupation by work activity."""
    statement = statements.responsibilities_by_activity()
    return await context.database.made_each(_by_activity, statement, row_ids(parents))


def _by_activity(rows: Sequence[tuple[Responsibility, str]]) -> Activities:
    found: Activities = {}
    for responsibility, activity in rows:
        found.setdefault(activity, []).append(responsibility)
    return found


def compare(left: Activities, right: Activities) -> ResponsibilityComparison:
    """Set two occupations' activities against each other.

    An activity comes first that has an early responsibility on the side that has it; a shared one by both sides' places
    together.
    """
    shared = [SharedActivity(name, left[name], right[name]) for name in left if name in right]
    return ResponsibilityComparison(
        sorted(shared, key=lambda each: (each.left[0].position + each.right[0].position, each.activity)),
        [SharedActivity(name, own, ()) for name, own in left.items() if name not in right],
        [SharedActivity(name, (), own) for name, own in right.items() if name not in left],
    )
