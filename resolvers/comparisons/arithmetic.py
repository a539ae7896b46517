"""The comparison arithmetic, as pure functions. Results are computed unrounded and rounded once, when they are served.

The significance test is the two-sided z test at the 90 percent level that BLS describes for OEWS estimates (Survey
Methods and Reliability Statement): the standard error is the published relative standard error times the estimate, and
a difference is significant where it exceeds 1.645 times its own standard error. The test assumes that the two estimates
are independent. They come from one sample, whose covariance is not published, so it is approximate.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from math import hypot, sqrt
from statistics import StatisticsError, correlation
from typing import NamedTuple, overload

from db.vocabulary import MissingReason

CRITICAL_VALUE = 1.645
"""The 95th percentile of the standard normal distribution, for a two-sided test at the 90 percent level."""

HALF_A_TENTH = 0.05
"""By how many percentage points a published relative standard error can be rounded."""

LEAST_STANDARD_ERROR_PERCENT = HALF_A_TENTH
"""The largest relative standard error that is published as 0.0."""

ROUNDING_SLACK = 1
"""By how many percentage points rounded shares of exhaustive categories may miss 100."""

DECIMALS = 4

ROUNDING = f"Computed unrounded; each result is rounded once, to {DECIMALS} decimals."


class HigherSide(Enum):
    """Which side of a comparison is higher."""

    LEFT = "LEFT"
    RIGHT = "RIGHT"
    EQUAL = "EQUAL"


class Side(Enum):
    """A side of a comparison that a client names."""

    LEFT = "LEFT"
    RIGHT = "RIGHT"


class Verdict(Enum):
    """The result of the significance test of a difference."""

    SIGNIFICANT = "SIGNIFICANT"
    NOT_SIGNIFICANT = "NOT_SIGNIFICANT"
    NOT_TESTABLE = "NOT_TESTABLE"


class Unit(Enum):
    """The unit of a difference and its two sides."""

    DOLLARS_PER_YEAR = "DOLLARS_PER_YEAR"
    DOLLARS_PER_HOUR = "DOLLARS_PER_HOUR"
    WAGE_AND_SALARY_JOBS = "WAGE_AND_SALARY_JOBS"
    OPEN_POSTINGS = "OPEN_POSTINGS"
    OPENINGS_PER_YEAR = "OPENINGS_PER_YEAR"
    YEARS = "YEARS"
    MONTHS = "MONTHS"
    PERCENTAGE_POINTS = "PERCENTAGE_POINTS"


# Python 3.11 takes as long to look up a member in its enum as to call three functions.
_LEFT, _RIGHT, _EQUAL = HigherSide
_SIGNIFICANT, _NOT_SIGNIFICANT, _NOT_TESTABLE = Verdict
_PERCENTAGE_POINTS = Unit.PERCENTAGE_POINTS


class Derivation(NamedTuple):
    """How a figure was computed: the formula, and the published figures by name."""

    formula: str
    inputs: Sequence[tuple[str, float]]
    source_ids: Sequence[str] = ()
    """The sources of inputs that are not of the figure's own source."""


@dataclass(slots=True)
class Figure:
    """One side's figure in a difference: as published, unless it has a derivation."""

    # A comparison makes dozens of figures and differences. A dataclass with slots takes half the time of a named tuple.
    name: str
    value: float | None
    source_id: str | None
    standard_error_percent: float | None = None
    occupation_id: int | None = None
    """The occupation of an estimate with a standard error. One estimate is not tested against itself."""
    reason: MissingReason = MissingReason.NOT_COLLECTED
    at_least: float | None = None
    derivation: Derivation | None = None
    group_code: str | None = None
    """The wider group that the figure is published for; None where it is the occupation's own."""
    year: int | None = None
    """The year of an estimate that is compared over time."""

    @property
    def is_published(self) -> bool:
        """Whether its value or a lower bound of it is published."""
        return self.value is not None or self.at_least is not None


@dataclass(slots=True)
class Interval:
    """A confidence interval: its level in percent and its two ends."""

    level: int
    low: float
    high: float


