"""The key figures of a comparison: pay, growth, openings, the way in and jobs, which are the first screen of its page.

Each has the figures of both sides as text, and who is ahead. What is higher but not tested is only said of the
published figures.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from db.models import NATION, Area, JobCount, Outlook, Preparation
from db.vocabulary import JobsBasis
from resolvers import areas, caveats, facts
from resolvers.comparisons import entry, prospects
from resolvers.comparisons.arithmetic import Difference, Figure, HigherSide, Side, Unit, Verdict
from resolvers.comparisons.entry import EntryComparison
from resolvers.comparisons.formatting import (
    WAGE_FORMATS,
    area_in_sentence,
    closed,
    dollars_and_cents,
    listed,
    months,
    plain,
    whole,
)
from resolvers.comparisons.salary import PERIODS, SalaryComparison, cells_of, unit_of, wage_difference
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.missing import NOT_PUBLISHED, REASONS


class KeyFigureName(Enum):
    """The figures, in their order."""

    PAY = "PAY"
    GROWTH = "GROWTH"
    OPENINGS = "OPENINGS"
    ENTRY = "ENTRY"
    JOBS = "JOBS"


class Certainty(Enum):
    """How certain it is who is ahead."""

    CLEAR = "CLEAR"
    NOT_CLEAR = "NOT_CLEAR"
    NOT_TESTED = "NOT_TESTED"
    PROJECTED = "PROJECTED"


_MEANINGS = {
    Certainty.CLEAR: "Clear: statistically significant at the 90% level.",
    Certainty.NOT_CLEAR: "Not clear: the difference may be due to chance.",
    Certainty.NOT_TESTED: "Not tested: published without standard errors.",
    Certainty.PROJECTED: "Projected: by the Bureau of Labor Statistics; projections cannot be tested.",
}


class Lead(NamedTuple):
    """Who is ahead, and how certain that is. Without a side, the words stand alone."""

    side: Side | None
    words: str
    certainty: Certainty | None = None
    basis: str | None = None
    """The figures that were compared, where others are shown."""

    @property
    def meaning(self) -> str | None:
        """What the certainty says."""
        return None if self.certainty is None else _MEANINGS[self.certainty]


class WageSpread(NamedTuple):
    """The 10th and the 90th percentile; the latter may be a lower bound."""

    low: float
    high: float
    open: bool
    text: str


class KeyFigureSide(NamedTuple):
    """One side's figure in words, or the reason why it is missing."""

    text: str
    detail: str | None = None
    value: float | None = None
    """The number, in the unit of both sides."""
    published: bool = True
    spread: WageSpread | None = None


class KeyFigure(NamedTuple):
    """A figure of both sides."""

    name: KeyFigureName
    title: str
    note: str
    left: KeyFigureSide
    right: KeyFigureSide
    leads: Sequence[Lead]
    unit: Unit | None = None
    """The unit of both values; None where they are no numbers or of different measures."""


_UNPUBLISHED = KeyFigureSide(NOT_PUBLISHED, published=False)

_SIDES = {HigherSide.LEFT: Side.LEFT, HigherSide.RIGHT: Side.RIGHT}

_COUNTED = {JobsBasis.WAGE_AND_SALARY: "wage-and-salary jobs", JobsBasis.OPEN_POSTINGS: "open postings"}

_WAGES = {unit: WAGE_FORMATS[period] for unit, period in PERIODS.items()}
"""The format of wages in each unit."""

_UNTESTED_PAY = "published pay is higher"

Both = tuple[KeyFigureSide, KeyFigureSide]


async def of(parents: Sequence[Comparison], context: Context) -> list[list[KeyFigure]]:
    """The key figures of each comparison."""
    cells, where = await cells_of(parents, context), await areas.of(parents, context)
    outlooks = await both_sides(parents, context, facts.outlook)
    needed = await entry.of(parents, context)
    times = await both_sides(parents, context, facts.time_to_become)
    midpoints = await prospects.time_to_become(parents, context)
    counts, jobs = await both_sides(parents, context, facts.jobs), await prospects.jobs(parents, context)
    return [
        [
            _pay(pay, area),
            _growth(parent, outlook, area),
            _openings(parent, outlook, area),
            _entry(parent, needs, time, midpoint),
            _jobs(parent, count, more, area),
        ]
        for parent, pay, area, outlook, needs, time, midpoint, count, more in zip(
            parents, cells, where, outlooks, needed, times, midpoints, counts, jobs, strict=True
        )
    ]


