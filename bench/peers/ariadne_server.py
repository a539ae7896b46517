"""Ariadne with its rows in memory: ``uvicorn bench.peers.ariadne_server:app``, in an environment of the peers' own.

The same resolvers as those of the Node peers in rows.js and resolvers.js; the arithmetic is ours itself.
"""

import base64
import json
import os
import re
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import Difference, Figure, Unit

ORDER = "occupations by title"
DEFAULT_SIZE = 20
_KEPT_DOCUMENTS = 1000
_CODE = re.compile(r"\s*(\d\d)[-\s.]?(\d{0,4})(\.\d\d)?\s*", re.ASCII)
_ANNUAL = ("mean", "median", "p10", "p25", "p75", "p90")

# Types are checked in our environment, which does not have these packages.
ariadne: Any = import_module("ariadne")
graphql: Any = import_module("graphql")
asgi: Any = import_module("ariadne.asgi")

Row = dict[str, Any]


class Rows:
    """The rows for the measured queries."""

    def __init__(self, file: str) -> None:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            connection.row_factory = lambda cursor, row: {
                column[0]: value for column, value in zip(cursor.description, row, strict=True)
            }
            self._read(connection)

    def _read(self, connection: sqlite3.Connection) -> None:
        national = "area_code = 'US' AND industry_code = '000000'"
        heaviest_first = "coalesce(percent, importance, percentile) DESC NULLS LAST, rank, skill_id"

        def all_of(source: str) -> list[Row]:
            return list(connection.execute(f"SELECT * FROM {source}"))  # noqa: S608 - our own text

        self.by_title = all_of("occupation ORDER BY title, slug")
        self.keys = [(row["title"], row["slug"]) for row in self.by_title]
        self.by_slug = {row["slug"]: row for row in self.by_title}
        self.salaries = {row["occupation_id"]: _salary(row) for row in all_of(f"wage WHERE {national}")}
        self.outlooks = {row["occupation_id"]: row for row in all_of("outlook")}
        self.educations = {row["occupation_id"]: _education(row) for row in all_of("education")}
        ages = _by_occupation(all_of("demographics ORDER BY source_id"))
        self.demographics = {occupation: _demographics(rows) for occupation, rows in ages.items()}
        self.degrees = _by_occupation(all_of("share WHERE kind = 'DEGREE' ORDER BY position"))
        self.genders = _by_occupation(all_of("share WHERE kind = 'GENDER' ORDER BY position"))
        skills = "occupation_skill JOIN (SELECT id, name FROM skill) ON id = skill_id"
        self.skills = _by_occupation([_skill(row) for row in all_of(f"{skills} ORDER BY {heaviest_first}")])
        employed = {occupation: salary["employment"] for occupation, salary in self.salaries.items()}
        coded = [row for row in self.by_title if row["code"]]
        self.by_employment = sorted(coded, key=lambda row: -(employed.get(row["id"]) or 0))


def _by_occupation(rows: Sequence[Row]) -> defaultdict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["occupation_id"]].append(row)
    return grouped


def _salary(row: Row) -> Row:
    annual = {name: row[f"annual_{name}"] for name in _ANNUAL}
    published = None not in (row["range_low"], row["range_high"], row["range_basis"])
    missing = json.loads(row["missing"] or "{}")
    figures = {
        name: Figure(
            name,
            annual[name],
            row["source_id"],
            row["wage_standard_error_percent"] if name == "mean" else None,
            at_least=missing.get(f"annual_{name}", {}).get("at_least"),
        )
        for name in ("mean", "median")
    }
    known = published or any(value is not None for value in annual.values())
    return {"employment": row["employment"], "annual": annual if known else None, "figures": figures}


def _education(row: Row) -> Row:
    common, entry = row["most_common_degree"], row["typical_entry"]
    return {"occupation_id": row["occupation_id"], "mostCommonDegree": common, "typicalEntry": entry}


def _demographics(rows: Sequence[Row]) -> Row:
    age = next((row["median_age"] for row in rows if row["median_age"] is not None), None)
    return {"occupation_id": rows[0]["occupation_id"], "medianAge": age}


def _skill(row: Row) -> Row:
    return {key: row[key] for key in ("occupation_id", "importance", "level")} | {"skill": {"name": row["name"]}}


rows = Rows(os.environ["SQLITE_FILE"])
query, comparison, salary_comparison = map(ariadne.ObjectType, ("Query", "Comparison", "SalaryComparison"))
occupation, education, demographics = map(ariadne.ObjectType, ("Occupation", "Education", "Demographics"))


@query.field("comparison")  # type: ignore[untyped-decorator]
def _comparison(_: object, __: object, *, left: Row, right: Row, area: str = "US") -> Row:  # noqa: ARG001 - a default
    return {"left": rows.by_slug[left["slug"]], "right": rows.by_slug[right["slug"]]}


@comparison.field("salary")  # type: ignore[untyped-decorator]
def _both_salaries(parent: Row, _: object) -> Row:
    return {side: rows.salaries[parent[side]["id"]]["figures"] for side in ("left", "right")}


