"""What the API computes of wages and jobs matches the publishers' files, which are read here without our importers."""

import sqlite3
from math import erfc, sqrt
from typing import Any

import pytest

from db.states import STATES
from tests.conftest import Api
from tests.seed.test_against_publishers import row_of, sheet, tabbed
from tests.seed.workbooks import needs_shared

SECTORS = (
    *("11--12", "21--22", "22--23", "23--24", "31--34", "42--43", "44--46", "48--50", "51--52", "52--53"),
    *("53--54", "54--55", "55--56", "56--57", "61--62", "62--63", "71--72", "72--73", "81--82", "99-100"),
)
EMPLOYMENT, EMPLOYMENT_ERROR, ANNUAL_MEAN = "v01", "v02", "v04"


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


# Time to become one

PREPARED = """query ($left: String!, $right: String!) { comparison(left: {code: $left}, right: {code: $right}) {
    timeToBecome { absolute } jobZone { left right needsMore sources { name release } } summary
    left { timeToBecome { basis minimumMonths maximumMonths } } right { timeToBecome { minimumMonths maximumMonths } }
} }"""
SVP = "of Specific Vocational Preparation"


@needs_shared
@pytest.mark.parametrize(
    ("left", "right", "more", "sentence"),
    [
        (
            "29-1141",
            "47-2111",
            "LEFT",
            (
                f"By O*NET's job zones, Registered Nurses need more preparation than Electricians: 2 to 4 years {SVP} "
                "(zone 4) compared with 1 to 2 years (zone 3)."
            ),
        ),
        ("47-2111", "47-2152", "EQUAL", f"Both are in O*NET's job zone 3: 1 to 2 years {SVP}."),
        (
            "35-3031",
            "29-1216",
            "RIGHT",
            (
                "By O*NET's job zones, General Internal Medicine Physicians need more preparation than Waiters and "
                f"Waitresses: 4 years or more {SVP} (zone 5) compared with 3 to 12 months (zone 2)."
            ),
        ),
    ],
)
def test_job_zones_are_compared_and_not_their_months(
    full_api: Api, left: str, right: str, more: str, sentence: str
) -> None:
    found = full_api.data(PREPARED, {"left": left, "right": right})["comparison"]
    zones = {row["O*NET-SOC Code"]: int(row["Job Zone"]) for row in tabbed("Job Zones.txt")}
    assert found["jobZone"] == {
        "left": zones[f"{left}.00"],
        "right": zones[f"{right}.00"],
        "needsMore": more,
        "sources": [{"name": "O*NET job zones", "release": "30.1"}],
    }
    assert found["timeToBecome"] is None
    assert found["left"]["timeToBecome"]["basis"] == "VOCATIONAL_PREPARATION"
    assert sentence in found["summary"]


LONG = {
    "Apprenticeship": "an apprenticeship",
    "Long-term on-the-job training": "long-term on-the-job training (more than 12 months)",
}


@needs_shared
def test_long_training_contradicts_the_months_of_30_occupations(full_api: Api) -> None:
    zones = {row["O*NET-SOC Code"]: row["Job Zone"] for row in tabbed("Job Zones.txt")}
    rows = {str(row[1]): str(row[14]) for row in sheet("bls_ep_2024_34/occupation.xlsx", "Table 1.2")[2:]}
    long = {code: training for code, training in rows.items() if training in LONG and f"{code}.00" in zones}
    months = {"1": "up to 3 months", "2": "3 to 12 months"}
    expected = {
        code: [
            (
                f"By the Employment Projections, the typical training is {LONG[training]}. That is longer than all "
                f"preparation in O*NET's job zone {zone}, which is {months[zone]}."
            )
        ]
        if (zone := zones[f"{code}.00"]) in months
        else []
        for code, training in long.items()
    }
    served = dict[str, list[str]]()
    codes = list(long)
    for start in range(0, len(codes), 20):
        part = codes[start : start + 20]
        aliased = " ".join(f'c{code[:2]}{code[3:]}: occupation(by: {{code: "{code}"}}) {{ caveats }}' for code in part)
        found = full_api.data(f"{{ {aliased} }}")
        for code in part:
            caveats = found[f"c{code[:2]}{code[3:]}"]["caveats"]
            served[code] = [caveat for caveat in caveats if "That is longer than" in caveat]
    assert served == expected
    assert sum(map(len, expected.values())) == 30


