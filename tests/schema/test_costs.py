"""The costs that the schema declares: of whole documents, and compared with the data."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_introspection_query, is_leaf_type, is_object_type

from execution.document_cache import DocumentCache
from execution.errors import RequestError
from execution.executor import Executor
from execution.fields import declared_cost
from execution.limits import Limits
from execution.type_refs import ListTypeRef, core_schema, type_ref_of
from schema.definition import build
from tests.conftest import Api, serving
from tests.examples import EXHAUSTIVE
from tests.server.test_limits import PAGE
from tests.test_readme import QUERIES, name_of

ROOT = Path(__file__).parents[2]
SCHEMA = build()


def cost(text: str, variables: dict[str, Any] | None = None, maximum: int = 10**12) -> int:
    """Return the cost of an operation; raise RequestError if it exceeds a limit."""
    document, _ = DocumentCache(Executor(SCHEMA), Limits(max_cost=maximum)).get(text)
    return document.operation().admit(variables or {})[0]


def repeated(count: int, selection: str) -> str:
    """Return a selection a number of times, with numbers for its %s."""
    return " ".join(selection.replace("%s", str(number + 1)) for number in range(count))


def under_groups(selection: str) -> str:
    """Return a selection of five occupations of each of the 454 broad groups."""
    return f"{{ groups(level: BROAD) {{ occupations(first: 5) {{ nodes {{ {selection} }} }} }} }}"


_LICENSES = "nodes { source { ...Licenses } }"
_PAGES = " ".join(
    f"{field}(first: 100) {{ {_LICENSES} }}" for field in ("salaries", "industrySalaries", "skills", "alternateTitles")
)
_WAGES = "annual { mean median p10 p25 p75 p90 } hourly { mean } employment"
_HIGHEST = "h%s: highestPaying(minimumEmployment: %s) { city { name } state { name } industry { name } }"
_ORDERED = "s%s: salaries(first: 1, orderBy: {field: MEAN}, kind: STATE) { nodes { employment } }"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            under_groups(_PAGES) + " fragment Licenses on Source { " + repeated(29, "a%s: license") + " }",
            454 * (1 + 3 + 5 * (1 + (41 + 7 + 4 + 2) + 4 * 100 * (1 + 1 + 28))),
            id="29 aliases of a license",
        ),
        pytest.param(
            under_groups(f"salaries(first: 100) {{ nodes {{ area {{ code name }} {_WAGES} }} }}"),
            454 * (1 + 3 + 5 * (1 + 41 + 100 * 4)),
            id="wages by area",
        ),
        pytest.param(
            under_groups(repeated(29, _HIGHEST)), 454 * (1 + 3 + 5 * (1 + 29 * (480 + 4))), id="29 minimum employments"
        ),
        pytest.param(
            "{ groups(level: BROAD) { parent { parent { children { children { code title parent { title } } } } } } }",
            454 * (1 + 1 + 1 + 22 * (1 + 22 * 2)),
            id="groups up and down",
        ),
        pytest.param(
            under_groups(repeated(30, "c%s: caveats")), 454 * (1 + 3 + 5 * (1 + 30 * 170 + 29)), id="30 times caveats"
        ),
        pytest.param(
            under_groups(repeated(24, _ORDERED)), 454 * (1 + 3 + 5 * (1 + 24 * (40 + 2))), id="24 orders of wages"
        ),
    ],
)
def test_a_small_query_with_much_work_is_refused(query: str, expected: int) -> None:
    assert cost(query) == expected
    with pytest.raises(RequestError) as refused:
        cost(query, maximum=Limits().max_cost)
    [error] = refused.value.errors
    assert error["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "limit": "cost",
        "value": expected,
        "maximum": Limits().max_cost,
    }


COMPARISON = '{ comparison(left: {code: "27-2012"}, right: {code: "27-3031"}) { %s } }'


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("{ groups { code } }", 22, id="major groups by default"),
        pytest.param("{ groups(level: MINOR) { code } }", 94, id="minor groups"),
        pytest.param("{ groups(level: BROAD) { children { code } } }", 454 * (1 + 22), id="a list in a list"),
        pytest.param("{ sources { a: name b: name url } }", 40 * (1 + 1), id="an alias for the same scalar"),
        pytest.param("{ areas(first: 5) { nodes { name } } }", 1 + 5, id="a list without a condition"),
        pytest.param('{ areas(first: 5, text: "x") { nodes { name } } }', 100 + 1 + 5, id="an argument with a price"),
        pytest.param(COMPARISON % "summary", 6 + 1_150, id="a summary"),
        pytest.param(COMPARISON % "a: summary b: summary", 6 + 2 * 1_150 + 1, id="a summary under two names"),
        pytest.param(COMPARISON % "skills { gap(toward: LEFT) { elements { gap } } }", 7 + 250 + 110 + 69, id="a gap"),
        pytest.param(COMPARISON % "places { compared } decomposition { mix }", 8 + 200 + 80, id="places and mix"),
        pytest.param(
            '{ ranking(occupations: [{code: "27-2012"}, {code: "27-3031"}]) { entries { tiedWith { title } } } }',
            10 + 1 + 20 * (1 + 19),
            id="a ranking",
        ),
        pytest.param('{ occupation(by: {code: "27-2012"}) { caveats jobZone } }', 6 + 170 + 1, id="priced scalars"),
        pytest.param('{ search(text: "nurse", first: 5) { score } }', 700 + 5, id="a search"),
    ],
)
def test_lists_have_their_lengths_and_computed_fields_their_prices(query: str, expected: int) -> None:
    assert cost(query) == expected


def test_a_level_in_a_variable_decides_the_length_of_the_list() -> None:
    document, _ = DocumentCache(Executor(SCHEMA), Limits()).get("query ($l: GroupLevel) { groups(level: $l) { code } }")
    levels = ("MAJOR", "BROAD", "TOTAL", None)
    assert [document.operation().admit({"l": level})[0] for level in levels] == [22, 454, 1, 22]
    assert document.operation().admit({})[0] == 22


def test_each_key_by_title_costs_its_price_whatever_was_sent_before() -> None:
    query = """query ($left: OccupationKey! = {title: "chef"}, $right: OccupationKey!) {
        comparison(left: $left, right: $right) { id } }"""
    document, _ = DocumentCache(Executor(SCHEMA)).get(query)
    slug, title = {"slug": "cooks"}, {"title": "cook"}
    sent = [
        {"left": slug, "right": slug},
        {"right": slug},
        {"left": title, "right": slug},
        {"left": slug, "right": title},
    ]
    both = {"left": title, "right": title}
    costs = [document.operation().admit(variables)[0] for variables in (*sent, both, *sent)]
    without = costs[0]
    assert costs == [without, *[without + 700] * 3, without + 1_400, without, *[without + 700] * 3]


def test_introspection_of_a_schema_counts_its_objects() -> None:
    types = len(core_schema(SCHEMA).type_map)
    assert cost("{ __schema { types { name } } }") == 2 + 2 * types
    assert 2_000 < cost(get_introspection_query()) < Limits().max_cost


@pytest.mark.parametrize("query", [*QUERIES, PAGE], ids=[*map(name_of, QUERIES), "a page of 100 with figures"])
def test_what_the_documentation_shows_is_admitted(query: str) -> None:
    cost(query, maximum=Limits().max_cost)


def documents_of_the_pages() -> Iterator[Any]:
    """Yield each query of the pages with the fragments that it uses."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "web" / "src").rglob("*.graphql")))
    definitions = re.findall(r"^(query|fragment) (\w+)(.*?^}$)", text, re.DOTALL | re.MULTILINE)
    fragments = {name: f"fragment {name}{rest}" for kind, name, rest in definitions if kind == "fragment"}
    for kind, name, rest in definitions:
        if kind == "query":
            used: dict[str, None] = {}
            waiting = [rest]
            for each in waiting:
                for spread in re.findall(r"\.\.\.(\w+)", each):
                    if spread not in used:
                        used[spread] = None
                        waiting.append(fragments[spread])
            yield pytest.param(f"query {name}{rest}\n" + "\n".join(fragments[one] for one in used), id=name)