@salary_comparison.field("annualMean")  # type: ignore[untyped-decorator]
def _annual_mean(parent: Row, _: object) -> Row:
    return _shown(arithmetic.difference(parent["left"]["mean"], parent["right"]["mean"], Unit.DOLLARS_PER_YEAR))


@salary_comparison.field("annualMedian")  # type: ignore[untyped-decorator]
def _annual_median(parent: Row, _: object) -> Row:
    return _shown(arithmetic.difference(parent["left"]["median"], parent["right"]["median"], Unit.DOLLARS_PER_YEAR))


@comparison.field("growth")  # type: ignore[untyped-decorator]
def _growth(parent: Row, _: object) -> Row | None:
    left, right = (_growth_figure(rows.outlooks.get(parent[side]["id"])) for side in ("left", "right"))
    if left.value is None and right.value is None:
        return None
    return _shown(arithmetic.difference(left, right, Unit.PERCENTAGE_POINTS))


def _growth_figure(outlook: Row | None) -> Figure:
    if outlook is None:
        return Figure("growthPercent", None, None)
    return Figure(f"growthPercent {outlook['from_year']} to {outlook['to_year']}", outlook["growth_percent"], None)


def _shown(found: Difference) -> Row:
    return {
        "left": found.left,
        "right": found.right,
        "absolute": found.absolute,
        "percent": found.percent,
        "higher": found.higher and found.higher.name,
        "verdict": found.verdict.name,
        "zScore": found.z_score,
        "confidence": found.confidence,
    }


@query.field("occupations")  # type: ignore[untyped-decorator]
def _page(_: object, __: object, *, area: str, first: int = DEFAULT_SIZE, after: str | None = None) -> Row:
    if area != "US":
        raise ValueError("This server has the wages of the nation only.")
    start = 0
    if after is not None:
        order, title, slug = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if order != ORDER:
            raise ValueError("The cursor belongs to another list.")
        start = bisect_right(rows.keys, (title, slug))
    nodes = rows.by_title[start : start + first]
    more = start + first < len(rows.by_title)
    return {"nodes": nodes, "pageInfo": {"hasNextPage": more, "endCursor": _cursor(nodes[-1]) if nodes else None}}


def _cursor(row: Row) -> str:
    key = json.dumps([ORDER, row["title"], row["slug"]], separators=(",", ":"))
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


@occupation.field("salary")  # type: ignore[untyped-decorator]
def _salary_of(parent: Row, _: object, *, area: str = "US") -> Row | None:  # noqa: ARG001 - a default
    return rows.salaries.get(parent["id"])


@occupation.field("education")  # type: ignore[untyped-decorator]
def _education_of(parent: Row, _: object) -> Row | None:
    return rows.educations.get(parent["id"])


@occupation.field("demographics")  # type: ignore[untyped-decorator]
def _demographics_of(parent: Row, _: object) -> Row | None:
    return rows.demographics.get(parent["id"])


@occupation.field("skills")  # type: ignore[untyped-decorator]
def _skills_of(parent: Row, _: object, *, first: int = DEFAULT_SIZE) -> Row:
    return {"nodes": rows.skills[parent["id"]][:first]}


@education.field("degrees")  # type: ignore[untyped-decorator]
def _degrees(parent: Row, _: object) -> list[Row]:
    return rows.degrees[parent["occupation_id"]]


@demographics.field("gender")  # type: ignore[untyped-decorator]
def _gender(parent: Row, _: object) -> list[Row]:
    return rows.genders[parent["occupation_id"]]


@query.field("search")  # type: ignore[untyped-decorator]
def _search(_: object, __: object, *, text: str, first: int = 10) -> list[Row]:
    typed = _CODE.fullmatch(text)
    if typed is None:
        return []
    for rest in (typed[2], typed[2].rstrip("0")):
        found = [row for row in rows.by_employment if row["code"].startswith(f"{typed[1]}-{rest}")][:first]
        if found:
            score = round((len(typed[1]) + len(rest)) / 6, 4)
            return [{"occupation": row, "matchedTitle": row["title"], "score": score} for row in found]
    return []


# Ariadne does not cache documents by default. These are its hooks for a cache.


@lru_cache(_KEPT_DOCUMENTS)
def _parsed(text: str) -> Any:  # noqa: ANN401 - a document
    return graphql.parse(text)


def _parse(_: object, data: dict[str, Any]) -> Any:  # noqa: ANN401 - a document
    return _parsed(data["query"])


_validated: dict[int, tuple[object, list[Any]]] = {}


def _validate(schema: object, document: object, *rest: object, **more: object) -> list[Any]:
    # The document is kept with the result, so that its id is not reused.
    kept = _validated.get(id(document))
    if kept is None:
        if len(_validated) >= _KEPT_DOCUMENTS:
            _validated.clear()
        kept = _validated[id(document)] = document, graphql.validate(schema, document, *rest, **more)
    return kept[1]


app = asgi.GraphQL(
    ariadne.make_executable_schema(
        Path(os.environ["SCHEMA"]).read_text(),
        *(query, comparison, salary_comparison, occupation, education, demographics),
    ),
    query_parser=_parse,
    query_validator=_validate,
    explorer=None,
)
