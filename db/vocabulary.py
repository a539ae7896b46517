"""The enums of columns, which are the schema's GraphQL enums too."""

from enum import Enum


class OccupationKind(Enum):
    """The type of an occupation."""

    DETAILED = "DETAILED"
    ROLE = "ROLE"


class GroupLevel(Enum):
    """A level of the SOC hierarchy above the detailed occupation; TOTAL is all occupations together."""

    TOTAL = "TOTAL"
    MAJOR = "MAJOR"
    MINOR = "MINOR"
    BROAD = "BROAD"


class AreaKind(Enum):
    """The type of an area. METRO and NONMETRO are the areas of OEWS."""

    NATION = "NATION"
    STATE = "STATE"
    METRO = "METRO"
    NONMETRO = "NONMETRO"


class JobsBasis(Enum):
    """What a number of jobs counts."""

    WAGE_AND_SALARY = "WAGE_AND_SALARY"
    OPEN_POSTINGS = "OPEN_POSTINGS"


class RangeBasis(Enum):
    """The meaning of the two ends of a wage range."""

    AS_PUBLISHED = "AS_PUBLISHED"
    P10_TO_P90 = "P10_TO_P90"


class ShareKind(Enum):
    """The distribution that a share belongs to."""

    DEGREE = "DEGREE"
    REQUIRED_DEGREE = "REQUIRED_DEGREE"
    GENDER = "GENDER"
    RACE = "RACE"


class TopPayKind(Enum):
    """What is compared to find the highest-paying one."""

    CITY = "CITY"
    STATE = "STATE"
    INDUSTRY = "INDUSTRY"
    COMPANY = "COMPANY"


class SkillKind(Enum):
    """The part of its publisher's vocabulary that a skill is from."""

    LISTED = "LISTED"
    SKILL = "SKILL"
    KNOWLEDGE = "KNOWLEDGE"
    TECHNOLOGY = "TECHNOLOGY"
    CATEGORY = "CATEGORY"


class MissingReason(Enum):
    """Why a figure is null."""

    NOT_RELEASED = "NOT_RELEASED"
    HOURLY_ONLY = "HOURLY_ONLY"
    ANNUAL_ONLY = "ANNUAL_ONLY"
    TOP_CODED = "TOP_CODED"
    NOT_COLLECTED = "NOT_COLLECTED"
    WIDER_GROUP_ONLY = "WIDER_GROUP_ONLY"
    SUPPRESSED = "SUPPRESSED"
    SMALL_SAMPLE = "SMALL_SAMPLE"


class WordsSource(Enum):
    """Whose words say what people in an occupation do."""

    ROLEGRAPH = "rolegraph"
    ONET = "onet"


SOURCES_OF_WORDS = {
    WordsSource.ROLEGRAPH: ("rolegraph-words", "comparison-page"),
    WordsSource.ONET: ("onet-tasks",),
}
"""The ids of the sources. The two roles of the published page have our words for the page's sentences."""

DIRECT_MATCH_TITLES = "soc-direct-titles"
"""The id of the source in which the Bureau of Labor Statistics gives each title one SOC code."""

OUR_TITLES = "rolegraph-titles"
"""The id of the source with Rolegraph's own titles."""