@pytest.mark.parametrize("query", [*documents_of_the_pages()])
def test_what_the_pages_request_is_admitted(query: str) -> None:
    cost(query, dict.fromkeys(re.findall(r"\$(\w+):", query), "x"), Limits().max_cost)


# The lengths of lists


def test_each_list_of_objects_has_pages_or_a_declared_length() -> None:
    objects = [type_ for type_ in core_schema(SCHEMA).type_map.values() if is_object_type(type_)]
    unbounded = {
        f"{type_.name}.{name}"
        for type_ in objects
        if not type_.name.startswith("__") and not type_.name.endswith("Connection")
        for name, definition in type_.fields.items()
        if isinstance(ref := type_ref_of(definition), ListTypeRef)
        and not is_leaf_type(ref.named_type)
        and declared_cost(definition).size is None
    }
    # The first two of these have the argument first, the other one ids.
    unsized = unbounded - {"Query.search", "Query.jobTitles", "Query.nodes"}
    assert unsized == set(), "declare size=, the length of the longest list in the data, for these fields"


_WAGES_READ = 100 if EXHAUSTIVE else 10
"""The wages of each occupation to read. Ten already have the longest list of missing figures in the data."""

_EACH_COMPARED = 1 if EXHAUSTIVE else 8
"""One pair of occupations of this number is compared. Every eighth has lists of over half of the greatest length."""

