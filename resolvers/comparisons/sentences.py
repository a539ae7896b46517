"""The sentences of a comparison's summary, made from the figures and verdicts that the API serves with them.

Each sentence names its measure, because the order of the two sides can differ from measure to measure. Only what is
tested is said to be so: "earn more" needs a significant difference. The results of all tests follow in one place.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from db.models import Area, Interest, JobCount, Occupation, Outlook, Preparation, Responsibility
from db.vocabulary import AreaKind, EducationLevel, Experience, JobsBasis, OccupationKind, SkillKind, Training
from resolvers import caveats, skills
from resolvers.comparisons.arithmetic import Difference, Figure, HigherSide, Verdict, least_gap, percent
from resolvers.comparisons.entry import EntryComparison
from resolvers.comparisons.formatting import (
    DECIMALS_OF_PROJECTIONS,
    WAGE_FORMATS,
    area_in_sentence,
    calendar_years,
    capitalized,
    closed,
    listed,
    months,
    plain,
    times,
    verb,
    whole,
    with_article,
)
from resolvers.comparisons.interests import InterestComparison
from resolvers.comparisons.responsibilities import ResponsibilityComparison, SharedActivity
from resolvers.comparisons.salary import PERIODS
from resolvers.comparisons.skill_sets import MINIMUM_IMPORTANCE, SkillComparison, SkillDifference
from resolvers.comparisons.wage_changes import WageChange
from resolvers.comparisons.wage_curves import PercentileDifference
from resolvers.price_parities import at_national_prices
from resolvers.skills import Weighted

_ACTIVITIES_NAMED = 2
"""Work activities that a sentence names for both sides together, and responsibilities for each side alone."""

_TIMES_FROM_PERCENT = 1_000
"""The percentage above which a gap is given as a multiple."""

_LARGE_ERROR_PERCENT = 5
"""The relative standard error above which a multiple has one significant digit; below it, two."""


class Sentence(NamedTuple):
    """A sentence of the summary, and the difference in it whose test another sentence reports."""

    text: str
    measure: str | None = None
    verdict: Verdict = Verdict.NOT_TESTABLE
    rounding_decides: bool = False


@dataclass(frozen=True)
class _Measure:
    """The words for one measure: its names, and the formats of its values and gaps.

    ``opening`` starts every sentence. ``higher`` states that the first of two occupations has the higher figure;
    ``tested`` states it where the difference is significant.
    """

    name: str
    plural: str
    in_tests: str
    value: Callable[[float], str]
    gap: Callable[[float], str]
    higher: Callable[[Occupation, Occupation], str]
    tested: Callable[[Occupation, Occupation], str] | None = None
    opening: str = ""
    multiples: str | None = None
    """What a large gap is a multiple of: "as high" or "as many". None for gaps that are not given as multiples."""

    def sentence(self, text: str) -> str:
        """Return a text with the opening, as a sentence."""
        return f"{capitalized(f'{self.opening}{text}')}."


def _sentence(left: Occupation, right: Occupation, difference: Difference, measure: _Measure) -> Sentence:
    """Name the side that is ahead by a measure, with the gap."""
    if difference.higher is None:
        return Sentence(_not_comparable(left, right, difference, measure))
    if difference.higher is HigherSide.EQUAL:
        return Sentence(measure.sentence(f"the {measure.name} is {measure.value(difference.left or 0)} for both"))
    ahead, behind = (left, right) if difference.higher is HigherSide.LEFT else (right, left)
    figures = (difference.left_figure, difference.right_figure)
    more, less = figures if difference.higher is HigherSide.LEFT else figures[::-1]
    high, low = _bounded(more, measure), _bounded(less, measure)
    gap = _ratio(more, less, measure) or f"a difference of {_gap(more, less, measure)}"
    is_certain = difference.verdict is not Verdict.NOT_TESTABLE and not difference.rounding_decides
    if is_certain and difference.verdict is Verdict.NOT_SIGNIFICANT:
        text = f"there is no clear difference in the {measure.name}: {high} for {closed(ahead.title)} and {low} for "
        text += f"{behind.title} ({gap})"
    else:
        says = measure.tested if is_certain and measure.tested is not None else measure.higher
        text = f"{says(ahead, behind)}: {high} compared with {low}, {gap}"
    return Sentence(measure.sentence(text), measure.in_tests, difference.verdict, difference.rounding_decides)


def tests_sentences(given: Sequence[Sentence]) -> list[str]:
    """Say once which differences of a summary are significant, and which can't be tested."""
    untested, significant, not_significant, unsure = list[str](), list[str](), list[str](), list[str]()
    by_verdict = {
        Verdict.NOT_TESTABLE: untested,
        Verdict.SIGNIFICANT: significant,
        Verdict.NOT_SIGNIFICANT: not_significant,
    }
    for one in given:
        if one.measure is not None:
            (unsure if one.rounding_decides else by_verdict[one.verdict]).append(one.measure)
    found = list[str]()
    if significant and not_significant:
        found.append(f"{_differences(significant)} {_AT_LEVEL}; {_differences(not_significant)} not.")
    elif significant:
        found.append(f"{_differences(significant)} {_AT_LEVEL}.")
    elif not_significant:
        found.append(f"{_differences(not_significant)} not {_AT_LEVEL}.")
    if unsure:
        found.append(
            f"Whether {_differences(unsure)} {_AT_LEVEL} depends on the rounding of the published standard errors."
        )
    if untested:
        those = "The difference" if len(untested) == 1 else "Differences"
        found.append(
            f"{those} in {listed(untested)} can't be tested for statistical significance with the published figures."
        )
    return [*map(capitalized, found)]


