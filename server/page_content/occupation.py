"""The page of an occupation: what it is, and its figures at a glance, as in web/src/occupation/overview.tsx."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from resolvers.missing import NOT_PUBLISHED
from server.page_content import figures
from server.page_content.figures import Cell, Json, cell, part
from server.page_content.sources import numbered

OPERATION = "OccupationOverview"
"""The operation of web/src/occupation/overview.graphql."""

_PREPARATION = ("little or no", "some", "medium", "considerable", "extensive")
"""O*NET's terms for its five job zones."""


_ANNUAL = (
    ("Average salary", "annual mean, United States", "annual", "mean", "DOLLARS_PER_YEAR"),
    ("Median salary", "half earn less", "annual", "median", "DOLLARS_PER_YEAR"),
    ("Hourly rate", "mean", "hourly", "mean", "DOLLARS_PER_HOUR"),
)
_HOURLY = (
    ("Hourly rate", "mean, United States; no annual wage is published", "hourly", "mean", "DOLLARS_PER_HOUR"),
    ("Median hourly rate", "half earn less", "hourly", "median", "DOLLARS_PER_HOUR"),
)
"""The wages at a glance: name, note, period, statistic and unit."""


class Fact(NamedTuple):
    """A figure at a glance, with its name. A missing figure can have a note too."""

    name: str
    value: Cell


def content(found: Json) -> Mapping[str, Any]:
    """Return the values of the template, from the occupation in the answer of ``OPERATION``."""
    facts = [*_facts(found)]
    lacking = [fact for fact in facts if fact.value.text == NOT_PUBLISHED]
    groups = [group for group in _with_parents(found["group"]) if group["level"] == "MAJOR"]
    return {
        "occupation": found,
        "group": groups[0] if groups else None,
        "facts": [fact for fact in facts if fact not in lacking],
        "lacking": [fact.name for fact in lacking],
        "sources": numbered(("overview", "At a glance", found)),
    }


def _with_parents(group: Json | None) -> Iterator[Json]:
    while group:
        yield group
        group = group.get("parent")


def _facts(found: Json) -> Iterator[Fact]:
    salary, jobs, outlook = found["salary"], found["jobs"], found["outlook"]
    for name, note, period, statistic, unit in _HOURLY if _is_hourly(salary) else _ANNUAL:
        yield Fact(name, _wage(salary, period, statistic, unit)._replace(note=note))
    yield _fact("Jobs", jobs and figures.count(jobs["count"]), jobs and figures.jobs_basis(jobs["basis"]))
    if outlook and outlook["employmentFrom"] is not None:
        note = f"in {outlook['fromYear']}, with the self-employed"
        yield _fact("All jobs", figures.count(outlook["employmentFrom"]), note)
    growth = outlook and outlook["growthPercent"]
    rate = None if growth is None else figures.signed_percent(growth)
    yield _fact("Growth", rate, outlook and figures.projection_period(outlook))
    openings = outlook and outlook["openingsPerYear"]
    number = None if openings is None else figures.count(openings)
    yield _fact("Annual openings", number, number and "average, including replacements")
    education = part(found, "education")
    entry, degree = education.get("typicalEntry"), education.get("mostCommonDegree")
    yield (
        _fact("Most common degree", degree)
        if degree and not entry
        else _fact("Entry-level education", entry, "typical")
    )
    time, zone, years = found["timeToBecome"], found["jobZone"], found["yearsOfExperience"]
    span = time and figures.months(time["minimumMonths"], time["maximumMonths"])
    yield _fact("Time to become one", span, time and figures.months_basis(time["basis"]))
    prepared = zone and f"{_PREPARATION[zone - 1]} preparation"
    yield _fact("Job zone", zone and f"{zone} of {len(_PREPARATION)}", prepared)
    yield _fact("Years of experience", None if years is None else figures.plural(years, "year"))
    yield _fact("Job satisfaction", found["jobSatisfaction"])


def _is_hourly(salary: Json | None) -> bool:
    missing = salary["missing"] if salary else ()
    return any(one["figure"] == "annual.mean" and one["reason"] == "HOURLY_ONLY" for one in missing)


def _fact(name: str, text: str | None, note: str | None = None) -> Fact:
    return Fact(name, cell(text)._replace(note=note or ""))


def _wage(salary: Json | None, period: str, statistic: str, unit: str) -> Cell:
    if salary is None:
        return cell(None)
    missing = next((one for one in salary["missing"] if one["figure"] == f"{period}.{statistic}"), None)
    return figures.published(part(salary, period).get(statistic), unit, missing)
