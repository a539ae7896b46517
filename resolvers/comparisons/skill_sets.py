"""Skills side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.models import Skill
from resolvers import skills
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import rounded
from resolvers.comparisons.pair import Comparison, both_sides
from resolvers.context import Context
from resolvers.skills import Weighted


@dataclass(frozen=True)
class SkillDifference:
    """One skill's weight on both sides; points is left minus right."""

    skill: Skill
    left: float | None
    right: float | None
    points: float | None


@dataclass(frozen=True)
class SkillComparison:
    """Which skills two occupations share, and how alike their skills are."""

    left: Sequence[Weighted]
    right: Sequence[Weighted]
    shared: Sequence[SkillDifference]
    only_left: Sequence[SkillDifference]
    only_right: Sequence[SkillDifference]
    jaccard: float | None
    weighted_jaccard: float | None
    truncated: bool


async def of(parents: Sequence[Comparison], context: Context) -> Sequence[SkillComparison]:
    """Skills side by side, each list in the order of the left side's, then the right side's rank."""
    return [skill_comparison(left, right) for left, right in await both_sides(parents, context, skills.in_full)]


def skill_comparison(left: Sequence[Weighted], right: Sequence[Weighted]) -> SkillComparison:
    """Compare two lists of skills by their weights: the percent if both sides are published lists, else the importance.

    Where nobody publishes a side's skills, it is unknown which it lacks: everything is empty or None. A weight that a
    side doesn't give is None, not 0: the weighted index leaves that skill out.
    """
    if not left or not right:
        return SkillComparison(left, right, [], [], [], None, None, truncated=skills.is_truncated([*left, *right]))
    named = {skill.slug: skill for _, skill in [*left, *right]}
    listed = all(row.percent is not None for row, _ in [*left, *right])
    left_weights, right_weights = (
        {skill.slug: row.percent if listed else row.importance for row, skill in side} for side in (left, right)
    )

    def compared(slug: str) -> SkillDifference:
        one, other = left_weights.get(slug), right_weights.get(slug)
        return SkillDifference(named[slug], one, other, rounded(arithmetic.absolute(one, other)))

    return SkillComparison(
        left=left,
        right=right,
        shared=[compared(slug) for slug in left_weights if slug in right_weights],
        only_left=[compared(slug) for slug in left_weights if slug not in right_weights],
        only_right=[compared(slug) for slug in right_weights if slug not in left_weights],
        jaccard=rounded(arithmetic.jaccard(left_weights.keys(), right_weights.keys())),
        weighted_jaccard=rounded(_weighted_jaccard(left_weights, right_weights)),
        truncated=skills.is_truncated([*left, *right]),
    )


def _weighted_jaccard(left: Mapping[str, float | None], right: Mapping[str, float | None]) -> float | None:
    unknown = {slug for side in (left, right) for slug, weight in side.items() if weight is None}
    known = [
        {slug: weight for slug, weight in side.items() if weight is not None and slug not in unknown}
        for side in (left, right)
    ]
    return arithmetic.weighted_jaccard(*known) if all(known) else None
