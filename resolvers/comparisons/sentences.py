"""The sentences of a comparison's summary, made from the figures and verdicts that the API serves with them.

Each sentence names its measure, because the order of the two sides can differ from measure to measure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.models import Area, JobCount, Occupation, Outlook, Preparation
from db.vocabulary import AreaKind, SkillKind
from resolvers.comparisons.arithmetic import Difference, Figure, Side, Unit, Verdict, least_gap, percent
from resolvers.comparisons.formatting import (
    JOBS_COUNTED,
    WAGE_FORMATS,
    calendar_years,
    listed,
    months,
    plain,
    possessive,
    verb,
    whole,
)
from resolvers.comparisons.responsibilities import ResponsibilityComparison, SharedActivity
from resolvers.comparisons.salary import PERIODS
from resolvers.comparisons.skill_sets import MINIMUM_IMPORTANCE, SkillComparison, SkillDifference
from resolvers.comparisons.wage_curves import Crossover

_ACTIVITIES_NAMED = 2
"""Work activities that a sentence names for both sides together, and for each side alone."""

_CERTAINTY = {
    Verdict.SIGNIFICANT: "the difference is statistically significant",
    Verdict.NOT_SIGNIFICANT: "the gap of {gap} is not statistically significant",
    Verdict.NOT_TESTABLE: "statistical significance can't be tested with the published figures",
}
"""How each verdict ends a sentence."""


@dataclass(frozen=True)
class _Measure:
    """The words for one measure: its names, its verbs, and the formats of its values and gaps."""

    name: str
    plural: str
    ahead: tuple[str, str]
    level: str
    value: Callable[[float], str]
    gap: Callable[[float, float], str]


def _sentence(left: Occupation, right: Occupation, difference: Difference, measure: _Measure) -> str:
    """Name the side that is ahead by a measure, with the gap and the verdict on it."""
    if difference.higher is None:
        return _not_comparable(left, right, difference, measure)
    if difference.higher is Side.EQUAL:
        value = measure.value(difference.left or 0)
        return f"By {measure.name}, {left.title} and {right.title} {measure.level} {value}."
    ahead, behind = (left, right) if difference.higher is Side.LEFT else (right, left)
    figures = (difference.left_figure, difference.right_figure)
    more, less = figures if difference.higher is Side.LEFT else figures[::-1]
    gap, high, low = _gap(more, less, measure), _bounded(more, measure), _bounded(less, measure)
    certainty = _CERTAINTY[difference.verdict].format(gap=gap)
    if difference.verdict is Verdict.NOT_SIGNIFICANT:
        return (
            f"By {measure.name} there is no clear difference: {ahead.title} {high}, {behind.title} {low}; {certainty}."
        )
    return (
        f"By {measure.name}, {ahead.title} {verb(ahead, *measure.ahead)}: {high}, which is {gap} above "
        f"{possessive(behind.title)} {low}; {certainty}."
    )


def _gap(more: Figure, less: Figure, measure: _Measure) -> str:
    low = less.value or 0
    if more.value is None:
        return f"at least {measure.gap(low + (least_gap(more, less) or 0), low)}"
    return measure.gap(more.value, low)


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


def salary_sentence(left: Occupation, right: Occupation, wage: Difference, area: Area, statistic: str = "mean") -> str:
    """Compare the mean or median wages in an area."""
    period = PERIODS[wage.unit]
    written = WAGE_FORMATS[period]
    return _sentence(
        left,
        right,
        wage,
        _Measure(
            name=f"the {statistic} {period} wage in {_where(area)}",
            plural=f"{statistic} {period} wages in {_where(area)}",
            ahead=("earns more", "earn more"),
            level="both earn",
            value=written,
            gap=_relative(written),
        ),
    )


def median_sentence(left: Occupation, right: Occupation, median: Difference, area: Area) -> str | None:
    """Compare the median wages in an area; None where neither side has one."""
    if not (_is_published(median.left_figure) or _is_published(median.right_figure)):
        return None
    return salary_sentence(left, right, median, area, "median")


def crossovers_sentence(
    left: Occupation, right: Occupation, crossovers: Sequence[Crossover], unit: Unit, area: Area
) -> str | None:
    """Name the percentiles between which the order of the wages changes; None where it doesn't change."""
    if not crossovers:
        return None
    sides = {Side.LEFT: left, Side.RIGHT: right}
    places = [
        f"between the {row.lower_percentile}th and the {row.upper_percentile}th percentile "
        f"({_earns_more(sides[row.higher_below])} below, {sides[row.higher_above].title} above)"
        for row in crossovers
    ]
    return (
        f"By percentiles of the {PERIODS[unit]} wage in {_where(area)}, the two curves cross {listed(places)}; "
        f"{_CERTAINTY[Verdict.NOT_TESTABLE]}."
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
    compared: int,
    left_higher: int,
    right_higher: int,
    national: Difference,
    reversal: bool | None,
) -> str | None:
    """Count the areas where each side's median annual wage is higher; say if most of them reverse the nation's order.

    Medians have no published standard errors, so no significance is claimed. None where no area can be compared.
    """
    if not compared or kind not in _KINDS:
        return None
    counts = sorted([(left_higher, left), (right_higher, right)], key=lambda entry: -entry[0])
    (most, ahead), (fewest, behind) = counts
    equal = compared - most - fewest
    areas = _KINDS[kind][compared > 1]
    counted = f"{_earns_more(ahead)} in {most:,} of {compared:,} {areas} where both are published, "
    counted += f"{behind.title} in {fewest:,}" + (f" and both the same in {equal:,}" if equal else "")
    nation = {Side.LEFT: left, Side.RIGHT: right}.get(national.higher or Side.EQUAL)
    outcome = ""
    if nation is not None:
        outcome = f"; by the national median, {_earns_more(nation)}"
        outcome += ", so more of these areas reverse the national order than follow it" if reversal else ""
    return f"By the median annual wage, {counted}{outcome}; {_CERTAINTY[Verdict.NOT_TESTABLE]}."


