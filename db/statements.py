"""Every question that requests ask of the tables, as statements that are built here and run elsewhere."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import CTE, ColumnElement, Select, and_, func, label, or_, select, union_all
from sqlalchemy.orm import Mapped
from sqlmodel import col

from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    Area,
    Demographics,
    Description,
    Education,
    FieldOfStudy,
    GroupWage,
    Industry,
    JobCount,
    Occupation,
    OccupationGroup,
    OccupationSkill,
    Outlook,
    Preparation,
    RelatedOccupation,
    Responsibility,
    Share,
    Skill,
    Source,
    TopPay,
    Wage,
    WeeklyEarnings,
)
from db.vocabulary import AreaKind, GroupLevel, OccupationKind, ShareKind, SkillKind

T = TypeVar("T")
OneEach = TypeVar("OneEach", Education, JobCount, Outlook, Preparation, WeeklyEarnings)


def count(statement: Select[Any]) -> Select[int]:
    """Count the rows of a statement."""
    return select(func.count()).select_from(statement.subquery())


# Occupations


class Bounds(Protocol):
    """An inclusive range; an end that is None is open."""

    at_least: float | None
    at_most: float | None


class OccupationFilter(Protocol):
    """What occupations must be like; whatever is None asks nothing. Wages are national, over all industries."""

    kind: OccupationKind | None
    group: str | None
    text: str | None
    skill: str | None
    annual_mean: Bounds | None
    annual_median: Bounds | None
    growth_percent: Bounds | None


def occupations() -> Select[Occupation]:
    """All occupations, each once, with the figures beside it that a filter or an order may speak of."""
    national = and_(
        col(Wage.occupation_id) == Occupation.id,
        col(Wage.area_code) == NATION,
        col(Wage.industry_code) == ALL_INDUSTRIES,
    )
    return (
        select(Occupation)
        .join(Wage, national, isouter=True)
        .join(Outlook, col(Outlook.occupation_id) == Occupation.id, isouter=True)
    )


def filtered(statement: Select[Occupation], wanted: OccupationFilter) -> Select[Occupation]:
    """Narrow ``occupations()`` down."""
    if wanted.kind is not None:
        statement = statement.where(col(Occupation.kind) == wanted.kind)
    if wanted.group is not None:
        below = _groups_below([wanted.group])
        statement = statement.where(col(Occupation.group_code).in_(select(below.c.code)))
    if wanted.text is not None:
        statement = statement.where(col(Occupation.title).icontains(wanted.text, autoescape=True))
    if wanted.skill is not None:
        having = select(col(OccupationSkill.occupation_id)).join(Skill, col(Skill.id) == OccupationSkill.skill_id)
        statement = statement.where(col(Occupation.id).in_(having.where(col(Skill.slug) == wanted.skill)))
    for column, bounds in (
        (col(Wage.annual_mean), wanted.annual_mean),
        (col(Wage.annual_median), wanted.annual_median),
        (col(Outlook.growth_percent), wanted.growth_percent),
    ):
        if bounds is not None:
            statement = _bounded(statement, column, bounds)
    return statement


def _bounded(statement: Select[T], column: Mapped[float | None], bounds: Bounds) -> Select[T]:
    if bounds.at_least is not None:
        statement = statement.where(column >= bounds.at_least)
    if bounds.at_most is not None:
        statement = statement.where(column <= bounds.at_most)
    return statement


def occupations_by_key(slugs: Collection[str], codes: Collection[str]) -> Select[Occupation]:
    """Occupations with one of these slugs or SOC codes."""
    return select(Occupation).where(or_(col(Occupation.slug).in_(slugs), col(Occupation.code).in_(codes)))


def occupations_by_id(ids: Collection[int]) -> Select[Occupation]:
    """Occupations with these row ids."""
    return select(Occupation).where(col(Occupation.id).in_(ids))


def titles() -> Select[int, str]:
    """Every title, an occupation's own and its alternate ones, as (occupation id, title)."""
    own = select(label("occupation_id", col(Occupation.id)), label("title", col(Occupation.title)))
    alternate = select(col(AlternateTitle.occupation_id), col(AlternateTitle.title))
    both = union_all(own, alternate).subquery()
    return select(both.c.occupation_id, both.c.title)


def related_occupations() -> Select[Occupation]:
    """Occupations that others are related to."""
    return select(Occupation).join(RelatedOccupation, col(RelatedOccupation.related_id) == Occupation.id)


# Groups


def groups(level: GroupLevel) -> Select[OccupationGroup]:
    """The groups of a level, in the order of their codes."""
    return select(OccupationGroup).where(col(OccupationGroup.level) == level).order_by(col(OccupationGroup.code))


def groups_by_code(codes: Collection[str]) -> Select[OccupationGroup]:
    """Groups with these SOC codes."""
    return select(OccupationGroup).where(col(OccupationGroup.code).in_(codes))


def groups_by_parent(codes: Collection[str]) -> Select[OccupationGroup]:
    """The groups right below those with these codes."""
    below = select(OccupationGroup).where(col(OccupationGroup.parent_code).in_(codes))
    return below.order_by(col(OccupationGroup.code))


def _groups_below(codes: Sequence[str]) -> CTE:
    """Pairs of (top, code): each of these groups with itself and everything below it."""
    start = select(label("top", col(OccupationGroup.code)), label("code", col(OccupationGroup.code)))
    walk = start.where(col(OccupationGroup.code).in_(codes)).cte("groups_below", recursive=True)
    step = select(walk.c.top, col(OccupationGroup.code)).where(col(OccupationGroup.parent_code) == walk.c.code)
    return walk.union_all(step)


