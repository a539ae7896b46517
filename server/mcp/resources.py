"""The resources: the schema, and the pages of the documentation that explain the figures."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from server.llms_text import llms_text
from server.schema_text import printed

_DOCS = Path(__file__).parents[2] / "docs"


class Resource(NamedTuple):
    """A text that clients can read."""

    title: str
    description: str
    mime_type: str
    read: Callable[[], str]


def _page(name: str) -> Callable[[], str]:
    return lambda: (_DOCS / name).read_text(encoding="utf-8")


def _sdl() -> str:
    return printed()[0].decode()


def _llms_txt() -> str:
    return llms_text(mcp=True)


_MARKDOWN, _PLAIN = "text/markdown", "text/plain"
RESOURCES = {
    "rolegraph://schema.graphql": Resource("GraphQL schema", "All types and fields, described", _PLAIN, _sdl),
    "rolegraph://llms.txt": Resource("Overview", "Addresses, verdicts and example queries", _MARKDOWN, _llms_txt),
    "rolegraph://docs/method.md": Resource(
        "Method", "How figures are compared and tested, and what is missing", _MARKDOWN, _page("method.md")
    ),
    "rolegraph://docs/data.md": Resource("Data", "Sources and their licenses", _MARKDOWN, _page("data.md")),
    "rolegraph://docs/glossary.md": Resource("Glossary", "What terms mean", _MARKDOWN, _page("glossary.md")),
}
"""The resources by URI."""
