"""Comparisons of skills as sets: shared skills, skills of one side only, and similarity.

O*NET rates the same elements for every occupation, so sets of rated elements would all be alike. An element belongs to
a side's set if its importance there reaches a minimum. Measures over whole profiles use all elements rated on both
sides.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.models import Skill
from db.vocabulary import SkillKind
from resolvers import parts, skills
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import rounded
from resolvers.comparisons.formatting import listed, plain
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.skills import Weighted

MINIMUM_IMPORTANCE = 50.0
"""The importance, from 0 to 100, from which an element belongs to a side's set: O*NET's "important", 3 on 1 to 5."""

_LARGEST_IMPORTANCE = 100


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
    source_ids: Sequence[str]


class SkillComparison(NamedTuple):
    """The skills of both sides and of one side only, and their similarity."""

    left: Sequence[Weighted]
    right: Sequence[Weighted]
    kinds: Sequence[SkillKind]
    compared: int
    shared: Sequence[SkillDifference]
    only_left: Sequence[SkillDifference]
    only_right: Sequence[SkillDifference]
    jaccard: float | None
    weighted_jaccard: float | None
    correlation: float | None
    truncated: bool
    technologies: TechnologyComparison
    left_out: Sequence[str]
    note: str
    source_ids: Sequence[str]


async def of(
    parents: Sequence[Comparison], context: Context, *, minimum_importance: float = MINIMUM_IMPORTANCE
) -> Sequence[SkillComparison]:
    """The comparison of skills, each list in the order of the left side's weights, then the right side's.

    Raises BadUserInput unless the minimum importance is 0 to 100.
    """
    if not 0 <= minimum_importance <= _LARGEST_IMPORTANCE:
        raise BadUserInput(
            "minimumImportance", f"it is {minimum_importance:g}; it must be between 0 and {_LARGEST_IMPORTANCE}"
        )
    weighted = await both_sides(parents, context, skills.in_full)
    only_parts = await both_sides(parents, context, parts.are_rated_alone)
    return [
        skill_comparison(left, right, (parent.left.title, parent.right.title), minimum_importance, of_parts)
        for parent, (left, right), of_parts in zip(parents, weighted, only_parts, strict=True)
    ]


def skill_comparison(
    left: Sequence[Weighted],
    right: Sequence[Weighted],
    titles: tuple[str, str] = ("the left side", "the right side"),
    minimum_importance: float = MINIMUM_IMPORTANCE,
    only_parts: tuple[bool, bool] = (False, False),
) -> SkillComparison:
    """Compare published short lists by percent where both sides have one, else rated skills by importance.

    A kind of rated skills that one side lacks is left out of both sides, and so is an element whose importance is
    missing on one. Where no kind is left, every list is empty and every index None. In short lists, whose sets are the
    lists, the weighted index leaves out skills without a percent.
    """
    kinds = skills.comparable_kinds(left, right)
    by_rating = SkillKind.LISTED not in kinds
    named = {skill.slug: skill for _, skill in [*left, *right]}
    left_weights, right_weights = _weights(left, kinds), _weights(right, kinds)
    if by_rating:
        left_weights, right_weights = _known_on_both(left_weights, right_weights)
    left_set, right_set = (
        {slug for slug, weight in side.items() if not by_rating or (weight or 0) >= minimum_importance}
        for side in (left_weights, right_weights)
    )

    def compared(slug: str) -> SkillDifference:
        one, other = left_weights.get(slug), right_weights.get(slug)
        return SkillDifference(named[slug], one, other, rounded(arithmetic.absolute(one, other)))

    missing = left_out(left, right, titles, only_parts)
    return SkillComparison(
        left=left,
        right=right,
        kinds=kinds,
        compared=len(left_weights.keys() & right_weights.keys()),
        shared=[compared(slug) for slug in left_weights if slug in left_set & right_set],
        only_left=[compared(slug) for slug in left_weights if slug in left_set - right_set],
        only_right=[compared(slug) for slug in right_weights if slug in right_set - left_set],
        jaccard=rounded(arithmetic.jaccard(left_set, right_set)),
        weighted_jaccard=rounded(_weighted_jaccard(left_weights, right_weights)),
        correlation=rounded(_correlation(left_weights, right_weights)) if by_rating else None,
        # Ratings are complete, also where a side has a short list too.
        truncated=(not kinds or not by_rating) and skills.is_truncated([*left, *right]),
        technologies=_technologies(left, right),
        left_out=missing,
        note=" ".join([*_definition(kinds, minimum_importance), *missing]),
        source_ids=_sources(left, right, kinds),
    )


_Weights = Mapping[str, float | None]


def _weights(side: Sequence[Weighted], kinds: Sequence[SkillKind]) -> _Weights:
    return {
        skill.slug: row.percent if skill.kind is SkillKind.LISTED else row.importance
        for row, skill in side
        if skill.kind in kinds
    }


def _known_on_both(left: _Weights, right: _Weights) -> tuple[_Weights, _Weights]:
    known = {slug for slug, weight in left.items() if weight is not None and right.get(slug) is not None}
    one, other = ({slug: weight for slug, weight in side.items() if slug in known} for side in (left, right))
    return one, other


def _sources(left: Sequence[Weighted], right: Sequence[Weighted], kinds: Sequence[SkillKind]) -> list[str]:
    return list(dict.fromkeys(row.source_id for row, skill in [*left, *right] if skill.kind in kinds))


_RATERS = {
    SkillKind.SKILL: "O*NET's analysts rate skills",
    SkillKind.KNOWLEDGE: "workers and occupational experts rate knowledge areas",
}


def _definition(kinds: Sequence[SkillKind], minimum_importance: float) -> list[str]:
    """Say what puts a skill into a side's set, and who rates it."""
    if not kinds:
        return []
    if SkillKind.LISTED in kinds:
        return ["The sets are the published short lists."]
    important = f"Elements with an importance of {plain(minimum_importance)} or more of 100 count as important"
    raters = "; ".join(_RATERS[kind] for kind in kinds)
    return [f"{important} and form a side's set.", f"{raters[0].upper()}{raters[1:]}."]


