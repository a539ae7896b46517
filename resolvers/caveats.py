"""Caveats: what a reader must know before trusting a figure. Each rule reads the figures themselves."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from db.models import Education, JobCount, Occupation, OccupationPart, Outlook, Preparation, Share
from db.vocabulary import JobsBasis
from resolvers import facts, parts, skills, wage_history, wider_groups
from resolvers.comparisons.arithmetic import Difference, Unit
from resolvers.comparisons.formatting import closed, count, listed, months
from resolvers.context import Context
from resolvers.facts import Demographics
from resolvers.skills import Weighted
from resolvers.wider_groups import PublishedFor

R = TypeVar("R")
_Pair = tuple[R | None, R | None]

_VOCATIONAL_PREPARATION = (
    "The time to become one is the range of Specific Vocational Preparation of a whole O*NET job zone. It counts a "
    "four-year degree as two years."
)
_LONG_TRAINING = {
    "Apprenticeship": "an apprenticeship",
    "Long-term on-the-job training": "long-term on-the-job training (more than 12 months)",
}
"""Training that lasts more than a year, by the label of the Employment Projections."""

_LONG_TRAINING_MONTHS = 12

_FAR_MORE = 1.5
"""The multiple of the wage-and-salary jobs above which the projections' number of jobs is given as well."""

POINTS_OF_ROUNDING = 0.1
"""Growth rates are published with one decimal, so a gap of 0.1 can come from rounding alone."""

ROUNDING_OF_PROJECTIONS = 100
"""The projections round numbers of jobs and openings to hundreds, so a gap of 100 can come from rounding alone."""

_TWO_COUNTS = (
    "OEWS leaves out the self-employed, most farms and private households. The Employment Projections count all jobs, "
    "from other sources as well, and give the average of a year."
)

_WHOLE = 100.0
_ROUNDING = 0.05


async def of(parents: Sequence[Occupation], context: Context) -> Sequence[list[str]]:
    """The caveats on each occupation's figures."""
    own, groups = await of_figures(parents, context), await wider_groups_of(parents, context)
    return [[*caveats, *map(group_caveat, of_one)] for caveats, of_one in zip(own, groups, strict=True)]


async def of_figures(parents: Sequence[Occupation], context: Context) -> Sequence[list[str]]:
    """The caveats on each occupation's figures, except those on wider groups."""
    parts_of_each = await parts.of(parents, context)
    jobs = await context.load_many(facts.jobs, parents)
    outlooks = await context.load_many(facts.outlook, parents)
    preparations = await context.load_many(facts.preparation, parents)
    demographics = await context.load_many(facts.demographics, parents)
    weights = await context.load_many(skills.in_full, parents)
    educations = await context.load_many(facts.education, parents)
    histories = await context.load_many(wage_history.of, parents)
    present = [row for row in demographics if row is not None]
    races = dict(zip(map(id, present), await context.load_many(facts.race, present), strict=True))
    educated = [row for row in educations if row is not None]
    required = dict(zip(map(id, educated), await facts.required_degree_categories(educated, context), strict=True))
    return [
        [
            *parts_caveats(of_one),
            *wage_history.caveats(history),
            *jobs_caveats(job),
            *all_jobs_caveats(job, outlook),
            *outlook_caveats(outlook),
            *preparation_caveats(preparation),
            *training_caveats(preparation, education),
            *race_caveats(row, sum(share.percent or 0 for share in races.get(id(row), ()))),
            *required_degree_caveats(required.get(id(education), ())),
            *skill_caveats(weighted),
        ]
        for of_one, history, job, outlook, preparation, row, education, weighted in zip(
            parts_of_each, histories, jobs, outlooks, preparations, demographics, educations, weights, strict=True
        )
    ]


class WiderFigures(NamedTuple):
    """Figures that are published for a wider group: their names and surveys in words, the group's name and size."""

    figures: str
    group: str
    size: int
    surveys: str


async def wider_groups_of(parents: Sequence[Occupation], context: Context) -> list[list[WiderFigures]]:
    """The figures of each occupation that are published for wider groups."""
    educations = await context.load_many(facts.education, parents)
    demographics = await context.load_many(facts.demographics, parents)
    earnings = await context.load_many(facts.weekly_earnings, parents)
    named = [
        [
            (education and education.degrees_group_code, ["degrees"], _ACS),
            (people and people.group_code, people_figures(people), _CPS),
            (pay and pay.group_code, ["weekly earnings"] if pay and pay.everyone is not None else [], _CPS),
        ]
        for education, people, pay in zip(educations, demographics, earnings, strict=True)
    ]
    codes = {code for of_one in named for code, figures, _ in of_one if code and figures}
    groups = await wider_groups.by_code(codes, context)
    return [
        _by_group([(groups[code], figures, survey) for code, figures, survey in of_one if code in codes])
        for of_one in named
    ]