def _pay(cells: SalaryComparison, area: Area) -> KeyFigure:
    """Show the medians, with the spread around them; where none is published, the means. Only means can be tested."""
    unit, where = unit_of(cells), "" if area.code == NATION else f", {area.name}"
    mean, median = wage_difference(cells, "mean", unit), wage_difference(cells, "median", unit)
    hourly_mean = wage_difference(cells, "mean", Unit.DOLLARS_PER_HOUR)
    by_median = any(figure.is_published for figure in (median.left_figure, median.right_figure))
    shown = median if by_median else mean
    left, right = (
        _wage(figure, others, unit)
        for figure, *others in (
            (shown.left_figure, mean.left, hourly_mean.left),
            (shown.right_figure, mean.right, hourly_mean.right),
        )
    )
    drawn: Unit | None = unit
    if by_median:
        low, high = wage_difference(cells, "p10", unit), wage_difference(cells, "p90", unit)
        left = left._replace(spread=_spread(low.left, high.left_figure, unit))
        right = right._replace(spread=_spread(low.right, high.right_figure, unit))
        drawn = unit if left.spread or right.spread else None
    statistic, period = "median" if by_median else "mean", "an hour" if unit is Unit.DOLLARS_PER_HOUR else "a year"
    note = f"{statistic} {period}{where}"
    lead = _pay_lead(mean, median, by_median)
    if lead is None:
        by_hour = unit is Unit.DOLLARS_PER_YEAR and left.published and right.published
        place = "" if area.code == NATION else f" in {area_in_sentence(area.name)}"
        words = "not comparable: by the hour and by the year" if by_hour else _unknown(cells.comparison, shown, place)
        lead = Lead(None, words)
    return KeyFigure(KeyFigureName.PAY, "Pay", note, left, right, [lead], drawn)


def _wage(figure: Figure, means: Sequence[float | None], unit: Unit) -> KeyFigureSide:
    """Return a side's wage; its mean where only that is published, or else its hourly mean."""
    mean, hourly_mean = means
    if not figure.is_published and mean is not None:
        return KeyFigureSide(_WAGES[unit](mean), "mean", mean)
    if not figure.is_published and unit is Unit.DOLLARS_PER_YEAR and hourly_mean is not None:
        return KeyFigureSide(dollars_and_cents(hourly_mean), "an hour, mean")
    return _side(figure, _WAGES[unit])


def _spread(low: float | None, high: Figure, unit: Unit) -> WageSpread | None:
    end = high.at_least if high.value is None else high.value
    if low is None or end is None:
        return None
    is_open = high.value is None
    text = f"8 in 10 earn {_WAGES[unit](low)} to {'over ' if is_open else ''}{_WAGES[unit](end)}"
    return WageSpread(low, end, is_open, text)


def _pay_lead(mean: Difference, median: Difference, by_median: bool) -> Lead | None:
    """Decide by the mean, which can be tested, and name the means where the medians are shown.

    Where the medians are ordered the other way, both orders are said.
    """
    lead, ahead = _lead(mean, "higher pay", _UNTESTED_PAY), _SIDES.get(median.higher) if median.higher else None
    if lead is None:
        return None if ahead is None else Lead(ahead, _UNTESTED_PAY, Certainty.NOT_TESTED)
    if by_median and mean.left is not None and mean.right is not None:
        basis = f"by the mean: {_WAGES[mean.unit](mean.left)} and {_WAGES[mean.unit](mean.right)}"
        lead = lead._replace(basis=basis)
    if lead.side is None:
        if mean.verdict is Verdict.NOT_SIGNIFICANT or ahead is None:
            return lead
        return Lead(ahead, _UNTESTED_PAY, Certainty.NOT_TESTED)
    return lead if ahead in (None, lead.side) else lead._replace(words="higher mean, but a lower median")


