"""Cells of a release, read from an SQLite database in the PyPI package's format, to which other forms are converted.

``cell`` has a row for each area, industry and occupation. Its key is OEU, the area's type (N, S or M) and 7 digits, the
industry's 6 characters and the occupation's 6 digits. v01 to v17 are the printed figures, "-" if not published; f01 to
f17 are the numbers of the footnotes that give the reason.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from db.vocabulary import MissingReason
from seed.publisher_files import ImportRefused

FIGURES = ("employment", "employment_standard_error_percent",
           "hourly_mean", "annual_mean", "wage_standard_error_percent",
           "hourly_p10", "hourly_p25", "hourly_median", "hourly_p75", "hourly_p90",
           "annual_p10", "annual_p25", "annual_median", "annual_p75", "annual_p90",
           "jobs_per_thousand", "location_quotient")  # fmt: skip
"""The columns of a wage cell, in the order of the OEWS data types, from 1 to 17."""

COLUMNS = ("area_code", "industry_code", *FIGURES, "missing", "source_id")
"""The columns that ``cells`` yields after the key of the occupation or group."""

NUMBERS = range(1, len(FIGURES) + 1)

SCHEMA = f"""
CREATE TABLE cell (key TEXT PRIMARY KEY, {", ".join(f"v{n:02} TEXT" for n in NUMBERS)},
                   {", ".join(f"f{n:02} TEXT" for n in NUMBERS)}) WITHOUT ROWID;
CREATE TABLE area (area_code TEXT PRIMARY KEY, areatype_code TEXT NOT NULL,
                   state_code TEXT NOT NULL, area_name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE industry (industry_code TEXT PRIMARY KEY, industry_name TEXT NOT NULL,
                       display_level INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE occupation (occupation_code TEXT PRIMARY KEY, occupation_name TEXT NOT NULL,
                         display_level INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE footnote (footnote_code TEXT PRIMARY KEY, footnote_text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

NOT_RELEASED, TOP_CODED, ONE_PERIOD_ONLY = "8", "5", "4"
"""Footnotes of missing figures: not released, above the top code, or paid only by the hour or only by the year."""


def open_cells(path: Path) -> sqlite3.Connection:
    """Open a database of cells read-only; raise ImportRefused if it is damaged or lacks tables."""
    connection = sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True)
    try:
        problem = _problem(connection)
    except sqlite3.DatabaseError as error:
        problem = f"it is damaged or not an SQLite database: {error}"
    if problem is not None:
        connection.close()
        raise ImportRefused(f"{path.name} cannot be imported: {problem}")
    return connection


def _problem(connection: sqlite3.Connection) -> str | None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = {"area", "cell", "footnote", "industry", "meta", "occupation"} - tables
    return f"it lacks the OEWS table {', '.join(sorted(missing))}" if missing else None


def prepare(connection: sqlite3.Connection, areas: Mapping[str, str]) -> None:
    """Create the lookup tables for ``cells``; ``areas`` maps area type and digits to area codes."""
    _fill(connection, "area_key", areas)
    _fill(connection, "missing", _patterns(connection))


def cells(connection: sqlite3.Connection, keys: Mapping[str, Any], source_id: str) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of these occupations as (key, *COLUMNS), with numbers converted and "missing" as JSON.

    ``keys`` maps an occupation's digits to its key. SQLite converts several times as fast as Python.
    """
    _fill(connection, "occupation_key", keys)
    figures = ", ".join(
        f"CAST(NULLIF(v{number:02}, '-') AS {'INTEGER' if name == 'employment' else 'REAL'})"
        for number, name in enumerate(FIGURES, start=1)
    )
    yield from connection.execute(
        # CROSS JOIN makes SQLite scan the cells once and look up the rest.
        f"SELECT o.value, a.value, substr(key, 12, 6), {figures}, m.value, ? FROM cell "  # noqa: S608
        "CROSS JOIN occupation_key o ON o.name = substr(key, 18, 6) "
        "CROSS JOIN area_key a ON a.name = substr(key, 4, 8) "
        f"LEFT JOIN missing m ON m.name = {_PATTERN}",
        [source_id],
    )


def _fill(connection: sqlite3.Connection, table: str, entries: Mapping[str, Any]) -> None:
    connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    connection.execute(f"CREATE TEMP TABLE {table} (name TEXT PRIMARY KEY, value) WITHOUT ROWID")
    connection.executemany(f"INSERT INTO temp.{table} VALUES (?, ?)", entries.items())  # noqa: S608 - our own names


_FOOTNOTES = ", ".join(f"f{number:02}" for number in NUMBERS)
_PATTERN = (
    f"CASE WHEN COALESCE({_FOOTNOTES}) IS NOT NULL THEN "
    + " || ',' || ".join(f"COALESCE(f{number:02}, '')" for number in NUMBERS)
    + " END"
)


def _patterns(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the JSON for the "missing" column by combination of footnotes."""
    found = connection.execute(f"SELECT DISTINCT {_PATTERN} FROM cell WHERE COALESCE({_FOOTNOTES}) IS NOT NULL")  # noqa: S608
    bounds = _top_code(connection)
    return {pattern: json.dumps(_reasons(pattern.split(","), bounds)) for (pattern,) in found}


def _reasons(footnotes: list[str], bounds: Mapping[str, float]) -> dict[str, dict[str, Any]]:
    reasons: dict[str, dict[str, Any]] = {}
    for column, footnote in zip(FIGURES, footnotes, strict=True):
        period = column.partition("_")[0]
        if footnote == TOP_CODED and period in bounds:
            reasons[column] = {"reason": MissingReason.TOP_CODED.value, "at_least": bounds[period]}
        elif footnote == NOT_RELEASED:
            reasons[column] = {"reason": MissingReason.NOT_RELEASED.value}
        elif footnote == ONE_PERIOD_ONLY:
            only = MissingReason.ANNUAL_ONLY if period == "hourly" else MissingReason.HOURLY_ONLY
            reasons[column] = {"reason": only.value}
    return reasons


def _top_code(connection: sqlite3.Connection) -> dict[str, float]:
    """Return the top-code bounds, hourly and annual, from the release's footnote."""
    row = connection.execute("SELECT footnote_text FROM footnote WHERE footnote_code = ?", [TOP_CODED]).fetchone()
    found = re.search(r"\$([\d,.]+) per hour or \$([\d,.]*\d) per year", row[0] if row else "")
    if found is None:
        raise ImportRefused("the release has no footnote with the top-code bounds of wages")
    hourly, annual = (float(amount.replace(",", "")) for amount in found.groups())
    return {"hourly": hourly, "annual": annual}
