"""Areas as people write them: by code, name, city, county and nickname, on all areas of the release."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import ALL_INDUSTRIES, ALL_OCCUPATIONS, Area, GroupWage, Industry, OccupationGroup, Source
from db.statements import NamedArea
from db.vocabulary import AreaKind, GroupLevel
from db.writing import writing
from resolvers.area_search import LONGEST_TEXT, AreaIndex, words_of
from resolvers.areas import BY_RELEVANCE
from resolvers.connections import cursor_of
from seed.area_nicknames import nicknames_dataset
from seed.dataset import store
from seed.figure_files import FIGURES, read_figures
from tests.conftest import COLD, Api, serving
from tests.databases import file_of

PRODUCER, SPECIALIST = '{slug: "media-producer"}', '{slug: "media-production-specialist"}'

FOUND = "query ($text: String, $kind: AreaKind) { areas(text: $text, kind: $kind, first: 100) { nodes { code } } }"

WANTED = {
    "Chicago, IL": "16980",
    "Washington DC": "47900",
    "Saint Louis": "41180",
    "St. Louis": "41180",
    "NYC": "35620",
    "SF": "41860",
    "Bay Area": "41860",
    "TX": "TX",
    "LA": "LA",
    "31080": "31080",
    "texs": "TX",
    "San Fransisco": "41860",
    "Manhattan": "35620",
    "Scottsdale": "38060",
    "King County, WA": "42660",
}
"""The area that each of these texts means first, for the texts that areas were not found by before."""

OWN = {
    "Dallas, Texas": "19100",
    "houston tx": "26420",
    "arizona phoenix": "38060",
    "San Jose, California": "41940",
    "Ft. Worth": "19100",
    "Saint Paul, MN": "33460",
    "Winston Salem": "49180",
    "Coeur d\N{RIGHT SINGLE QUOTATION MARK}Alene": "17660",
    "Mayag\N{LATIN SMALL LETTER U WITH DIAERESIS}ez": "32420",
    "raleigh durham": "39580",
    "Nashvile": "34980",
    "Cincinatti": "17140",
    "Pittsburg": "38300",
    "Albequerque": "10740",
    "Sacremento": "40900",
    "Conneticut": "CT",
    "n. carolina": "NC",
    "Washington State": "WA",
    "West Virginia": "WV",
    "D.C.": "DC",
    "USA": "US",
    "newyork": "NY",
    "Brooklyn, NY": "35620",
    "Long Island": "35620",
    "Silicon Valley": "41940",
    "Twin Cities": "33460",
    "Vegas": "29820",
    "DFW": "19100",
    "Hampton Roads": "47260",
    "Research Triangle Park": "39580",
    "Cook County, IL": "16980",
    "Orange County, CA": "31080",
    "Miami-Dade County": "33100",
    "Fairfax County, VA": "47900",
    "Kansas City, MO": "28140",
    "Portland, Maine": "38860",
    "Springfield, Illinois": "44100",
    "Columbus, GA": "17980",
    "Rochester, Minnesota": "40340",
    "Gary, Indiana": "16980",
    "Santa Monica": "31080",
    "Overland Park, KS": "28140",
    "Plano, TX": "19100",
    "Hilton Head": "25940",
    "Louisville Kentucky": "31140",
    "Northwest Alabama": "0100001",
    "Upper Peninsula": "2600001",
    "Balance of Nevada": "3200006",
    "0041180": "41180",
    "Honolulu": "46520",
}
"""More texts as people write them, and the area that each means first."""

BY_KIND = {
    "a country with another place": {
        "CA, USA": "CA",
        "US-WA": "WA",
        "United States: Texas": "TX",
        "Seattle, WA, United States of America": "42660",
        "National Capital Region": "47900",
        "Houston, Texas, United States": "26420",
        "Virgin Islands, U.S.": "VI",
        "United States of America": "US",
    },
    "a type of area": {
        "New York metro": "35620",
        "D.C. metro area": "47900",
        "LA metro": "31080",
        "LA County": "31080",
        "New York state": "NY",
        "State of Washington": "WA",
        "the state of New York": "NY",
        "Kansas City": "28140",
        "rural Kansas": "2000006",
    },
    "a city in the state of its name": {"New York, New York": "35620", "New York, NY": "35620"},
    "a code with a label, and the codes of forms": {
        "CBSA 31080": "31080",
        "MSA code: 31080": "31080",
        "FIPS 06": "CA",
        "48": "TX",
        "4800000": "TX",
        "area 0031080": "31080",
    },
    "a ZIP code or a street that no list has": {
        "Denver, CO 80202": "19740",
        "1600 Pennsylvania Ave, Washington, DC 20500": "47900",
    },
    "a traditional abbreviation of a state": {"Miami, Fla.": "33100", "Philadelphia, Penna.": "37980", "W. Va.": "WV"},
    "initials with spaces": {"Washington D. C.": "47900", "N Y C": "35620", "Columbia S C": "17900"},
    "a word that is no typing error of another": {"Daytona": "19660"},
    "the word that states share": {"Carolina": "NC", "dakota": "SD", "Jersey": "NJ"},
    "an area named for a place before a suburb of that name": {
        "Richmond": "40060",
        "Richmond, CA": "41860",
        "Peoria": "37900",
        "Peoria, AZ": "38060",
        "Salem": "41420",
        "Salem, Mass.": "14460",
    },
}
"""Texts of one kind each, and the area that they mean first."""


@pytest.fixture(scope="session")
def placed_url(seeded_database: Callable[[], str], everything: str) -> str:
    """A database with all areas of the release, their employment and all their names."""
    url = seeded_database()
    with closing(sqlite3.connect(file_of(everything))) as release, writing(url) as session:
        store_places(session, release)
    return url


def store_places(session: Session, release: sqlite3.Connection) -> None:
    known = set(session.scalars(select(col(Area.code))))
    for code, name, kind in release.execute("SELECT code, name, kind FROM area"):
        if code not in known:
            session.add(Area(code=code, name=name, kind=AreaKind[kind]))
    session.merge(Industry(code=ALL_INDUSTRIES, title="All industries"))
    session.merge(OccupationGroup(code=ALL_OCCUPATIONS, title="All occupations", level=GroupLevel.TOTAL))
    session.add(Source(id="oews", name="Wages", license="Public domain", digest="0" * 64))
    session.flush()
    totals = release.execute(
        "SELECT area_code, employment FROM group_wage WHERE group_code = ? AND industry_code = ?",
        (ALL_OCCUPATIONS, ALL_INDUSTRIES),
    )
    session.add_all(
        GroupWage(
            group_code=ALL_OCCUPATIONS,
            area_code=code,
            industry_code=ALL_INDUSTRIES,
            employment=employment,
            source_id="oews",
        )
        for code, employment in totals
    )
    store(session, read_figures(FIGURES / "census-areas.tsv.gz"))
    store(session, nicknames_dataset())


@pytest.fixture(scope="session")
def places(placed_url: str) -> Iterator[Api]:
    """The API on all areas."""
    with serving(placed_url) as api:
        yield api


def codes(api: Api, text: str | None, kind: str | None = None) -> list[str]:
    nodes: list[dict[str, str]] = api.data(FOUND, {"text": text, "kind": kind})["areas"]["nodes"]
    return [node["code"] for node in nodes]


@pytest.mark.parametrize(("text", "code"), WANTED.items())
def test_a_text_means_an_area(places: Api, text: str, code: str) -> None:
    assert codes(places, text)[0] == code


@pytest.mark.parametrize("kind", BY_KIND)
def test_texts_of_a_kind_mean_their_areas(places: Api, kind: str) -> None:
    assert {text: next(iter(codes(places, text)), None) for text in BY_KIND[kind]} == BY_KIND[kind]


def test_each_of_fifty_texts_means_an_area(places: Api) -> None:
    first = {text: next(iter(codes(places, text)), None) for text in OWN}
    assert len(OWN) == 50
    # Gary is no principal city of the area of Chicago, so that no list names it. The text names its state.
    assert {text: code for text, code in first.items() if code != OWN[text]} == {"Gary, Indiana": "IN"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("LA", ["LA", "31080"], id="a state by its letters, then a city by its initials"),
        pytest.param("DC", ["DC", "47900"], id="the District, then its metropolitan area"),
        pytest.param("Washington DC", ["47900", "DC"], id="a city, then the state of which the text is a part"),
        pytest.param("New York", ["NY", "35620", "15380"], id="a state before its city, and a suburb of another"),
        pytest.param("Bay Area", ["41860", "41940"], id="a nickname of two areas, the larger first"),
        pytest.param("Manhattan", ["35620", "31740"], id="two places of one name, the larger first"),
        pytest.param("Springfield", ["44180", "44140", "21660", "44100", "44220"], id="cities of one name by jobs"),
        pytest.param("NJ", ["NJ", "45940", "12100", "47220", "35620", "37980"], id="areas in several states come last"),
        pytest.param("Kansas nonmetropolitan area", ["2000006", "KS"], id="a whole name"),
        pytest.param(
            "Portland ME", ["38860", "ME", "38900"], id="the state that the text names, then another Portland"
        ),
        pytest.param("Paris, TX", ["TX"], id="the state of a place that no area is named for"),
        pytest.param("310", ["31080", "31020"], id="the beginning of a code"),
        pytest.param("chi", ["16980"], id="the beginning of a word"),
        pytest.param("Tex", ["TX"], id="the beginning of a state"),
    ],
)
def test_the_first_areas_of_a_text(places: Api, text: str, first: list[str]) -> None:
    assert codes(places, text)[: len(first)] == first


def test_a_code_with_a_label_finds_nothing_else(places: Api) -> None:
    assert codes(places, "CBSA 31080") == codes(places, "31080") == ["31080"]


def test_a_state_is_followed_by_its_metropolitan_areas_by_jobs_and_then_by_the_others(places: Api) -> None:
    found = codes(places, "TX")
    assert found[:6] == ["TX", "19100", "26420", "12420", "41700", "21340"]
    assert [code[:2] for code in found[-6:]] == ["48"] * 6
    assert len(found) == 1 + 26 + 6


def test_each_area_is_found_by_its_code_and_its_name(places: Api, placed_url: str) -> None:
    listed = {area.name: area.code for area in everywhere(placed_url)}
    assert len(listed) == 583
    index = AreaIndex([(area, None, None) for area in everywhere(placed_url)])
    assert {code for name, code in listed.items() if index.find(name)[0].code != code} == set()
    assert {code for code in listed.values() if index.find(code)[0].code != code} == set()
    assert codes(places, "Saginaw, MI")[0] == listed["Saginaw, MI"]


def everywhere(url: str) -> list[Area]:
    with writing(url) as session:
        return [Area(code=area.code, name=area.name, kind=area.kind) for area in session.query(Area)]


@pytest.mark.parametrize("text", ["zzyzx", "...", "\N{CLAPPER BOARD}", "99999", "%", "of the"])
def test_a_text_that_means_no_area_finds_none(places: Api, text: str) -> None:
    assert codes(places, text) == []


@pytest.mark.parametrize("text", [None, "", "  "])
def test_without_a_text_areas_are_listed_by_name(places: Api, text: str | None) -> None:
    assert codes(places, text)[:3] == ["10180", "10380", "10420"]
    assert codes(places, text, "STATE")[:3] == ["AL", "AK", "AZ"]


def test_areas_of_one_kind(places: Api) -> None:
    assert codes(places, "Alabama", "STATE") == ["AL"]
    assert codes(places, "Alabama", "METRO")[:2] == ["13820", "26620"]
    assert codes(places, "Alabama", "NONMETRO") == ["0100002", "0100004", "0100001", "0100003"]
    assert codes(places, "Alabama", "NATION") == []


PAGES = """query ($first: Int, $after: String, $last: Int, $before: String) {
    areas(text: "TX", first: $first, after: $after, last: $last, before: $before) {
        totalCount nodes { code } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""


def page(api: Api, **asked: str | int) -> tuple[list[str], dict[str, str | bool]]:
    found = api.data(PAGES, asked)["areas"]
    assert found["totalCount"] == 33
    return [node["code"] for node in found["nodes"]], found["pageInfo"]


def test_pages_in_both_directions_are_parts_of_one_list(places: Api) -> None:
    whole = codes(places, "TX")
    first, place = page(places, first=20)
    assert (place["hasNextPage"], place["hasPreviousPage"]) == (True, False)
    second, place = page(places, first=20, after=place["endCursor"])
    assert (place["hasNextPage"], place["hasPreviousPage"]) == (False, True)
    assert first + second == whole
    last, place = page(places, last=10)
    assert (place["hasNextPage"], place["hasPreviousPage"]) == (False, True)
    before, place = page(places, last=10, before=place["startCursor"])
    assert (place["hasNextPage"], place["hasPreviousPage"]) == (True, True)
    assert before + last == whole[-20:]


def test_a_cursor_of_the_list_by_name_is_refused_for_a_text(places: Api) -> None:
    by_name = places.data("{ areas(first: 1) { pageInfo { endCursor } } }")["areas"]["pageInfo"]["endCursor"]
    error = places.error(f'{{ areas(text: "TX", after: "{by_name}") {{ totalCount }} }}')
    assert (
        error["message"]
        == 'Argument "after": it is a cursor of another list or another order; start this one without a cursor.'
    )
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "after"}


def test_a_cursor_of_a_list_that_has_changed_goes_on_where_its_area_was(places: Api) -> None:
    # Between Texas (relevance 2) and Dallas (0.6).
    cursor = cursor_of(BY_RELEVANCE, [-1.0, 1, 0, "ZZ"])
    found = places.data(f'{{ areas(text: "TX", first: 1, after: "{cursor}") {{ nodes {{ code }} }} }}')
    assert found["areas"]["nodes"] == [{"code": "19100"}]


def test_an_operation_builds_the_index_once(placed_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []

    class Counting(AreaIndex):
        def __init__(self, rows: Sequence[NamedArea]) -> None:
            super().__init__(rows)
            built.append(len(rows))

    monkeypatch.setattr("resolvers.areas.AreaIndex", Counting)
    with serving(placed_url, **COLD) as api:
        api.data('{ a: areas(text: "TX") { totalCount } b: areas(text: "LA") { totalCount } }')
    assert len(built) == 1


def test_a_text_takes_one_statement_which_is_kept(placed_url: str) -> None:
    texts = '{ a: areas(text: "TX") { totalCount } b: areas(text: "LA", kind: METRO) { nodes { name } } }'
    with serving(placed_url, **COLD) as api, api.statements() as statements:
        api.data(texts)
    assert len(statements) == 1
    with serving(placed_url, answer_cache_bytes=0) as api:
        api.data(texts)
        with api.statements() as statements:
            api.data('{ areas(text: "Omaha") { nodes { code name } } }')
    assert statements == []


@pytest.mark.parametrize(
    ("area", "hint"),
    [
        ("Texas", "did you mean TX (Texas)? "),
        ("texs", "did you mean TX (Texas)? "),
        ("48", "did you mean TX (Texas)? "),
        ("99", ""),
        ("Chicago", "did you mean 16980 (Chicago-Naperville-Elgin, IL-IN)? "),
        (
            "Washington",
            "did you mean WA (Washington), 47900 (Washington-Arlington-Alexandria, DC-VA-MD-WV)? ",
        ),
        (
            "Springfield",
            "did you mean 44180 (Springfield, MO), 44140 (Springfield, MA), 21660 (Eugene-Springfield, OR)? ",
        ),
        ("zzyzx", ""),
    ],
)
def test_an_area_that_is_not_a_code_is_refused_with_the_nearest_codes(places: Api, area: str, hint: str) -> None:
    fields = (
        f"comparison(left: {PRODUCER}, right: {PRODUCER}, area: $area) {{ summary }}",
        f"ranking(occupations: [{PRODUCER}, {SPECIALIST}], area: $area) {{ area {{ code }} }}",
        f"occupation(by: {PRODUCER}) {{ salary(area: $area) {{ employment }} }}",
        f"occupation(by: {PRODUCER}) {{ offer(annual: 1, area: $area) {{ lowerWage }} }}",
        'group(code: "00-0000") { salary(area: $area) { employment } }',
    )
    for field in fields:
        error = places.error(f"query ($area: String) {{ {field} }}", {"area": area})
        assert error["message"] == f'Argument "area": no area has the code "{area}"; {hint}areas(text:) finds codes.'
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "area"}


@pytest.mark.parametrize(
    "field",
    [
        "area(code: $area) { code }",
        f"comparison(left: {PRODUCER}, right: {SPECIALIST}, area: $area) {{ area {{ code }} }}",
        f"ranking(occupations: [{PRODUCER}, {SPECIALIST}], area: $area) {{ area {{ code }} }}",
        f"occupation(by: {PRODUCER}) {{ salary(area: $area) {{ area {{ code }} employment }} }}",
        f"occupation(by: {PRODUCER}) {{ offer(annual: 1, area: $area) {{ area {{ code }} }} }}",
        'group(code: "00-0000") { salary(area: $area) { area { code } employment } }',
        "occupations(area: $area, first: 2) { totalCount nodes { slug } }",
    ],
)
@pytest.mark.parametrize("area", ["TX", "US"])
def test_the_letters_of_a_code_have_no_case(places: Api, field: str, area: str) -> None:
    text = f"query ($area: String!) {{ {field} }}"
    assert places.data(text, {"area": area.lower()}) == places.data(text, {"area": area})


def test_words_are_folded() -> None:
    assert words_of("St. Mary\N{RIGHT SINGLE QUOTATION MARK}s-Bayam\N{LATIN SMALL LETTER O WITH ACUTE}n, D.C.") == [
        "st",
        "marys",
        "bayamon",
        "dc",
    ]
    assert words_of("Saint Louis") == words_of("ST LOUIS")
    assert words_of("Fort Worth") == words_of("Ft. Worth")


def test_long_texts_are_cut(placed_url: str, record_property: Callable[[str, object], None]) -> None:
    index = AreaIndex([(area, None, None) for area in everywhere(placed_url)])
    assert index.find("Texas " + "x" * LONGEST_TEXT * 10) != []
    assert index.find("x" * LONGEST_TEXT + " Texas") == []
    noise = " ".join(f"{letter}an{letter}" for letter in "abcdefghijklmnopqrstuvwxyz" * 10)
    begin = time.process_time()
    index.find(noise)
    record_property(
        "areas(text:) of a kilobyte of noise, in milliseconds", round(1000 * (time.process_time() - begin), 1)
    )
