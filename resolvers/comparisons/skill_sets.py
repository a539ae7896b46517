"""Comparisons of skills as sets: shared skills, skills of one side only, and similarity."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.models import Skill
from db.vocabulary import SkillKind
from resolvers import skills
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import rounded
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.skills import Weighted


class SkillDifference(NamedTuple):
    """One skill's weight on each side; ``points`` is left minus right."""

    skill: Skill
    left: float | None
    right: float | None
    points: float | None


class TechnologyComparison(NamedTuple):
    """The technologies of both sides and of one side only. Technologies have no weights."""

    shared: Sequence[Skill]
    only_left: Sequence[Skill]
    only_right: Sequence[Skill]
    jaccard: float | None


class SkillComparison(NamedTuple):
    """The skills of both sides and of one side only, and their similarity."""

    left: Sequence[Weighted]
    right: Sequence[Weighted]
    shared: Sequence[SkillDifference]
    only_left: Sequence[SkillDifference]
    only_right: Sequence[SkillDifference]
    jaccard: float | None
    weighted_jaccard: float | None
    truncated: bool
    technologies: TechnologyComparison


async def of(parents: Sequence[Comparison], context: Context) -> Sequence[SkillComparison]:
    """The comparison of skills, each list in the order of the left side's weights, then the right side's."""
    return [skill_comparison(left, right) for left, right in await both_sides(parents, context, skills.in_full)]


def skill_comparison(left: Sequence[Weighted], right: Sequence[Weighted]) -> SkillComparison:
    """Compare published short lists by percent where both sides have one, else rated skills by importance.

    Where a side has neither, its skills are unknown: every list is empty and every index None. A missing weight is
    None, not 0, and the weighted index leaves out that skill.
    """
    kinds = skills.comparable_kinds(left, right)
    named = {skill.slug: skill for _, skill in [*left, *right]}
    left_weights, right_weights = _weights(left, kinds), _weights(right, kinds)

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
        # Ratings are complete, also where a side has a short list too.
        truncated=kinds != skills.RATED and skills.is_truncated([*left, *right]),
        technologies=_technologies(left, right),
    )


def _weights(side: Sequence[Weighted], kinds: Sequence[SkillKind]) -> dict[str, float | None]:
    return {
        skill.slug: row.percent if skill.kind is SkillKind.LISTED else row.importance
        for row, skill in side
        if skill.kind in kinds
    }


def _technologies(left: Sequence[Weighted], right: Sequence[Weighted]) -> TechnologyComparison:
    one, other = (
        {skill.slug: skill for _, skill in side if skill.kind is SkillKind.TECHNOLOGY} for side in (left, right)
    )
    if not one or not other:
        return TechnologyComparison([], [], [], None)
    return TechnologyComparison(
        shared=[skill for slug, skill in one.items() if slug in other],
        only_left=[skill for slug, skill in one.items() if slug not in other],
        only_right=[skill for slug, skill in other.items() if slug not in one],
        jaccard=rounded(arithmetic.jaccard(one.keys(), other.keys())),
    )


def _weighted_jaccard(left: Mapping[str, float | None], right: Mapping[str, float | None]) -> float | None:
    unknown = {slug for side in (left, right) for slug, weight in side.items() if weight is None}
    known = [
        {slug: weight for slug, weight in side.items() if weight is not None and slug not in unknown}
        for side in (left, right)
    ]
    return arithmetic.weighted_jaccard(*known) if all(known) else None
