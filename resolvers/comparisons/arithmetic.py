"""The comparison arithmetic, as pure functions. Everything is computed unrounded and rounded once, in what is returned.

The significance test is the one that BLS describes for OEWS estimates: a standard error is the relative standard error
times the estimate, and a difference is significant at the 90 percent level where it exceeds 1.645 of its own standard
error. It takes the two estimates for independent; the sample is shared, and its covariance is not published.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from math import sqrt
from typing import NamedTuple, overload

from db.vocabulary import MissingReason

CRITICAL_VALUE = 1.645
"""Of the standard normal distribution, for a two-sided test at the 90 percent level."""

LEAST_STANDARD_ERROR_PERCENT = 0.05
"""What a relative standard error that is printed as 0.0 may be at most."""

ROUNDING_SLACK = 1
"""How many percentage points the shares of exhaustive categories may miss 100 by, for rounding."""

DECIMALS = 4


class Side(Enum):
    """Which side of a comparison is higher."""

    LEFT = "LEFT"
    RIGHT = "RIGHT"
    EQUAL = "EQUAL"


class Direction(Enum):
    """Which side of a comparison is asked about."""

    LEFT = "LEFT"
    RIGHT = "RIGHT"


class Verdict(Enum):
    """Whether a difference is more than chance, as far as published standard errors can tell."""

    SIGNIFICANT = "SIGNIFICANT"
    NOT_SIGNIFICANT = "NOT_SIGNIFICANT"
    NOT_TESTABLE = "NOT_TESTABLE"


class Unit(Enum):
    """What a difference and its two sides are counted in."""

    DOLLARS_PER_YEAR = "DOLLARS_PER_YEAR"
    DOLLARS_PER_HOUR = "DOLLARS_PER_HOUR"
    JOBS = "JOBS"
    YEARS = "YEARS"
    MONTHS = "MONTHS"
    PERCENTAGE_POINTS = "PERCENTAGE_POINTS"


class Derivation(NamedTuple):
    """How a figure was made from published ones, which are named."""

    formula: str
    inputs: Sequence[tuple[str, float]]


class Figure(NamedTuple):
    """One figure that goes into a difference: as published, but for one that has a derivation."""

    name: str
    value: float | None
    source_id: str | None
    standard_error_percent: float | None = None
    reason: MissingReason = MissingReason.NOT_COLLECTED
    at_least: float | None = None
    derivation: Derivation | None = None


class Interval(NamedTuple):
    """A confidence interval: its level in percent and its two ends."""

    level: int
    low: float
    high: float


class Difference(NamedTuple):
    """Two figures and what lies between them, unrounded; what is served is worked out when it is asked for."""

    left_figure: Figure
    right_figure: Figure
    unit: Unit
    gap: float | None
    """Left minus right."""
    error: float | None
    """The standard error of that, where the two can be tested."""

    @property
    def left(self) -> float | None:
        """The left side's figure, as published."""
        return self.left_figure.value

    @property
    def right(self) -> float | None:
        """The right side's figure, as published."""
        return self.right_figure.value

    @property
    def absolute(self) -> float | None:
        """Left minus right."""
        return rounded(self.gap)

    @property
    def percent(self) -> float | None:
        """How many percent of the right side the left one lies above it; None for percentages themselves."""
        if self.unit is Unit.PERCENTAGE_POINTS:
            return None
        return rounded(percent(self.left_figure.value, self.right_figure.value))

    @property
    def higher(self) -> Side | None:
        """Which side is higher, as far as that is certain."""
        return certainly_higher(self.left_figure, self.right_figure) if self.gap is None else higher(self.gap)

    @property
    def verdict(self) -> Verdict:
        """Whether the gap is more than chance."""
        return verdict(self.gap, self.error)

    @property
    def z_score(self) -> float | None:
        """How many of its standard errors the gap is."""
        return None if self.gap is None or self.error is None else _round(abs(self.gap) / self.error)

    @property
    def confidence(self) -> Interval | None:
        """The 90 percent confidence interval of the gap."""
        return None if self.gap is None or self.error is None else interval(self.gap, self.error)


def difference(left: Figure, right: Figure, unit: Unit) -> Difference:
    """Compare two figures.

    absolute = left - right; percent = 100 (left - right) / right, never for figures that are percentages themselves.
    What would need a missing figure, or a division by zero, is None; but a top-coded figure is known to be higher than
    one published below its bound.
    """
    return Difference(left, right, unit, absolute(left.value, right.value), standard_error_of_difference(left, right))


def absolute(left: float | None, right: float | None) -> float | None:
    """Return left minus right."""
    return None if left is None or right is None else left - right


def percent(left: float | None, right: float | None) -> float | None:
    """Return how many percent of the right side the left one lies above it."""
    return None if left is None or right is None or right == 0 else 100 * (left - right) / right


