"""The MCP server as assistants use it: with the package's own client, over HTTP and over standard input and output."""

import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import pytest

from tests.conftest import Api, serving
from tests.server.conftest import Lines
from tests.server.processes import ROOT, SECONDS, serving_forked

if find_spec("mcp") is None:
    pytest.skip("MCP needs the package mcp: make .venv/mcp", allow_module_level=True)

from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, TextResourceContents

from server.mcp.resources import RESOURCES
from server.mcp.tools import TOOLS

T = TypeVar("T")
Target = Any
"""What a client connects to: a URL, or a command."""

GUIDE = (ROOT / "docs" / "assistants.md").read_text(encoding="utf-8")
OEWS = {
    "name": "Occupational Employment and Wage Statistics (OEWS)",
    "publisher": "U.S. Bureau of Labor Statistics",
    "release": "May 2025",
    "url": "https://www.bls.gov/oes/",
}
SHORT_OEWS = {name: OEWS[name] for name in ("name", "release")}


@pytest.fixture(scope="module")
def url(everything: str) -> Iterator[str]:
    """The address of /mcp of a server on all data."""
    with serving_forked(DATABASE_URL=everything, MCP="true") as server:
        host, port = server.address()
        server.limit.cancel()
        yield f"http://{host}:{port}/mcp"


def with_client(target: Target, use: Callable[[Client], Awaitable[T]], **options: Any) -> T:
    """Connect a client, use it, and return the result."""

    async def connected() -> T:
        async with asyncio.timeout(SECONDS), Client(target, **options) as client:
            return await use(client)

    return asyncio.run(connected())


def call(target: Target, tool: str, **arguments: Any) -> CallToolResult:
    """Return what a tool answers. The client checks it against the tool's output schema."""
    result = with_client(target, lambda client: client.call_tool(tool, arguments))
    assert isinstance(result, CallToolResult)
    return result


def text_of(result: CallToolResult) -> str:
    """Return the one text of a result."""
    [content] = result.content
    assert content.type == "text"
    return content.text


def answer(target: Target, tool: str, **arguments: Any) -> Any:
    """Return the answer of a tool, which must be the same as text."""
    result = call(target, tool, **arguments)
    assert not result.is_error, text_of(result)
    assert json.loads(text_of(result)) == result.structured_content
    return result.structured_content


def failure(target: Target, tool: str, **arguments: Any) -> str:
    """Return the message of a tool that has no answer."""
    result = call(target, tool, **arguments)
    assert result.is_error
    assert result.structured_content is None
    return text_of(result)


# Tools


def test_there_are_six_tools_that_only_read(url: str) -> None:
    tools = with_client(url, lambda client: client.list_tools()).tools
    assert {tool.name: list(tool.input_schema["properties"]) for tool in tools} == {
        "search_titles": ["text", "first"],
        "describe_occupation": ["occupation", "area"],
        "compare_occupations": ["left", "right", "area"],
        "rank_occupations": ["occupations", "area"],
        "where_it_pays_most": ["occupation", "kind", "first"],
        "run_graphql_query": ["query", "variables", "operationName"],
    }
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    assert all(tool.output_schema == TOOLS[tool.name].output_schema for tool in tools)


def test_the_output_schema_has_the_types_and_descriptions_of_the_graphql_schema() -> None:
    gap = TOOLS["compare_occupations"].output_schema["$defs"]["Gap"]["properties"]
    assert gap["absolute"] == {
        "anyOf": [{"type": "number"}, {"type": "null"}],
        "description": "left - right, in unit",
    }
    assert gap["verdict"] == {
        "type": "string",
        "enum": ["SIGNIFICANT", "NOT_SIGNIFICANT", "NOT_TESTABLE"],
        "description": "Result of the significance test",
    }
    comparison = TOOLS["compare_occupations"].output_schema["properties"]["comparison"]
    assert comparison["anyOf"][0]["properties"]["jobs"] == {
        "anyOf": [{"$ref": "#/$defs/Gap"}, {"type": "null"}],
        "description": "Difference of numbers of jobs",
    }


