"""The sources of everything that a comparison compares."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TypeVar

from db import statements
from db.models import Source
from db.vocabulary import SkillKind
from resolvers import facts, interests, skills, sources, top_pay, wage_history
from resolvers.comparisons import responsibilities
from resolvers.comparisons.responsibilities import Activities
from resolvers.comparisons.sides import Comparison, OfOccupations, V, both_sides, price_parities_of
from resolvers.context import Context
from resolvers.facts import Demographics
from resolvers.occupations import row_ids
from resolvers.skills import Weighted
from resolvers.sources import Sourced

Ids = Iterable[str]
T = TypeVar("T")


async def of(parents: Sequence[Comparison], context: Context) -> list[list[Source]]:
    """The sources of each comparison, in the order of its parts and the left side first, each of them once."""
    parts = (
        await _parities(parents, context),
        await _wages(parents, context),
        await _of_both(parents, context, top_pay.named, _of_rows),
        await _of_both(parents, context, facts.jobs, _of_row),
        await _of_both(parents, context, facts.outlook, _of_row),
        await _of_both(parents, context, facts.preparation, _of_row),
        await _of_both(parents, context, facts.education, _of_row),
        await _of_both(parents, context, facts.demographics, _of_people),
        await _of_both(parents, context, responsibilities.activities, _of_activities),
        await _skills(parents, context),
        await _of_both(parents, context, interests.of_occupations, _of_rows),
        await _of_both(parents, context, wage_history.of, _of_rows),
        await _price_indexes(parents, context),
    )
    found = await sources.by_id(context)
    return [
        [found[id_] for id_ in dict.fromkeys(chain.from_iterable(of_parent))] for of_parent in zip(*parts, strict=True)
    ]


async def _of_both(
    parents: Sequence[Comparison], context: Context, batch: OfOccupations[V], read: Callable[[V], Iterable[T]]
) -> list[list[T]]:
    return [[*read(left), *read(right)] for left, right in await both_sides(parents, context, batch)]


def _of_row(row: Sourced | None) -> Ids:
    return () if row is None else (row.source_id,)


def _of_rows(rows: Sequence[Sourced]) -> Ids:
    return [row.source_id for row in rows]


def _of_people(row: Demographics | None) -> Ids:
    return () if row is None else row.source_ids


def _of_activities(rows: Activities) -> Ids:
    return [row.source_id for of_one in rows.values() for row in of_one]


async def _parities(parents: Sequence[Comparison], context: Context) -> list[Ids]:
    found = await price_parities_of(parents, context)
    return [() if each is None or each.source_id is None else (each.source_id,) for each in found]


async def _price_indexes(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    """The sources of the price indexes by which wages of either side's years are compared."""
    indexes = await wage_history.prices(context)
    years = await _of_both(parents, context, wage_history.of, lambda rows: [row.year for row in rows])
    return [[indexes[year].source_id for year in of_parent if year in indexes] for of_parent in years]


async def _wages(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    """The sources of wages in any area and industry: places and decomposition read beyond the comparison's own."""
    both = row_ids([side for parent in parents for side in (parent.left, parent.right)])
    rows = await context.database.each(statements.wage_sources(), both)
    ids = [[source_id for _, source_id in of_one] for of_one in rows]
    return [[*left, *right] for left, right in zip(ids[::2], ids[1::2], strict=True)]


async def _skills(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    return [_compared(*pair) for pair in await both_sides(parents, context, skills.in_full)]


def _compared(left: Sequence[Weighted], right: Sequence[Weighted]) -> list[str]:
    """Return the sources of the kinds of skills that both sides have, except those that are not compared."""
    kinds = (skills.kinds_of(left) & skills.kinds_of(right)) - {SkillKind.CATEGORY}
    return [row.source_id for row, skill in (*left, *right) if skill.kind in kinds]
