"""All statements of requests, built here and executed through db/database.py.

Each function returns the same statement at each call, one for each combination of optional parts. Bound values are
passed when it is executed, by the parameter names in the function's description; a ``Keyed`` statement also takes keys.
"""

from collections.abc import Hashable, Sequence
from functools import cache, lru_cache
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    label,
    literal,
    nulls_last,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col

from db.key_sets import one_of
from db.models import (
    ALL_INDUSTRIES,
    ALL_OCCUPATIONS,
    NATION,
    AlternateTitle,
    Area,
    AreaName,
    ConsumerPriceIndex,
    Demographics,
    Description,
    Education,
    FieldOfStudy,
    GroupWage,
    Industry,
    Interest,
    JobCount,
    JobTitle,
    JobTitleOccupation,
    Occupation,
    OccupationGroup,
    OccupationPart,
    OccupationSkill,
    Outlook,
    Preparation,
    PriceParity,
    RelatedOccupation,
    Responsibility,
    ResponsibilityActivity,
    Row,
    SearchIndex,
    Share,
    Skill,
    Source,
    TopPay,
    Wage,
    WageYear,
    WeeklyEarnings,
    WiderGroup,
    WiderGroupMember,
    WorkActivity,
)
from db.paging import Key, Listing, Lists
from db.rows import Keyed, Statement, cached_by_table, keyed, keyed_several, several, single
from db.vocabulary import (
    SOURCES_OF_WORDS,
    AreaKind,
    EducationLevel,
    MissingReason,
    OccupationKind,
    SkillKind,
    TopPayKind,
    WordsSource,
)

T = TypeVar("T")
Figures = TypeVar("Figures", Wage, GroupWage)
OneEach = TypeVar("OneEach", Education, JobCount, Outlook, Preparation, WeeklyEarnings)

_FORMS = 1000
"""The number of cached combinations of filters, which is more than clients use."""

_ESCAPE = "/"

_LONGEST_TEXT = 1000
"""The number of characters of a text that LIKE looks for. No name or title is as long, so a longer text is in none.

SQLite refuses patterns of more than 50,000 bytes.
"""


def _contains(column: SQLColumnExpression[str], name: str) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    return column.icontains(bindparam(name, type_=String()), escape=_ESCAPE)


def pattern(text: str) -> str:
    """Return a text, or the start of a very long one, with the wildcards of LIKE escaped.

    SQLite ends a pattern at a NUL. No row has the replacement character, so nothing is found.
    """
    text = text[:_LONGEST_TEXT].replace("\0", "\N{REPLACEMENT CHARACTER}")
    for character in (_ESCAPE, "%", "_"):
        text = text.replace(character, _ESCAPE + character)
    return text


# Occupations


class Bounds(Protocol):
    """An inclusive range. An end that is None is open."""

    at_least: float | None
    at_most: float | None


class OccupationFilter(Protocol):
    """Conditions on occupations. One that is None matches all."""

    kind: OccupationKind | None
    group: str | None
    text: str | None
    skill: str | None
    annual_mean: Bounds | None
    annual_median: Bounds | None
    hourly_mean: Bounds | None
    annual_mean_missing: MissingReason | None
    hourly_median: Bounds | None
    growth_percent: Bounds | None
    employment: Bounds | None
    entry_education: EducationLevel | None


def _with_wages(occupations: Select[Occupation], area: Any, industry: Any) -> Select[Occupation]:  # noqa: ANN401
    """Join occupations with their wage cells in an area and an industry, each given as a value or a parameter."""
    in_place = and_(
        col(Wage.occupation_id) == Occupation.id, col(Wage.area_code) == area, col(Wage.industry_code) == industry
    )
    return occupations.join(Wage, in_place, isouter=True)


_FIGURES = {
    "annual_mean": col(Wage.annual_mean),
    "annual_median": col(Wage.annual_median),
    "hourly_mean": col(Wage.hourly_mean),
    "hourly_median": col(Wage.hourly_median),
    "growth_percent": col(Outlook.growth_percent),
    "employment": col(Wage.employment),
}


