"""The sentences of a comparison's summary, made from the figures and verdicts that the API serves with them.

Each sentence names its measure, because the order of the two sides can differ from measure to measure. Only what is
tested is said to be so: "earn more" needs a significant difference, and one sentence lists what can't be tested.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from db.models import Area, JobCount, Occupation, Outlook, Preparation
from db.vocabulary import AreaKind, SkillKind
from resolvers import caveats
from resolvers.comparisons.arithmetic import Difference, Figure, Side, Unit, Verdict, least_gap, percent
from resolvers.comparisons.formatting import (
    JOBS_COUNTED,
    WAGE_FORMATS,
    area_in_sentence,
    calendar_years,
    listed,
    months,
    plain,
    times,
    verb,
    whole,
)
from resolvers.comparisons.responsibilities import ResponsibilityComparison, SharedActivity
from resolvers.comparisons.salary import PERIODS
from resolvers.comparisons.skill_sets import MINIMUM_IMPORTANCE, SkillComparison, SkillDifference
from resolvers.comparisons.wage_curves import Crossover

_ACTIVITIES_NAMED = 2
"""Work activities that a sentence names for both sides together, and for each side alone."""

_POINTS_OF_ROUNDING = 0.1
"""Growth rates are published with one decimal, so a gap of 0.1 can come from rounding alone."""

_TIMES_FROM_PERCENT = 1_000
"""The percentage above which a gap is given as a multiple."""


class Sentence(NamedTuple):
    """A sentence of the summary, and the difference in it that can't be tested, if there is one."""

    text: str
    untested: str | None = None


@dataclass(frozen=True)
class _Measure:
    """The words for one measure: its names, and the formats of its values and gaps.

    ``published`` opens the sentence of a difference that is not tested. ``tested`` states that the first of two
    occupations is ahead of the second, and can claim more.
    """

    name: str
    plural: str
    untested: str
    value: Callable[[float], str]
    gap: Callable[[float], str]
    published: str
    tested: Callable[[Occupation, Occupation], str] | None = None
    multiples: str | None = None
    """What a large gap is a multiple of: "as high" or "as many". None for gaps that have no ratio."""


def _sentence(left: Occupation, right: Occupation, difference: Difference, measure: _Measure) -> Sentence:
    """Name the side that is ahead by a measure, with the gap and the verdict on it."""
    if difference.higher is None:
        return Sentence(_not_comparable(left, right, difference, measure))
    if difference.higher is Side.EQUAL:
        return Sentence(f"{_capitalized(measure.name)} is {measure.value(difference.left or 0)} for both.")
    ahead, behind = (left, right) if difference.higher is Side.LEFT else (right, left)
    figures = (difference.left_figure, difference.right_figure)
    more, less = figures if difference.higher is Side.LEFT else figures[::-1]
    high, low = _bounded(more, measure), _bounded(less, measure)
    if difference.verdict is Verdict.NOT_SIGNIFICANT:
        gap = measure.gap(abs(difference.gap or 0))
        return Sentence(
            f"By {measure.name}, there is no clear difference: {high} for {ahead.title} and {low} for {behind.title}. "
            f"The difference of {gap} is not statistically significant."
        )
    ratio, gap = _ratio(more, less, measure), _gap(more, less, measure)
    if difference.verdict is Verdict.SIGNIFICANT and measure.tested is not None:
        opening = f"{measure.tested(ahead, behind)}: {high} against {low}"
        if ratio is not None:
            return Sentence(f"{opening}, {ratio}. The difference is statistically significant.")
        return Sentence(f"{opening}. The difference of {gap} is statistically significant.")
    opening = f"{measure.published} is higher for {ahead.title} than for {behind.title}: {high} against {low}"
    return Sentence(f"{opening}, {ratio or f'a difference of {gap}'}.", measure.untested)


def untested_sentence(differences: Sequence[str]) -> str | None:
    """Say once which differences of a summary can't be tested; None without any."""
    if not differences:
        return None
    those = "The difference" if len(differences) == 1 else "Differences"
    return f"{those} in {listed(differences)} can't be tested for statistical significance with the published figures."


def _gap(more: Figure, less: Figure, measure: _Measure) -> str:
    if more.value is None:
        return f"at least {measure.gap(least_gap(more, less) or 0)}"
    return measure.gap(more.value - (less.value or 0))


def _ratio(more: Figure, less: Figure, measure: _Measure) -> str | None:
    """Return a large gap as a multiple: "over 54 times as many"; None for other gaps."""
    if measure.multiples is None or more.value is None or not less.value:
        return None
    above = percent(more.value, less.value)
    if above is None or above <= _TIMES_FROM_PERCENT:
        return None
    return f"{times(more.value / less.value)} {measure.multiples}"


