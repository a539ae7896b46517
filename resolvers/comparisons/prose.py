"""Sentences about a comparison, made from the very figures and verdicts that the API serves beside them."""

from collections.abc import Sequence

from db.models import Area, Occupation, Preparation
from db.vocabulary import AreaKind
from resolvers.comparisons.arithmetic import Difference, Figure, Side, Verdict, percent

_MONTHS_A_YEAR = 12


def salary_sentence(left: Occupation, right: Occupation, mean: Difference, area: Area) -> str:
    """Say who earns more by the mean annual wage, by how much, and how sure that is."""
    where = f"the {area.name}" if area.kind is AreaKind.NATION else area.name
    if mean.left is None or mean.right is None:
        sides = f"{left.title} {_published(mean.left_figure)}, {right.title} {_published(mean.right_figure)}"
        return f"Mean annual wages in {where} can't be compared: {sides}."
    if mean.higher is Side.EQUAL:
        return f"By the mean annual wage in {where}, {left.title} and {right.title} both earn {_dollars(mean.left)}."
    ahead, behind = (left, right) if mean.higher is Side.LEFT else (right, left)
    more, less = max(mean.left, mean.right), min(mean.left, mean.right)
    gap = f"{_dollars(more - less)} ({percent(more, less):.1f}%)" if less else _dollars(more - less)
    if mean.verdict is Verdict.NOT_SIGNIFICANT:
        return (
            f"By the mean annual wage in {where} there is no clear difference: {ahead.title} {_dollars(more)}, "
            f"{behind.title} {_dollars(less)}; the gap of {gap} is not statistically significant."
        )
    certainty = {
        Verdict.SIGNIFICANT: "the difference is statistically significant",
        Verdict.NOT_TESTABLE: "the published figures don't allow a test of significance",
    }[mean.verdict]
    return (
        f"By the mean annual wage in {where}, {ahead.title} earns more: {_dollars(more)}, which is {gap} above "
        f"{behind.title}'s {_dollars(less)}; {certainty}."
    )


def preparation_sentence(sides: Sequence[tuple[Occupation, Preparation | None]]) -> str | None:
    """Say how long each takes to become, or None where neither side says."""
    spans = [(occupation.title, _span(row)) for occupation, row in sides]
    if all(span is None for _, span in spans):
        return None
    parts = [f"{title} {span or 'has no published time'}" for title, span in spans]
    return f"Time to become one: {parts[0]}, {parts[1]}."


def skills_sentence(sides: Sequence[tuple[Occupation, Sequence[str]]]) -> str | None:
    """Name the three foremost skills of each, or None where neither side lists any."""
    if not any(skills for _, skills in sides):
        return None
    parts = [f"{occupation.title}: {_and(skills[:3]) or 'none published'}" for occupation, skills in sides]
    return f"Top three skills of {parts[0]}; of {parts[1]}."


def _dollars(value: float) -> str:
    return f"${value:,.0f}"


def _published(figure: Figure) -> str:
    if figure.value is not None:
        return _dollars(figure.value)
    return "has none published" if figure.at_least is None else f"at least {_dollars(figure.at_least)}"


def _span(row: Preparation | None) -> str | None:
    if row is None or row.minimum_months is None or row.maximum_months is None:
        return None
    low, high = row.minimum_months, row.maximum_months
    whole_years = low >= _MONTHS_A_YEAR and low % _MONTHS_A_YEAR == high % _MONTHS_A_YEAR == 0
    unit, size = ("year", _MONTHS_A_YEAR) if whole_years else ("month", 1)
    low, high = low // size, high // size
    ends = str(high) if low == high else f"{low} to {high}"
    return f"takes {ends} {unit}{'' if high == 1 else 's'}"


def _and(words: Sequence[str]) -> str:
    *others, last = words or [""]
    return f"{', '.join(others)} and {last}" if others else last
