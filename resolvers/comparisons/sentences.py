"""The sentences of a comparison's summary, made from the figures and verdicts that the API serves with them.

Each sentence names its measure, because the order of the two sides can differ from measure to measure. Only what is
tested is said to be so: "earn more" needs a significant difference, and one sentence lists what can't be tested.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db.models import Area, JobCount, Occupation, Outlook, Preparation
from db.vocabulary import AreaKind, SkillKind
from resolvers import caveats
from resolvers.comparisons.arithmetic import Difference, Figure, Side, Unit, Verdict, least_gap, percent
from resolvers.comparisons.formatting import (
    JOBS_COUNTED,
    WAGE_FORMATS,
    calendar_years,
    listed,
    months,
    plain,
    possessive,
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
    """The words for one measure: its names, its verb, and the formats of its values and gaps.

    ``published`` opens the sentence of a difference that is not tested, where the verb would claim too much.
    """

    name: str
    plural: str
    untested: str
    ahead: tuple[str, str]
    value: Callable[[float], str]
    gap: Callable[[float], str]
    published: str | None = None
    multiples: bool = True
    """Whether a large gap is given as a multiple of the lower value."""


def _sentence(left: Occupation, right: Occupation, difference: Difference, measure: _Measure) -> Sentence:
    """Name the side that is ahead by a measure, with the gap and the verdict on it."""
    if difference.higher is None:
        return Sentence(_not_comparable(left, right, difference, measure))
    if difference.higher is Side.EQUAL:
        value = measure.value(difference.left or 0)
        return Sentence(f"By {measure.name}, {left.title} and {right.title} are both at {value}.")
    ahead, behind = (left, right) if difference.higher is Side.LEFT else (right, left)
    figures = (difference.left_figure, difference.right_figure)
    more, less = figures if difference.higher is Side.LEFT else figures[::-1]
    high, low = _bounded(more, measure), _bounded(less, measure)
    if difference.verdict is Verdict.NOT_SIGNIFICANT:
        gap = measure.gap(abs(difference.gap or 0))
        return Sentence(
            f"By {measure.name} there is no clear difference: {ahead.title} {high}, {behind.title} {low}; the gap of "
            f"{gap} is not statistically significant."
        )
    opening = f"By {measure.name}, {ahead.title} {verb(ahead, *measure.ahead)}"
    if difference.verdict is Verdict.NOT_TESTABLE and measure.published is not None:
        opening = f"{measure.published} is higher for {ahead.title}"
    above = f"{opening}: {high}, {_gap(more, less, measure)} {possessive(behind.title)} {low}"
    if difference.verdict is Verdict.NOT_TESTABLE:
        return Sentence(f"{above}.", measure.untested)
    return Sentence(f"{above}; the difference is statistically significant.")


def untested_sentence(differences: Sequence[str]) -> str | None:
    """Say once which differences of a summary can't be tested; None without any."""
    if not differences:
        return None
    return (
        f"Differences in {listed(differences)} can't be tested for statistical significance with the published figures."
    )


def _gap(more: Figure, less: Figure, measure: _Measure) -> str:
    low = less.value or 0
    if more.value is None:
        return f"which is at least {measure.gap(least_gap(more, less) or 0)} above"
    above = percent(more.value, low)
    if not measure.multiples or above is None or above <= _TIMES_FROM_PERCENT:
        return f"which is {measure.gap(more.value - low)} above"
    return f"which is {times(more.value / low)}"


def _bounded(figure: Figure, measure: _Measure) -> str:
    return f"at least {measure.value(figure.at_least or 0)}" if figure.value is None else measure.value(figure.value)


