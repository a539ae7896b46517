"""The summary of a comparison whose sides are one occupation, perhaps by two job titles."""

from collections.abc import Iterator, Sequence

from db.models import Occupation
from resolvers import job_titles
from resolvers.comparisons.formatting import capitalized, listed
from resolvers.comparisons.sides import Comparison
from resolvers.context import Context
from resolvers.job_titles import ResolvedTitle


async def summaries(parents: Sequence[Comparison], context: Context) -> list[list[str]]:
    """Each comparison in sentences: that nothing is to compare, and what would tell two titles apart."""
    titles = [title for parent in parents for title in (parent.left_title, parent.right_title) if title is not None]
    others = iter(await job_titles.others(titles, context) if titles else [])
    return [
        _sentences(parent, _others(parent.left_title, others), _others(parent.right_title, others))
        for parent in parents
    ]


def _others(title: ResolvedTitle | None, found: Iterator[Sequence[Occupation]]) -> Sequence[Occupation]:
    return () if title is None else next(found)


def _sentences(parent: Comparison, left: Sequence[Occupation], right: Sequence[Occupation]) -> list[str]:
    occupation = parent.left.title
    names = [_name(title, occupation) for title in (parent.left_title, parent.right_title)]
    if len({*names}) == 1:
        return [f"Both sides are {occupation}, so there is nothing to compare."]
    titles = [name for name in names if name != occupation]
    counted = f"are both counted in {occupation}" if len(titles) > 1 else f"is counted in {occupation}"
    return [
        f"{capitalized(listed(titles))} {counted}: public figures count them together, so there is nothing to compare.",
        _apart(*names, *([other.title for other in others] for others in (left, right))),
    ]


def _name(title: ResolvedTitle | None, occupation: str) -> str:
    return occupation if title is None else title.title


def _apart(left: str, right: str, left_others: Sequence[str], right_others: Sequence[str]) -> str:
    """Name the occupations that only one of two titles may be counted in as well."""
    only = [
        (left, [other for other in left_others if other not in right_others]),
        (right, [other for other in right_others if other not in left_others]),
    ]
    stated = [f"{title} may also be counted in {listed(others)}" for title, others in only if others]
    if not stated:
        return "No source counts either of them in an occupation that would tell them apart."
    return f"What would tell them apart is their other occupations: {'; '.join(stated)}."
