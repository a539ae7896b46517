"""The first screen of a comparison: the drawings of its key figures, and when to choose either side.

The drawings are those of web/src/comparison/verdict.tsx.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from server.page_content import figures
from server.page_content.figures import Json, Titles, part

SIDES = ("left", "right")

_RANGE, _FROM_ZERO = (4.0, 92.0), (0.0, 98.0)
"""The places of both ends of a drawing, in percent of its width. The labels of an axis are wider than its ticks."""


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


def meanings(key_figures: Sequence[Json]) -> str:
    """Return what the words for certainty in key figures mean."""
    said: list[str | None] = [lead["meaning"] for one in key_figures for lead in one["leads"]]
    return " ".join(dict.fromkeys(filter(None, said)))


class Bar(NamedTuple):
    """A bar with a mark for the median. An open one has only a lower bound for its end."""

    start: float
    end: float
    mark: float | None = None
    open: bool = False


def drawing(of: Json) -> Drawing | None:
    """Return the drawing of a key figure: spreads of wages where there are any, or bars from zero."""
    if of["unit"] is None:
        return None
    spreads = {side: of[side]["spread"] for side in SIDES if of[side]["spread"]}
    values = {side: of[side]["value"] for side in SIDES if of[side]["value"] is not None}
    bars = {side: Bar(min(value, 0), max(value, 0)) for side, value in values.items()}
    if spreads:
        bars = {side: Bar(one["low"], one["high"], values.get(side), one["open"]) for side, one in spreads.items()}
    return _drawing(bars, of["unit"], bool(spreads)) if bars else None


def _drawing(bars: Mapping[str, Bar], unit: str, is_range: bool) -> Drawing:
    low, high = min(bar.start for bar in bars.values()), max(bar.end for bar in bars.values())
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
        for side, bar in bars.items()
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