_AT_LEVEL = "statistically significant at the 90% level"


def _differences(measures: Sequence[str]) -> str:
    """Return differences as a subject with its verb: "the difference in the mean wage is"."""
    subject, verb_form = ("the difference", "is") if len(measures) == 1 else ("the differences", "are")
    return f"{subject} in {listed(measures)} {verb_form}"


def _gap(more: Figure, less: Figure, measure: _Measure) -> str:
    if more.value is None:
        return f"at least {measure.gap(least_gap(more, less) or 0)}"
    return measure.gap(more.value - (less.value or 0))


def _ratio(more: Figure, less: Figure, measure: _Measure) -> str | None:
    """Return a large gap as a multiple: "about 54 times as many"; None for other gaps."""
    if measure.multiples is None or more.value is None or not less.value:
        return None
    above = percent(more.value, less.value)
    if above is None or above <= _TIMES_FROM_PERCENT:
        return None
    error = max(figure.standard_error_percent or 0 for figure in (more, less))
    digits = 1 if error > _LARGE_ERROR_PERCENT else 2
    return f"{times(more.value / less.value, digits)} {measure.multiples}"


def _bounded(figure: Figure, measure: _Measure) -> str:
    return _as_published(figure, measure.value)


def _as_published(figure: Figure, value: Callable[[float], str]) -> str:
    if not figure.is_published:
        return _NONE_PUBLISHED
    return f"at least {value(figure.at_least or 0)}" if figure.value is None else value(figure.value)


_NONE_PUBLISHED = "none published"


def _not_comparable(left: Occupation, right: Occupation, difference: Difference, measure: _Measure) -> str:
    sides = ((left, difference.left_figure), (right, difference.right_figure))
    if not any(figure.is_published for _, figure in sides):
        return f"Neither occupation has published {measure.plural}."
    published = "; ".join(f"{_bounded(figure, measure)} for {occupation.title}" for occupation, figure in sides)
    return measure.sentence(f"{measure.plural} can't be compared: {published}")


def wage_sentences(
    left: Occupation, right: Occupation, mean: Difference, median: Difference, area: Area, release: str | None
) -> list[Sentence]:
    """Compare the mean and the median wages in an area, in one sentence where neither can be compared."""
    given = [row for row in (mean, median) if row.left_figure.is_published or row.right_figure.is_published]
    if not given:
        wages = f"mean or median {PERIODS[mean.unit]} wages in {area_in_sentence(area.name)}"
        return [Sentence(f"Neither occupation has published {wages}.")]
    measures = [
        _wage_measure(left, right, mean, area, release),
        _wage_measure(left, right, median, area, release, "median"),
    ]
    if len(given) == len(measures) and mean.higher is median.higher is None:
        return [Sentence(_neither_comparable(left, right, mean, median, measures[0]))]
    pairs = zip((mean, median), measures, strict=True)
    return [_sentence(left, right, row, measure) for row, measure in pairs if row is mean or row in given]


