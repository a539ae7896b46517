"""Sentences about a comparison, made from the very figures and verdicts that the API serves beside them.

Each sentence names the measure that it speaks of: by another measure, the order may be another one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.models import Area, JobCount, Occupation, Outlook, Preparation
from db.vocabulary import AreaKind, JobsBasis
from resolvers.comparisons.arithmetic import Difference, Figure, Side, Unit, Verdict, least_gap, percent
from resolvers.comparisons.formatting import dollars, dollars_and_cents, listed, plain, possessive, verb, whole
from resolvers.comparisons.wage_curves import Crossover

_MONTHS_A_YEAR = 12

_CERTAINTY = {
    Verdict.SIGNIFICANT: "the difference is statistically significant",
    Verdict.NOT_SIGNIFICANT: "the gap of {gap} is not statistically significant",
    Verdict.NOT_TESTABLE: "the published figures don't allow a test of significance",
}


@dataclass(frozen=True)
class _Measure:
    """How to speak of one measure: its names, the verbs that go with it, and how its values and gaps are written."""

    name: str
    plural: str
    ahead: tuple[str, str]
    level: str
    value: Callable[[float], str]
    gap: Callable[[float, float], str]


def _sentence(left: Occupation, right: Occupation, difference: Difference, measure: _Measure) -> str:
    """Say who is ahead by a measure, by how much, and how sure that is."""
    if difference.higher is None:
        sides = ((left, difference.left_figure), (right, difference.right_figure))
        told = ", ".join(_published(occupation, figure, measure) for occupation, figure in sides)
        return f"{measure.plural} can't be compared: {told}."
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


def _published(occupation: Occupation, figure: Figure, measure: _Measure) -> str:
    if figure.value is None and figure.at_least is None:
        return f"{occupation.title} {verb(occupation, 'has', 'have')} none published"
    return f"{occupation.title} {_bounded(figure, measure)}"


def salary_sentence(left: Occupation, right: Occupation, wage: Difference, area: Area, statistic: str = "mean") -> str:
    """Say who earns more by the mean or median wage of an area, by how much, and how sure that is."""
    period = _period(wage.unit)
    written = dollars if wage.unit is Unit.DOLLARS_PER_YEAR else dollars_and_cents
    return _sentence(
        left,
        right,
        wage,
        _Measure(
            name=f"the {statistic} {period} wage in {_where(area)}",
            plural=f"{statistic.capitalize()} {period} wages in {_where(area)}",
            ahead=("earns more", "earn more"),
            level="both earn",
            value=written,
            gap=_relative(written),
        ),
    )


def median_sentence(left: Occupation, right: Occupation, median: Difference, area: Area) -> str | None:
    """Say the same by the median, or None where neither side has one."""
    figures = (median.left_figure, median.right_figure)
    if all(figure.value is None and figure.at_least is None for figure in figures):
        return None
    return salary_sentence(left, right, median, area, "median")


def crossovers_sentence(
    left: Occupation, right: Occupation, crossovers: Sequence[Crossover], unit: Unit, area: Area
) -> str | None:
    """Say between which percentiles the order of the wages changes, or None where it doesn't."""
    if not crossovers:
        return None
    sides = {Side.LEFT: left, Side.RIGHT: right}
    places = [
        f"between the {row.lower_percentile}th and the {row.upper_percentile}th percentile "
        f"({_earns_more(sides[row.higher_below])} below, {sides[row.higher_above].title} above)"
        for row in crossovers
    ]
    return (
        f"By percentiles of the {_period(unit)} wage in {_where(area)}, the two curves cross {listed(places)}; "
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
    """Say in how many areas either side's median annual wage is higher, and whether that reverses the nation's answer.

    Medians have no standard errors, so that no significance is claimed. None where no area can be compared.
    """
    if not compared or kind not in _KINDS:
        return None
    counts = sorted([(left_higher, left), (right_higher, right)], key=lambda entry: -entry[0])
    (most, ahead), (fewest, behind) = counts
    equal = compared - most - fewest
    told = f"{_earns_more(ahead)} in {most:,}, {behind.title} in {fewest:,}"
    told += f" and both the same in {equal:,}" if equal else ""
    nation = {Side.LEFT: left, Side.RIGHT: right}.get(national.higher or Side.EQUAL)
    outcome = ""
    if nation is not None:
        outcome = f"; by the national median {_earns_more(nation)}"
        outcome += ", so that more of these areas go against the national answer than with it" if reversal else ""
    areas = _KINDS[kind][compared > 1]
    return (
        f"By the median annual wage, of {compared:,} {areas} where both are published, {told}{outcome}; "
        f"{_CERTAINTY[Verdict.NOT_TESTABLE]}."
    )


_JOBS = {
    JobsBasis.EMPLOYED: "people employed nationwide",
    JobsBasis.OPEN_POSTINGS: "open job postings",
}


def jobs_sentence(left: Occupation, right: Occupation, jobs: Difference | None, row: JobCount | None) -> str | None:
    """Say which is the larger by what both sides count, or None where they count different things."""
    if jobs is None or row is None:
        return None
    counted = _JOBS[row.basis]
    return _sentence(
        left,
        right,
        jobs,
        _Measure(
            name=f"the number of {counted}",
            plural=f"Numbers of {counted}",
            ahead=("has more", "have more"),
            level="both have",
            value=whole,
            gap=_relative(whole),
        ),
    )


def growth_sentence(
    left: Occupation, right: Occupation, growth: Difference | None, outlooks: tuple[Outlook | None, Outlook | None]
) -> str | None:
    """Say whose projected growth is higher, over what period and by how many points; None without any projection."""
    if growth is None:
        return None
    return _sentence(
        left,
        right,
        growth,
        _Measure(
            name=f"projected growth {_span_of_years(left, right, outlooks)}",
            plural=f"Projections of growth {_span_of_years(left, right, outlooks)}",
            ahead=("is ahead", "are ahead"),
            level="are both at",
            value=lambda value: f"{plain(value)}%",
            gap=_points,
        ),
    )


def _span_of_years(left: Occupation, right: Occupation, outlooks: tuple[Outlook | None, Outlook | None]) -> str:
    present = [
        (occupation, _years(row))
        for occupation, row in zip((left, right), outlooks, strict=True)
        if row is not None and row.growth_percent is not None
    ]
    if len({years for _, years in present}) == 1:
        return present[0][1]
    return f"({', '.join(f'{occupation.title} {years}' for occupation, years in present)})"


def _years(row: Outlook) -> str:
    if row.from_year is None or row.to_year is None:
        return "over a period that is not given"
    return f"from {row.from_year} to {row.to_year}"


def preparation_sentence(sides: Sequence[tuple[Occupation, Preparation | None]]) -> str | None:
    """Say how long each takes to become, or None where neither side says."""
    spans = [(occupation, _months(row)) for occupation, row in sides]
    if all(span is None for _, span in spans):
        return None
    parts = [_takes(occupation, span) for occupation, span in spans]
    return f"Time to become one: {parts[0]}, {parts[1]}."


def _takes(occupation: Occupation, span: str | None) -> str:
    if span is None:
        return f"{occupation.title} {verb(occupation, 'has', 'have')} no published time"
    return f"{occupation.title} {verb(occupation, 'takes', 'take')} {span}"


def _months(row: Preparation | None) -> str | None:
    """Write a span of months in years where it is one of whole years; its upper end may be open."""
    if row is None or row.minimum_months is None:
        return None
    low, high = row.minimum_months, row.maximum_months
    whole_years = low >= _MONTHS_A_YEAR and low % _MONTHS_A_YEAR == (high or 0) % _MONTHS_A_YEAR == 0
    unit, size = ("year", _MONTHS_A_YEAR) if whole_years else ("month", 1)
    low, high = low // size, None if high is None else high // size
    if high is None:
        return f"{low} {unit}{'' if low == 1 else 's'} or more"
    ends = str(high) if low == high else f"{low} to {high}"
    return f"{ends} {unit}{'' if high == 1 else 's'}"


def skills_sentence(sides: Sequence[tuple[Occupation, Sequence[str]]]) -> str | None:
    """Name the three foremost skills of each, or None where neither side lists any."""
    if not any(skills for _, skills in sides):
        return None
    parts = [f"{occupation.title}: {listed(skills[:3]) or 'none published'}" for occupation, skills in sides]
    return f"Top three skills of {parts[0]}; of {parts[1]}."


def _where(area: Area) -> str:
    return f"the {area.name}" if area.kind is AreaKind.NATION else area.name


def _period(unit: Unit) -> str:
    return "annual" if unit is Unit.DOLLARS_PER_YEAR else "hourly"


def _earns_more(occupation: Occupation) -> str:
    return f"{occupation.title} {verb(occupation, 'earns', 'earn')} more"


def _relative(written: Callable[[float], str]) -> Callable[[float, float], str]:
    """Write a gap as such and as a percentage of the lower value, unless that is 0."""

    def gap(more: float, less: float) -> str:
        return f"{written(more - less)} ({percent(more, less):,.1f}%)" if less else written(more - less)

    return gap


def _points(more: float, less: float) -> str:
    points = plain(more - less)
    return f"{points} percentage point{'' if points == '1' else 's'}"
