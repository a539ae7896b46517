"""Skills, and their weights in occupations."""

from collections.abc import Sequence

from sqlmodel import col

from db import statements
from db.models import Occupation, OccupationSkill, Skill
from db.paging import Key
from db.vocabulary import SkillKind
from resolvers.connections import Order, Page, connection, connections
from resolvers.context import Context
from resolvers.occupations import row_ids
from resolvers.search_text import filled

_BY_NAME = Order("skills", (Key(col(Skill.name)), Key(col(Skill.slug))))
_WEIGHT = Key(statements.SKILL_WEIGHT, descending=True, nullable=True)
_OF_OCCUPATION = Order(
    "skills of an occupation", (_WEIGHT, Key(col(OccupationSkill.rank)), Key(col(OccupationSkill.skill_id)))
)
_OF_SKILL = Order("occupations of a skill", (_WEIGHT, Key(col(OccupationSkill.occupation_id))))


async def by_slug(parents: Sequence[None], context: Context, *, slug: str) -> Sequence[Skill | None]:
    """The skill with this slug."""
    return [await context.database.first(statements.skills_by_slug(), slug)] * len(parents)


async def listing(
    parents: Sequence[None],
    context: Context,
    *,
    kind: SkillKind | None = None,
    text: str | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Skill]]:
    """Skills by name: all of them, or those of a kind or with the text in their names."""
    return [
        await connection(
            context, statements.skills(kind, filled(text)), _BY_NAME, first=first, after=after, last=last, before=before
        )
        for _ in parents
    ]


async def of_occupations(
    parents: Sequence[Occupation],
    context: Context,
    *,
    kind: SkillKind | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[OccupationSkill]]:
    """The skills of each occupation by weight, largest first, then those without a weight by rank."""
    lists = statements.occupation_skills(of_a_kind=kind is not None)
    asked = {} if kind is None else {"kind": kind}
    return await connections(
        context, lists, row_ids(parents), _OF_OCCUPATION, first=first, after=after, last=last, before=before, **asked
    )


async def occupations_of(
    parents: Sequence[Skill],
    context: Context,
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[OccupationSkill]]:
    """The occupations with each skill, by the skill's weight in them, largest first."""
    lists = statements.skill_occupations()
    return await connections(
        context, lists, [parent.id for parent in parents], _OF_SKILL, first=first, after=after, last=last, before=before
    )


async def skill_of(parents: Sequence[OccupationSkill], context: Context) -> Sequence[Skill]:
    """The skill of each row."""
    return await context.database.one_each(statements.skills_by_id(), [parent.skill_id for parent in parents])


async def occupation_of(parents: Sequence[OccupationSkill], context: Context) -> Sequence[Occupation]:
    """The occupation of each row."""
    ids = [parent.occupation_id for parent in parents]
    return await context.database.one_each(statements.occupations_by_id(), ids)


Weighted = tuple[OccupationSkill, Skill]

RATED = (SkillKind.SKILL, SkillKind.KNOWLEDGE)
"""The kinds of skills that O*NET rates for importance and level."""


def weight(row: OccupationSkill) -> float | None:
    """The weight of a skill: the percent of a short list, otherwise O*NET's importance."""
    return row.importance if row.percent is None else row.percent


async def in_full(parents: Sequence[Occupation], context: Context) -> Sequence[Sequence[Weighted]]:
    """All skills of each occupation with their weights, in the order of ``of_occupations``."""
    return await context.database.each(statements.skills_in_full(), row_ids(parents))


def is_truncated(weighted: Sequence[Weighted]) -> bool:
    """Whether skills come from a short list, cut by its publisher."""
    return any(skill.kind is SkillKind.LISTED for _, skill in weighted)


def comparable_kinds(left: Sequence[Weighted], right: Sequence[Weighted]) -> Sequence[SkillKind]:
    """The kinds of skills to compare two sides by: short lists if both have one, else the kinds rated on both."""
    both = kinds_of(left) & kinds_of(right)
    return [SkillKind.LISTED] if SkillKind.LISTED in both else [kind for kind in RATED if kind in both]


def kinds_of(weighted: Sequence[Weighted]) -> set[SkillKind]:
    """The kinds of skills that an occupation has."""
    return {skill.kind for _, skill in weighted}