def test_titles_are_found_with_the_occupation_that_counts_them(url: str) -> None:
    assert answer(url, "search_titles", text="UX designer", first=1) == {
        "jobTitles": [
            {
                "title": "UX designer",
                "occupation": {
                    "title": "Web and Digital Interface Designers",
                    "slug": "web-and-digital-interface-designers",
                    "code": "15-1255",
                },
                "notCovered": None,
                "others": [{"title": "Software Quality Assurance Analysts and Testers"}],
                "source": {
                    "name": "Rolegraph's own titles",
                    "publisher": "Rolegraph",
                    "release": "2026.1",
                    "url": None,
                },
            }
        ]
    }


def test_an_occupation_is_described_with_sources(url: str) -> None:
    found = answer(url, "describe_occupation", occupation="UX designer", area="Austin")
    occupation = found["occupation"]
    assert (occupation["title"], occupation["code"]) == ("Web and Digital Interface Designers", "15-1255")
    assert occupation["salary"] == {
        "area": {"code": "12420", "name": "Austin-Round Rock-San Marcos, TX"},
        "annual": {"mean": 125830, "median": 119950, "p10": 63160, "p90": 180440},
        "hourly": {"mean": 60.49, "median": 57.67, "p10": 30.37, "p90": 86.75},
        "employment": 1080,
        "wageStandardErrorPercent": 2.9,
        "missing": [],
        "source": OEWS,
    }
    assert occupation["jobs"] == {"count": 113330, "basis": "WAGE_AND_SALARY", "source": OEWS}
    assert found["jobTitles"][0]["others"] == [{"title": "Software Quality Assurance Analysts and Testers"}]
    assert found["otherAreas"] == [{"code": "26420", "name": "Houston-Pasadena-The Woodlands, TX"}]


@pytest.mark.parametrize("written", ["technical-writers", "Technical Writers", "27-3042", "technical writer"])
def test_occupations_are_named_by_slug_title_or_code(url: str, written: str) -> None:
    found = answer(url, "describe_occupation", occupation=written)
    assert found["occupation"]["slug"] == "technical-writers"
    assert found["occupation"]["salary"]["area"] == {"code": "US", "name": "United States"}
    assert found["otherAreas"] == []


@pytest.mark.parametrize(
    ("written", "code"), [("Texas", "TX"), ("tx", "TX"), ("12420", "12420"), ("US", "US"), ("bay area", "41860")]
)
def test_areas_are_named_by_code_or_name(url: str, written: str, code: str) -> None:
    found = answer(url, "rank_occupations", occupations=["27-3042", "27-3043"], area=written)
    assert found["ranking"]["area"]["code"] == code


def test_a_comparison_has_verdicts_and_sources(url: str) -> None:
    found = answer(url, "compare_occupations", left="UX designer", right="technical writer", area="Austin")
    comparison = found["comparison"]
    assert comparison["salary"]["annualMean"] == {
        "left": 125830,
        "right": 93970,
        "absolute": 31860,
        "percent": 33.9044,
        "unit": "DOLLARS_PER_YEAR",
        "higher": "LEFT",
        "verdict": "SIGNIFICANT",
        "confidence": {"level": 90, "low": 23461.3522, "high": 40258.6478},
        "missing": [],
        "explanation": {"sources": [SHORT_OEWS]},
    }
    assert comparison["salary"]["annualMedian"]["verdict"] == "NOT_TESTABLE"
    assert comparison["rightTitle"] == {
        "title": "Technical Writer",
        "exact": True,
        "others": [{"title": "Proofreaders and Copy Markers"}],
    }
    assert comparison["summary"][0] == (
        "Among wage-and-salary workers in Austin-Round Rock-San Marcos, TX (OEWS, May 2025), Web and Digital Interface "
        "Designers earn more than Technical Writers by the mean annual wage: $125,830 compared with $93,970, a "
        "difference of $31,860."
    )
    # What the tool's description says that the summary has.
    for start in ("Prices in Austin", "From May 2021 to May 2025", "By O*NET's interest scores"):
        assert sum(sentence.startswith(start) for sentence in comparison["summary"]) == 1


