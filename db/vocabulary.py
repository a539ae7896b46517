"""The closed sets of words that columns hold; the schema shows the same sets as GraphQL enums."""

from enum import Enum


class OccupationKind(Enum):
    """What an occupation row is."""

    DETAILED = "DETAILED"
    ROLE = "ROLE"


class GroupLevel(Enum):
    """A level of the SOC hierarchy above the detailed occupation; TOTAL is all occupations together."""

    TOTAL = "TOTAL"
    MAJOR = "MAJOR"
    MINOR = "MINOR"
    BROAD = "BROAD"


class AreaKind(Enum):
    """What an area is; METRO and NONMETRO are the areas that OEWS publishes for."""

    NATION = "NATION"
    STATE = "STATE"
    METRO = "METRO"
    NONMETRO = "NONMETRO"


class JobsBasis(Enum):
    """What a number of jobs counts."""

    EMPLOYED = "EMPLOYED"
    OPEN_POSTINGS = "OPEN_POSTINGS"


class RangeBasis(Enum):
    """What the two ends of a wage range are."""

    AS_PUBLISHED = "AS_PUBLISHED"
    P10_TO_P90 = "P10_TO_P90"


class ShareKind(Enum):
    """What a set of shares divides."""

    DEGREE = "DEGREE"
    REQUIRED_DEGREE = "REQUIRED_DEGREE"
    GENDER = "GENDER"
    RACE = "RACE"


class TopPayKind(Enum):
    """What the highest-paying one is looked for among."""

    CITY = "CITY"
    STATE = "STATE"
    INDUSTRY = "INDUSTRY"
    COMPANY = "COMPANY"


class SkillKind(Enum):
    """Where in its publisher's vocabulary a skill belongs."""

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
