"""The first screen of a comparison: who is ahead by five measures, as in web/src/comparison/verdict-rows.ts."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from db.models import NATION
from server.page_content import figures
from server.page_content.figures import NOT_PUBLISHED, Json, Titles, part

SIDES = ("left", "right")

_UNTESTED_PAY = "published pay is higher"
_POINTS_OF_ROUNDING, _OPENINGS_OF_ROUNDING = 0.1, 100
_RANGE, _FROM_ZERO = (4.0, 92.0), (0.0, 98.0)
"""The places of both ends of a drawing, in percent of its width. The labels of an axis are wider than its ticks."""


class Lead(NamedTuple):
    """Who is ahead, and how certain that is. Without a side, the words stand alone."""

    side: str
    words: str
    certainty: str = ""
    basis: str = ""
    """The figures that were compared, where the row shows others."""


class Shown(NamedTuple):
    """One side's figure, or the reason why it is missing."""

    figure: str | None
    missing: str = ""
    detail: str = ""
    spoken: str = ""
    """What the drawing shows, for those who cannot see it."""


class Bar(NamedTuple):
    """A bar with a mark for the median. An open one has only a lower bound for its end."""

    start: float
    end: float
    mark: float | None = None
    open: bool = False
    is_range: bool = False
    """Whether it is from the 10th to the 90th percentile, and not from zero."""


class Line(NamedTuple):
    """A bar as it is drawn: its places in percent of the width."""

    side: str
    start: float
    end: float
    y: str
    mark: float | None
    open: bool


class Drawing(NamedTuple):
    """Both bars on one scale, its ticks, and their labels if it has an axis."""

    lines: Sequence[Line]
    ticks: Sequence[tuple[float, str]]
    is_range: bool


class VerdictRow(NamedTuple):
    """A row of the first screen."""

    name: str
    note: str
    left: Shown
    right: Shown
    leads: Sequence[Lead]
    drawing: Drawing | None = None


def rows(found: Json) -> Iterator[VerdictRow]:
    """Yield the rows: pay, growth, openings, the way in, and jobs."""
    nationwide = "" if found["area"]["code"] == NATION else ", nationwide"
    growth, openings, jobs = found["growth"], found["openings"], found["jobs"]
    counts = found["left"]["jobs"] or found["right"]["jobs"]
    counted = "open postings" if counts and counts["basis"] == "OPEN_POSTINGS" else "wage-and-salary jobs"
    yield _pay_row(found)
    yield VerdictRow(
        "Growth",
        f"{_period(found)}{nationwide}",
        *_both(growth, _signed),
        _projected(growth, _growth_words(growth), _POINTS_OF_ROUNDING),
        _bars(growth),
    )
    yield VerdictRow(
        "Openings a year",
        f"projected, with replacements{nationwide}",
        *_both(openings, lambda value: figures.figure(value, "OPENINGS_PER_YEAR") if value else "under 50"),
        _projected(openings, "more", _OPENINGS_OF_ROUNDING),
        _bars(openings),
    )
    yield _entry_row(found)
    if jobs:
        shown = _both(jobs, lambda value: figures.figure(value, jobs["unit"]))
        leads = [_lead(jobs, "more", "published count is higher")]
    else:
        shown = _counted(found["left"]), _counted(found["right"])
        both = found["left"]["jobs"] and found["right"]["jobs"]
        leads = [Lead("", "not comparable: counted differently")] if both else []
    yield VerdictRow("Jobs", f"{counted}{nationwide}", *shown, leads, _bars(jobs))


_MEANINGS = {
    "clear": "Clear: statistically significant at the 90% level.",
    "not clear": "Not clear: the difference may be due to chance.",
    "not tested": "Not tested: published without standard errors.",
    "projected": "Projected: by the Bureau of Labor Statistics; projections cannot be tested.",
}


def meanings(shown: Sequence[VerdictRow]) -> str:
    """Return what the words for certainty in these rows mean."""
    said = {lead.certainty for row in shown for lead in row.leads}
    return " ".join(meaning for certainty, meaning in _MEANINGS.items() if certainty in said)