def occupations(
    wanted: OccupationFilter | None = None,
    keys: Sequence[Key] = (),
    *,
    area: str = NATION,
    industry: str = ALL_INDUSTRIES,
) -> Listing[Occupation]:
    """Occupations that match the filter, in a select that can be sorted by these keys.

    Wages and employment are those in the area and the industry.
    """
    values = {} if wanted is None else _asked(wanted)
    by_figure = any(key.expression is figure for key in keys for figure in _FIGURES.values())
    select, has_figures = _filtered(frozenset(values), by_figure=by_figure)
    return Listing(select, {**values, "area": area, "industry": industry} if has_figures else values)


def _asked(wanted: OccupationFilter) -> dict[str, Hashable]:
    """Return the values of a filter by parameter name."""
    asked: dict[str, Hashable | None] = {
        "kind": wanted.kind,
        "group": wanted.group,
        "text": None if wanted.text is None else pattern(wanted.text),
        "skill": wanted.skill,
        "entry_education": None if wanted.entry_education is None else wanted.entry_education.value,
        "annual_mean_missing": None if wanted.annual_mean_missing is None else wanted.annual_mean_missing.value,
    }
    for name in _FIGURES:
        bounds: Bounds | None = getattr(wanted, name)
        if bounds is not None:
            asked |= {f"{name}_from": bounds.at_least, f"{name}_to": bounds.at_most}
    return {name: value for name, value in asked.items() if value is not None}


@lru_cache(maxsize=_FORMS)
def _filtered(names: frozenset[str], *, by_figure: bool) -> tuple[Select[Occupation], bool]:
    """Return the select of a filter, and whether it has the figures of an ``area`` and an ``industry``."""
    # The joins take a quarter of the time of a page, so that only what needs figures has them.
    bounded = any(f"{name}_{end}" in names for name in _FIGURES for end in ("from", "to"))
    figures = by_figure or bounded or "annual_mean_missing" in names
    statement = select(Occupation)
    if "kind" in names:
        statement = statement.where(col(Occupation.kind) == bindparam("kind"))
    if "group" in names:
        below = _groups_below(col(OccupationGroup.code) == bindparam("group"))
        statement = statement.where(col(Occupation.group_code).in_(select(below.c.code)))
    if "text" in names:
        statement = statement.where(_contains(col(Occupation.title), "text"))
    if "skill" in names:
        having = select(col(OccupationSkill.occupation_id)).join(Skill, col(Skill.id) == OccupationSkill.skill_id)
        statement = statement.where(col(Occupation.id).in_(having.where(col(Skill.slug) == bindparam("skill"))))
    if "entry_education" in names:
        asked: Any = bindparam("entry_education", type_=String())
        same = select(col(Education.occupation_id)).where(col(Education.typical_entry) == asked)
        statement = statement.where(col(Occupation.id).in_(same))
    return (_with_figures(statement, names) if figures else statement), figures


def _with_figures(statement: Select[Occupation], names: frozenset[str]) -> Select[Occupation]:
    """Join occupations with the figures of an ``area`` and an ``industry``, and apply the conditions on these."""
    area, industry = (bindparam(name, type_=String()) for name in ("area", "industry"))
    outlook = col(Outlook.occupation_id) == Occupation.id
    statement = _with_wages(statement, area, industry).join(Outlook, outlook, isouter=True)
    if "annual_mean_missing" in names:
        given = func.coalesce(col(Wage.missing)["annual_mean"]["reason"].as_string(), MissingReason.NOT_COLLECTED.value)
        statement = statement.where(col(Wage.annual_mean).is_(None), given == bindparam("annual_mean_missing"))
    for name, column in _FIGURES.items():
        figure: Any = column
        if f"{name}_from" in names:
            statement = statement.where(figure >= bindparam(f"{name}_from"))
        if f"{name}_to" in names:
            statement = statement.where(figure <= bindparam(f"{name}_to"))
    return statement


@cache
def occupations_by_slug() -> Keyed[Occupation]:
    """Occupations by their slugs."""
    return keyed(select(Occupation), col(Occupation.slug))


@cache
def occupations_by_code() -> Keyed[Occupation]:
    """Occupations by their SOC codes."""
    return keyed(select(Occupation), col(Occupation.code))