def test_a_ranking_names_ties(url: str) -> None:
    occupations = ["UX designer", "technical writer", "27-3043"]
    ranking = answer(url, "rank_occupations", occupations=occupations, area="Texas")["ranking"]
    assert [
        (entry["rank"], entry["occupation"]["slug"], entry["mean"], [tied["title"] for tied in entry["tiedWith"]])
        for entry in ranking["entries"]
    ] == [
        (1, "web-and-digital-interface-designers", 111600, []),
        (2, "technical-writers", 88140, ["Writers and Authors"]),
        (3, "writers-and-authors", 81210, ["Technical Writers"]),
    ]
    assert ranking["sources"] == [OEWS]
    assert [entry["title"] for entry in ranking["entries"]] == [
        {
            "title": "UX designer",
            "exact": True,
            "others": [{"title": "Software Quality Assurance Analysts and Testers"}],
        },
        {"title": "Technical Writer", "exact": True, "others": [{"title": "Proofreaders and Copy Markers"}]},
        None,
    ]


def test_the_highest_paying_places_are_listed(url: str) -> None:
    found = answer(url, "where_it_pays_most", occupation="technical writer", kind="STATE", first=2)["occupation"]
    assert found["highestPaying"]["state"] == {
        "name": "California",
        "salary": 117060,
        "standardErrorPercent": 1.6,
        "notClearlyAbove": 3,
        "topCoded": 0,
        "minimumEmployment": 100,
        "source": OEWS,
    }
    first, _ = found["salaries"]["nodes"]
    assert first == {
        "area": {"code": "CA", "name": "California"},
        "annual": {"mean": 117060, "median": 104000},
        "wageStandardErrorPercent": 1.6,
        "employment": 5280,
        "missing": [],
        "source": SHORT_OEWS,
    }


def test_a_query_is_run_with_its_variables(url: str) -> None:
    query = 'query A($code: String!) { area(code: $code) { name } } query B { area(code: "TX") { name } }'
    assert answer(url, "run_graphql_query", query=query, variables={"code": "CA"}, operationName="A") == {
        "data": {"area": {"name": "California"}},
        "errors": [],
    }


def test_a_query_with_errors_of_fields_has_its_other_data(url: str) -> None:
    query = '{ area(code: "TX") { name } comparison(left: {slug: "x"}, right: {code: "27-3042"}) { id } }'
    found = answer(url, "run_graphql_query", query=query)
    assert found["data"] == {"area": {"name": "Texas"}, "comparison": None}
    assert [error["extensions"]["code"] for error in found["errors"]] == ["NOT_FOUND"]


@pytest.mark.parametrize("tool", [tool for tool in TOOLS if tool != "run_graphql_query"])
def test_answers_are_short(url: str, tool: str) -> None:
    arguments: dict[str, dict[str, Any]] = {
        "search_titles": {"text": "nurse"},
        "rank_occupations": {"occupations": ["nurse", "surgeon", "pharmacist"], "area": "Texas"},
        "compare_occupations": {"left": "nurse", "right": "surgeon", "area": "Texas"},
    }
    assert len(text_of(call(url, tool, **arguments.get(tool, {"occupation": "nurse"})))) < 6500


# Errors


