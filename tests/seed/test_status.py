"""``python -m seed status``, for databases with and without data."""

from pathlib import Path

import pytest
from sqlalchemy import update

from db.models import Source
from db.writing import writing
from seed.command import main
from seed.comparison_page import store_page
from seed.oews.read import read
from seed.oews.release import store_release
from seed.publisher_files import PublisherFiles
from tests.seed.oews_release import as_package
from tests.seed.workbooks import lay

DIGEST = "0123456789abcdef+0"


def printed(capsys: pytest.CaptureFixture[str], url: str, status: int = 0) -> tuple[list[str], str]:
    assert main(["status", "--database-url", url]) == status
    out, err = capsys.readouterr()
    return out.splitlines(), err


def test_each_source_has_a_line(tmp_path: Path, new_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with writing(new_url) as session:
        store_page(session)
        store_release(session, read(PublisherFiles(lay(tmp_path / "oews", as_package()))))
        session.execute(update(Source).values(digest=DIGEST))
    page = "comparison-page: Published comparison page: media producer vs media production specialist"
    oews = "oews: Occupational Employment and Wage Statistics (OEWS), May 2025"
    # Occupations, their wages, wages of groups, and numbers of jobs.
    assert printed(capsys, new_url) == (
        [
            f"{oews:{len(page)}}  {5 + 15 + 4 + 5:>9,} rows  imported  sha256:0123456789ab",
            f"{page}  {2 + 2 + 2 + 2 + 2 + 2 + 2 + 2 + 18 + 8 + 10 + 12:>9,} rows  embedded  sha256:0123456789ab",
        ],
        "",
    )


def test_all_bundled_sources_are_listed(everything: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines, err = printed(capsys, everything)
    assert err == ""
    assert len(lines) == 33
    assert all(" embedded  sha256:" in line for line in lines)
    assert len({line.index(" rows ") for line in lines}) == 1
    [wages] = [line for line in lines if line.startswith("oews: ")]
    # 370,172 cells, 830 occupations, and 830 numbers of jobs.
    assert " 371,832 rows " in wages


def test_a_missing_database_is_reported_in_one_line(
    tmp_path: Path, new_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.sqlite3"
    assert printed(capsys, new_url, status=1) == ([], f"error: {path} holds no data yet: run python -m seed\n")
    assert not path.exists()


def test_an_empty_database_prints_nothing(new_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with writing(new_url):
        pass
    assert printed(capsys, new_url) == ([], "")
