"""Skill gap and skill transfer between the sides of a comparison, element by element."""

from collections.abc import Callable, Sequence
from math import fsum
from typing import NamedTuple

from db.models import OccupationSkill, Skill
from db.vocabulary import MissingReason, SkillKind
from resolvers import skills
from resolvers.comparisons import ratings
from resolvers.comparisons.arithmetic import DECIMALS, Side, rounded
from resolvers.comparisons.ratings import Rated
from resolvers.comparisons.skill_sets import SkillComparison
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.missing import MissingFigure
from resolvers.skills import RATED, Weighted


class ElementPart(NamedTuple):
    """One rated element and its part of the total. Levels and importance run from 0 to 100."""

    skill: Skill
    from_level: float
    to_level: float
    importance: float
    gap: float
    met: float
    part: float


class SkillMeasure(NamedTuple):
    """A gap or transfer: the weighted total over elements rated on both sides, and the elements, largest part first.

    ``needed`` counts the elements that the target is rated on, ``compared`` those of them that are in the total.
    """

    toward: Side
    total: float | None
    compared: int
    needed: int
    elements: Sequence[ElementPart]
    formula: str
    note: str
    missing: Sequence[MissingFigure]
    source_ids: Sequence[str]


_GAP = (
    "total = sum(importance * gap) / sum(importance), gap = max(0, toLevel - fromLevel); "
    "part = importance * gap / sum(importance); importance is the target's"
)
_TRANSFER = (
    "total = 100 * sum(importance * met) / sum(importance * toLevel), met = min(fromLevel, toLevel); "
    "part = 100 * importance * met / sum(importance * toLevel); importance is the target's"
)
_CHANCE = "Ratings are sample averages. Their standard errors are not used, so small values may be due to chance."
_SOURCES_DIFFER = "The ratings of the two sides come from different sources."


def gap(
    parents: Sequence[SkillComparison], _: Context, *, toward: Side, kind: SkillKind | None = None
) -> Sequence[SkillMeasure]:
    """The skill gap of the other side toward the named one, in points of level."""
    return [_measure(parent, toward, _rated_kinds(kind), ratings.gap_parts, _GAP) for parent in parents]


def transfer(
    parents: Sequence[SkillComparison], _: Context, *, toward: Side, kind: SkillKind | None = None
) -> Sequence[SkillMeasure]:
    """The skill transfer of the other side toward the named one, in percent of the named side's levels."""
    return [_measure(parent, toward, _rated_kinds(kind), ratings.transfer_parts, _TRANSFER) for parent in parents]


def _rated_kinds(kind: SkillKind | None) -> Sequence[SkillKind]:
    if kind is None:
        return RATED
    if kind not in RATED:
        rated = " and ".join(rated.value for rated in RATED)
        raise BadUserInput("kind", f"it is {kind.value}; only {rated} have ratings of level and importance")
    return [kind]


def _measure(
    parent: SkillComparison,
    toward: Side,
    kinds: Sequence[SkillKind],
    parts_of: Callable[[Sequence[Rated]], list[float] | None],
    formula: str,
) -> SkillMeasure:
    both = skills.kinds_of(parent.left) & skills.kinds_of(parent.right)
    # A kind that one side lacks is left out of both, unless nothing else is asked for: then it is what is missing.
    kept = [kind for kind in kinds if kind in both] or kinds
    left, right = ([weighted for weighted in side if weighted[1].kind in kept] for side in (parent.left, parent.right))
    origin, target = (left, right) if toward is Side.RIGHT else (right, left)
    rated = _rated(origin, target)
    parts = parts_of([element for _, element in rated])
    unrated, left_out = _unrated(left, right, toward), _left_out(left, right, toward)
    return SkillMeasure(
        toward=toward,
        total=None if parts is None else rounded(fsum(parts)),
        compared=len(rated),
        needed=len(target),
        elements=[] if parts is None else _elements(rated, parts),
        formula=formula,
        note=(
            _why_none(unrated, rated)
            if parts is None
            else " ".join([*_notes(origin, target, left_out), *(parent.left_out if len(kept) < len(kinds) else ())])
        ),
        missing=unrated or [missing for _, missing in left_out],
        source_ids=list(dict.fromkeys(row.source_id for row, _ in [*left, *right])),
    )


