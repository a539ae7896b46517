"""The playground in a real browser."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from playwright.sync_api import expect

from tests.clients.browsing import Visit, Window, needs_browser, opened
from tests.clients.conftest import REPOSITORY

pytestmark = needs_browser

EXAMPLES = sorted((REPOSITORY / "web" / "examples").glob("*.graphql"))

# The editors only render visible lines, so texts are read from their models.
READ = "n => globalThis.__MONACO?.editor.getModels().find(m => m.uri.path.endsWith(n))?.getValue() ?? ''"


@dataclass
class Playground:
    """A visit to the playground."""

    visit: Visit

    def open(self, **parameters: str) -> None:
        """Open it, optionally by a link with parameters, and wait until it is ready."""
        self.visit.page.goto(f"{self.visit.url}/graphql?{urlencode(parameters)}")
        self.ready()

    def ready(self) -> None:
        """Wait until a query can be executed."""
        self.visit.page.get_by_role("button", name="Execute query").wait_for()

    def read(self, name: str) -> str:
        """Return the text of one of the editors."""
        text: str = self.visit.page.evaluate(READ, name)
        return text

    def execute(self) -> Any:
        """Run the query and return the response."""
        self.visit.page.get_by_role("button", name="Execute query").click()
        return self.response()

    def response(self) -> Any:
        """Wait for a response and return it."""
        self.visit.page.wait_for_function(f"() => ({READ})('response.json').trim() !== ''")
        response: dict[str, Any] = json.loads(self.read("response.json"))
        return response


@pytest.fixture
def playground(visit: Visit) -> Playground:
    """The playground of a new visitor."""
    return Playground(visit)


def test_one_click_runs_the_welcome_query(playground: Playground) -> None:
    playground.open()
    response = playground.execute()
    comparison = response["data"]["comparison"]
    summary = " ".join(comparison.pop("summary"))
    assert [figure for figure in ("$57,433", "$53,243", "$4,190") if figure not in summary] == []
    assert response == {
        "data": {
            "comparison": {
                "salary": {
                    "annualMean": {
                        "left": 57433,
                        "right": 53243,
                        "absolute": 4190,
                        "percent": 7.8696,
                        "higher": "LEFT",
                        "verdict": "NOT_TESTABLE",
                    },
                    "hourlyMean": {"absolute": 2.01},
                    "rangeOverlap": {"low": 41000, "high": 73000},
                },
                "demographics": {
                    "gender": {"dissimilarity": 3.0},
                    "race": {"dissimilarity": 4.15, "leftSum": 100.1, "rightSum": 100.0},
                    "age": {"absolute": -2},
                },
                "skills": {
                    "jaccard": 0.2,
                    "weightedJaccard": 0.1807,
                    "shared": [
                        {"skill": {"name": "Training Videos"}, "left": 9, "right": 12, "points": -3},
                        {"skill": {"name": "Video Production"}, "left": 6, "right": 11, "points": -5},
                    ],
                },
            }
        }
    }
    assert playground.visit.errors() == []


def test_a_link_opens_its_query_and_variables(playground: Playground) -> None:
    query = "query Title($slug: String!) { occupation(by: {slug: $slug}) { title } }"
    playground.open(query=query, variables='{"slug":"media-producer"}')
    assert playground.read("operation.graphql") == query
    assert json.loads(playground.read("variables.json")) == {"slug": "media-producer"}
    assert playground.execute() == {"data": {"occupation": {"title": "Media Producer"}}}
    assert playground.visit.errors() == []


def test_a_sections_query_opens_in_the_playground(visit: Visit) -> None:
    page = opened(visit, "/compare/producers-and-directors/public-relations-specialists")
    with page.context.expect_page() as opening:
        page.locator("#places").get_by_role("link", name="Copy this query").click()
    playground = opening.value
    playground.get_by_role("button", name="Execute query").wait_for()
    linked = parse_qs(urlsplit(playground.url).fragment)
    assert linked["query"][0].startswith(
        "query ComparePlaces($left: String!, $right: String!) {\n"
        "  comparison(left: {slug: $left}, right: {slug: $right}) {\n"
        "    left {\n      title\n    }\n"
    )
    assert json.loads(linked["variables"][0]) == {
        "left": "producers-and-directors",
        "right": "public-relations-specialists",
    }
    playground.get_by_role("button", name="Execute query").click()
    playground.get_by_label("Result Window").get_by_text("leftHigher").first.wait_for()
    assert visit.errors() == []


def test_a_link_and_a_button_open_the_documentation_which_describes_the_query_type(playground: Playground) -> None:
    page = playground.visit.page
    playground.open(explore="")
    explorer = page.get_by_role("region", name="Documentation Explorer")
    query = explorer.get_by_role("link", name="Query", exact=True)
    query.wait_for()
    page.get_by_role("button", name="Hide Documentation Explorer").click()
    expect(explorer).to_have_count(0)
    page.get_by_role("button", name="Show Documentation Explorer").click()
    query.click()
    explorer.get_by_text(
        "Occupations of the US labor market, described and compared. Start with comparison or search."
    ).wait_for()
    assert playground.visit.errors() == []


def question(example: Path) -> str:
    """Return the question that an example answers: the comment in its first line."""
    return example.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_is_answered_in_full(example: Path, server_url: str) -> None:
    query = {"query": example.read_text(encoding="utf-8")}
    text = httpx2.post(f"{server_url}/graphql", json=query, trust_env=False).text
    assert list(json.loads(text)) == ["data"]
    # These say nothing where there is nothing to say: no type with a high point, no address of our own words.
    assert set(re.findall(r'"(\w+)":null', text)) <= {"notCovered", "highPoint", "url"}


def test_the_shelf_has_ten_questions(playground: Playground) -> None:
    playground.open()
    page = playground.visit.page
    shelf = page.get_by_role("region", name="Examples")
    assert shelf.get_by_role("button").all_inner_texts() == [question(example) for example in EXAMPLES]
    assert len({question(example) for example in EXAMPLES}) == 10

    # A question replaces an example, but not what the visitor has written.
    for example in EXAMPLES[:2]:
        shelf.get_by_role("button", name=question(example)).click()
        assert list(playground.response()) == ["data"]
        assert playground.read("operation.graphql") == example.read_text(encoding="utf-8")
    assert page.locator(".graphiql-tab").count() == 1
    page.get_by_role("region", name="Operation Editor").locator(".view-lines").click()
    page.keyboard.type("#")
    shelf.get_by_role("button", name=question(EXAMPLES[2])).click()
    assert page.locator(".graphiql-tab").count() == 2
    assert playground.visit.errors() == []


def test_a_shared_link_opens_the_query_and_is_not_sent(window: Window, server_url: str) -> None:
    query = (
        "query A($code: String!) { area(code: $code) { name } }\nquery B($code: String!) { area(code: $code) { code } }"
    )
    with window.visiting() as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        playground = Playground(visit)
        playground.open(query=query, variables='{"code": "CA"}', operationName="B")
        visit.page.get_by_role("button", name="Copy a link to this query").click()
        visit.page.get_by_role("status").get_by_text("Link copied.").wait_for()
        link = visit.page.evaluate("navigator.clipboard.readText()")
        assert link == visit.page.url
        assert link.startswith(f"{server_url}/graphql#query=query+A")
        assert link.endswith("&operationName=B")
        assert visit.errors() == []
    with window.visiting() as friend:
        playground = Playground(friend)
        friend.page.goto(link)
        playground.ready()
        assert playground.read("operation.graphql") == query
        assert json.loads(playground.read("variables.json")) == {"code": "CA"}
        # Of several operations, the shortcut runs the one under the cursor.
        friend.page.get_by_role("region", name="Operation Editor").get_by_role("textbox").focus()
        friend.page.keyboard.press("Control+Enter")
        assert playground.response() == {"data": {"area": {"code": "CA"}}}
        assert [url for url in friend.requested if "query" in url] == []

        # Without permission, the link is in the address bar.
        friend.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
        friend.page.get_by_role("button", name="Copy a link to this query").click()
        friend.page.get_by_role("status").get_by_text("Copy the link from the address bar.").wait_for()

        # A link that is opened in the playground itself.
        friend.page.evaluate("window.location.hash = 'query={__typename}'")
        friend.page.wait_for_function(f"() => ({READ})('operation.graphql') === '{{__typename}}'")
        assert friend.errors() == []


def test_the_playground_leads_back_to_the_site(playground: Playground) -> None:
    playground.open()
    playground.visit.page.get_by_role("navigation", name="Site").get_by_role("link", name="Compare").click()
    playground.visit.page.wait_for_url(f"{playground.visit.url}/")


def test_on_a_phone_the_examples_cover_the_editor_until_one_is_chosen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    playground = Playground(visit)
    playground.open()
    for example in EXAMPLES[:2]:
        visit.page.get_by_role("button", name="Show Examples").click()
        shelf = visit.page.get_by_role("region", name="Examples")
        shelf.get_by_role("button", name=question(example)).click()
        shelf.wait_for(state="detached")
        assert list(playground.response()) == ["data"]
        box = visit.page.get_by_role("region", name="Operation Editor").bounding_box()
        assert box is not None
        assert box["width"] > 300
    assert visit.errors() == []
