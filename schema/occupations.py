"""Occupations, the groups they are in and the skills they take: three types that lead to each other."""

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from db import models
from db.rows import is_row_of
from resolvers import caveats, facts, groups, occupations, offers, salaries, skills, sources, top_pay, wage_lists
from schema.connections import AFTER, FIRST, Connection
from schema.enums import AreaKind, GroupLevel, OccupationKind, OccupationOrderField, OrderDirection, SkillKind
from schema.facts import (
    AlternateTitle,
    Demographics,
    Education,
    Jobs,
    MonthRange,
    Outlook,
    Responsibility,
    WeeklyEarnings,
)
from schema.fields import Argument, batch
from schema.salaries import MINIMUM_EMPLOYMENT, HighestPaying, Offer, Salary, SalaryOrder
from schema.sources import Source

AREA = Argument(str | None, "The code of the area; US unless given.")
INDUSTRY = Argument(str | None, "The code of the industry; all industries together unless given.")


@strawberry.interface(description="Anything that can be fetched again by its id.")
class Node:
    id: Annotated[strawberry.ID, strawberry.field(description="The global id: opaque, and the same in every database.")]


@strawberry.type(description="A detailed SOC occupation, or a role: a job title under one.")
class Occupation(Node):
    id: Annotated[strawberry.ID, batch(occupations.ids, "The global id: opaque, and the same in every database.")]
    slug: Annotated[str, strawberry.field(description="The title in the form used in URLs, such as media-producer.")]
    code: Annotated[str | None, strawberry.field(description="The SOC 2018 code, such as 27-2012; a role has none.")]
    title: Annotated[str, strawberry.field(description="The title.")]
    description: Annotated[
        str | None, batch(facts.description_text, "What those in it do, in a few sentences of its source.")
    ]
    description_source: Annotated[
        Source | None, batch(facts.description_source, "Whose words the description is in; null where there is none.")
    ]
    kind: Annotated[OccupationKind, strawberry.field(description="Whether it is a SOC occupation or a role.")]
    broader: Annotated[
        "Occupation | None",
        batch(
            occupations.broader,
            "A role's SOC occupation, null where none is known. A role's figures are never borrowed from it.",
        ),
    ]
    group: Annotated["OccupationGroup", batch(groups.of, "The SOC group that it belongs to.")]
    salary: Annotated[
        Salary | None,
        batch(
            salaries.of,
            "Wages and employment in an area and an industry; null where nobody publishes any. Industries are "
            "published for the nation only: in another area, figures by industry are missing, NOT_COLLECTED.",
            area=AREA,
            industry=INDUSTRY,
        ),
    ]
    highest_paying: Annotated[
        HighestPaying,
        batch(
            top_pay.highest_paying,
            "The highest-paying city, state, industry and company.",
            minimum_employment=MINIMUM_EMPLOYMENT,
        ),
    ]
    salaries: Annotated[
        Connection[Salary],
        batch(
            wage_lists.by_area,
            "Wages and employment in one area after another, over all industries, by the areas' names unless ordered "
            "otherwise.",
            kind=Argument(AreaKind | None, "Only areas of this kind."),
            order_by=Argument(SalaryOrder | None, "How they are ordered."),
            first=FIRST,
            after=AFTER,
        ),
    ]
    industry_salaries: Annotated[
        Connection[Salary],
        batch(
            wage_lists.by_industry,
            "Wages and employment in one industry after another, nationwide, by the industries' codes. Industries of "
            "different levels overlap: don't add them up.",
            first=FIRST,
            after=AFTER,
        ),
    ]
    offer: Annotated[
        Offer | None,
        batch(
            offers.of,
            "Between which published percentiles an annual wage lies; null where none is published in the area.",
            annual=Argument(float, "The wage, in dollars a year."),
            area=AREA,
        ),
    ]
    jobs: Annotated[Jobs | None, batch(facts.jobs, "How many jobs there are.")]
    outlook: Annotated[Outlook | None, batch(facts.outlook, "How it is projected to grow.")]
    education: Annotated[Education | None, batch(facts.education, "What workers have studied.")]
    demographics: Annotated[Demographics | None, batch(facts.demographics, "Who works in it.")]
    weekly_earnings: Annotated[
        WeeklyEarnings | None, batch(facts.weekly_earnings, "What full-time workers earn a week, by sex.")
    ]
    time_to_become: Annotated[MonthRange | None, batch(facts.time_to_become, "How long it takes to become one.")]
    job_zone: Annotated[
        int | None,
        batch(facts.job_zone, "O*NET's job zone, from 1 (little or no preparation) to 5 (extensive preparation)."),
    ]
    years_of_experience: Annotated[
        float | None, batch(facts.years_of_experience, "The years of experience that the source gives.")
    ]
    job_satisfaction: Annotated[
        float | None, batch(facts.job_satisfaction, "How satisfied workers are; null where nobody publishes it.")
    ]
    responsibilities: Annotated[
        Connection[Responsibility],
        batch(facts.responsibilities, "What those in it do, one by one.", first=FIRST, after=AFTER),
    ]
    skills: Annotated[
        "Connection[OccupationSkill]",
        batch(
            skills.of_occupations,
            "The skills it takes, weightiest first: by percent, importance or percentile, whichever their source "
            "gives. Technologies, which have none of these, come last, by rank.",
            kind=Argument(SkillKind | None, "Only skills of this kind."),
            first=FIRST,
            after=AFTER,
        ),
    ]
    alternate_titles: Annotated[
        Connection[AlternateTitle],
        batch(facts.alternate_titles, "Other names that people use for it.", first=FIRST, after=AFTER),
    ]
    related: Annotated[
        "Connection[Occupation]",
        batch(occupations.related, "Occupations that a source relates to it, closest first.", first=FIRST, after=AFTER),
    ]
    caveats: Annotated[list[str], batch(caveats.of, "What to know before trusting its figures.")]
    source: Annotated[Source, batch(sources.of, "Where its title and description come from.")]

    @classmethod
    def is_type_of(cls, obj: Any, _: Any) -> bool:  # noqa: ANN401 - graphql-core's own signature
        """Tell whether a row is of this type: what an interface asks of those that implement it."""
        return is_row_of(models.Occupation, obj)


