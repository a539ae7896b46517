"""Figures as pages show them, in the same text as web/src/format/."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from db.vocabulary import MissingReason
from resolvers.missing import NOT_PUBLISHED, REASONS

Json = Mapping[str, Any]

NOT_AVAILABLE = "not available"

_LEAST_PERCENT_IN_TIMES = 1_000

_MONTHS_PER_YEAR = 12


class Cell(NamedTuple):
    """A cell of a table: its text, and a note below it. ``missing`` tells the reason for a missing figure apart."""

    text: str
    note: str = ""
    missing: bool = False


def part(of: Json, name: str) -> Json:
    """Return a part of an object; empty if it is not published."""
    found: Json | None = of.get(name)
    return {} if found is None else found


def cell(text: str | None, note: str | None = "") -> Cell:
    """Return a cell with a text; None is not published."""
    return Cell(NOT_PUBLISHED, missing=True) if text is None else Cell(text, note or "")


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Round half away from zero by the decimal digits that a number is written with, as browsers do."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def count(value: float | Decimal) -> str:
    """Format a number with at most one decimal."""
    return f"{rounded(value, 1):,f}".removesuffix(".0")


def percent(value: float) -> str:
    """Format a percentage."""
    return f"{count(value)}%"


def plural(value: float, noun: str) -> str:
    """Format a number with its noun: "1 year", "2.5 years"."""
    number = count(value)
    return f"{number} {noun}" if number == "1" else f"{number} {noun}s"


def money(value: float) -> str:
    """Format an amount in whole dollars."""
    return f"${rounded(value, 0):,f}"


def hourly(value: float) -> str:
    """Format an amount in dollars and cents."""
    return f"${rounded(value, 2):,f}"


def figure(value: float, unit: str) -> str:
    """Format a figure in its unit."""
    match unit:
        case "DOLLARS_PER_YEAR":
            return money(value)
        case "DOLLARS_PER_HOUR":
            return hourly(value)
        case "PERCENTAGE_POINTS":
            return percent(value)
        case "YEARS":
            return plural(value, "year")
        case "MONTHS":
            return plural(value, "month")
        case _:
            return count(rounded(value, 0))


def short(value: float, unit: str) -> str:
    """Format a figure for the tick of an axis: "$50K"."""
    size, suffix = (value / 1_000, "K") if value >= 1_000 else (value, "")  # noqa: PLR2004
    return f"{'$' if unit.startswith('DOLLARS') else ''}{count(size)}{suffix}"


def signed(value: float, size: str) -> str:
    """Put a sign before a size, unless it rounds to zero."""
    if not any("1" <= digit <= "9" for digit in size):
        return size
    return f"\N{MINUS SIGN}{size}" if value < 0 else f"+{size}"


def signed_percent(value: float) -> str:
    """Format a percentage with its sign."""
    return signed(value, percent(abs(value)))


def difference(value: float, unit: str) -> str:
    """Format a difference with its sign. Percentages differ by percentage points."""
    size = abs(value)
    return signed(value, plural(size, "point") if unit == "PERCENTAGE_POINTS" else figure(size, unit))


def months(minimum: int, maximum: int | None) -> str:
    """Format a range of months, in years if both ends are whole years."""
    in_years = minimum > 0 and minimum % _MONTHS_PER_YEAR == (maximum or 0) % _MONTHS_PER_YEAR == 0
    unit, size = ("year", _MONTHS_PER_YEAR) if in_years else ("month", 1)
    low, high = minimum // size, None if maximum is None else maximum // size
    if high is None:
        return f"{plural(low, unit)} or more"
    return plural(low, unit) if low == high else f"{count(low)}\N{EN DASH}{plural(high, unit)}"


def published(value: float | None, unit: str, missing: Json | None, note: str = "") -> Cell:
    """Return the cell of a figure, or of the reason why it is missing."""
    if value is not None:
        return Cell(figure(value, unit), note)
    if missing is None:
        return Cell(NOT_PUBLISHED, missing=True)
    bound = missing["atLeast"]
    return Cell(
        REASONS[MissingReason[missing["reason"]]] if bound is None else f"at least {figure(bound, unit)}", missing=True
    )


def jobs_basis(basis: str) -> str:
    """Return what a number of jobs counts."""
    return "open job postings" if basis == "OPEN_POSTINGS" else "wage-and-salary jobs, nationwide"


def projection_period(outlook: Json) -> str:
    """Return the years of a projection."""
    first, last = outlook["fromYear"], outlook["toYear"]
    return f"projected, {first}\N{EN DASH}{last}" if first and last else "projected; the source gives no period"


def months_basis(basis: str) -> str | None:
    """Return what a range of months to become one is, where its source says so."""
    if basis == "VOCATIONAL_PREPARATION":
        return "vocational preparation; a four-year degree counts as two years"
    return None


class Gap(NamedTuple):
    """The cell of a difference."""

    higher: str
    """The side that is higher, in lower case; "" if it is unknown."""
    size: str
    """The difference, and what it is in percent of the right figure; "" if it is unknown."""
    verdict: str
    note: str
    """How it is computed."""


class Titles(NamedTuple):
    """The titles of both sides."""

    left: str
    right: str


class Row(NamedTuple):
    """A row of the table of both sides."""

    name: Cell
    left: Cell
    right: Cell
    difference: Gap | str
    figures: bool = False
    """Whether both sides have figures, which are larger than text."""


def difference_row(name: Cell, of: Json | None, titles: Titles, labels: Titles | None = None) -> Row:
    """Return the row of two figures and their difference. ``labels`` say what each one is, where the sides differ."""
    if of is None:
        return Row(name, cell(None), cell(None), NOT_AVAILABLE)
    left, right = (_side(of, side, getattr(labels, side) if labels else "") for side in ("left", "right"))
    return Row(name, left, right, gap(of, titles), figures=True)


def _side(of: Json, side: str, label: str) -> Cell:
    missing = next((one for one in of["missing"] if one["figure"].startswith(f"{side} ")), None)
    return published(of[side], of["unit"], missing, label)


def gap(of: Json, titles: Titles) -> Gap:
    """Return how far the left figure is above the right one, and how certain that is."""
    absolute, unit = of["absolute"], of["unit"]
    size = ""
    if absolute is not None:
        size = difference(absolute, unit)
        size += f" ({_relative(of['percent'])})" if of["percent"] is not None and absolute else ""
    verdict = not_compared(of) or _verdict(of, titles)
    if interval := of["confidence"]:
        low, high = (difference(interval[end], unit) for end in ("low", "high"))
        verdict += f"; {count(interval['level'])}% interval {low} to {high}"
    return Gap((of["higher"] or "").lower(), size, verdict, of["explanation"]["note"])


def _relative(value: float) -> str:
    if value > _LEAST_PERCENT_IN_TIMES:
        return f"{count(int(1 + value / 100))} times"
    return signed_percent(value)


def not_compared(of: Json) -> str | None:
    """Return why two published figures have no difference."""
    if any(one["reason"] == "WIDER_GROUP_ONLY" for one in of["missing"]):
        return "not compared: one wider group"
    differ = of["leftMeasure"] != of["rightMeasure"] and None not in (of["left"], of["right"])
    return "not compared: different measures" if differ else None


def _verdict(of: Json, titles: Titles) -> str:
    if of["higher"] is None:
        return NOT_AVAILABLE
    if of["higher"] == "EQUAL":
        return "equal"
    title = titles.left if of["higher"] == "LEFT" else titles.right
    match of["verdict"]:
        case "SIGNIFICANT":
            return f"{title} higher, statistically significant"
        case "NOT_SIGNIFICANT":
            return "not statistically significant; may be due to chance"
        case _:
            return f"{title} higher; significance not testable"
