"""The API's figures match the publishers' files, which are read here without our importers."""

import csv
import sqlite3
from functools import lru_cache
from typing import Any

import pytest

from tests.conftest import Api
from tests.seed.workbooks import SHARED, cells, needs_shared

# Wages, from the package's database.

FIGURES = {
    "v01": ("employment",),
    "v02": ("employmentStandardErrorPercent",),
    "v03": ("hourly", "mean"),
    "v04": ("annual", "mean"),
    "v05": ("wageStandardErrorPercent",),
    "v08": ("hourly", "median"),
    "v11": ("annual", "p10"),
    "v12": ("annual", "p25"),
    "v13": ("annual", "median"),
    "v14": ("annual", "p75"),
    "v15": ("annual", "p90"),
    "v16": ("jobsPerThousand",),
    "v17": ("locationQuotient",),
}
SALARY = """query Salary($code: String!, $area: String!, $industry: String) {
    occupation(by: {code: $code}) { salary(area: $area, industry: $industry) {
        annual { mean median p10 p25 p75 p90 } hourly { mean median }
        employment employmentStandardErrorPercent wageStandardErrorPercent jobsPerThousand locationQuotient
        missing { figure reason atLeast }
    } }
}"""


@pytest.mark.parametrize(
    ("key", "code", "area", "industry"),
    [
        ("OEUN0000000000000272012", "27-2012", "US", None),
        ("OEUN0000000000000151252", "15-1252", "US", None),
        ("OEUN0000000000000272011", "27-2011", "US", None),
        ("OEUN0000000000000252021", "25-2021", "US", None),
        ("OEUN0000000000000291212", "29-1212", "US", None),
        ("OEUN0000000000000131020", "13-1020", "US", None),
        ("OEUS0600000000000272012", "27-2012", "CA", None),
        ("OEUS7800000000000533032", "53-3032", "VI", None),
        ("OEUM0031080000000274032", "27-4032", "31080", None),
        ("OEUM0010180000000291141", "29-1141", "10180", None),
        ("OEUM0100001000000412031", "41-2031", "0100001", None),
        ("OEUN000000051--52273031", "27-3031", "US", "51--52"),
        ("OEUN0000000512100272012", "27-2012", "US", "512100"),
        ("OEUN000000099-100131111", "13-1111", "US", "99-100"),
    ],
)
def test_a_wage_cell(
    full_api: Api, oews: sqlite3.Connection, key: str, code: str, area: str, industry: str | None
) -> None:
    columns = list(FIGURES)
    notes = [f"f{column[1:]}" for column in columns]
    query = f"SELECT {', '.join([*columns, *notes])} FROM cell WHERE key = ?"  # noqa: S608 - our own names
    row = oews.execute(query, [key]).fetchone()
    salary = full_api.data(SALARY, {"code": code, "area": area, "industry": industry})["occupation"]["salary"]
    missing = {figure["figure"]: figure["reason"] for figure in salary["missing"]}
    for column, figure, note in zip(columns, row[: len(columns)], row[len(columns) :], strict=True):
        path = FIGURES[column]
        served: Any = salary
        for name in path:
            served = None if served is None else served[name]
        assert served == (None if figure in (None, "-") else float(figure)), path
        if note is not None:
            reasons = {"8": {"NOT_RELEASED"}, "5": {"TOP_CODED"}, "4": {"HOURLY_ONLY", "ANNUAL_ONLY"}}
            assert missing[".".join(path)] in reasons[note], path


BEST_PAID = """query ($area: String, $industry: String, $after: String, $before: String, $first: Int, $last: Int) {
    occupations(
        filter: {annualMean: {atLeast: 60000}, kind: DETAILED}, orderBy: {field: MEAN_WAGE, direction: DESC},
        area: $area, industry: $industry, first: $first, after: $after, last: $last, before: $before
    ) { totalCount nodes { code slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
}"""


