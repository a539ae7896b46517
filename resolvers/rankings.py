"""Rankings of occupations by one figure, with ties within the standard errors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from db.models import ALL_INDUSTRIES, NATION, Area, Occupation
from resolvers import areas, caveats, facts, occupation_keys, salaries, wage_places
from resolvers.comparisons import arithmetic, prospects
from resolvers.comparisons.arithmetic import Figure, Unit, Verdict
from resolvers.comparisons.formatting import WAGE_FORMATS
from resolvers.comparisons.salary import wage_figure
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.job_titles import ResolvedTitle
from resolvers.missing import MissingFigure
from resolvers.occupation_keys import OccupationKey

FEWEST, MOST = 2, 20
"""The minimum and maximum number of occupations in a ranking."""


class RankingMeasure(Enum):
    """The figure that occupations are ranked by."""

    MEAN_WAGE = "MEAN_WAGE"
    HOURLY_MEAN_WAGE = "HOURLY_MEAN_WAGE"
    EMPLOYMENT = "EMPLOYMENT"
    GROWTH = "GROWTH"
    OPENINGS = "OPENINGS"


class _Words(NamedTuple):
    """The unit of a measure, and its words in caveats."""

    unit: Unit
    one: str
    many: str


_WORDS = {
    RankingMeasure.MEAN_WAGE: _Words(Unit.DOLLARS_PER_YEAR, "mean", "means"),
    RankingMeasure.HOURLY_MEAN_WAGE: _Words(Unit.DOLLARS_PER_HOUR, "hourly mean", "hourly means"),
    RankingMeasure.EMPLOYMENT: _Words(Unit.WAGE_AND_SALARY_JOBS, "number of jobs", "numbers of jobs"),
    RankingMeasure.GROWTH: _Words(Unit.PERCENTAGE_POINTS, "projected growth", "growth rates"),
    RankingMeasure.OPENINGS: _Words(Unit.OPENINGS_PER_YEAR, "projected number of openings", "numbers of openings"),
}

_COLUMNS = {
    RankingMeasure.MEAN_WAGE: "annual_mean",
    RankingMeasure.HOURLY_MEAN_WAGE: "hourly_mean",
    RankingMeasure.EMPLOYMENT: "employment",
}
"""The columns of the measures that wage cells have. The others are projections."""

_ROUNDING = {
    RankingMeasure.GROWTH: caveats.POINTS_OF_ROUNDING,
    RankingMeasure.OPENINGS: caveats.ROUNDING_OF_PROJECTIONS,
}
"""The gap between two projections that can come from their rounding alone."""


class RankingEntry(NamedTuple):
    """An occupation and its rank, None for a figure that is not published or not comparable with the others."""

    rank: int | None
    highest_rank: int | None
    """One more than the number of entries that are clearly above."""
    lowest_rank: int | None
    """The number of entries with a rank that are not clearly below, this one included."""
    occupation: Occupation
    value: float | None
    standard_error_percent: float | None
    tied_with: Sequence[Occupation]
    missing: MissingFigure | None
    title: ResolvedTitle | None = None
    """The job title that the occupation was asked for by."""


class Ranking(NamedTuple):
    """Occupations by a figure in an area and an industry, highest first."""

    measure: RankingMeasure
    unit: Unit
    area: Area
    industry_code: str
    entries: Sequence[RankingEntry]
    caveats: Sequence[str]
    source_ids: Sequence[str]


class Entrant(NamedTuple):
    """An occupation and its figure."""

    occupation: Occupation
    figure: Figure

    @property
    def value(self) -> float:
        """The figure's value, 0 if it is not published."""
        return self.figure.value or 0


async def of(
    parents: Sequence[None],
    context: Context,
    *,
    occupations: Sequence[OccupationKey],
    by: RankingMeasure = RankingMeasure.MEAN_WAGE,
    area: str = NATION,
    industry: str | None = None,
) -> Sequence[Ranking]:
    """The ranking of 2 to 20 occupations by one figure.

    Raises BadUserInput for fewer or more occupations, for duplicates, for an unknown area or industry, for an industry
    in an area that has no wages by industry, and for an area or industry with projections, which are national;
    NotFound, with the positions, for keys that match no occupation.
    """
    if not FEWEST <= len(occupations) <= MOST:
        raise BadUserInput("occupations", f"it holds {len(occupations)}; a ranking takes {FEWEST} to {MOST}")
    found, titles = await _found(occupations, context)
    place = await wage_places.asked(area, industry, context)
    where = await areas.required(area, context)
    if by in _COLUMNS:
        cells = await context.load_many(salaries.of, found, **place._asdict())
        figures = [wage_figure(cell, _COLUMNS[by]) for cell in cells]
    else:
        _require_nation(by, place)
        projected = prospects.growth_figures if by is RankingMeasure.GROWTH else prospects.openings_figures
        figures = projected(await context.load_many(facts.outlook, found))
    ranking = _ranked(by, where, place.industry, [Entrant(*pair) for pair in zip(found, figures, strict=True)])
    entries = [entry._replace(title=titles.get(entry.occupation.slug)) for entry in ranking.entries]
    return [ranking._replace(entries=entries)] * len(parents)


def _require_nation(by: RankingMeasure, place: wage_places.WagePlace) -> None:
    """Raise BadUserInput for an area or an industry, of which there are no projections."""
    for argument, code, whole in (("area", place.area, NATION), ("industry", place.industry, ALL_INDUSTRIES)):
        if code != whole:
            others = ", ".join(measure.name for measure in _COLUMNS)
            raise BadUserInput(
                argument, f"{by.name} is projected for the nation only; leave it out, or rank by one of {others}"
            )