@overload
def higher(gap: float) -> Side: ...
@overload
def higher(gap: float | None) -> Side | None: ...
def higher(gap: float | None) -> Side | None:
    """Name the side that a gap of left minus right puts higher."""
    if gap is None:
        return None
    return Side.EQUAL if gap == 0 else Side.LEFT if gap > 0 else Side.RIGHT


def certainly_higher(left: Figure, right: Figure) -> Side | None:
    """Name the side that is higher, or None where that can't be told.

    A top-coded figure may be its bound itself, so that only what is published below the bound is certain to be lower.
    """
    if left.value is not None and right.value is not None:
        return higher(left.value - right.value)
    if (least_gap(left, right) or 0) > 0:
        return Side.LEFT
    return Side.RIGHT if (least_gap(right, left) or 0) > 0 else None


def least_gap(capped: Figure, published: Figure) -> float | None:
    """Return what a top-coded figure lies above a published one by at least; None for any other pair."""
    if capped.value is not None or capped.at_least is None:
        return None
    return absolute(capped.at_least, published.value)


def standard_error_of_difference(left: Figure, right: Figure) -> float | None:
    """Return the standard error of left minus right, or None where the two can't be tested."""
    return standard_error(left.value, left.standard_error_percent, right.value, right.standard_error_percent)


def standard_error(
    left: float | None, left_percent: float | None, right: float | None, right_percent: float | None
) -> float | None:
    """Return sqrt(SE_left^2 + SE_right^2), or None where the two can't be tested.

    A relative standard error printed as 0.0 stands for up to 0.05 percent, which is used; where both are printed so,
    they say nothing.
    """
    if left is None or right is None or left_percent is None or right_percent is None:
        return None
    if not (left_percent or right_percent):
        return None
    left_error = (left_percent or LEAST_STANDARD_ERROR_PERCENT) / 100 * left
    right_error = (right_percent or LEAST_STANDARD_ERROR_PERCENT) / 100 * right
    return sqrt(left_error**2 + right_error**2) or None


def verdict(gap: float | None, error: float | None) -> Verdict:
    """Judge a gap by its standard error."""
    if gap is None or error is None:
        return Verdict.NOT_TESTABLE
    return Verdict.SIGNIFICANT if abs(gap) / error > CRITICAL_VALUE else Verdict.NOT_SIGNIFICANT


def interval(gap: float, error: float) -> Interval:
    """Return the 90 percent confidence interval of a gap."""
    margin = CRITICAL_VALUE * error
    return Interval(90, _round(gap - margin), _round(gap + margin))


@overload
def rounded(value: float) -> float: ...
@overload
def rounded(value: float | None) -> float | None: ...
def rounded(value: float | None) -> float | None:
    """Round for output."""
    return None if value is None else _round(value)


def _round(value: float) -> float:
    # Adding zero turns a negative zero into zero. Most figures are whole, which is told sooner than they are rounded.
    return (value if value % 1 == 0 else round(value, DECIMALS)) + 0.0


def overlap(left: tuple[float, float], right: tuple[float, float]) -> tuple[float, float] | None:
    """Return the range that two ranges share, or None where they are apart."""
    low, high = max(left[0], right[0]), min(left[1], right[1])
    return (low, high) if low <= high else None


def dissimilarity(left: Mapping[str, float], right: Mapping[str, float]) -> float | None:
    """Return Duncan's index D = 1/2 sum |p - q|, in percentage points.

    It is the part of either side that would have to change category for the two to be distributed alike. The
    categories must be exclusive, and the same on both sides; shares that don't sum to 100 within a point, which
    rounding may cost, leave some out. In these cases None.
    """
    # Floating point must not push a sum that is a point away past that point.
    exhaustive = all(abs(_round(sum(side.values())) - 100) <= ROUNDING_SLACK for side in (left, right))
    if left.keys() != right.keys() or not exhaustive:
        return None
    return sum(abs(share - right[name]) for name, share in left.items()) / 2


def jaccard(left: AbstractSet[str], right: AbstractSet[str]) -> float | None:
    """Return the size of the intersection over that of the union; None for two empty sets."""
    return len(left & right) / len(left | right) if left or right else None


def weighted_jaccard(left: Mapping[str, float], right: Mapping[str, float]) -> float | None:
    """Return sum(min) / sum(max) over the weights of all elements (Ruzicka); None where no weight is above 0."""
    names: Sequence[str] = [*left, *(name for name in right if name not in left)]
    largest = sum(max(left.get(name, 0.0), right.get(name, 0.0)) for name in names)
    return sum(min(left.get(name, 0.0), right.get(name, 0.0)) for name in names) / largest if largest else None