@strawberry.type(description="A group of the Standard Occupational Classification (SOC) 2018.")
class OccupationGroup:
    code: Annotated[str, strawberry.field(description="The SOC code, such as 27-0000.")]
    title: Annotated[str, strawberry.field(description="The title.")]
    level: Annotated[GroupLevel, strawberry.field(description="Its level in the hierarchy.")]
    salary: Annotated[
        Salary | None,
        batch(
            salaries.of_groups,
            "Wages and employment of the whole group as published; null where nobody publishes any.",
            area=AREA,
            industry=INDUSTRY,
        ),
    ]
    parent: Annotated["OccupationGroup | None", batch(groups.parent_of, "The group that it is part of.")]
    children: Annotated["list[OccupationGroup]", batch(groups.children_of, "The groups right below it.")]
    occupations: Annotated[
        Connection[Occupation],
        batch(groups.occupations_of, "The occupations anywhere below it, by title.", first=FIRST, after=AFTER),
    ]


@strawberry.type(description="A skill, a field of knowledge or a technology.")
class Skill(Node):
    id: Annotated[strawberry.ID, batch(skills.ids, "The global id: opaque, and the same in every database.")]
    slug: Annotated[str, strawberry.field(description="The name in the form used in URLs, such as adobe-premiere.")]
    name: Annotated[str, strawberry.field(description="The name.")]
    kind: Annotated[SkillKind, strawberry.field(description="Where it comes from.")]
    occupations: Annotated[
        "Connection[SkillOccupation]",
        batch(
            skills.occupations_of,
            "The occupations that it counts in, where it weighs most first.",
            first=FIRST,
            after=AFTER,
        ),
    ]

    @classmethod
    def is_type_of(cls, obj: Any, _: Any) -> bool:  # noqa: ANN401 - graphql-core's own signature
        """Tell whether a row is of this type: what an interface asks of those that implement it."""
        return is_row_of(models.Skill, obj)


PERCENT = "How common it is, in percent, where it comes from a published short list."
IMPORTANCE = "How important it is, from 0 to 100, where O*NET rates it."
LEVEL = "The level it is needed at, from 0 to 100, where O*NET rates it."
PERCENTILE = "The percent of all occupations that need it less, where the Employment Projections rank them."
HOT = "Whether employers' postings often ask for it, where O*NET says."
IN_DEMAND = "Whether postings for this occupation often ask for it, where O*NET says."
RANK = "Its place among the occupation's skills of its kind; 1 is the foremost."