def _pay_row(found: Json) -> VerdictRow:
    area, salary = found["area"], found["salary"]
    where = "" if area["code"] == NATION else f", {area['name']}"
    if not salary:
        unpublished = Shown(None, NOT_PUBLISHED)
        return VerdictRow("Pay", area["name"], unpublished, unpublished, [Lead("", "no published wages")])
    percentiles = {one["percentile"]: one["difference"] for one in salary["percentiles"]}
    median = percentiles.get(50)
    by_hour = median is not None and median["unit"] == "DOLLARS_PER_HOUR"
    mean = salary["hourlyMean"] if by_hour else salary["annualMean"]
    period = "an hour" if by_hour else "a year"
    leads = [_pay_lead(mean, median)]
    if median is None or not any(_is_known(median, side) for side in SIDES):
        left, right = (_wage(mean, salary["hourlyMean"], side) for side in SIDES)
        return VerdictRow("Pay", f"mean {period}{where}", left, right, leads, _bars(mean))
    ranges = {side: _range(percentiles, side) for side in SIDES}
    left, right = (_pay(median, salary["hourlyMean"], ranges[side], side) for side in SIDES)
    drawing = _drawing(ranges, median["unit"]) if any(ranges.values()) else None
    return VerdictRow("Pay", f"median {period}{where}", left, right, leads, drawing)


def _wage(wage: Json, hourly_mean: Json, side: str) -> Shown:
    """Return a wage of a side. One with hourly wages only, next to one without any, has its hourly mean."""
    shown = _shown(wage, side, lambda value: figures.figure(value, wage["unit"]))
    if shown.figure is None and wage["unit"] == "DOLLARS_PER_YEAR" and hourly_mean[side] is not None:
        return Shown(figures.figure(hourly_mean[side], "DOLLARS_PER_HOUR"), detail="an hour, mean")
    return shown


def _pay(median: Json, hourly_mean: Json, bar: Bar | None, side: str) -> Shown:
    """Return the pay of a side."""
    shown = _wage(median, hourly_mean, side)
    if bar is None:
        return shown
    low, high = (figures.figure(wage, median["unit"]) for wage in (bar.start, bar.end))
    return shown._replace(spoken=f"8 in 10 earn {low} to {'over ' if bar.open else ''}{high}")


def _is_known(of: Json, side: str) -> bool:
    return of[side] is not None or _bound(of, side) is not None


def _missing(of: Json, side: str) -> Json | None:
    return next((one for one in of["missing"] if one["figure"].startswith(f"{side} ")), None)


def _bound(of: Json, side: str) -> float | None:
    missing = _missing(of, side)
    bound: float | None = missing["atLeast"] if missing else None
    return bound


def _range(percentiles: Mapping[int, Json], side: str) -> Bar | None:
    low, median, high = (percentiles.get(percentile) for percentile in (10, 50, 90))
    start = low[side] if low else None
    end = (high[side] if high[side] is not None else _bound(high, side)) if high else None
    if high is None or start is None or end is None:
        return None
    return Bar(start, end, median[side] if median else None, open=high[side] is None, is_range=True)


def _pay_lead(mean: Json, median: Json | None) -> Lead:
    """Decide by the mean, which can be tested, and name the means where the row shows medians.

    Where the medians are ordered the other way, both orders are said.
    """
    lead = _lead(mean, "higher pay", _UNTESTED_PAY)._replace(basis=_basis(mean, median))
    higher = median["higher"] if median else None
    if not lead.side:
        if mean["verdict"] == "NOT_SIGNIFICANT" or not _side(higher):
            return lead
        return Lead(_side(higher), _UNTESTED_PAY, "not tested")
    contradicted = {mean["higher"], higher} == {"LEFT", "RIGHT"}
    return lead._replace(words="higher mean, but a lower median") if contradicted else lead


