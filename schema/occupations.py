"""Occupations, their groups and their skills: three types that refer to each other."""

from typing import Annotated

import strawberry
from strawberry import UNSET

from db import models
from resolvers import (
    caveats,
    facts,
    global_ids,
    groups,
    occupations,
    offers,
    salaries,
    skills,
    sources,
    top_pay,
    wage_history,
    wage_lists,
)
from resolvers import (
    interests as riasec,
)
from resolvers.comparisons import wage_changes
from schema.connections import Connection, paged
from schema.enums import (
    AreaKind,
    EducationLevel,
    GroupLevel,
    MissingReason,
    OccupationKind,
    OccupationOrderField,
    OrderDirection,
    SkillKind,
    WordsSource,
)
from schema.facts import (
    AlternateTitle,
    Demographics,
    Education,
    Interest,
    Jobs,
    MonthRange,
    Outlook,
    Responsibility,
    WeeklyEarnings,
)
from schema.fields import Argument, batch, described
from schema.nodes import GLOBAL_ID, Node, rows_of
from schema.salaries import (
    AT_NATIONAL_PRICES,
    MINIMUM_EMPLOYMENT,
    HighestPaying,
    IndustrySalaryOrder,
    Offer,
    Salary,
    SalaryOrder,
)
from schema.sources import Source
from schema.wage_history import WAGE_YEARS, WageChange, WageYear

AREA = Argument(str | None, "Area code, such as CA or 31080. areas(text:) finds codes.")
INDUSTRY = Argument(
    str | None,
    "Industry code as NAICS or OEWS writes it, such as 31-33, 54, 5418 or 541800. A finer NAICS code stands for the "
    "narrowest published industry that contains it. industries(text:) finds codes. Default: all industries together.",
)
WAGE_INDUSTRY = Argument(
    INDUSTRY.type,
    f"{INDUSTRY.description} OEWS publishes wages by industry only for the nation: with another area it is an error.",
)

SEARCH = 700
"""The price of a search by the words of titles."""


