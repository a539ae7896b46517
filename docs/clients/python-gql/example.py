"""Compares two occupations and lists two pages with gql: ``python example.py [URL [CODE CODE]]``."""

import sys

from gql import Client, GraphQLRequest
from gql.transport.httpx import HTTPXTransport

COMPARE = """
query Compare($left: OccupationKey!, $right: OccupationKey!) {
  comparison(left: $left, right: $right) {
    left { title salary { source { release } } }
    right { title }
    salary { annualMean { left right absolute verdict } }
    demographics { age { left right leftMeasure unit } }
  }
}
"""
BEST_PAID = """
query BestPaid($first: Int!, $after: String) {
  occupations(orderBy: {field: MEAN_WAGE, direction: DESC}, first: $first, after: $after) {
    nodes { title salary { annual { mean } } }
    pageInfo { endCursor }
  }
}
"""


def main(url: str = "http://127.0.0.1:8000/graphql", left: str = "27-2012", right: str = "27-3031") -> None:
    """Print the comparison and the list."""
    # The client checks each query against the schema before it sends it. By its last argument it learns that
    # OccupationKey takes exactly one key.
    client = Client(
        transport=HTTPXTransport(url=url),
        fetch_schema_from_transport=True,
        introspection_args={"input_object_one_of": True},
    )
    with client as session:
        sides = {"left": {"code": left}, "right": {"code": right}}
        comparison = session.execute(GraphQLRequest(COMPARE, variable_values=sides))["comparison"]
        pay, age = comparison["salary"]["annualMean"], comparison["demographics"]["age"]
        print(f"{comparison['left']['title']} and {comparison['right']['title']}")
        print(f"Mean pay: ${pay['left']:,.0f} and ${pay['right']:,.0f}")
        print(f"Difference: ${pay['absolute']:,.0f}, {pay['verdict']}")
        print(f"Wages of {comparison['left']['salary']['source']['release']}")
        print(f"{age['leftMeasure']}: {age['left']} and {age['right']} {age['unit']}")

        after = None
        for _ in range(2):
            request = GraphQLRequest(BEST_PAID, variable_values={"first": 3, "after": after})
            page = session.execute(request)["occupations"]
            for occupation in page["nodes"]:
                print(f"{occupation['title']}: ${occupation['salary']['annual']['mean']:,.0f}")
            after = page["pageInfo"]["endCursor"]


if __name__ == "__main__":
    main(*sys.argv[1:])
