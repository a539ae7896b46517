"""What the API computes of wages and jobs matches the publishers' files, which are read here without our importers."""

import sqlite3
from typing import Any

import pytest

from db.states import STATES
from tests.conftest import Api

SECTORS = (
    *("11--12", "21--22", "22--23", "23--24", "31--34", "42--43", "44--46", "48--50", "51--52", "52--53"),
    *("53--54", "54--55", "55--56", "56--57", "61--62", "62--63", "71--72", "72--73", "81--82", "99-100"),
)
EMPLOYMENT, ANNUAL_MEAN = "v01", "v04"


def printed(oews: sqlite3.Connection, key: str, *columns: str) -> list[float | None]:
    """Return figures of a cell; a dash is None, and so is a missing cell."""
    row = oews.execute(f"SELECT {', '.join(columns)} FROM cell WHERE key = ?", [key]).fetchone()  # noqa: S608
    return [None if value in (None, "-") else float(value) for value in row or [None] * len(columns)]


def in_states(oews: sqlite3.Connection, code: str) -> dict[str, list[float | None]]:
    """Return an occupation's employment and mean in each state."""
    cells = dict[str, list[float | None]]()
    for number in STATES:
        cells[number] = printed(oews, f"OEUS{number}00000000000{code.replace('-', '')}", EMPLOYMENT, ANNUAL_MEAN)
    return cells


def in_sectors(oews: sqlite3.Connection, code: str) -> dict[str, list[float | None]]:
    """Return an occupation's employment and mean in each sector."""
    return {
        sector: printed(oews, f"OEUN0000000{sector}{code.replace('-', '')}", EMPLOYMENT, ANNUAL_MEAN)
        for sector in SECTORS
    }


def of_nation(oews: sqlite3.Connection, code: str, *columns: str) -> list[float | None]:
    return printed(oews, f"OEUN0000000000000{code.replace('-', '')}", *columns)


DECOMPOSED = """query ($left: String!, $right: String!) { comparison(left: {code: $left}, right: {code: $right}) {
    STATE: decomposition { ...Parts } INDUSTRY: decomposition(by: INDUSTRY) { ...Parts }
} }
fragment Parts on WageDecomposition { total mix within cells leftCoveragePercent rightCoveragePercent note }"""


@pytest.mark.parametrize(
    ("left", "right", "answered"),
    [
        ("29-1141", "47-2111", {"STATE"}),
        ("15-1252", "11-9121", {"STATE"}),
        ("45-2092", "35-3031", {"STATE"}),
        ("43-4051", "43-6014", {"STATE", "INDUSTRY"}),
    ],
)
def test_a_decomposition(full_api: Api, oews: sqlite3.Connection, left: str, right: str, answered: set[str]) -> None:
    found = full_api.data(DECOMPOSED, {"left": left, "right": right})["comparison"]
    for by, read in (("STATE", in_states), ("INDUSTRY", in_sectors)):
        served: dict[str, Any] = found[by]
        sides = read(oews, left), read(oews, right)
        shared = [cell for cell in sides[0] if None not in sides[0][cell] and None not in sides[1][cell]]
        employed, means = ([[side[cell][n] or 0 for cell in shared] for side in sides] for n in (0, 1))
        covered = [
            100 * sum(jobs) / (of_nation(oews, code, EMPLOYMENT)[0] or 0)
            for jobs, code in zip(employed, (left, right), strict=True)
        ]
        assert [served["leftCoveragePercent"], served["rightCoveragePercent"]] == pytest.approx(covered, abs=1e-4)
        assert (served["cells"], min(covered) >= 80) == (len(shared), by in answered)
        shares = [[job / sum(jobs) for job in jobs] for jobs in employed]
        cells = list(zip(*shares, *means, strict=True))
        mix = sum((p - q) * (x + y) / 2 for p, q, x, y in cells)
        within = sum((x - y) * (p + q) / 2 for p, q, x, y in cells)
        if by in answered:
            gap = sum(p * x - q * y for p, q, x, y in cells)
            assert [served["mix"], served["within"], served["total"]] == pytest.approx([mix, within, gap], abs=1e-3)
        else:
            assert [served["mix"], served["within"], served["total"]] == [None] * 3
            assert f"{covered[0]:.1f}% of the left side's jobs" in served["note"]
