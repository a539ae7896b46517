"""A response leaves no reference cycles for Python's garbage collector."""

import gc
from typing import Any

import pytest

from tests.conftest import COLD, serving

PAGE = """query ($number: Int!) { occupations(first: $number) { totalCount pageInfo { endCursor hasNextPage } nodes {
    title salary { annual { mean } } skills(first: 3) { totalCount pageInfo { hasNextPage } nodes { skill { name } } }
} } }"""

WAGES = """query ($number: Int!) { occupations(first: 4) { nodes {
    salaries(first: $number) { nodes { annual { mean } missing { figure } } }
} } }"""


@pytest.mark.usefixtures("old_objects_frozen")
@pytest.mark.parametrize("document", [PAGE, WAGES], ids=["occupations", "wages"])
@pytest.mark.parametrize("settings", [COLD, {"answer_cache_bytes": 0}], ids=["read each time", "rows in memory"])
def test_a_page_leaves_no_garbage(everything: str, settings: dict[str, Any], document: str) -> None:
    # Strawberry's executor does leave some, in graphql-core.
    with serving(everything, compiled_execution=True, **settings) as api:
        api.data(document, {"number": 50})
        left: dict[int, int] = {}
        for number in (1, 100):
            gc.collect()
            gc.disable()
            try:
                api.data(document, {"number": number})
                left[number] = gc.collect()
            finally:
                gc.enable()
    # The client and its threads leave some, independently of the page's length.
    assert left[100] < left[1] + 100, left