def _wage_measure(
    left: Occupation,
    right: Occupation,
    wage: Difference,
    area: Area,
    release: str | None,
    statistic: str = "mean",
) -> _Measure:
    where = area_in_sentence(area.name)
    name = f"{statistic} {PERIODS[wage.unit]} wage"
    is_first = statistic == "mean"
    return _Measure(
        name=name,
        plural=f"{name}s in {where}" if wage.higher is None and not _any_published(wage) else f"{name}s",
        in_tests=f"the {statistic} wage",
        value=WAGE_FORMATS[PERIODS[wage.unit]],
        gap=WAGE_FORMATS[PERIODS[wage.unit]],
        higher=lambda ahead, behind: (
            f"the published {name} is higher for {closed(ahead.title)} than for {behind.title}"
        ),
        tested=lambda ahead, behind: (
            f"{closed(ahead.title)} {verb(ahead, 'earns', 'earn')} more than {closed(behind.title)} by the {name}"
        ),
        opening=f"{_workers(left, right, where, release) if is_first else f'in {where}'}, ",
        multiples="as high",
    )


def _workers(left: Occupation, right: Occupation, where: str, release: str | None) -> str:
    """Say whose wages are compared. OEWS has the wages of SOC occupations, and no other source says whose it has."""
    if not _are_of_oews(left, right):
        return f"in {where}"
    return f"among wage-and-salary workers in {where} ({_oews(release)})"


def _are_of_oews(left: Occupation, right: Occupation) -> bool:
    return left.kind is right.kind is OccupationKind.DETAILED


def _oews(release: str | None) -> str:
    return "OEWS" if release is None else f"OEWS, {release}"


def _any_published(difference: Difference) -> bool:
    return difference.left_figure.is_published or difference.right_figure.is_published


def _neither_comparable(
    left: Occupation, right: Occupation, mean: Difference, median: Difference, measure: _Measure
) -> str:
    sides = (
        (left, (mean.left_figure, median.left_figure)),
        (right, (mean.right_figure, median.right_figure)),
    )
    published = "; ".join(f"{_both(figures, measure)} for {occupation.title}" for occupation, figures in sides)
    return measure.sentence(f"mean and median {PERIODS[mean.unit]} wages can't be compared: {published}")


def _both(figures: tuple[Figure, Figure], measure: _Measure) -> str:
    if not any(figure.is_published for figure in figures):
        return _NONE_PUBLISHED
    mean, median = (_bounded(figure, measure) for figure in figures)
    return f"{mean} each" if mean == median else f"{mean} and {median}"


def other_periods_sentence(
    left: Occupation, right: Occupation, wages: Mapping[str, tuple[Difference, Difference]], area: Area
) -> Sentence | None:
    """Say that one side has only annual wages and the other only hourly ones; otherwise None.

    ``wages`` has the mean and the median by pay period.
    """
    annual, hourly = (
        [any(figure.is_published for figure in figures) for figures in _by_side(wages[period])]
        for period in PERIODS.values()
    )
    if sorted([annual, hourly]) != [[False, True], [True, False]]:
        return None
    sides = [
        (occupation, period, figures)
        for n, occupation in enumerate((left, right))
        for period in PERIODS.values()
        for figures in [_by_side(wages[period])[n]]
        if any(figure.is_published for figure in figures)
    ]
    given = "; ".join(
        f"only {period} ones are published for {occupation.title} {_statistics(figures, WAGE_FORMATS[period])}"
        for occupation, period, figures in sides
    )
    return Sentence(f"In {area_in_sentence(area.name)}, wages can't be compared: {given}.")


