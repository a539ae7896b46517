"""Wages of a real OEWS release: figures and sentences."""

from typing import Any

import pytest

from resolvers.global_ids import global_id
from tests.conftest import Api, compiled_only

EDITORS, PRODUCERS, SPECIALISTS, ACTORS = "27-4032", "27-2012", "27-3031", "27-2011"
DENTISTS = "29-1029"
"""Made-up figures for cases that the release lacks: equal means, and a mean below a top-code bound."""


def compare(api: Api, left: str, right: str, selection: str, area: str = "US") -> dict[str, Any]:
    query = f"""query ($left: String!, $right: String!, $area: String) {{
        comparison(left: {{code: $left}}, right: {{code: $right}}, area: $area) {{ {selection} }}
    }}"""
    found: dict[str, Any] = api.data(query, {"left": left, "right": right, "area": area})["comparison"]
    return found


UNTESTED = "can't be tested for statistical significance with the published figures."


def test_means_that_do_not_differ_clearly_and_curves_that_cross(paid: Api) -> None:
    # 2.5% of 86,130 is 2,153.25 and 1.1% of 84,120 is 925.32; the root of their squares' sum is 2,343.67.
    # 2,010 / 2,343.67 = 0.8576.
    found = compare(paid, EDITORS, SPECIALISTS, "summary salary { annualMean { verdict zScore } }")
    assert found["salary"]["annualMean"] == {"verdict": "NOT_SIGNIFICANT", "zScore": 0.8576}
    assert found["summary"] == [
        (
            "Among wage-and-salary workers in the United States (OEWS, May 2025), there is no clear difference in the "
            "mean annual wage: $86,130 for Film and Video Editors and $84,120 for Public Relations Specialists (a "
            "difference of $2,010)."
        ),
        (
            "In the United States, the published median annual wage is higher for Film and Video Editors than for "
            "Public Relations Specialists: $75,420 compared with $74,750, a difference of $670."
        ),
        (
            "In the United States, the order depends on the percentile of the annual wage: the published wage is "
            "higher for Public Relations Specialists at the 10th and 25th; and for Film and Video Editors at the 50th, "
            "75th and 90th."
        ),
        (
            "In the one metropolitan area with a published median annual wage for both, the median is higher for "
            "Public Relations Specialists; nationally, the median is higher for Film and Video Editors."
        ),
        (
            "By the number of wage-and-salary jobs that OEWS covers nationwide (May 2025), Public Relations "
            "Specialists outnumber Film and Video Editors: 283,380 compared with 25,610, about 11 times as many."
        ),
        (
            "Projected changes in employment from 2024 to 2034 can't be compared: none published for Film and Video "
            "Editors; 4.8% for Public Relations Specialists."
        ),
        (
            "The difference in the number of jobs is statistically significant at the 90% level; the difference in the "
            "mean wage is not."
        ),
        f"Differences in the median wage, the percentiles and the median of the metropolitan area {UNTESTED}",
    ]


def test_means_that_differ_clearly(paid: Api) -> None:
    found = compare(
        paid, PRODUCERS, SPECIALISTS, "summary salary { annualMean { verdict } crossovers { lowerPercentile } }"
    )
    assert found["salary"] == {"annualMean": {"verdict": "SIGNIFICANT"}, "crossovers": []}
    assert found["summary"] == [
        (
            "Among wage-and-salary workers in the United States (OEWS, May 2025), Producers and Directors earn more "
            "than Public Relations Specialists by the mean annual wage: $113,300 compared with $84,120, a difference "
            "of $29,180."
        ),
        (
            "In the United States, the published median annual wage is higher for Producers and Directors than for "
            "Public Relations Specialists: $90,360 compared with $74,750, a difference of $15,610."
        ),
        (
            "Of the 2 metropolitan areas with a published median annual wage for both, the median is higher for "
            "Producers and Directors in 1 and for Public Relations Specialists in 1. Nationally, the median is higher "
            "for Producers and Directors."
        ),
        (
            "By the number of wage-and-salary jobs that OEWS covers nationwide (May 2025), Public Relations "
            "Specialists outnumber Producers and Directors: 283,380 compared with 143,120, a difference of 140,260."
        ),
        (
            "The projected change in employment from 2024 to 2034 is about the same: 4.9% for Producers and Directors "
            "and 4.8% for Public Relations Specialists."
        ),
        "The differences in the mean wage and the number of jobs are statistically significant at the 90% level.",
        f"Differences in the median wage and the medians of metropolitan areas {UNTESTED}",
        "Typical requirements by the Employment Projections: a bachelor's degree for both.",
    ]


