"""Compares two occupations and lists two pages with ariadne-codegen: ``python example.py [URL [CODE CODE]]``.

``ariadne-codegen`` writes the package rolegraph_client from pyproject.toml and queries.graphql.
"""

import sys

from rolegraph_client import Client, OccupationKey


def dollars(amount: float | None) -> str:
    """Write an amount of money."""
    return "not published" if amount is None else f"${amount:,.0f}"


def main(url: str = "http://127.0.0.1:8000/graphql", left: str = "27-2012", right: str = "27-3031") -> None:
    """Print the comparison and the list."""
    with Client(url) as client:
        comparison = client.compare(left=OccupationKey(code=left), right=OccupationKey(code=right)).comparison
        if comparison is None:
            sys.exit("There is no such comparison.")
        print(f"{comparison.left.title} and {comparison.right.title}")
        if comparison.salary:
            mean = comparison.salary.annual_mean
            print(f"Mean pay: {dollars(mean.left)} and {dollars(mean.right)}")
            print(f"Difference: {dollars(mean.absolute)}, {mean.verdict.value}")
        if comparison.left.salary:
            print(f"Wages of {comparison.left.salary.source.release}")
        if comparison.demographics:
            age = comparison.demographics.age
            print(f"{age.left_measure}: {age.left} and {age.right} {age.unit.value}")

        after = None
        for _ in range(2):
            page = client.best_paid(first=3, after=after).occupations
            if page is None:
                break
            for occupation in page.nodes:
                annual = occupation.salary.annual if occupation.salary else None
                print(f"{occupation.title}: {dollars(annual.mean if annual else None)}")
            after = page.page_info.end_cursor


if __name__ == "__main__":
    main(*sys.argv[1:])