NOT_FOUND = (
    'NOT_FOUND: Argument "left": no occupation has the title "zqxw"; Argument "right": no occupation covers the title '
    '"Soldier": The wage data leave out the armed forces; search(text:) finds occupations. '
    "Find titles with the tool search_titles."
)
DUPLICATE = 'BAD_USER_INPUT: Argument "occupations": occupations[0] and occupations[1] are both Registered Nurses.'
NOT_COVERED = 'No occupation covers the title "soldier": The wage data leave out the armed forces.'
NO_TITLE = 'No occupation has the title, slug or code "zqxw". Find titles with search_titles.'
NO_AREA = 'No area matches "zqxw". Name a US state, city or county, or US for the nation.'
WRONG_NAME = (
    'describe_occupation: argument "occupation": Field required; argument "title": Extra inputs are not permitted. '
    "It takes occupation, area."
)
BLANK = 'describe_occupation: argument "area": String should have at least 1 character. It takes occupation, area.'
TOO_MANY = 'search_titles: argument "first": Input should be less than or equal to 25. It takes text, first.'
NO_FIELD = "Cannot query field 'nam' on type 'Area'. Did you mean 'name'? (line 1, column 22)"
NO_MUTATION = "The mutation operation is not supported by the schema. (line 1, column 1)"
ANSWERS = [
    ("compare_occupations", {"left": "zqxw", "right": "Soldier"}, NOT_FOUND),
    ("rank_occupations", {"occupations": ["nurse", "registered nurse"]}, DUPLICATE),
    ("describe_occupation", {"occupation": "Soldier"}, NOT_COVERED),
    ("where_it_pays_most", {"occupation": "zqxw"}, NO_TITLE),
    ("describe_occupation", {"occupation": "nurse", "area": "zqxw"}, NO_AREA),
    ("describe_occupation", {"title": "nurse"}, WRONG_NAME),
    ("search_titles", {"text": "nurse", "first": 26}, TOO_MANY),
    ("describe_occupation", {"occupation": "nurse", "area": " "}, BLANK),
    ("run_graphql_query", {"query": '{ area(code: "US") { nam } }'}, f"GRAPHQL_VALIDATION_FAILED: {NO_FIELD}"),
    ("run_graphql_query", {"query": "mutation { x }"}, f"GRAPHQL_VALIDATION_FAILED: {NO_MUTATION}"),
    (
        "run_graphql_query",
        {"query": "{ occupations(first: 100) { nodes { skills(first: 100) { nodes { skill { name } } } } } }"},
        "LIMIT_EXCEEDED: The operation costs 20,501; the maximum is 10,000.",
    ),
]


@pytest.mark.parametrize(("tool", "arguments", "message"), ANSWERS)
def test_errors_say_what_is_wrong_and_what_to_do(url: str, tool: str, arguments: dict[str, Any], message: str) -> None:
    assert failure(url, tool, **arguments) == message


def test_a_response_too_long_for_an_assistant_is_refused(url: str) -> None:
    query = "{ occupations(first: 100) { nodes { description responsibilities(first: 8) { nodes { text } } } } }"
    size, advice = failure(url, "run_graphql_query", query=query).split("; ")
    assert re.fullmatch(r"The response has \d{2},\d{3} bytes", size)
    assert advice == (
        "the maximum is 60,000. Request fewer fields or a smaller page. "
        "The schema is the resource rolegraph://schema.graphql."
    )


def test_an_unknown_tool_or_resource_is_refused_with_those_that_exist(url: str) -> None:
    async def refusals(client: Client) -> list[str]:
        with pytest.raises(MCPError) as tool:
            await client.call_tool("delete_everything", {})
        with pytest.raises(MCPError) as resource:
            await client.read_resource("rolegraph://secrets")
        return [str(tool.value), str(resource.value)]

    tool, resource = with_client(url, refusals)
    assert tool == f'There is no tool "delete_everything". The tools are {", ".join(TOOLS)}.'
    assert resource == f'There is no resource "rolegraph://secrets". The resources are {", ".join(RESOURCES)}.'


# Resources