_ACS, _CPS = "the American Community Survey", "the Current Population Survey"


def _by_group(named: Sequence[tuple[PublishedFor, Sequence[str], str]]) -> list[WiderFigures]:
    """Join the figures of one group. Two surveys can have a group of the same name and occupations."""
    figures: dict[tuple[str, Sequence[Occupation]], tuple[list[str], dict[str, None]]] = {}
    for group, names, survey in named:
        if names:
            its_names, surveys = figures.setdefault((group.name, tuple(group.occupations)), ([], {}))
            its_names.extend(names)
            surveys[survey] = None
    return [
        WiderFigures(listed(names), name, len(occupations), listed([*surveys]))
        for (name, occupations), (names, surveys) in figures.items()
    ]


def people_figures(people: Demographics | None) -> list[str]:
    """Return which demographic figures are published, in words."""
    if people is None:
        return []
    return [*(["age"] if people.median_age is not None else []), *(["gender", "race"] if people.has_shares else [])]


def group_caveat(wider: WiderFigures) -> str:
    """Say that figures are those of a wider group."""
    # Some groups have one occupation here, because OEWS publishes no wages for the others.
    of_several = f" of {wider.size} occupations" if wider.size > 1 else ""
    return f'The figures on {wider.figures} are those of a wider group{of_several} in {wider.surveys}: "{wider.group}".'


def group_caveats(titles: tuple[str, str], left: Sequence[WiderFigures], right: Sequence[WiderFigures]) -> list[str]:
    """Say which figures of two sides are those of wider groups, and which are not compared because both are in one."""
    of_both = [wider for wider in left if wider in right]
    return [
        *(
            f'The figures on {wider.figures} are not compared: both sides are in one wider group, "{wider.group}".'
            for wider in of_both
        ),
        *(
            f"{title}: {group_caveat(wider)}"
            for title, of_side in zip(titles, (left, right), strict=True)
            for wider in of_side
            if wider not in of_both
        ),
    ]


def parts_caveats(combined: Sequence[OccupationPart]) -> list[str]:
    """Say that an occupation is several SOC occupations, which only O*NET tells apart."""
    if not combined:
        return []
    # Titles such as "Buyers and Purchasing Agents, Farm Products" rule out commas and "and".
    named = "; ".join(f"{part.title} ({part.code})" for part in combined)
    together = f"OEWS and the Employment Projections publish {len(combined)} SOC occupations together as this one"
    return [f"{together}: {named}. O*NET rates the parts, not the whole."]


def required_degree_caveats(categories: Sequence[Share]) -> list[str]:
    """Say that levels of required education are withheld."""
    suppressed = sum(share.percent is None for share in categories)
    total = facts.sum_of(categories) or 0
    # Nothing is missing where the others are already the whole.
    if not suppressed or total > _WHOLE - _ROUNDING:
        return []
    of_all = f"{suppressed} of the {len(categories)} levels"
    return [f"Required education: O*NET suppresses {of_all} for low precision; the others add up to {total:.1f}%."]


def jobs_caveats(jobs: JobCount | None) -> list[str]:
    """Say what a number of jobs counts where it isn't wage-and-salary jobs."""
    if jobs is None or jobs.basis is JobsBasis.WAGE_AND_SALARY:
        return []
    return ["The number of jobs counts open postings, not filled jobs."]


def all_jobs_caveats(jobs: JobCount | None, outlook: Outlook | None) -> list[str]:
    """Say that most jobs, or many, are not wage-and-salary jobs."""
    if jobs is None or outlook is None or not has_many_other_jobs(jobs, outlook):
        return []
    return [
        (
            f"The {jobs.count:,} jobs and their wages are those of the wage-and-salary workers that OEWS covers; the "
            f"Employment Projections count {outlook.employment_from:,} jobs in {outlook.from_year}."
        ),
        _TWO_COUNTS,
    ]


def has_many_other_jobs(jobs: JobCount | None, outlook: Outlook | None) -> bool:
    """Return whether the projections count far more jobs than the wage-and-salary jobs."""
    count, all_jobs = _both_counts(jobs, outlook)
    return count is not None and all_jobs is not None and all_jobs > _FAR_MORE * count