def _growth(parent: Comparison, outlooks: tuple[Outlook | None, Outlook | None], area: Area) -> KeyFigure:
    growth = prospects.growth_of(*outlooks)
    return KeyFigure(
        KeyFigureName.GROWTH,
        "Growth",
        f"{_period(outlooks)}{_nationwide(area)}",
        *_both(growth, _signed),
        _projected(parent, growth, _growth_words(growth), caveats.POINTS_OF_ROUNDING),
        _unit(growth),
    )


def _growth_words(growth: Difference | None) -> str:
    behind, ahead = sorted((growth.left or 0, growth.right or 0)) if growth else (0, 0)
    if ahead < 0:
        return "slower decline"
    if behind > 0:
        return "faster"
    return f"{'grows' if ahead else 'no change'}; the other {'declines' if behind else 'does not'}"


def _signed(rate: float) -> str:
    return f"{'+' if rate > 0 else ''}{plain(rate)}%".replace("-", "\N{MINUS SIGN}")


def _period(outlooks: tuple[Outlook | None, Outlook | None]) -> str:
    periods = [(row.from_year, row.to_year) for row in outlooks if row]
    if not periods or None in periods[0]:
        return "projected"
    return "periods differ" if len({*periods}) > 1 else "projected, {}\N{EN DASH}{}".format(*periods[0])


def _openings(parent: Comparison, outlooks: tuple[Outlook | None, Outlook | None], area: Area) -> KeyFigure:
    openings = prospects.openings_of(*outlooks)
    least = f"under {caveats.ROUNDING_OF_PROJECTIONS // 2}"
    return KeyFigure(
        KeyFigureName.OPENINGS,
        "Openings a year",
        f"projected, with replacements{_nationwide(area)}",
        *_both(openings, lambda number: whole(number) if number else least),
        _projected(parent, openings, "more", caveats.ROUNDING_OF_PROJECTIONS),
        _unit(openings),
    )


def _jobs(
    parent: Comparison, rows: tuple[JobCount | None, JobCount | None], more: Difference | None, area: Area
) -> KeyFigure:
    counted = next((_COUNTED[row.basis] for row in rows if row), _COUNTED[JobsBasis.WAGE_AND_SALARY])
    if more:
        left, right = _both(more, whole)
        leads = [_lead_or_lack(parent, more, "more", "published count is higher")]
    else:
        left, right = (KeyFigureSide(whole(row.count), _COUNTED[row.basis]) if row else _UNPUBLISHED for row in rows)
        leads = [Lead(None, "not comparable: counted differently")] if all(rows) else []
    return KeyFigure(KeyFigureName.JOBS, "Jobs", f"{counted}{_nationwide(area)}", left, right, leads, _unit(more))


def _entry(
    parent: Comparison,
    needs: EntryComparison,
    times: tuple[Preparation | None, Preparation | None],
    midpoint: Difference | None,
) -> KeyFigure:
    """Show what both typically need for entry. Roles of the published page have a time to become one instead."""
    requirements = (needs.education, needs.experience, needs.training)
    if all(one.left is None and one.right is None for one in requirements):
        longer, note = "takes longer as published", "time to become one"
        leads = [_lead_or_lack(parent, midpoint, longer, longer)] if midpoint else []
        left, right = map(_time, times)
    else:
        note, leads = "typical requirements", _entry_leads(parent, needs)
        left, right = (
            _needed(*labels) for labels in zip(*((one.left, one.right) for one in requirements), strict=True)
        )
    return KeyFigure(KeyFigureName.ENTRY, "To get in", note, left, right, leads)


def _time(row: Preparation | None) -> KeyFigureSide:
    if row is None or row.minimum_months is None:
        return _UNPUBLISHED
    return KeyFigureSide(months(row.minimum_months, row.maximum_months, between="\N{EN DASH}"))


