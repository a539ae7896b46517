"""Caveats: what a reader must know before trusting a figure. Each rule reads the figures themselves."""

from collections.abc import Sequence

from db.models import JobCount, Occupation, Outlook, Preparation
from db.vocabulary import JobsBasis
from resolvers import facts, skills
from resolvers.comparisons.formatting import count, months
from resolvers.context import Context
from resolvers.facts import Demographics
from resolvers.skills import Weighted

_WHOLE = 100.0
_ROUNDING = 0.05


async def of(parents: Sequence[Occupation], context: Context) -> Sequence[list[str]]:
    """The caveats on each occupation's own figures."""
    jobs = await context.load_many(facts.jobs, parents)
    outlooks = await context.load_many(facts.outlook, parents)
    preparations = await context.load_many(facts.preparation, parents)
    demographics = await context.load_many(facts.demographics, parents)
    listed = await context.load_many(skills.in_full, parents)
    present = [row for row in demographics if row is not None]
    races = dict(zip(map(id, present), await context.load_many(facts.race, present), strict=True))
    return [
        [
            *jobs_caveats(job),
            *outlook_caveats(outlook),
            *preparation_caveats(preparation),
            *race_caveats(row, sum(share.percent for share in races.get(id(row), ()))),
            *skill_caveats(weighted),
        ]
        for job, outlook, preparation, row, weighted in zip(
            jobs, outlooks, preparations, demographics, listed, strict=True
        )
    ]


def jobs_caveats(jobs: JobCount | None) -> list[str]:
    """Say what a number of jobs counts where it isn't people employed."""
    if jobs is None or jobs.basis is JobsBasis.EMPLOYED:
        return []
    return ["The number of jobs counts open postings, not people employed."]


def outlook_caveats(outlook: Outlook | None) -> list[str]:
    """Say that the period of a growth rate is missing."""
    if outlook is None or outlook.growth_percent is None or outlook.from_year is not None:
        return []
    return ["The source doesn't state the period of the growth rate."]


def preparation_caveats(preparation: Preparation | None) -> list[str]:
    """Say that a source gives both years of experience and a time to become one."""
    if preparation is None or preparation.years_of_experience is None or preparation.minimum_months is None:
        return []
    years = count(preparation.years_of_experience, "year")
    span = months(preparation.minimum_months, preparation.maximum_months)
    return [f"The source gives {years} of experience and {span} to become one, and doesn't explain how they relate."]


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
    return ["The numbers of jobs are not compared: one side counts open postings, the other people employed."]


def period_caveats(left: Outlook | None, right: Outlook | None) -> list[str]:
    """Say that two growth rates cover different periods, or that a period is unknown."""
    if left is None or right is None or left.growth_percent is None or right.growth_percent is None:
        return []
    if (left.from_year, left.to_year) == (right.from_year, right.to_year):
        return []
    return ["The growth rates of the two sides cover different periods, or a side's period is not stated."]