_KIND_NAMES = {SkillKind.SKILL: "Skills", SkillKind.KNOWLEDGE: "Knowledge areas"}


def left_out(
    left: Sequence[Weighted],
    right: Sequence[Weighted],
    titles: tuple[str, str],
    only_parts: tuple[bool, bool] = (False, False),
) -> list[str]:
    """Say which skills are not compared, and name the side that lacks them.

    ``only_parts`` says of each side whether O*NET only rates parts of it.
    """
    sides = [skills.kinds_of(left), skills.kinds_of(right)]
    kinds = skills.comparable_kinds(left, right)
    if SkillKind.LISTED in kinds:
        return []
    if kinds:
        return [
            f"{name} are not compared: no O*NET ratings of them are available for {_lacking(sides, titles, kind)}."
            for kind, name in _KIND_NAMES.items()
            if any(kind in side for side in sides) and kind not in kinds
        ]
    without = {
        title: of_parts
        for title, side, of_parts in zip(titles, sides, only_parts, strict=True)
        if not side & {SkillKind.LISTED, *skills.RATED}
    }
    if len(without) == len(titles) and len({*without.values()}) == 1:
        without = {"either side": any(only_parts)}
    if without:
        named = (
            f"O*NET rates only parts of {title}" if of_parts else f"none are published for {title}"
            for title, of_parts in without.items()
        )
        return [f"Skills are not compared: {'; '.join(named)}."]
    return ["Skills are not compared: a short list is published for one side, and O*NET ratings for the other."]


_PRECISION = {
    SkillKind.SKILL: ("skills", "4 points of 100 for skills (rated by analysts)"),
    SkillKind.KNOWLEDGE: ("knowledge areas", "6 for knowledge areas (rated by workers or experts)"),
}
"""Each kind of element, and the median standard error of its importance in O*NET's files."""


def rating_caveats(left: Sequence[Weighted], right: Sequence[Weighted]) -> list[str]:
    """Say how precise the compared ratings are."""
    kinds = [kind for kind in skills.comparable_kinds(left, right) if kind in _PRECISION]
    if not kinds:
        return []
    rated, errors = (listed(names) for names in zip(*(_PRECISION[kind] for kind in kinds), strict=True))
    return [
        (
            f"O*NET's ratings of {rated} are means over a few raters. Their standard error is typically {errors}. "
            f"Small gaps, close ranks and importances near {plain(MINIMUM_IMPORTANCE)} can be due to chance."
        )
    ]


def _lacking(sides: Sequence[set[SkillKind]], titles: tuple[str, str], kind: SkillKind) -> str:
    return next(title for title, side in zip(titles, sides, strict=True) if kind not in side)


def _technologies(left: Sequence[Weighted], right: Sequence[Weighted]) -> TechnologyComparison:
    one, other = (
        {skill.slug: skill for _, skill in side if skill.kind is SkillKind.TECHNOLOGY} for side in (left, right)
    )
    if not one or not other:
        return TechnologyComparison([], [], [], None, [])
    return TechnologyComparison(
        shared=[skill for slug, skill in one.items() if slug in other],
        only_left=[skill for slug, skill in one.items() if slug not in other],
        only_right=[skill for slug, skill in other.items() if slug not in one],
        jaccard=rounded(arithmetic.jaccard(one.keys(), other.keys())),
        source_ids=_sources(left, right, [SkillKind.TECHNOLOGY]),
    )


def _weighted_jaccard(left: _Weights, right: _Weights) -> float | None:
    unknown = {slug for side in (left, right) for slug, weight in side.items() if weight is None}
    known = [
        {slug: weight for slug, weight in side.items() if weight is not None and slug not in unknown}
        for side in (left, right)
    ]
    return arithmetic.weighted_jaccard(*known) if all(known) else None


def _correlation(left: _Weights, right: _Weights) -> float | None:
    pairs = [(one, other) for slug, one in left.items() if (other := right[slug]) is not None and one is not None]
    return arithmetic.pearson([one for one, _ in pairs], [other for _, other in pairs])
