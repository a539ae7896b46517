"""GraphQL enums: the enums of db/ and resolvers/ with descriptions."""

from enum import Enum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from db.vocabulary import (
    AreaKind,
    EducationLevel,
    Experience,
    GroupLevel,
    InterestName,
    JobsBasis,
    MissingReason,
    OccupationKind,
    RangeBasis,
    RequiredDegree,
    SkillKind,
    Training,
    WordsSource,
)
from resolvers.comparisons.arithmetic import HigherSide, Side, Unit, Verdict
from resolvers.comparisons.decomposition import MixDimension
from resolvers.comparisons.key_figures import Certainty, KeyFigureName
from resolvers.facts import MonthsBasis
from resolvers.occupations import OccupationOrderField
from resolvers.ordering import OrderDirection
from resolvers.rankings import RankingMeasure
from resolvers.wage_lists import IndustrySalaryOrderField, SalaryOrderField

__all__ = [
    "AreaKind",
    "Certainty",
    "EducationLevel",
    "Experience",
    "GroupLevel",
    "HigherSide",
    "IndustrySalaryOrderField",
    "InterestName",
    "JobsBasis",
    "KeyFigureName",
    "MissingReason",
    "MixDimension",
    "MonthsBasis",
    "OccupationKind",
    "OccupationOrderField",
    "OrderDirection",
    "RangeBasis",
    "RankingMeasure",
    "RequiredDegree",
    "SalaryOrderField",
    "Side",
    "SkillKind",
    "Training",
    "Unit",
    "Verdict",
    "WordsSource",
]

EnumType = TypeVar("EnumType", bound=type[Enum])


def _describe(enum: EnumType, description: str, **values: str) -> EnumType:
    """Register an enum with Strawberry, with a description of it and of each value."""
    definition: StrawberryEnumDefinition = vars(strawberry.enum(enum, description=description))[
        "__strawberry_definition__"
    ]
    for value in definition.values:
        value.description = values[value.name]
    return enum