def _not_comparable(left: Occupation, right: Occupation, difference: Difference, measure: _Measure) -> str:
    sides = ((left, difference.left_figure), (right, difference.right_figure))
    if not any(_is_published(figure) for _, figure in sides):
        return f"No published {measure.plural} for these two occupations."
    published = "; ".join(
        f"{_bounded(figure, measure) if _is_published(figure) else 'none published'} for {occupation.title}"
        for occupation, figure in sides
    )
    return f"{measure.plural[0].upper()}{measure.plural[1:]} can't be compared: {published}."


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
    name = f"{statistic} {period} wage in {_where(area)}"
    return _sentence(
        left,
        right,
        wage,
        _Measure(
            name=f"the {name}",
            plural=f"{statistic} {period} wages in {_where(area)}",
            untested=f"the {statistic} wage",
            ahead=("earns more", "earn more"),
            value=written,
            gap=written,
            published=f"The published {name}",
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
    sides = {Side.LEFT: left, Side.RIGHT: right}
    places = [
        f"between the {row.lower_percentile}th and the {row.upper_percentile}th percentile (the published wage is "
        f"higher for {sides[row.higher_below].title} below, for {sides[row.higher_above].title} above)"
        for row in crossovers
    ]
    return Sentence(
        f"By percentiles of the {PERIODS[unit]} wage in {_where(area)}, the two curves cross {listed(places)}.",
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
    counts = sorted([(left_higher, left), (right_higher, right)], key=lambda entry: -entry[0])
    (most, ahead), (fewest, behind) = counts
    equal = compared - most - fewest
    areas = _KINDS[kind][compared > 1]
    counted = f"is higher for {ahead.title} in {most:,} of {compared:,} {areas} where both are published, for "
    counted += f"{behind.title} in {fewest:,}" + (f" and the same in {equal:,}" if equal else "")
    nation = {Side.LEFT: left, Side.RIGHT: right}.get(national.higher or Side.EQUAL)
    outcome = ""
    if nation is not None:
        outcome = f"; nationally it is higher for {nation.title}"
        outcome += ", so more of these areas reverse the national order than follow it" if reversal else ""
    return Sentence(f"The published median {period} wage {counted}{outcome}.", f"the medians of {_KINDS[kind][1]}")


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
            ahead=("has more", "have more"),
            value=whole,
            gap=whole,
            published=f"The published number of {counted}",
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
    counted = [
        f"{whole(row.employment_from)} jobs in {row.from_year} for {occupation.title}"
        for occupation, row in zip(occupations, outlooks, strict=True)
        if row is not None and row.employment_from is not None
    ]
    return Sentence(
        "Counting the self-employed, farms and private households too, the Employment Projections have "
        f"{listed(counted)}."
    )


def growth_sentence(
    left: Occupation, right: Occupation, growth: Difference | None, outlooks: tuple[Outlook | None, Outlook | None]
) -> Sentence | None:
    """Compare the projected growth rates and name their period; None where neither side has one."""
    if growth is None:
        return None
    name = f"projected growth {_span_of_years(left, right, outlooks)}"
    if growth.absolute and abs(growth.absolute) <= _POINTS_OF_ROUNDING:
        values = f"{_rate(growth.left or 0)} and {_rate(growth.right or 0)}"
        return Sentence(f"By {name}, {left.title} and {right.title} are about the same: {values}.")
    return _sentence(
        left,
        right,
        growth,
        _Measure(
            name=name,
            plural=f"projections of growth {_span_of_years(left, right, outlooks)}",
            untested="projected growth",
            ahead=("is ahead", "are ahead"),
            value=_rate,
            gap=_points,
            multiples=False,
        ),
    )


def _rate(value: float) -> str:
    return f"{plain(value)}%"


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
        return f"Time to become one: {', '.join(_takes(*side) for side in sides)}."
    (least, behind, less), (most, ahead, more) = sorted(zones, key=lambda zone: zone[0])
    if least == most:
        return f"Both are in O*NET's job zone {most}: {_months(more)} of {_VOCATIONAL_PREPARATION}."
    return (
        f"By O*NET's job zones, {ahead.title} {verb(ahead, 'needs', 'need')} more preparation: zone {most}, with "
        f"{_months(more)} of {_VOCATIONAL_PREPARATION}, against zone {least}, with {_months(less)}, for {behind.title}."
    )


_VOCATIONAL_PREPARATION = "Specific Vocational Preparation"


def _takes(occupation: Occupation, row: Preparation | None) -> str:
    span = _months(row)
    if row is None or span is None:
        return f"{occupation.title} {verb(occupation, 'has', 'have')} no published time"
    zone = "" if row.job_zone is None else f" of {_VOCATIONAL_PREPARATION} (O*NET job zone {row.job_zone})"
    return f"{occupation.title} {verb(occupation, 'takes', 'take')} {span}{zone}"


def _months(row: Preparation | None) -> str | None:
    return None if row is None or row.minimum_months is None else months(row.minimum_months, row.maximum_months)


_FOREMOST = 3
"""The number of skills that a sentence names for a side, with those that tie for the last place."""


def skills_sentence(sides: Sequence[tuple[Occupation, Sequence[tuple[str, float | None]]]]) -> str | None:
    """Name the top three skills of either, given by weight; None where neither side has any."""
    if not any(skills for _, skills in sides):
        return None
    parts = [f"{occupation.title}: {_first_three(skills) or 'none published'}" for occupation, skills in sides]
    return f"Top three skills of {parts[0]}; of {parts[1]}."


def _first_three(skills: Sequence[tuple[str, float | None]]) -> str:
    """Join the first three skills, and all that have the weight of the third."""
    names = [name for name, _ in skills[:_FOREMOST]]
    last = skills[_FOREMOST - 1][1] if len(skills) >= _FOREMOST else None
    tied = [name for name, weight in skills if weight == last]
    above = [name for name, weight in skills[:_FOREMOST] if weight != last]
    if last is None or len(above) + len(tied) <= _FOREMOST:
        return listed(names)
    return f"{', '.join(above)}{', then ' if above else ''}{listed(tied)} (tied)"


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
    sides = ((left, found.only_left), (right, found.only_right))
    apart = [f"only for {side.title}: {_foremost_skills(only)}" for side, only in sides if only]
    return f"{'; '.join([counted, *apart])}."


def _of_both(found: SkillComparison, where: str) -> str:
    shared = len(found.shared)
    return f"{shared or 'none'} {'is' if shared <= 1 else 'are'} {where}"


def _foremost_skills(only: Sequence[SkillDifference]) -> str:
    names = ", ".join(row.skill.name for row in only[:_SKILLS_NAMED])
    return f"{names}, and {len(only) - _SKILLS_NAMED} more" if len(only) > _SKILLS_NAMED else names


def _where(area: Area) -> str:
    return f"the {area.name}" if area.kind is AreaKind.NATION else area.name


def _points(points: float) -> str:
    written = plain(points)
    return f"{written} percentage point{'' if written == '1' else 's'}"


def responsibilities_sentences(left: Occupation, right: Occupation, found: ResponsibilityComparison) -> str | None:
    """Say in two sentences what both do and what sets them apart, or None where either side lists no activities.

    Activities are the titles of O*NET's, which begin with a verb: "Negotiate contracts or agreements".
    """
    shared, only_left, only_right = map(_foremost, found)
    if not (shared or only_left) or not (shared or only_right):
        return None
    both = f"Both {shared}." if shared else f"{left.title} and {right.title} list no work activity in common."
    apart = [f"{side.title} {only}" for side, only in ((left, only_left), (right, only_right)) if only]
    return f"{both} Listed for one side only: {'; '.join(apart)}." if apart else both


def _foremost(found: Sequence[SharedActivity]) -> str:
    """Join the first activities that belong to different responsibilities: one responsibility can have several."""
    named: dict[tuple[int, ...], str] = {}
    for each in found:
        places = tuple(rows[0].position for rows in (each.left, each.right) if rows)
        named.setdefault(places, f"{each.activity[0].lower()}{each.activity[1:]}")
    return listed([*named.values()][:_ACTIVITIES_NAMED])