@cache
def occupations_by_part() -> Keyed[Occupation]:
    """Occupations by the SOC codes of their parts."""
    statement = select(Occupation).join(OccupationPart, col(OccupationPart.occupation_id) == Occupation.id)
    return keyed(statement, col(OccupationPart.code))


@cache
def occupation_parts() -> Statement[OccupationPart]:
    """The parts of all occupations, by code. They are few."""
    return single(select(OccupationPart).order_by(col(OccupationPart.code)))


@cache
def occupations_by_id() -> Keyed[Occupation]:
    """Occupations by their row ids."""
    return keyed(select(Occupation), col(Occupation.id))


@cache
def related_occupations() -> Lists[RelatedOccupation]:
    """The related occupations of occupations, joined with the occupations for orders."""
    statement = select(RelatedOccupation).join(Occupation, col(RelatedOccupation.related_id) == Occupation.id)
    return Lists(statement, col(RelatedOccupation.occupation_id))


@cache
def parts_that_are_related() -> Keyed[tuple[int, str | None]]:
    """Occupations whose related occupations are those of their parts, as (occupation id, title of a part)."""
    number, part = col(RelatedOccupation.occupation_id), col(RelatedOccupation.part)
    statement = select(number, func.min(part)).where(part.is_not(None)).group_by(number)
    return keyed_several(statement, number)


# Search


@cache
def occupations_by_code_start() -> Statement[Occupation]:
    """Occupations whose SOC code starts with ``start``, highest employment first; at most ``limit``."""
    start: Any = bindparam("start", type_=String())
    statement = _with_wages(select(Occupation), NATION, ALL_INDUSTRIES).where(
        col(Occupation.code).startswith(start, escape=_ESCAPE)
    )
    ordered = statement.order_by(nulls_last(col(Wage.employment).desc()), col(Occupation.title))
    return single(ordered.limit(bindparam("limit", type_=Integer())))


@cache
def title_digest() -> Statement[str]:
    """What the search index was derived from: it tells one index from another."""
    return single(select(col(SearchIndex.digest)))


@cache
def search_index() -> Statement[tuple[str, bytes]]:
    """The search index and what it was derived from."""
    return several(select(col(SearchIndex.digest), col(SearchIndex.arrays)))


# Groups


@cache
def groups() -> Statement[OccupationGroup]:
    """The groups of a ``level``, in the order of their codes."""
    of_level = select(OccupationGroup).where(col(OccupationGroup.level) == bindparam("level"))
    return single(of_level.order_by(col(OccupationGroup.code)))


@cache
def group_titles() -> Statement[tuple[str, str]]:
    """The codes and titles of all groups."""
    return several(select(col(OccupationGroup.code), col(OccupationGroup.title)))


@cache
def groups_by_code() -> Keyed[OccupationGroup]:
    """Groups by their SOC codes."""
    return keyed(select(OccupationGroup), col(OccupationGroup.code))


@cache
def groups_by_parent() -> Keyed[OccupationGroup]:
    """The child groups of groups, by the parents' codes."""
    return keyed(select(OccupationGroup).order_by(col(OccupationGroup.code)), col(OccupationGroup.parent_code))


def _groups_below(top: Any) -> CTE:  # noqa: ANN401 - a condition
    """Pairs of (top, code): each group that matches the condition, with itself and all groups below it."""
    start = select(label("top", col(OccupationGroup.code)), label("code", col(OccupationGroup.code)))
    walk = start.where(top).cte("groups_below", recursive=True)
    step = select(walk.c.top, col(OccupationGroup.code)).where(col(OccupationGroup.parent_code) == walk.c.code)
    return walk.union_all(step)


@cache
def occupations_in_groups() -> Keyed[Occupation]:
    """Occupations at any level below groups, by the groups' codes."""
    below = _groups_below(one_of(col(OccupationGroup.code)))
    return Keyed(select(Occupation).join(below, col(Occupation.group_code) == below.c.code), below.c.top)


# Areas, industries, sources


def areas(kind: AreaKind | None) -> Listing[Area]:
    """All areas, or those of a kind."""
    return Listing(_areas(of_a_kind=kind is not None), _given(kind=kind))