_describe(
    WordsSource,
    "Whose words say what people in an occupation do.",
    ROLEGRAPH="Rolegraph's own, for every occupation.",
    ONET="The O*NET database's task statements; empty unless they were imported.",
)
_describe(
    OccupationKind,
    "Type of occupation.",
    DETAILED="A detailed occupation of the Standard Occupational Classification (SOC) 2018.",
    ROLE="A job title within a SOC occupation. Its figures are never taken from that occupation.",
)
_describe(
    GroupLevel,
    "Level of a group in the SOC hierarchy.",
    TOTAL="Total of all occupations, 00-0000.",
    MAJOR="Major group, such as 27-0000.",
    MINOR="Minor group, such as 27-2000.",
    BROAD="Broad occupation, such as 27-2010.",
)
_describe(
    AreaKind,
    "Type of area.",
    NATION="The United States.",
    STATE="A state, the District of Columbia or a territory.",
    METRO="A metropolitan area.",
    NONMETRO="A nonmetropolitan area.",
)
_describe(
    JobsBasis,
    "What a number of jobs counts.",
    WAGE_AND_SALARY="Wage-and-salary jobs. The self-employed, most farms and private households are not included.",
    OPEN_POSTINGS="Open job postings.",
)
_describe(
    RangeBasis,
    "Meaning of the two ends of a wage range.",
    AS_PUBLISHED="A published range whose ends the source does not explain.",
    P10_TO_P90="10th and 90th percentile.",
)
_describe(
    MonthsBasis,
    "Meaning of a range of months to become one.",
    AS_PUBLISHED="A published range that the source does not define.",
    VOCATIONAL_PREPARATION="Specific Vocational Preparation (SVP) of the O*NET job zone, by the Dictionary of "
    "Occupational Titles: training for the occupation itself, in which a four-year degree counts as two years.",
)
_describe(
    EducationLevel,
    "Level of education of the Employment Projections, lowest first.",
    NO_CREDENTIAL="No formal educational credential; of workers, less than a high school diploma.",
    HIGH_SCHOOL="High school diploma or equivalent.",
    SOME_COLLEGE="Some college, no degree.",
    POSTSECONDARY_AWARD="Postsecondary nondegree award, such as a certificate.",
    ASSOCIATES="Associate's degree.",
    BACHELORS="Bachelor's degree.",
    MASTERS="Master's degree.",
    DOCTORAL_OR_PROFESSIONAL="Doctoral or professional degree.",
)
_describe(
    RequiredDegree,
    "Level of education in O*NET's survey, in its order, which is finer than EducationLevel.",
    LESS_THAN_HIGH_SCHOOL="Less than a high school diploma.",
    HIGH_SCHOOL="High school diploma or equivalent.",
    POSTSECONDARY_CERTIFICATE="Certificate for training completed after high school.",
    SOME_COLLEGE="Some college courses.",
    ASSOCIATES="Associate's degree or another 2-year degree.",
    BACHELORS="Bachelor's degree.",
    POST_BACCALAUREATE_CERTIFICATE="Certificate for a program after a bachelor's degree, below a master's degree.",
    MASTERS="Master's degree.",
    POST_MASTERS_CERTIFICATE="Certificate for a program after a master's degree, below a doctoral degree.",
    FIRST_PROFESSIONAL="First professional degree, such as in medicine, dentistry or law.",
    DOCTORAL="Doctoral degree.",
    POST_DOCTORAL="Post-doctoral training.",
)
_describe(
    Experience,
    "Work experience in a related occupation, least first.",
    NONE="None.",
    LESS_THAN_5_YEARS="Less than 5 years.",
    FIVE_YEARS_OR_MORE="5 years or more.",
)
_describe(
    Training,
    "On-the-job training to become competent. The first four are ordered by their length.",
    NONE="None.",
    SHORT_TERM="Up to 1 month.",
    MODERATE_TERM="More than 1 month, up to 12 months.",
    LONG_TERM="More than 12 months.",
    INTERNSHIP_RESIDENCY="Internship or residency, often before employment. Its length is not stated.",
    APPRENTICESHIP="Apprenticeship, which combines training on the job with instruction, typically over 3 to 5 years.",
)
_describe(
    SkillKind,
    "Type of skill, by its source.",
    LISTED="Skill in a published short list of an occupation's most common skills, with a percent.",
    SKILL="O*NET skill, rated by importance and level.",
    KNOWLEDGE="O*NET knowledge area, rated by importance and level.",
    TECHNOLOGY="Technology: a tool or software.",
    CATEGORY="Skill category of the Employment Projections, with a percentile rank.",
)
_describe(
    MissingReason,
    "Reason why a figure is null.",
    NOT_RELEASED="The publisher has the figure and does not release it.",
    HOURLY_ONLY="Only hourly wages are published for this occupation.",
    ANNUAL_ONLY="Only annual wages are published for this occupation.",
    TOP_CODED="The figure is at or above the highest value that the publisher releases, which atLeast gives.",
    NOT_COLLECTED="The source does not have the figure.",
    WIDER_GROUP_ONLY="The figure is only published for a wider group of occupations: in a comparison, one that both "
    "sides belong to; in a year of wageHistory, one that the occupation is in.",
    SUPPRESSED="The publisher advises against using its estimate, whose precision is low.",
    SMALL_SAMPLE="The publisher withholds the figure because it stands for fewer than 50,000 workers.",
    OTHER_BOUNDARIES="The publisher has the figure only for areas with other boundaries: a wider area that includes "
    "this one, or one whose counties have changed since.",
)
_describe(
    InterestName,
    "One of Holland's six types of interests and work environments (RIASEC).",
    REALISTIC="Work with tools, machines, materials, plants or animals, often physical or outdoors.",
    INVESTIGATIVE="Work with ideas, research and analysis.",
    ARTISTIC="Creative work in art, design, performance, writing or food.",
    SOCIAL="Work that helps, teaches, advises or cares for people.",
    ENTERPRISING="Work that leads, manages, sells or persuades.",
    CONVENTIONAL="Work with procedures, records, numbers and details.",
)
_describe(
    HigherSide,
    "Result of comparing the two sides of a difference.",
    LEFT="The left side is higher.",
    RIGHT="The right side is higher.",
    EQUAL="Both sides are equal.",
)
_describe(Side, "Side of a comparison.", LEFT="The left side.", RIGHT="The right side.")
_describe(
    Verdict,
    "Result of the significance test of a difference: a two-sided z test at the 90% level.",
    SIGNIFICANT="The difference is significant: |z| exceeds 1.645.",
    NOT_SIGNIFICANT="The difference is not significant and can be due to chance: present it as no clear difference.",
    NOT_TESTABLE="The difference cannot be tested, because standard errors are not published for both figures, or "
    "because both sides are one occupation.",
)
_describe(
    KeyFigureName,
    "Figure that people compare occupations by.",
    PAY="Median wage; the mean where no median is published.",
    GROWTH="Projected change in employment, in percent.",
    OPENINGS="Projected number of job openings per year, replacements included.",
    ENTRY="Education, experience and training that are typically needed; for roles, the time to become one.",
    JOBS="Number of jobs.",
)
_describe(
    Certainty,
    "How certain it is which side is ahead.",
    CLEAR="The difference is statistically significant at the 90% level.",
    NOT_CLEAR="The difference may be due to chance.",
    NOT_TESTED="The figures are published without standard errors.",
    PROJECTED="The figures are projections, which cannot be tested.",
)
_describe(
    Unit,
    "Unit of a difference and its two sides.",
    DOLLARS_PER_YEAR="US dollars per year.",
    DOLLARS_PER_HOUR="US dollars per hour.",
    WAGE_AND_SALARY_JOBS="Number of wage-and-salary jobs.",
    OPEN_POSTINGS="Number of open job postings.",
    OPENINGS_PER_YEAR="Projected number of job openings per year.",
    YEARS="Years.",
    MONTHS="Months.",
    PERCENTAGE_POINTS="Percent for the sides, percentage points for the difference.",
)
_describe(
    MixDimension,
    "Dimension by which the nation is divided.",
    STATE="The 50 states and the District of Columbia, which national estimates cover.",
    INDUSTRY="The 20 OEWS sectors, of which government is one. Finer industries overlap and are not used.",
)
_describe(
    OccupationOrderField,
    "Figure by which a list of occupations is ordered. Wages and employment are those in the list's area and industry, "
    "by default the nation and all industries.",
    TITLE="Title.",
    MEAN_WAGE="Mean annual wage.",
    MEDIAN_WAGE="Median annual wage.",
    HOURLY_MEAN_WAGE="Mean hourly wage.",
    HOURLY_MEDIAN_WAGE="Median hourly wage.",
    EMPLOYMENT="Number of wage-and-salary jobs.",
    GROWTH="Projected change in employment, in percent, nationwide.",
)
_describe(
    RankingMeasure,
    "Figure by which occupations are ranked. Wages and employment are those in the ranking's area and industry.",
    MEAN_WAGE="Mean annual wage.",
    HOURLY_MEAN_WAGE="Mean hourly wage.",
    EMPLOYMENT="Number of wage-and-salary jobs.",
    GROWTH="Projected change in employment, in percent, nationwide.",
    OPENINGS="Projected number of job openings per year, replacements included, nationwide.",
)
_describe(
    SalaryOrderField,
    "Figure by which an occupation's salaries by area are ordered.",
    AREA="Name of the area.",
    MEAN="Mean annual wage.",
    MEDIAN="Median annual wage.",
    MEAN_AT_NATIONAL_PRICES="Mean annual wage at national prices, see Salary.atNationalPrices.",
    MEDIAN_AT_NATIONAL_PRICES="Median annual wage at national prices, see Salary.atNationalPrices.",
    HOURLY_MEAN="Mean hourly wage.",
    HOURLY_MEDIAN="Median hourly wage.",
    EMPLOYMENT="Number of wage-and-salary jobs.",
    JOBS_PER_THOUSAND="Jobs in the occupation per thousand jobs in the area.",
    LOCATION_QUOTIENT="Occupation's share of the area's jobs divided by its share of the nation's jobs.",
)
_describe(
    IndustrySalaryOrderField,
    "Figure by which an occupation's salaries by industry are ordered.",
    CODE="Code of the industry.",
    MEAN="Mean annual wage.",
    MEDIAN="Median annual wage.",
    HOURLY_MEAN="Mean hourly wage.",
    HOURLY_MEDIAN="Median hourly wage.",
    EMPLOYMENT="Number of wage-and-salary jobs.",
)
_describe(
    OrderDirection,
    "Direction of an order. Items without the figure come last in both directions.",
    ASC="Ascending: lowest first, or A to Z.",
    DESC="Descending: highest first, or Z to A.",
)
