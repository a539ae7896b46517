"""Skills side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.models import OccupationSkill, Skill
from resolvers import caveats, skills
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
    """Compare two lists of skills by their weights: the percent of a published list, else the importance."""
    named = {skill.slug: skill for _, skill in [*left, *right]}
    left_rows, right_rows = ({skill.slug: row for row, skill in side} for side in (left, right))
    left_weights, right_weights = (
        {slug: weight for slug, row in rows.items() if (weight := _weight(row)) is not None}
        for rows in (left_rows, right_rows)
    )

    def compared(slug: str) -> SkillDifference:
        one, other = left_weights.get(slug), right_weights.get(slug)
        return SkillDifference(named[slug], one, other, rounded(arithmetic.absolute(one, other)))

    return SkillComparison(
        shared=[compared(slug) for slug in left_rows if slug in right_rows],
        only_left=[compared(slug) for slug in left_rows if slug not in right_rows],
        only_right=[compared(slug) for slug in right_rows if slug not in left_rows],
        jaccard=rounded(arithmetic.jaccard(left_rows.keys(), right_rows.keys())),
        weighted_jaccard=rounded(arithmetic.weighted_jaccard(left_weights, right_weights)),
        truncated=caveats.is_truncated([*left, *right]),
    )


def _weight(row: OccupationSkill) -> float | None:
    return row.importance if row.percent is None else row.percent