@dataclass(slots=True)
class Difference:
    """Two figures and their gap, unrounded. The properties are computed when a client selects them."""

    left_figure: Figure
    right_figure: Figure
    unit: Unit
    gap: float | None
    """Left minus right."""
    error: float | None
    """The standard error of the gap; None where it can't be tested."""

    @property
    def left(self) -> float | None:
        """The left side's figure, as published unless it is derived."""
        figure = self.left_figure
        return figure.value if figure.derivation is None else rounded(figure.value)

    @property
    def right(self) -> float | None:
        """The right side's figure, as published unless it is derived."""
        figure = self.right_figure
        return figure.value if figure.derivation is None else rounded(figure.value)

    @property
    def left_measure(self) -> str:
        """The name of the left side's figure."""
        return self.left_figure.name

    @property
    def right_measure(self) -> str:
        """The name of the right side's figure."""
        return self.right_figure.name

    @property
    def absolute(self) -> float | None:
        """Left minus right."""
        return rounded(self.gap)

    @property
    def percent(self) -> float | None:
        """The gap in percent of the right side; None where the figures are percentages themselves."""
        if self.gap is None or self.unit is _PERCENTAGE_POINTS:
            return None
        return rounded(percent(self.left_figure.value, self.right_figure.value))

    @property
    def higher(self) -> HigherSide | None:
        """The higher side; None where it isn't certain."""
        if self.gap is not None:
            return higher(self.gap)
        return certainly_higher(self.left_figure, self.right_figure) if self.comparable else None

    @property
    def comparable(self) -> bool:
        """Whether both figures are of one measure and not of one wider group."""
        return is_comparable(self.left_figure, self.right_figure)

    @property
    def verdict(self) -> Verdict:
        """The result of the significance test of the gap."""
        return verdict(self.gap, self.error)

    @property
    def rounding_decides(self) -> bool:
        """Whether the published errors are rounded so that the true ones can give either verdict."""
        return self.error is not None and rounding_decides(self.gap, self.left_figure, self.right_figure)

    @property
    def is_clear(self) -> bool:
        """Whether the gap is significant, however the published errors were rounded."""
        return self.verdict is _SIGNIFICANT and not self.rounding_decides

    @property
    def z_score(self) -> float | None:
        """The absolute gap divided by its standard error."""
        return None if self.gap is None or self.error is None else rounded(abs(self.gap) / self.error)

    @property
    def confidence(self) -> Interval | None:
        """The 90 percent confidence interval of the gap."""
        return None if self.gap is None or self.error is None else interval(self.gap, self.error)


def difference(left: Figure, right: Figure, unit: Unit) -> Difference:
    """Compare two figures.

    absolute = left - right; percent = 100 (left - right) / right, unless the figures are percentages themselves. A
    result that needs a missing figure or a division by zero is None. The exception is ``higher``: a top-coded figure is
    higher than a figure published below its bound. Figures that are not comparable have no gap.
    """
    if left.value is None or right.value is None or not is_comparable(left, right):
        return Difference(left, right, unit, None, None)
    return Difference(left, right, unit, left.value - right.value, standard_error_of_difference(left, right))


def is_comparable(left: Figure, right: Figure) -> bool:
    """Return whether two figures are of one measure and not of one wider group.

    The figure of a wider group that holds both occupations is one number, whose difference from itself says nothing.
    """
    return left.name == right.name and not is_of_one_group(left, right)


def is_of_one_group(left: Figure, right: Figure) -> bool:
    """Return whether both figures are published for the same wider group only."""
    return left.group_code is not None and left.group_code == right.group_code


def is_of_one_occupation(left: Figure, right: Figure) -> bool:
    """Return whether both figures are one estimate for one occupation, so that there is nothing to test."""
    return left.occupation_id == right.occupation_id and left.year == right.year and left.occupation_id is not None


def absolute(left: float | None, right: float | None) -> float | None:
    """Return left minus right."""
    return None if left is None or right is None else left - right


def percent(left: float | None, right: float | None) -> float | None:
    """Return left minus right in percent of right; None where right is 0."""
    return None if left is None or right is None or right == 0 else 100 * (left - right) / right


@overload
def higher(gap: float) -> HigherSide: ...
@overload
def higher(gap: float | None) -> HigherSide | None: ...
def higher(gap: float | None) -> HigherSide | None:
    """Return the higher side, given left minus right."""
    if gap is None:
        return None
    return _LEFT if gap > 0 else _RIGHT if gap < 0 else _EQUAL


def certainly_higher(left: Figure, right: Figure) -> HigherSide | None:
    """Return the higher side; None where it isn't certain.

    A top-coded figure may equal its bound, so only figures published below the bound are certain to be lower.
    """
    if left.value is not None and right.value is not None:
        return higher(left.value - right.value)
    if (least_gap(left, right) or 0) > 0:
        return _LEFT
    return _RIGHT if (least_gap(right, left) or 0) > 0 else None


def least_gap(capped: Figure, published: Figure) -> float | None:
    """Return the smallest possible gap of a top-coded figure over a published one; None for any other pair."""
    if capped.value is not None or capped.at_least is None:
        return None
    return absolute(capped.at_least, published.value)