def test_a_top_coded_mean_is_given_as_its_bound(paid: Api) -> None:
    summary = compare(paid, "29-1212", PRODUCERS, "summary", "12060")["summary"]
    assert summary[0] == (
        "Among wage-and-salary workers in Atlanta-Sandy Springs-Roswell, GA (OEWS, May 2025), mean and median "
        "annual wages can't be compared: at least $239,200 each for Cardiologists; none published for Producers and "
        "Directors."
    )


def test_hourly_occupations_have_hourly_sentences(paid: Api) -> None:
    assert compare(paid, ACTORS, EDITORS, "summary")["summary"][:3] == [
        (
            "Among wage-and-salary workers in the United States (OEWS, May 2025), Actors earn more than Film and Video "
            "Editors by the mean hourly wage: $58.29 compared with $41.41, a difference of $16.88."
        ),
        (
            "In the United States, the published median hourly wage is higher for Film and Video Editors than for "
            "Actors: $36.26 compared with $29.05, a difference of $7.21."
        ),
        (
            "In the United States, the order depends on the percentile of the hourly wage: the published wage is "
            "higher for Film and Video Editors at the 10th, 25th and 50th; and for Actors at the 75th and 90th."
        ),
    ]


def test_people_employed_are_tested(paid: Api) -> None:
    # 2.9% of 143,120 is 4,150.48 and 4.7% of 25,610 is 1,203.67; the root of their squares' sum is 4,321.51.
    # 117,510 / 4,321.51 = 27.19, and 1.645 x 4,321.51 = 7,108.88.
    found = compare(
        paid, PRODUCERS, EDITORS, "jobs { absolute verdict zScore confidence { level low high } explanation { note } }"
    )["jobs"]
    assert found.pop("explanation")["note"].startswith("Significant at the 90% level if z > 1.645.")
    assert (round(found["zScore"], 2), found["verdict"], found["absolute"]) == (27.19, "SIGNIFICANT", 117510)
    assert {end: round(value) for end, value in found["confidence"].items()} == {
        "level": 90,
        "low": 110401,
        "high": 124619,
    }


# Wages by area and by industry


def occupation(api: Api, code: str, selection: str) -> dict[str, Any]:
    query = f"query ($code: String!) {{ occupation(by: {{code: $code}}) {{ {selection} }} }}"
    found: dict[str, Any] = api.data(query, {"code": code})["occupation"]
    return found


def test_salaries_are_listed_by_the_areas_names(paid: Api) -> None:
    found = occupation(
        paid, PRODUCERS, "salaries { totalCount nodes { area { code } industry { code } annual { median } } }"
    )["salaries"]
    assert found["totalCount"] == 6
    assert [(n["area"]["code"], n["industry"]["code"], n["annual"]["median"]) for n in found["nodes"]] == [
        ("CA", "000000", 129790),
        ("CT", "000000", 88260),
        ("25540", "000000", 71030),
        ("31080", "000000", 131600),
        ("NY", "000000", 107550),
        ("US", "000000", 90360),
    ]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("NATION", ["US"]), ("STATE", ["CA", "CT", "NY"]), ("METRO", ["25540", "31080"]), ("NONMETRO", [])],
)
def test_salaries_of_a_kind_of_area(paid: Api, kind: str, codes: list[str]) -> None:
    found = occupation(paid, PRODUCERS, f"salaries(kind: {kind}) {{ totalCount nodes {{ area {{ code }} }} }}")
    assert found["salaries"] == {"totalCount": len(codes), "nodes": [{"area": {"code": code}} for code in codes]}


