"""Comparisons of the workers: education and demographics."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol, TypeVar

from db.models import Education, Share
from db.vocabulary import MissingReason
from resolvers import facts
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import Difference, Figure, Unit, Verdict, difference, rounded
from resolvers.comparisons.sides import Comparison, both_sides, compare, figure_of
from resolvers.context import Batch, Context
from resolvers.facts import Demographics
from resolvers.missing import MissingFigure

V = TypeVar("V")
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
    left_sum: float | None
    right_sum: float | None
    missing: Sequence[MissingFigure] = ()
    source_ids: Sequence[str] = ()


class TextPair(NamedTuple):
    """A text of each side."""

    left: str | None
    right: str | None
    of_one_group: bool = False
    """Whether both are published for one wider group."""

    @property
    def same(self) -> bool | None:
        """Whether the texts are equal, ignoring case, in which publishers differ; None where this says nothing."""
        if self.left is None or self.right is None or self.of_one_group:
            return None
        return self.left.casefold() == self.right.casefold()


class EducationComparison(NamedTuple):
    """The education of workers on each side."""

    left: Education | None
    right: Education | None
    most_common_degree: TextPair
    most_common_major: TextPair
    most_common_college: TextPair

    @property
    def of_one_group(self) -> bool:
        """Whether both sides' degrees are published for one wider group."""
        return _is_one(*(None if row is None else row.degrees_group_code for row in (self.left, self.right)))

    @property
    def source_ids(self) -> Sequence[str]:
        """The sources of both sides."""
        return list(dict.fromkeys(row.source_id for row in (self.left, self.right) if row is not None))


def _is_one(left: str | None, right: str | None) -> bool:
    """Return whether two codes are of one wider group."""
    return left is not None and left == right


async def education(parents: Sequence[Comparison], context: Context) -> Sequence[EducationComparison | None]:
    """The comparison of education; None where neither side has any figures."""
    return [_education(left, right) for left, right in await both_sides(parents, context, facts.education)]


def _education(left: Education | None, right: Education | None) -> EducationComparison | None:
    if left is None and right is None:
        return None
    degree = _texts(left, right, lambda row: row.most_common_degree)
    found = EducationComparison(
        left=left,
        right=right,
        most_common_degree=degree,
        most_common_major=_texts(left, right, lambda row: row.most_common_major),
        most_common_college=_texts(left, right, lambda row: row.most_common_college),
    )
    return found._replace(most_common_degree=degree._replace(of_one_group=True)) if found.of_one_group else found


def _texts(left: Education | None, right: Education | None, read: Callable[[Education], str | None]) -> TextPair:
    return TextPair(None if left is None else read(left), None if right is None else read(right))


class _TwoSided(Protocol[Row_co]):
    """A comparison of two rows of figures, either of which may be missing."""

    @property
    def left(self) -> Row_co | None: ...

    @property
    def right(self) -> Row_co | None: ...


async def degrees(parents: Sequence[EducationComparison], context: Context) -> Sequence[list[ShareDifference]]:
    """Each degree's share on both sides."""
    shares = await _of_sides(parents, context, facts.degrees)
    return [
        share_differences(*_percents(*sides), of_one_group=parent.of_one_group)
        for parent, sides in zip(parents, shares, strict=True)
    ]


async def _of_sides(
    parents: Sequence[_TwoSided[Row_co]], context: Context, batch: Batch[Row_co, V]
) -> list[tuple[V | None, V | None]]:
    """Return what a batch function returns for both sides of each comparison; None for a missing side."""
    rows = [row for parent in parents for row in (parent.left, parent.right)]
    found = iter(await context.load_many(batch, [row for row in rows if row is not None]))
    values = [None if row is None else next(found) for row in rows]
    return list(zip(values[::2], values[1::2], strict=True))


def _percents(left: Sequence[Share] | None, right: Sequence[Share] | None) -> tuple[dict[str, float], dict[str, float]]:
    """Return the published shares of both sides by name."""
    one, other = (
        {share.name: share.percent for share in side if share.percent is not None} for side in (left or (), right or ())
    )
    return one, spelled_as(one, other)


_COMPARED = ("degrees", "mostCommonDegree", "mostCommonMajor", "mostCommonCollege")


async def education_missing(parents: Sequence[EducationComparison], context: Context) -> Sequence[list[MissingFigure]]:
    """The figures that each comparison lacks, with the reason."""
    missing = await _of_sides(parents, context, facts.education_missing)
    return [
        missing_of_both(_COMPARED, *sides, of_one_group=_COMPARED[:2] if parent.of_one_group else ())
        for parent, sides in zip(parents, missing, strict=True)
    ]


def missing_of_both(
    names: Sequence[str],
    left: Sequence[MissingFigure] | None,
    right: Sequence[MissingFigure] | None,
    *,
    of_one_group: Sequence[str] = (),
) -> list[MissingFigure]:
    """Return what these figures and their categories lack on each side.

    A side without any figures is None. ``of_one_group`` are the figures that are published for one wider group.
    """
    everything = [MissingFigure(name, MissingReason.NOT_COLLECTED) for name in names]
    grouped = [MissingFigure(name, MissingReason.WIDER_GROUP_ONLY) for name in of_one_group]
    return [
        MissingFigure(f"{side} {each.figure}", each.reason)
        for side, missing in (("left", left), ("right", right))
        for each in [*(everything if missing is None else missing), *grouped]
        if each.figure.partition(".")[0] in names
    ]


