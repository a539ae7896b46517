"""SOC codes as people write them: read, and in every lookup and filter."""

import pytest

from resolvers import codes
from tests.conftest import Api

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


@pytest.mark.parametrize("written", ["27-0000", "27", " 27 ", "270000", "27 0000", "27\N{EN DASH}0000", "SOC 27-0000"])
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
        ("2720120", None, None),
        ("272012000", None, None),
        ("27-2012 and 27-3031", None, None),
        ("27 Dresses", None, None),
        ("٢٧-٢٠١٢", None, None),
        ("SOC", None, None),
        ("", None, None),
        ("27-2012".rjust(60), "272012", "27-2012"),
        ("27-2012".rjust(61), None, None),
    ],
)
def test_a_code_is_read_in_full_or_not_at_all(written: str, digits: str | None, code: str | None) -> None:
    assert (codes.digits_of(written), codes.soc_code(written)) == (digits, code)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Producer (27-2012) or 27–3031", ["27-2012", "27-3031"]),
        ("15-1252.00 is 151252, also 15125200", ["15-1252"]),
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