SALARIES = """query ($code: String!, $field: SalaryOrderField!, $direction: OrderDirection!, $after: String) {
    occupation(by: {code: $code}) {
        salaries(orderBy: {field: $field, direction: $direction}, first: 1, after: $after) {
            totalCount nodes { area { code } } pageInfo { hasNextPage endCursor }
        }
    }
}"""


@pytest.mark.parametrize(
    ("code", "field", "direction", "areas"),
    [
        (PRODUCERS, "AREA", "DESC", ["US", "NY", "31080", "25540", "CT", "CA"]),
        (PRODUCERS, "MEAN", "DESC", ["31080", "CA", "NY", "US", "CT", "25540"]),
        (PRODUCERS, "MEDIAN", "ASC", ["25540", "CT", "US", "NY", "CA", "31080"]),
        (PRODUCERS, "HOURLY_MEAN", "DESC", ["31080", "CA", "NY", "US", "CT", "25540"]),
        (PRODUCERS, "EMPLOYMENT", "DESC", ["US", "CA", "NY", "31080", "CT", "25540"]),
        # The mean in Atlanta is top-coded, so it comes last in both directions.
        ("29-1212", "MEAN", "ASC", ["CT", "US", "36540", "12060"]),
        ("29-1212", "MEAN", "DESC", ["36540", "US", "CT", "12060"]),
        # Areas without the figure are in the order of their codes.
        (PRODUCERS, "HOURLY_MEDIAN", "DESC", ["25540", "31080", "CA", "CT", "NY", "US"]),
        (PRODUCERS, "LOCATION_QUOTIENT", "DESC", ["25540", "31080", "CA", "CT", "NY", "US"]),
        (PRODUCERS, "JOBS_PER_THOUSAND", "ASC", ["25540", "31080", "CA", "CT", "NY", "US"]),
    ],
)
def test_salaries_are_paged_in_every_order(paid: Api, code: str, field: str, direction: str, areas: list[str]) -> None:
    walked: list[str] = []
    cursor: str | None = None
    for place in range(1, len(areas) + 1):
        variables = {"code": code, "field": field, "direction": direction, "after": cursor}
        page = paid.data(SALARIES, variables)["occupation"]["salaries"]
        walked += [node["area"]["code"] for node in page["nodes"]]
        cursor = page["pageInfo"]["endCursor"]
        assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (len(areas), place < len(areas))
    assert walked == areas


def test_a_cursor_of_another_order_is_refused(paid: Api) -> None:
    variables = {"code": PRODUCERS, "field": "MEAN", "direction": "ASC"}
    cursor = paid.data(SALARIES, variables)["occupation"]["salaries"]["pageInfo"]["endCursor"]
    error = paid.error(SALARIES, variables | {"direction": "DESC", "after": cursor})
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "after"}


def test_salaries_by_industry_are_national_and_leave_out_all_industries_together(paid: Api) -> None:
    query = (
        "industrySalaries(first: 3) { totalCount nodes { area { code } industry { code displayLevel } employment } }"
    )
    assert occupation(paid, PRODUCERS, query)["industrySalaries"] == {
        "totalCount": 4,
        "nodes": [
            {"area": {"code": "US"}, "industry": {"code": "512100", "displayLevel": 4}, "employment": 37700},
            {"area": {"code": "US"}, "industry": {"code": "512130", "displayLevel": 5}, "employment": 150},
            {"area": {"code": "US"}, "industry": {"code": "516100", "displayLevel": 4}, "employment": 18570},
        ],
    }


