"""Industries by code, as people write them, and by words."""

from typing import Any

import pytest

from tests.conftest import COLD, Api, serving

BY_CODE = "query ($code: String!) { industry(code: $code) { code } }"
LISTED = """query ($text: String, $level: Int, $first: Int, $after: String, $last: Int, $before: String) {
    industries(text: $text, level: $level, first: $first, after: $after, last: $last, before: $before) {
        totalCount nodes { code } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""


def listed(api: Api, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.data(LISTED, variables)["industries"]
    return found


def codes(page: dict[str, Any]) -> list[str]:
    return [node["code"] for node in page["nodes"]]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31-33", "31--34"),
        ("31\N{EN DASH}33", "31--34"),
        (" 31 - 33 ", "31--34"),
        ("31--34", "31--34"),
        ("32", "31--34"),
        ("NAICS 31-33", "31--34"),
        ("Sectors 44-45", "44--46"),
        ("48-49", "48--50"),
        ("54", "54--55"),
        ("54--55", "54--55"),
        ("92", "99-100"),  # NAICS's public administration is OEWS's government.
        ("541", "541000"),
        ("5418", "541800"),
        ("54180", "541800"),
        ("541800", "541800"),
        ("541810", "541800"),  # Advertising agencies are only published with public relations and the like.
        ("54181", "541800"),
        ("541330", "541330"),
        ("54133", "541330"),
        ("3251", "3250A1"),  # Published together with 3252, 3253 and 3259.
        ("325199", "3250A1"),
        ("3250a1", "3250A1"),
        ("611002", "611002"),
        ("000000", "000000"),
    ],
)
def test_a_code_as_people_write_it_finds_its_industry(full_api: Api, written: str, code: str) -> None:
    assert full_api.data(BY_CODE, {"code": written}) == {"industry": {"code": code}}


@pytest.mark.parametrize("written", ["", "0", "00", "99999", "111", "5112", "549999", "ZZ", "5" * 5000, "31-32-33"])
def test_a_code_without_an_industry_finds_nothing(full_api: Api, written: str) -> None:
    assert full_api.data(BY_CODE, {"code": written}) == {"industry": None}


def test_an_industry_argument_takes_the_same_codes(full_api: Api) -> None:
    query = """{ occupation(by: {code: "27-3031"}) {
        a: salary(industry: "541810") { ...Cell } b: salary(industry: "5418") { ...Cell }
        c: salary(industry: "541800") { ...Cell } d: salary(industry: "51") { ...Cell }
    } group(code: "27-0000") { e: salary(industry: "31\N{EN DASH}33") { industry { code } } }
    } fragment Cell on Salary { industry { code } annual { mean } }"""
    data = full_api.data(query)
    found = data["occupation"]
    assert found["a"] == found["b"] == found["c"] == {"industry": {"code": "541800"}, "annual": {"mean": 96500}}
    assert found["d"] == {"industry": {"code": "51--52"}, "annual": {"mean": 95170}}
    assert data["group"] == {"e": {"industry": {"code": "31--34"}}}


NEAREST = (
    "51--52 (Sector 51 - Information), 512000 (Motion Picture and Sound Recording Industries), "
    "513000 (Publishing Industries)"
)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("5112", f"did you mean {NEAREST}? industries(text:) finds codes"),
        ("software", "did you mean 513200 (Software Publishers)? industries(text:) finds codes"),
        ("ZZ", "industries(text:) finds codes"),
    ],
)
def test_an_unknown_code_is_refused_with_the_nearest_ones(full_api: Api, written: str, hint: str) -> None:
    query = f'{{ occupation(by: {{code: "27-2012"}}) {{ salary(industry: "{written}") {{ employment }} }} }}'
    error = full_api.error(query)
    assert error["message"] == f'Argument "industry": no industry has the code "{written}"; {hint}.'
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "industry"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("manufacturing", "31--34"),
        ("Hospitals", "622000"),
        ("hospital", "622000"),
        ("publick relations", "541800"),
        ("services legal", "541100"),
        ("software", "513200"),
        ("restaur", "722511"),
        ("law firms", "541100"),
        ("banks", "522000"),
        ("movies", "512100"),
        ("farming", "11--12"),
        ("trucking", "484000"),
        ("banking", "522000"),
        ("central bank", "521000"),
        ("healthcare", "62--63"),
        ("grocery stores", "445000"),
        ("shoe store", "458200"),
        ("drug store", "456110"),
        ("retail stores", "44--46"),
        ("IT", "541500"),
        ("tech company", "541500"),
        ("R&D", "541700"),
        ("trucking companies", "484000"),
        ("hotel industry", "721100"),
        ("casino hotels", "721120"),
        ("car factory", "336100"),
        ("car dealers", "441100"),
        ("school bus", "485400"),
        ("management of companies", "55--56"),
        ("government", "999001"),
        ("federal government", "999101"),
        ("state government", "999201"),
        ("city government", "999301"),
        ("all industries", "000000"),
        ("54", "54--55"),
        ("31-33", "31--34"),
        ("541810", "541800"),
        ("6221", "622100"),
    ],
)
def test_words_and_codes_find_an_industry_first(full_api: Api, text: str, first: str) -> None:
    assert codes(listed(full_api, text=text, first=1)) == [first]


def test_the_start_of_a_code_finds_the_industries_below(full_api: Api) -> None:
    found = codes(listed(full_api, text="541"))
    assert found[:4] == ["541000", "541100", "541200", "541300"]
    assert all(code.startswith("541") for code in found)


@pytest.mark.parametrize("text", ["?!", "zzzzqqqq", "x" * 1000, "99999"])
def test_noise_finds_no_industry(full_api: Api, text: str) -> None:
    assert listed(full_api, text=text)["totalCount"] == 0


@pytest.mark.parametrize("field", ["areas", "industries", "skills"])
def test_a_blank_text_is_none(full_api: Api, field: str) -> None:
    document = f"query ($text: String) {{ {field}(text: $text, first: 3) {{ totalCount edges {{ cursor }} }} }}"
    blank, spaces, none = (full_api.data(document, {"text": text}) for text in ("", " \t", None))
    assert blank == spaces == none
    assert none[field]["totalCount"] > 3


@pytest.mark.parametrize(("level", "count"), [(None, 444), (0, 1), (1, 2), (2, 23), (3, 85), (4, 247), (5, 86)])
def test_industries_of_each_level(full_api: Api, level: int | None, count: int) -> None:
    assert listed(full_api, level=level)["totalCount"] == count


def test_a_text_and_a_level_are_combined(full_api: Api) -> None:
    assert codes(listed(full_api, text="manufacturing", level=2)) == ["31--34"]


@pytest.mark.parametrize("text", [None, "services"])
def test_industries_are_paged_forward_and_backward(paid: Api, text: str | None) -> None:
    whole = codes(listed(paid, text=text, first=100))
    page: dict[str, Any] = {}
    walked, cursor = list[str](), None
    for _ in whole:
        page = listed(paid, text=text, first=1, after=cursor)
        walked += codes(page)
        cursor = page["pageInfo"]["endCursor"]
    assert (walked, page["pageInfo"]["hasNextPage"]) == (whole, False)
    walked, cursor = list[str](), None
    for _ in whole:
        page = listed(paid, text=text, last=1, before=cursor)
        walked += codes(page)
        cursor = page["pageInfo"]["startCursor"]
    assert (walked, page["pageInfo"]["hasPreviousPage"]) == (whole[::-1], False)


def test_industries_are_by_code_and_with_a_text_by_relevance(paid: Api) -> None:
    assert codes(listed(paid)) == ["000000", "512100", "512130", "516100", "521100", "541800", "611002"]
    assert codes(listed(paid, text="motion picture")) == ["512100", "512130"]


@pytest.mark.parametrize("count", [1, 20])
def test_industries_take_one_statement_for_any_number_of_codes(everything: str, count: int) -> None:
    looked_up = " ".join(f'a{n}: salary(industry: "{n + 21}") {{ employment }}' for n in (0, 1, 2, 21, 23)[:count])
    with serving(everything, **COLD) as cold:
        with cold.statements() as run:
            cold.data(
                f'{{ occupation(by: {{code: "27-2012"}}) {{ {looked_up} }} industries(text: "oil") {{ totalCount }} }}'
            )
        assert sum("FROM industry" in statement for statement in run) == 1
