"""Every question that requests ask of the tables, as statements that are built here and run elsewhere."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import (
    CTE,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    label,
    literal,
    nulls_last,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, joinedload
from sqlmodel import col

from db import search_index
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
    Row,
    SearchTitle,
    SearchTrigram,
    Share,
    Skill,
    Source,
    TopPay,
    Wage,
    WeeklyEarnings,
)
from db.vocabulary import AreaKind, GroupLevel, OccupationKind, ShareKind, SkillKind, TopPayKind

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
    """What occupations must be like; whatever is None asks nothing.

    Wages and employment are national, over all industries.
    """

    kind: OccupationKind | None
    group: str | None
    text: str | None
    skill: str | None
    annual_mean: Bounds | None
    annual_median: Bounds | None
    growth_percent: Bounds | None
    employment: Bounds | None
    entry_education: str | None


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
    if wanted.entry_education is not None:
        same = func.lower(col(Education.typical_entry)) == func.lower(wanted.entry_education)
        statement = statement.where(col(Occupation.id).in_(select(col(Education.occupation_id)).where(same)))
    for column, bounds in (
        (col(Wage.annual_mean), wanted.annual_mean),
        (col(Wage.annual_median), wanted.annual_median),
        (col(Outlook.growth_percent), wanted.growth_percent),
        (col(Wage.employment), wanted.employment),
    ):
        if bounds is not None:
            statement = _bounded(statement, column, bounds)
    return statement


def _bounded(
    statement: Select[T], column: SQLColumnExpression[float | None] | SQLColumnExpression[int | None], bounds: Bounds
) -> Select[T]:
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


def related_occupations() -> Select[Occupation]:
    """Occupations that others are related to."""
    return select(Occupation).join(RelatedOccupation, col(RelatedOccupation.related_id) == Occupation.id)


# Search


def occupations_by_code_start(start: str, limit: int) -> Select[Occupation]:
    """Occupations whose SOC code starts so, those who employ the most in the nation first."""
    statement = occupations().where(col(Occupation.code).startswith(start, autoescape=True))
    return statement.order_by(nulls_last(col(Wage.employment).desc()), col(Occupation.title)).limit(limit)


def search_trigrams(trigrams: Collection[str]) -> Select[str, int]:
    """Those of these trigrams that stand in any title, as (trigram, titles)."""
    statement = select(col(SearchTrigram.trigram), col(SearchTrigram.titles))
    return statement.where(col(SearchTrigram.trigram).in_(trigrams))


def _search_titles() -> Select[int, int, str, str, bool, int | None]:
    """Titles as search looks for them: (id, occupation id, title, words, own, employment)."""
    # Rows of columns: making hundreds of entities takes longer than finding them.
    return select(
        col(SearchTitle.id),
        col(SearchTitle.occupation_id),
        col(SearchTitle.title),
        col(SearchTitle.words),
        col(SearchTitle.own),
        col(SearchTitle.employment),
    )


def titles_with_all(trigrams: Sequence[str], limit: int) -> Select[int, int, str, str, bool, int | None]:
    """Titles that have all of these trigrams, those that are numbered first."""
    number = search_index.INDEX.c.rowid
    having = select(number).where(*(search_index.holds(literal(trigram)) for trigram in trigrams))
    found = having.order_by(number).limit(limit).subquery()
    return _search_titles().join(found, found.c.rowid == col(SearchTitle.id)).order_by(col(SearchTitle.id))


def titles_with_most(trigrams: Collection[str], limit: int) -> Select[int, int, str, str, bool, int | None]:
    """Titles that have the most of these trigrams; of those with equally many, the ones that are numbered first."""
    number, shared = search_index.INDEX.c.rowid, func.count()
    found = (
        select(number, label("shared", shared))
        .join_from(SearchTrigram, search_index.INDEX, search_index.holds(col(SearchTrigram.trigram)))
        .where(col(SearchTrigram.trigram).in_(trigrams))
        .group_by(number)
        .order_by(shared.desc(), number)
        .limit(limit)
        .subquery()
    )
    joined = _search_titles().join(found, found.c.rowid == col(SearchTitle.id))
    return joined.order_by(found.c.shared.desc(), col(SearchTitle.id))


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


def occupations_in_groups(codes: Sequence[str]) -> Select[Occupation, str]:
    """Occupations anywhere below these groups, each with the code of the one that it is below."""
    below = _groups_below(codes)
    return select(Occupation, below.c.top).join(below, col(Occupation.group_code) == below.c.code)


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


def rows_by_source(table: type[Row]) -> Select[str, int]:
    """How many rows of a table are of each source."""
    source: Mapped[str] = col(vars(table)["source_id"])
    return select(source, func.count()).group_by(source)


# Figures of occupations


def wages(ids: Collection[int], area: str, industry: str) -> Select[Wage]:
    """The cells of one area and industry, and beside each the national one over all industries."""
    wanted = and_(col(Wage.area_code) == area, col(Wage.industry_code) == industry)
    national = and_(col(Wage.area_code) == NATION, col(Wage.industry_code) == ALL_INDUSTRIES)
    return select(Wage).where(col(Wage.occupation_id).in_(ids), or_(wanted, national))


def wages_by_area(
    ids: Collection[int], kind: AreaKind
) -> Select[int, str, str, float, float | None, float | None, str]:
    """Annual wages over all industries in every area of a kind that has a median.

    Rows are (occupation id, area's name, area's code, median, mean, mean's relative standard error, source's id).
    """
    statement = select(
        col(Wage.occupation_id),
        col(Area.name),
        col(Area.code),
        # It is not null here, which the condition sees to and the column's type can't know.
        cast("Mapped[float]", col(Wage.annual_median)),
        col(Wage.annual_mean),
        col(Wage.wage_standard_error_percent),
        col(Wage.source_id),
    ).join(Area, col(Area.code) == Wage.area_code)
    return statement.where(
        col(Area.kind) == kind,
        col(Wage.occupation_id).in_(ids),
        col(Wage.industry_code) == ALL_INDUSTRIES,
        col(Wage.annual_median).is_not(None),
    )


def wage_cells(ids: Collection[int], areas: Collection[str], industries: Collection[str]) -> Select[Wage]:
    """The cells of these areas in these industries."""
    return select(Wage).where(
        col(Wage.occupation_id).in_(ids), col(Wage.area_code).in_(areas), col(Wage.industry_code).in_(industries)
    )


def wage_sources(ids: Collection[int]) -> Select[int, str]:
    """Who publishes any wage cell of these occupations, wherever: (occupation id, the first such source)."""
    cells = select(col(Wage.occupation_id), func.min(col(Wage.source_id))).where(col(Wage.occupation_id).in_(ids))
    return cells.group_by(col(Wage.occupation_id))


def area_wages(kind: AreaKind | None) -> Select[Wage]:
    """The cells of all areas, or of all of a kind, over all industries, each with its area to order by."""
    statement = select(Wage).join(Area, col(Area.code) == Wage.area_code)
    statement = statement.where(col(Wage.industry_code) == ALL_INDUSTRIES)
    return statement if kind is None else statement.where(col(Area.kind) == kind)


def industry_wages() -> Select[Wage]:
    """The national cells of single industries."""
    return select(Wage).where(col(Wage.area_code) == NATION, col(Wage.industry_code) != ALL_INDUSTRIES)


_FOUR_DIGITS = 4
"""The display level of industries by 4 digits of NAICS; owners of whole sectors are listed at it too."""


def best_paid(ids: Collection[int], least_employment: int) -> Select[int, str, str, float, str, int, float | None]:
    """The metropolitan area, state and 4-digit industry with the highest published mean annual wage.

    Each row is (occupation id, kind, name, mean, source id, how many have a top-coded mean, the highest bound of
    these), over cells that are published to employ at least so many. Equal means are told apart by the code.
    """
    kind = case(
        (col(Wage.industry_code) != ALL_INDUSTRIES, TopPayKind.INDUSTRY.value),
        (col(Area.kind) == AreaKind.STATE, TopPayKind.STATE.value),
        else_=TopPayKind.CITY.value,
    )
    place = and_(col(Wage.industry_code) == ALL_INDUSTRIES, col(Area.kind).in_([AreaKind.STATE, AreaKind.METRO]))
    # Combined industries are coded with a letter, such as 3250A1; owners of sectors end in a digit, such as 611002.
    four_digits = or_(col(Industry.code).like("____00"), col(Industry.code).like("____A_"))
    industry = and_(col(Wage.area_code) == NATION, col(Industry.display_level) == _FOUR_DIGITS, four_digits)
    bound = col(Wage.missing)["annual_mean"]["at_least"].as_float()
    group = [col(Wage.occupation_id), kind]
    mean = col(Wage.annual_mean)
    highest_first: list[SQLColumnExpression[Any]] = [
        mean.is_(None),
        mean.desc(),
        col(Wage.area_code),
        col(Wage.industry_code),
    ]
    cells = (
        select(
            col(Wage.occupation_id),
            label("kind", kind),
            label("name", case((place, col(Area.name)), else_=col(Industry.title))),
            col(Wage.annual_mean),
            col(Wage.source_id),
            label("top_coded", func.count(bound).over(partition_by=group)),
            label("bound", func.max(bound).over(partition_by=group)),
            label("number", func.row_number().over(partition_by=group, order_by=highest_first)),
        )
        .join(Area, col(Area.code) == Wage.area_code)
        .join(Industry, col(Industry.code) == Wage.industry_code)
        .where(col(Wage.occupation_id).in_(ids), col(Wage.employment) >= least_employment, or_(place, industry))
    ).subquery()
    columns = cells.c
    first = select(
        columns.occupation_id,
        columns.kind,
        columns.name,
        columns.annual_mean,
        columns.source_id,
        columns.top_coded,
        columns.bound,
    )
    return first.where(columns.number == 1, columns.annual_mean.is_not(None))


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


def shares(ids: Collection[int], kinds: Collection[ShareKind]) -> Select[Share]:
    """The shares of these kinds, in the order that their source prints them."""
    statement = select(Share).where(col(Share.occupation_id).in_(ids), col(Share.kind).in_(kinds))
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


def occupation_skills(kind: SkillKind | None) -> Select[OccupationSkill]:
    """The skills of occupations, of one kind where that is given, each row with its skill."""
    statement = select(OccupationSkill).options(joinedload(cast("Any", OccupationSkill.skill)))
    if kind is not None:
        joined = statement.join(Skill, col(Skill.id) == OccupationSkill.skill_id)
        statement = joined.where(col(Skill.kind) == kind)
    return statement


def skill_occupations() -> Select[OccupationSkill]:
    """The same rows seen from skills, each with its occupation."""
    return select(OccupationSkill).options(joinedload(cast("Any", OccupationSkill.occupation)))


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