BY_INDUSTRY = """query ($order: IndustrySalaryOrder, $level: Int, $after: String) { occupation(by: {code: "27-2012"}) {
    industrySalaries(orderBy: $order, level: $level, first: 1, after: $after) {
        totalCount nodes { industry { code } } pageInfo { hasNextPage endCursor }
    }
} }"""


@pytest.mark.parametrize(
    ("order", "level", "industries"),
    [
        (None, None, ["512100", "512130", "516100", "541800"]),
        (None, 4, ["512100", "516100", "541800"]),
        (None, 5, ["512130"]),
        (None, 2, []),
        ({"field": "CODE", "direction": "DESC"}, None, ["541800", "516100", "512130", "512100"]),
        ({"field": "MEAN", "direction": "DESC"}, None, ["512100", "541800", "516100", "512130"]),
        ({"field": "MEDIAN", "direction": "DESC"}, 4, ["541800", "512100", "516100"]),
        ({"field": "HOURLY_MEAN"}, None, ["512130", "516100", "541800", "512100"]),
        ({"field": "HOURLY_MEDIAN"}, None, ["512100", "512130", "516100", "541800"]),
        ({"field": "EMPLOYMENT"}, None, ["512130", "541800", "516100", "512100"]),
    ],
)
def test_salaries_by_industry_are_paged_in_every_order_and_at_each_level(
    paid: Api, order: dict[str, str] | None, level: int | None, industries: list[str]
) -> None:
    walked: list[str] = []
    cursor: str | None = None
    for place in range(1, max(1, len(industries)) + 1):
        variables = {"order": order, "level": level, "after": cursor}
        with paid.statements() as run:
            page = paid.data(BY_INDUSTRY, variables)["occupation"]["industrySalaries"]
        walked += [node["industry"]["code"] for node in page["nodes"]]
        cursor = page["pageInfo"]["endCursor"]
        assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (len(industries), place < len(industries))
        assert sum("wage" in statement for statement in run) <= 2
    assert walked == industries


def test_a_role_has_no_salaries_by_industry(paid: Api) -> None:
    found = paid.data(
        '{ occupation(by: {slug: "media-producer"}) { salaries { totalCount } industrySalaries { totalCount } } }'
    )
    assert found["occupation"] == {"salaries": {"totalCount": 1}, "industrySalaries": {"totalCount": 0}}


def test_lists_of_salaries_take_one_statement_for_any_number_of_occupations(paid: Api) -> None:
    with paid.statements() as run:
        paid.data(
            """{ occupations(first: 100) { nodes {
                salaries(first: 2) { nodes { annual { mean } } } industrySalaries(first: 2) { nodes { employment } }
            } } }"""
        )
    assert len(run) == 3, run


# Highest-paying places and industries

TOP = """city { name area { code } industry { code } salary topCoded source { release } }
    state { name area { id code kind } salary } industry { name area { code } industry { code } salary }
    company { name }"""


def test_the_highest_paying_are_those_with_the_highest_published_means(paid: Api) -> None:
    assert occupation(paid, PRODUCERS, f"highestPaying {{ {TOP} }}")["highestPaying"] == {
        "city": {
            "name": "Los Angeles-Long Beach-Anaheim, CA",
            "area": {"code": "31080"},
            "industry": None,
            "salary": 159390,
            "topCoded": 0,
            "source": {"release": "May 2025"},
        },
        "state": {
            "name": "California",
            "area": {"id": global_id("Area", "CA"), "code": "CA", "kind": "STATE"},
            "salary": 155750,
        },
        "industry": {
            "name": "Motion Picture and Video Industries",
            "area": None,
            "industry": {"code": "512100"},
            "salary": 133970,
        },
        "company": None,
    }


def top(api: Api, code: str, least: int) -> dict[str, str | None]:
    found = occupation(
        api,
        code,
        f"highestPaying(minimumEmployment: {least}) {{ city {{ name }} state {{ name }} industry {{ name }} }}",
    )["highestPaying"]
    return {kind: named and named["name"] for kind, named in found.items()}