async def _found(
    keys: Sequence[OccupationKey], context: Context
) -> tuple[list[Occupation], Mapping[str, ResolvedTitle]]:
    """Return the occupations with these keys, and the titles among the keys by the slugs of their occupations."""
    positions = [f"occupations[{position}]" for position in range(len(keys))]
    found = await occupation_keys.required(dict(zip(positions, keys, strict=True)), context)
    rows = [row for row, _ in found]
    first: dict[str, str] = {}
    for position, row in zip(positions, rows, strict=True):
        if first.setdefault(row.slug, position) != position:
            raise BadUserInput("occupations", f"{first[row.slug]} and {position} are both {row.title}")
    return rows, {row.slug: title for row, title in found if title is not None}


def _ranked(by: RankingMeasure, area: Area, industry: str, entrants: Sequence[Entrant]) -> Ranking:
    # Figures with other names, such as projections over another period, are not comparable. Most have the first name.
    names = Counter(one.figure.name for one in entrants if one.figure.value is not None)
    [(name, _)] = names.most_common(1) or [("", 0)]
    comparable, rest = list[Entrant](), list[Entrant]()
    for one in entrants:
        (comparable if one.figure.value is not None and one.figure.name == name else rest).append(one)
    entries = ranked(comparable, _ROUNDING.get(by))
    others = [_unranked(one) for one in rest]
    sources = [one.figure.source_id for one in entrants if one.figure.source_id is not None]
    return Ranking(
        measure=by,
        unit=_WORDS[by].unit,
        area=area,
        industry_code=industry,
        entries=[*entries, *others],
        caveats=[
            *_ties(by, entries),
            *_untested(by, comparable),
            *_capped(by, others),
            *_other_periods(others),
            *_sources_caveats(by, sources),
        ],
        source_ids=list(dict.fromkeys(sources)),
    )


def _unranked(one: Entrant) -> RankingEntry:
    figure = one.figure
    missing = None if figure.value is not None else MissingFigure(figure.name, figure.reason, figure.at_least)
    return RankingEntry(None, None, None, one.occupation, figure.value, figure.standard_error_percent, [], missing)


def ranked(entrants: Sequence[Entrant], rounding: float | None = None) -> list[RankingEntry]:
    """Rank published figures, highest first, with standard competition ranking (1, 2, 2, 4).

    Equal figures keep their order.

    An entry is tied with all others whose figures do not differ from its own significantly (z test at the 90 percent
    level), or by no more than ``rounding``, highest first. Other pairs that can't be tested are not tied.
    """
    ordered = sorted(entrants, key=lambda one: one.value, reverse=True)
    entries = list[RankingEntry]()
    for one in ordered:
        pairs = [(other, _tied(one, other, rounding)) for other in ordered]
        clear = [other for other, tied in pairs if not tied]
        entries.append(
            RankingEntry(
                rank=1 + sum(other.value > one.value for other in ordered),
                highest_rank=1 + sum(other.value > one.value for other in clear),
                lowest_rank=len(ordered) - sum(other.value < one.value for other in clear),
                occupation=one.occupation,
                value=one.figure.value,
                standard_error_percent=one.figure.standard_error_percent,
                tied_with=[other.occupation for other, tied in pairs if tied],
                missing=None,
            )
        )
    return entries


def _tied(one: Entrant, other: Entrant, rounding: float | None) -> bool:
    if one is other:
        return False
    if rounding is not None:
        return arithmetic.rounded(abs(one.value - other.value)) <= rounding
    return judged(one, other) is Verdict.NOT_SIGNIFICANT


def judged(one: Entrant, other: Entrant) -> Verdict:
    """Return the result of the significance test of two figures."""
    error = arithmetic.standard_error_of_difference(one.figure, other.figure)
    return arithmetic.verdict(one.value - other.value, error)


def _ties(by: RankingMeasure, entries: Sequence[RankingEntry]) -> list[str]:
    """Name the neighbors in the order whose figures do not differ clearly."""
    pairs = [
        f"{one.occupation.title} and {other.occupation.title}"
        for one, other in pairwise(entries)
        if other.occupation in one.tied_with
    ]
    reason = "rounding of the projections" if by in _ROUNDING else "sampling error"
    return [f"The order of neighbors is within the {reason}: {'; '.join(pairs)}."] if pairs else []


def _untested(by: RankingMeasure, entrants: Sequence[Entrant]) -> list[str]:
    if by in _ROUNDING:
        several = len(entrants) > 1
        return ["Projections have no published standard errors, so their order is not tested."] if several else []
    titles = [
        one.occupation.title
        for one in entrants
        if any(other is not one and judged(one, other) is Verdict.NOT_TESTABLE for other in entrants)
    ]
    if not titles:
        return []
    return [
        f"Some ties can't be tested with the published figures. Occupations with untested ties: {'; '.join(titles)}."
    ]


def _capped(by: RankingMeasure, unranked: Sequence[RankingEntry]) -> list[str]:
    words = _WORDS[by]
    write = WAGE_FORMATS["hourly" if words.unit is Unit.DOLLARS_PER_HOUR else "annual"]
    return [
        f"The {words.one} of {entry.occupation.title} is top-coded at {write(entry.missing.at_least)}, so it has no "
        f"rank; it may be higher than {words.many} that have one."
        for entry in unranked
        if entry.missing is not None and entry.missing.at_least is not None
    ]


def _other_periods(unranked: Sequence[RankingEntry]) -> list[str]:
    return [
        f"The projection of {entry.occupation.title} covers another period than the others, so it has no rank."
        for entry in unranked
        if entry.value is not None
    ]


def _sources_caveats(by: RankingMeasure, source_ids: Sequence[str]) -> list[str]:
    return [f"The {_WORDS[by].many} come from different sources."] if len(set(source_ids)) > 1 else []
