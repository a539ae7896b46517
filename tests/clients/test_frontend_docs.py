"""docs/frontend.md quotes the sources of the pages, and the examples of clients, exactly."""

import re

import pytest

from tests.clients.conftest import REPOSITORY

TEXT = (REPOSITORY / "docs" / "frontend.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def test_every_block_of_code_names_its_file() -> None:
    assert len(BLOCKS) == len(re.findall(r"^```\w", TEXT, re.MULTILINE)) == 13


@pytest.mark.parametrize(("path", "code"), BLOCKS, ids=[f"{place}-{path}" for place, (path, _) in enumerate(BLOCKS)])
def test_the_code_is_in_the_file(path: str, code: str) -> None:
    assert code in (REPOSITORY / path).read_text(encoding="utf-8")
