"""MAX_ANSWER_BYTES: an answer may have that many bytes, whatever executes the operation."""

from collections.abc import Iterator

import pytest

from tests.conftest import Api, serving

GRAPHQL_RESPONSE = "application/graphql-response+json"


def long_names(fields: str) -> str:
    """Return fields with aliases of 100 characters."""
    return " ".join(f"{'a' * 98}{number:02}: {name}" for number, name in enumerate(fields.split()))


SALARY = long_names(
    "employment wageStandardErrorPercent employmentStandardErrorPercent jobsPerThousand locationQuotient"
)
SOURCE = long_names("name publisher release url license attribution")
SALARIES = "{{ occupations(first: {}) {{ nodes {{ salaries(first: {}) {{ nodes {{ {} }} }} }} }} }}"
WAGES = long_names("mean median p10 p25 p75 p90")
LARGE = SALARIES.format(
    "28, orderBy: {field: EMPLOYMENT, direction: DESC}", 100, f"{SALARY} annual {{ {WAGES} }} source {{ {SOURCE} }}"
)


@pytest.mark.parametrize("requests", [1, 5], ids=["as steps", "as source"])
def test_a_result_of_more_than_5_000_000_bytes_is_refused(full_api: Api, requests: int) -> None:
    for _ in range(requests):
        response = full_api.post(LARGE, accept=GRAPHQL_RESPONSE)
        assert response.status_code == 400
        assert response.json() == {
            "errors": [
                {
                    "message": "The answer is larger than the maximum of 5,000,000 bytes. "
                    "Request fewer fields or a smaller page.",
                    "extensions": {"code": "LIMIT_EXCEEDED", "limit": "answerBytes", "maximum": 5_000_000},
                }
            ]
        }
    assert len(full_api.post(LARGE.replace("first: 28", "first: 15")).content) > 3_000_000


MAXIMUM = 2_000


@pytest.fixture(scope="module", params=[True, False], ids=["compiled", "on Strawberry"])
def small(request: pytest.FixtureRequest, everything: str) -> Iterator[Api]:
    """The API with a small maximum, executing in each way."""
    with serving(everything, max_answer_bytes=MAXIMUM, compiled_execution=request.param) as api:
        yield api


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("{ areas(first: SIZE) { nodes { name code } } }", id="a short list"),
        pytest.param(
            "{ occupations(first: 12) { nodes { salaries(first: SIZE) { nodes { employment } } } } }", id="lists"
        ),
        pytest.param(
            "{ occupations(first: SIZE) { nodes { title salary { annual { mean median p10 p90 } } } } }", id="fragments"
        ),
        pytest.param("{ occupations(first: SIZE) { nodes { description } } }", id="strings"),
        pytest.param('{ __type(name: "TYPE") { fields { name description } } }', id="introspection"),
        pytest.param('{ occupations(first: SIZE) { nodes { title salary(area: "XX") { employment } } } }', id="errors"),
    ],
)
def test_a_result_is_refused_however_it_is_made(small: Api, query: str) -> None:
    longer, shorter = (
        query.replace("SIZE", size).replace("TYPE", name) for size, name in (("50", "Occupation"), ("2", "PageInfo"))
    )
    # The second response would be from caches, and the last ones are by programs of Python source.
    for _ in range(5):
        assert small.error(longer)["extensions"] == {
            "code": "LIMIT_EXCEEDED",
            "limit": "answerBytes",
            "maximum": MAXIMUM,
        }
        assert len(small.post(shorter).content) < MAXIMUM
        assert "data" in small.post(shorter).json()


def test_a_result_of_the_maximum_is_returned(everything: str) -> None:
    query = '{ area(code: "US") { name } }'
    length = len('{"area":{"name":"United States"}}')
    with serving(everything, max_answer_bytes=length) as api:
        assert api.data(query) == {"area": {"name": "United States"}}
        assert api.error('{ area(code: "US") { n: name, a: code } }')["extensions"]["limit"] == "answerBytes"
