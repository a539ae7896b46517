"""The side-by-side benchmark, as far as it works without the peers and wrk."""

import json
from collections.abc import Sequence
from itertools import islice

import pytest
from graphql import parse

from bench.side_by_side import occupations, wrk
from bench.side_by_side.answers import Json, canonical, first_difference, types, without_cursors
from bench.side_by_side.figures import (
    Claim,
    Growth,
    HalfLoad,
    Measurement,
    Spread,
    claims_table,
    growth_table,
    half_load_table,
    ratios,
    table_of,
)
from bench.side_by_side.occupations import Occupation
from bench.side_by_side.revalidation import paths
from bench.side_by_side.workloads import GROWTH, OUR_KEY, OUR_PAGE, OUR_SEARCH, WORKLOADS, Dialect, Workload
from server.static_files import BUILT
from tests.conftest import Api

OCCUPATIONS = [Occupation(f"role-{number:03}", f"Role {number:03}", f"11-{1000 + number}") for number in range(150)]
OURS = Dialect(OUR_KEY, OUR_PAGE, OUR_SEARCH, occupations.cursors(OCCUPATIONS))


def measurement(server: str, number: int, rate: float, workload: str = "b") -> Measurement:
    return Measurement(workload, server, number, rate, 1.5, 4.25, 0.995, 100.0 + number)


ROUNDS = [
    measurement("ours", 1, 3000),
    measurement("theirs", 1, 2000),
    measurement("ours", 2, 3300),
    measurement("theirs", 2, 3000),
    measurement("ours", 3, 4000),
    measurement("theirs", 3, 2000),
    measurement("ours", 3, 9000, workload="a"),
]


def test_the_output_of_wrk_is_read() -> None:
    printed = '{"requests": 35689, "microseconds": 2001506, "p50": 720, "p99": 7727, "refused": 0, "broken": 2}'
    outcome = wrk.parse(f"Running 2s test\n  16 connections\n{printed}\n")
    assert outcome == wrk.Outcome(35689, 2.001506, 0.72, 7.727, 0, 2)
    assert round(outcome.requests_per_second) == 17831


@pytest.mark.parametrize(
    ("ours", "theirs", "difference"),
    [
        ({"a": {"b": [1, 2.5, None]}, "c": "x"}, {"c": "x", "a": {"b": [1.0, 2.5, None]}}, None),
        ({"a": [1, 2]}, {"a": [1, 3]}, "data.a[1]: 2.0 and 3.0"),
        ({"a": [1, 2]}, {"a": [1]}, "data.a: [1.0, 2.0] and [1.0]"),
        ({"a": None}, {"b": None}, "data: {'a': None} and {'b': None}"),
        ({"a": {"b": 0}}, {"a": {"b": False}}, "data.a.b: 0.0 and False"),
    ],
)
def test_answers_are_compared_by_content(ours: object, theirs: object, difference: str | None) -> None:
    left, right = (canonical(json.dumps({"data": data}).encode()) for data in (ours, theirs))
    assert first_difference(left, right) == difference


@pytest.mark.parametrize("body", [b"Bad Gateway", b"[]", b'{"data": null}', b'{"data": {"a": 1}, "errors": [{}]}'])
def test_incomplete_answers_are_rejected(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"no answer|Expecting value"):
        canonical(body)


def test_cursors_are_not_compared_between_schemas() -> None:
    answer: Json = {"page": [{"pageInfo": {"endCursor": "x", "hasNextPage": True}}]}
    assert without_cursors(answer) == {"page": [{"pageInfo": {"hasNextPage": True}}]}


def test_introspections_are_compared_by_names() -> None:
    fields: Json = [{"name": "b", "description": "B"}, {"name": "a"}]
    listed: list[Json] = [
        {"name": "T", "fields": fields, "inputFields": None, "enumValues": None},
        {"name": "E", "fields": None, "inputFields": None, "enumValues": [{"name": "X"}]},
        {"name": "__Type", "fields": [], "inputFields": None, "enumValues": None},
    ]
    assert types({"__schema": {"types": listed}}) == {"T": ["a", "b"], "E": ["X"]}


def test_ratios_are_computed_within_each_round() -> None:
    assert ratios(ROUNDS, "b", "ours", "theirs") == [1.5, 1.1, 2.0]
    assert ratios(ROUNDS, "a", "ours", "theirs") == []
    assert Spread.of([1.5, 1.1, 2.0]) == Spread(1.5, 1.1, 2.0)


