"""Comparisons of the workers: education and demographics."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from db.models import Education, Share
from resolvers import facts
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import Difference, Figure, Unit, Verdict, difference, rounded
from resolvers.comparisons.sides import Comparison, both_sides, compare, figure_of
from resolvers.context import Batch, Context
from resolvers.facts import Demographics

Row_co = TypeVar("Row_co", covariant=True)


class ShareDifference(NamedTuple):
    """One category's share on each side; ``points`` is left minus right."""

    name: str
    left: float | None
    right: float | None
    points: float | None

    @property
    def verdict(self) -> Verdict:
        """The result of the significance test. No source of shares publishes standard errors."""
        return Verdict.NOT_TESTABLE


class DistributionComparison(NamedTuple):
    """Two distributions over categories, as published. The shares need not add up to 100."""

    shares: Sequence[ShareDifference]
    dissimilarity: float | None
    left_sum: float
    right_sum: float


class TextPair(NamedTuple):
    """A text of each side."""

    left: str | None
    right: str | None

    @property
    def same(self) -> bool | None:
        """Whether the texts are equal, ignoring case, in which publishers differ; None where a side has none."""
        return None if self.left is None or self.right is None else self.left.casefold() == self.right.casefold()


class EducationComparison(NamedTuple):
    """The education of workers on each side."""

    left: Education | None
    right: Education | None
    most_common_degree: TextPair
    most_common_major: TextPair
    most_common_college: TextPair


async def education(parents: Sequence[Comparison], context: Context) -> Sequence[EducationComparison | None]:
    """The comparison of education; None where neither side has any figures."""
    return [_education(left, right) for left, right in await both_sides(parents, context, facts.education)]


def _education(left: Education | None, right: Education | None) -> EducationComparison | None:
    if left is None and right is None:
        return None
    return EducationComparison(
        left=left,
        right=right,
        most_common_degree=_texts(left, right, lambda row: row.most_common_degree),
        most_common_major=_texts(left, right, lambda row: row.most_common_major),
        most_common_college=_texts(left, right, lambda row: row.most_common_college),
    )


def _texts(left: Education | None, right: Education | None, read: Callable[[Education], str | None]) -> TextPair:
    return TextPair(None if left is None else read(left), None if right is None else read(right))


async def degrees(parents: Sequence[EducationComparison], context: Context) -> Sequence[list[ShareDifference]]:
    """Each degree's share on both sides."""
    return [share_differences(left, right) for left, right in await _percents(parents, context, facts.degrees)]


class _TwoSided(Protocol[Row_co]):
    """A comparison of two rows of figures, either of which may be missing."""

    @property
    def left(self) -> Row_co | None: ...

    @property
    def right(self) -> Row_co | None: ...


async def _percents(
    parents: Sequence[_TwoSided[Row_co]], context: Context, batch: Batch[Row_co, Sequence[Share]]
) -> list[tuple[dict[str, float], dict[str, float]]]:
    """Return the shares of both sides of each comparison by name; no shares for a missing side."""
    rows = [row for parent in parents for row in (parent.left, parent.right)]
    shares = iter(await context.load_many(batch, [row for row in rows if row is not None]))
    percents = [{} if row is None else {share.name: share.percent for share in next(shares)} for row in rows]
    return [(left, spelled_as(left, right)) for left, right in zip(percents[::2], percents[1::2], strict=True)]


def spelled_as(left: Mapping[str, float], right: Mapping[str, float]) -> dict[str, float]:
    """Return the right side's shares, with the left side's spelling of names that differ only in letter case."""
    spelled = {name.casefold(): name for name in left}
    return {spelled.get(name.casefold(), name): percent for name, percent in right.items()}


def share_differences(left: Mapping[str, float], right: Mapping[str, float]) -> list[ShareDifference]:
    """Compare each category of either side, in the left side's order, then the right side's."""
    names = dict.fromkeys([*left, *right])
    return [
        ShareDifference(
            name, left.get(name), right.get(name), rounded(arithmetic.absolute(left.get(name), right.get(name)))
        )
        for name in names
    ]


class DemographicsComparison(NamedTuple):
    """The demographics of workers on each side."""

    left: Demographics | None
    right: Demographics | None


async def demographics(parents: Sequence[Comparison], context: Context) -> Sequence[DemographicsComparison | None]:
    """The comparison of demographics; None where neither side has any figures."""
    return [
        None if left is None and right is None else DemographicsComparison(left, right)
        for left, right in await both_sides(parents, context, facts.demographics)
    ]


def age(parents: Sequence[DemographicsComparison], _: Context) -> Sequence[Difference | None]:
    """The difference in age; None where neither side has one.

    Of the average ages where both sides have one, else of the median ages. If a side only has an average and the other
    only a median, both are given and not compared.
    """
    return [_age(parent.left, parent.right) for parent in parents]


_AGES: Mapping[str, Callable[[Demographics], float | None]] = {
    "averageAge": lambda row: row.average_age,
    "medianAge": lambda row: row.median_age,
}
"""The measures of age by their names in the API, the preferred one first."""


def _age(left: Demographics | None, right: Demographics | None) -> Difference | None:
    pairs = [(_age_of(left, name), _age_of(right, name)) for name in _AGES]
    of_one_measure = [pair for pair in pairs if None not in (pair[0].value, pair[1].value)]
    if of_one_measure:
        return difference(*of_one_measure[0], Unit.YEARS)
    one, other = ([figure for figure in figures if figure.value is not None] for figures in zip(*pairs, strict=True))
    if one and other:
        return difference(one[0], other[0], Unit.YEARS)
    given = [(left, right) for left, right in pairs if (left.value, right.value) != (None, None)]
    return difference(*given[0], Unit.YEARS) if given else None


def _age_of(row: Demographics | None, name: str) -> Figure:
    return figure_of(name, row, None if row is None else _AGES[name](row))


def lgbt(parents: Sequence[DemographicsComparison], _: Context) -> Sequence[Difference | None]:
    """The difference in the share of LGBT workers, in percentage points."""
    return [
        compare("lgbtPercent", (parent.left, parent.right), lambda row: row.lgbt_percent, Unit.PERCENTAGE_POINTS)
        for parent in parents
    ]


async def gender(
    parents: Sequence[DemographicsComparison], context: Context
) -> Sequence[DistributionComparison | None]:
    """The distributions by gender."""
    return [distribution(*sides, exclusive=True) for sides in await _percents(parents, context, facts.gender)]


async def race(parents: Sequence[DemographicsComparison], context: Context) -> Sequence[DistributionComparison | None]:
    """The distributions by race and ethnicity."""
    exclusive = [all(row is not None and row.race_is_exclusive for row in (p.left, p.right)) for p in parents]
    both = await _percents(parents, context, facts.race)
    return [distribution(*sides, exclusive=flag) for sides, flag in zip(both, exclusive, strict=True)]


def distribution(
    left: Mapping[str, float], right: Mapping[str, float], *, exclusive: bool
) -> DistributionComparison | None:
    """Compare two distributions; None unless both sides have one."""
    if not left or not right:
        return None
    return DistributionComparison(
        shares=share_differences(left, right),
        dissimilarity=rounded(arithmetic.dissimilarity(left, right)) if exclusive else None,
        left_sum=round(sum(left.values()), arithmetic.DECIMALS),
        right_sum=round(sum(right.values()), arithmetic.DECIMALS),
    )
