"""The health checks /healthz and /readyz."""

import sqlite3

import pytest

from db.writing import writing
from seed.comparison_page import store_page
from tests.conftest import Api, serving
from tests.databases import file_of


def test_a_seeded_server_lives_and_is_ready(api: Api) -> None:
    for path in ("/healthz", "/readyz"):
        response = api.http.get(path)
        assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
        assert response.json() == {"status": "ok"}


def test_a_server_without_a_file_lives_and_is_not_ready(new_url: str) -> None:
    with serving(new_url) as api:
        assert (api.http.get("/healthz").status_code, api.http.get("/healthz").json()) == (200, {"status": "ok"})
        response = api.http.get("/readyz")
        assert (response.status_code, response.json()) == (503, {"status": "the database file is missing"})
    assert not file_of(new_url).exists()


def test_a_server_on_a_database_without_data_is_not_ready(new_url: str) -> None:
    with writing(new_url):
        pass
    with serving(new_url) as api:
        response = api.http.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "the database is not seeded"})


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"", "the database is not seeded", id="no bytes"),
        pytest.param(b"Dear diary,\n" * 1000, "the database is damaged", id="not a database"),
    ],
)
def test_a_server_on_a_file_that_is_not_a_database_is_not_ready(new_url: str, content: bytes, problem: str) -> None:
    file_of(new_url).write_bytes(content)
    with serving(new_url) as api:
        response = api.http.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": problem})
    assert file_of(new_url).read_bytes() == content


def test_a_server_becomes_ready_once_its_database_is_seeded(new_url: str) -> None:
    with serving(new_url) as api:
        assert api.http.get("/readyz").status_code == 503
        with writing(new_url) as session:
            store_page(session)
        assert api.http.get("/readyz").status_code == 200
        assert api.data('{ area(code: "US") { name } }') == {"area": {"name": "United States"}}


def test_a_server_is_no_longer_ready_when_its_data_is_gone(seeded_url: str) -> None:
    with serving(seeded_url) as api:
        assert api.http.get("/readyz").status_code == 200
        file = sqlite3.connect(file_of(seeded_url))
        file.execute("DROP TABLE source")
        file.commit()
        file.close()
        response = api.http.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "the database can't be read"})
