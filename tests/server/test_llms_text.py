"""/llms.txt, which tells language models what is on the server."""

import re

import pytest

from tests.conftest import Api, serving
from tests.server.processes import ROOT

TEXT = (ROOT / "server" / "llms.txt").read_text(encoding="utf-8")
QUERIES = re.findall(r"```graphql\n(.*?)```", TEXT, re.DOTALL)


def test_it_is_plain_text_that_names_mcp_only_where_it_is_on(api: Api) -> None:
    response = api.http.get("/llms.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "MCP" not in response.text
    assert response.text == "".join(line for line in TEXT.splitlines(keepends=True) if "MCP" not in line)


def test_it_names_mcp_where_it_is_on(database_url: str) -> None:
    pytest.importorskip("mcp", reason="MCP needs the package mcp: make .venv/mcp")
    with serving(database_url, mcp=True) as api:
        assert api.http.get("/llms.txt").text == TEXT


def test_its_links_lead_to_pages(full_api: Api) -> None:
    links = [link for link in re.findall(r"\]\((/[^)]*)\)", TEXT) if link != "/mcp"]
    assert len(links) == 7
    assert [link for link in links if full_api.http.get(link, headers={"Accept": "text/html"}).status_code != 200] == []


@pytest.mark.parametrize("query", QUERIES)
def test_its_queries_have_answers(full_api: Api, query: str) -> None:
    assert all(full_api.data(query).values())