def test_a_role_has_months_and_no_zone(full_api: Api) -> None:
    query = """query ($right: String!) { comparison(left: {slug: "media-producer"}, right: {slug: $right}) {
        timeToBecome { left right absolute leftMeasure rightMeasure } jobZone { left right needsMore } summary
    } }"""
    roles = full_api.data(query, {"right": "media-production-specialist"})["comparison"]
    assert (roles["timeToBecome"]["absolute"], roles["jobZone"]) == (-27, None)
    mixed = full_api.data(query, {"right": "actors"})["comparison"]
    assert mixed["timeToBecome"] == {
        "left": 9,
        "right": 7.5,
        "absolute": None,
        "leftMeasure": "timeToBecome midpoint",
        "rightMeasure": "jobZone preparation midpoint",
    }
    assert mixed["jobZone"] == {"left": None, "right": 2, "needsMore": None}
    assert (
        f"Time to become one: 6 to 12 months for Media Producer; 3 to 12 months {SVP} (O*NET job zone 2) for Actors."
        in mixed["summary"]
    )


# The words


def summary_of(api: Api, left: str, right: str) -> list[str]:
    query = """query ($left: String!, $right: String!) {
        comparison(left: {code: $left}, right: {code: $right}) { summary }
    }"""
    summary: list[str] = api.data(query, {"left": left, "right": right})["comparison"]["summary"]
    return summary


@needs_shared
def test_lists_of_three_skills_name_all_ties(full_api: Api) -> None:
    header, *lines = sheet("onet_30_x/Skills.xlsx")
    rows = [dict(zip(map(str, header), line, strict=True)) for line in lines]
    with_ties = 0
    for code, title in (
        ("29-1141", "Registered Nurses"),
        ("47-2111", "Electricians"),
        ("15-1252", "Software Developers"),
        ("11-9121", "Natural Sciences Managers"),
    ):
        important = {
            str(row["Element Name"]): float(row["Data Value"])
            for row in rows
            if (row["O*NET-SOC Code"], row["Scale ID"], row["Recommend Suppress"]) == (f"{code}.00", "IM", "N")
        }
        third = sorted(important.values(), reverse=True)[2]
        assert third >= 3  # An importance of 50 on the standardized scale: none of the three is left out.
        foremost = {name for name, value in important.items() if value >= third}
        [sentence] = [one for one in summary_of(full_api, code, "45-2092") if one.startswith("Top skills")]
        listed = sentence.removeprefix(f"Top skills of {title}: ").split("; of ")[0]
        assert {name for name in important if name in listed} == foremost
        tied = [*important.values()].count(third) > 1
        assert listed.endswith("(tied)") == tied
        with_ties += tied
    assert with_ties == 3


@pytest.mark.parametrize(
    ("left", "right", "digits"),
    [("15-1252", "11-9121", 2), ("41-2011", "19-3092", 2), ("25-2031", "51-9031", 1)],
)
def test_many_times_as_many_jobs(full_api: Api, oews: sqlite3.Connection, left: str, right: str, digits: int) -> None:
    more, less = sorted((int(of_nation(oews, code, EMPLOYMENT)[0] or 0) for code in (left, right)), reverse=True)
    errors = [of_nation(oews, code, EMPLOYMENT_ERROR)[0] or 0 for code in (left, right)]
    assert (max(errors) > 5) == (digits == 1)
    times = float(f"{more / less:.{digits}g}")
    [sentence] = [one for one in summary_of(full_api, left, right) if "wage-and-salary jobs that OEWS covers" in one]
    assert sentence.endswith(f": {more:,} compared with {less:,}, about {times:,.0f} times as many.")