def standard_error_of_difference(left: Figure, right: Figure) -> float | None:
    """Return the standard error of left minus right; None where the two can't be tested."""
    # Most figures have no standard error.
    if left.standard_error_percent is None or is_of_one_occupation(left, right):
        return None
    return standard_error(left.value, left.standard_error_percent, right.value, right.standard_error_percent)


def standard_error(
    left: float | None, left_percent: float | None, right: float | None, right_percent: float | None
) -> float | None:
    """Return sqrt(SE_left^2 + SE_right^2), the standard error of the difference of two independent estimates.

    The standard errors are given relative to the estimates, in percent, as OEWS publishes them. One published as 0.0
    may be up to 0.05 and counts as that. None where one is missing or both are published as 0.0.
    """
    if left is None or right is None or left_percent is None or right_percent is None:
        return None
    if not (left_percent or right_percent):
        return None
    left_error = (left_percent or LEAST_STANDARD_ERROR_PERCENT) / 100 * left
    right_error = (right_percent or LEAST_STANDARD_ERROR_PERCENT) / 100 * right
    return sqrt(left_error**2 + right_error**2) or None


def verdict(gap: float | None, error: float | None) -> Verdict:
    """Return the result of the z test of a gap."""
    if gap is None or error is None:
        return _NOT_TESTABLE
    return _SIGNIFICANT if abs(gap) / error > CRITICAL_VALUE else _NOT_SIGNIFICANT


def rounding_decides(gap: float | None, left: Figure, right: Figure) -> bool:
    """Return whether the rounding of the published errors decides the verdict.

    It does if the gap is significant with the smallest errors that round to the published ones, and not with the
    largest. Relative standard errors are published with one decimal.
    """
    if gap is None:
        return False
    least, largest = (_error_within_rounding(left, right, by) for by in (-HALF_A_TENTH, HALF_A_TENTH))
    return CRITICAL_VALUE * least < abs(gap) <= CRITICAL_VALUE * largest


def _error_within_rounding(left: Figure, right: Figure, by: float) -> float:
    errors = [max((figure.standard_error_percent or 0) + by, 0) / 100 * (figure.value or 0) for figure in (left, right)]
    return hypot(*errors)


def interval(gap: float, error: float) -> Interval:
    """Return the 90 percent confidence interval of a gap."""
    margin = CRITICAL_VALUE * error
    return Interval(90, rounded(gap - margin), rounded(gap + margin))


@overload
def rounded(value: float) -> float: ...
@overload
def rounded(value: float | None) -> float | None: ...
def rounded(value: float | None) -> float | None:
    """Round for output."""
    if value is None:
        return None
    # Adding zero turns a negative zero into zero. Most figures are whole, and checking that is faster than round().
    return (value if value % 1 == 0 else round(value, DECIMALS)) + 0.0


def overlap(left: tuple[float, float], right: tuple[float, float]) -> tuple[float, float] | None:
    """Return the intersection of two ranges; None where they don't meet."""
    low, high = max(left[0], right[0]), min(left[1], right[1])
    return (low, high) if low <= high else None


def dissimilarity(left: Mapping[str, float], right: Mapping[str, float]) -> float | None:
    """Return the index of dissimilarity D = 1/2 sum |p - q| (Duncan and Duncan 1955), in percentage points.

    D is the share of either side that would have to change category for the two distributions to be the same. The
    categories must be exclusive. None where they differ between the sides, or where the shares of a side miss 100 by
    more than a point, the room for rounding, because then a category is missing.
    """
    # rounded: floating-point error must not push a sum that is exactly one point off over the limit.
    exhaustive = all(abs(rounded(sum(side.values())) - 100) <= ROUNDING_SLACK for side in (left, right))
    if left.keys() != right.keys() or not exhaustive:
        return None
    return sum(abs(share - right[name]) for name, share in left.items()) / 2


def jaccard(left: AbstractSet[str], right: AbstractSet[str]) -> float | None:
    """Return the Jaccard index: the size of the intersection over that of the union; None for two empty sets."""
    return len(left & right) / len(left | right) if left or right else None


def weighted_jaccard(left: Mapping[str, float], right: Mapping[str, float]) -> float | None:
    """Return the weighted Jaccard index (Ruzicka): sum(min) / sum(max) of the weights; None where none is above 0."""
    names: Sequence[str] = [*left, *(name for name in right if name not in left)]
    largest = sum(max(left.get(name, 0.0), right.get(name, 0.0)) for name in names)
    return sum(min(left.get(name, 0.0), right.get(name, 0.0)) for name in names) / largest if largest else None


def pearson(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Return Pearson's correlation of pairs of values; None for a single pair, or where a side does not vary."""
    try:
        return correlation(left, right)
    except StatisticsError:
        return None
