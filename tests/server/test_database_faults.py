"""Faults of the database's file while it is served: replaced, removed, damaged."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import make_url, update

from db.models import Area
from db.sqlite import PATH_PAUSE_SECONDS
from db.writing import writing
from tests.conftest import Api, serving
from tests.databases import PostgreSQLServer, file_of
from tests.server.conftest import SECONDS, Lines

US = '{ area(code: "US") { name } }'
PAGE_SIZE = 4096


@pytest.fixture
def path(database_url: str, new_url: str) -> Path:
    """The file of a seeded database."""
    return Path(shutil.copyfile(file_of(database_url), file_of(new_url)))


@pytest.fixture
def served(path: Path) -> Iterator[Api]:
    """The API on that file, which it has read."""
    with serving(f"sqlite:///{path}") as api:
        assert name(api) == "United States"
        assert readiness(api) == (200, "ok")
        yield api


def name(api: Api) -> Any:
    return api.data(US)["area"]["name"]


def readiness(api: Api) -> tuple[int, str]:
    response = api.http.get("/readyz")
    return response.status_code, response.json()["status"]


def rename(url: str, name: str) -> None:
    with writing(url) as session:
        session.execute(update(Area).where(Area.code == "US").values(name=name))  # type: ignore[arg-type] # SQLModel's


@pytest.fixture
def another(database_url: str, tmp_path: Path) -> Path:
    """The file of another database, in which the United States are called New States."""
    copy = Path(shutil.copyfile(file_of(database_url), tmp_path / "another.sqlite3"))
    rename(f"sqlite:///{copy}", "New States")
    return copy


def require_unavailable(api: Api, response: httpx2.Response, path: Path) -> None:
    """Assert that a response is a clean 503."""
    assert response.status_code == 503
    assert response.headers["retry-after"] == "1"
    assert response.json() == {
        "errors": [
            {
                "message": "The database cannot be reached. Retry in a moment.",
                "extensions": {"code": "DATABASE_UNAVAILABLE"},
            }
        ]
    }
    assert api.http.get("/healthz").status_code == 200
    assert str(path.parent) not in api.http.get("/readyz").text


def move(path: Path, target: Path) -> Path:
    """Rename a file, and wait until the server looks at the path again."""
    moved = path.replace(target)
    time.sleep(PATH_PAUSE_SECONDS)
    return moved


def messages(log: Lines) -> list[str]:
    return [line["message"] for line in log() if not line["message"].startswith(("GET ", "POST "))]


# Replaced


def test_a_replaced_file_is_read_without_a_restart(served: Api, path: Path, another: Path, log: Lines) -> None:
    tag = served.http.get("/graphql", params={"query": US}).headers["etag"]
    move(another, path)
    assert name(served) == "New States"
    response = served.http.get("/graphql", params={"query": US}, headers={"If-None-Match": tag})
    assert (response.status_code, response.json()) == (200, {"data": {"area": {"name": "New States"}}})
    assert readiness(served) == (200, "ok")
    assert messages(log) == [f"{path} was replaced: the new file is read from now on"]


def test_a_replaced_file_is_noticed_by_the_readiness_check(served: Api, path: Path) -> None:
    empty = path.with_name("empty.sqlite3")
    with writing(f"sqlite:///{empty}"):
        pass
    empty.replace(path)
    assert readiness(served) == (503, "the database is not seeded")


def test_writes_to_the_new_file_are_seen(served: Api, path: Path, another: Path, new_url: str) -> None:
    move(another, path)
    assert name(served) == "New States"
    rename(new_url, "Newer States")
    assert name(served) == "Newer States"


def test_the_log_of_the_old_file_is_not_read_as_the_new_ones(
    served: Api, path: Path, another: Path, new_url: str, log: Lines
) -> None:
    rename(new_url, "Renamed States")
    assert name(served) == "Renamed States"
    move(another, path)
    require_unavailable(served, served.post(US), path)
    assert readiness(served) == (503, "the database does not answer")
    problem = (
        f"cannot read {path}: it was replaced, and the write-ahead log of the old file is still there; "
        f"remove {path}-wal and {path}-shm"
    )
    assert f"the database cannot be reached: {problem}" in messages(log)
    for name_of_side_file in (f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name_of_side_file).unlink()
    assert name(served) == "New States"
    assert readiness(served) == (200, "ok")


# Removed


def test_a_removed_file_is_unavailable_until_it_is_back(served: Api, path: Path, log: Lines) -> None:
    tag = served.http.get("/graphql", params={"query": US}).headers["etag"]
    kept = move(path, path.with_name("kept.sqlite3"))
    for response in (
        served.post(US),
        served.post("{ sources { name } }"),
        served.http.get("/graphql", params={"query": US}),
        served.http.get("/graphql", params={"query": US}, headers={"If-None-Match": tag}),
    ):
        require_unavailable(served, response, path)
    assert readiness(served) == (503, "the database file is missing")
    assert not path.exists()
    problem = f"cannot read {path}: it does not exist"
    assert set(messages(log)) == {
        f"the database cannot be reached: {problem}",
        f"the database file is missing: {problem}",
    }
    move(kept, path)
    assert name(served) == "United States"
    assert served.http.get("/graphql", params={"query": US}, headers={"If-None-Match": tag}).status_code == 304
    assert readiness(served) == (200, "ok")


def test_another_file_in_the_place_of_a_removed_one_is_read(served: Api, path: Path, another: Path) -> None:
    path.unlink()
    assert readiness(served) == (503, "the database file is missing")
    move(another, path)
    assert name(served) == "New States"
    assert readiness(served) == (200, "ok")


# Damaged


@pytest.fixture
def frequent_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.damage._CHECK_PAUSE_SECONDS", 0)


def overwrite(path: Path, start: int, content: bytes) -> bytes:
    """Write bytes over a file, and return what they replace."""
    with path.open("r+b") as file:
        file.seek(start)
        before = file.read(len(content))
        file.seek(start)
        file.write(content)
    return before


def wait_until_ready(api: Api) -> None:
    end = time.monotonic() + SECONDS
    while readiness(api) != (200, "ok"):
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.usefixtures("frequent_checks")
def test_a_damaged_page_makes_the_server_unready_until_a_check_succeeds(path: Path, new_url: str, log: Lines) -> None:
    file = sqlite3.connect(path)
    [[page]] = file.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'area'").fetchall()
    file.close()
    start = (page - 1) * PAGE_SIZE
    before = overwrite(path, start, b"\xa5" * PAGE_SIZE)
    with serving(new_url) as api:
        # Nothing has read the page yet.
        assert readiness(api) == (200, "ok")
        response = api.post(US)
        require_unavailable(api, response, path)
        for inside in ("SELECT", "area", "malformed", str(path.parent)):
            assert inside not in response.text
        assert messages(log)[:2] == [
            f"{path} is damaged: database disk image is malformed",
            f"the database cannot be reached: cannot read {path}: database disk image is malformed",
        ]
        for _ in range(20):
            assert readiness(api) == (503, "the database is damaged")
            time.sleep(0.01)
        assert any(message.startswith(f"the check of {path} failed: ") for message in messages(log))
        # What is elsewhere in the file is served.
        assert api.data("{ sources { name } }")["sources"]
        overwrite(path, start, before)
        wait_until_ready(api)
        assert messages(log)[-1] == f"the check of {path} succeeded: it is no longer reported as damaged"
        assert name(api) == "United States"


@pytest.mark.usefixtures("frequent_checks")
def test_a_damaged_page_of_postgresql_makes_the_server_unready_until_it_can_be_read(
    postgresql: PostgreSQLServer, postgresql_url: str, log: Lines
) -> None:
    # Pages of a copied database are not in the server's memory yet.
    origin = make_url(postgresql_url).database
    postgresql.run(f"CREATE DATABASE damaged TEMPLATE {origin} STRATEGY file_copy")
    url = postgresql_url.replace(f"/{origin}", "/damaged")
    [[folder]] = postgresql.run("SHOW data_directory")
    [[file]] = postgresql.run("SELECT pg_relation_filepath('area')", "damaged")
    path = Path(str(folder)) / str(file)
    before = overwrite(path, 0, b"\xa5" * PAGE_SIZE)
    with serving(url) as api:
        assert readiness(api) == (200, "ok")
        response = api.post(US)
        assert response.status_code == 503
        assert response.json()["errors"][0]["extensions"] == {"code": "DATABASE_UNAVAILABLE"}
        assert str(file) not in response.text
        assert messages(log)[0].endswith(f'is damaged: invalid page in block 0 of relation "{file}"')
        for _ in range(20):
            assert readiness(api) == (503, "the database is damaged")
            time.sleep(0.01)
        assert api.data("{ sources { name } }")["sources"]
        overwrite(path, 0, before)
        wait_until_ready(api)
        assert name(api) == "United States"


@pytest.mark.usefixtures("frequent_checks")
def test_damaged_text_is_damage(path: Path, new_url: str) -> None:
    start = path.read_bytes().index(b"United States")
    before = overwrite(path, start, b"\xff\xfe")
    with serving(new_url) as api:
        require_unavailable(api, api.post(US), path)
        for _ in range(20):
            assert readiness(api) == (503, "the database is damaged")
            time.sleep(0.01)
        overwrite(path, start, before)
        wait_until_ready(api)
        assert name(api) == "United States"


@pytest.mark.usefixtures("frequent_checks")
def test_a_damaged_file_can_be_replaced(path: Path, another: Path, new_url: str) -> None:
    damaged = path.with_name("damaged.sqlite3")
    shutil.copy(path, damaged)
    file = sqlite3.connect(damaged)
    [[page]] = file.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'area'").fetchall()
    file.close()
    overwrite(damaged, (page - 1) * PAGE_SIZE, b"\xa5" * PAGE_SIZE)
    damaged.replace(path)
    with serving(new_url) as api:
        require_unavailable(api, api.post(US), path)
        assert readiness(api) == (503, "the database is damaged")
        move(another, path)
        assert name(api) == "New States"
        wait_until_ready(api)