def _given(**values: Hashable | None) -> dict[str, Hashable]:
    return {name: value for name, value in values.items() if value is not None}


@cache
def _areas(*, of_a_kind: bool) -> Select[Area]:
    statement = select(Area)
    return statement.where(col(Area.kind) == bindparam("kind")) if of_a_kind else statement


NamedArea = tuple[Area, str | None, int | None]
"""An area, another name of it and its employment, either None if there is none."""


@cache
def area_names() -> Statement[NamedArea]:
    """All areas with each of their other names; an area without any is there once."""
    all_jobs = and_(
        col(GroupWage.group_code) == ALL_OCCUPATIONS,
        col(GroupWage.area_code) == Area.code,
        col(GroupWage.industry_code) == ALL_INDUSTRIES,
    )
    named = select(Area, col(AreaName.name), col(GroupWage.employment))
    named = named.join(AreaName, col(AreaName.area_code) == Area.code, isouter=True)
    return several(named.join(GroupWage, all_jobs, isouter=True))


@cache
def areas_by_code() -> Keyed[Area]:
    """Areas by their codes."""
    return keyed(select(Area), col(Area.code))


@cache
def price_parities() -> Keyed[tuple[Area, float | None, str | None]]:
    """Areas by their codes, as (area, price parity, source id of the parity). The nation's is 100 by definition."""
    parity = cast("Mapped[float | None]", case((col(Area.code) == NATION, 100.0), else_=col(PriceParity.all_items)))
    source = cast("Mapped[str | None]", col(PriceParity.source_id))
    statement = select(Area, parity, source).join(PriceParity, col(PriceParity.area_code) == Area.code, isouter=True)
    return keyed_several(statement, col(Area.code))