@needs_shared
@pytest.mark.parametrize(
    ("left", "right"), [("27-2012", "27-3031"), ("29-1141", "27-3031"), ("47-2111", "13-2052"), ("53-3032", "47-2031")]
)
def test_projections_within_rounding(full_api: Api, left: str, right: str) -> None:
    table = sheet("bls_ep_2024_34/occupation.xlsx", "Table 1.2")
    rates = [row_of(table, 1, code)[8] for code in (left, right)]
    [sentence] = [one for one in summary_of(full_api, left, right) if one.startswith("The projected change")]
    gap = round(abs(rates[0] - rates[1]), 1)
    assert ("is about the same" in sentence) == (0 < gap <= 0.1)
    assert all(f"{rate:.1f}%" in sentence for rate in rates)


def test_an_occupation_is_not_tested_against_itself(full_api: Api) -> None:
    found = full_api.data("""{ comparison(left: {code: "29-1141"}, right: {slug: "registered-nurses"}) {
        summary jobs { absolute verdict zScore confidence { low } explanation { note } }
        salary { annualMean { absolute verdict zScore explanation { note } } }
    } }""")["comparison"]
    assert found == {
        "summary": ["Both sides are Registered Nurses, so there is nothing to compare."],
        "jobs": {
            "absolute": 0,
            "verdict": "NOT_TESTABLE",
            "zScore": None,
            "confidence": None,
            "explanation": {"note": "Not tested: both sides are one occupation."},
        },
        "salary": {
            "annualMean": {
                "absolute": 0,
                "verdict": "NOT_TESTABLE",
                "zScore": None,
                "explanation": {"note": "Not tested: both sides are one occupation."},
            }
        },
    }


# Wage-and-salary jobs and all jobs


@needs_shared
@pytest.mark.parametrize(
    ("left", "right", "is_other_story"),
    [
        ("11-9013", "11-9021", True),  # Far more self-employed farmers than employed ones, and another order.
        ("21-2011", "29-1141", True),  # Clergy of denominations that OEWS does not cover.
        ("37-2012", "35-3031", True),  # Private households.
        ("29-1141", "15-1252", False),
    ],
)
def test_all_jobs_are_given_where_they_tell_another_story(
    full_api: Api, oews: sqlite3.Connection, left: str, right: str, is_other_story: bool
) -> None:
    table = sheet("bls_ep_2024_34/occupation.xlsx", "Table 1.2")
    counted = [int(of_nation(oews, code, EMPLOYMENT)[0] or 0) for code in (left, right)]
    projected = [round(row_of(table, 1, code)[3] * 1000) for code in (left, right)]
    many = [all_jobs > 1.5 * jobs for jobs, all_jobs in zip(counted, projected, strict=True)]
    other_order = (counted[0] - counted[1]) * (projected[0] - projected[1]) < 0
    assert (any(many) or other_order) == is_other_story
    query = """query ($left: String!, $right: String!) { comparison(left: {code: $left}, right: {code: $right}) {
        left { title jobs { basis } } right { title } jobs { unit left right } summary caveats
    } }"""
    found = full_api.data(query, {"left": left, "right": right})["comparison"]
    assert found["jobs"] == {"unit": "WAGE_AND_SALARY_JOBS", "left": counted[0], "right": counted[1]}
    assert found["left"]["jobs"]["basis"] == "WAGE_AND_SALARY"
    titles = [found[side]["title"] for side in ("left", "right")]
    sentence = (
        "The Employment Projections count all jobs, also those of the self-employed, and give averages of 2024: "
        f"{projected[0]:,} of {titles[0]} and {projected[1]:,} of {titles[1]}."
    )
    assert (sentence in found["summary"]) == is_other_story
    for title, jobs, all_jobs, far_more in zip(titles, counted, projected, many, strict=True):
        start = (
            f"{title}: The {jobs:,} jobs and their wages are those of the wage-and-salary workers that OEWS covers; "
            "the Employment Projections count "
        )
        [*caveats] = [caveat for caveat in found["caveats"] if caveat.startswith(start)]
        assert len(caveats) == far_more
        assert all(caveat.endswith(f" count {all_jobs:,} jobs in 2024.") for caveat in caveats)
    more, fewer = titles if counted[0] > counted[1] else titles[::-1]
    order = f"OEWS has more wage-and-salary jobs of {more} and the Employment Projections more jobs of {fewer}."
    assert (order in found["caveats"]) == other_order
    why = [caveat for caveat in found["caveats"] if "OEWS leaves out the self-employed, most farms" in caveat]
    assert len(why) == is_other_story