@strawberry.type(description="A detailed SOC occupation, or a role: a job title within one.")
class Occupation(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("Occupation", "slug"), GLOBAL_ID)]
    slug: Annotated[str, described("Title as used in URLs, such as media-producer.")]
    code: Annotated[str | None, described("SOC 2018 code, such as 27-2012; null for a role.")]
    title: Annotated[str, described("Title of the occupation.")]
    description: Annotated[
        str | None,
        batch(
            facts.description_text,
            "What workers in the occupation do, in a few sentences; null if there is no source.",
            price=1,
        ),
    ]
    description_source: Annotated[
        Source | None, batch(facts.description_source, "Source of the description; null without a description.")
    ]
    kind: Annotated[OccupationKind, described("Whether this is a SOC occupation or a role.")]
    broader: Annotated[
        "Occupation | None",
        batch(
            occupations.broader,
            "SOC occupation of a role; null if unknown, and for a SOC occupation. A role's figures are never taken "
            "from it.",
        ),
    ]
    group: Annotated["OccupationGroup", batch(groups.of, "SOC group that contains the occupation.")]
    salary: Annotated[
        Salary | None,
        batch(
            salaries.of,
            "Wages and employment in an area and an industry; null if no source publishes wages of this occupation. "
            "Industry figures are only published for the nation; in another area, they are missing as NOT_COLLECTED.",
            area=AREA,
            industry=INDUSTRY,
        ),
    ]
    highest_paying: Annotated[
        HighestPaying | None,
        batch(
            top_pay.highest_paying,
            "Highest-paying city, state, industry and company.",
            price=480,
            minimum_employment=MINIMUM_EMPLOYMENT,
            at_national_prices=AT_NATIONAL_PRICES,
        ),
    ]
    salaries: Annotated[
        Connection[Salary] | None,
        paged(
            wage_lists.by_area,
            "Wages and employment by area, over all industries, ordered by area name by default.",
            price=40,
            kind=Argument(AreaKind | None, "Return only areas of this type."),
            order_by=Argument(SalaryOrder | None, "Order of the list. Default: area name, ascending."),
        ),
    ]
    industry_salaries: Annotated[
        Connection[Salary] | None,
        paged(
            wage_lists.by_industry,
            "Wages and employment by industry, nationwide, ordered by industry code by default. Industries of "
            "different levels overlap, so do not add up their employment.",
            price=6,
            level=Argument(int | None, "Return only industries of this display level, from 1 to 5."),
            order_by=Argument(
                IndustrySalaryOrder | None, "Order of the list. Default: industry code, ascending.", price=6
            ),
        ),
    ]
    wage_history: Annotated[
        list[WageYear],
        batch(
            wage_history.of,
            "National wages in May of each year since 2021, earliest first, over all industries; empty if no source "
            "publishes any. Estimates of earlier years use another classification or another method.",
            price=5,
            size=WAGE_YEARS,
        ),
    ]
    wage_change: Annotated[
        WageChange | None,
        batch(
            wage_changes.of,
            "Change of national wages from the first to the last year of wageHistory; null without wages of two years.",
            price=10,
        ),
    ]
    offer: Annotated[
        Offer | None,
        batch(
            offers.of,
            "Position of an annual wage among the published percentiles in an area; null if none is published there.",
            price=5,
            annual=Argument(float, "Annual wage, in US dollars, 0 or more."),
            area=AREA,
        ),
    ]
    jobs: Annotated[Jobs | None, batch(facts.jobs, "Number of jobs, nationwide; null if not published.")]
    outlook: Annotated[Outlook | None, batch(facts.outlook, "Projected employment; null if not published.")]
    education: Annotated[
        Education | None,
        batch(facts.education, "Education of workers and typical entry requirements; null if no source covers it."),
    ]
    demographics: Annotated[
        Demographics | None, batch(facts.demographics, "Age, gender and race of workers; null if no source covers it.")
    ]
    weekly_earnings: Annotated[
        WeeklyEarnings | None,
        batch(
            facts.weekly_earnings, "Median weekly earnings of full-time workers by sex; null if no source covers it."
        ),
    ]
    time_to_become: Annotated[
        MonthRange | None,
        batch(
            facts.time_to_become,
            "Months of preparation: the range that a role's source gives; otherwise the range of Specific Vocational "
            "Preparation (SVP) of O*NET's job zone, which is one range for many occupations. SVP counts a four-year "
            "degree as two years, and general education not at all. Null if there is no source.",
        ),
    ]
    job_zone: Annotated[
        int | None,
        batch(
            facts.job_zone,
            "O*NET job zone, from 1 (little or no preparation) to 5 (extensive preparation); null if not published.",
            price=1,
        ),
    ]
    job_zone_source: Annotated[
        Source | None, batch(facts.job_zone_source, "Source of the job zone; null without a job zone.", price=1)
    ]
    years_of_experience: Annotated[
        float | None,
        batch(facts.years_of_experience, "Years of experience that the source gives; null if not published.", price=1),
    ]
    years_of_experience_source: Annotated[
        Source | None,
        batch(facts.years_of_experience_source, "Source of the years of experience; null if not published.", price=1),
    ]
    job_satisfaction: Annotated[
        float | None,
        batch(facts.job_satisfaction, "Job satisfaction of workers, as published; null if not published.", price=1),
    ]
    job_satisfaction_source: Annotated[
        Source | None,
        batch(facts.job_satisfaction_source, "Source of the job satisfaction; null if not published.", price=1),
    ]
    responsibilities: Annotated[
        Connection[Responsibility] | None,
        paged(
            facts.responsibilities,
            "Responsibilities of workers in one source's words, core ones first. O*NET's task statements are listed "
            "once its files are imported.",
            price=2,
            source=Argument(WordsSource, "Source of the words."),
        ),
    ]
    skills: Annotated[
        "Connection[OccupationSkill] | None",
        paged(
            skills.of_occupations,
            "Skills of the occupation by weight, highest first: percent, importance or percentile, depending on the "
            "source. Technologies have no weight and come last, by rank.",
            price=3,
            kind=Argument(SkillKind | None, "Return only skills of this type."),
        ),
    ]
    interests: Annotated[
        list[Interest],
        batch(
            riasec.of_occupations,
            "O*NET's scores of Holland's six types, highest first; empty if O*NET does not score the occupation as a "
            "whole, for which interestsMissing gives the reason.",
            size=6,
            price=1,
        ),
    ]
    interests_missing: Annotated[
        MissingReason | None,
        batch(riasec.missing, "Reason why there are no interests; null if there are.", price=1),
    ]
    alternate_titles: Annotated[
        Connection[AlternateTitle] | None,
        paged(
            facts.alternate_titles,
            "Other titles of the occupation, in alphabetical order.",
            price=1,
        ),
    ]
    related: Annotated[
        "Connection[RelatedOccupation] | None",
        paged(
            occupations.related,
            "Related occupations according to O*NET: its list for the occupation itself, most closely related first, "
            "then the lists of its parts, which are marked.",
            price=4,
        ),
    ]
    caveats: Annotated[
        list[str], batch(caveats.of, "Limitations of this occupation's figures, as sentences.", price=170)
    ]
    source: Annotated[Source, batch(sources.of, "Source of the title.")]

    is_type_of = rows_of(models.Occupation)


