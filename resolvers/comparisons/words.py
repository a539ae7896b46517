"""A comparison in sentences, and what to know before trusting it."""

from asyncio import gather
from collections.abc import Sequence

from db.models import NATION
from db.vocabulary import AreaKind, SkillKind
from resolvers import areas, caveats, facts, skills
from resolvers.comparisons import places, prose, prospects, provenance, wage_curves
from resolvers.comparisons.pair import Comparison, both_sides
from resolvers.comparisons.salary import cells_of, unit_of, wage_difference
from resolvers.context import Context

_NAMED = (SkillKind.LISTED, SkillKind.SKILL)
"""The kinds of skills that sentences name: neither fields of knowledge nor technologies are called skills."""


async def summary(parents: Sequence[Comparison], context: Context) -> Sequence[list[str]]:
    """Pay by the mean, the median and percentiles; jobs, growth, the time that each takes, and the foremost skills."""
    return [await _summary(parent, context) for parent in parents]


async def _summary(parent: Comparison, context: Context) -> list[str]:
    pay, prospects_told, [preparations], [listed] = await gather(
        _pay(parent, context),
        _prospects(parent, context),
        both_sides([parent], context, facts.preparation),
        both_sides([parent], context, skills.in_full),
    )
    both = (parent.left, parent.right)
    names = [[skill.name for _, skill in weighted if skill.kind in _NAMED] for weighted in listed]
    sentences = (
        *pay,
        *prospects_told,
        prose.preparation_sentence(list(zip(both, preparations, strict=True))),
        prose.skills_sentence(list(zip(both, names, strict=True))),
    )
    return [sentence for sentence in sentences if sentence is not None]


async def _pay(parent: Comparison, context: Context) -> list[str | None]:
    [[cells], [area]] = await gather(cells_of([parent], context), areas.of([parent], context))
    [crossovers] = wage_curves.crossovers_of([cells], context)
    both, unit = (parent.left, parent.right), unit_of(cells)
    return [
        prose.salary_sentence(*both, wage_difference(cells, "mean", unit), area),
        prose.median_sentence(*both, wage_difference(cells, "median", unit), area),
        prose.crossovers_sentence(*both, crossovers, unit, area),
        await _in_places(parent, context),
    ]


async def _in_places(parent: Comparison, context: Context) -> str | None:
    """Say what metropolitan areas say, where the nation is what is compared."""
    if parent.area_code != NATION:
        return None
    [found] = await context.load_many(places.of, [parent], kind=AreaKind.METRO)
    return prose.places_sentence(
        parent.left,
        parent.right,
        kind=found.kind,
        compared=found.compared,
        left_higher=found.left_higher,
        right_higher=found.right_higher,
        national=found.national_median,
        reversal=found.reversal,
    )


async def _prospects(parent: Comparison, context: Context) -> list[str | None]:
    [jobs], [counts], [growth], [outlooks] = await gather(
        prospects.jobs([parent], context),
        both_sides([parent], context, facts.jobs),
        prospects.growth([parent], context),
        both_sides([parent], context, facts.outlook),
    )
    both = (parent.left, parent.right)
    return [
        prose.jobs_sentence(*both, jobs, counts[0]),
        prose.growth_sentence(*both, growth, outlooks),
    ]


async def caveats_of(parents: Sequence[Comparison], context: Context) -> Sequence[list[str]]:
    """What to know before trusting a comparison, each side's own caveats included."""
    return [await _caveats(parent, context) for parent in parents]


async def _caveats(parent: Comparison, context: Context) -> list[str]:
    [own], [jobs], [outlooks], differing = await gather(
        both_sides([parent], context, caveats.of),
        both_sides([parent], context, facts.jobs),
        both_sides([parent], context, facts.outlook),
        provenance.caveats_of(parent, context),
    )
    # The sides' own caveats have looked at their skills already.
    [listed] = await both_sides([parent], context, skills.in_full)
    return [
        *caveats.basis_caveats(*jobs),
        *caveats.period_caveats(*outlooks),
        *differing,
        *caveats.absence_caveats(*listed),
        *(f"{parent.left.title}: {caveat}" for caveat in own[0]),
        *(f"{parent.right.title}: {caveat}" for caveat in own[1]),
    ]