# Places

PLACES = """query ($left: String!, $right: String!) { comparison(left: {code: $left}, right: {code: $right}) {
    METRO: places { ...Counts } STATE: places(kind: STATE) { ...Counts }
} }
fragment Counts on PlaceComparison {
    unit compared leftHigher rightHigher equal tested expectedByChance
    leftSignificant rightSignificant leftSignificantAdjusted rightSignificantAdjusted
}"""


@pytest.mark.parametrize(
    ("left", "right", "unit"),
    [
        ("29-1141", "47-2111", "DOLLARS_PER_YEAR"),
        ("27-2012", "27-3031", "DOLLARS_PER_YEAR"),
        ("27-2011", "41-9012", "DOLLARS_PER_HOUR"),  # Actors and models.
        ("27-2091", "27-2012", "DOLLARS_PER_HOUR"),  # Disc jockeys: no annual wages.
        ("29-1141", "25-2021", "DOLLARS_PER_YEAR"),  # Teachers: no hourly wages.
    ],
)
def test_places(full_api: Api, oews: sqlite3.Connection, left: str, right: str, unit: str) -> None:
    found = full_api.data(PLACES, {"left": left, "right": right})["comparison"]
    mean, median = ("v03", "v08") if unit == "DOLLARS_PER_HOUR" else ("v04", "v13")
    for kind, letter in (("METRO", "M"), ("STATE", "S")):
        sides = list[dict[str, list[float | None]]]()
        for code in (left, right):
            query = f"""SELECT substr(key, 5, 7), {mean}, {median}, v05 FROM cell
                WHERE key LIKE ? AND length(key) = 23 AND {median} <> '-'"""  # noqa: S608 - our own names
            rows = oews.execute(query, [f"OEU{letter}_______000000{code.replace('-', '')}"])
            # Areas of nonmetropolitan code are areas of type M too; their codes are above 99999.
            sides.append(
                {
                    area: [None if figure in ("-", None) else float(figure) for figure in figures]
                    for area, *figures in rows
                    if letter == "S" or int(area) < 100_000
                }
            )
        one, other = sides
        both = [area for area in one if area in other]
        z_scores = list[tuple[float, bool]]()
        for area in both:
            (x, _, e), (y, _, f) = one[area], other[area]
            if x is not None and y is not None and e is not None and f is not None and (e or f):
                error = sqrt((x * (e or 0.05) / 100) ** 2 + (y * (f or 0.05) / 100) ** 2)
                z_scores.append((abs(x - y) / error, x > y))
        ordered = sorted((erfc(z / sqrt(2)), is_left) for z, is_left in z_scores)
        last = max((k for k, (p, _) in enumerate(ordered, 1) if p <= 0.1 * k / len(ordered)), default=0)
        gaps = [(one[area][1] or 0) - (other[area][1] or 0) for area in both]
        assert found[kind] == {
            "unit": unit,
            "compared": len(both),
            "leftHigher": sum(gap > 0 for gap in gaps),
            "rightHigher": sum(gap < 0 for gap in gaps),
            "equal": gaps.count(0),
            "tested": len(z_scores),
            "expectedByChance": round(len(z_scores) / 10, 4),
            "leftSignificant": sum(z > 1.645 and is_left for z, is_left in z_scores),
            "rightSignificant": sum(z > 1.645 and not is_left for z, is_left in z_scores),
            "leftSignificantAdjusted": sum(is_left for _, is_left in ordered[:last]),
            "rightSignificantAdjusted": sum(not is_left for _, is_left in ordered[:last]),
        }
        assert len(both) > 0


