"""Where rows are not kept, no more of their columns are fetched than the answer is made of."""

import dis
import re
from collections.abc import Callable, Iterator
from inspect import unwrap
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from db.models import Row, SearchTitle
from db.rows import optional_columns
from resolvers.reads import columns_of, reads
from schema.definition import build
from tests.conftest import COLD, Api, serving

NOT_KEPT = COLD | {"compiled_execution": True}

OFTEN = 4
"""How often an operation is asked until it is compiled for good, and only what it reads is fetched."""


@pytest.fixture(scope="module")
def cold(everything: str) -> Iterator[Api]:
    """The API on all data, with nothing kept."""
    with serving(everything, **NOT_KEPT) as api:
        yield api


def fetched(api: Api, query: str) -> dict[str, set[str]]:
    """Return the columns of each table that an operation fetches when it is asked often; its answer stays the same."""
    first = api.data(query)
    for _ in range(OFTEN - 1):
        assert api.data(query) == first
    with api.statements() as run:
        assert api.data(query) == first
    found: dict[str, set[str]] = {}
    for statement in run:
        for table, column in re.findall(r"(\w+)\.(\w+)", selected(statement)):
            found.setdefault(table, set()).add(column)
    return found


def selected(statement: str) -> str:
    """Return what stands between the outermost SELECT and its FROM."""
    while (flat := re.sub(r"\([^()]*\)", "", statement)) != statement:
        statement = flat
    return statement.partition("SELECT")[2].partition("FROM")[0]


WAGE = {"occupation_id", "area_code", "industry_code"}
"""The key of a wage."""

WEIGHT = {"occupation_id", "skill_id", "rank"}
"""The key of a skill's weight, and what weights are ordered by."""


@pytest.mark.parametrize(
    ("selection", "columns"),
    [
        ("title", {"occupation": {"id", "title", "slug"}}),
        ("kind code", {"occupation": {"id", "title", "slug", "kind", "code"}}),
        ("salary { employment }", {"wage": WAGE | {"employment", "source_id"}}),
        ("salary { __typename }", {"wage": WAGE | {"source_id"}}),
        (
            "salary { hourly { mean } }",
            {"wage": WAGE | {"source_id"} | {f"hourly_{n}" for n in ("mean", "median", "p10", "p25", "p75", "p90")}},
        ),
        ("education { typicalEntry }", {"education": {"occupation_id", "typical_entry"}}),
        (
            "education { degrees { percent } }",
            {"education": {"occupation_id"}, "share": {"occupation_id", "kind", "name", "percent"}},
        ),
        (
            "education { typicalEntry source { name } }",
            {"education": {"occupation_id", "typical_entry", "source_id"}, "source": {"id", "name"}},
        ),
        (
            "skills(first: 2) { nodes { level skill { name } } }",
            {"occupation_skill": WEIGHT | {"level"}, "skill": {"id", "name"}},
        ),
        ("skills(first: 2) { edges { node { hot } } }", {"occupation_skill": WEIGHT | {"hot"}, "skill": {"id"}}),
        ("jobZone", {"preparation": {"occupation_id", "job_zone"}}),
        ("group { title }", {"occupation_group": {"code", "title"}}),
    ],
)
def test_what_is_selected_is_fetched(cold: Api, selection: str, columns: dict[str, set[str]]) -> None:
    found = fetched(cold, f"{{ occupations(first: 30) {{ nodes {{ {selection} }} }} }}")
    # The list's order is by two columns, whatever is selected.
    assert found["occupation"] >= {"id", "title", "slug"}
    assert {table: found[table] for table in columns} == columns


def test_what_is_asked_seldom_is_fetched_whole(cold: Api) -> None:
    with cold.statements() as run:
        cold.data("{ occupations(first: 31) { nodes { seldom: title } } }")
    assert "broader_id" in run[0]


def test_a_batch_that_does_not_say_what_it_reads_is_given_whole_rows(cold: Api) -> None:
    query = """{ comparison(left: {slug: "actors"}, right: {slug: "lawyers"}) { left { title } } }"""
    assert "broader_id" in fetched(cold, query)["occupation"]


def pages(url: str, selection: str, **kept: Any) -> list[str]:
    """Return the statements of a page of occupations that is asked for often, each time another one."""
    query = f"query ($first: Int!) {{ occupations(first: $first) {{ nodes {{ {selection} }} }} }}"
    with serving(url, **NOT_KEPT | kept) as api:
        for first in range(1, 1 + OFTEN):
            assert len(api.data(query, {"first": first})["occupations"]["nodes"]) == first
        with api.statements() as run:
            api.data(query, {"first": 2 * OFTEN})
    return run