@strawberry.type(description="How much a skill counts in the occupation that it was reached from.")
class OccupationSkill:
    skill: Annotated[Skill, batch(skills.skill_of, "The skill.")]
    percent: Annotated[float | None, strawberry.field(description=PERCENT)]
    importance: Annotated[float | None, strawberry.field(description=IMPORTANCE)]
    level: Annotated[float | None, strawberry.field(description=LEVEL)]
    percentile: Annotated[float | None, strawberry.field(description=PERCENTILE)]
    hot: Annotated[bool | None, strawberry.field(description=HOT)]
    in_demand: Annotated[bool | None, strawberry.field(description=IN_DEMAND)]
    rank: Annotated[int, strawberry.field(description=RANK)]
    source: Annotated[Source, batch(sources.of, "Where this comes from.")]


@strawberry.type(description="How much the skill that it was reached from counts in an occupation.")
class SkillOccupation:
    occupation: Annotated[Occupation, batch(skills.occupation_of, "The occupation.")]
    percent: Annotated[float | None, strawberry.field(description=PERCENT)]
    importance: Annotated[float | None, strawberry.field(description=IMPORTANCE)]
    level: Annotated[float | None, strawberry.field(description=LEVEL)]
    percentile: Annotated[float | None, strawberry.field(description=PERCENTILE)]
    hot: Annotated[bool | None, strawberry.field(description=HOT)]
    in_demand: Annotated[bool | None, strawberry.field(description=IN_DEMAND)]
    rank: Annotated[int, strawberry.field(description=RANK)]
    source: Annotated[Source, batch(sources.of, "Where this comes from.")]


@strawberry.type(description="An occupation that resembles a search text.")
class SearchMatch:
    occupation: Annotated[Occupation, strawberry.field(description="The occupation.")]
    matched_title: Annotated[str, strawberry.field(description="The title of it that resembles the text most.")]
    score: Annotated[
        float, strawberry.field(description="How much it does, from 0 to 1; of a code, how much of it the text is.")
    ]


@strawberry.input(one_of=True, description="Names an occupation in exactly one of three ways.")
class OccupationKey:
    id: Annotated[strawberry.ID | None, strawberry.field(description="The global id.")] = UNSET
    slug: Annotated[str | None, strawberry.field(description="The slug, such as media-producer.")] = UNSET
    code: Annotated[str | None, strawberry.field(description="The SOC 2018 code, such as 27-2012.")] = UNSET


@strawberry.input(description="An inclusive range; an end that is left out is open.")
class Bounds:
    at_least: Annotated[float | None, strawberry.field(description="The lowest value that is let through.")] = UNSET
    at_most: Annotated[float | None, strawberry.field(description="The highest value that is let through.")] = UNSET


@strawberry.input(
    description="What listed occupations must be like: all that is given must hold. Wages and employment are "
    "national, over all industries; an occupation without the figure that bounds ask for is left out."
)
class OccupationFilter:
    kind: Annotated[OccupationKind | None, strawberry.field(description="Only this kind.")] = UNSET
    group: Annotated[
        str | None, strawberry.field(description="Only those anywhere below the SOC group with this code.")
    ] = UNSET
    text: Annotated[
        str | None, strawberry.field(description="Only those whose title contains this, in any letter case.")
    ] = UNSET
    skill: Annotated[str | None, strawberry.field(description="Only those that list the skill with this slug.")] = UNSET
    annual_mean: Annotated[Bounds | None, strawberry.field(description="Mean annual wage, in dollars.")] = UNSET
    annual_median: Annotated[Bounds | None, strawberry.field(description="Median annual wage, in dollars.")] = UNSET
    growth_percent: Annotated[Bounds | None, strawberry.field(description="Projected growth, in percent.")] = UNSET
    employment: Annotated[Bounds | None, strawberry.field(description="People employed.")] = UNSET
    entry_education: Annotated[
        str | None,
        strawberry.field(
            description="Only those that typically need this education to enter, in any letter case: Bachelor's degree."
        ),
    ] = UNSET


@strawberry.input(description="How a list of occupations is ordered; equal ones are ordered by slug.")
class OccupationOrder:
    field: Annotated[OccupationOrderField, strawberry.field(description="What to order by.")]
    direction: Annotated[OrderDirection, strawberry.field(description="Which end comes first.")] = OrderDirection.ASC
