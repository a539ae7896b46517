"""Keys in filters that nothing has: refused with the nearest valid ones, never an empty list."""

import time
from typing import Any

import pytest

from resolvers.errors import quoted
from resolvers.nearest import Named, Vocabulary
from tests.conftest import Api

ARTS = "27-0000 (Arts, Design, Entertainment, Sports, and Media Occupations)"
NEAREST = [
    ("group", "27-9999", f'no group has the code "27-9999"; did you mean {ARTS}? groups(level:) finds codes.'),
    ("group", "sports", f'no group has the code "sports"; did you mean {ARTS}? groups(level:) finds codes.'),
    ("group", "11", 'no group has the code "11"; groups(level:) finds codes.'),
    ("group", "", 'no group has the code ""; groups(level:) finds codes.'),
    ("skill", "Instagramm", 'no skill has the slug "Instagramm"; did you mean instagram? skills(text:) finds slugs.'),
    (
        "skill",
        "training",
        'no skill has the slug "training"; did you mean training-videos? skills(text:) finds slugs.',
    ),
    ("skill", "xyzzy", 'no skill has the slug "xyzzy"; skills(text:) finds slugs.'),
]


def refusal(field: str, problem: str) -> dict[str, Any]:
    return {
        "message": f'Argument "filter.{field}": {problem}',
        "locations": [{"line": 1, "column": 29}],
        "path": ["occupations"],
        "extensions": {"code": "BAD_USER_INPUT", "argument": f"filter.{field}"},
    }


@pytest.mark.parametrize(("field", "written", "problem"), NEAREST)
def test_an_unknown_key_is_refused_and_its_siblings_are_answered(
    paid: Api, field: str, written: str, problem: str
) -> None:
    query = (
        f"query ($written: String!) {{ occupations(filter: {{{field}: $written}}) {{ totalCount nodes {{ slug }} }} "
    )
    body = paid.post(f"{query} sources {{ id }} }}", {"written": written}).json()
    assert body["errors"] == [refusal(field, problem)]
    assert body["data"]["occupations"] is None
    assert len(body["data"]["sources"]) == 3


@pytest.mark.parametrize(
    "conditions",
    [
        'group: "27", text: "nobody"',
        'group: "27-0000", kind: ROLE, annualMean: {atLeast: 10000000}',
        'skill: "instagram", text: "nobody"',
        'entryEducation: MASTERS, group: "27"',
        'text: "nobody"',
    ],
)
def test_valid_keys_that_no_occupation_has_together_give_an_empty_list(paid: Api, conditions: str) -> None:
    data = paid.data(f"{{ occupations(filter: {{{conditions}}}) {{ totalCount nodes {{ slug }} }} }}")
    assert data == {"occupations": {"totalCount": 0, "nodes": []}}


def test_the_first_unknown_key_of_several_is_named(paid: Api) -> None:
    error = paid.error('{ occupations(filter: {group: "27", skill: "xyzzy", entryEducation: MASTERS}) { totalCount } }')
    assert error["extensions"]["argument"] == "filter.skill"


@pytest.mark.parametrize(
    ("conditions", "statements"),
    [
        ('group: "27"', 1),
        ('group: "27", skill: "instagram"', 1),
        ('group: "27", text: "nobody"', 2),
        ('group: "99"', 2),
        ('skill: "instagram", text: "nobody"', 2),
        ('skill: "xyzzy"', 3),
    ],
)
def test_only_an_empty_list_takes_further_statements(paid: Api, conditions: str, statements: int) -> None:
    with paid.statements() as run:
        paid.post(f"{{ occupations(filter: {{{conditions}}}) {{ nodes {{ title }} }} }}")
    assert len(run) == statements, run


def test_pages_past_the_end_of_a_list_stay_empty(paid: Api) -> None:
    query = """query ($after: String) { occupations(filter: {group: "27-0000", skill: "instagram"}, after: $after) {
        nodes { slug } pageInfo { endCursor hasNextPage }
    } }"""
    first = paid.data(query)["occupations"]
    assert first["nodes"] == [{"slug": "media-producer"}]
    past = paid.data(query, {"after": first["pageInfo"]["endCursor"]})["occupations"]
    assert past == {"nodes": [], "pageInfo": {"endCursor": None, "hasNextPage": False}}


