"""The summary and the caveats of a comparison."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from db.models import NATION, Area, Occupation, Source
from db.vocabulary import AreaKind
from resolvers import areas, caveats, facts, parts, salaries, skills, sources
from resolvers.comparisons import (
    entry,
    interests,
    places,
    prospects,
    responsibilities,
    same_occupation,
    sentences,
    skill_sets,
    source_caveats,
    wage_changes,
    wage_curves,
    wage_hours,
)
from resolvers.comparisons.arithmetic import Unit
from resolvers.comparisons.places import PlaceComparison
from resolvers.comparisons.salary import PERIODS, SalaryComparison, cells_of, unit_of, wage_difference
from resolvers.comparisons.sentences import Sentence
from resolvers.comparisons.sides import Comparison, both_sides, price_parities_of
from resolvers.context import Context
from resolvers.price_parities import PriceParity


async def summary(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    """Each comparison in sentences: wages, jobs, growth, openings, entry, preparation, skills and responsibilities."""
    pay, outlook = await _pay(parents, context), await _prospects(parents, context)
    needed = await entry.of(parents, context)
    preparations = await both_sides(parents, context, facts.preparation)
    listed = await both_sides(parents, context, skills.in_full)
    of_parts = await both_sides(parents, context, parts.are_rated_alone)
    # With the argument's default, as clients select it, so that both share one result.
    overlaps = await context.load_many(skill_sets.of, parents, minimum_importance=skill_sets.MINIMUM_IMPORTANCE)
    duties = await responsibilities.of(parents, context)
    suited = await interests.of(parents, context)
    of_one = iter(await same_occupation.summaries([parent for parent in parents if _is_same(parent)], context))
    return [
        [
            sentence
            for sentence in (
                *_figures([*of_pay, *of_prospects]),
                sentences.entry_sentence(parent.left, parent.right, needs),
                sentences.preparation_sentence(_of_both(parent, prepared), only_parts),
                sentences.skills_sentence(_of_both(parent, sides), only_parts),
                sentences.overlap_sentence(parent.left, parent.right, overlap),
                sentences.interests_sentence(parent.left, parent.right, suits),
                sentences.responsibilities_sentences(parent.left, parent.right, done),
            )
            if sentence is not None
        ]
        if not _is_same(parent)
        else next(of_one)
        for parent, of_pay, of_prospects, needs, prepared, sides, only_parts, overlap, suits, done in zip(
            parents, pay, outlook, needed, preparations, listed, of_parts, overlaps, suited, duties, strict=True
        )
    ]


def _is_same(parent: Comparison) -> bool:
    return parent.left.id == parent.right.id


def _figures(found: Sequence[Sentence | None]) -> list[str]:
    """Return the sentences on figures, with the results of their tests at the end."""
    given = [sentence for sentence in found if sentence is not None]
    return [*(sentence.text for sentence in given), *sentences.tests_sentences(given)]


T = TypeVar("T")


def _of_both(parent: Comparison, values: tuple[T, T]) -> list[tuple[Occupation, T]]:
    return [(parent.left, values[0]), (parent.right, values[1])]


async def _pay(parents: Sequence[Comparison], context: Context) -> list[list[Sentence | None]]:
    cells, where = await cells_of(parents, context), await areas.of(parents, context)
    parities, found = await price_parities_of(parents, context), await sources.by_id(context)
    changes = await both_sides(parents, context, wage_changes.of)
    return [
        [
            *_wage_sentences(pair, area, parity, found),
            in_places,
            sentences.wage_change_sentence(_of_both(pair.comparison, change)),
        ]
        for pair, area, parity, in_places, change in zip(
            cells, where, parities, await _in_places(parents, context), changes, strict=True
        )
    ]


def _wage_sentences(
    cells: SalaryComparison, area: Area, parity: PriceParity | None, found: Mapping[str, Source]
) -> list[Sentence | None]:
    both, unit = (cells.comparison.left, cells.comparison.right), unit_of(cells)
    by_period = {
        period: (wage_difference(cells, "mean", its_unit), wage_difference(cells, "median", its_unit))
        for its_unit, period in PERIODS.items()
    }
    other_periods = sentences.other_periods_sentence(*both, by_period, area)
    if other_periods is not None:
        return [other_periods]
    release = _release([None if cell is None else cell.source_id for cell in (cells.left, cells.right)], found)
    return [
        *sentences.wage_sentences(*both, *by_period[PERIODS[unit]], area, release),
        sentences.percentiles_sentence(*both, wage_curves.percentiles(cells), area),
        _prices_sentence(cells, area, parity, found),
    ]


def _prices_sentence(
    cells: SalaryComparison, area: Area, parity: PriceParity | None, found: Mapping[str, Source]
) -> Sentence | None:
    if parity is None or parity.source_id is None:
        return None
    mean = wage_difference(cells, "mean", Unit.DOLLARS_PER_YEAR)
    both = (cells.comparison.left, cells.comparison.right)
    # The release is the year, perhaps with a date.
    year = (found[parity.source_id].release or "")[:4]
    return sentences.prices_sentence(*both, mean, area, parity.all_items, year)


def _release(source_ids: Sequence[str | None], found: Mapping[str, Source]) -> str | None:
    """Return the release that the figures of both sides are of; None if they are of several."""
    releases = {found[source_id].release for source_id in source_ids if source_id is not None}
    return releases.pop() if len(releases) == 1 else None


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
    openings = await prospects.openings(parents, context)
    found = await sources.by_id(context)
    return [
        [
            sentences.jobs_sentence(
                parent.left,
                parent.right,
                more_jobs,
                count,
                outlook,
                _release([None if row is None else row.source_id for row in count], found),
            ),
            sentences.all_jobs_sentence((parent.left, parent.right), more_jobs, count, outlook),
            sentences.growth_sentence(parent.left, parent.right, more_growth, outlook),
            sentences.openings_sentence(parent.left, parent.right, more_openings, outlook),
        ]
        for parent, more_jobs, count, more_growth, more_openings, outlook in zip(
            parents, jobs, counts, growth, openings, outlooks, strict=True
        )
    ]


async def caveats_of(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    """The caveats of each comparison, with the caveats of both occupations."""
    own = await both_sides(parents, context, caveats.of_figures)
    groups = await both_sides(parents, context, caveats.wider_groups_of)
    counts = await both_sides(parents, context, facts.jobs)
    outlooks = await both_sides(parents, context, facts.outlook)
    listed = await both_sides(parents, context, skills.in_full)
    only_parts = await both_sides(parents, context, parts.are_rated_alone)
    jobs = await prospects.jobs(parents, context)
    differing = await source_caveats.of(parents, context)
    cells = await cells_of(parents, context)
    needed = await entry.of(parents, context)
    return [
        [
            *wage_hours.caveats_of(pay),
            *caveats.basis_caveats(*count),
            *caveats.other_order_caveats(_titles(parent), more_jobs, count, periods),
            *caveats.period_caveats(*periods),
            *entry.caveats_of(needs),
            *differences,
            *skill_sets.left_out(left, right, _titles(parent), of_parts),
            *skill_sets.rating_caveats(left, right),
            *caveats.group_caveats(_titles(parent), *wider),
            *_of_sides(parent, own_of_sides, _wage_caveats(pay, context)),
        ]
        for parent, own_of_sides, wider, count, more_jobs, periods, needs, (
            left,
            right,
        ), of_parts, differences, pay in zip(
            parents, own, groups, counts, jobs, outlooks, needed, listed, only_parts, differing, cells, strict=True
        )
    ]


def _titles(parent: Comparison) -> tuple[str, str]:
    return parent.left.title, parent.right.title


def _wage_caveats(cells: SalaryComparison, context: Context) -> list[list[str]]:
    """The caveats on the wages of either side in the comparison's area."""
    return [[] if cell is None else salaries.caveats([cell], context)[0] for cell in (cells.left, cells.right)]


def _of_sides(
    parent: Comparison, own: tuple[Sequence[str], Sequence[str]], on_wages: Sequence[Sequence[str]]
) -> list[str]:
    """Return the caveats of both sides with their titles; one that both have is given once."""
    left, right = ([*of_pay, *others] for of_pay, others in zip(on_wages, own, strict=True))
    return [
        *(f"Both sides: {caveat}" for caveat in left if caveat in right),
        *(f"{parent.left.title}: {caveat}" for caveat in left if caveat not in right),
        *(f"{parent.right.title}: {caveat}" for caveat in right if caveat not in left),
    ]
