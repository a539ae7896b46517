"""Where both sides' figures come from, and what to say of it where that differs."""

from asyncio import gather
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from db.models import Preparation
from db.vocabulary import SkillKind
from resolvers import caveats, facts, salaries, skills, sources, top_pay
from resolvers.comparisons.pair import Comparison, Row, both_sides
from resolvers.comparisons.salary import cells_of
from resolvers.context import Context
from resolvers.facts import Demographics
from resolvers.skills import Weighted

_Sides = tuple[set[str], set[str]]
"""The ids of the sources of either side's figures."""


async def caveats_of(parent: Comparison, context: Context) -> list[str]:
    """Name the sources of each part of a comparison where those of the two sides differ."""
    by_part = await gather(
        _wage_sources(parent, context),
        _top_pay_sources(parent, context),
        _fact_sources(parent, context),
        _skill_sources(parent, context),
    )
    found = await sources.by_id(context)
    return [
        caveat
        for parts in by_part
        for what, sides in parts.items()
        for caveat in caveats.source_caveats(what, *([found[source] for source in side] for side in sides))
    ]


async def _wage_sources(parent: Comparison, context: Context) -> dict[str, _Sides]:
    [cells] = await cells_of([parent], context)
    return {"wages": _both_ids((cells.left, cells.right), salaries.has_figures)}


async def _top_pay_sources(parent: Comparison, context: Context) -> dict[str, _Sides]:
    # What no source names is found by the wages, of whose sources is told already.
    [named] = await both_sides([parent], context, top_pay.named)
    if not any(named):
        return {}
    [pair] = await both_sides([parent], context, top_pay.highest_paying)
    left, right = ({one.source_id for one in (p.city, p.state, p.industry, p.company) if one is not None} for p in pair)
    return {"highest-paying places": (left, right)}


async def _fact_sources(parent: Comparison, context: Context) -> dict[str, _Sides]:
    [jobs], [outlooks], [education], [demographics], [preparations] = await gather(
        both_sides([parent], context, facts.jobs),
        both_sides([parent], context, facts.outlook),
        both_sides([parent], context, facts.education),
        both_sides([parent], context, facts.demographics),
        both_sides([parent], context, facts.preparation),
    )
    found: dict[str, _Sides] = {
        "growth rates": _both_ids(outlooks, lambda row: row.growth_percent is not None),
        "education figures": _both_ids(education, lambda _: True),
        "demographic figures": (_all_ids(demographics[0]), _all_ids(demographics[1])),
        "times and experience that it takes": _both_ids(preparations, _prepares),
    }
    # Numbers that count different things are not compared, whoever counts them.
    if jobs[0] is not None and jobs[1] is not None and jobs[0].basis is jobs[1].basis:
        found["numbers of jobs"] = ({jobs[0].source_id}, {jobs[1].source_id})
    return found


def _prepares(row: Preparation) -> bool:
    return row.minimum_months is not None or row.years_of_experience is not None


def _all_ids(row: Demographics | None) -> set[str]:
    return set() if row is None else set(row.source_ids)


async def _skill_sources(parent: Comparison, context: Context) -> dict[str, _Sides]:
    [(left, right)] = await both_sides([parent], context, skills.in_full)
    # Skills of a kind that only one side has are not compared.
    kinds = {skill.kind for _, skill in left} & {skill.kind for _, skill in right}
    return {"skills": (_of_kinds(left, kinds), _of_kinds(right, kinds))}


def _of_kinds(weighted: Sequence[Weighted], kinds: AbstractSet[SkillKind]) -> set[str]:
    return {row.source_id for row, skill in weighted if skill.kind in kinds}


def _ids(row: Row | None, counts: Callable[[Row], bool]) -> set[str]:
    """Return the id of a row's source, if the row has what is asked for."""
    return {row.source_id} if row is not None and counts(row) else set()


def _both_ids(pair: tuple[Row | None, Row | None], counts: Callable[[Row], bool]) -> _Sides:
    return _ids(pair[0], counts), _ids(pair[1], counts)