@pytest.mark.parametrize(
    ("area", "industry", "key"),
    [
        ("US", None, "OEUN0000000000000"),
        ("TX", None, "OEUS4800000000000"),
        ("12420", None, "OEUM0012420000000"),
        ("US", "51", "OEUN000000051--52"),
        ("US", "541810", "OEUN0000000541800"),
    ],
)
def test_the_best_paid_occupations_of_a_place(
    full_api: Api, oews: sqlite3.Connection, area: str, industry: str | None, key: str
) -> None:
    cells = oews.execute(
        "SELECT substr(key, 18), CAST(v04 AS INTEGER) FROM cell JOIN occupation ON occupation_code = substr(key, 18) "
        "WHERE key >= ? AND key < ? AND display_level = 3 AND v04 <> '-' AND CAST(v04 AS INTEGER) >= 60000",
        (key, key + "A"),
    ).fetchall()
    place, size = {"area": area, "industry": industry}, 100
    forward: list[dict[str, str]] = []
    page: dict[str, Any] = {"endCursor": None, "hasNextPage": True}
    while page["hasNextPage"]:
        found = full_api.data(BEST_PAID, place | {"first": size, "after": page["endCursor"]})["occupations"]
        forward, page = [*forward, *found["nodes"]], found["pageInfo"]
        assert found["totalCount"] == len(cells)
    backward: list[dict[str, str]] = []
    page = {"startCursor": None, "hasPreviousPage": True}
    while page["hasPreviousPage"]:
        found = full_api.data(BEST_PAID, place | {"last": size, "before": page["startCursor"]})["occupations"]
        backward, page = [*found["nodes"], *backward], found["pageInfo"]
    slugs = {node["code"].replace("-", ""): node["slug"] for node in forward}
    ordered = sorted(cells, key=lambda cell: (-cell[1], slugs[cell[0]]))
    assert [node["code"].replace("-", "") for node in forward] == [code for code, _ in ordered]
    assert backward == forward


def test_numbers_of_occupations_and_areas(full_api: Api, oews: sqlite3.Connection) -> None:
    data = full_api.data("""{
        detailed: occupations(filter: {kind: DETAILED}) { totalCount }
        areas { totalCount } metros: areas(kind: METRO) { totalCount } nonmetros: areas(kind: NONMETRO) { totalCount }
        states: areas(kind: STATE) { totalCount }
    }""")
    assert {name: page["totalCount"] for name, page in data.items()} == {
        "detailed": 830,
        "areas": 583,
        "metros": 393,
        "nonmetros": 135,
        "states": 54,
    }
    assert oews.execute("SELECT count(*) FROM occupation WHERE display_level = 3").fetchone() == (830,)
    assert oews.execute("SELECT count(*) FROM area").fetchone() == (583,)


def test_producers_and_directors(full_api: Api) -> None:
    [occupation] = full_api.data("""{ occupation(by: {code: "27-2012"}) {
        salary { annual { median mean p10 p90 } employment }
        outlook { growthPercent fromYear toYear openingsPerYear }
        education { degrees { name percent } }
        demographics { medianAge }
    } }""").values()
    assert occupation["salary"] == {
        "annual": {"median": 90360, "mean": 113300, "p10": 45780, "p90": 198540},
        "employment": 143120,
    }
    assert occupation["outlook"] == {"growthPercent": 4.9, "fromYear": 2024, "toYear": 2034, "openingsPerYear": 12800}
    assert {"name": "Bachelor's degree", "percent": 57.5} in occupation["education"]["degrees"]
    assert occupation["demographics"] == {"medianAge": 41.7}


# All other figures, from the publishers' workbooks and text files.


@lru_cache(maxsize=4)
def sheet(file: str, name: str | int = 0) -> list[list[Any]]:
    return cells(SHARED / file, name)


@lru_cache(maxsize=4)
def tabbed(file: str) -> list[dict[str, str]]:
    with (SHARED / "onet_30_1" / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def row_of(rows: list[list[Any]], column: int, value: str) -> list[Any]:
    [found] = [row for row in rows if str(row[column]).strip() == value]
    return found


CODES = ["27-2012", "27-3031", "15-1252", "29-1141", "41-2031", "11-1021"]


@needs_shared
@pytest.mark.parametrize("code", CODES)
def test_the_employment_projections(full_api: Api, code: str) -> None:
    [occupation] = full_api.data(
        """query Outlook($code: String!) { occupation(by: {code: $code}) {
            outlook { growthPercent openingsPerYear employmentFrom employmentTo source { release } }
            education { typicalEntry relatedExperience onTheJobTraining }
        } }""",
        {"code": code},
    ).values()
    row = row_of(sheet("bls_ep_2024_34/occupation.xlsx", "Table 1.2"), 1, code)
    assert occupation["outlook"] == {
        "growthPercent": row[8],
        "openingsPerYear": round(row[10] * 1000),
        "employmentFrom": round(row[3] * 1000),
        "employmentTo": round(row[4] * 1000),
        "source": {"release": "2024-34"},
    }
    assert list(occupation["education"].values()) == row[12:15]


@needs_shared
@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("27-2012", None),
        ("29-1141", None),
        ("11-1021", None),
        ("31-1120", None),
        ("41-2011", "Cashiers"),
        ("25-2021", "Elementary and middle school teachers"),
        ("29-1171", "Nurse practitioners, and nurse midwives"),
        ("23-1011", "Lawyers, and judges, magistrates, and other judicial workers"),
        ("47-2141", "Painters and paperhangers"),
        ("15-1211", None),
    ],
)
def test_educational_attainment(full_api: Api, code: str, group: str | None) -> None:
    query = """query Degrees($code: String!) { occupation(by: {code: $code}) { education {
        mostCommonDegree degrees { name percent } degreesSum degreesPublishedFor { name occupations { code } }
    } } }"""
    education = full_api.data(query, {"code": code})["occupation"]["education"]
    table = sheet("bls_ep_2024_34/education.xlsx", "Table 5.3")
    degrees = {degree["name"]: degree["percent"] for degree in education["degrees"]}
    row = row_of(table, 1, code)
    assert degrees == dict(zip(table[1][2:], row[2:], strict=True))
    assert education["mostCommonDegree"] == table[1][2 + row[2:].index(max(row[2:]))]
    assert education["degreesSum"] == pytest.approx(sum(row[2:]))
    if group is None:
        assert education["degreesPublishedFor"] is None
        return
    assert row[0].endswith("[1]")
    crosswalk = sheet("crosswalks/nem-occcode-acs-crosswalk.xlsx")[1:]
    [(acs, title)] = [line[3:5] for line in crosswalk if line[1] == code]
    assert education["degreesPublishedFor"] == {
        "name": group,
        "occupations": [{"code": line[1]} for line in crosswalk if line[3] == acs],
    }
    assert title == group


