"""The page of a list of occupations in the order of a place's or an industry's figures, as in web/src/best-paid/."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from db.models import ALL_INDUSTRIES, NATION
from db.vocabulary import EducationLevel
from resolvers.comparisons.formatting import (
    area_in_sentence,
    dollars,
    dollars_and_cents,
    plain,
    sector_name,
    whole,
    with_article,
)
from server.page_content import figures
from server.page_content.figures import Cell, Json, cell, part
from server.page_content.sources import numbered

LIST, UNRANKED, TIES = "BestPaid", "BestPaidUnranked", "BestPaidTies"
"""The operations of web/src/best-paid/*.graphql."""


@dataclass(frozen=True)
class ListOrder:
    """An order of the page of best-paid occupations, as web/src/best-paid/address.ts has it."""

    label: str
    heading: str
    field: str
    figure: str
    """The name of the figure in a filter."""
    part: str
    """The part of an occupation that has the figure and its source."""
    read: Callable[[Mapping[str, Any]], float]
    written: Callable[[float], str]


ORDERS = {
    "mean": ListOrder(
        "Mean annual wage",
        "Best-paid occupations",
        "MEAN_WAGE",
        "annualMean",
        "salary",
        lambda salary: salary["annual"]["mean"],
        lambda wage: f"{dollars(wage)} a year",
    ),
    "median": ListOrder(
        "Median annual wage",
        "Occupations with the highest median wages",
        "MEDIAN_WAGE",
        "annualMedian",
        "salary",
        lambda salary: salary["annual"]["median"],
        lambda wage: f"median {dollars(wage)} a year",
    ),
    "hourly": ListOrder(
        "Mean hourly wage",
        "Best-paid occupations by the hour",
        "HOURLY_MEAN_WAGE",
        "hourlyMean",
        "salary",
        lambda salary: salary["hourly"]["mean"],
        lambda wage: f"{dollars_and_cents(wage)} an hour",
    ),
    "employment": ListOrder(
        "Number of jobs",
        "Occupations with the most jobs",
        "EMPLOYMENT",
        "employment",
        "salary",
        lambda salary: salary["employment"],
        lambda jobs: f"{whole(jobs)} wage-and-salary jobs",
    ),
    "growth": ListOrder(
        "Projected growth, nationwide",
        "Fastest-growing occupations",
        "GROWTH",
        "growthPercent",
        "outlook",
        lambda outlook: outlook["growthPercent"],
        lambda growth: f"{plain(growth)}%",
    ),
}
"""By the name in the page's address."""

_SCOPE = (
    "Wages and jobs are of wage-and-salary workers, without the self-employed. For most occupations, annual wages are "
    "the hourly wage times 2,080 hours. Growth is projected for the whole nation."
)
_TIES = "Ties are the places whose means do not differ significantly from this one, among 20 occupations at a time."


class Choice(NamedTuple):
    """What an address of the page chooses."""

    area: str
    industry: str
    education: EducationLevel | None
    order: str
    after: str = ""
    """The API's cursor of the last occupation before the list; "" for none."""
    place: int = 1
    """The place of the first occupation of the list."""

    @property
    def list_order(self) -> ListOrder:
        """The order."""
        return ORDERS[self.order]

    @property
    def _conditions(self) -> dict[str, Any]:
        return {"kind": "DETAILED", **({"entryEducation": self.education.name} if self.education else {})}

    @property
    def list_variables(self) -> dict[str, Any]:
        """The variables of ``LIST``."""
        figure = self.list_order.figure
        # Any figure: an occupation without it has no place in the order. Growth is national, so occupations without
        # published jobs in the place are left out.
        in_place = {"employment": {"atLeast": 0}} if figure == "growthPercent" else {}
        return {
            "area": self.area,
            "industry": self.industry,
            "filter": {**self._conditions, **in_place, figure: {"atLeast": -100}},
            "order": {"field": self.list_order.field, "direction": "DESC"},
            "after": self.after or None,
        }

    @property
    def unranked_variables(self) -> dict[str, Any]:
        """The variables of ``UNRANKED``."""
        return {
            "area": self.area,
            "industry": self.industry,
            "topCoded": {**self._conditions, "annualMeanMissing": "TOP_CODED"},
            "hourlyOnly": {**self._conditions, "annualMeanMissing": "HOURLY_ONLY"},
        }

    def ties_variables(self, listed: Json) -> dict[str, Any] | None:
        """Return the variables of ``TIES`` for the occupations of a list; None for a list without ties."""
        occupations = [{"slug": node["slug"]} for node in listed["occupations"]["nodes"]]
        if self.order != "mean" or len(occupations) < 2:  # noqa: PLR2004
            return None
        return {"area": self.area, "industry": self.industry, "occupations": occupations}


def heading(found: Json, chosen: Choice) -> str:
    """Return the heading of a list, from the answer of ``LIST``."""
    area, industry, education = found["area"], found["industry"], chosen.education
    place = sector_name(industry["title"]) if _is_single(industry) else area_in_sentence(area["name"])
    needed = f" that typically need {with_article(education.value)}" if education else ""
    start = f", from place {chosen.place}" if chosen.after else ""
    return f"{chosen.list_order.heading} in {place}{needed}{start}"


def address(found: Json, chosen: Choice, /, **others: str) -> str:
    """Return the canonical address of a list, from the answer of ``LIST``, with other parameters."""
    area, industry = found["area"], found["industry"]
    asked = {
        "area": "" if area["code"] == NATION else area["code"],
        "industry": industry["code"] if _is_single(industry) else "",
        "education": chosen.education.value if chosen.education else "",
        "order": "" if chosen.order == "mean" else chosen.order,
        **_part(chosen.after, chosen.place),
        **others,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/best-paid?{query}" if query else "/best-paid"


def _part(after: str, place: int) -> Mapping[str, str]:
    """Return the parameters of an address for the part of a list after a cursor."""
    return {"after": after, "from": str(place)} if after else {}


def _is_single(industry: Json) -> bool:
    return bool(industry["code"] != ALL_INDUSTRIES)


class Unranked(NamedTuple):
    """Occupations that the order of a list cannot place."""

    title: str
    text: str
    items: Sequence[tuple[str, str, str]]
    """The address, the title and the figure of each."""


class ListedOccupation(NamedTuple):
    """A row of a list."""

    href: str
    title: str
    education: str
    figures: Sequence[tuple[str, Cell]]
    """The figures by the names of their columns."""


def content(chosen: Choice, listed: Json, unranked: Json | None, tied: Json | None) -> Mapping[str, Any]:
    """Return the values of the template, from the answers of ``LIST``, ``UNRANKED`` and ``TIES``."""
    page = listed["occupations"]
    by_annual_wage = chosen.order in ("mean", "median")
    with_ties = chosen.order == "mean"
    ties = _ties(page["nodes"], chosen.place, tied)
    cursor, following = page["pageInfo"], chosen.place + len(page["nodes"])
    whole_list = chosen._replace(after="", place=1)
    query = "" if chosen.area == NATION else f"?{urlencode({'area': chosen.area})}"
    total = page["totalCount"]
    return {
        "heading": heading(listed, chosen),
        "area": listed["area"],
        "industry_name": sector_name(listed["industry"]["title"]),
        "single": _is_single(listed["industry"]),
        "chosen": chosen,
        "orders": ORDERS,
        "educations": [level.value for level in reversed(EducationLevel)],
        "above": _above(unranked["topCoded"], query) if unranked and by_annual_wage else None,
        "by_hour": _by_hour(unranked["hourlyOnly"], query) if unranked and by_annual_wage else None,
        "beginning": address(listed, whole_list) if chosen.after else None,
        "next": address(listed, whole_list, **_part(cursor["endCursor"], following)) if cursor["hasNextPage"] else None,
        "rows": [
            _row(node, chosen, query, ties.get(node["slug"], "none") if with_ties else None) for node in page["nodes"]
        ],
        "scope": f"{figures.plural(total, 'occupation')} in this list. {_SCOPE}{f' {_TIES}' if with_ties else ''}",
        "sources": numbered(("list", f"By {chosen.list_order.label.lower()}", page)),
    }


def _row(node: Json, chosen: Choice, query: str, ties: str | None) -> ListedOccupation:
    salary = part(node, "salary")
    annual, hourly = part(salary, "annual"), part(salary, "hourly")
    missing: Mapping[str, Json] = {one["figure"]: one for one in salary.get("missing", ())}
    growth: float | None = part(node, "outlook").get("growthPercent")
    columns = [
        ("Mean", figures.published(annual.get("mean"), "DOLLARS_PER_YEAR", missing.get("annual.mean"))),
        *([("Ties", Cell(ties))] if ties is not None else []),
        ("Median", figures.published(annual.get("median"), "DOLLARS_PER_YEAR", missing.get("annual.median"))),
        ("Mean hourly", figures.published(hourly.get("mean"), "DOLLARS_PER_HOUR", missing.get("hourly.mean"))),
        ("Jobs", figures.published(salary.get("employment"), "WAGE_AND_SALARY_JOBS", missing.get("employment"))),
        ("Growth", cell(None if growth is None else figures.signed_percent(growth))),
    ]
    entry = "" if chosen.education else part(node, "education").get("typicalEntry") or ""
    return ListedOccupation(f"/occupation/{node['slug']}{query}", node["title"], entry, columns)


def _ties(nodes: Sequence[Json], start: int, tied: Json | None) -> Mapping[str, str]:
    """Return the places of each occupation's ties, by its slug, as text."""
    places = {node["slug"]: place for place, node in enumerate(nodes, start)}
    entries: Sequence[Json] = part(tied or {}, "ranking").get("entries", ())
    return {
        entry["occupation"]["slug"]: _runs(sorted(places[one["slug"]] for one in entry["tiedWith"]))
        for entry in entries
    }


def _runs(places: Sequence[int]) -> str:
    """Format places: "4, 6-9" with an en dash, "none"."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ", ".join(f"{first}" if first == last else f"{first}\N{EN DASH}{last}" for first, last in runs) or "none"


def _above(of: Json | None, query: str) -> Unranked:
    text = (
        "For these occupations the source only says how high the mean is at least. They have no place in the list "
        "below and may be above any of it."
    )
    return Unranked("Above the published maximum", text, _named(of, query, _bound))


def _by_hour(of: Json | None, query: str) -> Unranked:
    text = (
        "No annual wage is published for these occupations, because most of their workers do not work full-time all "
        "year."
    )
    return Unranked("Paid by the hour only", text, _named(of, query, _hourly_mean))


def _named(of: Json | None, query: str, noted: Callable[[Json], str]) -> Sequence[tuple[str, str, str]]:
    nodes: Sequence[Json] = of["nodes"] if of else []
    return [(f"/occupation/{node['slug']}{query}", node["title"], noted(part(node, "salary"))) for node in nodes]


def _bound(salary: Json) -> str:
    bounds = [one["atLeast"] for one in salary.get("missing", ()) if one["figure"] == "annual.mean"]
    return f"at least {figures.money(bounds[0])}" if bounds and bounds[0] is not None else ""


def _hourly_mean(salary: Json) -> str:
    mean: float | None = part(salary, "hourly").get("mean")
    return "" if mean is None else f"{figures.hourly(mean)} an hour"