def other_order_caveats(
    titles: tuple[str, str], jobs: Difference | None, counts: _Pair[JobCount], outlooks: _Pair[Outlook]
) -> list[str]:
    """Say that the projections' count of all jobs orders the two sides the other way.

    Caveats on a side that has many other jobs say why the two counts differ.
    """
    if jobs is None or not are_ordered_otherwise(jobs, outlooks):
        return []
    more, fewer = titles if (jobs.gap or 0) > 0 else titles[::-1]
    order = f"OEWS has more wage-and-salary jobs of {closed(more)} and the Employment Projections more jobs of {fewer}."
    is_explained = any(has_many_other_jobs(*side) for side in zip(counts, outlooks, strict=True))
    return [order] if is_explained else [order, _TWO_COUNTS]


def are_ordered_otherwise(jobs: Difference | None, outlooks: _Pair[Outlook]) -> bool:
    """Return whether the side with significantly more wage-and-salary jobs has fewer jobs by the projections."""
    left, right = (None if row is None else row.employment_from for row in outlooks)
    if jobs is None or jobs.gap is None or jobs.unit is not Unit.WAGE_AND_SALARY_JOBS or left is None or right is None:
        return False
    return jobs.is_clear and jobs.gap * (left - right) < 0 and abs(left - right) > ROUNDING_OF_PROJECTIONS


def _both_counts(jobs: JobCount | None, outlook: Outlook | None) -> tuple[int | None, int | None]:
    counted = jobs if jobs is not None and jobs.basis is JobsBasis.WAGE_AND_SALARY else None
    return None if counted is None else counted.count, None if outlook is None else outlook.employment_from


def outlook_caveats(outlook: Outlook | None) -> list[str]:
    """Say that the period of a growth rate is missing."""
    if outlook is None or outlook.growth_percent is None or outlook.from_year is not None:
        return []
    return ["The source doesn't state the period of the growth rate."]


def preparation_caveats(preparation: Preparation | None) -> list[str]:
    """Say what a job zone's months are, or that a source gives both years of experience and a time to become one."""
    if preparation is None or preparation.minimum_months is None:
        return []
    if preparation.job_zone is not None:
        return [_VOCATIONAL_PREPARATION]
    if preparation.years_of_experience is None:
        return []
    years = count(preparation.years_of_experience, "year")
    span = months(preparation.minimum_months, preparation.maximum_months)
    return [f"The source gives {years} of experience and {span} to become one, and doesn't explain how they relate."]


def training_caveats(preparation: Preparation | None, education: Education | None) -> list[str]:
    """Say that the training which the projections call typical takes longer than the job zone's months."""
    if preparation is None or preparation.job_zone is None or education is None:
        return []
    longest, training = preparation.maximum_months, education.on_the_job_training or ""
    if longest is None or longest > _LONG_TRAINING_MONTHS or training not in _LONG_TRAINING:
        return []
    span = months(preparation.minimum_months or 0, longest)
    caveat = f"By the Employment Projections, the typical training is {_LONG_TRAINING[training]}. That is longer than"
    return [f"{caveat} all preparation in O*NET's job zone {preparation.job_zone}, which is {span}."]


def race_caveats(demographics: Demographics | None, total: float) -> list[str]:
    """Say that shares by race and ethnicity overlap, or don't add up to 100%."""
    if demographics is None or not total:
        return []
    if not demographics.race_is_exclusive:
        return ["Shares by race and ethnicity overlap: people of Hispanic origin may be of any race."]
    if abs(total - _WHOLE) < _ROUNDING:
        return []
    return [f"Shares by race and ethnicity are shown as published and add up to {total:.1f}%."]


def skill_caveats(weighted: Sequence[Weighted]) -> list[str]:
    """Say that a list of skills is incomplete."""
    if not skills.is_truncated(weighted):
        return []
    return ["Skills are a published short list of the most common ones; unlisted skills may be as common."]


def basis_caveats(left: JobCount | None, right: JobCount | None) -> list[str]:
    """Say why two numbers of jobs are not compared."""
    if left is None and right is None:
        return []
    if left is None or right is None:
        return ["The numbers of jobs are not compared: they are published for one side only."]
    if left.basis is right.basis:
        return []
    return ["The numbers of jobs are not compared: one side counts open postings, the other wage-and-salary jobs."]


def period_caveats(left: Outlook | None, right: Outlook | None) -> list[str]:
    """Say that two growth rates cover different periods, or that a period is unknown."""
    if left is None or right is None or left.growth_percent is None or right.growth_percent is None:
        return []
    if (left.from_year, left.to_year) == (right.from_year, right.to_year):
        return []
    return ["Growth rates are not compared: they cover different periods, or a side's period is not stated."]