def test_the_resources_are_the_schema_and_the_documentation(url: str) -> None:
    async def read(client: Client) -> dict[str, str]:
        listed = (await client.list_resources()).resources
        read = [(await client.read_resource(resource.uri)).contents[0] for resource in listed]
        return {content.uri: content.text for content in read if isinstance(content, TextResourceContents)}

    texts = with_client(url, read)
    for name in ("schema.graphql", "docs/method.md", "docs/data.md", "docs/glossary.md"):
        assert texts.pop(f"rolegraph://{name}") == (ROOT / name).read_text(encoding="utf-8")
    assert texts == {"rolegraph://llms.txt": (ROOT / "server" / "llms.txt").read_text(encoding="utf-8")}


# HTTP


PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "search_titles", "arguments": {"text": "writer"}},
}


def post(api: Api, body: object = PING, **headers: str) -> httpx2.Response:
    """Send a message as an older client does, without the headers of the newest version."""
    accept = {"Accept": "application/json, text/event-stream", "Host": "localhost"}
    return api.http.post("/mcp", json=body, headers=accept | headers)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_clients_of_older_and_newer_protocol_versions_are_answered(url: str, mode: str) -> None:
    async def use(client: Client) -> tuple[str, CallToolResult]:
        version = client.protocol_version
        return str(version), await client.call_tool("search_titles", {"text": "UX designer", "first": 1})

    version, result = with_client(url, use, mode=mode)
    assert version == {"auto": "2026-07-28", "legacy": "2025-11-25"}[mode]
    assert result.structured_content["jobTitles"][0]["occupation"]["code"] == "15-1255"


def test_pages_of_other_hosts_and_origins_are_refused(database_url: str) -> None:
    with serving(database_url, mcp=True, mcp_hosts="mcp.example", cors_origins="https://app.example") as api:
        assert post(api).json() == {"jsonrpc": "2.0", "id": 1, "result": {}}
        assert post(api, Host="evil.example").status_code == 421
        assert post(api, Origin="https://evil.example").status_code == 403
        assert post(api, Host="mcp.example").status_code == 200
        assert post(api, Host="mcp.example:8443", Origin="https://app.example").status_code == 200


def test_only_post_is_allowed_so_that_no_client_holds_a_stream_open(database_url: str) -> None:
    with serving(database_url, mcp=True) as api:
        response = api.http.get("/mcp", headers={"Accept": "text/event-stream"})
        assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_it_is_off_by_default(api: Api) -> None:
    assert post(api).status_code == 404


def test_a_body_that_is_too_long_is_refused(database_url: str) -> None:
    with serving(database_url, mcp=True, max_body_bytes=100) as api:
        response = post(api, {**PING, "params": {"filler": "x" * 100}})
        assert response.status_code == 413
        assert response.json()["error"]["message"] == "The body exceeds the maximum of 100 bytes."


@pytest.mark.parametrize("version", ["2025-11-25", "2026-07-28"])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="no JSON"),
        pytest.param(b"[" * 50_000, id="nested JSON"),
        pytest.param(b"9" * 50_000, id="a long number"),
        pytest.param(json.dumps([PING] * 1000).encode(), id="a batch"),
    ],
)
def test_malformed_bodies_are_refused(database_url: str, version: str, body: bytes) -> None:
    with serving(database_url, mcp=True) as api:
        headers = {"Accept": "application/json", "Content-Type": "application/json", "Host": "localhost"}
        response = api.http.post("/mcp", content=body, headers={**headers, "MCP-Protocol-Version": version})
        assert response.status_code == 400
        assert response.json()["error"]["code"] in (-32700, -32600, -32602)


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ('{"code": "\\ud800"}', "str is not valid UTF-8: surrogates not allowed"),
        ('{"code": 1' + 30 * "0" + "}", "Integer exceeds 64-bit range"),
        ('{"code": ' + 300 * "[" + 300 * "]" + "}", "Recursion limit reached"),
    ],
)
def test_variables_that_are_no_json_are_refused(database_url: str, variables: str, problem: str) -> None:
    envelope: dict[str, Any] = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    query = "query ($code: String!) { area(code: $code) { name } }"
    arguments = {"query": query, "variables": "?"}
    params: dict[str, Any] = {"name": "run_graphql_query", "_meta": envelope, "arguments": arguments}
    body = json.dumps({**CALL, "params": params}).replace('"?"', variables)
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "Host": "localhost",
        "MCP-Protocol-Version": "2026-07-28",
        "MCP-Method": "tools/call",
        "MCP-Name": "run_graphql_query",
    }
    with serving(database_url, mcp=True) as api:
        result = api.http.post("/mcp", content=body, headers=headers).json()["result"]
    assert result["isError"]
    assert result["content"][0]["text"] == f"The variables are not JSON that the server can read: {problem}."


