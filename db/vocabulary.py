"""The enums of columns, which are the schema's GraphQL enums too."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


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


class _Label(Enum):
    """Levels by the labels of their publisher. ``EducationLevel("bachelor's degree")`` finds one in any letter case."""

    @classmethod
    def _missing_(cls, value: object) -> "_Label | None":
        folded = str(value).casefold()
        label = _OTHER_LABELS.get(folded, folded)
        return next((level for level in cls if level.value.casefold() == label), None)


class EducationLevel(_Label):
    """A level of education of the Employment Projections, lowest first, by its label in Table 5.4."""

    NO_CREDENTIAL = "No formal educational credential"
    HIGH_SCHOOL = "High school diploma or equivalent"
    SOME_COLLEGE = "Some college, no degree"
    POSTSECONDARY_AWARD = "Postsecondary nondegree award"
    ASSOCIATES = "Associate's degree"
    BACHELORS = "Bachelor's degree"
    MASTERS = "Master's degree"
    DOCTORAL_OR_PROFESSIONAL = "Doctoral or professional degree"


class RequiredDegree(_Label):
    """A level of education of O*NET's survey, in O*NET's order, by its label without the explanation."""

    LESS_THAN_HIGH_SCHOOL = "Less than a High School Diploma"
    HIGH_SCHOOL = "High School Diploma"
    POSTSECONDARY_CERTIFICATE = "Post-Secondary Certificate"
    SOME_COLLEGE = "Some College Courses"
    ASSOCIATES = "Associate's Degree (or other 2-year degree)"
    BACHELORS = "Bachelor's Degree"
    POST_BACCALAUREATE_CERTIFICATE = "Post-Baccalaureate Certificate"
    MASTERS = "Master's Degree"
    POST_MASTERS_CERTIFICATE = "Post-Master's Certificate"
    FIRST_PROFESSIONAL = "First Professional Degree"
    DOCTORAL = "Doctoral Degree"
    POST_DOCTORAL = "Post-Doctoral Training"


class Experience(_Label):
    """Work experience in a related occupation, least first, by its label in Table 5.4."""

    NONE = "None"
    LESS_THAN_5_YEARS = "Less than 5 years"
    FIVE_YEARS_OR_MORE = "5 years or more"


class Training(_Label):
    """On-the-job training, by its label in Table 5.4. Not all of them are ordered: see ``comparisons/entry.py``."""

    NONE = "None"
    SHORT_TERM = "Short-term on-the-job training"
    MODERATE_TERM = "Moderate-term on-the-job training"
    LONG_TERM = "Long-term on-the-job training"
    INTERNSHIP_RESIDENCY = "Internship/residency"
    APPRENTICESHIP = "Apprenticeship"


_OTHER_LABELS: Mapping[str, str] = MappingProxyType(
    # Table 5.3, on workers.
    {"less than high school diploma": EducationLevel.NO_CREDENTIAL.value.casefold()}
)
"""Further labels of the same levels, in lower case."""


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
    OTHER_BOUNDARIES = "OTHER_BOUNDARIES"


class InterestName(Enum):
    """One of Holland's six types of interests, in the order of his hexagon (RIASEC)."""

    REALISTIC = "REALISTIC"
    INVESTIGATIVE = "INVESTIGATIVE"
    ARTISTIC = "ARTISTIC"
    SOCIAL = "SOCIAL"
    ENTERPRISING = "ENTERPRISING"
    CONVENTIONAL = "CONVENTIONAL"


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

NATIONAL_WAGES = "oews-national-"
"""The start of the ids of the sources of wage history, each with one year's wages: it ends in the year."""

FIRST_WAGE_YEAR = 2021
"""The first year of wage history. Earlier estimates use another classification or another method."""