def _by_side(wages: tuple[Difference, Difference]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    return tuple(row.left_figure for row in wages), tuple(row.right_figure for row in wages)


def _statistics(figures: Sequence[Figure], written: Callable[[float], str]) -> str:
    named = zip(("mean", "median"), figures, strict=True)
    return f"({', '.join(f'{name} {_as_published(figure, written)}' for name, figure in named if figure.is_published)})"


def percentiles_sentence(
    left: Occupation, right: Occupation, percentiles: Sequence[PercentileDifference], area: Area
) -> Sentence | None:
    """Name the side with the higher wage at each percentile; None where it is the same side at all of them."""
    places: dict[str, list[str]] = {}
    titles = {HigherSide.LEFT: left.title, HigherSide.RIGHT: right.title}
    for row in percentiles:
        if row.difference.higher in titles:
            places.setdefault(titles[row.difference.higher], []).append(f"{row.percentile}th")
    if len(places) < len(titles):
        return None
    higher = "; and ".join(f"for {closed(title)} at the {listed(found)}" for title, found in places.items())
    period = PERIODS[percentiles[0].difference.unit]
    return Sentence(
        f"In {area_in_sentence(area.name)}, the order depends on the percentile of the {period} wage: the published "
        f"wage is higher {higher}.",
        "the percentiles",
    )


def prices_sentence(
    left: Occupation, right: Occupation, mean: Difference, area: Area, parity: float | None, release: str | None
) -> Sentence | None:
    """Give the mean annual wages in an area at national prices; None without a price parity or a mean.

    They are not compared: both are divided by the same number.
    """
    sides = ((left, mean.left_figure.value), (right, mean.right_figure.value))
    worth = [
        (f"{WAGE_FORMATS['annual'](at_national_prices(value, parity))} for ", occupation.title)
        for occupation, value in sides
        if value is not None and parity is not None
    ]
    if parity is None or not worth:
        return None
    *first, last = worth
    each = " and ".join([*(f"{wage}{closed(title)}" for wage, title in first), "".join(last)])
    above = f"{abs(parity - _NATIONAL_PRICES):.1f}"
    level = "as high as" if above == "0.0" else f"{above}% {'above' if parity > _NATIONAL_PRICES else 'below'}"
    wages = "the published mean annual wage is" if len(worth) == 1 else "the published mean annual wages are"
    prices = f"Prices in {area_in_sentence(area.name)} are {level} the nation's (BEA, {release})"
    return Sentence(f"{prices}; at national prices, {wages} {each}.")


_NATIONAL_PRICES = 100

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
    nation = {HigherSide.LEFT: left, HigherSide.RIGHT: right}.get(national.higher or HigherSide.EQUAL)
    measure = f"the medians of {several}" if compared > 1 else f"the median of the {one}"
    all_of = {1: "the one", 2: "the two"}.get(compared, f"all {compared:,}")
    if most == compared:
        text = f"In {all_of} {areas}, the median is higher for {ahead.title}"
        if nation is ahead:
            return Sentence(f"{text}, as it is nationally.", measure)
        if nation is behind:
            return Sentence(f"{text}; nationally, the median is higher for {behind.title}.", measure)
        return Sentence(f"{text}.", measure)
    if equal == compared:
        text = f"In {all_of} {areas}, the median is the same for both."
    else:
        split = f"{closed(ahead.title)} in {most:,} and for {closed(behind.title)} in {fewest:,}"
        text = f"Of the {compared:,} {areas}, the median is higher for {split}"
        text += f", and the same in {equal:,}." if equal else "."
    if nation is None:
        return Sentence(text, measure)
    as_in = f", as it is in {f'only {fewest:,}' if fewest else 'none'} of these areas" if reversal else ""
    return Sentence(f"{text} Nationally, the median is higher for {nation.title}{as_in}.", measure)


def wage_change_sentence(sides: Sequence[tuple[Occupation, WageChange | None]]) -> Sentence | None:
    """Say how the mean wages of both have changed, before and after inflation.

    None unless the changes of both can be tested and are of the same years and pay period.
    """
    changes = [(occupation, change) for occupation, change in sides if change is not None]
    if len(changes) < len(sides) or len({(each.from_year, each.to_year, each.mean.unit) for _, each in changes}) > 1:
        return None
    if any(row.verdict is Verdict.NOT_TESTABLE for _, each in changes for row in (each.mean, each.real_mean)):
        return None
    change = changes[0][1]
    when = f"From May {change.from_year} to May {change.to_year}"
    prices = f"when consumer prices {_moved(change.price_percent or 0)}"
    said = [f"{_changed(each.mean)} for {occupation.title} ({_real_change(each)})" for occupation, each in changes]
    return Sentence(f"{when}, {prices}, the national mean {PERIODS[change.mean.unit]} wage {said[0]}; it {said[1]}.")


def _changed(wage: Difference) -> str:
    if not wage.is_clear:
        return "did not clearly change"
    return _moved(_percent(wage))


def _moved(points: float) -> str:
    return f"{'rose' if points > 0 else 'fell'} {_rate(points)}"


def _real_change(change: WageChange) -> str:
    if not change.real_mean.is_clear:
        return "no clear change after inflation"
    points = _percent(change.real_mean)
    return f"a {'rise' if points > 0 else 'fall'} of {_rate(points)} after inflation"


def _percent(wage: Difference) -> float:
    # Unrounded: the served percentage is rounded already, and this one is rounded again.
    return percent(wage.left_figure.value, wage.right_figure.value) or 0


def _rate(points: float) -> str:
    return f"{abs(points):,.1f}%"


def jobs_sentence(
    left: Occupation,
    right: Occupation,
    jobs: Difference | None,
    counts: tuple[JobCount | None, JobCount | None],
    outlooks: tuple[Outlook | None, Outlook | None],
    release: str | None,
) -> Sentence | None:
    """Compare the numbers of jobs; None where the two sides count different things.

    There is no multiple where many jobs are not among those that are counted.
    """
    if jobs is None or counts[0] is None:
        return None
    of_oews = counts[0].basis is JobsBasis.WAGE_AND_SALARY
    when = "" if release is None else f" ({release})"
    counted = f"wage-and-salary jobs that OEWS covers nationwide{when}" if of_oews else "open job postings"
    name = f"number of {counted}"
    has_others = any(caveats.has_many_other_jobs(*side) for side in zip(counts, outlooks, strict=True))
    return _sentence(
        left,
        right,
        jobs,
        _Measure(
            name=name,
            plural=f"numbers of {counted}",
            in_tests="the number of jobs" if of_oews else f"the {name}",
            value=whole,
            gap=whole,
            higher=lambda ahead, behind: (
                f"the published {name} is higher for {closed(ahead.title)} than for {behind.title}"
            ),
            tested=lambda ahead, behind: (
                f"by the {name}, {closed(ahead.title)} {verb(ahead, 'outnumbers', 'outnumber')} {behind.title}"
            ),
            multiples=None if has_others else "as many",
        ),
    )


def all_jobs_sentence(
    occupations: tuple[Occupation, Occupation],
    jobs: Difference | None,
    counts: tuple[JobCount | None, JobCount | None],
    outlooks: tuple[Outlook | None, Outlook | None],
) -> Sentence | None:
    """Give the projections' counts where they tell another story than the wage-and-salary jobs; otherwise None."""
    others = any(caveats.has_many_other_jobs(*side) for side in zip(counts, outlooks, strict=True))
    if not others and not caveats.are_ordered_otherwise(jobs, outlooks):
        return None
    present = [
        (occupation, row.employment_from, row.from_year)
        for occupation, row in zip(occupations, outlooks, strict=True)
        if row is not None and row.employment_from is not None
    ]
    years = listed(sorted({str(year) for _, _, year in present}))
    counted = listed([f"{whole(count)} of {closed(occupation.title)}" for occupation, count, _ in present])
    averages = "an average" if len(present) == 1 else "averages"
    return Sentence(
        f"The Employment Projections count all jobs, also those of the self-employed, and give {averages} of {years}: "
        f"{counted.removesuffix(',')}."
    )


def growth_sentence(
    left: Occupation, right: Occupation, growth: Difference | None, outlooks: tuple[Outlook | None, Outlook | None]
) -> Sentence | None:
    """Compare the projected growth rates and name their period; None where neither side has one."""
    if growth is None:
        return None
    span = _span_of_years(left, right, outlooks)
    name = f"projected change in employment {span}"
    published = DECIMALS_OF_PROJECTIONS if left.kind is right.kind is OccupationKind.DETAILED else 0
    decimals = max(_decimals(growth.left), _decimals(growth.right), published)

    def rate(value: float) -> str:
        # Rates that are not compared keep their own decimals.
        fixed = decimals if growth.higher is not None or published else _decimals(value)
        return f"{value:,.{fixed}f}%"

    def points(value: float) -> str:
        written = f"{value:,.{decimals}f}"
        return f"{written} percentage point{'' if written == '1' else 's'}"

    def higher(ahead: Occupation, behind: Occupation) -> str:
        if max(growth.left or 0, growth.right or 0) < 0:
            return (
                f"employment is projected to fall less for {closed(ahead.title)} than for {closed(behind.title)} {span}"
            )
        return f"the {name} is higher for {closed(ahead.title)} than for {behind.title}"

    if growth.absolute and abs(growth.absolute) <= caveats.POINTS_OF_ROUNDING:
        values = f"{rate(growth.left or 0)} for {closed(left.title)} and {rate(growth.right or 0)} for {right.title}"
        return Sentence(f"The {name} is about the same: {values}.")
    return _sentence(
        left,
        right,
        growth,
        _Measure(
            name=name,
            plural=f"projected changes in employment {span}",
            in_tests="the projected change in employment",
            value=rate,
            gap=points,
            higher=higher,
        ),
    )


def openings_sentence(
    left: Occupation, right: Occupation, openings: Difference | None, outlooks: tuple[Outlook | None, Outlook | None]
) -> Sentence | None:
    """Compare the projected openings and name their period; None unless both sides have them for one period."""
    if openings is None or openings.gap is None:
        return None
    name = f"projected number of job openings a year {_span_of_years(left, right, outlooks)} (replacements included)"
    if 0 < abs(openings.gap) <= caveats.ROUNDING_OF_PROJECTIONS:
        figures = (openings.left or 0, openings.right or 0)
        values = " and ".join(
            f"{_openings(figure)} for {title}"
            for figure, title in zip(figures, (closed(left.title), right.title), strict=True)
        )
        return Sentence(f"The {name} is about the same: {values}.")
    return _sentence(
        left,
        right,
        openings,
        _Measure(
            name=name,
            plural=f"{name}s",
            in_tests="projected openings",
            value=_openings,
            gap=whole,
            higher=lambda ahead, behind: f"the {name} is higher for {closed(ahead.title)} than for {behind.title}",
        ),
    )


def _openings(value: float) -> str:
    """Format a number of openings. Those below 50 are published as 0 thousand."""
    return whole(value) if value else f"under {caveats.ROUNDING_OF_PROJECTIONS // 2}"


def entry_sentence(left: Occupation, right: Occupation, needs: EntryComparison) -> str | None:
    """List what both sides typically need; None unless both have something published."""
    requirements = (needs.education, needs.experience, needs.training)
    if not any(one.left_level for one in requirements) or not any(one.right_level for one in requirements):
        return None
    given = [
        [(side, level) for side, level in ((left, one.left_level), (right, one.right_level)) if level is not None]
        for one in requirements
    ]
    parts = "; ".join(_requirement(sides) for sides in given if sides)
    return f"Typical requirements by the Employment Projections: {parts}."


def _requirement(given: Sequence[tuple[Occupation, Enum]]) -> str:
    """Give one requirement of each side that has it."""
    if len({level for _, level in given}) == 1 < len(given):
        level = _LEVELS[given[0][1]][0]
        return f"{level} for {'either' if level.startswith('no ') else 'both'}"
    # The second level need not repeat what it is a level of.
    levels = [_LEVELS[level][place] for place, (_, level) in enumerate(given)]
    titles = [*(closed(occupation.title) for occupation, _ in given[:-1]), *(one.title for one, _ in given[-1:])]
    return " and ".join(f"{level} for {title}" for level, title in zip(levels, titles, strict=True))


_IN_RELATED = "work experience in a related occupation"

_LEVELS: Mapping[Enum, tuple[str, str]] = {
    **{level: (with_article(level.value), with_article(level.value)) for level in EducationLevel},
    Experience.NONE: (f"no {_IN_RELATED}", "none"),
    Experience.LESS_THAN_5_YEARS: (f"less than 5 years of {_IN_RELATED}", "less than 5 years"),
    Experience.FIVE_YEARS_OR_MORE: (f"5 years or more of {_IN_RELATED}", "5 years or more"),
    Training.NONE: ("no on-the-job training", "none"),
    Training.SHORT_TERM: ("short-term on-the-job training", "short-term training"),
    Training.MODERATE_TERM: ("moderate-term on-the-job training", "moderate-term training"),
    Training.LONG_TERM: ("long-term on-the-job training", "long-term training"),
    Training.INTERNSHIP_RESIDENCY: ("an internship or residency", "an internship or residency"),
    Training.APPRENTICESHIP: ("an apprenticeship", "an apprenticeship"),
}
"""Each level in words, and in those for the second of two sides."""


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
    return f"({', '.join(f'{closed(occupation.title)} {years}' for occupation, years in present)})"


def preparation_sentence(
    sides: Sequence[tuple[Occupation, Preparation | None]], only_parts: tuple[bool, bool] = (False, False)
) -> str | None:
    """Give the time to become one of either side; None where neither side has one.

    ``only_parts`` says of each side whether O*NET only covers parts of it.
    """
    if all(row is None or row.minimum_months is None for _, row in sides):
        return None
    zones = [(row.job_zone, occupation, row) for occupation, row in sides if row is not None and row.job_zone]
    if len(zones) < len(sides):
        takes = (_takes(*side, of_parts) for side, of_parts in zip(sides, only_parts, strict=True))
        return f"Time to become one: {'; '.join(takes)}."
    (least, behind, less), (most, ahead, more) = sorted(zones, key=lambda zone: zone[0])
    if least == most:
        return f"Both are in O*NET's job zone {most}: {_months(more)} of {_VOCATIONAL_PREPARATION}."
    return (
        f"By O*NET's job zones, {closed(ahead.title)} {verb(ahead, 'needs', 'need')} more preparation than "
        f"{behind.title}: {_months(more)} of {_VOCATIONAL_PREPARATION} (zone {most}) compared with {_months(less)} "
        f"(zone {least})."
    )


_VOCATIONAL_PREPARATION = "Specific Vocational Preparation"


def _takes(occupation: Occupation, row: Preparation | None, only_parts: bool) -> str:
    span = _months(row)
    if row is None or span is None:
        return f"{_ONLY_PARTS if only_parts else _NONE_PUBLISHED} for {occupation.title}"
    zone = "" if row.job_zone is None else f" of {_VOCATIONAL_PREPARATION} (O*NET job zone {row.job_zone})"
    return f"{span}{zone} for {occupation.title}"


_ONLY_PARTS = "none (O*NET rates only parts of this occupation)"


def _months(row: Preparation | None) -> str | None:
    return None if row is None or row.minimum_months is None else months(row.minimum_months, row.maximum_months)


_FOREMOST = 3
"""The number of skills that a sentence names for a side, with those that tie for the last place."""


def skills_sentence(
    sides: Sequence[tuple[Occupation, Sequence[Weighted]]], only_parts: tuple[bool, bool] = (False, False)
) -> str | None:
    """Name the top three skills of either; None where neither side has any.

    Rated skills need the importance that puts them into a side's set. Fields of knowledge and technologies are not
    called skills. ``only_parts`` says of each side whether O*NET only rates parts of it.
    """
    named = [[one for one in weighted if one[1].kind in _NAMED] for _, weighted in sides]
    if not any(named):
        return None
    parts = [
        f"{occupation.title}: {_first_three(weighted) if weighted else _ONLY_PARTS if of_parts else _NONE_PUBLISHED}"
        for (occupation, _), weighted, of_parts in zip(sides, named, only_parts, strict=True)
    ]
    return f"Top skills of {parts[0]}; of {parts[1]}."


_NAMED = (SkillKind.LISTED, SkillKind.SKILL)


def _first_three(weighted: Sequence[Weighted]) -> str:
    """Join the first three skills, and all that have the weight of the last of them, with a mark on a tie."""
    weights = [
        (skill.name, skills.weight(row))
        for row, skill in weighted
        if skill.kind is SkillKind.LISTED or (row.importance or 0) >= MINIMUM_IMPORTANCE
    ]
    if not weights:
        return f"none with an importance of {plain(MINIMUM_IMPORTANCE)} or more of 100"
    names, last = [name for name, _ in weights[:_FOREMOST]], weights[:_FOREMOST][-1][1]
    tied = [name for name, weight in weights if weight == last]
    # Without "and", which is a part of many names: "Operation and Control".
    if last is None or len(tied) == 1:
        return ", ".join(names)
    above = [name for name in names if name not in tied]
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
    compared = {(skill.name, skill.kind) for _, skill in (*found.left, *found.right) if skill.kind in found.kinds}
    named = Counter(name for name, _ in compared)
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


def interests_sentence(left: Occupation, right: Occupation, found: InterestComparison | None) -> str | None:
    """Name the types of interests that O*NET marks for each side; None unless both sides can be compared."""
    if found is None or found.correlation is None:
        return None
    marked = [listed(_high_points(side)) for side in (found.left, found.right)]
    return (
        f"By O*NET's interest scores, the work of {closed(left.title)} is foremost {marked[0]}, that of "
        f"{closed(right.title)} {marked[1]}; the correlation of the two profiles of six scores is "
        f"{found.correlation + 0:.2f}."
    )


def _high_points(scores: Sequence[Interest]) -> list[str]:
    return [row.name.value.lower() for row in scores if row.high_point is not None]


def responsibilities_sentences(left: Occupation, right: Occupation, found: ResponsibilityComparison) -> str | None:
    """Say in two sentences what both do and what sets them apart, or None where either side lists no activities.

    What both do are the titles of O*NET's work activities, which are too general to be said of an occupation. What one
    side does are its own responsibilities, those that have no activity in common with the other side.
    """
    if not (found.shared or found.only_left) or not (found.shared or found.only_right):
        return None
    shared = _first_activities(found.shared)
    both = f"Work activities of both, in O*NET's categories: {shared}." if shared else _NO_ACTIVITY
    named = [
        _first_responsibilities([each.left for each in found.shared], [each.left for each in found.only_left]),
        _first_responsibilities([each.right for each in found.shared], [each.right for each in found.only_right]),
    ]
    apart = [f"{texts} ({side.title})" for side, texts in zip((left, right), named, strict=True) if texts]
    return f"{both} Listed for one side only: {'; '.join(apart)}." if apart else both


_NO_ACTIVITY = "The two have no work activity of O*NET's categories in common."


def _first_activities(shared: Sequence[SharedActivity]) -> str:
    """Join the first activities that belong to different responsibilities: one responsibility can have several."""
    named: dict[tuple[int, int], str] = {}
    for each in shared:
        places = (each.left[0].position, each.right[0].position)
        named.setdefault(places, f"{each.activity[0].lower()}{each.activity[1:]}")
    return "; ".join([*named.values()][:_ACTIVITIES_NAMED])


def _first_responsibilities(shared: Sequence[Sequence[Responsibility]], own: Sequence[Sequence[Responsibility]]) -> str:
    """Quote the first responsibilities of a side that are in none of the shared activities."""
    in_common = {row.position for rows in shared for row in rows}
    apart = {row.position: row.text for rows in own for row in rows if row.position not in in_common}
    return " and ".join(f'"{apart[position]}"' for position in sorted(apart)[:_ACTIVITIES_NAMED])