def test_the_mean_can_contradict_the_median_of_a_state(full_api: Api) -> None:
    query = """{ comparison(left: {code: "27-2012"}, right: {code: "27-3031"}) { places(kind: STATE) {
        areas(first: 60) { nodes { area { code } median { absolute } mean { absolute verdict } } }
    } } }"""
    states = {node["area"]["code"]: node for node in full_api.data(query)["comparison"]["places"]["areas"]["nodes"]}
    delaware = states["DE"]
    assert delaware["median"]["absolute"] * delaware["mean"]["absolute"] < 0
    assert delaware["mean"]["verdict"] == "SIGNIFICANT"


# Highest pay


@pytest.mark.parametrize("code", ["29-1141", "27-2012", "47-2111"])
def test_highest_pay(full_api: Api, oews: sqlite3.Connection, code: str) -> None:
    found = full_api.data(
        """query ($code: String!) { occupation(by: {code: $code}) { highestPaying {
            city { ...Top } state { ...Top }
        } } }
        fragment Top on TopPay { salary standardErrorPercent notClearlyAbove topCoded minimumEmployment }""",
        {"code": code},
    )["occupation"]["highestPaying"]
    for served, letter in ((found["city"], "M"), (found["state"], "S")):
        rows = oews.execute(
            "SELECT v04, v05, f04 FROM cell WHERE key LIKE ? AND length(key) = 23 AND v01 <> '-' AND v01 + 0 >= 100 "
            "AND (substr(key, 4, 1) = 'S' OR substr(key, 5, 7) + 0 < 100000)",
            [f"OEU{letter}_______000000{code.replace('-', '')}"],
        ).fetchall()
        means = sorted(((float(mean), float(error)) for mean, error, _ in rows if mean != "-"), reverse=True)
        (top, error), *others = means
        unclear = 0
        for mean, its_error in others:
            pooled = sqrt((top * (error or 0.05) / 100) ** 2 + (mean * (its_error or 0.05) / 100) ** 2)
            unclear += not (error or its_error) or (top - mean) / pooled <= 1.645
        assert served == {
            "salary": top,
            "standardErrorPercent": error,
            "notClearlyAbove": unclear,
            "topCoded": sum(note == "5" for _, _, note in rows),
            "minimumEmployment": 100,
        }


def test_equal_upper_percentiles_far_above_the_median(full_api: Api, oews: sqlite3.Connection) -> None:
    rows = oews.execute(
        """SELECT substr(key, 4, 1), substr(key, 5, 7), substr(key, 18, 2) || '-' || substr(key, 20, 4),
            v14 = v15 AND v14 + 0 > 2 * v13
        FROM cell JOIN occupation ON occupation_code = substr(key, 18, 6)
        WHERE display_level = 3 AND substr(key, 4, 1) IN ('M', 'S') AND substr(key, 12, 6) = '000000'
            AND v13 <> '-' AND v14 <> '-' AND v15 <> '-' AND v14 + 0 > 1.9 * v13 AND v14 + 1000 > v15 + 0"""
    ).fetchall()
    heaped = {(kind, area, code) for kind, area, code, is_heaped in rows if is_heaped}
    assert [sum(kind == letter for kind, _, _ in heaped) for letter in "MS"] == [107, 18]
    assert ("M", "0012540", "33-2011") in heaped
    cells = [(kind, area, code) for kind, area, code, _ in rows]
    served = set[tuple[str, str, str]]()
    for start in range(0, len(cells), 20):
        part = cells[start : start + 20]
        aliases = " ".join(
            f'c{n}: occupation(by: {{code: "{code}"}}) {{ salary(area: "{place_of(kind, area)}") {{ caveats }} }}'
            for n, (kind, area, code) in enumerate(part)
        )
        found = full_api.data(f"{{ {aliases} }}")
        served |= {cell for n, cell in enumerate(part) if found[f"c{n}"]["salary"]["caveats"]}
    assert served == heaped
    assert len(cells) > len(heaped)


def place_of(kind: str, area: str) -> str:
    """Return our code of an area: postal abbreviations, five digits, and seven of nonmetropolitan areas."""
    if kind == "S":
        return STATES[area[:2]]
    return area if int(area) > 99_999 else area[2:]