def test_rows_that_are_kept_are_whole(everything: str) -> None:
    assert "broader_id" in pages(everything, "title", row_cache_rows=10_000)[0]


def test_fragments_are_made_of_what_they_need(everything: str) -> None:
    occupations, wages = pages(everything, "salary { employment }", fragment_cache_bytes=1_000_000)
    # By its slug the fragment of an occupation is found.
    assert "slug" in occupations
    assert "broader_id" not in occupations
    assert "employment" in wages
    assert "annual_mean" not in wages


# What batches say they read


def declared() -> dict[str, Callable[..., Any]]:
    """Return the batches of the schema that say what they read, by their names."""
    found: dict[str, Callable[..., Any]] = {}
    for kind in build().core.type_map.values():
        for field in getattr(kind, "fields", {}).values():
            definition = field.extensions.get("strawberry-definition")
            batch = getattr(definition, "metadata", {}).get("batch")
            if batch is not None and columns_of(batch) is not None:
                found[f"{batch.__module__}.{batch.__qualname__}"] = batch
    return found


BATCHES = declared()
TABLES = Row.__subclasses__() + [table for base in Row.__subclasses__() for table in base.__subclasses__()]
OPTIONAL = {
    table.__name__: optional_columns(table)
    for table in TABLES
    # Titles as search looks for them are read column by column, not as rows.
    if hasattr(table, "__table__") and table is not SearchTitle
}
NAMES = {name for columns in OPTIONAL.values() for name in columns}


CONNECTIONS = "resolvers.connections"
"""Reads no row by name: only keys, orders and the like."""

OTHERWISE: dict[str, set[str]] = {
    "caveats.of": {"source_id"},
    "facts.degrees": {"kind"},
    "facts.demographics": {"source_id"},
    "facts.description_source": {"source_id"},
    "facts.description_text": {"source_id"},
    "facts.gender": {"kind"},
    "facts.race": {"kind"},
    "facts.required_degrees": {"kind"},
    "groups.children_of": {"code"},
    "groups.occupations_of": {"code"},
    "occupations.by_key": {"code", "slug"},
    "occupations.listing": {"slug"},
    "salaries.of_groups": {"code", "group_code"},
    "top_pay.highest_paying": {"kind"},
}
"""What the code of batches names that is of the primary key of the rows it reads, or of something that is no row."""


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a function's code, and that of what it defines inside."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def mentioned(function: FunctionType, seen: set[FunctionType]) -> set[str]:
    """Return the attributes that the code of a function reads, and that of the resolvers' functions that it names."""
    if function in seen or not function.__module__.startswith("resolvers.") or function.__module__ == CONNECTIONS:
        return set()
    seen.add(function)
    instructions = [each for code in codes(function.__code__) for each in dis.get_instructions(code)]
    attributes = {str(each.argval) for each in instructions if each.opname in ("LOAD_ATTR", "LOAD_METHOD")}
    named = [function.__globals__.get(str(each.argval)) for each in instructions if each.opname == "LOAD_GLOBAL"]
    modules = [module for module in named if isinstance(module, ModuleType)]
    reached = named + [getattr(module, name, None) for module in modules for name in attributes]
    for one in reached:
        inner = unwrap(one) if callable(one) else one
        if isinstance(inner, FunctionType):
            attributes |= mentioned(inner, seen)
    return attributes


@pytest.mark.parametrize("name", sorted(BATCHES))
def test_a_batch_says_all_that_its_code_reads(name: str) -> None:
    batch = BATCHES[name]
    said = {each.rpartition(".")[2] for each in columns_of(batch) or ()}
    assert isinstance(batch, FunctionType)
    assert (mentioned(batch, set()) & NAMES) - said == OTHERWISE.get(name.removeprefix("resolvers."), set())


@pytest.mark.parametrize("name", sorted(BATCHES))
def test_what_a_batch_says_it_reads_is_there(name: str) -> None:
    for said in columns_of(BATCHES[name]) or ():
        table, _, column = said.rpartition(".")
        assert column in (OPTIONAL[table] if table else NAMES), said


def test_a_batch_can_not_speak_for_one_that_says_nothing() -> None:
    def silent(*_: object) -> list[None]:
        return []

    with pytest.raises(TypeError, match="silent doesn't say what it reads"):
        reads(silent)