def spelled_as(left: Mapping[str, float], right: Mapping[str, float]) -> dict[str, float]:
    """Return the right side's shares, with the left side's spelling of names that differ only in letter case."""
    spelled = {name.casefold(): name for name in left}
    return {spelled.get(name.casefold(), name): percent for name, percent in right.items()}


def share_differences(
    left: Mapping[str, float], right: Mapping[str, float], *, of_one_group: bool = False
) -> list[ShareDifference]:
    """Compare each category of either side, in the left side's order, then the right side's.

    Shares that are published for one wider group of both sides have no difference.
    """
    names = dict.fromkeys([*left, *right])
    points = {name: None if of_one_group else arithmetic.absolute(left.get(name), right.get(name)) for name in names}
    return [ShareDifference(name, left.get(name), right.get(name), rounded(points[name])) for name in names]


class DemographicsComparison(NamedTuple):
    """The demographics of workers on each side."""

    left: Demographics | None
    right: Demographics | None

    @property
    def of_one_group(self) -> bool:
        """Whether both sides' figures are published for one wider group."""
        return _is_one(*(None if row is None else row.group_code for row in (self.left, self.right)))

    @property
    def source_ids(self) -> Sequence[str]:
        """The sources of both sides."""
        return list(dict.fromkeys(id_ for row in (self.left, self.right) if row is not None for id_ in row.source_ids))


async def demographics(parents: Sequence[Comparison], context: Context) -> Sequence[DemographicsComparison | None]:
    """The comparison of demographics; None where neither side has any figures."""
    return [
        None if left is None and right is None else DemographicsComparison(left, right)
        for left, right in await both_sides(parents, context, facts.demographics)
    ]


def age(parents: Sequence[DemographicsComparison], _: Context) -> Sequence[Difference]:
    """The difference in age.

    Of the average ages where both sides have one, else of the median ages. If a side only has an average and the other
    only a median, both are given and not compared.
    """
    return [_age(parent.left, parent.right) for parent in parents]


_AGES: Mapping[str, Callable[[Demographics], float | None]] = {
    "averageAge": lambda row: row.average_age,
    "medianAge": lambda row: row.median_age,
}
"""The measures of age by their names in the API, the preferred one first."""


def _age(left: Demographics | None, right: Demographics | None) -> Difference:
    pairs = [(_age_of(left, name), _age_of(right, name)) for name in _AGES]
    of_one_measure = [pair for pair in pairs if None not in (pair[0].value, pair[1].value)]
    if of_one_measure:
        return difference(*of_one_measure[0], Unit.YEARS)
    one, other = ([figure for figure in figures if figure.value is not None] for figures in zip(*pairs, strict=True))
    if one and other:
        return difference(one[0], other[0], Unit.YEARS)
    given = [(left, right) for left, right in pairs if (left.value, right.value) != (None, None)]
    return difference(*(given or pairs[-1:])[0], Unit.YEARS)


def _age_of(row: Demographics | None, name: str) -> Figure:
    figure = figure_of(name, row, None if row is None else _AGES[name](row))
    return figure if row is None else replace(figure, group_code=row.group_code, reason=facts.reason_of(row, name))


def lgbt(parents: Sequence[DemographicsComparison], _: Context) -> Sequence[Difference | None]:
    """The difference in the share of LGBT workers, in percentage points."""
    return [
        compare("lgbtPercent", (parent.left, parent.right), lambda row: row.lgbt_percent, Unit.PERCENTAGE_POINTS)
        for parent in parents
    ]


async def gender(parents: Sequence[DemographicsComparison], context: Context) -> Sequence[DistributionComparison]:
    """The distributions by gender."""
    return await _distributions("gender", parents, context, facts.gender, [True] * len(parents))


async def race(parents: Sequence[DemographicsComparison], context: Context) -> Sequence[DistributionComparison]:
    """The distributions by race and ethnicity."""
    exclusive = [all(row is not None and row.race_is_exclusive for row in (p.left, p.right)) for p in parents]
    return await _distributions("race", parents, context, facts.race, exclusive)


async def _distributions(
    name: str,
    parents: Sequence[DemographicsComparison],
    context: Context,
    batch: Batch[Demographics, Sequence[Share]],
    exclusive: Sequence[bool],
) -> list[DistributionComparison]:
    shares = await _of_sides(parents, context, batch)
    missing = await _of_sides(parents, context, facts.demographics_missing)
    return [
        distribution(*_percents(*sides), exclusive=flag, of_one_group=parent.of_one_group)._replace(
            missing=missing_of_both([name], *lacking, of_one_group=[name] if parent.of_one_group and sides[0] else ()),
            source_ids=list(dict.fromkeys(share.source_id for side in sides for share in side or ())),
        )
        for parent, sides, lacking, flag in zip(parents, shares, missing, exclusive, strict=True)
    ]


def distribution(
    left: Mapping[str, float], right: Mapping[str, float], *, exclusive: bool, of_one_group: bool = False
) -> DistributionComparison:
    """Compare two distributions, either of which may be empty, or both of which may be those of one wider group."""
    comparable = exclusive and bool(left) and bool(right) and not of_one_group
    return DistributionComparison(
        shares=share_differences(left, right, of_one_group=of_one_group),
        dissimilarity=rounded(arithmetic.dissimilarity(left, right)) if comparable else None,
        left_sum=_sum(left),
        right_sum=_sum(right),
    )


def _sum(shares: Mapping[str, float]) -> float | None:
    return round(sum(shares.values()), arithmetic.DECIMALS) if shares else None
