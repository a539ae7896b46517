"""The check of a database file before its use, which does not change the file."""

import sqlite3
from pathlib import Path

import pytest

from db.condition import Condition, check, require_current
from db.location import DatabaseError
from db.urls import location_of
from db.writing import writing
from seed.comparison_page import store_page

PAGE_SIZE = 4096
EITHER = "sqlite:///rolegraph.sqlite3 or postgresql://user:password@host/database"


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a seeded file."""
    path = tmp_path_factory.mktemp("seeded") / "seeded.sqlite3"
    with writing(url_of(path)) as session:
        store_page(session)
    return path.read_bytes()


def refusal(path: Path, content: bytes) -> str:
    """Return the error for a file of this content, and assert that the check did not change it."""
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=r"^cannot use ") as caught:
        require_current(url_of(path))
    assert path.read_bytes() == content
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(f"cannot use {path}: ")


def test_noise_in_any_page_is_an_error(tmp_path: Path, seeded: bytes) -> None:
    noise = b"\xa5" * PAGE_SIZE
    for start in range(0, len(seeded), PAGE_SIZE):
        content = seeded[:start] + noise + seeded[start + PAGE_SIZE :]
        assert refusal(tmp_path / "data.sqlite3", content).startswith(
            ("it is damaged (", "database disk image is malformed", "file is not a database")
        )


def test_a_truncated_file_is_an_error(tmp_path: Path, seeded: bytes) -> None:
    # From 2 bytes on: SQLite treats a file of one byte as empty.
    lengths = [2, 16, 100, *range(PAGE_SIZE, len(seeded), PAGE_SIZE)]
    for length in (at + more for at in lengths for more in (0, 1, 1000)):
        assert refusal(tmp_path / "data.sqlite3", seeded[:length])


def test_damage_that_garbles_sqlites_message_is_an_error(tmp_path: Path, seeded: bytes) -> None:
    # SQLite's message quotes the damaged name, which is not valid UTF-8.
    index = b"indexix_occupation_group_codeoccupation"
    assert index in seeded
    assert refusal(tmp_path / "data.sqlite3", seeded.replace(index, index.replace(b"group", b"gr\xefup"), 1))


def test_two_migration_heads_are_refused(tmp_path: Path, seeded: bytes) -> None:
    path = tmp_path / "data.sqlite3"
    path.write_bytes(seeded)
    file = sqlite3.connect(path)
    file.execute("INSERT INTO alembic_version VALUES ('9999')")
    file.commit()
    file.close()
    assert refusal(path, path.read_bytes())


def test_a_seeded_file_is_current(tmp_path: Path, seeded: bytes) -> None:
    path = tmp_path / "data.sqlite3"
    path.write_bytes(seeded)
    assert check(url_of(path)) is Condition.CURRENT
    require_current(url_of(path))
    assert path.read_bytes() == seeded


def test_a_missing_file_and_an_empty_file_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite3"
    assert check(url_of(path)) is Condition.EMPTY
    assert not path.exists()
    path.touch()
    assert check(url_of(path)) is Condition.EMPTY
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    ("in_url", "name"),
    [
        pytest.param("two words", "two words", id="space"),
        pytest.param("50%25", "50%", id="percent sign"),
        pytest.param("who%3Fmode=ro", "who?mode=ro", id="question mark"),
        pytest.param("#1", "#1", id="number sign"),
        pytest.param("it's; --", "it's; --", id="quote"),
        pytest.param("é🎬", "é🎬", id="not ASCII"),
    ],
)
def test_a_file_may_have_any_name(tmp_path: Path, in_url: str, name: str) -> None:
    url = url_of(tmp_path / in_url)
    with writing(url) as session:
        store_page(session)
    assert check(url) is Condition.CURRENT
    assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in tmp_path.iterdir()} == {name}


def test_a_relative_url_is_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with writing("sqlite:///data.sqlite3"):
        pass
    assert check("sqlite:///data.sqlite3") is Condition.CURRENT
    assert (tmp_path / "data.sqlite3").exists()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("", "the database URL can't be read; write it as " + EITHER, id="no text"),
        pytest.param("/data", "the database URL can't be read; write it as " + EITHER, id="a path"),
        pytest.param(
            "sqlite://host:port/data",
            "the database URL can't be read; write it as " + EITHER,
            id="a port that is no number",
        ),
        pytest.param(
            "sqlite://", "the database URL names no file; write it as sqlite:///rolegraph.sqlite3", id="no file"
        ),
        pytest.param(
            "sqlite://data.sqlite3",
            "the database URL names no file; write it as sqlite:///rolegraph.sqlite3",
            id="two slashes",
        ),
        pytest.param(
            "sqlite:///:memory:",
            "the database URL names no file; write it as sqlite:///rolegraph.sqlite3",
            id="in memory",
        ),
        pytest.param(
            "sqlite+aiosqlite:///data.sqlite3",
            "no support for sqlite+aiosqlite databases; write " + EITHER,
            id="another driver",
        ),
        pytest.param("mysql://host/data", "no support for mysql databases; write " + EITHER, id="mysql"),
    ],
)
def test_an_invalid_url_is_refused(url: str, message: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        location_of(url)
    assert str(caught.value) == message


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "data.sqlite3"
    with pytest.raises(DatabaseError) as caught:
        check(url_of(path))
    assert str(caught.value) == f"cannot use {path}: its folder does not exist"


def test_a_too_long_file_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    with pytest.raises(DatabaseError, match=r"^cannot use "):
        check(url_of(path))