@strawberry.type(description="A group of the Standard Occupational Classification (SOC) 2018.")
class OccupationGroup(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("OccupationGroup", "code"), GLOBAL_ID)]
    code: Annotated[str, described("SOC code, such as 27-0000.")]
    title: Annotated[str, described("Title of the group.")]
    level: Annotated[GroupLevel, described("Level in the SOC hierarchy.")]
    salary: Annotated[
        Salary | None,
        batch(
            salaries.of_groups,
            "Wages and employment of the whole group, as published; null if not published.",
            area=AREA,
            industry=INDUSTRY,
        ),
    ]
    parent: Annotated[
        "OccupationGroup | None",
        batch(groups.parent_of, "Group directly above; null for the total of all occupations."),
    ]
    children: Annotated["list[OccupationGroup]", batch(groups.children_of, "Groups directly below.", size=22)]
    occupations: Annotated[
        Connection[Occupation] | None,
        paged(
            groups.occupations_of,
            "Occupations at any level below, by title.",
            price=2,
        ),
    ]

    is_type_of = rows_of(models.OccupationGroup)


@strawberry.type(description="A skill, a knowledge area or a technology.")
class Skill(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("Skill", "slug"), GLOBAL_ID)]
    slug: Annotated[str, described("Name as used in URLs, such as adobe-premiere.")]
    name: Annotated[str, described("Name of the skill.")]
    kind: Annotated[SkillKind, described("Type of skill.")]
    occupations: Annotated[
        "Connection[SkillOccupation] | None",
        paged(
            skills.occupations_of,
            "Occupations that have the skill, by its weight in them, highest first.",
            price=4,
        ),
    ]

    is_type_of = rows_of(models.Skill)


# The weight of a skill in an occupation, which is reached from either of the two.
Percent = Annotated[
    float | None, described("Percent in a published short list of skills; null for other types of skill.")
]
Importance = Annotated[float | None, described("O*NET importance, from 0 to 100; null if O*NET does not rate it.")]
Level = Annotated[
    float | None,
    described(
        "O*NET level, from 0 to 100; null if O*NET does not rate it, or recommends suppressing the rating for low "
        "precision. The level of a skill that is not relevant is kept in any case: it is close to 0."
    ),
]
NotRelevant = Annotated[
    bool | None,
    described(
        "Whether O*NET marks it as not relevant to the occupation: most raters called it not important and enter its "
        "level as 0. Null for other types of skill."
    ),
]
Percentile = Annotated[
    float | None,
    described(
        "Percentile rank among all occupations for this skill category, from the Employment Projections; null for "
        "other types of skill."
    ),
]
Hot = Annotated[
    bool | None,
    described(
        "Whether O*NET marks it as a hot technology, frequent in job postings of all occupations; null for other "
        "types of skill."
    ),
]
InDemand = Annotated[
    bool | None,
    described(
        "Whether O*NET marks it as in demand, frequent in job postings for this occupation; null for other types of "
        "skill."
    ),
]
Rank = Annotated[int, described("Rank among the occupation's skills of the same type; 1 comes first.")]
WeightSource = Annotated[Source, batch(sources.of, "Source of these figures.")]


@strawberry.type(description="A skill and its weight in the occupation that it was selected from.")
class OccupationSkill:
    skill: Annotated[Skill, batch(skills.skill_of, "The skill.")]
    percent: Percent
    importance: Importance
    level: Level
    not_relevant: NotRelevant
    percentile: Percentile
    hot: Hot
    in_demand: InDemand
    rank: Rank
    source: WeightSource


@strawberry.type(description="An occupation and the weight in it of the skill that it was selected from.")
class SkillOccupation:
    occupation: Annotated[Occupation, batch(skills.occupation_of, "The occupation.")]
    percent: Percent
    importance: Importance
    level: Level
    not_relevant: NotRelevant
    percentile: Percentile
    hot: Hot
    in_demand: InDemand
    rank: Rank
    source: WeightSource


