"""SOC codes as people write them, in every lookup and filter, and codes of the parts of occupations."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from db.models import OccupationPart
from db.writing import writing
from resolvers import codes
from tests.conftest import COLD, Api, serving
from tests.resolvers.conftest import OEWS, store_occupation, store_pay

PRODUCERS = {"code": "27-2012", "title": "Producers and Directors"}

WRITTEN = [
    "27-2012",
    "272012",
    "27 2012",
    "27.2012",
    "27\N{EN DASH}2012",
    "27\N{EM DASH}2012",
    "27\N{NON-BREAKING HYPHEN}2012",
    "27\N{MINUS SIGN}2012",
    "27\N{SOFT HYPHEN}2012",
    "27 \N{EN DASH} 2012",
    "\t 27-2012\n",
    '"27-2012"',
    "SOC 27-2012",
    "SOC code: 27-2012",
    "soc272012",
    "O*NET-SOC 27-2012.00",
    "27-2012.00",
    "27-2012.05",
    "27\N{EN DASH}2012.00",
    "27201200",
    "272012.0",
    "27-2012 Producers and Directors",
    "Producers and Directors (27-2012.00)",
    "2018 SOC: 27\N{EN DASH}2012",
    "OCC_CODE 272012",
    "\N{FULLWIDTH DIGIT TWO}\N{FULLWIDTH DIGIT SEVEN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH DIGIT TWO}012",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_code_is_found_as_people_write_it(paid: Api, written: str) -> None:
    data = paid.data(
        """query ($code: String!) {
            occupation(by: {code: $code}) { code title }
            comparison(left: {code: $code}, right: {code: "27–3031"}) { left { code title } right { code } }
            ranking(occupations: [{code: "27 3031"}, {code: $code}]) { entries { occupation { code title } } }
        }""",
        {"code": written},
    )
    assert data == {
        "occupation": PRODUCERS,
        "comparison": {"left": PRODUCERS, "right": {"code": "27-3031"}},
        "ranking": {
            "entries": [
                {"occupation": PRODUCERS},
                {"occupation": {"code": "27-3031", "title": "Public Relations Specialists"}},
            ]
        },
    }


GROUP_WRITTEN = [
    "27-0000",
    "27",
    " 27 ",
    "270000",
    "27 0000",
    "27\N{EN DASH}0000",
    "SOC 27-0000",
    "major group 27",
    "27-0000 Arts, Design, Entertainment, Sports, and Media Occupations",
    "27 \N{EN DASH} Arts and Media",
    "27: Arts",
]


@pytest.mark.parametrize("written", GROUP_WRITTEN)
def test_a_group_is_found_as_people_write_its_code(paid: Api, written: str) -> None:
    data = paid.data(
        """query ($code: String!) {
            group(code: $code) { code }
            occupations(filter: {group: $code, text: "producers and"}) { nodes { code title } }
        }""",
        {"code": written},
    )
    assert data == {"group": {"code": "27-0000"}, "occupations": {"nodes": [PRODUCERS]}}


@pytest.mark.parametrize(
    ("written", "digits", "code"),
    [
        ("2", None, None),
        ("27", "27", "27-0000"),
        ("27-", "27", "27-0000"),
        ("27-2", "272", "27-2000"),
        ("27-20", "2720", "27-2000"),
        ("27 201", "27201", "27-2010"),
        ("27-2012", "272012", "27-2012"),
        ("15-1299.08", "151299", "15-1299"),
        ("27-20.12", None, None),
        ("27-2012-7", None, None),
        ("1-27-2012", None, None),
        ("2720120", None, None),
        ("272012000", None, None),
        ("27-2012 and 27-3031", None, None),
        ("27 Dresses", None, None),
        ("27 - 2nd", None, None),
        ("18-wheeler", None, None),
        ("27-2012, 27-2012.00", None, "27-2012"),
        ("٢٧-٢٠١٢", None, None),
        ("SOC", None, None),
        ("", None, None),
        ("27-2012".rjust(60), "272012", "27-2012"),
        ("27-2012".rjust(300), None, "27-2012"),
        ("27-2012".rjust(301), None, None),
    ],
)
def test_a_code_is_read_in_full_or_not_at_all(written: str, digits: str | None, code: str | None) -> None:
    assert (codes.digits_of(written), codes.soc_code(written)) == (digits, code)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Producer (27-2012) or 27–3031", ["27-2012", "27-3031"]),
        ("15-1252.00 is 151252, also 15125200", ["15-1252"]),
        ("27-2012-7 or 1-27-2012", []),
        ("call 555-1234 or 1234567, of 27 in 2012", []),
        ("", []),
    ],
)
def test_codes_are_found_anywhere_in_a_text(text: str, found: list[str]) -> None:
    assert codes.soc_codes_in(text) == found


def test_a_text_that_is_no_code_takes_no_statement(paid: Api) -> None:
    with paid.statements() as run:
        assert paid.data('{ occupation(by: {code: "producer"}) { title } group(code: "arts") { title } }') == {
            "occupation": None,
            "group": None,
        }
    assert run == []


# Codes of parts

AGGREGATES = {
    "13-1020": ["13-1021", "13-1022", "13-1023"],
    "13-2020": ["13-2022", "13-2023"],
    "21-1018": ["21-1011", "21-1014"],
    "25-2052": ["25-2055", "25-2056"],
    "25-9045": ["25-9042", "25-9043", "25-9049"],
    "29-2010": ["29-2011", "29-2012"],
    "31-1120": ["31-1121", "31-1122"],
    "39-7010": ["39-7011", "39-7012"],
    "47-4090": ["47-4091", "47-4099"],
    "51-2028": ["51-2022", "51-2023"],
    "51-2090": ["51-2092", "51-2099"],
    "53-1047": ["53-1042", "53-1043", "53-1044", "53-1049"],
}
AIDES = (
    "OEWS and the Employment Projections publish 2 SOC occupations together as this one: Home Health Aides (31-1121); "
    "Personal Care Aides (31-1122). O*NET rates the parts, not the whole."
)


@pytest.mark.parametrize(("code", "parts"), AGGREGATES.items())
def test_the_code_of_a_part_leads_to_the_occupation_that_is_published(
    full_api: Api, code: str, parts: list[str]
) -> None:
    together = f"OEWS and the Employment Projections publish {len(parts)} SOC occupations together as this one: "
    for part in parts:
        found = full_api.data(
            "query ($code: String!) { occupation(by: {code: $code}) { code caveats } }", {"code": part}
        )
        first, *others = found["occupation"]["caveats"]
        assert found["occupation"]["code"] == code
        assert first.startswith(together)
        assert [named for named in parts if f"({named})" in first] == parts
        assert not any("SOC occupations together" in other for other in others)


def test_no_other_occupation_has_a_caveat_on_parts(full_api: Api) -> None:
    query = """query ($after: String) { occupations(filter: {kind: DETAILED}, first: 50, after: $after) {
        nodes { code caveats } pageInfo { endCursor hasNextPage }
    } }"""
    page: dict[str, Any] = {"endCursor": None, "hasNextPage": True}
    rows: list[dict[str, Any]] = []
    while page["hasNextPage"]:
        found = full_api.data(query, {"after": page["endCursor"]})["occupations"]
        page, rows = found["pageInfo"], rows + found["nodes"]
    assert len(rows) == 830
    combined = [row["code"] for row in rows if any("O*NET rates the parts" in caveat for caveat in row["caveats"])]
    assert sorted(combined) == [*AGGREGATES]


def test_a_comparison_names_the_parts_and_says_what_onet_rates(full_api: Api) -> None:
    data = full_api.data(
        """{
            one: comparison(left: {code: "31-1121.00"}, right: {code: "27 2012"}) {
                left { code } skills { note } caveats
            }
            both: comparison(left: {code: "31-1121"}, right: {code: "29-2011"}) { skills { note } caveats }
            same: comparison(left: {code: "31-1121"}, right: {code: "31-1122"}) { left { code } right { code } summary }
        }"""
    )
    aides = "Home Health and Personal Care Aides"
    note = f"Skills are not compared: O*NET rates only parts of {aides}."
    assert (data["one"]["left"], data["one"]["skills"]["note"]) == ({"code": "31-1120"}, note)
    assert {note, f"{aides}: {AIDES}"} <= {*data["one"]["caveats"]}
    either = "Skills are not compared: O*NET rates only parts of either side."
    assert data["both"]["skills"]["note"] == either
    assert {either, f"{aides}: {AIDES}"} <= {*data["both"]["caveats"]}
    assert data["same"]["left"] == data["same"]["right"] == {"code": "31-1120"}
    assert len(data["same"]["summary"]) == 1


# Codes without wages

OFFICERS = {"matchedTitle": "Air Crew Officers", "notCovered": "The wage data leave out the armed forces."}
MILITARY = [
    *("55-1011", "55-1012", "55-1013", "55-1014", "55-1015", "55-1016", "55-1017", "55-1019", "55-2011", "55-2012"),
    *("55-2013", "55-3011", "55-3012", "55-3013", "55-3014", "55-3015", "55-3016", "55-3018", "55-3019"),
]


@pytest.mark.parametrize(
    ("written", "number", "score"),
    [
        ("55", 10, 0.3333),
        ("55-0000", 10, 0.3333),
        ("55-1010", 8, 0.8333),
        ("552", 3, 0.5),
        ("11-103", 1, 0.8333),
        ("56", 0, None),
    ],
)
def test_a_group_without_wages_is_found_with_the_reason(
    full_api: Api, written: str, number: int, score: float | None
) -> None:
    query = "query ($code: String!) { search(text: $code) { occupation { code } matchedTitle exact score notCovered } }"
    found = full_api.data(query, {"code": written})["search"]
    assert [match["score"] for match in found] == [score] * number
    assert all(match["occupation"] is None and match["notCovered"] and not match["exact"] for match in found)
    if written == "552":
        assert [match["matchedTitle"] for match in found] == [
            "First-Line Supervisors of Air Crew Members",
            "First-Line Supervisors of Weapons Specialists/Crew Members",
            "First-Line Supervisors of All Other Tactical Operations Specialists",
        ]


@pytest.mark.parametrize(
    "written",
    ["55-1011", "551011", "SOC 55-1011", "55\N{EN DASH}1011", "55-1011.00", "55101100", "Air Crew Officers (55-1011)"],
)
def test_a_code_that_has_no_wages_is_found_with_the_reason(full_api: Api, written: str) -> None:
    found = full_api.post(
        """query ($code: String!) {
            search(text: $code) { occupation { code } matchedTitle exact ambiguous score notCovered }
            occupation(by: {code: $code}) { code }
            jobTitle(slug: $code) { slug occupation { code } notCovered source { name } }
            jobTitles(text: $code) { title }
            comparison(left: {code: $code}, right: {code: "99-9999"}) { id }
        }""",
        {"code": written},
    ).json()
    match = {"occupation": None, "exact": True, "ambiguous": False, "score": 1.0}
    assert found["data"] == {
        "search": [match | OFFICERS],
        "occupation": None,
        "jobTitle": {
            "slug": "air-crew-officers",
            "occupation": None,
            "notCovered": OFFICERS["notCovered"],
            "source": {"name": "Standard Occupational Classification (SOC)"},
        },
        "jobTitles": [{"title": "Air Crew Officers"}],
        "comparison": None,
    }
    [error] = found["errors"]
    assert error["message"] == (
        f'Argument "left": no occupation covers the code "{written}": The wage data leave out the armed forces; '
        'Argument "right": no occupation has the code "99-9999"; search(text:) finds occupations.'
    )
    assert error["extensions"] == {"code": "NOT_FOUND", "arguments": ["left", "right"]}


def test_every_code_that_has_no_wages_has_a_title_and_a_reason(full_api: Api) -> None:
    # In two, because a search text has a limit.
    codes = ["27-2012", "11-1031", "45-3031", *MILITARY[:9]], [*MILITARY[9:], "55-1018"]
    query = "query ($text: String!) { search(text: $text, first: 30) { occupation { code } matchedTitle notCovered } }"
    [first, *matches] = [match for some in codes for match in full_api.data(query, {"text": " ".join(some)})["search"]]
    assert first["occupation"] == {"code": "27-2012"}
    assert [match["occupation"] for match in matches] == [None] * 21
    assert [(match["matchedTitle"], match["notCovered"]) for match in matches[:2]] == [
        ("Legislators", "The wage data have no figures for legislators after May 2024."),
        ("Fishing and Hunting Workers", "The wage data leave out fishing, hunting and trapping."),
    ]
    assert {match["notCovered"] for match in matches[2:]} == {OFFICERS["notCovered"]}
    assert len({match["matchedTitle"] for match in matches}) == 21


@pytest.fixture(scope="module")
def combined(seeded_database: Callable[[], str]) -> Iterator[Api]:
    """The API on a database with an occupation of two parts and one with a code of its own that a part has too."""
    url = seeded_database()
    with writing(url) as session:
        store_pay(session)
        aides = store_occupation(session, "31-1120", "Home Health and Personal Care Aides")
        guides = store_occupation(session, "39-7011", "Tour Guides and Escorts")
        titles = {"31-1121": "Home Health Aides", "31-1122": "Personal Care Aides", "39-7011": "Tour Guides"}
        session.add_all(
            OccupationPart(code=code, title=title, occupation_id=aides, source_id=OEWS)
            for code, title in titles.items()
        )
        assert guides
    with serving(url, **COLD) as api:
        yield api


def test_parts_are_looked_up_once_and_only_for_codes_that_no_occupation_has(combined: Api) -> None:
    with combined.statements() as run:
        data = combined.data(
            """{ ranking(occupations: [{code: "31-1121.00"}, {code: "39 7011"}, {code: "27-2012"}]) {
                entries { occupation { code } }
            } }"""
        )
    codes = {entry["occupation"]["code"] for entry in data["ranking"]["entries"]}
    assert codes == {"31-1120", "39-7011", "27-2012"}
    assert len([statement for statement in run if "occupation_part" in statement]) == 1
    with combined.statements() as run:
        combined.data('{ occupation(by: {code: "27-2012"}) { title } }')
    assert len(run) == 1


def test_two_parts_of_one_occupation_are_one_occupation_in_a_ranking(combined: Api) -> None:
    error = combined.error('{ ranking(occupations: [{code: "31-1121"}, {code: "31-1122"}]) { caveats } }')
    assert error["message"] == (
        'Argument "occupations": occupations[0] and occupations[1] are both Home Health and Personal Care Aides.'
    )


def test_a_code_that_nobody_has_is_not_found(combined: Api) -> None:
    data = combined.post(
        """{
            unknown: occupation(by: {code: "31-1123"}) { title }
            comparison(left: {code: "31-1121"}, right: {code: "99 9999"}) { summary }
        }"""
    ).json()
    assert data["data"] == {"unknown": None, "comparison": None}
    [error] = data["errors"]
    assert error["message"] == (
        'Argument "right": no occupation has the code "99 9999"; search(text:) finds occupations.'
    )
