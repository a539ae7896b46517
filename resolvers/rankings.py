"""Rankings of occupations by mean wage, with ties within the standard errors."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from db.models import NATION, Area, Occupation, Wage
from db.vocabulary import MissingReason
from resolvers import areas, occupation_keys, salaries, wage_places
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import Verdict
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.job_titles import ResolvedTitle
from resolvers.missing import MissingFigure
from resolvers.occupation_keys import OccupationKey

FEWEST, MOST = 2, 20
"""The minimum and maximum number of occupations in a ranking."""


class RankingEntry(NamedTuple):
    """An occupation and its rank. Where no mean is published, rank and mean are None and ``missing`` has the reason."""

    rank: int | None
    occupation: Occupation
    mean: float | None
    standard_error_percent: float | None
    tied_with: Sequence[Occupation]
    missing: MissingFigure | None
    title: ResolvedTitle | None = None
    """The job title that the occupation was asked for by."""


class Ranking(NamedTuple):
    """Occupations by mean annual wage in an area and an industry, highest first."""

    area: Area
    industry_code: str
    entries: Sequence[RankingEntry]
    caveats: Sequence[str]
    source_ids: Sequence[str]


class Earner(NamedTuple):
    """An occupation with a published mean wage, in dollars a year."""

    occupation: Occupation
    mean: float
    standard_error_percent: float | None


async def of(
    parents: Sequence[None],
    context: Context,
    *,
    occupations: Sequence[OccupationKey],
    area: str = NATION,
    industry: str | None = None,
) -> Sequence[Ranking]:
    """The ranking of 2 to 20 occupations by mean annual wage.

    Raises BadUserInput for fewer or more occupations, for duplicates, for an unknown area or industry, and for an
    industry in an area that has no wages by industry; NotFound, with the positions, for keys that match no occupation.
    """
    if not FEWEST <= len(occupations) <= MOST:
        raise BadUserInput("occupations", f"it holds {len(occupations)}; a ranking takes {FEWEST} to {MOST}")
    found, titles = await _found(occupations, context)
    place = await wage_places.asked(area, industry, context)
    where = await areas.required(area, context)
    cells = await context.load_many(salaries.of, found, **place._asdict())
    ranking = _ranked(where, place.industry, list(zip(found, cells, strict=True)))
    entries = [entry._replace(title=titles.get(entry.occupation.slug)) for entry in ranking.entries]
    return [ranking._replace(entries=entries)] * len(parents)


async def _found(
    keys: Sequence[OccupationKey], context: Context
) -> tuple[list[Occupation], Mapping[str, ResolvedTitle]]:
    """Return the occupations with these keys, and the titles among the keys by the slugs of their occupations."""
    positions = [f"occupations[{position}]" for position in range(len(keys))]
    found = await occupation_keys.required(keys, positions, context)
    rows = [*map(occupation_keys.occupation_of, found)]
    first: dict[str, str] = {}
    for position, row in zip(positions, rows, strict=True):
        if first.setdefault(row.slug, position) != position:
            raise BadUserInput("occupations", f"{first[row.slug]} and {position} are both {row.title}")
    return rows, {row.slug: key for row, key in zip(rows, found, strict=True) if isinstance(key, ResolvedTitle)}


def _ranked(area: Area, industry: str, rows: Sequence[tuple[Occupation, Wage | None]]) -> Ranking:
    earners: list[Earner] = []
    others: list[RankingEntry] = []
    for occupation, cell in rows:
        if cell is None or cell.annual_mean is None:
            others.append(_unranked(occupation, cell))
        else:
            earners.append(Earner(occupation, cell.annual_mean, cell.wage_standard_error_percent))
    # A source counts if it has the mean or gives the reason why that is missing, not if it doesn't collect means.
    sources = [
        cell.source_id
        for _, cell in rows
        if cell is not None and (cell.annual_mean is not None or "annual_mean" in (cell.missing or {}))
    ]
    entries = ranked(earners)
    return Ranking(
        area=area,
        industry_code=industry,
        entries=[*entries, *others],
        caveats=[*_ties(entries), *_untested(earners), *_capped(others), *_sources_caveats(sources)],
        source_ids=list(dict.fromkeys(sources)),
    )


def _unranked(occupation: Occupation, cell: Wage | None) -> RankingEntry:
    missing = (
        MissingFigure(salaries.FIGURES["annual_mean"], MissingReason.NOT_COLLECTED)
        if cell is None
        else salaries.missing_figure(cell, "annual_mean")
    )
    return RankingEntry(None, occupation, None, None, [], missing)


def ranked(earners: Sequence[Earner]) -> list[RankingEntry]:
    """Rank by mean, highest first, with standard competition ranking (1, 2, 2, 4); equal means keep their order.

    An entry is tied with all others whose means do not differ from its own significantly (z test at the 90 percent
    level), highest first. Pairs that can't be tested are not tied.
    """
    ordered = sorted(earners, key=lambda earner: earner.mean, reverse=True)
    return [
        RankingEntry(
            rank=1 + sum(other.mean > earner.mean for other in ordered),
            occupation=earner.occupation,
            mean=earner.mean,
            standard_error_percent=earner.standard_error_percent,
            tied_with=[other.occupation for other in ordered if _tied(earner, other)],
            missing=None,
        )
        for earner in ordered
    ]


def _tied(one: Earner, other: Earner) -> bool:
    return one is not other and judged(one, other) is Verdict.NOT_SIGNIFICANT


def judged(one: Earner, other: Earner) -> Verdict:
    """Return the result of the significance test of two means."""
    error = arithmetic.standard_error(one.mean, one.standard_error_percent, other.mean, other.standard_error_percent)
    return arithmetic.verdict(one.mean - other.mean, error)


def _ties(entries: Sequence[RankingEntry]) -> list[str]:
    """Name the neighbors in the order whose means do not differ significantly."""
    pairs = [
        f"{one.occupation.title} and {other.occupation.title}"
        for one, other in pairwise(entries)
        if other.occupation in one.tied_with
    ]
    return [f"The order of neighbors is within the sampling error: {'; '.join(pairs)}."] if pairs else []


def _untested(earners: Sequence[Earner]) -> list[str]:
    titles = [
        one.occupation.title
        for one in earners
        if any(other is not one and judged(one, other) is Verdict.NOT_TESTABLE for other in earners)
    ]
    if not titles:
        return []
    return [
        f"Some ties can't be tested with the published figures. Occupations with untested ties: {'; '.join(titles)}."
    ]


def _capped(unranked: Sequence[RankingEntry]) -> list[str]:
    return [
        f"The mean of {entry.occupation.title} is top-coded at ${entry.missing.at_least:,.0f}, so it has no rank; it "
        "may be higher than means that have one."
        for entry in unranked
        if entry.missing is not None and entry.missing.at_least is not None
    ]


def _sources_caveats(source_ids: Sequence[str]) -> list[str]:
    return ["The means come from different sources."] if len(set(source_ids)) > 1 else []
