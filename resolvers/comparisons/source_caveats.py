"""Caveats where the figures of the two sides come from different sources or releases."""

from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from db.models import JobCount, Preparation, Source
from db.vocabulary import SkillKind
from resolvers import facts, salaries, skills, sources, top_pay
from resolvers.comparisons.salary import cells_of
from resolvers.comparisons.sides import Comparison, Row, both_sides
from resolvers.context import Context
from resolvers.facts import Demographics
from resolvers.skills import Weighted
from resolvers.top_pay import HighestPaying

_Sides = tuple[set[str], set[str]]
"""The ids of the sources of the left side's figures, and of the right side's."""


async def of(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    """The caveats of each comparison: one for each part of it whose sources differ between the sides."""
    parts = (
        await _wage_sources(parents, context),
        await _top_pay_sources(parents, context),
        await _fact_sources(parents, context),
        await _skill_sources(parents, context),
    )
    found = await sources.by_id(context)
    return [
        [
            caveat
            for part in of_parent
            for what, sides in part.items()
            for caveat in source_caveats(what, *([found[source] for source in side] for side in sides))
        ]
        for of_parent in zip(*parts, strict=True)
    ]


async def _wage_sources(parents: Sequence[Comparison], context: Context) -> list[dict[str, _Sides]]:
    return [
        {"wages": _both_ids((cells.left, cells.right), salaries.has_figures)}
        for cells in await cells_of(parents, context)
    ]


async def _top_pay_sources(parents: Sequence[Comparison], context: Context) -> list[dict[str, _Sides]]:
    # Where no source names any, they follow from the wages, whose sources have a caveat of their own.
    named = [any(sides) for sides in await both_sides(parents, context, top_pay.named)]
    compared = [parent for parent, is_named in zip(parents, named, strict=True) if is_named]
    pairs = iter(await both_sides(compared, context, top_pay.highest_paying))
    return [{"highest-paying places": _top_pay_ids(next(pairs))} if is_named else {} for is_named in named]


def _top_pay_ids(pair: tuple[HighestPaying, HighestPaying]) -> _Sides:
    left, right = ({one.source_id for one in side if one is not None} for side in pair)
    return left, right


async def _fact_sources(parents: Sequence[Comparison], context: Context) -> list[dict[str, _Sides]]:
    by_fact = (
        await both_sides(parents, context, facts.jobs),
        await both_sides(parents, context, facts.outlook),
        await both_sides(parents, context, facts.education),
        await both_sides(parents, context, facts.demographics),
        await both_sides(parents, context, facts.preparation),
    )
    return [
        {
            "growth rates": _both_ids(outlooks, lambda row: row.growth_percent is not None),
            "education figures": _both_ids(education, lambda _: True),
            "demographic figures": _shared_people(*demographics),
            "preparation figures": _both_ids(preparations, _prepares),
            **_job_sources(jobs),
        }
        for jobs, outlooks, education, demographics, preparations in zip(*by_fact, strict=True)
    ]


def _job_sources(jobs: tuple[JobCount | None, JobCount | None]) -> dict[str, _Sides]:
    left, right = jobs
    # Numbers that count different things are not compared, so their sources don't matter.
    if left is None or right is None or left.basis is not right.basis:
        return {}
    return {"numbers of jobs": ({left.source_id}, {right.source_id})}


def _prepares(row: Preparation) -> bool:
    return row.minimum_months is not None or row.years_of_experience is not None


def _shared_people(left: Demographics | None, right: Demographics | None) -> _Sides:
    """Return the sources of both sides; none if the sides have no figure in common, so that nothing is compared."""
    if left is None or right is None or not _people_figures(left) & _people_figures(right):
        return set(), set()
    return set(left.source_ids), set(right.source_ids)


def _people_figures(row: Demographics) -> set[str]:
    has_age = row.average_age is not None or row.median_age is not None
    return {*(["age"] if has_age else []), *(["shares"] if row.has_shares else [])}


async def _skill_sources(parents: Sequence[Comparison], context: Context) -> list[dict[str, _Sides]]:
    return [
        {"skills": _shared_kinds(left, right)} for left, right in await both_sides(parents, context, skills.in_full)
    ]


def _shared_kinds(left: Sequence[Weighted], right: Sequence[Weighted]) -> _Sides:
    # Skills of a kind that only one side has are not compared.
    kinds = {skill.kind for _, skill in left} & {skill.kind for _, skill in right}
    return _of_kinds(left, kinds), _of_kinds(right, kinds)


def _of_kinds(weighted: Sequence[Weighted], kinds: AbstractSet[SkillKind]) -> set[str]:
    return {row.source_id for row, skill in weighted if skill.kind in kinds}


def _ids(row: Row | None, has_figure: Callable[[Row], bool]) -> set[str]:
    """Return the id of a row's source if the row has the figure; otherwise nothing."""
    return {row.source_id} if row is not None and has_figure(row) else set()


def _both_ids(pair: tuple[Row | None, Row | None], has_figure: Callable[[Row], bool]) -> _Sides:
    return _ids(pair[0], has_figure), _ids(pair[1], has_figure)


def source_caveats(what: str, left: Collection[Source], right: Collection[Source]) -> list[str]:
    """Say that two sides' figures come from different sources or releases.

    ``left`` and ``right`` are the sources of the figures that each side has. There is no caveat where all sources of
    one side are sources of the other too.
    """
    ids = [{source.id for source in side} for side in (left, right)]
    if ids[0] <= ids[1] or ids[0] >= ids[1]:
        return []
    names = [sorted({source.name for source in side}) for side in (left, right)]
    if names[0] == names[1]:
        releases = "; ".join(
            _listed(source.release or "release not stated" for source in side) for side in (left, right)
        )
        return [f"The {what} of the two sides are from different releases: {releases}."]
    of_left, of_right = (_listed(_edition(source) for source in side) for side in (left, right))
    return [f"The {what} of the two sides come from different sources: {of_left} on the left, {of_right} on the right."]


def _edition(source: Source) -> str:
    """Return the name and release in quotation marks: many names have colons and commas."""
    return f'"{source.name}"' if source.release is None else f'"{source.name}, {source.release}"'


def _listed(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))
