"""The Markdown pages: links, headings and paths lead somewhere, and decisions have a date and a status."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "docs/*/*.md", "execution/*.md", "web/*.md")
    for path in ROOT.glob(pattern)
)
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)]+))?\)")
PATH = re.compile(
    r"`((?:db|deploy|docs|execution|resolvers|schema|seed|server|tests|bench|web/src)/[\w/.-]*|\w+\.(?:py|toml|yaml|md))`"
)
"""Paths in running text. Patterns such as ``seed/<source>.py`` have characters that no path has."""


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_and_headings(page: str) -> None:
    source = ROOT / page
    for target, heading in LINK.findall(source.read_text(encoding="utf-8")):
        linked = source.parent / target if target else source
        assert linked.exists(), target
        assert not heading or heading in anchors(linked), f"{target}#{heading}"


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith(("docs/adr/", "CHANGELOG"))])
def test_paths_in_the_text_exist(page: str) -> None:
    named = PATH.findall((ROOT / page).read_text(encoding="utf-8"))
    assert [
        path for path in named if not any((folder / path).exists() for folder in (ROOT, (ROOT / page).parent))
    ] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_has_a_date_a_status_and_a_line_in_the_list(decision: Path) -> None:
    lines = decision.read_text(encoding="utf-8").splitlines()
    number = int(decision.name[:4])
    assert lines[0].startswith(f"# {number}. ")
    assert re.fullmatch(r"- Date: \d{4}-\d\d-\d\d", lines[2])
    status = re.fullmatch(r"- Status: (.+)", lines[3])
    assert status
    row = f"| [{lines[0][2:]}]({decision.name}) | {status[1]} |"
    assert row in (decision.parent / "README.md").read_text(encoding="utf-8").splitlines()


def test_decisions_are_numbered_without_repetition() -> None:
    numbers = [int(decision.name[:4]) for decision in DECISIONS]
    assert len(numbers) == len(set(numbers))