def _bounded(figure: Figure, measure: _Measure) -> str:
    return f"at least {measure.value(figure.at_least or 0)}" if figure.value is None else measure.value(figure.value)


def _not_comparable(left: Occupation, right: Occupation, difference: Difference, measure: _Measure) -> str:
    sides = ((left, difference.left_figure), (right, difference.right_figure))
    if not any(_is_published(figure) for _, figure in sides):
        return f"Neither occupation has published {measure.plural}."
    published = "; ".join(
        f"{_bounded(figure, measure) if _is_published(figure) else 'none published'} for {occupation.title}"
        for occupation, figure in sides
    )
    return f"{_capitalized(measure.plural)} can't be compared: {published}."


def _capitalized(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _is_published(figure: Figure) -> bool:
    return figure.value is not None or figure.at_least is not None


def same_sentence(occupation: Occupation) -> str:
    """Say that both sides of a comparison are one occupation."""
    return f"Both sides are {occupation.title}, so there is nothing to compare."


def salary_sentence(
    left: Occupation, right: Occupation, wage: Difference, area: Area, statistic: str = "mean"
) -> Sentence:
    """Compare the mean or median wages in an area."""
    period = PERIODS[wage.unit]
    written = WAGE_FORMATS[period]
    name = f"{statistic} {period} wage in {area_in_sentence(area.name)}"
    return _sentence(
        left,
        right,
        wage,
        _Measure(
            name=f"the {name}",
            plural=f"{statistic} {period} wages in {area_in_sentence(area.name)}",
            untested=f"the {statistic} wage",
            value=written,
            gap=written,
            published=f"The published {name}",
            tested=lambda ahead, behind: (
                f"By the {name}, {ahead.title} {verb(ahead, 'earns', 'earn')} more than {behind.title}"
            ),
            multiples="as high",
        ),
    )


def median_sentence(left: Occupation, right: Occupation, median: Difference, area: Area) -> Sentence | None:
    """Compare the median wages in an area; None where neither side has one."""
    if not (_is_published(median.left_figure) or _is_published(median.right_figure)):
        return None
    return salary_sentence(left, right, median, area, "median")


def crossovers_sentence(
    left: Occupation, right: Occupation, crossovers: Sequence[Crossover], unit: Unit, area: Area
) -> Sentence | None:
    """Name the percentiles between which the order of the wages changes; None where it doesn't change."""
    if not crossovers:
        return None
    titles = {Side.LEFT: left.title, Side.RIGHT: right.title}
    # A percentile can end one crossover and begin the next.
    higher = {
        percentile: titles[side]
        for row in crossovers
        for percentile, side in ((row.lower_percentile, row.higher_below), (row.upper_percentile, row.higher_above))
    }
    runs = [
        f"for {title} at the {listed([f'{percentile}th' for percentile in run])}"
        for title, run in groupby(sorted(higher), higher.__getitem__)
    ]
    return Sentence(
        f"The order changes between percentiles of the {PERIODS[unit]} wage in {area_in_sentence(area.name)}: the "
        f"published wage is higher {', then '.join(runs)}.",
        "the percentiles",
    )


_KINDS = {
    AreaKind.STATE: ("state or territory", "states and territories"),
    AreaKind.METRO: ("metropolitan area", "metropolitan areas"),
    AreaKind.NONMETRO: ("nonmetropolitan area", "nonmetropolitan areas"),
}


def places_sentence(
    left: Occupation,
    right: Occupation,
    *,
    kind: AreaKind,
    period: str,
    compared: int,
    left_higher: int,
    right_higher: int,
    national: Difference,
    reversal: bool | None,
) -> Sentence | None:
    """Count the areas where each side's median wage is higher; say if most of them reverse the nation's order.

    None where no area can be compared.
    """
    if not compared or kind not in _KINDS:
        return None
    (most, ahead), (fewest, behind) = sorted([(left_higher, left), (right_higher, right)], key=lambda entry: -entry[0])
    equal = compared - most - fewest
    one, several = _KINDS[kind]
    areas = f"{several if compared > 1 else one} with a published median {period} wage for both"
    nation = {Side.LEFT: left, Side.RIGHT: right}.get(national.higher or Side.EQUAL)
    untested = f"the medians of {several}"
    all_of = {1: "the one", 2: "the two"}.get(compared, f"all {compared:,}")
    if equal == compared:
        counted = f"In {all_of} {areas}, it is the same."
    elif most == compared:
        like = ", as nationally" if nation is ahead else ""
        counted = f"In {all_of} {areas}{like}, it is higher for {ahead.title}."
    else:
        split = f"{most:,} and for {behind.title} in {fewest:,}{f', and the same in {equal:,}' if equal else ''}"
        counted = f"Among the {compared:,} {areas}, it is higher for {ahead.title} in {split}."
    if nation is None or (most == compared and nation is ahead):
        return Sentence(counted, untested)
    reversed_by = ", so more of these areas reverse the national order than follow it" if reversal else ""
    return Sentence(f"{counted} Nationally, it is higher for {nation.title}{reversed_by}.", untested)


def jobs_sentence(
    left: Occupation, right: Occupation, jobs: Difference | None, row: JobCount | None
) -> Sentence | None:
    """Compare the numbers of jobs; None where the two sides count different things."""
    if jobs is None or row is None:
        return None
    counted = JOBS_COUNTED[row.basis]
    return _sentence(
        left,
        right,
        jobs,
        _Measure(
            name=f"the number of {counted}",
            plural=f"numbers of {counted}",
            untested=f"the number of {counted}",
            value=whole,
            gap=whole,
            published=f"The published number of {counted}",
            tested=lambda ahead, behind: (
                f"{ahead.title} {verb(ahead, 'has', 'have')} more {counted} than {behind.title}"
            ),
            multiples="as many",
        ),
    )


def all_jobs_sentence(
    occupations: tuple[Occupation, Occupation],
    jobs: tuple[JobCount | None, JobCount | None],
    outlooks: tuple[Outlook | None, Outlook | None],
) -> Sentence | None:
    """Give the projections' counts where they tell another story than the wage-and-salary jobs; otherwise None."""
    others = any(caveats.has_many_other_jobs(*side) for side in zip(jobs, outlooks, strict=True))
    if not others and not caveats.are_ordered_otherwise(jobs, outlooks):
        return None
    present = [
        (occupation, row.employment_from, row.from_year)
        for occupation, row in zip(occupations, outlooks, strict=True)
        if row is not None and row.employment_from is not None
    ]
    years = listed(sorted({str(year) for _, _, year in present}))
    counted = listed([f"{whole(count)} jobs for {occupation.title}" for occupation, count, _ in present])
    return Sentence(
        "The Employment Projections, which also count the self-employed, farms and private households, have "
        f"{counted} in {years}."
    )


def growth_sentence(
    left: Occupation, right: Occupation, growth: Difference | None, outlooks: tuple[Outlook | None, Outlook | None]
) -> Sentence | None:
    """Compare the projected growth rates and name their period; None where neither side has one."""
    if growth is None:
        return None
    span = _span_of_years(left, right, outlooks)
    name = f"projected change in employment {span}"
    decimals = max(_decimals(growth.left), _decimals(growth.right))

    def rate(value: float) -> str:
        # Rates that are not compared keep their own decimals.
        return f"{plain(value) if growth.higher is None else f'{value:,.{decimals}f}'}%"

    def points(value: float) -> str:
        written = f"{value:,.{decimals}f}"
        return f"{written} percentage point{'' if written == '1' else 's'}"

    if growth.absolute and abs(growth.absolute) <= _POINTS_OF_ROUNDING:
        values = f"{rate(growth.left or 0)} for {left.title} and {rate(growth.right or 0)} for {right.title}"
        return Sentence(f"The {name} is about the same: {values}.")
    return _sentence(
        left,
        right,
        growth,
        _Measure(
            name=f"the {name}",
            plural=f"projected changes in employment {span}",
            untested="the projected change in employment",
            value=rate,
            gap=points,
            published=f"The {name}",
        ),
    )


def _decimals(value: float | None) -> int:
    """Return the number of decimals that a rate is published with."""
    return 0 if value is None else len(plain(value).partition(".")[2])


def _span_of_years(left: Occupation, right: Occupation, outlooks: tuple[Outlook | None, Outlook | None]) -> str:
    present = [
        (occupation, calendar_years(row.from_year, row.to_year))
        for occupation, row in zip((left, right), outlooks, strict=True)
        if row is not None and row.growth_percent is not None
    ]
    if len({years for _, years in present}) == 1:
        return present[0][1]
    return f"({', '.join(f'{occupation.title} {years}' for occupation, years in present)})"


def preparation_sentence(sides: Sequence[tuple[Occupation, Preparation | None]]) -> str | None:
    """Give the time to become one of either side; None where neither side has one."""
    if all(row is None or row.minimum_months is None for _, row in sides):
        return None
    zones = [(row.job_zone, occupation, row) for occupation, row in sides if row is not None and row.job_zone]
    if len(zones) < len(sides):
        return f"Time to become one: {'; '.join(_takes(*side) for side in sides)}."
    (least, behind, less), (most, ahead, more) = sorted(zones, key=lambda zone: zone[0])
    if least == most:
        return f"Both are in O*NET's job zone {most}: {_months(more)} of {_VOCATIONAL_PREPARATION}."
    return (
        f"By O*NET's job zones, {ahead.title} {verb(ahead, 'needs', 'need')} more preparation than {behind.title}: "
        f"{_months(more)} of {_VOCATIONAL_PREPARATION} (zone {most}) against {_months(less)} (zone {least})."
    )


_VOCATIONAL_PREPARATION = "Specific Vocational Preparation"


def _takes(occupation: Occupation, row: Preparation | None) -> str:
    span = _months(row)
    if row is None or span is None:
        return f"none published for {occupation.title}"
    zone = "" if row.job_zone is None else f" of {_VOCATIONAL_PREPARATION} (O*NET job zone {row.job_zone})"
    return f"{span}{zone} for {occupation.title}"


def _months(row: Preparation | None) -> str | None:
    return None if row is None or row.minimum_months is None else months(row.minimum_months, row.maximum_months)


_FOREMOST = 3
"""The number of skills that a sentence names for a side, with those that tie for the last place."""


def skills_sentence(sides: Sequence[tuple[Occupation, Sequence[tuple[str, float | None]]]]) -> str | None:
    """Name the top three skills of either, given by weight; None where neither side has any."""
    if not any(skills for _, skills in sides):
        return None
    parts = [f"{occupation.title}: {_first_three(skills) or 'none published'}" for occupation, skills in sides]
    return f"Top skills of {parts[0]}; of {parts[1]}."


def _first_three(skills: Sequence[tuple[str, float | None]]) -> str:
    """Join the first three skills, and all that have the weight of the third."""
    names = [name for name, _ in skills[:_FOREMOST]]
    last = skills[_FOREMOST - 1][1] if len(skills) >= _FOREMOST else None
    tied = [name for name, weight in skills if weight == last]
    above = [name for name, weight in skills[:_FOREMOST] if weight != last]
    # Without "and", which is a part of many names: "Operation and Control".
    if last is None or len(above) + len(tied) <= _FOREMOST:
        return ", ".join(names)
    return f"{', '.join(above)}{', then ' if above else ''}{', '.join(tied)} (tied)"


_SKILLS_NAMED = 2
"""Skills that a sentence names for each side alone."""

_RATED_KINDS = {SkillKind.SKILL: "skills", SkillKind.KNOWLEDGE: "knowledge areas"}


def overlap_sentence(left: Occupation, right: Occupation, found: SkillComparison) -> str | None:
    """Count the skills that both sides share, and name the first that only one has; None where none are compared."""
    either = len(found.shared) + len(found.only_left) + len(found.only_right)
    if not either or left.slug == right.slug:
        return None
    if SkillKind.LISTED in found.kinds:
        return f"Of {either} skills in the two published lists, {_of_both(found, 'in both')}."
    rated = " and ".join(_RATED_KINDS[kind] for kind in found.kinds)
    important = f"important ({plain(MINIMUM_IMPORTANCE)} or more of 100)"
    counted = f"Of {either} {rated} that are {important} for either, {_of_both(found, 'important for both')}"
    # Mathematics is a skill and a knowledge area.
    named = Counter(row.skill.name for row in (*found.shared, *found.only_left, *found.only_right))
    sides = ((left, found.only_left), (right, found.only_right))
    apart = [f"only for {side.title}: {_foremost_skills(only, named)}" for side, only in sides if only]
    return f"{'; '.join([counted, *apart])}."


def _of_both(found: SkillComparison, where: str) -> str:
    shared = len(found.shared)
    return f"{shared or 'none'} {'is' if shared <= 1 else 'are'} {where}"


def _foremost_skills(only: Sequence[SkillDifference], named: Counter[str]) -> str:
    first = [row.skill for row in only[:_SKILLS_NAMED]]
    names = ", ".join(f"{one.name} ({one.kind.value.lower()})" if named[one.name] > 1 else one.name for one in first)
    return f"{names}, and {len(only) - _SKILLS_NAMED} more" if len(only) > _SKILLS_NAMED else names


def responsibilities_sentences(left: Occupation, right: Occupation, found: ResponsibilityComparison) -> str | None:
    """Say in two sentences what both do and what sets them apart, or None where either side lists no activities.

    Activities are the titles of O*NET's, which begin with a verb: "Negotiate contracts or agreements".
    """
    shared, only_left, only_right = map(_foremost, found)
    if not (shared or only_left) or not (shared or only_right):
        return None
    both = f"Both {shared}." if shared else "No work activity is listed for both."
    apart = [f"{side.title} {only}" for side, only in ((left, only_left), (right, only_right)) if only]
    return f"{both} Listed for one side only: {'; '.join(apart)}." if apart else both


def _foremost(found: Sequence[SharedActivity]) -> str:
    """Join the first activities that belong to different responsibilities: one responsibility can have several."""
    named: dict[tuple[int, ...], str] = {}
    for each in found:
        places = tuple(rows[0].position for rows in (each.left, each.right) if rows)
        named.setdefault(places, f"{each.activity[0].lower()}{each.activity[1:]}")
    return listed([*named.values()][:_ACTIVITIES_NAMED])