def occupations_in_groups(codes: Sequence[str]) -> tuple[Select[Occupation], ColumnElement[str]]:
    """Occupations anywhere below these groups, and the column that says below which one."""
    below = _groups_below(codes)
    return select(Occupation).join(below, col(Occupation.group_code) == below.c.code), below.c.top


# Areas, industries, sources


def areas(kind: AreaKind | None, text: str | None) -> Select[Area]:
    """Areas of a kind whose name contains the text."""
    statement = select(Area)
    if kind is not None:
        statement = statement.where(col(Area.kind) == kind)
    if text is not None:
        statement = statement.where(col(Area.name).icontains(text, autoescape=True))
    return statement


def areas_by_code(codes: Collection[str]) -> Select[Area]:
    """Areas with these codes."""
    return select(Area).where(col(Area.code).in_(codes))


def industries_by_code(codes: Collection[str]) -> Select[Industry]:
    """Industries with these codes."""
    return select(Industry).where(col(Industry.code).in_(codes))


def sources() -> Select[Source]:
    """All sources, by name."""
    return select(Source).order_by(col(Source.name), col(Source.id))


# Figures of occupations


def wages(ids: Collection[int], area: str, industry: str) -> Select[Wage]:
    """The cells of one area and industry, and beside each the national one over all industries."""
    wanted = and_(col(Wage.area_code) == area, col(Wage.industry_code) == industry)
    national = and_(col(Wage.area_code) == NATION, col(Wage.industry_code) == ALL_INDUSTRIES)
    return select(Wage).where(col(Wage.occupation_id).in_(ids), or_(wanted, national))


def one_each(table: type[OneEach], ids: Collection[int]) -> Select[OneEach]:
    """The rows of a table that has at most one for an occupation."""
    return select(table).where(col(table.occupation_id).in_(ids))


def group_wages(codes: Collection[str], area: str, industry: str) -> Select[GroupWage]:
    """The cells of groups in one area and industry, and beside each the national one over all industries."""
    wanted = and_(col(GroupWage.area_code) == area, col(GroupWage.industry_code) == industry)
    national = and_(col(GroupWage.area_code) == NATION, col(GroupWage.industry_code) == ALL_INDUSTRIES)
    return select(GroupWage).where(col(GroupWage.group_code).in_(codes), or_(wanted, national))


def descriptions(ids: Collection[int]) -> Select[Description]:
    """What sources say of what those in these occupations do."""
    statement = select(Description).where(col(Description.occupation_id).in_(ids))
    return statement.order_by(col(Description.occupation_id), col(Description.source_id))


def demographics(ids: Collection[int]) -> Select[Demographics]:
    """What sources say of who works in these occupations, a row for each source."""
    statement = select(Demographics).where(col(Demographics.occupation_id).in_(ids))
    return statement.order_by(col(Demographics.occupation_id), col(Demographics.source_id))


def fields_of_study() -> Select[FieldOfStudy]:
    """The fields of study that prepare for occupations."""
    return select(FieldOfStudy)


def shares(ids: Collection[int], kind: ShareKind) -> Select[Share]:
    """The shares of a kind, in the order that their source prints them."""
    statement = select(Share).where(col(Share.occupation_id).in_(ids), col(Share.kind) == kind)
    return statement.order_by(col(Share.occupation_id), col(Share.position))


def top_pay(ids: Collection[int]) -> Select[TopPay]:
    """The highest-paying places, industries and companies that sources name."""
    return select(TopPay).where(col(TopPay.occupation_id).in_(ids))


def responsibilities() -> Select[Responsibility]:
    """What people in occupations do."""
    return select(Responsibility)


def alternate_titles() -> Select[AlternateTitle]:
    """Other names of occupations."""
    return select(AlternateTitle)


# Skills

SKILL_WEIGHT = func.coalesce(OccupationSkill.percent, OccupationSkill.importance, OccupationSkill.percentile)
"""How much a skill counts in an occupation, by the one of three measures that its source has; a technology has none."""


def skills(kind: SkillKind | None, text: str | None) -> Select[Skill]:
    """Skills of a kind whose name contains the text."""
    statement = select(Skill)
    if kind is not None:
        statement = statement.where(col(Skill.kind) == kind)
    if text is not None:
        statement = statement.where(col(Skill.name).icontains(text, autoescape=True))
    return statement


def skills_by_slug(slugs: Collection[str]) -> Select[Skill]:
    """Skills with these slugs."""
    return select(Skill).where(col(Skill.slug).in_(slugs))


def skills_by_id(ids: Collection[int]) -> Select[Skill]:
    """Skills with these row ids."""
    return select(Skill).where(col(Skill.id).in_(ids))


def occupation_skills(kind: SkillKind | None) -> Select[OccupationSkill]:
    """The skills of occupations, of one kind where that is given."""
    statement = select(OccupationSkill)
    if kind is not None:
        joined = statement.join(Skill, col(Skill.id) == OccupationSkill.skill_id)
        statement = joined.where(col(Skill.kind) == kind)
    return statement


def skills_in_full(ids: Collection[int]) -> Select[OccupationSkill, Skill]:
    """Every skill of these occupations with its name, weightiest first: what a comparison of skills is made from."""
    joined = select(OccupationSkill, Skill).join(Skill, col(Skill.id) == OccupationSkill.skill_id)
    statement = joined.where(col(OccupationSkill.occupation_id).in_(ids))
    return statement.order_by(
        col(OccupationSkill.occupation_id),
        SKILL_WEIGHT.desc().nulls_last(),
        col(OccupationSkill.rank),
        col(OccupationSkill.skill_id),
    )
