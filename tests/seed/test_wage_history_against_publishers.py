"""Wages by year and their changes match the publishers' files, which are read here without our importers."""

import random
import sqlite3
from math import sqrt
from typing import Any

import pytest

from tests.conftest import Api
from tests.seed.workbooks import SHARED, cells, needs_shared

pytestmark = needs_shared

WORKBOOKS = {
    **{year: SHARED / "bls_oews_national_history" / f"national_M{year}_dl.xlsx" for year in (2021, 2022, 2023)},
    2024: SHARED / "bls_oews_m2024" / "national_M2024_dl.xlsx",
}
COLUMNS = {
    "annual.mean": "A_MEAN",
    "annual.median": "A_MEDIAN",
    "annual.p10": "A_PCT10",
    "annual.p25": "A_PCT25",
    "annual.p75": "A_PCT75",
    "annual.p90": "A_PCT90",
    "hourly.mean": "H_MEAN",
    "hourly.median": "H_MEDIAN",
    "hourly.p10": "H_PCT10",
    "hourly.p90": "H_PCT90",
    "employment": "TOT_EMP",
    "wageStandardErrorPercent": "MEAN_PRSE",
    "employmentStandardErrorPercent": "EMP_PRSE",
}
DATA_TYPES = dict(zip(COLUMNS, (4, 13, 11, 12, 14, 15, 3, 8, 6, 10, 1, 5, 2), strict=True))
"""The OEWS data types of these figures, by which the package's columns are numbered."""