@needs_shared
@pytest.mark.parametrize(
    ("code", "most_common"),
    [
        ("15-1211", None),
        ("47-2141", None),
        ("11-9081", "Bachelor's Degree"),
        ("41-2011", "High School Diploma"),
        ("31-1131", "High School Diploma"),
    ],
)
def test_required_education(full_api: Api, code: str, most_common: str | None) -> None:
    query = """query Required($code: String!) { occupation(by: {code: $code}) { education {
        requiredDegrees { name percent } requiredDegreesSum mostCommonRequiredDegree missing { figure reason }
    } } }"""
    education = full_api.data(query, {"code": code})["occupation"]["education"]
    names = {
        row["Category"]: row["Category Description"].split(" - ")[0]
        for row in tabbed("Education, Training, and Experience Categories.txt")
        if row["Scale ID"] == "RL"
    }
    answers = [
        row
        for row in tabbed("Education, Training, and Experience.txt")
        if (row["O*NET-SOC Code"], row["Scale ID"]) == (f"{code}.00", "RL")
    ]
    published = {names[r["Category"]]: float(r["Data Value"]) for r in answers if r["Recommend Suppress"] != "Y"}
    assert {share["name"]: share["percent"] for share in education["requiredDegrees"]} == published
    assert education["requiredDegreesSum"] == pytest.approx(sum(published.values()))
    suppressed = [f"requiredDegrees.{names[r['Category']]}" for r in answers if r["Recommend Suppress"] == "Y"]
    assert suppressed == [
        missing["figure"]
        for missing in education["missing"]
        if missing["reason"] == "SUPPRESSED" and missing["figure"] != "mostCommonRequiredDegree"
    ]
    assert education["mostCommonRequiredDegree"] == most_common
    everything = {names[row["Category"]]: float(row["Data Value"]) for row in answers}
    if most_common is not None:
        # No suppressed estimate contradicts it.
        assert most_common == max(everything, key=everything.__getitem__)


@needs_shared
@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("27-2012", "Producers and directors"),
        ("29-1141", "Registered nurses"),
        ("23-1011", "Lawyers"),
        ("11-1011", "Chief executives"),
        ("29-1171", "Nurse practitioners"),
        ("15-1211", "Computer systems analysts"),
        ("41-2011", "Cashiers"),
        ("25-2021", "Elementary and middle school teachers"),
        ("47-2141", "Painters and paperhangers"),
    ],
)
def test_the_current_population_survey(full_api: Api, code: str, title: str) -> None:
    [occupation] = full_api.data(
        """query People($code: String!) { occupation(by: {code: $code}) {
            demographics {
                medianAge gender { name percent } race { name percent } raceIsExclusive publishedFor { name }
            }
            weeklyEarnings { everyone men women publishedFor { name } missing { figure reason } }
        } }""",
        {"code": code},
    ).values()
    people, pay = occupation["demographics"], occupation["weeklyEarnings"]
    assert people["medianAge"] == row_of(sheet("bls_cps_2025/cpsaat11b.xlsx"), 0, title)[9]
    _, _, women, *races = row_of(sheet("bls_cps_2022/cpsaat11.xlsx"), 0, title)
    assert people["gender"] == [
        {"name": "Female", "percent": women},
        {"name": "Male", "percent": round(100 - women, 1)},
    ]
    assert [share["percent"] for share in people["race"]] == races
    assert not people["raceIsExclusive"]
    row = row_of(sheet("bls_cps_2025/cpsaat39.xlsx"), 0, title)
    earnings = {"everyone": row[2], "men": row[4], "women": row[6]}
    dashes = [figure for figure, published in earnings.items() if published == "\N{EN DASH}"]
    assert {figure: pay[figure] for figure in earnings} == earnings | dict.fromkeys(dashes)
    assert pay["missing"] == [{"figure": figure, "reason": "SMALL_SAMPLE"} for figure in dashes]
    # A category with the code of a group of occupations is named; one with the occupation's own is not.
    listed = sheet("crosswalks/2018-occupation-code-list-and-crosswalk.xlsx", "2018 Census Occ Code List")
    [category] = [str(line[3]).strip() for line in listed if str(line[1]).strip() == title]
    group = None if category == code else {"name": title}
    assert (people["publishedFor"], pay["publishedFor"]) == (group, group)