def _rated(origin: Sequence[Weighted], target: Sequence[Weighted]) -> list[tuple[Skill, Rated]]:
    """Return the elements that have a level on both sides and an importance in the target."""
    held = {skill.slug: level for row, skill in origin if (level := row.level) is not None}
    return [
        (skill, Rated(held[skill.slug], level, importance))
        for row, skill in target
        if (level := row.level) is not None and (importance := row.importance) is not None and skill.slug in held
    ]


def _elements(rated: Sequence[tuple[Skill, Rated]], parts: Sequence[float]) -> list[ElementPart]:
    largest_first = sorted(
        zip(parts, rated, strict=True), key=lambda element: (-element[0], -element[1][1].importance, element[1][0].slug)
    )
    return [
        ElementPart(
            skill=skill,
            from_level=element.from_level,
            to_level=element.to_level,
            importance=element.importance,
            gap=round(element.gap, DECIMALS),
            met=element.met,
            part=round(part, DECIMALS),
        )
        for part, (skill, element) in largest_first
    ]


def _unrated(left: Sequence[Weighted], right: Sequence[Weighted], toward: Side) -> list[MissingFigure]:
    """Return the ratings that a side has for no element at all."""
    target = right if toward is Side.RIGHT else left
    there = {
        "left level": any(row.level is not None for row, _ in left),
        "right level": any(row.level is not None for row, _ in right),
        f"{toward.value.lower()} importance": any(row.importance is not None for row, _ in target),
    }
    return [MissingFigure(name, MissingReason.NOT_COLLECTED) for name, is_there in there.items() if not is_there]


def _left_out(left: Sequence[Weighted], right: Sequence[Weighted], toward: Side) -> list[tuple[Skill, MissingFigure]]:
    """Return the ratings without which an element of the target is left out.

    O*NET publishes both ratings of an element, so one that is missing was suppressed.
    """
    rows = [("left", _by_slug(left)), ("right", _by_slug(right))]
    target = right if toward is Side.RIGHT else left
    found: list[tuple[Skill, MissingFigure]] = []
    for _, skill in target:
        for side, of_side in rows:
            row = of_side.get(skill.slug)
            reason = MissingReason.NOT_COLLECTED if row is None else MissingReason.SUPPRESSED
            if row is None or row.level is None:
                found.append((skill, MissingFigure(f"{side} level of {skill.name}", reason)))
            if side == toward.value.lower() and row is not None and row.importance is None:
                found.append((skill, MissingFigure(f"{side} importance of {skill.name}", reason)))
    return found


def _by_slug(side: Sequence[Weighted]) -> dict[str, OccupationSkill]:
    return {skill.slug: row for row, skill in side}


_LEFT_OUT = {
    MissingReason.SUPPRESSED: "Left out, because O*NET recommends suppressing a rating of low precision: {}.",
    MissingReason.NOT_COLLECTED: "Left out, because one side has no rating: {}.",
}


def _notes(
    origin: Sequence[Weighted], target: Sequence[Weighted], left_out: Sequence[tuple[Skill, MissingFigure]]
) -> list[str]:
    same = {row.source_id for row, _ in origin} == {row.source_id for row, _ in target}
    named = {
        reason: [*dict.fromkeys(skill.name for skill, missing in left_out if missing.reason is reason)]
        for reason in _LEFT_OUT
    }
    return [
        _CHANCE,
        *([] if same else [_SOURCES_DIFFER]),
        # Names such as "Engineering and Technology" rule out commas and "and".
        *(_LEFT_OUT[reason].format("; ".join(names)) for reason, names in named.items() if names),
    ]


def _why_none(missing: Sequence[MissingFigure], rated: Sequence[object]) -> str:
    if missing:
        return f"No total: no published ratings for {', '.join(gap.figure for gap in missing)}."
    if not rated:
        return "No total: no element is rated on both sides."
    return "No total: every compared element has a weight of 0."