Printed = dict[int, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def printed(oews: sqlite3.Connection) -> Printed:
    """The cells of each year's detailed occupations as printed, by year, code and figure."""
    found: Printed = {}
    for year, path in WORKBOOKS.items():
        header, *rows = cells(path)
        places = {name: header.index(column) for name, column in COLUMNS.items()}
        code, group = header.index("OCC_CODE"), header.index("O_GROUP")
        found[year] = {
            row[code]: {name: row[place] for name, place in places.items()} for row in rows if row[group] == "detailed"
        }
    columns = ", ".join(f"v{number:02}" for number in DATA_TYPES.values())
    key = "OEUN0000000000000"
    select = f"SELECT substr(key, 18), {columns} FROM cell WHERE key BETWEEN '{key}' AND '{key}999999'"  # noqa: S608
    found[2025] = {
        f"{digits[:2]}-{digits[2:]}": dict(zip(DATA_TYPES, map(number, figures), strict=True))
        for digits, *figures in oews.execute(select)
    }
    return found


def number(figure: str | None) -> float | str | None:
    return figure if figure in (None, "-") else float(figure or 0)


@pytest.fixture(scope="module")
def index() -> dict[int, float]:
    """The price index of each May."""
    rows = (line.split("\t") for line in (SHARED / "bls_cpi" / "cu.data.1.AllItems").read_text().splitlines()[1:])
    return {int(row[1]): float(row[3]) for row in rows if row[0].strip() == "CUUR0000SA0" and row[2] == "M05"}


QUERY = """query ($code: String!) { occupation(by: {code: $code}) {
    wageHistory {
        year employment wageStandardErrorPercent employmentStandardErrorPercent priceIndex
        annual { mean median p10 p25 p75 p90 } hourly { mean median p10 p90 }
        constantDollars { mean median p10 p25 p75 p90 }
        missing { figure reason atLeast } source { release }
    }
    wageChange {
        fromYear toYear pricePercent
        mean { left right absolute percent verdict } realMean { left right absolute percent verdict zScore }
    }
} }"""


def served(row: dict[str, Any], figure: str) -> float | None:
    period, _, statistic = figure.partition(".")
    wages: dict[str, float | None] = row[period] or {}
    return wages.get(statistic) if statistic else row[figure]


def test_sixty_values_drawn_at_random(full_api: Api, printed: Printed) -> None:
    chosen = random.Random(20)  # noqa: S311 - a draw of figures, nothing secret
    # Legislators have no estimate since May 2025.
    codes = sorted((printed[2021].keys() & printed[2022].keys()) - {"11-1031"})
    for _ in range(60):
        code, year, figure = chosen.choice(codes), chosen.choice([*printed]), chosen.choice([*COLUMNS])
        occupation = full_api.data(QUERY, {"code": code})["occupation"]
        row = next(row for row in occupation["wageHistory"] if row["year"] == year)
        value = printed[year][code][figure]
        assert row["source"]["release"] == f"May {year}"
        if isinstance(value, float):
            assert served(row, figure) == value, (code, year, figure)
        else:
            [missing] = [one for one in row["missing"] if one["figure"] == figure]
            assert served(row, figure) is None
            assert value in ("#", "*", "-")
            if value == "#":
                floor = {2021: (100, 208_000)}.get(year, (115, 239_200))[figure.startswith("annual")]
                assert missing == {"figure": figure, "reason": "TOP_CODED", "atLeast": floor}
            elif value == "*":
                assert missing["reason"] in ("ANNUAL_ONLY", "HOURLY_ONLY", "NOT_RELEASED")


@pytest.mark.parametrize(
    ("code", "medians"),
    [
        ("29-1141", {2021: 77_600, 2022: 81_220, 2023: 86_070}),
        ("15-1252", {2021: 120_730, 2022: 127_260, 2023: 132_270}),
        ("27-3031", {}),
        ("51-3011", {}),
        ("29-1215", {}),
    ],
)
def test_constant_dollars_and_changes(
    full_api: Api, printed: Printed, index: dict[int, float], code: str, medians: dict[int, float]
) -> None:
    found = full_api.data(QUERY, {"code": code})["occupation"]
    assert {row["year"]: row["priceIndex"] for row in found["wageHistory"]} == {y: index[y] for y in range(2021, 2026)}
    assert (index[2021], index[2025]) == (269.195, 321.465)
    for row in found["wageHistory"]:
        year = row["year"]
        median = printed[year][code]["annual.median"]
        assert row["annual"]["median"] == (median if isinstance(median, float) else None)
        assert row["annual"]["median"] == medians.get(year, row["annual"]["median"])
        for statistic, value in row["annual"].items():
            real = row["constantDollars"][statistic]
            assert real == (None if value is None else pytest.approx(value * 321.465 / index[year], abs=1e-4))
    change = found["wageChange"]
    mean, error = (
        [printed[y][code][name] for y in (2025, 2021)] for name in ("annual.mean", "wageStandardErrorPercent")
    )
    before = mean[1] * 321.465 / 269.195
    assert (change["fromYear"], change["toYear"]) == (2021, 2025)
    assert change["pricePercent"] == pytest.approx(100 * (321.465 / 269.195 - 1), abs=1e-4)
    for name, first in (("mean", mean[1]), ("realMean", before)):
        gap, deviation = mean[0] - first, sqrt((mean[0] * error[0] / 100) ** 2 + (first * error[1] / 100) ** 2)
        assert [change[name][each] for each in ("left", "right", "absolute", "percent")] == pytest.approx(
            [mean[0], first, gap, 100 * gap / first], abs=1e-4
        )
        expected = "SIGNIFICANT" if abs(gap) / deviation > 1.645 else "NOT_SIGNIFICANT"
        assert change[name]["verdict"] == expected
    assert change["realMean"]["zScore"] == pytest.approx(abs(mean[0] - before) / deviation, abs=1e-4)


def test_a_year_without_an_estimate_under_the_code(full_api: Api, printed: Printed) -> None:
    assert [year for year, codes in printed.items() if "29-1024" not in codes] == [2022]
    rows = full_api.data(QUERY, {"code": "29-1024"})["occupation"]["wageHistory"]
    missing = next(row for row in rows if row["year"] == 2022)
    assert missing["annual"] is missing["hourly"] is missing["employment"] is missing["constantDollars"] is None
    assert {one["reason"] for one in missing["missing"]} == {"WIDER_GROUP_ONLY"}
    assert len(missing["missing"]) == 15
    # The broad group of dentists has 380 more jobs than the four occupations that are published in it.
    header, *others = cells(WORKBOOKS[2022])
    jobs = {row[header.index("OCC_CODE")]: row[header.index("TOT_EMP")] for row in others}
    assert jobs["29-1020"] - sum(jobs.get(f"29-102{last}", 0) for last in (1, 2, 3, 4, 9)) == 380