def _at_national_prices(wage: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    """A wage at national prices, in a select that is joined with PriceParity; null without a parity."""
    return wage / (col(PriceParity.all_items) / 100.0)


MEAN_AT_NATIONAL_PRICES = _at_national_prices(col(Wage.annual_mean))
MEDIAN_AT_NATIONAL_PRICES = _at_national_prices(col(Wage.annual_median))


@cache
def industries_by_code() -> Keyed[Industry]:
    """Industries by their codes."""
    return keyed(select(Industry), col(Industry.code))


@cache
def industries() -> Statement[Industry]:
    """All industries, by code."""
    return single(select(Industry).order_by(col(Industry.code)))


@cache
def sources() -> Statement[Source]:
    """All sources, by name."""
    return single(select(Source).order_by(col(Source.name), col(Source.id)))


@cached_by_table
def rows_by_source(table: type[Row]) -> Statement[tuple[str, int]]:
    """The number of a table's rows of each source."""
    source: Mapped[str] = col(vars(table)["source_id"])
    return several(select(source, func.count()).group_by(source))


# Figures of occupations


@cache
def wages() -> Keyed[Wage]:
    """The cells of one ``area`` and ``industry``, and the national cells of all industries."""
    return keyed(_with_national(Wage), col(Wage.occupation_id))


def _with_national(table: type[Figures]) -> Select[Figures]:
    # A join with the two places. For an OR of two conditions, SQLite chooses a worse index.
    asked = select(
        bindparam("area", type_=String()).label("area_code"),
        bindparam("industry", type_=String()).label("industry_code"),
    )
    places = asked.union(select(literal(NATION), literal(ALL_INDUSTRIES))).cte("places")
    of_place = and_(col(table.area_code) == places.c.area_code, col(table.industry_code) == places.c.industry_code)
    return select(table).join(places, of_place)


@cache
def national_wages() -> Keyed[Wage]:
    """The national cells of all industries."""
    national = and_(col(Wage.area_code) == NATION, col(Wage.industry_code) == ALL_INDUSTRIES)
    return keyed(select(Wage).where(national), col(Wage.occupation_id))


@cache
def wage_years() -> Keyed[WageYear]:
    """National wages by year, earliest first."""
    statement = select(WageYear).order_by(col(WageYear.occupation_id), col(WageYear.year))
    return keyed(statement, col(WageYear.occupation_id))


@cache
def consumer_prices() -> Statement[ConsumerPriceIndex]:
    """The consumer price index of each year. They are few."""
    return single(select(ConsumerPriceIndex).order_by(col(ConsumerPriceIndex.year)))


@cache
def wages_by_area(*, hourly: bool) -> Keyed[tuple[int, str, str, float, float | None, float | None, str]]:
    """Annual or hourly wages of all industries in every area of a ``kind`` with a published median.

    Rows are (occupation id, area's name, area's code, median, mean, mean's relative standard error, source's id).
    """
    median = col(Wage.hourly_median) if hourly else col(Wage.annual_median)
    statement = select(
        col(Wage.occupation_id),
        col(Area.name),
        col(Area.code),
        # The condition below excludes null, which the column's type does not say.
        cast("Mapped[float]", median),
        col(Wage.hourly_mean) if hourly else col(Wage.annual_mean),
        col(Wage.wage_standard_error_percent),
        col(Wage.source_id),
    ).join(Area, col(Area.code) == Wage.area_code)
    wanted = statement.where(
        col(Area.kind) == bindparam("kind"),
        col(Wage.industry_code) == ALL_INDUSTRIES,
        median.is_not(None),
    )
    return keyed_several(wanted, col(Wage.occupation_id))


@cache
def wage_cells() -> Keyed[Wage]:
    """The cells of these ``areas`` in these ``industries``."""
    wanted = select(Wage).where(one_of(col(Wage.area_code), "areas"), one_of(col(Wage.industry_code), "industries"))
    return keyed(wanted, col(Wage.occupation_id))


@cache
def wage_sources() -> Keyed[tuple[int, str]]:
    """The sources of occupations' wages in any area and industry, as (occupation id, source id), each once."""
    number, source = col(Wage.occupation_id), col(Wage.source_id)
    return keyed_several(select(number, source).distinct().order_by(number, source), number)


@cache
def any_wage() -> Statement[int]:
    """The occupation of any one cell of an ``area`` and an ``industry``."""
    in_place = and_(col(Wage.area_code) == bindparam("area"), col(Wage.industry_code) == bindparam("industry"))
    return single(select(col(Wage.occupation_id)).where(in_place).limit(1))


@cache
def area_wages(*, of_a_kind: bool, with_parity: bool) -> Lists[Wage]:
    """The cells of all industries in all areas, or in those of a ``kind``, joined with the area for orders.

    Orders by wages at national prices need the area's price parity too.
    """
    statement = select(Wage).join(Area, col(Area.code) == Wage.area_code)
    if with_parity:
        statement = statement.join(PriceParity, col(PriceParity.area_code) == Area.code, isouter=True)
    statement = statement.where(col(Wage.industry_code) == ALL_INDUSTRIES)
    if of_a_kind:
        statement = statement.where(col(Area.kind) == bindparam("kind"))
    return Lists(statement, col(Wage.occupation_id))


@cache
def industry_wages(*, of_a_level: bool) -> Lists[Wage]:
    """The national cells of single industries, all or those of a display ``level``."""
    statement = select(Wage).where(col(Wage.area_code) == NATION, col(Wage.industry_code) != ALL_INDUSTRIES)
    if of_a_level:
        statement = statement.join(Industry, col(Industry.code) == Wage.industry_code)
        statement = statement.where(col(Industry.display_level) == bindparam("level"))
    return Lists(statement, col(Wage.occupation_id))


_FOUR_DIGITS = 4
"""The display level of 4-digit NAICS industries. Owners of whole sectors have it too."""


BestPaid = tuple[int, str, str, str, float, float, str, int, float | None, float | None, int, int]


@cache
def best_paid(critical_value: float, least_error: float, *, national_prices: bool) -> Keyed[BestPaid]:
    """The metropolitan area, state and 4-digit industry with the highest published mean annual wage.

    Each row is (occupation id, kind, code, name, mean, highest mean, source id, number of top-coded means, highest
    bound of these, relative standard error, number of other means that are not significantly lower, least employment),
    over cells with a published employment of at least ``least_employment``. Of equal means, the first code is chosen. A
    difference is significant if it exceeds ``critical_value`` standard errors; a relative standard error of 0 counts as
    ``least_error`` percent.

    With ``national_prices`` the highest mean and the highest bound are at national prices, by which the places are
    chosen, and places without a price parity are left out. The parity has no published error, so the relative standard
    errors stay.
    """
    kind = case(
        (col(Wage.industry_code) != ALL_INDUSTRIES, TopPayKind.INDUSTRY.value),
        (col(Area.kind) == AreaKind.STATE, TopPayKind.STATE.value),
        else_=TopPayKind.CITY.value,
    )
    state_or_metro = or_(col(Area.kind) == AreaKind.STATE, col(Area.kind) == AreaKind.METRO)
    place = and_(col(Wage.industry_code) == ALL_INDUSTRIES, state_or_metro)
    # Combined industries are coded with a letter, such as 3250A1; owners of sectors end in a digit, such as 611002.
    four_digits = or_(col(Industry.code).like("____00"), col(Industry.code).like("____A_"))
    industry = and_(col(Wage.area_code) == NATION, col(Industry.display_level) == _FOUR_DIGITS, four_digits)
    bound: SQLColumnExpression[Any] = col(Wage.missing)["annual_mean"]["at_least"].as_float()
    group = [col(Wage.occupation_id), kind]
    mean: SQLColumnExpression[Any] = col(Wage.annual_mean)
    error = col(Wage.wage_standard_error_percent)
    if national_prices:
        mean, bound = _at_national_prices(mean), _at_national_prices(bound)
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
            label("code", case((place, col(Area.code)), else_=col(Industry.code))),
            label("name", case((place, col(Area.name)), else_=col(Industry.title))),
            label("published", col(Wage.annual_mean)),
            label("mean", mean),
            col(Wage.source_id),
            label("top_coded", func.count(bound).over(partition_by=group)),
            label("bound", func.max(bound).over(partition_by=group)),
            label("number", func.row_number().over(partition_by=group, order_by=highest_first)),
            label("error", error),
            label("highest", func.max(mean).over(partition_by=group)),
            label(
                "its_error", func.first_value(error).over(partition_by=group, order_by=highest_first, rows=(None, 0))
            ),
        )
        .join(Area, col(Area.code) == Wage.area_code)
        .join(Industry, col(Industry.code) == Wage.industry_code)
        .where(
            one_of(col(Wage.occupation_id)),
            col(Wage.employment) >= bindparam("least_employment"),
            or_(place, industry),
        )
    )
    if national_prices:
        cells = cells.join(PriceParity, col(PriceParity.area_code) == Wage.area_code)
    columns = cells.subquery().c

    def squared_error(value: SQLColumnExpression[Any], percent: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
        one = case((percent == 0, least_error), else_=percent) / 100 * value
        return one * one

    gap = columns.highest - columns.mean
    errors = squared_error(columns.highest, columns.its_error) + squared_error(columns.mean, columns.error)
    tested = columns.error + columns.its_error > 0
    clear = and_(tested, gap * gap > critical_value * critical_value * errors)

    def of_first(column: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
        return func.max(case((columns.number == 1, column)))

    # The first one is not clearly above itself.
    statement = select(
        columns.occupation_id,
        columns.kind,
        of_first(columns.code),
        of_first(columns.name),
        of_first(columns.published),
        func.max(columns.highest),
        of_first(columns.source_id),
        func.max(columns.top_coded),
        func.max(columns.bound),
        func.max(columns.its_error),
        func.sum(case((clear, 0), else_=1)) - 1,
        bindparam("least_employment", type_=Integer()),
    )
    of_kind = statement.where(columns.mean.is_not(None)).group_by(columns.occupation_id, columns.kind)
    return Keyed(of_kind, columns.occupation_id)


@cached_by_table
def one_each(table: type[OneEach]) -> Keyed[OneEach]:
    """The rows of a table with at most one row for an occupation."""
    return keyed(select(table), col(table.occupation_id))


@cache
def group_wages() -> Keyed[GroupWage]:
    """The cells of groups in one ``area`` and ``industry``, and the national cells of all industries."""
    return keyed(_with_national(GroupWage), col(GroupWage.group_code))


@cache
def descriptions() -> Keyed[Description]:
    """Sources' descriptions of occupations."""
    statement = select(Description).order_by(col(Description.occupation_id), col(Description.source_id))
    return keyed(statement, col(Description.occupation_id))


@cache
def demographics() -> Keyed[Demographics]:
    """Demographics of occupations, a row for each source."""
    statement = select(Demographics).order_by(col(Demographics.occupation_id), col(Demographics.source_id))
    return keyed(statement, col(Demographics.occupation_id))


@cache
def wider_groups() -> Keyed[tuple[WiderGroup, Occupation]]:
    """Wider groups by their codes, each with its occupations in the order of their codes."""
    statement = (
        select(WiderGroup, Occupation)
        .join(WiderGroupMember, col(WiderGroupMember.group_code) == WiderGroup.code)
        .join(Occupation, col(Occupation.id) == WiderGroupMember.occupation_id)
        .order_by(col(WiderGroup.code), col(Occupation.code))
    )
    return keyed_several(statement, col(WiderGroup.code))


@cache
def fields_of_study() -> Lists[FieldOfStudy]:
    """The fields of study that prepare for occupations."""
    return Lists(select(FieldOfStudy), col(FieldOfStudy.occupation_id))


@cache
def fields_of_study_by_code() -> Keyed[FieldOfStudy]:
    """Fields of study by their CIP codes, one row for each occupation that a field prepares for."""
    return keyed(select(FieldOfStudy).order_by(col(FieldOfStudy.occupation_id)), col(FieldOfStudy.code))


@cache
def shares() -> Keyed[Share]:
    """The shares of these ``kinds``, in the order of their source."""
    statement = select(Share).where(one_of(col(Share.kind), "kinds"))
    return keyed(statement.order_by(col(Share.position)), col(Share.occupation_id))


@cache
def top_pay() -> Keyed[TopPay]:
    """The highest-paying places, industries and companies, as published."""
    return keyed(select(TopPay), col(TopPay.occupation_id))


@cache
def responsibilities(words: WordsSource) -> Lists[Responsibility]:
    """What people in occupations do, in the words of one source."""
    return Lists(select(Responsibility).where(_in_words_of(words)), col(Responsibility.occupation_id))


def _in_words_of(words: WordsSource) -> ColumnElement[bool]:
    return or_(*(col(Responsibility.source_id) == source for source in SOURCES_OF_WORDS[words]))


@cache
def responsibilities_by_activity() -> Keyed[tuple[Responsibility, str]]:
    """What people in occupations do, in our words, with the title of each work activity that it belongs to."""
    link = and_(
        col(ResponsibilityActivity.occupation_id) == col(Responsibility.occupation_id),
        col(ResponsibilityActivity.source_id) == col(Responsibility.source_id),
        col(ResponsibilityActivity.position) == col(Responsibility.position),
    )
    statement = (
        select(Responsibility, col(WorkActivity.title))
        .join(ResponsibilityActivity, link)
        .join(WorkActivity, col(WorkActivity.code) == col(ResponsibilityActivity.activity_code))
        .where(_in_words_of(WordsSource.ROLEGRAPH))
        .order_by(col(Responsibility.occupation_id), col(Responsibility.position), col(WorkActivity.code))
    )
    return keyed_several(statement, col(Responsibility.occupation_id))


@cache
def alternate_titles() -> Lists[AlternateTitle]:
    """Alternate titles of occupations, each once: a title that several sources name is the first source's."""
    other = aliased(AlternateTitle)
    named_before = exists().where(
        col(other.occupation_id) == col(AlternateTitle.occupation_id),
        col(other.title) == col(AlternateTitle.title),
        col(other.source_id) < col(AlternateTitle.source_id),
    )
    return Lists(select(AlternateTitle).where(~named_before), col(AlternateTitle.occupation_id))


# Interests


@cache
def interests() -> Keyed[Interest]:
    """The interests of occupations, highest score first."""
    return keyed(select(Interest).order_by(col(Interest.rank)), col(Interest.occupation_id))


# Job titles


@cache
def job_titles_by_slug() -> Keyed[JobTitle]:
    """Job titles by their slugs, see ``db.job_titles.slug_of_title``."""
    return keyed(select(JobTitle), col(JobTitle.slug))


@cache
def job_titles_by_code() -> Keyed[JobTitle]:
    """The titles of SOC occupations that are not covered, by their codes."""
    return keyed(select(JobTitle), col(JobTitle.code))


@cache
def job_titles_by_code_start() -> Statement[JobTitle]:
    """The titles of SOC occupations that are not covered whose code starts with ``start``, at most ``limit``."""
    start: Any = bindparam("start", type_=String())
    # SQLite finds the beginning of a pattern by an index only if the pattern is no parameter.
    starting = select(JobTitle).where(col(JobTitle.code) >= start, col(JobTitle.code).startswith(start, escape=_ESCAPE))
    return single(starting.order_by(col(JobTitle.code), col(JobTitle.slug)).limit(bindparam("limit", type_=Integer())))


@cache
def job_titles_by_words() -> Keyed[JobTitle]:
    """Job titles by their folded words, see ``db.job_titles.folded``.

    Several titles can have the same words. They have the same occupation.
    """
    return keyed(select(JobTitle).order_by(col(JobTitle.words), col(JobTitle.slug)), col(JobTitle.words))


@cache
def other_occupations() -> Keyed[tuple[str, Occupation]]:
    """The other occupations that job titles may be counted in, by the titles' folded words, likeliest first."""
    found = (
        select(col(JobTitleOccupation.words), Occupation)
        .join(Occupation, col(Occupation.id) == col(JobTitleOccupation.occupation_id))
        .order_by(col(JobTitleOccupation.words), col(JobTitleOccupation.rank))
    )
    return keyed_several(found, col(JobTitleOccupation.words))


# Skills

SKILL_WEIGHT = func.coalesce(OccupationSkill.percent, OccupationSkill.importance, OccupationSkill.percentile)
"""The weight of a skill in an occupation: its source's one of three measures. A technology has none."""


def skills(kind: SkillKind | None, text: str | None) -> Listing[Skill]:
    """Skills of a kind whose name contains the text."""
    values = _given(kind=kind, text=None if text is None else pattern(text))
    return Listing(_skills(frozenset(values)), values)


@cache
def _skills(names: frozenset[str]) -> Select[Skill]:
    statement = select(Skill)
    if "kind" in names:
        statement = statement.where(col(Skill.kind) == bindparam("kind"))
    if "text" in names:
        statement = statement.where(_contains(col(Skill.name), "text"))
    return statement


@cache
def skill_names() -> Statement[tuple[str, str]]:
    """The slugs and names of all skills."""
    return several(select(col(Skill.slug), col(Skill.name)))


@cache
def skills_by_slug() -> Keyed[Skill]:
    """Skills by their slugs."""
    return keyed(select(Skill), col(Skill.slug))


@cache
def skills_by_id() -> Keyed[Skill]:
    """Skills by their row ids."""
    return keyed(select(Skill), col(Skill.id))


@cache
def occupation_skills(*, of_a_kind: bool) -> Lists[OccupationSkill]:
    """The skills of occupations, all or those of one ``kind``."""
    statement = select(OccupationSkill)
    if of_a_kind:
        of_kind = select(col(Skill.id)).where(col(Skill.kind) == bindparam("kind"))
        statement = statement.where(col(OccupationSkill.skill_id).in_(of_kind))
    return Lists(statement, col(OccupationSkill.occupation_id))


@cache
def skill_occupations() -> Lists[OccupationSkill]:
    """The occupations of skills."""
    return Lists(select(OccupationSkill), col(OccupationSkill.skill_id))


@cache
def skills_in_full() -> Keyed[tuple[OccupationSkill, Skill]]:
    """All skills of occupations with their names, highest weight first, for comparisons."""
    joined = select(OccupationSkill, Skill).join(Skill, col(Skill.id) == OccupationSkill.skill_id)
    ordered = joined.order_by(
        col(OccupationSkill.occupation_id),
        SKILL_WEIGHT.desc().nulls_last(),
        col(OccupationSkill.rank),
        col(OccupationSkill.skill_id),
    )
    return keyed_several(ordered, col(OccupationSkill.occupation_id))