@needs_shared
@pytest.mark.parametrize(("code", "name"), [("27-2012", "Active Listening"), ("29-1141", "Service Orientation")])
def test_a_rating_of_onet(full_api: Api, code: str, name: str) -> None:
    query = """query Skills($code: String!) { occupation(by: {code: $code}) { skills(kind: SKILL, first: 100) {
        nodes { importance level skill { name } source { release license attribution } }
    } } }"""
    nodes = full_api.data(query, {"code": code})["occupation"]["skills"]["nodes"]
    [served] = [node for node in nodes if node["skill"]["name"] == name]
    header, *rows = sheet("onet_30_x/Skills.xlsx")
    of_element = [dict(zip(header, row, strict=True)) for row in rows if row[0] == f"{code}.00" and name in row]
    rated = {row["Scale ID"]: row["Data Value"] for row in of_element}
    assert served["importance"] == pytest.approx((rated["IM"] - 1) / 4 * 100, abs=0.006)
    assert served["level"] == pytest.approx(rated["LV"] / 7 * 100, abs=0.006)
    assert "USDOL/ETA" in served["source"]["attribution"]


@needs_shared
def test_names_and_technologies_of_onet(full_api: Api) -> None:
    [occupation] = full_api.data("""{ occupation(by: {code: "27-4032"}) {
        jobZone jobZoneSource { name release attribution }
        alternateTitles(first: 100) { nodes { title } }
        skills(kind: TECHNOLOGY, first: 100) { totalCount nodes { inDemand hot skill { name } } }
        related(first: 3) { nodes { occupation { code } } }
    } }""").values()
    titles = {row["Alternate Title"] for row in tabbed("Alternate Titles.txt") if row["O*NET-SOC Code"] == "27-4032.00"}
    assert titles <= {node["title"] for node in occupation["alternateTitles"]["nodes"]}
    technologies = {
        row["Example"]: (row["In Demand"] == "Y", row["Hot Technology"] == "Y")
        for row in tabbed("Technology Skills.txt")
        if row["O*NET-SOC Code"] == "27-4032.00"
    }
    served = {node["skill"]["name"]: (node["inDemand"], node["hot"]) for node in occupation["skills"]["nodes"]}
    assert served == technologies
    zones = {row["O*NET-SOC Code"]: row["Job Zone"] for row in tabbed("Job Zones.txt")}
    assert str(occupation["jobZone"]) == zones["27-4032.00"]
    source = occupation["jobZoneSource"]
    assert (source["name"], source["release"]) == ("O*NET job zones", "30.1")
    assert "USDOL/ETA" in source["attribution"]
    first = [row for row in tabbed("Related Occupations.txt") if row["O*NET-SOC Code"] == "27-4032.00"]
    nearest = [row["Related O*NET-SOC Code"][:7] for row in sorted(first, key=lambda row: int(row["Index"]))]
    assert occupation["related"]["nodes"][0]["occupation"]["code"] == next(
        code for code in nearest if code != "27-4032"
    )


@needs_shared
def test_fields_of_study(full_api: Api) -> None:
    query = '{ occupation(by: {code: "27-2012"}) { education { majors(first: 100) { nodes { code title } } } } }'
    served = full_api.data(query)["occupation"]["education"]["majors"]["nodes"]
    with (SHARED / "nces_cip_soc" / "CIP2020_SOC2018_Crosswalk.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["SOC2018Code"] == "27-2012"]
    assert {node["code"]: node["title"] for node in served} == {
        row["CIP2020Code"]: row["CIP2020Title"].rstrip(".") for row in rows
    }
