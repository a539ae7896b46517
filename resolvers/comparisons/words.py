"""A comparison in sentences, and what to know before trusting it."""

from asyncio import gather
from collections.abc import Sequence

from db.vocabulary import SkillKind
from resolvers import caveats, facts, skills
from resolvers.comparisons import prose
from resolvers.comparisons.pair import Comparison, both_sides
from resolvers.comparisons.salary import SalaryComparison, annual_mean, cells_of
from resolvers.context import Context

_NAMED = (SkillKind.LISTED, SkillKind.SKILL)
"""The kinds of skills that sentences name: neither fields of knowledge nor technologies are called skills."""


async def summary(parents: Sequence[Comparison], context: Context) -> Sequence[list[str]]:
    """Who earns more and by how much, how long each takes to become, and the foremost skills of each."""
    return list(await gather(*(_summary(parent, context) for parent in parents)))


async def _summary(parent: Comparison, context: Context) -> list[str]:
    cells, [preparations], [listed] = await gather(
        cells_of(parent, context),
        both_sides([parent], context, facts.preparation),
        both_sides([parent], context, skills.in_full),
    )
    [mean] = annual_mean([SalaryComparison(parent, *cells)], context)
    both = (parent.left, parent.right)
    names = [[skill.name for _, skill in weighted if skill.kind in _NAMED] for weighted in listed]
    sentences = (
        prose.salary_sentence(*both, mean, parent.area),
        prose.preparation_sentence(list(zip(both, preparations, strict=True))),
        prose.skills_sentence(list(zip(both, names, strict=True))),
    )
    return [sentence for sentence in sentences if sentence is not None]


async def caveats_of(parents: Sequence[Comparison], context: Context) -> Sequence[list[str]]:
    """What to know before trusting a comparison, each side's own caveats included."""
    return list(await gather(*(_caveats(parent, context) for parent in parents)))


async def _caveats(parent: Comparison, context: Context) -> list[str]:
    [own], wages, [jobs], [outlooks], [education], [demographics] = await gather(
        both_sides([parent], context, caveats.of),
        cells_of(parent, context),
        both_sides([parent], context, facts.jobs),
        both_sides([parent], context, facts.outlook),
        both_sides([parent], context, facts.education),
        both_sides([parent], context, facts.demographics),
    )
    # The sides' own caveats have looked at their skills already.
    [listed] = await both_sides([parent], context, skills.in_full)
    return [
        *caveats.basis_caveats(*jobs),
        *caveats.period_caveats(*outlooks),
        *caveats.source_caveats("wages", *wages),
        *caveats.source_caveats("numbers of jobs", *jobs),
        *caveats.source_caveats("growth rates", *outlooks),
        *caveats.source_caveats("education figures", *education),
        *caveats.source_caveats("demographic figures", *demographics),
        *caveats.absence_caveats(*listed),
        *(f"{parent.left.title}: {caveat}" for caveat in own[0]),
        *(f"{parent.right.title}: {caveat}" for caveat in own[1]),
    ]
