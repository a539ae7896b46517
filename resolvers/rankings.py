"""Occupations ranked by mean wage, with the ties that standard errors leave open."""

from collections.abc import Sequence
from typing import NamedTuple

from db.models import NATION, Area, Occupation, Wage
from db.vocabulary import MissingReason
from resolvers import areas, occupations, salaries
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import Verdict
from resolvers.context import Context
from resolvers.errors import BadUserInput, NotFound
from resolvers.occupations import OccupationKey
from resolvers.salaries import MissingFigure

FEWEST, MOST = 2, 20
"""How many occupations can be ranked."""


class RankingEntry(NamedTuple):
    """One occupation in its place; the rank and the mean are None, and missing says why, where no mean is published."""

    rank: int | None
    occupation: Occupation
    mean: float | None
    standard_error_percent: float | None
    tied_with: Sequence[Occupation]
    missing: MissingFigure | None


class Ranking(NamedTuple):
    """Occupations by mean annual wage in an area, over all industries, highest first."""

    area: Area
    entries: Sequence[RankingEntry]
    caveats: Sequence[str]
    source_ids: Sequence[str]


class Earner(NamedTuple):
    """An occupation that has a published mean, in dollars a year."""

    occupation: Occupation
    mean: float
    standard_error_percent: float | None


async def of(
    parents: Sequence[None], context: Context, *, occupations: Sequence[OccupationKey], area: str = NATION
) -> Sequence[Ranking]:
    """The ranking of 2 to 20 occupations.

    Raises BadUserInput for fewer, more, or the same one twice, and for an unknown area; NotFound, naming the positions,
    where keys match none.
    """
    if not FEWEST <= len(occupations) <= MOST:
        raise BadUserInput("occupations", f"it must hold {FEWEST} to {MOST} occupations, and holds {len(occupations)}")
    found = await _found(occupations, context)
    where = await areas.required(area, context)
    cells = await context.load_many(salaries.of, found, area=area)
    return [_ranked(where, list(zip(found, cells, strict=True)))] * len(parents)


async def _found(keys: Sequence[OccupationKey], context: Context) -> list[Occupation]:
    positions = [f"occupations[{position}]" for position in range(len(keys))]
    rows = await occupations.find(keys, positions, context)
    unknown = {
        position: f"{position}: no occupation has the {occupations.describe(key)}"
        for position, key, row in zip(positions, keys, rows, strict=True)
        if row is None
    }
    if unknown:
        raise NotFound(list(unknown), f"There is nothing to rank at {', '.join(unknown.values())}")
    first: dict[str, str] = {}
    for position, row in zip(positions, rows, strict=True):
        if row is not None and first.setdefault(row.slug, position) != position:
            raise BadUserInput("occupations", f"{first[row.slug]} and {position} are the same one, {row.title}")
    return [row for row in rows if row is not None]


def _ranked(area: Area, rows: Sequence[tuple[Occupation, Wage | None]]) -> Ranking:
    earners: list[Earner] = []
    others: list[RankingEntry] = []
    for occupation, cell in rows:
        if cell is None or cell.annual_mean is None:
            others.append(_unranked(occupation, cell))
        else:
            earners.append(Earner(occupation, cell.annual_mean, cell.wage_standard_error_percent))
    # A source that doesn't collect a mean is not where it comes from; one that gives a reason for its absence has it.
    sources = [
        cell.source_id
        for _, cell in rows
        if cell is not None and (cell.annual_mean is not None or "annual_mean" in (cell.missing or {}))
    ]
    return Ranking(
        area=area,
        entries=[*ranked(earners), *others],
        caveats=[*_untested(earners), *_capped(others), *_sources_caveats(sources)],
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
    """Rank by mean, highest first: equal means share a rank, and the next one counts all that are ahead of it.

    Equal ones are in the order in which they came. An entry is tied with the others, highest first, whose means differ
    from its own by no more than chance; where a pair can't be tested it is not tied.
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
    """Whether the means of two differ by more than chance."""
    error = arithmetic.standard_error(one.mean, one.standard_error_percent, other.mean, other.standard_error_percent)
    return arithmetic.verdict(one.mean - other.mean, error)


def _untested(earners: Sequence[Earner]) -> list[str]:
    titles = [
        one.occupation.title
        for one in earners
        if any(other is not one and judged(one, other) is Verdict.NOT_TESTABLE for other in earners)
    ]
    if not titles:
        return []
    return [f"The published figures don't allow every test of a tie; some are left open for: {'; '.join(titles)}."]


def _capped(unranked: Sequence[RankingEntry]) -> list[str]:
    return [
        f"The mean of {entry.occupation.title} is top-coded: it is at least ${entry.missing.at_least:,.0f} and has no "
        "rank, though it may be higher than means that have one."
        for entry in unranked
        if entry.missing is not None and entry.missing.at_least is not None
    ]


def _sources_caveats(source_ids: Sequence[str]) -> list[str]:
    return ["The means come from different sources."] if len(set(source_ids)) > 1 else []
