"""What a reader must know before trusting a figure: rules over the figures themselves, so that they can't disagree."""

from asyncio import gather
from collections.abc import Sequence

from db.models import Demographics, JobCount, Occupation, Outlook, Preparation
from db.vocabulary import JobsBasis, SkillKind
from resolvers import facts, skills
from resolvers.context import Context
from resolvers.skills import Weighted

_WHOLE = 100.0
_ROUNDING = 0.05


async def of(parents: Sequence[Occupation], context: Context) -> Sequence[list[str]]:
    """The caveats of each occupation's own figures."""
    jobs, outlooks, preparations, demographics, listed = await gather(
        context.load_many(facts.jobs, parents),
        context.load_many(facts.outlook, parents),
        context.load_many(facts.preparation, parents),
        context.load_many(facts.demographics, parents),
        context.load_many(skills.in_full, parents),
    )
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
    """What a number of jobs counts, where it isn't people at work."""
    if jobs is None or jobs.basis is JobsBasis.EMPLOYED:
        return []
    return ["The number of jobs counts open postings, not people employed."]


def outlook_caveats(outlook: Outlook | None) -> list[str]:
    """What a growth rate leaves open."""
    if outlook is None or outlook.growth_percent is None or outlook.from_year is not None:
        return []
    return ["The source gives no period for the growth rate."]


def preparation_caveats(preparation: Preparation | None) -> list[str]:
    """Where a source gives two answers to how long it takes."""
    if preparation is None or preparation.years_of_experience is None or preparation.minimum_months is None:
        return []
    return [
        (
            f"The source gives {preparation.years_of_experience:g} years of experience beside "
            f"{preparation.minimum_months} to {preparation.maximum_months} months to become one, "
            "and doesn't say how the two fit together."
        )
    ]


def race_caveats(demographics: Demographics | None, total: float) -> list[str]:
    """How the shares by race and ethnicity add up."""
    if demographics is None or not total:
        return []
    if not demographics.race_is_exclusive:
        return ["Shares by race and ethnicity overlap: people of Hispanic origin may be of any race."]
    if abs(total - _WHOLE) < _ROUNDING:
        return []
    return [f"Shares by race and ethnicity are given as published, and sum to {total:.1f}%."]


def skill_caveats(weighted: Sequence[Weighted]) -> list[str]:
    """What a list of skills leaves out."""
    if not is_truncated(weighted):
        return []
    return ["Skills are a published short list of the most common ones; others may be as common and are not listed."]


def is_truncated(weighted: Sequence[Weighted]) -> bool:
    """Whether skills come from a list that its publisher cut short."""
    return any(skill.kind is SkillKind.LISTED for _, skill in weighted)


def comparison_caveats(
    jobs: tuple[JobCount | None, JobCount | None], outlooks: tuple[Outlook | None, Outlook | None]
) -> list[str]:
    """Why some figures of two occupations are not, or not quite, alike."""
    caveats: list[str] = []
    if jobs[0] and jobs[1] and jobs[0].basis is not jobs[1].basis:
        caveats.append(
            "The numbers of jobs are not compared: one side counts open postings, the other people employed."
        )
    if outlooks[0] and outlooks[1] and _period(outlooks[0]) != _period(outlooks[1]):
        caveats.append("The growth rates of the two sides are over different periods.")
    return caveats


def _period(outlook: Outlook) -> tuple[int | None, int | None]:
    return outlook.from_year, outlook.to_year