@pytest.mark.parametrize(
    ("field", "written", "hint"),
    [
        (
            "group",
            "27-2012",
            (
                "27-2010 (Actors, Producers, and Directors), 27-2000 (Entertainers and Performers, Sports and Related "
                "Workers), 27-2020 (Athletes, Coaches, Umpires, and Related Workers)"
            ),
        ),
        (
            "group",
            "healthcare suport",
            (
                "31-0000 (Healthcare Support Occupations), 31-9000 (Other Healthcare Support Occupations), 31-9090 "
                "(Miscellaneous Healthcare Support Occupations)"
            ),
        ),
        ("skill", "Adobe Premier", "adobe-premiere, adobe-premiere-pro"),
        ("skill", "c++", "c-technology-2 (C++), c, c-technology (C#)"),
        ("skill", "C#", "c-technology (C#), c, c-technology-2 (C++)"),
        ("skill", "photoshp", "adobe-photoshop, adobe-photoshop-lightroom"),
    ],
)
def test_the_nearest_of_all_valid_keys_are_named(full_api: Api, field: str, written: str, hint: str) -> None:
    query = f"query ($written: String!) {{ occupations(filter: {{{field}: $written}}) {{ totalCount }} }}"
    message = full_api.error(query, {"written": written})["message"]
    assert f'"{written}"; did you mean {hint}? ' in message


# What is quoted


LONG = "x" * 90_000


@pytest.mark.parametrize("field", ["group", "skill"])
def test_at_most_60_characters_are_quoted(paid: Api, field: str) -> None:
    query = f"query ($written: String!) {{ occupations(filter: {{{field}: $written}}) {{ totalCount }} }}"
    message = paid.error(query, {"written": LONG})["message"]
    assert f'"{"x" * 57}..."; ' in message
    assert len(message) < 300
    assert "x" * 58 not in message


@pytest.mark.parametrize(
    ("query", "end"),
    [
        ("comparison(left: {slug: $written}, right: {code: $written}) { summary }", "search(text:) finds occupations."),
        ("ranking(occupations: [{slug: $written}, {code: $written}]) { caveats }", "search(text:) finds occupations."),
        (
            'occupation(by: {slug: "media-producer"}) { salary(area: $written) { employment } }',
            "areas(text:) finds codes.",
        ),
        (
            'occupation(by: {slug: "media-producer"}) { salary(industry: $written) { employment } }',
            "industries(text:) finds codes.",
        ),
    ],
)
def test_a_long_key_is_cut_and_the_next_step_is_said(paid: Api, query: str, end: str) -> None:
    message = paid.error(f"query ($written: String!) {{ {query} }}", {"written": LONG})["message"]
    assert f'"{"x" * 57}..."' in message
    assert message.endswith(end)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("27-9999", "27-9999"),
        ("a\nb\x00", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}a", "\N{REPLACEMENT CHARACTER}a"),
        ("x" * 60, "x" * 60),
        ("x" * 61, f"{'x' * 57}..."),
    ],
)
def test_control_characters_are_not_repeated(written: str, shown: str) -> None:
    assert quoted(written) == f'"{shown}"'


@pytest.mark.parametrize(
    "written",
    ["x" * 1_000, "a " * 500, "software " * 120, "27-" * 300, "\N{ARABIC LIGATURE ALLAH ISOLATED FORM}" * 1_000],
)
def test_noise_takes_little_time(full_api: Api, written: str) -> None:
    query = "query ($written: String!) { occupations(filter: {skill: $written}) { totalCount } }"
    full_api.error(query, {"written": "xyzzy"})
    begun = time.perf_counter()
    full_api.error(query, {"written": written})
    assert time.perf_counter() - begun < 1


def test_ties_are_in_the_order_of_the_keys() -> None:
    known = [Named("c", "Baker"), Named("b", "Baker"), Named("a", "Baker"), Named("d", "Baker"), Named("e", "Cook")]
    assert [each.key for each in Vocabulary(known).nearest("bakers")] == ["a", "b", "c"]
