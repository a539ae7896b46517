"""The summary and the caveats of a comparison."""

from collections.abc import Sequence

from db.models import NATION, Area, Preparation
from db.vocabulary import AreaKind, SkillKind
from resolvers import areas, caveats, facts, salaries, skills
from resolvers.comparisons import (
    places,
    prospects,
    responsibilities,
    sentences,
    skill_sets,
    source_caveats,
    wage_curves,
)
from resolvers.comparisons.places import PlaceComparison
from resolvers.comparisons.salary import PERIODS, SalaryComparison, cells_of, unit_of, wage_difference
from resolvers.comparisons.sentences import Sentence
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.skills import Weighted

_NAMED = (SkillKind.LISTED, SkillKind.SKILL)
"""The kinds of skills that the summary names. Fields of knowledge and technologies are not called skills."""


async def summary(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    """Each comparison in sentences: wages, jobs, growth, time to become one, skills and responsibilities."""
    pay, outlook = await _pay(parents, context), await _prospects(parents, context)
    preparations = await both_sides(parents, context, facts.preparation)
    listed = await both_sides(parents, context, skills.in_full)
    # With the argument's default, as clients select it, so that both share one result.
    overlaps = await context.load_many(skill_sets.of, parents, minimum_importance=skill_sets.MINIMUM_IMPORTANCE)
    duties = await responsibilities.of(parents, context)
    return [
        [
            sentence
            for sentence in (
                *_figures([*of_pay, *of_prospects]),
                *_ways_in(parent, prepared, sides),
                sentences.overlap_sentence(parent.left, parent.right, overlap),
                sentences.responsibilities_sentences(parent.left, parent.right, done),
            )
            if sentence is not None
        ]
        if parent.left.id != parent.right.id
        else [sentences.same_sentence(parent.left)]
        for parent, of_pay, of_prospects, prepared, sides, overlap, done in zip(
            parents, pay, outlook, preparations, listed, overlaps, duties, strict=True
        )
    ]


def _figures(found: Sequence[Sentence | None]) -> list[str | None]:
    """Return the sentences on figures, with one at the end on all that can't be tested."""
    given = [sentence for sentence in found if sentence is not None]
    untested = [sentence.untested for sentence in given if sentence.untested is not None]
    return [*(sentence.text for sentence in given), sentences.untested_sentence(untested)]


def _ways_in(
    parent: Comparison,
    preparations: tuple[Preparation | None, Preparation | None],
    listed: tuple[Sequence[Weighted], Sequence[Weighted]],
) -> list[str | None]:
    both = (parent.left, parent.right)
    names = [
        [(skill.name, skills.weight(row)) for row, skill in weighted if skill.kind in _NAMED] for weighted in listed
    ]
    return [
        sentences.preparation_sentence(list(zip(both, preparations, strict=True))),
        sentences.skills_sentence(list(zip(both, names, strict=True))),
    ]


async def _pay(parents: Sequence[Comparison], context: Context) -> list[list[Sentence | None]]:
    cells, where = await cells_of(parents, context), await areas.of(parents, context)
    return [
        [*_wage_sentences(pair, area, context), in_places]
        for pair, area, in_places in zip(cells, where, await _in_places(parents, context), strict=True)
    ]


def _wage_sentences(cells: SalaryComparison, area: Area, context: Context) -> list[Sentence | None]:
    both, unit = (cells.comparison.left, cells.comparison.right), unit_of(cells)
    [crossovers] = wage_curves.crossovers_of([cells], context)
    return [
        sentences.salary_sentence(*both, wage_difference(cells, "mean", unit), area),
        sentences.median_sentence(*both, wage_difference(cells, "median", unit), area),
        sentences.crossovers_sentence(*both, crossovers, unit, area),
    ]


async def _in_places(parents: Sequence[Comparison], context: Context) -> list[Sentence | None]:
    """The sentences on metropolitan areas; None for comparisons within an area."""
    national = [parent for parent in parents if parent.area_code == NATION]
    found = iter(await context.load_many(places.of, national, kind=AreaKind.METRO))
    return [_places_sentence(parent, next(found)) if parent.area_code == NATION else None for parent in parents]


def _places_sentence(parent: Comparison, found: PlaceComparison) -> Sentence | None:
    return sentences.places_sentence(
        parent.left,
        parent.right,
        kind=found.kind,
        period=PERIODS[found.unit],
        compared=found.compared,
        left_higher=found.left_higher,
        right_higher=found.right_higher,
        national=found.national_median,
        reversal=found.reversal,
    )


async def _prospects(parents: Sequence[Comparison], context: Context) -> list[list[Sentence | None]]:
    counts = await both_sides(parents, context, facts.jobs)
    outlooks = await both_sides(parents, context, facts.outlook)
    jobs, growth = await prospects.jobs(parents, context), await prospects.growth(parents, context)
    return [
        [
            sentences.jobs_sentence(parent.left, parent.right, more_jobs, count[0]),
            sentences.all_jobs_sentence((parent.left, parent.right), count, outlook),
            sentences.growth_sentence(parent.left, parent.right, more_growth, outlook),
        ]
        for parent, more_jobs, count, more_growth, outlook in zip(parents, jobs, counts, growth, outlooks, strict=True)
    ]


async def caveats_of(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    """The caveats of each comparison, with the caveats of both occupations."""
    own = await both_sides(parents, context, caveats.of_figures)
    groups = await both_sides(parents, context, caveats.wider_groups_of)
    jobs = await both_sides(parents, context, facts.jobs)
    outlooks = await both_sides(parents, context, facts.outlook)
    listed = await both_sides(parents, context, skills.in_full)
    differing = await source_caveats.of(parents, context)
    parts = await skill_sets.combined_sides(parents, context)
    paid = [_wage_caveats(pair, context) for pair in await cells_of(parents, context)]
    return [
        [
            *caveats.basis_caveats(*counts),
            *caveats.other_order_caveats((parent.left.title, parent.right.title), counts, periods),
            *caveats.period_caveats(*periods),
            *differences,
            *skill_sets.left_out(left_skills, right_skills, (parent.left.title, parent.right.title), combined),
            *caveats.group_caveats((parent.left.title, parent.right.title), *wider),
            *_of_sides(parent, [*of_pay[0], *left], [*of_pay[1], *right]),
        ]
        for (
            parent,
            (left, right),
            wider,
            counts,
            periods,
            (left_skills, right_skills),
            combined,
            differences,
            of_pay,
        ) in zip(parents, own, groups, jobs, outlooks, listed, parts, differing, paid, strict=True)
    ]


def _wage_caveats(cells: SalaryComparison, context: Context) -> list[list[str]]:
    """The caveats on the wages of either side in the comparison's area."""
    return [[] if cell is None else salaries.caveats([cell], context)[0] for cell in (cells.left, cells.right)]


def _of_sides(parent: Comparison, left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Return the caveats of both sides with their titles; one that both have is given once."""
    return [
        *(f"Both sides: {caveat}" for caveat in left if caveat in right),
        *(f"{parent.left.title}: {caveat}" for caveat in left if caveat not in right),
        *(f"{parent.right.title}: {caveat}" for caveat in right if caveat not in left),
    ]
