"""The page of a comparison: who is ahead, its summary, both sides in a table, and what each does."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from resolvers.comparisons.formatting import area_in_sentence
from server.page_content import figures, verdict
from server.page_content.figures import NOT_AVAILABLE, Cell, Gap, Json, Row, Titles, cell, difference_row, part
from server.page_content.sources import numbered

OPERATION = "CompareOverview"
"""The operation of web/src/comparison/overview.graphql."""

_MAJOR_GROUP_DIGITS = 2

_MEASURES = {"averageAge": "average", "medianAge": "median"}

_SATISFACTION, _EXPERIENCE = "Job satisfaction", "Years of experience"


def content(found: Json) -> Mapping[str, Any]:
    """Return the values of the template, from the comparison in the answer of ``OPERATION``."""
    left, right = found["left"], found["right"]
    titles = Titles(left["title"], right["title"])
    same = left["slug"] == right["slug"]
    cited, described = [*_cited(found)], [left["descriptionSource"], right["descriptionSource"]]
    groups = dict.fromkeys(f"{side['group']['code'][:_MAJOR_GROUP_DIGITS]}-0000" for side in (left, right))
    return {
        "titles": titles,
        "same": same,
        "left": left,
        "right": right,
        "area": found["area"],
        "place": area_in_sentence(found["area"]["name"]),
        "groups": [*groups],
        "asked": [_asked(found, side) for side in ("left", "right")],
        "key_figures": [(one, verdict.drawing(one)) for one in found["keyFigures"]],
        "meanings": verdict.meanings(found["keyFigures"]),
        "choices": verdict.choices(found, titles),
        "summary": found["summary"],
        "caveats": [] if same else found["caveats"],
        "rows": [*_rows(found, titles)],
        "lacking": _lacking(found),
        "sources": numbered(
            # A summary of one role on both sides has no figures.
            ("summary", "Summary", [] if same else cited),
            *(() if same else (("overview", "Overview", cited), ("roles", "What each does", described))),
            ("verdict", "", [] if same else _cited_by_key_figures(found)),
        ),
    }


def _asked(found: Json, side: str) -> str:
    """Return the job title that the address names for a side, unless the occupation's title says as much."""
    asked: str = part(found, f"{side}Title").get("title", "")
    written, title = asked.casefold(), found[side]["title"].casefold()
    return "" if title in (written, f"{written}s", f"{written.removesuffix('y')}ies") else asked


def _cited(found: Json) -> Sequence[object]:
    """Return the parts of a comparison whose sources the table cites."""
    used = ("jobs", "outlook", "education", "demographics", "timeToBecome")
    differences = [value for name, value in found.items() if name not in ("left", "right")]
    return [*differences, *(found[side][name] for side in ("left", "right") for name in used)]


def _cited_by_key_figures(found: Json) -> Sequence[object]:
    """Return the parts of a comparison whose sources the first screen cites, as web/src/comparison/verdict.tsx does."""
    differences = [found[name] for name in ("salary", "growth", "openings", "jobs", "entry")]
    return [*differences, *(found[side][name] for side in ("left", "right") for name in ("jobs", "outlook"))]


def _rows(found: Json, titles: Titles) -> Iterator[Row]:
    left, right, entry = found["left"], found["right"], found["entry"]
    salary, demographics = part(found, "salary"), part(found, "demographics")
    yield difference_row(Cell("Annual salary", f"mean, {found['area']['name']}"), salary.get("annualMean"), titles)
    yield difference_row(Cell("Hourly rate", "mean"), salary.get("hourlyMean"), titles)
    periods = Titles(*(_period(one or other) for one, other in _both_ways(left["outlook"], right["outlook"])))
    labels = None if periods.left == periods.right else periods
    period = "projected; periods differ" if labels else periods.left
    yield difference_row(Cell("Growth rate", period), found["growth"], titles, labels)
    if found["jobs"]:
        yield difference_row(Cell("Number of jobs", _basis(left)), found["jobs"], titles)
    else:
        yield Row(
            Cell("Number of jobs"),
            cell(_counted(left)),
            cell(_counted(right)),
            "not comparable: counted differently",
        )
    if found["openings"]:
        name = Cell("Openings a year", f"{period}, replacements included")
        yield difference_row(name, found["openings"], titles, labels)
    lacking = _lacking(found)
    if _SATISFACTION not in lacking:
        satisfied = [cell(side["jobSatisfaction"]) for side in (left, right)]
        yield Row(Cell(_SATISFACTION), satisfied[0], satisfied[1], NOT_AVAILABLE)
    yield Row(Cell("Most common degree"), _degree(left), _degree(right), _degrees_apart(found))
    for name, of, more, note in (
        (Cell("Typical entry education"), entry["education"], "more education", ""),
        (Cell("Typical work experience", "in a related occupation"), entry["experience"], "more experience", ""),
        (Cell("Typical on-the-job training"), entry["training"], "longer training", entry["note"] or ""),
    ):
        yield from _entry_row(name, of, titles, more, note)
    yield _age_row(demographics.get("age"), titles, left, right)
    if _EXPERIENCE not in lacking:
        yield difference_row(Cell(_EXPERIENCE), found["yearsOfExperience"], titles)
    yield _time_row(found, titles)