def test_requests_and_their_operations_count_in_the_rate_limit(everything: str) -> None:
    with serving(everything, mcp=True, max_cost=1000, rate_limit="1000/day") as api:
        response = post(api)
        assert response.headers["ratelimit"].startswith('"cost";r=999;')
        response = post(api, CALL)
        spent = 999 - int(re.findall(r"r=(\d+)", response.headers["ratelimit"])[0])
        assert not response.json()["result"]["isError"]
        assert spent == 965
        refused = post(api, CALL).json()["result"]
        assert refused["isError"]
        assert refused["content"][0]["text"].startswith("RATE_LIMITED: Rate limit exceeded. Retry in ")
        while (response := post(api)).status_code == 200:
            pass
        assert (response.status_code, response.json()["error"]["data"]) == (429, {"code": "RATE_LIMITED"})
        assert int(response.headers["retry-after"]) > 0


def test_a_request_is_logged_with_its_operation(everything: str, log: Lines) -> None:
    with serving(everything, mcp=True) as api:
        post(api, CALL)
        [line] = [line for line in log() if line["message"] == "POST /mcp 200"]
    assert (line["operation"], line["cost"], line["errors"]) == ("SearchTitlesTool", 965, [])


def test_only_own_documents_run_if_the_operator_trusts_no_others(everything: str, tmp_path: Path) -> None:
    (tmp_path / "trusted.json").write_text(json.dumps({"a": "{ __typename }"}), encoding="utf-8")
    settings = {"trusted_documents": tmp_path / "trusted.json", "trusted_documents_only": True}
    with serving(everything, mcp=True, **settings) as api:
        assert not post(api, CALL).json()["result"]["isError"]
        query = {"name": "run_graphql_query", "arguments": {"query": '{ area(code: "US") { name } }'}}
        refused = post(api, {**CALL, "params": query}).json()["result"]
        assert refused["content"][0]["text"] == "DOCUMENT_NOT_TRUSTED: This server only runs trusted documents."


# Standard input and output, and the guide


def test_the_guides_command_serves_desktop_assistants(everything: str) -> None:
    [configured] = re.findall(r"```json\n(\{\s+\"mcpServers\".*?)```", GUIDE, re.DOTALL)
    server = json.loads(configured.replace("/path/to/rolegraph/.venv/bin/python", sys.executable))["mcpServers"][
        "rolegraph"
    ]
    environment = {**server["env"], "PYTHONPATH": str(ROOT), "DATABASE_URL": everything}
    assert set(environment) == set(server["env"])
    # A desktop assistant starts it in a folder of its own.
    command = StdioServerParameters(command=sys.executable, args=server["args"], env=environment, cwd="/")
    [title] = answer(stdio_client(command), "search_titles", text="UX designer", first=1)["jobTitles"]
    assert title["occupation"] == {
        "title": "Web and Digital Interface Designers",
        "slug": "web-and-digital-interface-designers",
        "code": "15-1255",
    }


def test_the_guides_transcript_is_what_the_tools_answer(url: str) -> None:
    transcript = re.findall(r"^`(\w+)`\n\n```json\n(.*?)```\n\n```json\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)
    assert [tool for tool, *_ in transcript] == ["search_titles", "compare_occupations"]
    for tool, arguments, answered in transcript:
        assert answer(url, tool, **json.loads(arguments)) == json.loads(answered)