def _basis(mean: Json, median: Json | None) -> str:
    if None in (mean["left"], mean["right"]) or median is None or not any(_is_known(median, side) for side in SIDES):
        return ""
    left, right = (figures.figure(mean[side], mean["unit"]) for side in SIDES)
    return f"by the mean: {left} and {right}"


def _lead(of: Json, words: str, untested: str) -> Lead:
    """Return who is ahead. What is higher but not tested is only said of the published figures."""
    side = _side(of["higher"])
    if apart := figures.not_compared(of):
        return Lead("", apart)
    if not side:
        return Lead("", "the same" if of["higher"] == "EQUAL" else "not comparable")
    match of["verdict"]:
        case "SIGNIFICANT":
            return Lead(side, words, "clear")
        case "NOT_SIGNIFICANT":
            return Lead("", "no clear difference", "not clear")
        case _:
            return Lead(side, untested, "not tested")


def _projected(of: Json | None, words: str, rounding: float) -> Sequence[Lead]:
    """Return who is ahead by a projection. What is within its rounding is about the same."""
    if of is None:
        return []
    lead = _lead(of, words, words)
    if of["absolute"] is None or not lead.certainty:
        return [lead]
    # Differences of decimals are not exact.
    close = abs(of["absolute"]) <= rounding + 1e-9
    return [(Lead("", "about the same") if close else lead)._replace(certainty="projected")]


def _growth_words(of: Json | None) -> str:
    rates = [of[side] or 0 for side in SIDES] if of else [0]
    return "slower decline" if max(rates) < 0 else "faster"


def _side(higher: str | None) -> str:
    return {"LEFT": "left", "RIGHT": "right"}.get(higher or "", "")


def _both(of: Json | None, written: Callable[[float], str]) -> tuple[Shown, Shown]:
    return _shown(of, "left", written), _shown(of, "right", written)


def _shown(of: Json | None, side: str, written: Callable[[float], str]) -> Shown:
    if of is None:
        return Shown(None, NOT_PUBLISHED)
    if of[side] is not None:
        return Shown(written(of[side]))
    bound = _bound(of, side)
    if bound is not None:
        return Shown(f"{written(bound)}+", detail="at least, top-coded")
    return Shown(None, figures.published(None, of["unit"], _missing(of, side)).text)


def _bars(of: Json | None) -> Drawing | None:
    if not of or (of["left"] is None and of["right"] is None) or of["leftMeasure"] != of["rightMeasure"]:
        return None
    values = {side: of[side] for side in SIDES if of[side] is not None}
    return _drawing({side: Bar(min(value, 0), max(value, 0)) for side, value in values.items()}, of["unit"])


def _drawing(bars: Mapping[str, Bar | None], unit: str) -> Drawing:
    drawn = {side: bar for side, bar in bars.items() if bar}
    is_range = any(bar.is_range for bar in drawn.values())
    low, high = min(bar.start for bar in drawn.values()), max(bar.end for bar in drawn.values())
    high = high if high > low else low + 1
    if is_range:
        low, high = _nice(low, high, 5)
    first, last = _RANGE if is_range else _FROM_ZERO

    def x(value: float) -> float:
        return round(first + (value - low) / (high - low) * (last - first), 3)

    ticks = _ticks(low, high, 4) if is_range else [0.0]
    lines = [
        Line(
            side,
            x(bar.start),
            _FROM_ZERO[1] if bar.open else x(bar.end),
            "25%" if side == "left" else "75%",
            None if bar.mark is None else x(bar.mark),
            bar.open,
        )
        for side, bar in drawn.items()
    ]
    return Drawing(lines, [(x(tick), figures.short(tick, unit)) for tick in ticks], is_range)


def _step(low: float, high: float, count: int) -> float:
    """Return the distance of about this number of ticks: 1, 2 or 5 times a power of ten, as d3-array has it."""
    size = (high - low) / count
    power = 10.0 ** math.floor(math.log10(size))
    error = size / power
    return power * (
        10 if error >= math.sqrt(50) else 5 if error >= math.sqrt(10) else 2 if error >= math.sqrt(2) else 1
    )


