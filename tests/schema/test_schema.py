"""The schema: schema.graphql is current, everything is described, and fields match the rows of resolvers."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
)
from strawberry.types.field import StrawberryField

from db import models
from execution.type_refs import core_schema
from resolvers import connections, facts, job_titles, missing, offers, rankings, salaries, search, top_pay, wider_groups
from resolvers.comparisons import (
    arithmetic,
    choices,
    decomposition,
    entry,
    explanations,
    interests,
    key_figures,
    places,
    prospects,
    responsibilities,
    salary,
    sides,
    skill_gaps,
    skill_sets,
    wage_changes,
    wage_curves,
    workforce,
)
from schema import fields
from schema.definition import build, sdl
from tests.conftest import Api

ROOT = Path(__file__).parent.parent.parent
CORE = core_schema(build())
OURS = {name: type_ for name, type_ in CORE.type_map.items() if not name.startswith("__")}

ROWS: dict[str, type] = {
    "AlternateTitle": models.AlternateTitle,
    "Area": models.Area,
    "Choices": choices.Choices,
    "Comparison": sides.Comparison,
    "Crossover": wage_curves.Crossover,
    "DegreeShare": models.Share,
    "Demographics": facts.Demographics,
    "DemographicsComparison": workforce.DemographicsComparison,
    "Difference": arithmetic.Difference,
    "DistributionComparison": workforce.DistributionComparison,
    "Education": models.Education,
    "EducationComparison": workforce.EducationComparison,
    "Explanation": explanations.Explanation,
    "EntryComparison": entry.EntryComparison,
    "EntryEducation": entry.Requirement,
    "EntryExperience": entry.Requirement,
    "EntryTraining": entry.Requirement,
    "ExplanationInput": explanations.ExplanationInput,
    "FieldOfStudy": models.FieldOfStudy,
    "WeeklyEarnings": models.WeeklyEarnings,
    "HighestPaying": top_pay.HighestPaying,
    "HighestPayingComparison": salary.HighestPayingComparison,
    "Industry": models.Industry,
    "Interest": models.Interest,
    "InterestComparison": interests.InterestComparison,
    "Interval": arithmetic.Interval,
    "Jobs": models.JobCount,
    "KeyFigure": key_figures.KeyFigure,
    "KeyFigureSide": key_figures.KeyFigureSide,
    "Lead": key_figures.Lead,
    "MissingFigure": missing.MissingFigure,
    "MoneyRange": salaries.MoneyRange,
    "MonthRange": models.Preparation,
    "Occupation": models.Occupation,
    "JobTitle": models.JobTitle,
    "OccupationGroup": models.OccupationGroup,
    "OccupationSkill": models.OccupationSkill,
    "Offer": offers.Offer,
    "Outlook": models.Outlook,
    "PageInfo": connections.PageInfo,
    "Place": places.Place,
    "PlaceComparison": places.PlaceComparison,
    "PercentileDifference": wage_curves.PercentileDifference,
    "Ranking": rankings.Ranking,
    "RankingEntry": rankings.RankingEntry,
    "RequiredDegreeShare": models.Share,
    "ResolvedTitle": job_titles.ResolvedTitle,
    "PublishedFor": wider_groups.PublishedFor,
    "RangeOverlap": salary.RangeOverlap,
    "RelatedOccupation": models.RelatedOccupation,
    "Responsibility": models.Responsibility,
    "ResponsibilityComparison": responsibilities.ResponsibilityComparison,
    "Salary": models.Wage,
    "SalaryComparison": salary.SalaryComparison,
    "SearchMatch": search.SearchMatch,
    "Share": models.Share,
    "ShareDifference": workforce.ShareDifference,
    "SharedActivity": responsibilities.SharedActivity,
    "Skill": models.Skill,
    "SkillComparison": skill_sets.SkillComparison,
    "SkillDifference": skill_sets.SkillDifference,
    "SkillGap": skill_gaps.SkillMeasure,
    "SkillGapElement": skill_gaps.ElementPart,
    "SkillOccupation": models.OccupationSkill,
    "SkillTransfer": skill_gaps.SkillMeasure,
    "SkillTransferElement": skill_gaps.ElementPart,
    "Source": models.Source,
    "TechnologyComparison": skill_sets.TechnologyComparison,
    "TextPair": workforce.TextPair,
    "TopPay": top_pay.TopPay,
    "TopPayPair": salary.TopPayPair,
    "WageChange": wage_changes.WageChange,
    "WageDecomposition": decomposition.WageDecomposition,
    "WageGap": wage_changes.WageGap,
    "WageYear": models.WageYear,
    "WageSpread": key_figures.WageSpread,
    "Wages": salaries.Wages,
    "ZoneComparison": prospects.ZoneComparison,
}
"""The row class that resolvers return for each object type. Plain fields are read from it by name."""


def row_of(name: str) -> type | None:
    if name.endswith("Connection"):
        return connections.Page
    return connections.Edge if name.endswith("Edge") else ROWS.get(name)


def attributes(row: Any) -> set[str]:
    names = set(dir(row))
    if issubclass(row, models.Row):
        names |= set(row.model_fields)
    elif dataclasses.is_dataclass(row):
        names |= {field.name for field in dataclasses.fields(row)}
    return names


def test_the_committed_schema_is_current() -> None:
    assert (ROOT / "schema.graphql").read_text(encoding="utf-8") == sdl()


@pytest.mark.parametrize("name", sorted(OURS))
def test_everything_is_described(name: str) -> None:
    type_ = OURS[name]
    undescribed = [] if type_.description else [name]
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for field_name, field in type_.fields.items():
            undescribed += [] if field.description else [f"{name}.{field_name}"]
            undescribed += [
                f"{name}.{field_name}({argument_name})"
                for argument_name, argument in field.args.items()
                if not argument.description
            ]
    elif isinstance(type_, GraphQLInputObjectType):
        undescribed += [f"{name}.{n}" for n, field in type_.fields.items() if not field.description]
    elif isinstance(type_, GraphQLEnumType):
        undescribed += [f"{name}.{n}" for n, value in type_.values.items() if not value.description]
    assert undescribed == []


@pytest.mark.parametrize(
    "name", sorted(n for n, t in OURS.items() if isinstance(t, GraphQLObjectType) and n != "Query")
)
def test_each_plain_field_is_an_attribute_of_its_row(name: str) -> None:
    type_, row = OURS[name], row_of(name)
    assert isinstance(type_, GraphQLObjectType)
    assert row is not None
    definitions: list[StrawberryField] = [f.extensions["strawberry-definition"] for f in type_.fields.values()]
    plain = {field.python_name for field in definitions if field.is_basic_field}
    assert plain - attributes(row) == set()


def test_a_field_that_can_be_refused_is_nullable() -> None:
    # A refused argument then leaves the fields next to it. Enums and booleans are checked before execution.
    harmless = {name for name, type_ in OURS.items() if isinstance(type_, GraphQLEnumType)} | {"Boolean"}
    required = {
        f"{name}.{field_name}"
        for name, type_ in OURS.items()
        if isinstance(type_, GraphQLObjectType)
        for field_name, field in type_.fields.items()
        if str(field.type).endswith("!")
        and (name == "Query" or not {str(argument.type).strip("[]!") for argument in field.args.values()} <= harmless)
    }
    assert required == set()


FIGURES = {"Int", "Float"}
NO_FIGURES = {
    "Industry": "its display level is a part of the classification, of whose industries the wages have sources",
    "SearchMatch": "its score is computed from the text that was searched for",
}
"""Types with numbers that come from no source."""


def field_types(type_: GraphQLObjectType) -> dict[str, str]:
    """Return the name of the type of each field."""
    return {name: str(field.type).strip("[]!") for name, field in type_.fields.items()}


def has_sources(type_: GraphQLObjectType) -> bool:
    """Tell whether a type has ``source`` or ``sources``, or one for each figure, such as ``priceParitySource``."""
    types = field_types(type_)
    figures = [name for name, type_name in types.items() if type_name in FIGURES]
    return bool({"source", "sources"} & types.keys() or (figures and all(f"{name}Source" in types for name in figures)))


def sourceless(types: Mapping[str, GraphQLObjectType]) -> set[str]:
    """Return the types that neither have sources nor are only reached through types that have."""
    parents = {name: {other for other, type_ in types.items() if name in field_types(type_).values()} for name in types}
    # The sources of the root are a list of all.
    without = {name for name, type_ in types.items() if name == "Query" or not has_sources(type_)}
    reached = {name for name in types if name not in without}
    while found := {name for name in without - reached if parents[name] and parents[name] <= reached}:
        reached |= found
    return without - reached


def test_every_type_with_figures_reaches_its_sources() -> None:
    types = {name: type_ for name, type_ in OURS.items() if isinstance(type_, GraphQLObjectType)}
    # The length of a list is no figure of a source.
    figures = {
        name
        for name, type_ in types.items()
        if FIGURES & {*field_types(type_).values()} and not name.endswith("Connection")
    }
    assert len(figures) > 30
    assert sourceless(types) & figures == NO_FIGURES.keys() & figures
    # A type that has lost its sources is found, with those that are reached through it.
    stripped = {name: field for name, field in types["Comparison"].fields.items() if name != "sources"}
    without = sourceless({**types, "Comparison": GraphQLObjectType("Comparison", stripped)})
    assert {"Difference", "Interval", "RangeOverlap"} <= without & figures


def test_each_figure_of_an_occupation_has_a_source_of_its_own() -> None:
    # The source of an occupation is that of its title.
    occupation = OURS["Occupation"]
    assert isinstance(occupation, GraphQLObjectType)
    types = field_types(occupation)
    figures = [name for name, type_ in types.items() if type_ in FIGURES]
    assert figures == ["jobZone", "yearsOfExperience", "jobSatisfaction"]
    assert {types[f"{name}Source"] for name in figures} == {"Source"}


def test_every_connection_pages_in_both_directions() -> None:
    arguments = {
        f"{name}.{field_name}": {"first", "after", "last", "before"} - field.args.keys()
        for name, type_ in OURS.items()
        if isinstance(type_, GraphQLObjectType)
        for field_name, field in type_.fields.items()
        if str(field.type).rstrip("!").endswith("Connection")
    }
    assert len(arguments) > 10
    assert {name: missing for name, missing in arguments.items() if missing} == {}


def test_a_null_argument_gets_the_default(full_api: Api) -> None:
    fields_of = """groups{arguments} {{ code }}
        occupation(by: {{code: "27-2012"}}) {{ salary{area} {{ annual {{ mean }} }} }}
        search(text: "producer"{first}) {{ score }}"""
    omitted, null = (
        full_api.data("{ " + fields_of.format(arguments=level, area=area, first=first) + " }")
        for level, area, first in (("", "", ""), ("(level: null)", "(area: null)", ", first: null"))
    )
    assert omitted == null
    assert len(omitted["groups"]) == 22


def test_a_field_with_other_arguments_than_its_batch_function_is_refused() -> None:
    async def answer(_parents: object, _context: object, *, area: str) -> list[Any]:
        raise AssertionError(area)

    with pytest.raises(TypeError, match=r"takes \['area'\], the field declares \['place'\]"):
        fields.batch(answer, "A field.", place=fields.Argument(str, "Where."))