def _needed(education: str | None, experience: str | None, training: str | None) -> KeyFigureSide:
    if education is None:
        return _UNPUBLISHED
    experienced, trained = "experience not published", "training not published"
    if experience:
        experienced = "no experience" if experience == "None" else f"{experience.lower()} of experience"
    if training:
        trained = "no training on the job" if training == "None" else training.lower()
    return KeyFigureSide(education, f"{experienced}; {trained}")


def _entry_leads(parent: Comparison, needs: EntryComparison) -> list[Lead]:
    education = needs.education
    compared = {
        "more education": education.needs_more,
        "more experience": needs.experience.needs_more,
        "longer training": needs.training.needs_more,
    }
    more = {side: [words for words, higher in compared.items() if higher is ahead] for ahead, side in _SIDES.items()}
    if leads := [Lead(side, f"needs {listed(words)}") for side, words in more.items() if words]:
        return leads
    if None not in compared.values():
        return [Lead(None, "the same for both")]
    if any(compared.values()):
        return [Lead(None, "the same, except that training cannot be ordered")]
    lacking = [
        side.title for side, label in ((parent.left, education.left), (parent.right, education.right)) if not label
    ]
    return [Lead(None, f"no requirements for {listed(lacking)}")]


def _lead(of: Difference, words: str, untested: str) -> Lead | None:
    """Return who is ahead; None if that is unknown because a figure is missing."""
    if not of.comparable and None not in (of.left, of.right):
        return Lead(None, "not compared: different measures")
    if of.higher is None:
        return None
    if of.higher is HigherSide.EQUAL:
        return Lead(None, "the same")
    match of.verdict:
        case Verdict.SIGNIFICANT:
            return Lead(_SIDES[of.higher], words, Certainty.CLEAR)
        case Verdict.NOT_SIGNIFICANT:
            return Lead(None, "no clear difference", Certainty.NOT_CLEAR)
        case Verdict.NOT_TESTABLE:
            return Lead(_SIDES[of.higher], untested, Certainty.NOT_TESTED)


def _lead_or_lack(parent: Comparison, of: Difference, words: str, untested: str) -> Lead:
    return _lead(of, words, untested) or Lead(None, _unknown(parent, of))


def _unknown(parent: Comparison, of: Difference, place: str = "") -> str:
    """Name the side whose figure is missing, or say that one is top-coded and may be the lower one."""
    sides = ((parent.left, of.left_figure), (parent.right, of.right_figure))
    lacking = [side for side, figure in sides if not figure.is_published]
    if len(lacking) != 1:
        return f"no figure for either{place}" if lacking else "not comparable: only a lower bound is published"
    [side] = lacking
    return f"no figure for {closed(side.title) if place else side.title}{place}"


def _projected(parent: Comparison, of: Difference | None, words: str, rounding: float) -> list[Lead]:
    """Return who is ahead by a projection. What is within its rounding is about the same."""
    if of is None:
        return []
    lead = _lead_or_lack(parent, of, words, words)
    if of.absolute is None or lead.certainty is None:
        return [lead]
    close = abs(of.absolute) <= rounding
    return [(Lead(None, "about the same") if close else lead)._replace(certainty=Certainty.PROJECTED)]


def _nationwide(area: Area) -> str:
    """Say in an area that a figure is the nation's."""
    return "" if area.code == NATION else ", nationwide"


def _both(of: Difference | None, written: Callable[[float], str]) -> Both:
    if of is None:
        return _UNPUBLISHED, _UNPUBLISHED
    return _side(of.left_figure, written), _side(of.right_figure, written)


def _side(figure: Figure, written: Callable[[float], str]) -> KeyFigureSide:
    if figure.value is not None:
        return KeyFigureSide(written(figure.value), value=figure.value)
    if figure.at_least is not None:
        return KeyFigureSide(f"{written(figure.at_least)}+", "at least, top-coded")
    return KeyFigureSide(REASONS[figure.reason], published=False)


def _unit(of: Difference | None) -> Unit | None:
    return of.unit if of and of.comparable else None