def test_servers_are_listed_by_rate() -> None:
    assert table_of(ROUNDS, "b")[2:] == [
        "| ours | 3,300 (3,000 to 4,000) | 1.50 | 4.25 | 0.99 | 302 | 103 |",
        "| theirs | 2,000 (2,000 to 3,000) | 1.50 | 4.25 | 0.99 | 498 | 103 |",
    ]


def test_claims_are_judged_by_the_median_of_the_ratios() -> None:
    claims = [
        Claim(("a", "b"), "ours", "theirs", 1.5),
        Claim(("b",), "ours", "theirs", 1.6),
        Claim(("b",), "theirs", "ours"),
        Claim(("b",), "ours", "not measured", 1.0),
    ]
    assert claims_table(ROUNDS, claims)[2:] == [
        "| b | ours | theirs | 1.50 (1.10 to 2.00) | 1.5 | yes | 4.2 and 4.2 |",
        "| b | ours | theirs | 1.50 (1.10 to 2.00) | 1.6 | NO | 4.2 and 4.2 |",
        "| b | theirs | ours | 0.67 (0.50 to 0.91) | | | 4.2 and 4.2 |",
    ]


def test_response_times_at_half_load_are_listed_by_workload_and_p99() -> None:
    found = [
        HalfLoad("b", "ours", 2100.4, 0.512, 4.5, 0),
        HalfLoad("b", "theirs", 900, 0.7, 2.25, 0),
        HalfLoad("a", "x", 1, 2, 3, 1200),
    ]
    assert half_load_table(found)[2:] == [
        "| a | x | 1 | 2.00 | 3.00 | 1,200 |",
        "| b | theirs | 900 | 0.70 | 2.25 | 0 |",
        "| b | ours | 2,100 | 0.51 | 4.50 | 0 |",
    ]


def test_cost_by_size_is_listed() -> None:
    lines = growth_table([Growth("ours", "page", {10: 12.25, 100: 9.0})])
    assert lines[2:] == ["| ours | page | 12.2 of 10, 9.0 of 100 |"]


EVERY_WORKLOAD: Sequence[Workload] = (*WORKLOADS, *(workload for _, _, workload in GROWTH))


@pytest.mark.parametrize("workload", EVERY_WORKLOAD, ids=lambda workload: workload.letter)
def test_a_workload_gives_the_same_requests_each_time(workload: Workload) -> None:
    once, again = ([*islice(workload.requests(OURS, OCCUPATIONS), 20)] for _ in range(2))
    assert once == again
    assert all(b"\n" not in request.body for request in once)
    for request in once:
        parse(request.document)


@pytest.mark.parametrize("letter", ["e1", "e2"])
def test_each_document_is_sent_once(letter: str) -> None:
    [workload] = [workload for workload in WORKLOADS if workload.letter == letter]
    documents = [request.document for request in islice(workload.requests(OURS, OCCUPATIONS), 5000)]
    assert len({*documents}) == len(documents)


def test_all_other_workloads_send_one_document() -> None:
    for workload in EVERY_WORKLOAD:
        if workload.size is not None:
            assert len({request.document for request in islice(workload.requests(OURS, OCCUPATIONS), 50)}) == 1


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.letter)
def test_our_server_answers_each_workload(full_api: Api, workload: Workload) -> None:
    asked = full_api.data("{ occupations(first: 100) { nodes { slug title code } pageInfo { endCursor } } }")[
        "occupations"
    ]
    found = [Occupation(node["slug"], node["title"], node["code"]) for node in asked["nodes"]]
    dialect = Dialect(OUR_KEY, OUR_PAGE, OUR_SEARCH, [asked["pageInfo"]["endCursor"]])
    for request in islice(workload.requests(dialect, found), 3):
        assert full_api.data(request.document, request.variables)


def test_cursors_match_our_lists(full_api: Api) -> None:
    page = "{ occupations { edges { cursor node { slug title } } } }"
    edges = full_api.data(page)["occupations"]["edges"]
    listed = [Occupation(edge["node"]["slug"], edge["node"]["title"], None) for edge in edges]
    # The last ones are not followed by a full page.
    padding = [Occupation("", "", None)] * (occupations.PAGE + 1)
    assert occupations.cursors([*listed, *padding]) == [edge["cursor"] for edge in edges]


@pytest.mark.skipif(not (BUILT / "persisted-documents.json").exists(), reason="the pages are not built")
def test_a_comparison_page_sends_its_documents_with_all_variables() -> None:
    both = [Occupation(slug, slug, None) for slug in ("actors", "dancers")]
    found = list(islice(paths(both), 12))
    assert len({*found}) == 12
    assert all(path.startswith("/graphql?documentId=") and "actors" in path and "dancers" in path for path in found)