def test_places_below_the_minimum_employment_are_left_out(paid: Api) -> None:
    assert top(paid, SPECIALISTS, 270)["industry"] == "Monetary Authorities-Central Bank"
    assert top(paid, SPECIALISTS, 271)["industry"] == "Motion Picture and Video Industries"
    # Schools owned by states are not a 4-digit industry, so they don't count.
    assert top(paid, SPECIALISTS, 1651)["industry"] is None
    assert top(paid, PRODUCERS, 40_000) == {"city": None, "state": None, "industry": None}
    assert top(paid, EDITORS, 0)["city"] == "Hartford-West Hartford-East Hartford, CT"
    assert top(paid, EDITORS, 100)["city"] is None


def test_top_coded_means_are_counted(paid: Api) -> None:
    found = occupation(paid, "29-1212", "highestPaying { city { name salary topCoded } state { name topCoded } }")
    # Atlanta's mean is at least 239,200.
    assert found["highestPaying"] == {
        "city": {"name": "Omaha, NE-IA", "salary": 578940, "topCoded": 1},
        "state": {"name": "Connecticut", "topCoded": 0},
    }


def test_a_mean_below_a_top_code_bound_is_not_the_highest(paid: Api) -> None:
    # In New York it is at least 239,200, so the 200,000 in California are not the highest.
    assert top(paid, DENTISTS, 21)["state"] is None
    assert top(paid, DENTISTS, 31)["state"] == "California"


def test_a_mean_equal_to_a_top_code_bound_is_the_highest(paid: Api) -> None:
    found = occupation(paid, DENTISTS, "highestPaying(minimumEmployment: 0) { state { name salary topCoded } }")
    assert found["highestPaying"]["state"] == {"name": "Connecticut", "salary": 239_200, "topCoded": 1}


def test_a_negative_minimum_employment_is_refused(paid: Api) -> None:
    for selection in (
        'occupation(by: {code: "27-2012"}) { highestPaying(minimumEmployment: -1) { city { name } } }',
        """comparison(left: {code: "27-2012"}, right: {code: "27-3031"}) {
            salary { highestPaying(minimumEmployment: -1) { city { same } } }
        }""",
    ):
        error = paid.error(f"{{ {selection} }}")
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "minimumEmployment"}


def test_highest_paying_places_side_by_side(paid: Api) -> None:
    found = compare(
        paid,
        PRODUCERS,
        SPECIALISTS,
        "salary { highestPaying(minimumEmployment: 1000) { city { left { name } right { name } same } "
        "industry { left { salary } right { salary } same } company { same } } }",
    )
    assert found["salary"]["highestPaying"] == {
        "city": {
            "left": {"name": "Los Angeles-Long Beach-Anaheim, CA"},
            "right": {"name": "Los Angeles-Long Beach-Anaheim, CA"},
            "same": True,
        },
        "industry": {"left": {"salary": 133970}, "right": {"salary": 101290}, "same": True},
        "company": {"same": None},
    }


def test_equal_means_are_ordered_by_code(paid: Api) -> None:
    assert top(paid, DENTISTS, 31)["city"] == "Los Angeles-Long Beach-Anaheim, CA"


@compiled_only
@pytest.mark.parametrize(("occupations", "statements"), [(3, 3), (20, 9)])
def test_the_highest_paying_take_two_statements_and_two_for_each_further_three_occupations(
    paid: Api, occupations: int, statements: int
) -> None:
    # The field is costly, so it is resolved for three occupations at a time, between which other requests are served.
    with paid.statements() as run:
        paid.data(f"{{ occupations(first: {occupations}) {{ nodes {{ highestPaying {{ city {{ name }} }} }} }} }}")
    assert len(run) == statements, run


# Missing cells


