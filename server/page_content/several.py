"""The page of three or four occupations: a table of their figures with ranks, as in web/src/several/."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from db.models import NATION
from db.vocabulary import EducationLevel, Experience
from resolvers.comparisons.formatting import area_in_sentence
from server.page_content import figures
from server.page_content.figures import Cell, Json, cell, part
from server.page_content.sources import PageSources, numbered

OPERATION = "Several"
"""The operation of web/src/several/several.graphql."""

SCOPE = (
    "Wages and jobs are of wage-and-salary workers, without the self-employed. For most occupations, annual wages are "
    "the hourly wage times 2,080 hours."
)

_RANKINGS = ("wages", "hourlyWages", "growth", "openings", "jobs")
_PROJECTED = ("GROWTH", "OPENINGS")
_ORDINALS = ("1st", "2nd", "3rd", "4th")


class Column(NamedTuple):
    """The cell of one role."""

    cell: Cell
    rank: str = ""
    lead: str = ""
    """Whether the role is clearly "first", or the first place is "shared"."""
    figure: bool = False


class Row(NamedTuple):
    """A figure or a text of each role."""

    name: Cell
    columns: Sequence[Column]
    prose: bool = False

    @property
    def is_ranked(self) -> bool:
        """Whether any role has a rank."""
        return any(column.rank for column in self.columns)


class Content(NamedTuple):
    """The values of the template."""

    roles: Sequence[Json]
    area: Json
    rows: Sequence[Row]
    ranges: Sequence[str]
    caveats: Sequence[str]
    pairs: Sequence[tuple[Json, Json]]
    sources: PageSources
    scope: str = SCOPE
    sides: Sequence[str] = ("left", "right", "third", "fourth")


def content(found: Json, slugs: Sequence[str]) -> Content:
    """Return the values of the template, from the data of ``OPERATION``, with the roles in the order of their slugs."""
    by_slug = {entry["occupation"]["slug"]: entry["occupation"] for entry in found["wages"]["entries"]}
    roles = [by_slug[slug] for slug in slugs]
    caveats = dict.fromkeys(caveat for name in _RANKINGS for caveat in part(found, name).get("caveats", ()))
    return Content(
        roles,
        found["wages"]["area"],
        [*_rows(found, roles)],
        [_range(role, _period_of(roles)) for role in roles],
        [*caveats],
        [(one, other) for place, one in enumerate(roles) for other in roles[place + 1 :]],
        numbered(("pay", "Pay", [role["salary"] for role in roles]), ("overview", "Overview", found)),
    )


def sentence(row: Row, names: Sequence[str]) -> str:
    """Return the figures of a row with their ranks."""
    stated = [
        f"{name} {column.cell.text}{f' ({column.rank})' if column.rank else ''}"
        for name, column in zip(names, row.columns, strict=True)
    ]
    return f"{row.name.text}, {row.name.note}: {'; '.join(stated)}."


def _rows(found: Json, roles: Sequence[Json]) -> Iterator[Row]:
    area = found["wages"]["area"]
    place = "nationwide" if area["code"] == NATION else area_in_sentence(area["name"])
    period = _period(roles)
    yield _ranked(Cell("Annual salary", f"mean, {place}"), found["wages"], roles)
    yield _ranked(Cell("Hourly rate", f"mean, {place}"), found["hourlyWages"], roles)
    yield _ranked(Cell("Growth", period), found["growth"], roles)
    yield _ranked(Cell("Openings a year", f"{period}, replacements included"), found["openings"], roles)
    yield _ranked(Cell("Jobs", f"wage and salary, {place}"), found["jobs"], roles, _postings)
    yield from _texts(Cell("Typical entry education"), roles, "typicalEntry", _order_of_education)
    yield from _texts(
        Cell("Typical work experience", "in a related occupation"), roles, "relatedExperience", _order_of_experience
    )
    yield from _texts(Cell("Typical on-the-job training"), roles, "onTheJobTraining", lambda _: None)
    times = [_time(role) for role in roles]
    if any(times):
        words = _extremes([role["jobZone"] for role in roles])
        notes = [
            "; ".join(filter(None, (role["jobZone"] and f"job zone {role['jobZone']}", word)))
            for role, word in zip(roles, words, strict=True)
        ]
        columns = [Column(cell(time, note)) for time, note in zip(times, notes, strict=True)]
        yield Row(Cell("Time to become one", _preparation(roles)), columns)
    yield Row(Cell("Typical age"), [Column(_age(part(role, "demographics"))) for role in roles])
    yield Row(Cell("What each does"), [Column(cell(role["description"])) for role in roles], prose=True)


def _ranked(
    name: Cell, ranking: Json | None, roles: Sequence[Json], otherwise: Callable[[Json], Column | None] = lambda _: None
) -> Row:
    """Return the row of a ranking. ``otherwise`` returns what a role has instead of a missing figure."""
    entries = {entry["occupation"]["slug"]: entry for entry in ranking["entries"]} if ranking else {}
    return Row(name, [_entry(ranking, entries.get(role["slug"]), otherwise(role)) for role in roles])


def _entry(ranking: Json | None, entry: Json | None, otherwise: Column | None) -> Column:
    if ranking is None or entry is None:
        return Column(cell(None))
    value, unit = entry["value"], ranking["unit"]
    if value is None and otherwise:
        return otherwise
    shown = figures.published(value, unit, entry["missing"])
    if value is not None and unit == "PERCENTAGE_POINTS":
        shown = Cell(figures.signed_percent(value))
    return Column(shown, _rank(ranking, entry), _lead(entry), figure=True)


def _rank(ranking: Json, entry: Json) -> str:
    """Say where an entry is in a ranking; "" if there is nothing to rank it among."""
    ranked = [one for one in ranking["entries"] if one["highestRank"] is not None]
    highest: int | None = entry["highestRank"]
    lowest: int | None = entry["lowestRank"]
    if len(ranked) < 2 or entry["value"] is None:  # noqa: PLR2004 - a pair
        return ""
    if highest is None or lowest is None:
        return "not ranked: another period"
    first, last = _ORDINALS[highest - 1], _ORDINALS[lowest - 1]
    rank = first if highest == lowest else f"tied {first}\N{EN DASH}{last}"
    untested = entry["standardErrorPercent"] is None and ranking["measure"] not in _PROJECTED
    return f"{rank}, not tested" if untested else rank


def _lead(entry: Json) -> str:
    if entry["highestRank"] != 1:
        return ""
    return "first" if entry["lowestRank"] == 1 else "shared"


def _postings(role: Json) -> Column | None:
    jobs = role["jobs"]
    if not jobs or jobs["basis"] != "OPEN_POSTINGS":
        return None
    return Column(Cell(figures.count(jobs["count"]), f"{figures.jobs_basis(jobs['basis'])}; not ranked"), figure=True)


def _texts(name: Cell, roles: Sequence[Json], field: str, order: Callable[[Json], int | None]) -> Iterator[Row]:
    """Yield the row of an entry requirement, if a role has one, with the words for the lowest and the highest."""
    educations = [part(role, "education") for role in roles]
    labels: list[str | None] = [education.get(field) for education in educations]
    if any(labels):
        words = _extremes([order(education) for education in educations])
        shown = [label and label.replace("/", "/\N{ZERO WIDTH SPACE}") for label in labels]
        yield Row(name, [Column(cell(text, word)) for text, word in zip(shown, words, strict=True)])


def _extremes(levels: Sequence[int | None]) -> Sequence[str]:
    """Say for each level whether it is the least or the most of all. Without all of them, there are no words."""
    known = [level for level in levels if level is not None]
    if len(known) < len(levels) or min(known) == max(known):
        return [""] * len(levels)
    return ["least" if level == min(known) else "most" if level == max(known) else "" for level in levels]


def _order_of_education(education: Json) -> int | None:
    level = education.get("typicalEntryLevel")
    return None if level is None else [*EducationLevel.__members__].index(level)


def _order_of_experience(education: Json) -> int | None:
    level = education.get("relatedExperienceLevel")
    return None if level is None else [*Experience.__members__].index(level)


def _period(roles: Sequence[Json]) -> str:
    periods = {figures.projection_period(role["outlook"]) for role in roles if role["outlook"]}
    return periods.pop() if len(periods) == 1 else "projected; periods differ"


def _time(role: Json) -> str | None:
    time = role["timeToBecome"]
    return time and figures.months(time["minimumMonths"], time["maximumMonths"])


def _preparation(roles: Sequence[Json]) -> str:
    bases = {role["timeToBecome"]["basis"] for role in roles if role["timeToBecome"]}
    return (figures.months_basis(bases.pop()) or "") if len(bases) == 1 else ""


def _age(demographics: Json) -> Cell:
    median, mean = demographics.get("medianAge"), demographics.get("averageAge")
    age, measure = (mean, "mean") if median is None else (median, "median")
    if age is None:
        missing = next((one for one in demographics.get("missing", ()) if one["figure"] == "medianAge"), None)
        return figures.published(None, "YEARS", missing)
    group = demographics["publishedFor"]
    return Cell(figures.plural(age, "year"), f"{measure} of the wider group “{group['name']}”" if group else measure)


def _period_of(roles: Sequence[Json]) -> str:
    """Return the pay period in which most can be compared, as in web/src/several/pay.tsx."""
    by_hour, by_year = (all(_ends(role, period) for role in roles) for period in ("hourly", "annual"))
    return "hourly" if by_hour and not by_year else "annual"


_UNITS = {"annual": "DOLLARS_PER_YEAR", "hourly": "DOLLARS_PER_HOUR"}


def _ends(role: Json, period: str) -> Mapping[str, str]:
    """Return the published wages of a period, and the bounds of those that are top-coded, in words."""
    salary = part(role, "salary")
    wages, unit = part(salary, period), _UNITS[period]
    bounds = {one["figure"]: one["atLeast"] for one in salary.get("missing", ())}
    ends = dict[str, str]()
    for name in ("mean", "p10", "median", "p90", "p25", "p75"):
        bound = bounds.get(f"{period}.{name}")
        if wages.get(name) is not None:
            ends[name] = figures.figure(wages[name], unit)
        elif bound is not None:
            ends[name] = f"at least {figures.figure(bound, unit)}"
    return ends


def _range(role: Json, period: str) -> str:
    """Say what the chart of wages shows of a role."""
    ends = _ends(role, period)
    if {"median", "p10", "p90"} <= ends.keys():
        return f"median {ends['median']}; the middle 80% earn {ends['p10']} to {ends['p90']}"
    if "median" in ends:
        return f"median {ends['median']}"
    if "mean" in ends:
        return f"mean {ends['mean']}; the spread is not published"
    missing: Sequence[Any] = part(role, "salary").get("missing", ())
    reason = next((one for one in missing if one["figure"] == f"{period}.median"), None)
    return figures.published(None, _UNITS[period], reason).text
