"""Scalars that GraphQL does not define, each with the specification of its text."""

from datetime import date
from operator import methodcaller
from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

URL = NewType("URL", str)

SCALARS: dict[object, ScalarDefinition] = {
    date: strawberry.scalar(
        name="Date",
        description="A calendar date, such as 2026-11-29.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=methodcaller("isoformat"),
        parse_value=date.fromisoformat,
    ),
    URL: strawberry.scalar(
        name="URL",
        description="An absolute address, such as https://www.bls.gov/oes/.",
        specified_by_url="https://url.spec.whatwg.org/",
        serialize=str,
        parse_value=str,
    ),
}
"""The definition of each scalar by its Python type."""
