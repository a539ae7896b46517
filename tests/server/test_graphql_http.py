"""GraphQL over HTTP: media types, statuses and malformed requests, as a client sees them."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from tests.conftest import Api

JSON = "application/json; charset=utf-8"
GRAPHQL_RESPONSE = "application/graphql-response+json; charset=utf-8"
HTML = "text/html; charset=utf-8"
QUERY = '{ area(code: "US") { name } }'
ANSWER = {"data": {"area": {"name": "United States"}}}
NOT_ACCEPTABLE = {
    "errors": [
        {
            "message": "No acceptable media type. "
            "This endpoint answers with application/json or application/graphql-response+json.",
            "extensions": {"code": "NOT_ACCEPTABLE"},
        }
    ]
}
BY_CODE = "query Area($code: String!) { area(code: $code) { name } }"
TWO_OPERATIONS = 'query A { area(code: "US") { name } } query B { area(code: "US") { code } }'


@pytest.fixture(autouse=True)
def goes_on(api: Api) -> Iterator[None]:
    """The next client is answered after any request of a test."""
    yield
    assert api.post(QUERY).json() == ANSWER


def bad_request(message: str) -> dict[str, Any]:
    """Return the body of the response to a malformed request."""
    return {"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]}


def without_header(api: Api, name: str, method: str = "POST", **request: Any) -> httpx2.Response:
    """Send a request without a header that the test client would add."""
    built = api.http.build_request(method, "/graphql", **request)
    built.headers.pop(name, None)
    return api.http.send(built)


# Media types


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        pytest.param("*/*", JSON, id="anything"),
        pytest.param("application/json", JSON, id="json"),
        pytest.param("application/graphql-response+json", GRAPHQL_RESPONSE, id="graphql-response"),
        pytest.param("APPLICATION/GraphQL-Response+JSON", GRAPHQL_RESPONSE, id="any letter case"),
        pytest.param("application/graphql-response+json; charset=utf-8", GRAPHQL_RESPONSE, id="charset"),
        pytest.param("application/*", JSON, id="any subtype"),
        pytest.param("image/png, application/*;q=0.1", JSON, id="any subtype next to an unsupported type"),
        pytest.param("application/graphql-response+json, application/json;q=0.9", GRAPHQL_RESPONSE, id="recommended"),
        pytest.param("application/json;q=0.5, application/graphql-response+json;q=0.6", GRAPHQL_RESPONSE, id="q"),
        pytest.param("application/json ; Q=0.5 , application/graphql-response+json ; Q=0.4", JSON, id="spaces, Q"),
        pytest.param("*/*;q=0.1, application/graphql-response+json", GRAPHQL_RESPONSE, id="anything is second best"),
        pytest.param("application/graphql-response+json, application/json", GRAPHQL_RESPONSE, id="named first"),
        pytest.param("application/json, application/graphql-response+json", JSON, id="named first, the other way"),
        pytest.param("application/json;q=0, */*", GRAPHQL_RESPONSE, id="anything but json"),
        pytest.param("application/*;q=0.9, application/json;q=0.1", GRAPHQL_RESPONSE, id="specific beats wildcard"),
        pytest.param("text/html, application/json;q=0.5", JSON, id="html is not for POST"),
    ],
)
def test_post_gets_the_media_type_that_accept_prefers(api: Api, accept: str, content_type: str) -> None:
    response = api.post(QUERY, accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (200, content_type)
    assert response.json() == ANSWER


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_missing_accept_header_accepts_anything(api: Api, method: str) -> None:
    request = {"params": {"query": QUERY}} if method == "GET" else {"json": {"query": QUERY}}
    response = without_header(api, "accept", method, **request)
    assert (response.status_code, response.headers["content-type"]) == (200, JSON)
    assert response.json() == ANSWER


@pytest.mark.parametrize(
    "accept",
    [
        pytest.param("image/png", id="another type"),
        pytest.param("text/html", id="html"),
        pytest.param("text/*", id="another wildcard"),
        pytest.param("application/json;q=0", id="refused"),
        pytest.param("*/*;q=0", id="everything refused"),
        pytest.param("application/json;q=high", id="quality that is text"),
        pytest.param("application/json;q=nan", id="quality that is not a number"),
        pytest.param("garbage", id="no media type at all"),
    ],
)
def test_post_that_accepts_neither_type_gets_406(api: Api, accept: str) -> None:
    response = api.post(QUERY, accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (406, JSON)
    assert response.json() == NOT_ACCEPTABLE


def test_get_that_accepts_none_of_the_three_types_gets_406(api: Api) -> None:
    response = api.http.get("/graphql", params={"query": QUERY}, headers={"Accept": "image/*"})
    assert response.status_code == 406
    assert response.json() == NOT_ACCEPTABLE


def test_accept_headers_on_several_lines_are_one_list(api: Api) -> None:
    headers = [("Accept", "text/html"), ("Accept", "application/graphql-response+json")]
    response = api.http.post("/graphql", json={"query": QUERY}, headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (200, GRAPHQL_RESPONSE)


@pytest.mark.parametrize(
    "accept",
    [
        pytest.param(
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
            "application/signed-exchange;v=b3;q=0.7",
            id="chrome",
        ),
        pytest.param("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", id="firefox and safari"),
        pytest.param("text/html", id="html"),
        pytest.param("text/*", id="text"),
        pytest.param("application/json;q=0.9, text/html", id="html first"),
    ],
)
def test_browsers_get_a_page(api: Api, accept: str) -> None:
    response = api.http.get("/graphql", params={"query": QUERY}, headers={"Accept": accept})
    assert response.headers["content-type"] == HTML
    assert response.text.startswith("<!doctype html>")


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html;q=0.9, application/json"])
def test_get_prefers_json_unless_html_is_accepted(api: Api, accept: str) -> None:
    response = api.http.get("/graphql", params={"query": QUERY}, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, JSON)
    assert response.json() == ANSWER


@pytest.mark.parametrize(
    ("method", "accept"),
    [
        pytest.param("POST", "application/json", id="an answer"),
        pytest.param("POST", "image/png", id="406"),
        pytest.param("GET", "application/json", id="400"),
        pytest.param("GET", "text/html", id="a page"),
        pytest.param("PUT", "application/json", id="405"),
    ],
)
def test_vary_names_accept(api: Api, method: str, accept: str) -> None:
    body = {"query": QUERY} if method == "POST" else None
    assert api.http.request(method, "/graphql", json=body, headers={"Accept": accept}).headers["vary"] == "Accept"


# Statuses


@pytest.mark.parametrize(
    ("body", "as_json", "as_graphql_response"),
    [
        pytest.param({"query": QUERY}, 200, 200, id="success"),
        pytest.param({"query": "{ area"}, 200, 400, id="syntax error"),
        pytest.param({"query": "{ areaCode }"}, 200, 400, id="unknown field"),
        pytest.param({"query": "mutation { area }"}, 200, 400, id="operation type that the schema lacks"),
        pytest.param({"query": BY_CODE}, 200, 400, id="missing variable"),
        pytest.param({"query": BY_CODE, "variables": {"code": 1}}, 200, 400, id="wrong variable type"),
        pytest.param({"query": TWO_OPERATIONS}, 200, 400, id="no operation name"),
        pytest.param({"query": QUERY, "operationName": "A"}, 200, 400, id="unknown operation name"),
        pytest.param({"query": '{ node(id: "x") { id } }'}, 200, 200, id="field error, field is null"),
        pytest.param({"query": "{ areas(first: -1) { totalCount } }"}, 200, 200, id="field error, data is null"),
        pytest.param({"query": 1}, 400, 400, id="malformed request"),
    ],
)
def test_status_depends_on_the_media_type(
    api: Api, body: dict[str, Any], as_json: int, as_graphql_response: int
) -> None:
    for media_type, status in ((JSON, as_json), (GRAPHQL_RESPONSE, as_graphql_response)):
        response = api.http.post("/graphql", json=body, headers={"Accept": media_type})
        assert (response.status_code, response.headers["content-type"]) == (status, media_type)


# Well-formed requests that cannot be run


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(
            {"query": "{ area"},
            {
                "message": "Syntax Error: Expected Name, found <EOF>.",
                "locations": [{"line": 1, "column": 7}],
                "extensions": {"code": "GRAPHQL_PARSE_FAILED"},
            },
            id="syntax error",
        ),
        pytest.param(
            {"query": " "},
            {
                "message": "Syntax Error: Unexpected <EOF>.",
                "locations": [{"line": 1, "column": 2}],
                "extensions": {"code": "GRAPHQL_PARSE_FAILED"},
            },
            id="blank document",
        ),
        pytest.param(
            {"query": "{" + "a{" * 5_000},
            {
                "message": "Syntax Error: Document is nested too deeply. Parsing aborted.",
                "locations": [{"line": 1, "column": 401}],
                "extensions": {"code": "GRAPHQL_PARSE_FAILED"},
            },
            id="endless nesting",
        ),
        pytest.param(
            {"query": "{\n  sources { nam }\n}"},
            {
                "message": "Cannot query field 'nam' on type 'Source'. Did you mean 'name'?",
                "locations": [{"line": 2, "column": 13}],
                "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
            },
            id="unknown field",
        ),
        pytest.param(
            {"query": "{ area { name } }"},
            {
                "message": "Argument 'Query.area(code:)' of type 'String!' is required, but it was not provided.",
                "locations": [{"line": 1, "column": 3}],
                "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
            },
            id="missing argument",
        ),
        pytest.param(
            {"query": "mutation { area }"},
            {
                "message": "The mutation operation is not supported by the schema.",
                "locations": [{"line": 1, "column": 1}],
                "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
            },
            id="mutation",
        ),
        pytest.param(
            {"query": BY_CODE, "variables": {"code": 1}},
            {
                "message": "Variable '$code' has invalid value: String cannot represent a non string value: 1",
                "locations": [{"line": 1, "column": 12}],
                "extensions": {"code": "BAD_USER_INPUT"},
            },
            id="wrong variable type",
        ),
        pytest.param(
            {"query": BY_CODE},
            {
                "message": "Variable '$code' has invalid value: "
                "Expected a value of non-null type 'String!' to be provided.",
                "locations": [{"line": 1, "column": 12}],
                "extensions": {"code": "BAD_USER_INPUT"},
            },
            id="missing variable",
        ),
        pytest.param(
            {"query": TWO_OPERATIONS},
            {
                "message": "The document has several operations. Name one of them in operationName.",
                "extensions": {"code": "OPERATION_RESOLUTION_FAILURE"},
            },
            id="several operations without a name",
        ),
        pytest.param(
            {"query": TWO_OPERATIONS, "operationName": "C"},
            {
                "message": 'The document has no operation named "C".',
                "extensions": {"code": "OPERATION_RESOLUTION_FAILURE"},
            },
            id="unknown operation name",
        ),
        pytest.param(
            {"query": TWO_OPERATIONS, "operationName": "x" * 90_000},
            {
                "message": f'The document has no operation named "{"x" * 57}...".',
                "extensions": {"code": "OPERATION_RESOLUTION_FAILURE"},
            },
            id="unknown operation name that is long",
        ),
    ],
)
def test_request_errors_come_without_data(api: Api, body: dict[str, Any], error: dict[str, Any]) -> None:
    response = api.http.post("/graphql", json=body)
    assert response.status_code == 200
    assert response.json() == {"errors": [error]}


def test_a_request_can_have_several_errors(api: Api) -> None:
    body = api.post("{ sources { nam } areaCode }").json()
    assert body.keys() == {"errors"}
    assert [error["extensions"]["code"] for error in body["errors"]] == ["GRAPHQL_VALIDATION_FAILED"] * 2


@pytest.mark.parametrize(
    ("name", "data"), [("A", {"area": {"name": "United States"}}), ("B", {"area": {"code": "US"}})]
)
def test_operation_name_chooses_the_operation(api: Api, name: str, data: dict[str, Any]) -> None:
    response = api.http.post("/graphql", json={"query": TWO_OPERATIONS, "operationName": name})
    assert response.json() == {"data": data}


# Malformed requests


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"NONSENSE", id="nonsense"),
        pytest.param(b'{"query":', id="cut off"),
        pytest.param(b'{"query": "\xff"}', id="not UTF-8"),
        pytest.param(b'{"query": "\\ud800"}', id="half a surrogate pair"),
        pytest.param(b'{"query": "{ x }", "variables": {"a": NaN}}', id="NaN"),
        pytest.param(b'{"query": "{ x }", "variables": {"a": 1e999}}', id="infinity"),
        pytest.param(b"[" * 100_000, id="nested without end"),
    ],
)
def test_a_body_that_is_not_json_gets_400(api: Api, body: bytes) -> None:
    response = api.http.post("/graphql", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert re.fullmatch(r"The body is not valid JSON: .+: line 1 column \d+ \(char \d+\)\.", error["message"])
    assert error["extensions"] == {"code": "BAD_REQUEST"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(
            [{"query": QUERY}],
            "Batched requests are not supported. Send each operation in a request of its own.",
            id="batch",
        ),
        pytest.param(None, "The body must be a JSON object.", id="null"),
        pytest.param("{ x }", "The body must be a JSON object.", id="string"),
        pytest.param({}, 'The parameter "query" is required and must be a string.', id="no query"),
        pytest.param({"qeury": QUERY}, 'The parameter "query" is required and must be a string.', id="misspelt"),
        pytest.param({"query": ""}, 'The parameter "query" is required and must be a string.', id="empty query"),
        pytest.param({"query": None}, 'The parameter "query" is required and must be a string.', id="null query"),
        pytest.param({"query": 1}, 'The parameter "query" must be a string.', id="number as query"),
        pytest.param({"query": [QUERY]}, 'The parameter "query" must be a string.', id="query in list"),
        pytest.param(
            {"query": QUERY, "variables": [7]}, 'The parameter "variables" must be a JSON object.', id="variables: list"
        ),
        pytest.param(
            {"query": QUERY, "variables": "{}"},
            'The parameter "variables" must be a JSON object.',
            id="variables: text",
        ),
        pytest.param(
            {"query": QUERY, "variables": 0}, 'The parameter "variables" must be a JSON object.', id="variables: zero"
        ),
        pytest.param(
            {"query": QUERY, "operationName": 1}, 'The parameter "operationName" must be a string.', id="numeric name"
        ),
        pytest.param(
            {"query": QUERY, "operationName": {}},
            'The parameter "operationName" must be a string.',
            id="object as name",
        ),
        pytest.param(
            {"query": QUERY, "extensions": []},
            'The parameter "extensions" must be a JSON object.',
            id="extensions: list",
        ),
    ],
)
def test_a_malformed_request_gets_400_and_the_reason(api: Api, body: object, message: str) -> None:
    # Sent as text, because the client takes None for no body.
    response = api.http.post("/graphql", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (400, JSON)
    assert response.json() == bad_request(message)


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"variables": None, "operationName": None, "extensions": None}, id="null"),
        pytest.param({"variables": {}, "operationName": "", "extensions": {}}, id="empty"),
        pytest.param({"variables": {"unused": [1]}, "extensions": {"unknown": {}}}, id="of no use"),
        pytest.param({"doc_id": 1}, id="unknown"),
    ],
)
def test_optional_parameters_may_be_null_or_empty(api: Api, parameters: dict[str, Any]) -> None:
    assert api.http.post("/graphql", json={"query": QUERY, **parameters}).json() == ANSWER


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
    ],
)
def test_another_content_type_gets_415(api: Api, content_type: str) -> None:
    body = json.dumps({"query": QUERY}).encode()
    response = api.http.post("/graphql", content=body, headers={"Content-Type": content_type})
    assert response.status_code == 415
    assert response.json() == bad_request(f"The Content-Type must be application/json; it is {content_type}.")


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate, gzip", "identity, gzip", "x"])
def test_a_compressed_body_gets_415(api: Api, coding: str) -> None:
    response = api.http.post("/graphql", json={"query": QUERY}, headers={"Content-Encoding": coding})
    assert (response.status_code, response.headers["accept-encoding"]) == (415, "identity")
    [error] = response.json()["errors"]
    assert error == {
        "message": f"The body must not be compressed; its Content-Encoding is {coding}.",
        "extensions": {"code": "BAD_REQUEST"},
    }


@pytest.mark.parametrize("coding", ["identity", "Identity", ""])
def test_a_body_may_be_declared_as_not_compressed(api: Api, coding: str) -> None:
    response = api.http.post("/graphql", json={"query": QUERY}, headers={"Content-Encoding": coding})
    assert response.status_code == 200


def test_no_content_type_gets_415(api: Api) -> None:
    response = without_header(api, "content-type", json={"query": QUERY})
    assert response.status_code == 415
    assert response.json() == bad_request("The Content-Type must be application/json; it is missing.")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json;charset=utf-8",
        "application/json ; charset=UTF-8",
        'application/json; Charset="utf-8"',
        "application/json; charset=utf8",
        "application/json; charset=",
        "application/json;",
        "application/json; profile=x; charset=utf-8",
        "Application/JSON",
    ],
)
def test_content_type_may_have_parameters_and_any_letter_case(api: Api, content_type: str) -> None:
    body = json.dumps({"query": QUERY}).encode()
    response = api.http.post("/graphql", content=body, headers={"Content-Type": content_type})
    assert (response.status_code, response.json()) == (200, ANSWER)


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "us-ascii", "utf-8x"])
def test_another_encoding_than_utf_8_gets_415(api: Api, charset: str) -> None:
    # JSON is UTF-8 (RFC 8259, section 8.1). Latin-1 decoded as UTF-8 would often be other text.
    headers = {"Content-Type": f"application/json; charset={charset}"}
    response = api.http.post("/graphql", content=json.dumps({"query": QUERY}).encode(), headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (415, JSON)
    assert response.json() == bad_request(f"The charset must be UTF-8; it is {charset}.")


def test_a_byte_order_mark_is_ignored(api: Api) -> None:
    body = codecs.BOM_UTF8 + json.dumps({"query": f"\ufeff{QUERY}"}, ensure_ascii=False).encode()
    response = api.http.post("/graphql", content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()) == (200, ANSWER)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(codecs.BOM_UTF8, id="nothing else"),
        pytest.param(2 * codecs.BOM_UTF8 + b"{}", id="twice"),
        pytest.param(codecs.BOM_UTF16_LE + json.dumps({"query": QUERY}).encode("utf-16-le"), id="UTF-16"),
    ],
)
def test_invalid_json_after_a_byte_order_mark_is_refused(api: Api, body: bytes) -> None:
    response = api.http.post("/graphql", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"].startswith("The body is not valid JSON: ")


def test_non_ascii_text_is_returned_unchanged(api: Api) -> None:
    error = api.error('{ comparison(left: {slug: "prodüktör 🎬"}, right: {slug: "media-producer"}) { summary } }')
    assert (
        error["message"]
        == 'Argument "left": no occupation has the slug "prodüktör 🎬"; search(text:) finds occupations.'
    )


# GET


@pytest.mark.parametrize(
    ("parameters", "data"),
    [
        pytest.param({"query": QUERY}, ANSWER["data"], id="query"),
        pytest.param({"query": BY_CODE, "variables": '{"code": "US"}'}, ANSWER["data"], id="variables"),
        pytest.param({"query": TWO_OPERATIONS, "operationName": "B"}, {"area": {"code": "US"}}, id="operationName"),
        pytest.param(
            {"query": QUERY, "variables": "", "operationName": "", "extensions": ""}, ANSWER["data"], id="empty"
        ),
        pytest.param({"query": QUERY, "variables": "null", "extensions": "null"}, ANSWER["data"], id="null"),
    ],
)
def test_get_runs_a_query(api: Api, parameters: dict[str, str], data: dict[str, Any]) -> None:
    response = api.http.get(f"/graphql?{urlencode(parameters)}")
    assert (response.status_code, response.headers["content-type"]) == (200, JSON)
    assert response.json() == {"data": data}


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        pytest.param({}, 'The parameter "query" is required and must be a string.', id="nothing"),
        pytest.param({"query": ""}, 'The parameter "query" is required and must be a string.', id="empty query"),
        pytest.param(
            {"query": QUERY, "variables": "[]"},
            'The parameter "variables" must be a JSON object.',
            id="variables: list",
        ),
        pytest.param(
            {"query": QUERY, "extensions": "1"}, 'The parameter "extensions" must be a JSON object.', id="extensions: 1"
        ),
        pytest.param(
            {"query": QUERY, "variables": "{"},
            'The parameter "variables" is not valid JSON: unexpected end of data: line 1 column 2 (char 1).',
            id="variables cut off",
        ),
    ],
)
def test_a_malformed_get_gets_400_and_the_reason(api: Api, parameters: dict[str, str], message: str) -> None:
    response = api.http.get("/graphql", params=parameters)
    assert (response.status_code, response.headers["content-type"]) == (400, JSON)
    assert response.json() == bad_request(message)


def test_get_answers_request_errors_as_post_does(api: Api) -> None:
    response = api.http.get("/graphql", params={"query": "{ areaCode }"}, headers={"Accept": GRAPHQL_RESPONSE})
    assert (response.status_code, response.headers["content-type"]) == (400, GRAPHQL_RESPONSE)
    assert response.json() == {
        "errors": [
            {
                "message": "Cannot query field 'areaCode' on type 'Query'. Did you mean 'area' or 'areas'?",
                "locations": [{"line": 1, "column": 3}],
                "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
            }
        ]
    }


@pytest.mark.parametrize("name", ["query", "operationName", "variables", "extensions", "documentId"])
@pytest.mark.parametrize("values", [("", ""), ("{}", "{}"), ("{}", "")])
def test_a_parameter_that_is_given_twice_is_refused(api: Api, name: str, values: tuple[str, str]) -> None:
    parameters = [("query", QUERY)] * (name != "query") + [(name, value) for value in values]
    response = api.http.get(f"/graphql?{urlencode(parameters)}")
    assert response.status_code == 400
    assert response.json() == bad_request(f'The parameter "{name}" is given more than once.')


def test_unknown_parameters_may_be_given_twice(api: Api) -> None:
    response = api.http.get(f"/graphql?{urlencode([('utm', '1'), ('query', QUERY), ('utm', '2')])}")
    assert (response.status_code, response.json()) == (200, ANSWER)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("accept", [JSON, GRAPHQL_RESPONSE])
@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"query": "mutation { area }"}, id="mutation"),
        pytest.param({"query": "mutation { __typename }"}, id="mutation that asks for what every type has"),
        pytest.param({"query": "mutation A { a } query B { b }", "operationName": "A"}, id="mutation among queries"),
        pytest.param({"query": "mutation($a: No!) { a(a: $a) { ...F } }"}, id="mutation that is wrong altogether"),
        pytest.param({"query": "subscription { area }"}, id="subscription"),
    ],
)
def test_get_refuses_everything_but_queries(api: Api, method: str, accept: str, parameters: dict[str, str]) -> None:
    response = api.http.request(method, "/graphql", params=parameters, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (405, accept)
    assert response.headers["allow"] == "POST"
    if method == "GET":
        error = {"message": "GET runs queries only.", "extensions": {"code": "METHOD_NOT_ALLOWED"}}
        assert response.json() == {"errors": [error]}


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"query": "query A { area } mutation B { b }", "operationName": "A"}, id="the query of two"),
        pytest.param({"query": "query A { area } mutation B { b }"}, id="neither of two"),
        pytest.param({"query": "{ mutation }"}, id="field of that name"),
        pytest.param({"query": "query mutation { area }"}, id="operation of that name"),
        pytest.param({"query": '{ area(code: "mutation { area }") { nothing } }'}, id="in an argument"),
        pytest.param({"query": "# mutation { area }\n{ nothing }"}, id="in a comment"),
    ],
)
def test_get_does_not_take_a_query_for_a_mutation(api: Api, parameters: dict[str, str]) -> None:
    response = api.http.get("/graphql", params=parameters)
    assert response.status_code == 200
    codes = {error["extensions"]["code"] for error in response.json()["errors"]}
    assert codes == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(
    ("parameters", "headers"),
    [
        pytest.param({"query": QUERY}, {}, id="answer"),
        pytest.param({"query": "{ areaCode }"}, {"Accept": GRAPHQL_RESPONSE}, id="refusal"),
        pytest.param({}, {}, id="malformed"),
        pytest.param({"query": QUERY}, {"Accept": "image/png"}, id="406"),
        pytest.param({}, {"Accept": "text/html"}, id="page"),
    ],
)
def test_head_is_get_without_the_body(api: Api, parameters: dict[str, str], headers: dict[str, str]) -> None:
    got, head = (api.http.request(method, "/graphql", params=parameters, headers=headers) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (got.status_code, b"")
    differing = {"x-request-id"}
    assert [item for item in head.headers.items() if item[0] not in differing] == [
        item for item in got.headers.items() if item[0] not in differing
    ]


# Around GraphQL


@pytest.mark.parametrize(
    "path", ["/nothing", "/graphql/nothing/", "/graphql/nothing", "/graphiql", "/static/nothing.js", "/favicon.ico"]
)
def test_an_unknown_path_gets_404_in_json(api: Api, path: str) -> None:
    response = api.http.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, JSON)
    assert response.json() == {
        "errors": [{"message": f"There is no page or endpoint at {path}.", "extensions": {"code": "NOT_FOUND"}}]
    }


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        pytest.param("PUT", "/graphql", {"GET", "HEAD", "POST"}, id="PUT /graphql"),
        pytest.param("PATCH", "/graphql", {"GET", "HEAD", "POST"}, id="PATCH /graphql"),
        pytest.param("DELETE", "/graphql", {"GET", "HEAD", "POST"}, id="DELETE /graphql"),
        pytest.param("OPTIONS", "/graphql", {"GET", "HEAD", "POST"}, id="OPTIONS /graphql"),
        pytest.param("TRACE", "/graphql", {"GET", "HEAD", "POST"}, id="TRACE /graphql"),
        pytest.param("QUERY", "/graphql", {"GET", "HEAD", "POST"}, id="QUERY /graphql"),
        pytest.param("POST", "/static/assets/playground.js", {"GET", "HEAD"}, id="POST an asset"),
        pytest.param("POST", "/static/licenses.md", {"GET", "HEAD"}, id="POST /static/licenses.md"),
        pytest.param("OPTIONS", "/healthz", {"GET", "HEAD"}, id="OPTIONS /healthz"),
        pytest.param("POST", "/healthz", {"GET", "HEAD"}, id="POST /healthz"),
        pytest.param("POST", "/readyz", {"GET", "HEAD"}, id="POST /readyz"),
    ],
)
def test_a_wrong_method_gets_405_and_the_allowed_methods(api: Api, method: str, path: str, allowed: set[str]) -> None:
    response = api.http.request(method, path)
    assert (response.status_code, response.headers["content-type"]) == (405, JSON)
    assert set(response.headers["allow"].split(", ")) == allowed
    assert response.json() == {
        "errors": [
            {"message": f"The method {method} is not allowed here.", "extensions": {"code": "METHOD_NOT_ALLOWED"}}
        ]
    }


def test_every_response_has_its_own_request_id(api: Api) -> None:
    responses = [
        api.post(QUERY),
        api.post(QUERY),
        api.post("{ area"),
        api.post(QUERY, accept="image/png"),
        api.http.post("/graphql", content=b"{"),
        api.http.put("/graphql"),
        api.http.get("/nothing"),
        api.http.get("/healthz"),
        api.http.get("/"),
        api.http.get("/"),
    ]
    ids = [response.headers.get_list("x-request-id") for response in responses]
    assert all(len(given) == 1 and re.fullmatch("[0-9a-f]{32}", given[0]) for given in ids)
    assert len({given[0] for given in ids}) == len(responses)


def test_a_client_cannot_choose_the_id(api: Api) -> None:
    response = api.http.get("/healthz", headers={"X-Request-Id": "mine"})
    assert re.fullmatch("[0-9a-f]{32}", response.headers["x-request-id"])