@strawberry.type(
    description="An occupation that O*NET relates to the one that it was selected from. O*NET may only relate a part "
    "of either: a specialty, or a member of an occupation that is published for several together, such as one that "
    "ends in All Other."
)
class RelatedOccupation:
    occupation: Annotated[Occupation, batch(occupations.related_one, "The related occupation.")]
    rank: Annotated[int, described("Rank among the related occupations; 1 is the closest.")]
    part: Annotated[
        str | None,
        described(
            "Title of the part that O*NET lists it for, such as Chief Sustainability Officers; null if it is on the "
            "list for the occupation itself."
        ),
    ]
    related_part: Annotated[
        str | None,
        described("Title of the part of the related occupation that O*NET lists; null if it lists the whole."),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the relation.")]


@strawberry.type(description="An occupation that a search text may mean, or a title of work that is not covered.")
class SearchMatch:
    occupation: Annotated[Occupation | None, described("The occupation; null if the work is not covered.")]
    matched_title: Annotated[
        str, described("Title of the occupation, own or alternate, that is most similar to the text.")
    ]
    score: Annotated[
        float,
        described(
            "Similarity of that title to the text, from 0 to 1, and never higher than that of the match before it. At "
            "most 0.9 if the title lacks a word of the text that says something about the work. For a text that is a "
            "code or the start of one, the fraction of the six digits that it gives."
        ),
    ]
    exact: Annotated[
        bool,
        described(
            "Whether the title is the text, apart from case, accents, punctuation and plurals, or the text gives the "
            "occupation's whole code."
        ),
    ]
    ambiguous: Annotated[
        bool,
        described(
            "Whether several occupations have this title, and neither the Bureau of Labor Statistics' direct match "
            "titles nor Rolegraph's own settle which is meant."
        ),
    ]
    not_covered: Annotated[
        str | None, described("The reason why the work is not covered, as a sentence; null if it is.")
    ]


@strawberry.input(one_of=True, description="Identifies an occupation by exactly one of its keys.")
class OccupationKey:
    id: Annotated[strawberry.ID | None, described("Global id.")] = UNSET
    slug: Annotated[str | None, described("Slug, such as media-producer.")] = UNSET
    code: Annotated[
        str | None,
        described(
            "SOC 2018 code, such as 27-2012. Also without the hyphen, with O*NET's digits, such as 27-2012.00, or next "
            "to a title."
        ),
    ] = UNSET
    title: Annotated[
        str | None,
        described(
            "Job title as people write it, such as social media manager: an occupation's or role's own title, another "
            "title that is counted in it, or else the most similar title.",
            price=SEARCH,
        ),
    ] = UNSET


@strawberry.input(description="A range that includes its ends. An omitted end is unbounded.")
class Bounds:
    at_least: Annotated[float | None, described("Minimum value.")] = UNSET
    at_most: Annotated[float | None, described("Maximum value.")] = UNSET


@strawberry.input(
    description="Conditions on listed occupations, all of which must hold. Wages and employment are those in the "
    "list's area and industry, by default the nation and all industries. An occupation without a bounded figure there "
    "is excluded."
)
class OccupationFilter:
    kind: Annotated[OccupationKind | None, described("Only SOC occupations, or only roles.")] = UNSET
    group: Annotated[
        str | None, described("SOC code of a group, such as 27-0000 or 27: only occupations at any level below it.")
    ] = UNSET
    text: Annotated[str | None, described("Only titles that contain this text, ignoring case.")] = UNSET
    skill: Annotated[str | None, described("Slug of a skill: only occupations that have it.")] = UNSET
    annual_mean: Annotated[Bounds | None, described("Mean annual wage, in US dollars.")] = UNSET
    annual_mean_missing: Annotated[
        MissingReason | None,
        described(
            "Only occupations whose mean annual wage there is null for this reason, such as TOP_CODED or HOURLY_ONLY: "
            "those that an order by the mean lists last."
        ),
    ] = UNSET
    annual_median: Annotated[Bounds | None, described("Median annual wage, in US dollars.")] = UNSET
    hourly_mean: Annotated[Bounds | None, described("Mean hourly wage, in US dollars.")] = UNSET
    hourly_median: Annotated[Bounds | None, described("Median hourly wage, in US dollars.")] = UNSET
    growth_percent: Annotated[Bounds | None, described("Projected change in employment, in percent, nationwide.")] = (
        UNSET
    )
    employment: Annotated[Bounds | None, described("Number of wage-and-salary jobs.")] = UNSET
    entry_education: Annotated[
        EducationLevel | None, described("Only occupations that typically need this education for entry.")
    ] = UNSET


@strawberry.input(
    description="Order of a list of occupations. Equal figures are ordered by slug. Occupations without the figure "
    "come last."
)
class OccupationOrder:
    field: Annotated[OccupationOrderField, described("Figure to order by.")]
    direction: Annotated[OrderDirection, described("Ascending or descending.")] = OrderDirection.ASC
