"""The enums: closed sets of words from db/ and resolvers/, with what each word means."""

from enum import Enum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from db.vocabulary import (
    AreaKind,
    GroupLevel,
    JobsBasis,
    MissingReason,
    OccupationKind,
    RangeBasis,
    SkillKind,
)
from resolvers.comparisons.arithmetic import Direction, Side, Unit, Verdict
from resolvers.comparisons.decomposition import MixDimension
from resolvers.occupations import OccupationOrderField
from resolvers.ordering import OrderDirection
from resolvers.wage_lists import SalaryOrderField

__all__ = [
    "AreaKind",
    "Direction",
    "GroupLevel",
    "JobsBasis",
    "MissingReason",
    "MixDimension",
    "OccupationKind",
    "OccupationOrderField",
    "OrderDirection",
    "RangeBasis",
    "SalaryOrderField",
    "Side",
    "SkillKind",
    "Unit",
    "Verdict",
]

Words = TypeVar("Words", bound=type[Enum])


def _describe(words: Words, description: str, **values: str) -> Words:
    """Make an enum of the schema, describing it and each of its values."""
    definition: StrawberryEnumDefinition = vars(strawberry.enum(words, description=description))[
        "__strawberry_definition__"
    ]
    for value in definition.values:
        value.description = values[value.name]
    return words


_describe(
    OccupationKind,
    "What an occupation is.",
    DETAILED="A detailed occupation of the Standard Occupational Classification (SOC) 2018.",
    ROLE="A job title under a SOC occupation. Its figures are never borrowed from that occupation.",
)
_describe(
    GroupLevel,
    "A level of the SOC hierarchy above the detailed occupation.",
    TOTAL="All occupations together, 00-0000.",
    MAJOR="A major group, such as 27-0000.",
    MINOR="A minor group, such as 27-2000.",
    BROAD="A broad occupation, such as 27-2010.",
)
_describe(
    AreaKind,
    "What an area is.",
    NATION="The United States.",
    STATE="A state, the District of Columbia or a territory.",
    METRO="A metropolitan area.",
    NONMETRO="A nonmetropolitan area.",
)
_describe(
    JobsBasis,
    "What a number of jobs counts.",
    EMPLOYED="People employed.",
    OPEN_POSTINGS="Job postings that are open.",
)
_describe(
    RangeBasis,
    "What the two ends of a wage range are.",
    AS_PUBLISHED="A range that the source publishes without saying what its ends are.",
    P10_TO_P90="The 10th and the 90th percentile.",
)
_describe(
    SkillKind,
    "Where a skill comes from.",
    LISTED="Named in a published short list of an occupation's most common skills, with a percent.",
    SKILL="An O*NET skill, rated for importance and level.",
    KNOWLEDGE="An O*NET field of knowledge, rated for importance and level.",
    TECHNOLOGY="A technology: a tool or a piece of software.",
    CATEGORY="A category of skills that the Employment Projections rank occupations by.",
)
_describe(
    MissingReason,
    "Why a figure is null.",
    NOT_RELEASED="The publisher has it and does not release it.",
    HOURLY_ONLY="The occupation is published by the hour only.",
    ANNUAL_ONLY="The occupation is published by the year only.",
    TOP_CODED="It is at or above the highest value that the publisher releases; atLeast is that bound.",
    NOT_COLLECTED="The source does not have it.",
)
_describe(
    Side,
    "What a difference says of its two sides.",
    LEFT="The left side is higher.",
    RIGHT="The right side is higher.",
    EQUAL="Both sides are the same.",
)
_describe(
    Direction,
    "Which side of a comparison is asked about.",
    LEFT="The left side.",
    RIGHT="The right side.",
)
_describe(
    Verdict,
    "Whether a difference is more than chance, at the 90 percent level.",
    SIGNIFICANT="It is: |z| exceeds 1.645.",
    NOT_SIGNIFICANT="It may be chance: say that there is no clear difference.",
    NOT_TESTABLE="Nobody can tell: standard errors are not published for both figures.",
)
_describe(
    Unit,
    "What a difference and its two sides are counted in.",
    DOLLARS_PER_YEAR="US dollars a year.",
    DOLLARS_PER_HOUR="US dollars an hour.",
    JOBS="Jobs.",
    YEARS="Years.",
    MONTHS="Months.",
    PERCENTAGE_POINTS="The sides are percentages and the difference is in percentage points.",
)
_describe(
    MixDimension,
    "What the nation is divided by.",
    STATE="The 50 states and the District of Columbia, which are what national estimates cover.",
    INDUSTRY="The 20 sectors of OEWS, government as one of them; finer industries overlap.",
)
_describe(
    OccupationOrderField,
    "What a list of occupations can be ordered by. Wages and employment are national, over all industries.",
    TITLE="The title.",
    MEAN_WAGE="The mean annual wage.",
    MEDIAN_WAGE="The median annual wage.",
    EMPLOYMENT="The number of people employed.",
    GROWTH="The projected growth.",
)
_describe(
    SalaryOrderField,
    "What an occupation's salaries can be ordered by. Wages are annual.",
    AREA="The area's name.",
    MEAN="The mean wage.",
    MEDIAN="The median wage.",
    EMPLOYMENT="The number of people employed.",
    JOBS_PER_THOUSAND="Jobs in the occupation per thousand jobs in the area.",
    LOCATION_QUOTIENT="The occupation's share of the area's jobs over its share of the nation's.",
)
_describe(
    OrderDirection,
    "Which end of an order comes first. What has no figure comes last either way.",
    ASC="From low to high, or from A to Z.",
    DESC="From high to low, or from Z to A.",
)