LISTS = f"""
    salary {{ missing {{ figure }} }}
    salaries(first: {_WAGES_READ}) {{ nodes {{ missing {{ figure }} }} }}
    industrySalaries(first: {_WAGES_READ}) {{ nodes {{ missing {{ figure }} }} }}
    education {{ degrees {{ name }} requiredDegrees {{ name }} }}
    demographics {{ gender {{ name }} race {{ name }} sources {{ name }} }}"""
DIFFERENCE = "missing { figure } explanation { inputs { name } sources { name } }"
ACTIVITIES = "{ activity left { text } right { text } }"
COMPARED = f"""
    salary {{
        annualMean {{ {DIFFERENCE} }} percentiles {{ difference {{ {DIFFERENCE} }} }} crossovers {{ higherBelow }}
    }}
    jobs {{ {DIFFERENCE} }} growth {{ {DIFFERENCE} }} timeToBecome {{ {DIFFERENCE} }}
    education {{ degrees {{ name }} }}
    demographics {{ age {{ {DIFFERENCE} }} gender {{ shares {{ name }} }} race {{ shares {{ name }} }} }}
    responsibilities {{ shared {ACTIVITIES} onlyLeft {ACTIVITIES} onlyRight {ACTIVITIES} }}
    skills {{
        shared {{ left }} onlyLeft {{ left }} onlyRight {{ left }}
        technologies {{ shared {{ name }} onlyLeft {{ name }} onlyRight {{ name }} }}
        gap(toward: LEFT) {{ elements {{ part }} missing {{ figure }} sources {{ name }} }}
        transfer(toward: RIGHT) {{ elements {{ part }} missing {{ figure }} sources {{ name }} }}
    }}
    places {{ sources {{ name }} }} decomposition {{ sources {{ name }} }}"""


@cache
def objects_of(type_: GraphQLObjectType, name: str) -> Any:
    """Return the type of a field's objects; None if it has other values."""
    named = type_ref_of(type_.fields[name]).named_type
    return None if is_leaf_type(named) else named


def longest_lists(value: Any, type_: Any, found: dict[str, int]) -> None:
    """Add the length of the longest list of objects of each field in a result."""
    for name, below in value.items():
        objects = objects_of(type_, name) if isinstance(below, dict | list) else None
        if objects is None:
            continue
        items: list[Any] = below if isinstance(below, list) else [below]  # pyright: ignore[reportUnknownVariableType]
        if isinstance(below, list) and name != "nodes":
            key = f"{type_.name}.{name}"
            found[key] = max(found.get(key, 0), len(items))
        for item in items:
            if item is not None:
                longest_lists(item, objects, found)


def lists_of_all_data(api: Api) -> Iterator[dict[str, Any]]:
    """Yield results with the lists of all occupations and groups, and of comparisons with every occupation."""
    for level in ("TOTAL", "MAJOR", "MINOR", "BROAD"):
        yield api.data(f"{{ groups(level: {level}) {{ salary {{ missing {{ figure }} }} children {{ code }} }} }}")
    yield api.data("{ sources { name } }")
    slugs: list[str] = []
    after = None
    while after is not None or not slugs:
        query = f"query ($after: String) {{ occupations(first: 50, after: $after) {{ nodes {{ {LISTS} }} }} }}"
        yield api.data(query, {"after": after})
        listed = "query ($after: String) { occupations(first: 50, after: $after) { nodes { slug } pageInfo { %s } } }"
        page = api.data(listed % "hasNextPage endCursor", {"after": after})["occupations"]
        slugs += [node["slug"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    query = (
        f"query ($l: String!, $r: String!) {{ comparison(left: {{slug: $l}}, right: {{slug: $r}}) {{ {COMPARED} }} }}"
    )
    for left, right in [*zip(slugs[::2], slugs[1::2], strict=True)][::_EACH_COMPARED]:
        yield api.data(query, {"l": left, "r": right})
        yield api.data(query, {"l": right, "r": left})


def test_no_list_is_longer_than_its_declared_length(everything: str) -> None:
    found: dict[str, int] = {}
    core = core_schema(SCHEMA)
    with serving(everything, max_cost=10_000_000, answer_cache_bytes=0, execution_timeout=60) as api:
        for data in lists_of_all_data(api):
            longest_lists(data, core.query_type, found)
    fields: dict[str, Any] = {
        f"{type_.name}.{name}": definition
        for type_ in core.type_map.values()
        if is_object_type(type_)
        for name, definition in type_.fields.items()
    }
    declared = {
        name: max(filter(None, (cost.size, *cost.sizes.values())))
        for name in found
        for cost in [declared_cost(fields[name])]
    }
    assert {name: length for name, length in found.items() if length > declared[name]} == {}
    # A length that is far too large refuses what could be answered.
    assert {name: length for name, length in found.items() if 3 * length < declared[name]} == {}