def _nice(low: float, high: float, count: int) -> tuple[float, float]:
    """Extend a range to multiples of its ticks' distance."""
    before = None
    while before != (step := _step(low, high, count)):
        low, high, before = math.floor(low / step) * step, math.ceil(high / step) * step, step
    return low, high


def _ticks(low: float, high: float, count: int) -> Sequence[float]:
    step = _step(low, high, count)
    return [place * step for place in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _signed(value: float) -> str:
    size = figures.percent(abs(value))
    return f"+{size}" if value > 0 else f"\N{MINUS SIGN}{size}" if value < 0 else size


def _period(found: Json) -> str:
    outlooks = [found[side]["outlook"] for side in SIDES if found[side]["outlook"]]
    periods = {(one["fromYear"], one["toYear"]) for one in outlooks}
    if not outlooks or None in (outlooks[0]["fromYear"], outlooks[0]["toYear"]):
        return "projected"
    return "periods differ" if len(periods) > 1 else figures.projection_period(outlooks[0])


def _counted(side: Json) -> Shown:
    jobs = side["jobs"]
    if not jobs:
        return Shown(None, NOT_PUBLISHED)
    detail = "open postings" if jobs["basis"] == "OPEN_POSTINGS" else "wage-and-salary jobs"
    return Shown(figures.figure(jobs["count"], "OPEN_POSTINGS"), detail=detail)


def _entry_row(found: Json) -> VerdictRow:
    """Return what the two typically need for entry. Roles of the published page have a time to become one instead."""
    entry = found["entry"]
    requirements = [entry[name] for name in ("education", "experience", "training")]
    if all(one["left"] is None and one["right"] is None for one in requirements):
        of = found["timeToBecome"]
        leads = [_lead(of, "takes longer", "takes longer as published")] if of else []
        times = [_months(found[side]["timeToBecome"]) for side in SIDES]
        return VerdictRow("To get in", "time to become one", times[0], times[1], leads)
    needed = [_needed(*(one[side] for one in requirements)) for side in SIDES]
    return VerdictRow("To get in", "typical requirements", needed[0], needed[1], _entry_leads(requirements))


def _months(time: Json | None) -> Shown:
    if not time:
        return Shown(None, NOT_PUBLISHED)
    return Shown(figures.months(time["minimumMonths"], time["maximumMonths"]))


def _needed(education: str | None, experience: str | None, training: str | None) -> Shown:
    if not education:
        return Shown(None, NOT_PUBLISHED)
    experienced = "experience not published"
    if experience:
        experienced = "no experience" if experience == "None" else f"{experience.lower()} of experience"
    trained = "training not published"
    if training:
        trained = "no training on the job" if training == "None" else training.lower()
    return Shown(education, detail=f"{experienced}; {trained}")


def _entry_leads(requirements: Sequence[Json]) -> Sequence[Lead]:
    words = ("more education", "more experience", "longer training")
    needs = [(_side(one["needsMore"]), text) for one, text in zip(requirements, words, strict=True)]
    more = {side: [text for needing, text in needs if needing == side] for side in SIDES}
    if leads := [Lead(side, f"needs {_listed(texts)}") for side, texts in more.items() if texts]:
        return leads
    ordered = sum(one["needsMore"] is not None for one in requirements)
    if ordered == len(requirements):
        return [Lead("", "the same for both")]
    return [Lead("", "the same, except that training cannot be ordered" if ordered else "not comparable")]


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


class Choice(NamedTuple):
    """When to choose a side. Without any, the text stands alone."""

    side: str
    title: str
    text: str


def choices(found: Json, titles: Titles) -> Sequence[Choice]:
    """Return when to choose either side, from ``Comparison.choices``."""
    of = part(found, "choices")
    if not of.get("left") and not of.get("right"):
        return [Choice("", "", "No figure that is tested or projected clearly speaks for one of the two.")]
    otherwise = ": no figure that is tested or projected clearly speaks for it."
    return [
        Choice(side, title, of[side].removeprefix(title) if of[side] else otherwise)
        for side, title in zip(SIDES, titles, strict=True)
    ]
