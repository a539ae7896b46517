"""The figures of pages as CSV, for spreadsheets, and as JSON."""

import csv
import io
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from server import download_tables
from server.downloads import as_csv
from tests.conftest import Api, serving
from tests.databases import file_of

COMPARISON = "/compare/electricians/surgeons-all-other"
OEWS = {
    "source": "Occupational Employment and Wage Statistics (OEWS)",
    "release": "May 2025",
    "url": "https://www.bls.gov/oes/",
}
Rows = dict[tuple[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def cached(everything: str) -> Iterator[Api]:
    """A server whose answers caches may serve for a minute."""
    with serving(everything, cache_seconds=60) as served:
        yield served


def rows(response: httpx2.Response) -> Rows:
    """Return the rows of a CSV by section and measure, without empty cells."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    found = list(csv.DictReader(io.StringIO(response.content.decode("utf-8"), newline="")))
    by_measure = {(row["section"], row["measure"]): {k: v for k, v in row.items() if v} for row in found}
    assert len(by_measure) == len(found)
    return by_measure


def test_a_comparison_has_a_row_for_each_figure(full_api: Api) -> None:
    response = full_api.http.get(f"{COMPARISON}.csv?area=CA")
    disposition = 'attachment; filename="electricians-vs-surgeons-all-other-CA.csv"'
    assert response.headers["content-disposition"] == disposition
    found = rows(response)
    assert found["Occupations", "title"] == {
        "section": "Occupations",
        "measure": "title",
        "left": "Electricians",
        "right": "Surgeons, All Other",
    }
    assert found["Pay", "annual.mean"] == {
        "section": "Pay",
        "measure": "annual.mean",
        "left": "85860",
        "right": "255620",
        "difference": "-169760",
        "percent": "-66.4111",
        "verdict": "SIGNIFICANT",
        "unit": "DOLLARS_PER_YEAR",
        **OEWS,
    }
    assert found["Pay", "hourly.mean"]["difference"] == "-81.61"
    assert found["Gender", "Female"]["left"] == "2.2"
    assert "right" not in found["Gender", "Female"]
    assert found["Gender", "Female"]["missing"] == "right gender: SMALL_SAMPLE"
    assert found["Education", "degreesPublishedFor"]["right"] == "Surgeons"
    assert found["Pay by state, annual.median", "Arizona"]["difference"] == "-354920"
    assert {"Pay by percentile", "Jobs", "Growth", "Preparation", "Age", "Race"} < {section for section, _ in found}


def test_the_csv_has_the_figures_of_the_json(full_api: Api) -> None:
    path = "/compare/registered-nurses/electricians"
    response = full_api.http.get(f"{path}.json")
    variables = {"left": {"slug": "registered-nurses"}, "right": {"slug": "electricians"}, "area": "US"}
    assert response.json() == full_api.post(download_tables.COMPARISON, variables).json()
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-disposition"] == 'attachment; filename="registered-nurses-vs-electricians.json"'
    compared, found = response.json()["data"]["comparison"], rows(full_api.http.get(f"{path}.csv"))
    for skills in ("shared", "onlyLeft", "onlyRight"):
        for each in compared["skills"][skills]:
            section = {"SKILL": "Skills", "KNOWLEDGE": "Knowledge"}[each["skill"]["kind"]]
            row = found[f"{section}, {skills}", each["skill"]["name"]]
            assert (float(row["left"]), float(row["right"])) == (each["left"], each["right"])
    for each in compared["salary"]["percentiles"]:
        difference = each["difference"]
        row = found["Pay by percentile", difference["leftMeasure"]]
        assert float(row["difference"]) == difference["absolute"]
    states = compared["places"]["areas"]["nodes"]
    assert len(states) > 40
    assert all(
        float(found["Pay by state, annual.median", each["area"]["name"]]["left"]) == each["median"]["left"]
        for each in states
    )


def test_an_occupation_has_its_figures_in_an_area_and_what_is_missing(full_api: Api) -> None:
    response = full_api.http.get("/occupation/athletes-and-sports-competitors.csv?area=TX")
    disposition = 'attachment; filename="athletes-and-sports-competitors-TX.csv"'
    assert response.headers["content-disposition"] == disposition
    found = rows(response)
    assert found["Occupation", "area"]["value"] == "Texas"
    assert found["Pay", "annual.median"] == {
        "section": "Pay",
        "measure": "annual.median",
        "value": "80510",
        "unit": "DOLLARS_PER_YEAR",
        **OEWS,
    }
    assert found["Pay", "hourly.median"] == {
        "section": "Pay",
        "measure": "hourly.median",
        "missing": "ANNUAL_ONLY",
        "unit": "DOLLARS_PER_HOUR",
        **OEWS,
    }
    assert found["Pay", "jobsPerThousand"]["value"] == "0.131"
    assert found["Pay", "priceParity"]["value"] == "97.175"
    assert found["Pay", "atNationalPrices.median"]["value"] == "82850.5274"
    assert found["Interests", "REALISTIC"]["unit"] == "SCORE_OF_7"
    assert found["Outlook, 2024 to 2034", "growthPercent"]["value"] == "5.5"
    assert found["Weekly earnings", "men"]["missing"] == "SMALL_SAMPLE"
    national = rows(full_api.http.get("/occupation/athletes-and-sports-competitors.csv"))
    assert national["Pay", "employment"]["value"] == "15070"


NURSES = "/compare/registered-nurses/nurse-practitioners/physician-assistants"


@pytest.mark.parametrize("path", [NURSES, f"{NURSES}/actors"])
def test_several_occupations_have_the_rows_of_each(full_api: Api, path: str) -> None:
    slugs = path.split("/")[2:]
    response = full_api.http.get(f"{path}.csv?area=OH")
    assert response.headers["content-disposition"] == f'attachment; filename="{"-vs-".join(slugs)}-OH.csv"'
    found = [*csv.DictReader(io.StringIO(response.text, newline=""))]
    for slug in slugs:
        alone = rows(full_api.http.get(f"/occupation/{slug}.csv?area=OH"))
        title = alone["Occupation", "title"]["value"]
        own = [{k: v for k, v in row.items() if v} for row in found if row["occupation"] == title]
        assert own == [{"occupation": title, **row} for row in alone.values()]
    described = full_api.http.get(f"{path}.json?area=OH").json()["data"]
    assert [one["slug"] for one in described.values()] == slugs
    assert described["right"]["salary"]["annual"]["mean"] == 122_910


@pytest.mark.parametrize("extension", ["csv", "json"])
@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/compare/29-1141/nurse-practitioners/Physician-assistants", 308, NURSES),
        ("/compare/registered-nurses/rn/actors", 308, "/compare/registered-nurses/actors"),
        ("/compare/rn/lawyers/actors", 200, None),
        ("/compare/nothing-at-all/lawyers/actors", 404, None),
    ],
)
def test_the_address_of_several_leads_where_its_page_leads(
    full_api: Api, path: str, extension: str, status: int, location: str | None
) -> None:
    response = full_api.http.get(f"{path}.{extension}", follow_redirects=False)
    assert (response.status_code, response.headers.get("location")) == (status, location and f"{location}.{extension}")


@pytest.mark.parametrize("extension", ["csv", "json", "png"])
@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/compare/47-2111/29-1249", 308, COMPARISON),
        ("/compare/Electricians/surgeons-all-other?area=ca", 308, f"{COMPARISON}?area=CA"),
        ("/occupation/47-2111?area=12420", 308, "/occupation/electricians?area=12420"),
        ("/compare/rn/electricians", 200, None),
        ("/occupation/rn", 200, None),
        ("/occupation/registered%20nurse", 200, None),
        ("/compare/registered%20nurse/electricians?area=ca", 308, "/compare/registered%20nurse/electricians?area=CA"),
        ("/compare/registered%20nurse/electricians?area=CA", 200, None),
        ("/compare/nothing-at-all/electricians", 404, None),
        ("/compare/electricians/bakers?area=ZZ", 404, None),
        ("/occupation/nothing-at-all", 404, None),
    ],
)
def test_an_address_leads_where_its_page_leads(
    full_api: Api, path: str, extension: str, status: int, location: str | None
) -> None:
    def with_extension(written: str) -> str:
        path, question_mark, query = written.partition("?")
        return f"{path}.{extension}{question_mark}{query}"

    response = full_api.http.get(with_extension(path))
    assert response.status_code == status
    assert response.headers.get("location") == (with_extension(location) if location else None)
    if status == 404:
        assert response.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"
        assert response.headers["cache-control"] == "no-store"


def test_what_is_not_found_is_named_and_suggested(full_api: Api) -> None:
    [error] = full_api.http.get("/occupation/electricain-helper.csv").json()["errors"]
    assert error["message"].startswith('There is no occupation "electricain-helper". Similar to "electricain-helper": ')
    [error] = full_api.http.get("/occupation/electricians.json?area=ZZ").json()["errors"]
    assert error["message"] == 'There is no area "ZZ".'


def test_a_download_is_revalidated(cached: Api) -> None:
    path = "/occupation/electricians"
    responses = {name: cached.http.get(f"{path}.{name}") for name in ("csv", "json")}
    tags = {name: response.headers["etag"] for name, response in responses.items()}
    assert tags["csv"] != tags["json"]
    assert responses["csv"].headers["cache-control"] == "public, max-age=60"
    assert responses["csv"].headers["x-robots-tag"] == "noindex"
    for name, tag in tags.items():
        response = cached.http.get(f"{path}.{name}", headers={"If-None-Match": tag})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == tag
    head = cached.http.head(f"{path}.csv")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tags["csv"])


def test_a_download_is_charged(everything: str) -> None:
    with serving(everything, rate_limit="10000/hour") as api:
        while (response := api.http.get("/compare/electricians/bakers.csv")).status_code == 200:
            pass
    assert response.status_code == 429
    assert response.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert int(response.headers["retry-after"]) > 0


def test_a_text_is_no_formula(database_url: str, tmp_path: Path) -> None:
    """A title that a spreadsheet would compute is stored in the database."""
    changed = tmp_path / "changed.sqlite3"
    shutil.copyfile(file_of(database_url), changed)
    with sqlite3.connect(changed) as connection:
        connection.execute("""UPDATE occupation SET title = '=1+1' WHERE slug = 'media-producer'""")
    connection.close()
    with serving(f"sqlite:///{changed}") as api:
        found = rows(api.http.get("/compare/media-producer/media-production-specialist.csv"))
    assert found["Occupations", "title"]["left"] == "'=1+1"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *(("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("a=1", "a=1"), ("", "")),
        *((-1, "-1"), (-1.5, "-1.5"), (-2.0, "-2"), (1e6, "1000000"), (0.1, "0.1"), (None, "")),
        ('a,"b"\nc', 'a,"b"\nc'),
    ],
)
def test_numbers_stay_numbers_and_texts_stay_texts(value: object, cell: str) -> None:
    written = as_csv(["column", "other"], [{"column": value}])
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["column", "other"], [cell, ""]]
