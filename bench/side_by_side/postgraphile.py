"""Requests to PostGraphile, which derives its schema from tables: views for it, and queries with the same answers."""

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
    """Add the views and functions for PostGraphile's schema to a database."""
    with psycopg.connect(url) as connection:
        connection.execute((PEERS / "postgraphile.sql").read_bytes())


def dialect(running: Running) -> Dialect:
    """Return PostGraphile's dialect, with its own cursors."""
    query = f"{{ occupations({_BY_TITLE}) {{ edges {{ cursor }} }} }}"
    answer = json.loads(running.ask(json.dumps({"query": query}).encode()))
    cursors = [edge["cursor"] for edge in answer["data"]["occupations"]["edges"]]
    return Dialect(_KEY, _PAGE, _SEARCH, cursors[: -PAGE - 1])