def jobs_sentence(left: Occupation, right: Occupation, jobs: Difference | None, row: JobCount | None) -> str | None:
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
            ahead=("has more", "have more"),
            level="both have",
            value=whole,
            gap=_relative(whole),
        ),
    )


def growth_sentence(
    left: Occupation, right: Occupation, growth: Difference | None, outlooks: tuple[Outlook | None, Outlook | None]
) -> str | None:
    """Compare the projected growth rates and name their period; None where neither side has one."""
    if growth is None:
        return None
    return _sentence(
        left,
        right,
        growth,
        _Measure(
            name=f"projected growth {_span_of_years(left, right, outlooks)}",
            plural=f"projections of growth {_span_of_years(left, right, outlooks)}",
            ahead=("is ahead", "are ahead"),
            level="are both at",
            value=lambda value: f"{plain(value)}%",
            gap=_points,
        ),
    )


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


def skills_sentence(sides: Sequence[tuple[Occupation, Sequence[str]]]) -> str | None:
    """Name the top three skills of either; None where neither side has any."""
    if not any(skills for _, skills in sides):
        return None
    parts = [f"{occupation.title}: {listed(skills[:3]) or 'none published'}" for occupation, skills in sides]
    return f"Top three skills of {parts[0]}; of {parts[1]}."


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


def _earns_more(occupation: Occupation) -> str:
    return f"{occupation.title} {verb(occupation, 'earns', 'earn')} more"


def _relative(written: Callable[[float], str]) -> Callable[[float, float], str]:
    """Format a gap as an amount and as a percentage of the lower value, without the latter where that is 0."""

    def gap(more: float, less: float) -> str:
        return f"{written(more - less)} ({percent(more, less):,.1f}%)" if less else written(more - less)

    return gap


def _points(more: float, less: float) -> str:
    points = plain(more - less)
    return f"{points} percentage point{'' if points == '1' else 's'}"


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
