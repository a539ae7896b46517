"""PostGraphile makes its schema from tables: what is added to these, and how it is asked for the same answers."""

import json

import psycopg

from bench.side_by_side.occupations import PAGE
from bench.side_by_side.processes import Running
from bench.side_by_side.servers import PEERS
from bench.side_by_side.workloads import Dialect

_KEY = "{}"
_BY_TITLE = "orderBy: [TITLE_ASC, SLUG_ASC]"
_PAGE = (
    f"query Page($after: Cursor) {{ occupations(first: 100, after: $after, {_BY_TITLE}) {{ nodes {{ slug title code "
    "salary { annual { mean median p10 p90 } employment } "
    "education { mostCommonDegree typicalEntry degrees(orderBy: POSITION_ASC) { name percent } } "
    "demographics { medianAge gender(orderBy: POSITION_ASC) { name percent } } "
    "skills(first: 5, orderBy: [WEIGHT_DESC, RANK_ASC, SKILL_ID_ASC]) { nodes { importance level skill { name } } } "
    "} pageInfo { hasNextPage endCursor } } }"
)
_SEARCH = (
    "query Search($text: String!) { search: searchList(text: $text, first: 10) "
    "{ occupation { slug title } matchedTitle score } }"
)


def prepare(url: str) -> None:
    """Add to a database of ours what PostGraphile makes the rest of its schema from."""
    with psycopg.connect(url) as connection:
        connection.execute((PEERS / "postgraphile.sql").read_bytes())


def dialect(running: Running) -> Dialect:
    """Return how PostGraphile is asked; it is asked for its own cursors first."""
    query = f"{{ occupations({_BY_TITLE}) {{ edges {{ cursor }} }} }}"
    answer = json.loads(running.ask(json.dumps({"query": query}).encode()))
    cursors = [edge["cursor"] for edge in answer["data"]["occupations"]["edges"]]
    return Dialect(_KEY, _PAGE, _SEARCH, cursors[: -PAGE - 1])
