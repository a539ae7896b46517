"""The explanation of each difference: its formulas, its inputs and their sources."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from db.models import Source
from db.vocabulary import MissingReason
from resolvers import sources
from resolvers.comparisons.arithmetic import (
    ROUNDING,
    Difference,
    Figure,
    Unit,
    is_of_one_group,
    is_of_one_occupation,
    least_gap,
    rounded,
)
from resolvers.context import Context
from resolvers.missing import MissingFigure


class ExplanationInput(NamedTuple):
    """An input of a formula, in the unit of the difference; standard errors are in percent."""

    name: str
    value: float | None


class Explanation(NamedTuple):
    """Everything needed to compute a difference again."""

    formula: str
    inputs: Sequence[ExplanationInput]
    rounding: str
    note: str
    source_ids: Sequence[str]


class FromSources(Protocol):
    """A result computed from figures of several sources."""

    @property
    def source_ids(self) -> Sequence[str]:
        """The ids of the sources."""
        ...


_ABSOLUTE = "absolute = left - right"
_PERCENT = "percent = 100 * (left - right) / right"
_TEST = "z = |left - right| / sqrt(SE_left^2 + SE_right^2), SE = relative standard error / 100 * estimate"
_TESTED = (
    "Significant at the 90% level if z > 1.645. The test is approximate: both estimates come from one sample, whose "
    "covariance is not published. A relative standard error published as 0.0 counts as 0.05."
)
_TESTED_OVER_TIME = (
    "Significant at the 90% level if z > 1.645. The test is approximate: it takes the estimates of the two years as "
    "independent. Each pools six semiannual samples, so that years fewer than three apart share some of them, and the "
    "largest establishments are in all. No covariance is published. The price index counts as exact. A relative "
    "standard error published as 0.0 counts as 0.05."
)
_UNTESTED = "Not tested: a test needs published standard errors on both sides that are not both 0."
_ONE_GROUP = "Not compared: both figures are published for one wider group of occupations that both sides belong to."
_ONE_OCCUPATION = "Not tested: both sides are one occupation."
_TWO_MEASURES = "Not compared: the left figure is {left}, the right figure is {right}."
_OF_GROUP = " The {side} figure is published for a wider group of occupations."
_CAPPED = "The {side} figure is top-coded: only a lower bound is published."
_APART = " It is the higher figure, by at least {gap:,.2f}."


def of(parents: Sequence[Difference], _: Context) -> Sequence[Explanation]:
    """The explanation of each difference."""
    return [_explain(parent) for parent in parents]


def _explain(difference: Difference) -> Explanation:
    tested = difference.z_score is not None
    figures = (difference.left_figure, difference.right_figure)
    derivations = [figure.derivation.formula for figure in figures if figure.derivation is not None]
    formulas = [
        *dict.fromkeys(derivations),
        *([_ABSOLUTE] if difference.comparable else []),
        *([_PERCENT] if difference.comparable and difference.unit is not Unit.PERCENTAGE_POINTS else []),
        *([_TEST] if tested else []),
    ]
    return Explanation(
        formula="; ".join(formulas),
        inputs=[
            entry for side, figure in zip(("left", "right"), figures, strict=True) for entry in _inputs(side, figure)
        ],
        rounding=ROUNDING,
        note=" ".join([_tested(*figures) if tested else _untested(*figures), *_caps(*figures)]),
        source_ids=list(dict.fromkeys(source for figure in figures for source in _source_ids(figure))),
    )


def _tested(left: Figure, right: Figure) -> str:
    return _TESTED if left.year == right.year else _TESTED_OVER_TIME


def _untested(left: Figure, right: Figure) -> str:
    if is_of_one_group(left, right):
        return _ONE_GROUP
    if is_of_one_occupation(left, right):
        return _ONE_OCCUPATION
    if left.name != right.name:
        return _TWO_MEASURES.format(left=left.name, right=right.name)
    of_group = [side for side, figure in (("left", left), ("right", right)) if figure.group_code is not None]
    return _UNTESTED + "".join(_OF_GROUP.format(side=side) for side in of_group)


def _caps(left: Figure, right: Figure) -> list[str]:
    """Name each top-coded side, and its minimum lead over the other side if it has one."""
    notes: list[str] = []
    for side, figure, other in (("left", left, right), ("right", right, left)):
        if figure.value is None and figure.at_least is not None:
            gap = least_gap(figure, other) or 0
            notes.append(_CAPPED.format(side=side) + (_APART.format(gap=gap) if gap > 0 else ""))
    return notes


def _source_ids(figure: Figure) -> list[str]:
    derived = () if figure.derivation is None else figure.derivation.source_ids
    return [*([] if figure.source_id is None else [figure.source_id]), *derived]


def _inputs(side: str, figure: Figure) -> list[ExplanationInput]:
    derived = () if figure.derivation is None else figure.derivation.inputs
    when = "" if figure.year is None else f", May {figure.year}"
    explained = [ExplanationInput(f"{side} {name}", value) for name, value in derived]
    explained.append(ExplanationInput(f"{side} {figure.name}{when}", rounded(figure.value)))
    if figure.at_least is not None:
        explained.append(ExplanationInput(f"{side} {figure.name}{when}, at least", rounded(figure.at_least)))
    if figure.standard_error_percent is not None:
        explained.append(ExplanationInput(f"{side} relative standard error{when}", figure.standard_error_percent))
    return explained


def missing(parents: Sequence[Difference], _: Context) -> Sequence[Sequence[MissingFigure]]:
    """The figures that each difference lacks, with the reason."""
    return [
        [
            *_missing("left", parent.left_figure, parent.right_figure),
            *_missing("right", parent.right_figure, parent.left_figure),
        ]
        for parent in parents
    ]


def _missing(side: str, figure: Figure, other: Figure) -> list[MissingFigure]:
    if figure.value is None:
        return [MissingFigure(f"{side} {figure.name}", figure.reason, rounded(figure.at_least))]
    if is_of_one_group(figure, other):
        return [MissingFigure(f"{side} {figure.name}", MissingReason.WIDER_GROUP_ONLY)]
    # The measure of the other side, which this side would need.
    return [] if figure.name == other.name else [MissingFigure(f"{side} {other.name}", MissingReason.NOT_COLLECTED)]


async def sources_of(parents: Sequence[FromSources], context: Context) -> Sequence[Sequence[Source]]:
    """The sources of the figures that went into each result, in the order of its ``source_ids``."""
    found = await sources.by_id(context)
    return [[found[source] for source in parent.source_ids] for parent in parents]