def test_an_occupation_published_only_in_some_areas_has_an_empty_national_cell(paid: Api) -> None:
    selection = "salary { area { code } annual { mean } employment missing { figure reason } source { release } }"
    found = occupation(paid, DENTISTS, selection)["salary"]
    assert {entry["reason"] for entry in found.pop("missing")} == {"NOT_COLLECTED"}
    assert found == {
        "area": {"code": "US"},
        "annual": None,
        "employment": None,
        "source": {"release": "May 2025"},
    }
    assert occupation(paid, DENTISTS, 'salary(area: "25540") { annual { mean } }') == {"salary": {"annual": None}}


def test_an_occupation_without_any_cell_has_no_salary(paid: Api) -> None:
    assert occupation(paid, "27-2099", "salary { employment } salaries { totalCount }") == {
        "salary": None,
        "salaries": {"totalCount": 0},
    }


# Filters and orders of occupations


def listed(api: Api, wanted: str) -> list[str | None]:
    found = api.data(f"{{ occupations(filter: {wanted}) {{ totalCount nodes {{ code }} }} }}")["occupations"]
    codes = [node["code"] for node in found["nodes"]]
    assert found["totalCount"] == len(codes)
    return codes


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("{employment: {atLeast: 283380}}", ["25-2021", SPECIALISTS]),
        ("{employment: {atLeast: 25610, atMost: 55000}}", [ACTORS, EDITORS]),
        ("{employment: {atMost: 17289}}", []),
        ("{entryEducation: BACHELORS}", [PRODUCERS, SPECIALISTS]),
        ("{entryEducation: BACHELORS, employment: {atMost: 200000}}", [PRODUCERS]),
        ("{entryEducation: MASTERS}", []),
    ],
)
def test_occupations_by_employment_and_entry_education(paid: Api, wanted: str, codes: list[str]) -> None:
    assert listed(paid, wanted) == codes


WALK = """query ($field: OccupationOrderField!, $direction: OrderDirection!, $after: String, $before: String,
    $first: Int, $last: Int) {
    occupations(orderBy: {field: $field, direction: $direction}, filter: {kind: DETAILED},
        first: $first, after: $after, last: $last, before: $before) {
        nodes { code } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    }
}"""
NO_FIGURE = ["29-1029", "27-2099"]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize(
    ("field", "rising", "without"),
    [
        (
            "TITLE",
            [ACTORS, "29-1212", DENTISTS, "25-2021", "27-2099", EDITORS, PRODUCERS, SPECIALISTS],
            [],
        ),
        ("MEAN_WAGE", ["25-2021", SPECIALISTS, EDITORS, PRODUCERS, "29-1212"], [ACTORS, *NO_FIGURE]),
        ("MEDIAN_WAGE", ["25-2021", SPECIALISTS, EDITORS, PRODUCERS, "29-1212"], [ACTORS, *NO_FIGURE]),
        ("EMPLOYMENT", ["29-1212", EDITORS, ACTORS, PRODUCERS, SPECIALISTS, "25-2021"], NO_FIGURE),
        # Occupations without a projection are in the order of their slugs.
        ("GROWTH", [SPECIALISTS, PRODUCERS], [ACTORS, "29-1212", DENTISTS, "25-2021", "27-2099", EDITORS]),
    ],
)
def test_occupations_are_paged_both_ways_in_every_order(
    paid: Api, field: str, direction: str, rising: list[str], without: list[str]
) -> None:
    codes = [*(rising if direction == "ASC" else rising[::-1]), *without]
    order = {"field": field, "direction": direction}
    walked: list[str] = []
    page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        found = paid.data(WALK, order | {"first": 3, "after": page["endCursor"]})["occupations"]
        walked, page = [*walked, *(node["code"] for node in found["nodes"])], found["pageInfo"]
    assert walked == codes
    back: list[str] = []
    page = {"hasPreviousPage": True, "startCursor": None}
    while page["hasPreviousPage"]:
        found = paid.data(WALK, order | {"last": 3, "before": page["startCursor"]})["occupations"]
        back, page = [*(node["code"] for node in found["nodes"]), *back], found["pageInfo"]
    assert back == codes