def _lacking(found: Json) -> Sequence[str]:
    """Return the names of the rows without a figure of either side, which are left out of the table."""
    satisfaction = [found[side]["jobSatisfaction"] for side in ("left", "right")]
    figures_by_name = {_SATISFACTION: satisfaction, _EXPERIENCE: [found["yearsOfExperience"]]}
    return [name for name, values in figures_by_name.items() if values.count(None) == len(values)]


def _both_ways(left: Json | None, right: Json | None) -> Sequence[tuple[Json | None, Json | None]]:
    return (left, right), (right, left)


def _period(outlook: Json | None) -> str:
    return figures.projection_period(outlook or {"fromYear": None, "toYear": None})


def _basis(side: Json) -> str:
    return figures.jobs_basis(side["jobs"]["basis"] if side["jobs"] else "WAGE_AND_SALARY")


def _counted(side: Json) -> str | None:
    return side["jobs"] and f"{figures.count(side['jobs']['count'])} {_basis(side)}"


def _degree(side: Json) -> Cell:
    education = part(side, "education")
    name: str | None = education.get("mostCommonDegree")
    if not name:
        return cell(None)
    share = next((one["percent"] for one in education["degrees"] if one["name"] == name), None)
    text = name if share is None else f"{name}, {figures.percent(share)}"
    return Cell(text, _in_group(education["degreesPublishedFor"]))


def _in_group(published_for: Json | None) -> str:
    return f"of the wider group “{published_for['name']}”" if published_for else ""


def _degrees_apart(found: Json) -> str:
    same = found["education"]["mostCommonDegree"]["same"] if found["education"] else None
    if same is not None:
        return "same degree" if same else "different degree"
    both_known = all(part(found[side], "education").get("mostCommonDegree") for side in ("left", "right"))
    return "not compared: one wider group" if both_known else NOT_AVAILABLE


def _entry_row(name: Cell, of: Json, titles: Titles, more: str, note: str) -> Iterator[Row]:
    """Yield the row of an entry requirement, if a side has one. ``note`` says why two may have no order."""
    if of["left"] is None and of["right"] is None:
        return
    apart: Gap | str = _needs_more(of["needsMore"], titles, more, "same")
    if None not in (of["left"], of["right"]) and of["needsMore"] is None:
        apart = Gap("", "", "not ordered: lengths overlap", note)
    left, right = (cell(of[side] and of[side].replace("/", "/\N{ZERO WIDTH SPACE}")) for side in ("left", "right"))
    yield Row(name, left, right, apart)


def _age_row(of: Json | None, titles: Titles, left: Json, right: Json) -> Row:
    measures = [_MEASURES.get(of[measure] or "", "") if of else "" for measure in ("leftMeasure", "rightMeasure")]
    differ = measures[0] != measures[1]
    name = "Age" if differ else "Median age" if measures[0] == "median" else "Average age"
    labels = [
        ", ".join(filter(None, (measure if differ else "", _in_group(part(side, "demographics").get("publishedFor")))))
        for measure, side in zip(measures, (left, right), strict=True)
    ]
    return difference_row(Cell(name), of, titles, Titles(*labels))


def _time_row(found: Json, titles: Titles) -> Row:
    of, zones = found["timeToBecome"], found["jobZone"]
    left, right = (_time(found[side]["timeToBecome"], zones[side] if zones else None) for side in ("left", "right"))
    if of:
        return Row(Cell("Time to become one"), left, right, figures.gap(of, titles))
    known = found["left"]["timeToBecome"] or found["right"]["timeToBecome"]
    note = figures.months_basis(known["basis"]) if known else None
    apart = _needs_more(zones and zones["needsMore"], titles, "more preparation", "same job zone")
    return Row(Cell("Time to become one", note or ""), left, right, apart)


def _time(of: Json | None, zone: int | None) -> Cell:
    if of is None:
        return cell(None)
    text = figures.months(of["minimumMonths"], of["maximumMonths"])
    return Cell(text, "" if zone is None else f"job zone {zone}")


def _needs_more(side: str | None, titles: Titles, more: str, same: str) -> str:
    match side:
        case "EQUAL":
            return same
        case "LEFT":
            return f"{titles.left}: {more}"
        case "RIGHT":
            return f"{titles.right}: {more}"
        case _:
            return NOT_AVAILABLE
