"""gql, which introspects the schema and validates each query before it sends it."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx2
import pytest
from gql import Client, GraphQLRequest
from gql.client import SyncClientSession
from gql.transport.httpx import HTTPXTransport
from graphql import (
    GraphQLError,
    GraphQLSchema,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
    lexicographic_sort_schema,
    print_schema,
)

from tests.clients.conftest import REPOSITORY

# gql queries these only on request. Without the last one it does not know that OccupationKey is @oneOf.
EVERYTHING = {
    "schema_description": True,
    "specified_by_url": True,
    "directive_is_repeatable": True,
    "input_object_one_of": True,
}

COMPARE = """
query Compare($left: String!, $right: String!) {
  comparison(left: {slug: $left}, right: {slug: $right}) {
    salary {
      annualMean { left right absolute percent higher verdict }
      hourlyMean { absolute }
      rangeOverlap { low high }
    }
    demographics { gender { dissimilarity } race { dissimilarity leftSum rightSum } age { absolute } }
    skills { jaccard weightedJaccard shared { skill { name } left right points } }
  }
}
"""


@dataclass
class Gql:
    """A gql session, its schema, and the requests that it has sent since."""

    session: SyncClientSession
    schema: GraphQLSchema
    sent: list[httpx2.Request]

    def refusal(self, query: str, variables: dict[str, object] | None = None) -> str:
        """Return gql's reason not to send a query."""
        with pytest.raises(GraphQLError) as refused:
            self.session.execute(GraphQLRequest(query, variable_values=variables))
        assert self.sent == []
        return refused.value.message


@pytest.fixture
def gql(server_url: str) -> Iterator[Gql]:
    """A session with the running server."""
    sent: list[httpx2.Request] = []
    transport = HTTPXTransport(
        f"{server_url}/graphql", trust_env=False, timeout=10, event_hooks={"request": [sent.append]}
    )
    client = Client(
        transport=transport,
        fetch_schema_from_transport=True,
        introspection_args=EVERYTHING,
        serialize_variables=True,
    )
    with client as session:
        assert client.schema is not None
        sent.clear()
        yield Gql(session, client.schema, sent)


def test_the_pages_comparison(gql: Gql) -> None:
    request = GraphQLRequest(
        COMPARE, variable_values={"left": "media-producer", "right": "media-production-specialist"}
    )
    assert gql.session.execute(request) == {
        "comparison": {
            "salary": {
                "annualMean": {
                    "left": 57433,
                    "right": 53243,
                    "absolute": 4190,
                    "percent": 7.8696,
                    "higher": "LEFT",
                    "verdict": "NOT_TESTABLE",
                },
                "hourlyMean": {"absolute": 2.01},
                "rangeOverlap": {"low": 41000, "high": 73000},
            },
            "demographics": {
                "gender": {"dissimilarity": 3.0},
                "race": {"dissimilarity": 4.15, "leftSum": 100.1, "rightSum": 100.0},
                "age": {"absolute": -2},
            },
            "skills": {
                "jaccard": 0.2,
                "weightedJaccard": 0.1807,
                "shared": [
                    {"skill": {"name": "Training Videos"}, "left": 9, "right": 12, "points": -3},
                    {"skill": {"name": "Video Production"}, "left": 6, "right": 11, "points": -5},
                ],
            },
        }
    }
    assert len(gql.sent) == 1


def test_an_unknown_field_is_refused_before_it_is_sent(gql: Gql) -> None:
    assert gql.refusal("{ sources { nmae } }") == "Cannot query field 'nmae' on type 'Source'. Did you mean 'name'?"


def test_a_missing_variable_value_is_refused_before_it_is_sent(gql: Gql) -> None:
    assert gql.refusal(COMPARE, {"left": "media-producer", "right": None}) == "Type String! Cannot be None."


def test_a_key_with_two_fields_is_refused_before_it_is_sent(gql: Gql) -> None:
    query = '{ occupation(by: {slug: "media-producer", code: "27-2012"}) { title } }'
    assert gql.refusal(query).startswith("Within OneOf Input Object type 'OccupationKey', exactly one field")


def test_the_introspected_schema_is_the_committed_one(gql: Gql) -> None:
    committed = build_schema((REPOSITORY / "schema.graphql").read_text())
    for old, new in ((committed, gql.schema), (gql.schema, committed)):
        assert find_breaking_changes(old, new) == []
        assert find_dangerous_changes(old, new) == []
    # These changes do not include descriptions, so compare the texts too.
    assert print_schema(lexicographic_sort_schema(gql.schema)) == print_schema(lexicographic_sort_schema(committed))
