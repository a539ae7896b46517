"""The comparison of interests: both sides' scores of Holland's six types, and the correlation of the two profiles.

The correlation is Pearson's r over the six scores. O*NET's Interest Profiler links the scores of a person to those of
occupations by it. Here both profiles are occupations'.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.models import Interest
from db.vocabulary import InterestName, MissingReason
from resolvers import interests, parts
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import rounded
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.missing import MissingFigure


class InterestComparison(NamedTuple):
    """The scores of both sides, highest first, and their correlation; None unless both sides have scores that vary."""

    left: Sequence[Interest]
    right: Sequence[Interest]
    correlation: float | None
    note: str
    missing: Sequence[MissingFigure]
    source_ids: Sequence[str]


_FORMULA = "correlation = Pearson's r of left and right over the six types."
_LIMITS = (
    "It compares the shape of two profiles, not how high they are. Six scores are few, and O*NET publishes no standard "
    "errors, so that it is not tested. It says nothing of what the people in these occupations like."
)


async def of(parents: Sequence[Comparison], context: Context) -> list[InterestComparison | None]:
    """The comparison of interests; None where neither side has scores."""
    scored = await both_sides(parents, context, interests.of_occupations)
    unscored = [
        side
        for parent, pair in zip(parents, scored, strict=True)
        for side, rows in zip((parent.left, parent.right), pair, strict=True)
        if any(pair) and not rows
    ]
    in_parts = dict(zip([side.id for side in unscored], await parts.have_parts(unscored, context), strict=True))
    return [
        _compared(parent, *pair, in_parts) if any(pair) else None for parent, pair in zip(parents, scored, strict=True)
    ]


def _compared(
    parent: Comparison, left: Sequence[Interest], right: Sequence[Interest], in_parts: Mapping[int | None, bool]
) -> InterestComparison:
    sides = (("left", parent.left, left), ("right", parent.right, right))
    without = [(side, occupation) for side, occupation, rows in sides if not rows]
    why = [
        f"O*NET {'only scores parts of' if in_parts[occupation.id] else 'has no scores of'} {occupation.title}"
        for _, occupation in without
    ]
    return InterestComparison(
        left=left,
        right=right,
        correlation=rounded(correlation(left, right)),
        note=f"Interests are not compared: {why[0]}." if why else f"{_FORMULA} {_LIMITS}",
        missing=[MissingFigure(f"{side} interests", MissingReason.NOT_COLLECTED) for side, _ in without],
        source_ids=list(dict.fromkeys(row.source_id for row in (*left, *right))),
    )


def correlation(left: Sequence[Interest], right: Sequence[Interest]) -> float | None:
    """Return Pearson's r of two profiles; None where one is missing or does not vary."""
    profiles = [{row.name: row.score for row in side} for side in (left, right)]
    if not all(profiles):
        return None
    return arithmetic.pearson(*([profile[name] for name in InterestName] for profile in profiles))
