"""The pages about occupations: their status, what they show without scripts, and their policy."""

import html
import json
import logging
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx2
import pytest

from server import page_previews
from server.document_store import hash_of
from tests.conftest import COLD, Api, serving
from tests.databases import PostgreSQLServer, running_server, seeded
from tests.server.built_pages import DOCUMENTS, FOLDERS, OPERATION, build, document_of
from tests.server.conftest import Lines, held_up
from tests.server.test_masking import damage

POLICY = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; style-src 'self'; font-src 'self'; form-action 'self'"
)
COMPARISON = "/compare/producers-and-directors/public-relations-specialists"
ROLES = "/compare/media-producer/media-production-specialist"
PATHS = ["/", ROLES, "/occupation/media-producer", "/best-paid"]
ABOUT_DATA = PATHS[1:]
US = '{ area(code: "US") { name } }'


DATA = r'<script type="application/json" id="page-data">(.*?)</script>'


class Page:
    """What a page shows without scripts, and what its script knows from the server."""

    def __init__(self, response: httpx2.Response) -> None:
        markup, data = re.sub(DATA, "", response.text), re.findall(DATA, response.text)
        self.data: Any = json.loads(data[0]) if data else None
        # Our templates are XML but for the first line.
        self.root = ET.fromstring(markup.partition("\n")[2])  # noqa: S314 - the server is ours
        self.title = self.text(".//title")
        self.description = self._attribute("meta[@name='description']", "content")
        self.canonical = self._attribute("link[@rel='canonical']", "href")
        self.name = self._attribute("script[@type='module']", "src").removeprefix("./src/").removesuffix("/main.tsx")

    def _attribute(self, element: str, name: str) -> str:
        found = self.root.find(f".//{element}")
        return "" if found is None else found.attrib[name]

    def texts(self, path: str) -> list[str]:
        """Return the texts of the elements at a path."""
        return ["".join(each.itertext()).strip() for each in self.root.findall(path)]

    def text(self, path: str) -> str:
        """Return the text of the only element at a path."""
        [text] = self.texts(path)
        return text

    @property
    def problem(self) -> str:
        """The first paragraph of the page, which says why something is not shown."""
        main = self.root.find(".//main")
        return next(iter((self.root if main is None else main).iter("p"))).text or ""

    def table(self, section: str) -> list[list[str]]:
        """Return the cells of the table in a section."""
        rows = self.root.findall(f".//section[@id='{section}']//tr")
        return [["".join(cell.itertext()) for cell in row] for row in rows]

    def links(self, path: str) -> list[str]:
        """Return the addresses of the links in the elements at a path."""
        return [link.attrib["href"] for each in self.root.findall(path) for link in each.findall(".//a")]

    def answers(self) -> dict[str, Any]:
        """Return the answers that come with the page, by operation: their variables and data."""
        names = {identifier: OPERATION.findall(text)[0] for identifier, text in DOCUMENTS.items()}
        return {names[each["documentId"]]: (each["variables"], each["result"]["data"]) for each in self.data["answers"]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the built one."""
    folder = tmp_path_factory.mktemp("dist")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def all_pages(built: Path, everything: str) -> Iterator[Api]:
    """The pages on all data."""
    with serving(everything, built) as served:
        yield served


@pytest.fixture(scope="module")
def few_pages(built: Path, either_url: str) -> Iterator[Api]:
    """The pages with the data of two roles, on each dialect."""
    with serving(either_url, built) as served:
        yield served


def titles(response: httpx2.Response) -> tuple[int, str]:
    """Return a page's status and title."""
    return response.status_code, Page(response).title


# Existing pages


def linked(response: httpx2.Response) -> Any:
    """Return a page's linked data."""
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)
    return json.loads(data)


def test_an_occupations_page_has_linked_data(all_pages: Api) -> None:
    found = linked(all_pages.http.get("/occupation/registered-nurses"))
    description = found.pop("description")
    assert description in all_pages.http.get("/occupation/registered-nurses").text
    assert found == {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": "Registered Nurses",
        "occupationalCategory": {
            "@type": "CategoryCode",
            "codeValue": "29-1141",
            "inCodeSet": {"@type": "CategoryCodeSet", "name": "Standard Occupational Classification 2018"},
        },
        "occupationLocation": {"@type": "Country", "name": "United States"},
        "estimatedSalary": {
            "@type": "MonetaryAmountDistribution",
            "name": "base",
            "currency": "USD",
            "duration": "P1Y",
            "median": 97_550,
            "percentile10": 68_940,
            "percentile25": 80_330,
            "percentile75": 112_350,
            "percentile90": 137_470,
        },
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "Bachelor's degree",
        },
        "experienceRequirements": {
            "@type": "OccupationalExperienceRequirements",
            "description": "Work experience in a related occupation: None",
            "monthsOfExperience": 0,
        },
    }


def test_a_comparisons_linked_data_are_of_its_area_and_leave_out_what_is_not_published(all_pages: Api) -> None:
    both = linked(all_pages.http.get("/compare/actors/chief-executives?area=TX"))["@graph"]
    assert [one["name"] for one in both] == ["Actors", "Chief Executives"]
    assert both[1]["occupationLocation"] == {"@type": "AdministrativeArea", "name": "Texas"}
    assert both[1]["experienceRequirements"]["monthsOfExperience"] == 60
    assert both[1]["estimatedSalary"]["median"] == 257_850
    # Annual wages of actors are not published.
    hourly = both[0]["estimatedSalary"]
    assert (hourly["duration"], hourly["median"], hourly["percentile90"]) == ("PT1H", 25.86, 111.29)
    assert "estimatedSalary" not in linked(all_pages.http.get("/occupation/media-producer"))
    # A title twice is one occupation.
    assert "@graph" not in linked(all_pages.http.get("/compare/marketing-manager/brand-manager"))


def test_the_home_page_says_what_this_is(few_pages: Api) -> None:
    response = few_pages.http.get("/")
    page = Page(response)
    assert (response.status_code, page.name, page.canonical) == (200, "home", "/")
    assert page.title == "Rolegraph: any two occupations side by side"
    assert page.description.startswith(
        "Compare any two occupations of the US labor market: pay, jobs, growth, education and skills. "
    )


def test_a_comparisons_page_says_its_summary_and_what_each_side_does(all_pages: Api) -> None:
    response = all_pages.http.get(COMPARISON)
    page = Page(response)
    assert (response.status_code, page.name, page.canonical) == (200, "comparison", COMPARISON)
    assert page.title == "Producers and Directors vs Public Relations Specialists: pay, jobs, skills | Rolegraph"
    assert page.description == (
        "Among wage-and-salary workers in the United States (OEWS, May 2025), Producers and Directors earn more than "
        "Public Relations Specialists by the mean annual wage: $113,300 compared with $84,120, a difference of $29,180."
    )
    sides = "left { title description } right { title description }"
    query = f'{{ comparison(left: {{code: "27-2012"}}, right: {{code: "27-3031"}}) {{ summary {sides} }} }}'
    compared = all_pages.data(query)["comparison"]
    stated = [f"{side['title']}: {side['description']}" for side in (compared["left"], compared["right"])]
    assert page.texts(".//section[@id='summary']/div/ul/li") == compared["summary"]
    described = page.root.findall(".//section[@id='roles']//div[h3]")
    assert [f"{''.join(of[0].itertext())}: {of[2].text}" for of in described] == stated


OVERVIEW = [
    [
        "",
        "Producers and Directors",
        "Public Relations Specialists",
        "Differencein percent of Public Relations Specialists",
    ],
    [
        "Annual salarymean, United States",
        "$113,300",
        "$84,120",
        "+$29,180 (+34.7%)Producers and Directors higher, statistically significant; 90% interval +$25,496 to +$32,864",
    ],
]
"""The first rows of the table of ``COMPARISON``."""


def test_a_comparisons_page_shows_its_table_links_and_sources(all_pages: Api) -> None:
    page = Page(all_pages.http.get(COMPARISON))
    table = page.table("overview")
    assert table[:2] == OVERVIEW
    assert [row[0] for row in table[2:]] == [
        "Hourly ratemean",
        "Growth rateprojected, 2024–2034",
        "Number of jobswage-and-salary jobs, nationwide",
        "Openings a yearprojected, 2024–2034, replacements included",
        "Most common degree",
        "Typical entry education",
        "Typical work experiencein a related occupation",
        "Typical on-the-job training",
        "Median age",
        "Time to become onevocational preparation; a four-year degree counts as two years",
    ]
    assert page.texts(".//section[@class='unpublished']//li") == [
        "Job satisfaction, Years of experience: not published."
    ]
    assert page.texts(".//div[@class='verdict']//h3") == ["Pay", "Growth", "Openings a year", "To get in", "Jobs"]
    assert {"/occupation/producers-and-directors", "/occupation/public-relations-specialists"} <= {
        *page.links(".//main")
    }
    assert page.links(".//p[@class='quiet downloads']") == [f"{COMPARISON}.csv", f"{COMPARISON}.json"]
    assert "https://www.bls.gov/oes/" in page.links(".//main")


@pytest.mark.parametrize("query", ["", "?area=CA", "?area=CA&prices=national"])
def test_a_page_comes_with_the_answer_that_its_script_would_request(all_pages: Api, query: str) -> None:
    area = "CA" if query else "US"
    left, right = COMPARISON.split("/")[2:]
    variables = {"left": {"slug": left}, "right": {"slug": right}, "area": area}
    answered = all_pages.data(document_of("CompareOverview"), variables)
    page = Page(all_pages.http.get(COMPARISON + query))
    assert page.answers() == {"CompareOverview": (variables, answered)}
    assert page.data["titles"] == {}
    assert page.table("overview")[1][0] == f"Annual salarymean, {answered['comparison']['area']['name']}"


def test_the_answer_of_job_titles_is_of_the_titles(all_pages: Api) -> None:
    page = Page(all_pages.http.get("/compare/c-n-a/27-2011"))
    [(variables, data)] = page.answers().values()
    assert variables == {"left": {"title": "C.N.A."}, "right": {"code": "27-2011"}, "area": "US"}
    assert data["comparison"]["leftTitle"]["title"] == page.data["titles"]["left"] == "C.N.A."
    assert page.data["notes"][0][1] == {"text": "Nursing Assistants", "href": "/occupation/nursing-assistants"}


@pytest.mark.parametrize(
    ("path", "operations"),
    [
        ("/", {"ExampleComparisons", "MajorGroups"}),
        ("/occupation/registered-nurse", {"OccupationOverview"}),
        ("/best-paid?area=TX", {"BestPaid", "BestPaidUnranked", "BestPaidTies"}),
        ("/best-paid?order=growth", {"BestPaid", "BestPaidUnranked"}),
        ("/occupation/nothing", set[str]()),
    ],
)
def test_each_page_comes_with_the_answers_that_it_shows(all_pages: Api, path: str, operations: set[str]) -> None:
    assert {*Page(all_pages.http.get(path)).answers()} == operations


HOSTILE_TITLE = "</script><script>alert(1)</script><b title=\"'&amp;"


@pytest.mark.parametrize("path", [ROLES, "/occupation/media-producer"])
def test_titles_are_escaped_in_pages_and_in_their_data(built: Path, seeded_url: str, path: str) -> None:
    titled = HOSTILE_TITLE.replace("'", "''")
    damage(seeded_url, f"UPDATE occupation SET title = '{titled}' WHERE slug = 'media-producer'")  # noqa: S608
    with serving(seeded_url, built) as api:
        response = api.http.get(path)
    page = Page(response)
    assert response.status_code == 200
    # The page's own, and its linked data.
    assert len([*page.root.iter("script")]) == 2
    assert HOSTILE_TITLE in "".join(page.root.find(".//main").itertext())  # type: ignore[union-attr] # there is one
    assert HOSTILE_TITLE in json.dumps(page.data, ensure_ascii=False).replace('\\"', '"')


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("left=registered+nurse&right=Lawyer&area=ohio", "/compare/registered-nurse/lawyer?area=OH"),
        ("left=C%23+developer&right=29-1141&area=United+States", "/compare/c-sharp-developer/29-1141"),
        ("left=&right=actors&area=Nowhere", "/occupation/actors?area=Nowhere"),
        ("left=%2F%2Fexample.org&right=%3F", "/compare/example-org/%3F"),
        ("", "/"),
    ],
)
def test_the_form_of_two_roles_leads_to_their_page(all_pages: Api, query: str, location: str) -> None:
    response = all_pages.http.get(f"/compare?{query}")
    assert (response.status_code, response.headers["location"]) == (303, location)


def test_a_comparisons_page_can_be_about_an_area(all_pages: Api) -> None:
    page = Page(all_pages.http.get(f"{COMPARISON}?area=CA&utm_source=x"))
    assert page.title == (
        "Producers and Directors vs Public Relations Specialists: pay in California, jobs, skills | Rolegraph"
    )
    assert page.canonical == f"{COMPARISON}?area=CA"
    assert page.description.startswith(
        "Among wage-and-salary workers in California (OEWS, May 2025), Producers and Directors earn more than "
    )


WRITERS = "/compare/technical-writers/writers-and-authors/editors"


def test_the_page_of_three_occupations_has_their_ranks_with_ties(all_pages: Api) -> None:
    response = all_pages.http.get(f"{WRITERS}?area=TX")
    page = Page(response)
    assert (response.status_code, page.name, page.canonical) == (200, "several", f"{WRITERS}?area=TX")
    assert page.title == ("Technical Writers vs Writers and Authors vs Editors: pay in Texas, jobs, growth | Rolegraph")
    assert page.description == (
        "Annual salary, mean, Texas: Technical Writers $88,140 (tied 1st–2nd); Writers and Authors $81,210 (tied "
        "1st–2nd); Editors $57,300 (3rd). Hourly rate, mean, Texas: Technical Writers $42.37 (tied 1st–2nd); Writers "
        "and Authors $39.04 (tied 1st–2nd); Editors $27.55 (3rd)."
    )
    assert page.links(".//p[@class='quiet downloads']") == [f"{WRITERS}.csv?area=TX", f"{WRITERS}.json?area=TX"]
    assert page.links(".//nav[@class='contents']") == ["#pay", "#overview", "#pairs"]
    table = page.table("overview")
    assert table[0] == ["", "Technical Writers", "Writers and Authors", "Editors"]
    assert table[1] == ["Annual salarymean, Texas", "$88,140tied 1st–2nd", "$81,210tied 1st–2nd", "$57,3003rd"]
    assert table[3] == ["Growthprojected, 2024–2034", "+0.9%2nd", "+3.6%1st", "+0.6%3rd"]
    assert table[6:8] == [
        ["Typical entry education", *["Bachelor's degree"] * 3],
        [
            "Typical work experiencein a related occupation",
            "Less than 5 yearsmost",
            "Noneleast",
            "Less than 5 yearsmost",
        ],
    ]
    assert page.texts(".//ul[@class='caveats']/li") == [
        "The order of neighbors is within the sampling error: Technical Writers and Writers and Authors.",
        "Projections have no published standard errors, so their order is not tested.",
    ]
    assert page.links(".//section[@id='pairs']") == [
        "/compare/technical-writers/writers-and-authors?area=TX",
        "/compare/technical-writers/editors?area=TX",
        "/compare/writers-and-authors/editors?area=TX",
    ]
    assert [one["name"] for one in linked(response)["@graph"]] == [
        "Technical Writers",
        "Writers and Authors",
        "Editors",
    ]
    [(operation, (variables, _))] = page.answers().items()
    slugs = ("technical-writers", "writers-and-authors", "editors")
    assert (operation, variables) == ("Several", {"roles": [{"slug": slug} for slug in slugs], "area": "TX"})


def test_the_page_of_four_occupations_says_what_is_missing_or_not_comparable(all_pages: Api) -> None:
    page = Page(all_pages.http.get("/compare/actors/media-producer/rn/chief-executives"))
    table = page.table("overview")
    assert table[1:6] == [
        [
            "Annual salarymean, nationwide",
            "published hourly only",
            "$57,4333rd, not tested",
            "$101,4202nd",
            "$269,6301st",
        ],
        ["Hourly ratemean, nationwide", "$58.292nd", "$27.614th, not tested", "$48.763rd", "$129.631st"],
        ["Growthprojected; periods differ", "+0.3%3rd", "+8%not ranked: another period", "+4.9%1st", "+4.3%2nd"],
        [
            "Openings a yearprojected; periods differ, replacements included",
            *("6,3003rd", "not published", "189,1001st", "22,2002nd"),
        ],
        [
            "Jobswage and salary, nationwide",
            *("55,0003rd", "17,827open job postings; not ranked", "3,379,7201st", "204,3502nd"),
        ],
    ]
    assert page.texts(".//section[@id='pay']//p")[:2] == [
        "Actors median $29.05; the middle 80% earn $16.50 to $143.68",
        "Media Producer mean $27.61; the spread is not published",
    ]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("27-2011/Dancers/29-1141?area=tx&x=y", "/compare/actors/dancers/registered-nurses?area=TX"),
        ("actors/27-2011/dancers?area=TX", "/compare/actors/dancers?area=TX"),
        ("rn/dancers/registered-nurses/actors", "/compare/rn/dancers/actors"),
        ("actors/27-2011/actors/actors", "/compare/actors/actors"),
        ("actors/dancers/rn/singers/", "/compare/actors/dancers/rn/singers"),
    ],
)
def test_the_canonical_address_names_each_occupation_once(all_pages: Api, path: str, location: str) -> None:
    response = all_pages.http.get(f"/compare/{path}")
    assert (response.status_code, response.headers["Location"]) == (308, location)


def test_a_job_title_among_three_is_kept_and_explained(all_pages: Api) -> None:
    response = all_pages.http.get("/compare/27-2011/rn/dancers")
    assert (response.status_code, Page(response).canonical) == (200, "/compare/actors/registered-nurses/dancers")
    assert [text for text, _ in notes(response)] == [
        "RN is a job title that public figures count in Registered Nurses."
    ]


def test_four_occupations_are_the_most(all_pages: Api) -> None:
    response = all_pages.http.get("/compare/actors/dancers/editors/rn/x/y")
    assert titles(response) == (404, "Too many roles | Rolegraph")
    page = Page(response)
    assert page.problem == "A page compares 4 roles at most; this address has 6."
    assert page.links(".//main") == ["/compare/actors/dancers/editors/rn"]


def test_the_statements_do_not_depend_on_the_number_of_occupations(built: Path, everything: str) -> None:
    run: list[int] = []
    with serving(everything, built, **COLD) as cold:
        for path in (WRITERS, f"{WRITERS}/actors"):
            with cold.statements() as statements:
                assert cold.http.get(path).status_code == 200
            run.append(len(statements))
    # The keys of a path are looked up one by one. The figures take the same statements.
    assert run[1] == run[0] + 1


@pytest.mark.parametrize("query", ["?area=US", "?area=", "?area", "?utm_source=x", "?area=&area=CA", "?Area=CA"])
def test_without_an_area_it_is_about_the_nation(all_pages: Api, query: str) -> None:
    assert all_pages.http.get(COMPARISON + query).text == all_pages.http.get(COMPARISON).text


def test_an_occupations_page_says_what_it_does_its_figures_and_their_sources(all_pages: Api) -> None:
    response = all_pages.http.get("/occupation/actors")
    page = Page(response)
    assert (response.status_code, page.name, page.canonical) == (200, "occupation", "/occupation/actors")
    assert page.title == "Actors: pay, outlook, skills | Rolegraph"
    described = all_pages.data('{ occupation(by: {code: "27-2011"}) { description } }')["occupation"]["description"]
    assert described in page.texts(".//section[@id='overview']/div/p")
    figures = [
        (
            "Actors, hourly wage in the United States: mean $58.29, median $29.05; wage-and-salary jobs nationwide: "
            "55,000 (Occupational Employment and Wage Statistics (OEWS), May 2025)."
        ),
        (
            "Projected growth from 2024 to 2034: 0.3%; openings a year: 6,300 "
            "(Employment Projections: growth and openings, 2024-34)."
        ),
    ]
    assert page.description == " ".join(figures)


def test_a_roles_page_says_what_is_published(few_pages: Api) -> None:
    page = Page(few_pages.http.get("/occupation/media-producer"))
    assert page.title == "Media Producer: pay, outlook, skills | Rolegraph"
    assert page.texts(".//section[@id='overview']/div/p")[1].startswith("Makes audio and video ")
    assert page.description == (
        "Media Producer, annual wage in the United States: mean $57,433; open job postings: 17,827; "
        "projected growth over an unspecified period: 8% "
        "(Published comparison page: media producer vs media production specialist)."
    )


BARE: dict[str, Any] = {"slug": "x", "title": "X"} | dict.fromkeys(
    ("code", "description", "salary", "jobs", "outlook", "education")
)
"""An occupation of which nothing is published."""


def test_figures_that_are_not_published_are_not_made_up() -> None:
    assert page_previews.of_occupation(BARE).description == "X, no published pay, employment or growth."


@pytest.mark.parametrize(("years", "rate"), [((2024, 2034), "from 2024 to 2034: 7.0%"), ((None, None), "period: 7%")])
def test_a_projected_rate_has_the_decimals_of_its_source(years: tuple[int | None, int | None], rate: str) -> None:
    outlook: dict[str, Any] = {"growthPercent": 7.0, "fromYear": years[0], "toYear": years[1], "openingsPerYear": None}
    outlook["source"] = {"name": "S", "release": None}
    found = {**BARE, "outlook": outlook}
    assert page_previews.of_occupation(found).description.endswith(f" {rate} (S).")


def test_a_figure_with_only_a_published_bound_is_shown_as_one() -> None:
    salary = {
        "area": {"code": "US", "name": "United States"},
        "annual": {"mean": 300_000.0, **dict.fromkeys(("median", "p10", "p25", "p75", "p90"))},
        "hourly": None,
        "missing": [{"figure": "annual.median", "atLeast": 239_200.0}],
        "source": {"name": "S", "release": None},
    }
    found = {**BARE, "salary": salary}
    assert (
        page_previews.of_occupation(found).description
        == "X, annual wage in the United States: mean $300,000, median at least $239,200 (S)."
    )


def test_a_description_has_whole_sentences_and_few() -> None:
    side = {**BARE, "description": "What it does."}
    area = {"code": "US", "name": "United States"}
    found = {"left": side, "right": side, "leftTitle": None, "rightTitle": None, "area": area}
    for sentences, taken in (([100, 100, 98, 1], 3), ([100, 100, 99], 2), ([400, 1], 1), ([], 0)):
        summary = ["x" * length for length in sentences]
        assert page_previews.of_comparison({**found, "summary": summary}).description == " ".join(summary[:taken])


def test_the_page_of_a_place_lists_its_best_paid_occupations(all_pages: Api) -> None:
    response = all_pages.http.get("/best-paid?area=TX&education=Bachelor%27s+degree&utm_source=x")
    page = Page(response)
    assert (response.status_code, page.name) == (200, "best-paid")
    heading = "Best-paid occupations in Texas that typically need a bachelor's degree"
    assert page.title == f"{heading} | Rolegraph"
    assert page.canonical == "/best-paid?area=TX&education=Bachelor%27s+degree"
    assert page.description == (
        f"{heading}: 175 occupations. 1. Chief Executives: $310,660 a year. 2. Airline Pilots, Copilots, and Flight "
        "Engineers: $275,710 a year. 3. Architectural and Engineering Managers: $187,520 a year."
    )
    columns, *rows, following = page.table("list")
    assert following == ["Next 20"]
    assert columns == ["Place", "Occupation", "Mean", "Ties", "Median", "Mean hourly", "Jobs", "Growth"]
    assert rows[2] == [
        "3",
        "Architectural and Engineering Managers",
        "$187,520",
        "none",
        "$171,370",
        "$90.16",
        "19,030",
        "+3.8%",
    ]
    assert len(rows) == 20


def test_a_list_is_read_to_its_end_by_links(all_pages: Api) -> None:
    heading = "Best-paid occupations in Texas that typically need a master's degree"
    first = "/best-paid?area=TX&education=Master%27s+degree"
    listed = list[list[str]]()
    address, headings, notes = first, list[str](), list[str]()
    while address:
        page = Page(all_pages.http.get(address))
        assert page.canonical == address
        headings.append(page.title.removesuffix(" | Rolegraph"))
        listed += [row for row in page.table("list")[1:] if row != ["Next 20"]]
        operations = (
            {"BestPaid", "BestPaidTies"} if len(headings) > 1 else {"BestPaid", "BestPaidUnranked", "BestPaidTies"}
        )
        assert {*page.answers()} == operations
        beginnings = page.root.findall(".//section[@id='list']/div/p/a[@href]")
        assert [link.get("href") for link in beginnings if link.text] == ([first] if len(headings) > 1 else [])
        notes = page.texts(".//section[@id='list']//p[@class='quiet']")
        following = page.root.find(".//a[@rel='next']")
        address = "" if following is None else following.get("href", "")
    assert headings == [heading, f"{heading}, from place 21", f"{heading}, from place 41"][: len(headings)]
    assert [row[0] for row in listed] == [str(place) for place in range(1, len(listed) + 1)]
    means = [int(re.sub(r"\D", "", row[2])) for row in listed]
    assert (len(listed) > 20, means) == (True, sorted(means, reverse=True))
    assert f"{len(listed)} occupations in this list." in notes[-1]


@pytest.mark.parametrize(
    ("query", "canonical", "heading", "first"),
    [
        (
            "",
            "/best-paid",
            "Best-paid occupations in the United States: 825 occupations.",
            "1. Pediatric Surgeons: $502,050 a year.",
        ),
        (
            "?order=median",
            "/best-paid?order=median",
            "Occupations with the highest median wages in the United States: 825 occupations.",
            "1. Pediatric Surgeons: median $559,030 a year.",
        ),
        (
            "?industry=5121&order=hourly",
            "/best-paid?industry=512100&order=hourly",
            "Best-paid occupations by the hour in Motion Picture and Video Industries: 142 occupations.",
            "1. Lawyers: $141.71 an hour.",
        ),
        (
            "?industry=51&order=employment",
            "/best-paid?industry=51--52&order=employment",
            "Occupations with the most jobs in Information: 300 occupations.",
            "1. Software Developers: 347,380 wage-and-salary jobs.",
        ),
        (
            "?order=growth&area=31080",
            "/best-paid?area=31080&order=growth",
            "Fastest-growing occupations in Los Angeles-Long Beach-Anaheim, CA: 711 occupations.",
            None,
        ),
        ("?order=x", "/best-paid", "Best-paid occupations in the United States: 825 occupations.", None),
        ("?after=x", "/best-paid", "Best-paid occupations in the United States: 825 occupations.", None),
    ],
)
def test_a_list_can_be_of_an_industry_and_in_another_order(
    all_pages: Api, query: str, canonical: str, heading: str, first: str | None
) -> None:
    page = Page(all_pages.http.get(f"/best-paid{query}"))
    assert page.canonical == canonical
    assert page.description.startswith(f"{heading} {first or ''}")
    assert page.title == f"{heading.partition(':')[0]} | Rolegraph"


NATIONAL = 'No source publishes wages by industry in the area "TX", only for the nation; leave out area or industry.'


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("area=ZZ", 'There is no area "ZZ".'),
        ("industry=zzz", 'There is no industry "zzz".'),
        ("area=ZZ&industry=zzz", 'There is no area "ZZ". There is no industry "zzz".'),
        ("area=TX&industry=51", NATIONAL),
        ("after=x&from=21", "The list has no such part. Start at its first place."),
    ],
)
def test_a_list_of_an_unknown_place_is_not_found(all_pages: Api, query: str, problem: str) -> None:
    response = all_pages.http.get(f"/best-paid?{query}")
    page = Page(response)
    assert (response.status_code, page.title) == (404, "No such list | Rolegraph")
    assert (page.problem, page.links(".//main")) == (problem, ["/best-paid"])


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        (
            {"area": "texas", "education": "Bachelor's degree", "order": "median"},
            [("texas", "Texas", "area=TX&education=Bachelor%27s+degree&order=median")],
        ),
        ({"industry": "healthcare"}, [("healthcare", "Health Care and Social Assistance", "industry=62--63")]),
        (
            {"area": "Texes", "industry": "law firm"},
            [("Texes", "Texas", "area=TX"), ("law firm", "Legal Services", "industry=541100")],
        ),
    ],
)
def test_an_unknown_place_of_a_list_has_suggested_lists(
    all_pages: Api, query: dict[str, str], suggested: list[tuple[str, str, str]]
) -> None:
    response = all_pages.http.get("/best-paid", params=query)
    assert titles(response) == (404, "No such list | Rolegraph")
    for (text, links), (written, name, address) in zip(notes(response), suggested, strict=True):
        assert text.startswith(f'Similar to "{written}": {name}')
        assert html.unescape(links[0]) == f"/best-paid?{address}"
        assert all(all_pages.http.get(html.unescape(link)).status_code == 200 for link in links)


@pytest.mark.parametrize("query", ["area=TX&industry=51", "area=zzyzx"])
def test_a_refused_list_without_an_unknown_place_has_no_suggestions(all_pages: Api, query: str) -> None:
    response = all_pages.http.get(f"/best-paid?{query}")
    assert (response.status_code, notes(response)) == (404, [])


# Other ways to write a path


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/occupation/27-2012", "/occupation/producers-and-directors"),
        ("/occupation/Producers-and-DIRECTORS", "/occupation/producers-and-directors"),
        (
            "/best-paid?area=tx&x=1&education=Master%27s+degree&order=growth",
            "/best-paid?area=TX&education=Master%27s+degree&order=growth",
        ),
        ("/occupation/27-2012?area=CA&x=1", "/occupation/producers-and-directors?area=CA"),
        (
            "/occupation/27-2012?area=tx&and=OR&prices=national",
            "/occupation/producers-and-directors?area=TX&and=OR&prices=national",
        ),
        ("/compare/27-2012/27-3031", COMPARISON),
        ("/compare/producers-and-directors/27-3031", COMPARISON),
        ("/compare/27-2012/PUBLIC-relations-specialists?x=1&area=CA", f"{COMPARISON}?area=CA"),
        ("/compare/27-2012/27-3031?area=US", f"{COMPARISON}?area=US"),
        ("/compare/27-2012/27-3031?area=", COMPARISON),
        (f"{COMPARISON}?area=ca&x=1", f"{COMPARISON}?area=CA"),
        ("/occupation/producers-and-directors?area=tX", "/occupation/producers-and-directors?area=TX"),
        ("/compare/27-2012/27-3031?area=ny", f"{COMPARISON}?area=NY"),
        ("/occupation/272012", "/occupation/producers-and-directors"),
        ("/occupation/SOC%2027%E2%80%932012", "/occupation/producers-and-directors"),
        ("/compare/27-2012.00/27%203031?area=CA", f"{COMPARISON}?area=CA"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_codes_and_capitals_redirect_to_the_slug(all_pages: Api, method: str, asked: str, location: str) -> None:
    response = all_pages.http.request(method, asked)
    assert (response.status_code, response.headers["location"]) == (308, location)
    assert response.headers["cache-control"] == "no-cache"


def test_an_encoded_slug_is_the_slug(few_pages: Api) -> None:
    assert few_pages.http.get("/occupation/%6dedia-producer").status_code == 200


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        (f"{ROLES}/", ROLES),
        (f"{ROLES}///?area=CA&x=%2F", f"{ROLES}?area=CA&x=%2F"),
        ("/occupation/caf%C3%A9/", "/occupation/caf%C3%A9"),
        ("/graphql/?query=%7Ba%7D", "/graphql?query=%7Ba%7D"),
        ("/schema.graphql/", "/schema.graphql"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_trailing_slash_redirects_to_the_page_without_it(
    few_pages: Api, method: str, asked: str, location: str
) -> None:
    response = few_pages.http.request(method, asked)
    assert (response.status_code, response.headers["location"]) == (308, location)
    assert len(response.headers["x-request-id"]) == 32


@pytest.mark.parametrize(
    "path",
    [
        "//example.org/",
        "//example.org/healthz/",
        "///",
        "/%2fexample.org/",
        "/%5cexample.org/",
        "/nowhere/",
        "/static/assets/healthz/",
        "/occupation//",
    ],
)
def test_the_slash_of_an_unknown_path_leads_nowhere(few_pages: Api, path: str) -> None:
    response = few_pages.http.get(f"http://testserver{path}")
    assert (response.status_code, response.headers.get("location")) == (404, None)


# Job titles


OTHERS = "It may also be counted in Advertising and Promotions Managers"


def notes(response: httpx2.Response) -> list[tuple[str, list[str]]]:
    """Return the text of a page's notes, and the addresses that they link to."""
    found = re.findall(r'<p class="note">(.*?)</p>', response.text)
    return [(html.unescape(re.sub("<.*?>", "", note)), re.findall('href="(.*?)"', note)) for note in found]


@pytest.mark.parametrize("path", ["/occupation/registered-nurse", "/occupation/Registered-Nurse"])
def test_a_job_title_has_the_page_of_its_occupation(all_pages: Api, path: str) -> None:
    response, occupations = (all_pages.http.get(each) for each in (path, "/occupation/registered-nurses"))
    assert response.status_code == 200
    page = Page(response)
    assert (page.title, page.canonical) == (Page(occupations).title, "/occupation/registered-nurses")
    text = "Registered Nurse is a job title that public figures count in Registered Nurses."
    assert notes(response) == [(text, ["/occupation/registered-nurses"])]
    assert notes(occupations) == []


@pytest.mark.parametrize(
    "path", ["/compare/social-media-manager/brand-manager", "/compare/social-media-managers/BRAND-managers"]
)
def test_job_titles_have_the_comparison_of_their_occupations(all_pages: Api, path: str) -> None:
    response = all_pages.http.get(f"{path}?area=CA")
    page = Page(response)
    assert response.status_code == 200
    assert page.title.startswith("Public Relations Managers vs Marketing Managers: pay in California")
    assert page.canonical == "/compare/public-relations-managers/marketing-managers?area=CA"
    assert notes(response) == [
        (
            "Social Media Manager is a job title that public figures count in Public Relations Managers.",
            ["/occupation/public-relations-managers"],
        ),
        (
            f"Brand Manager is a job title that public figures count in Marketing Managers. {OTHERS}.",
            ["/occupation/marketing-managers", "/occupation/advertising-and-promotions-managers"],
        ),
    ]


def test_one_side_can_be_a_job_title(all_pages: Api) -> None:
    response = all_pages.http.get("/compare/27-2011/rn")
    assert Page(response).canonical == "/compare/actors/registered-nurses"
    assert [text for text, _ in notes(response)] == [
        "RN is a job title that public figures count in Registered Nurses."
    ]


def test_two_titles_of_one_occupation_say_that_they_are_counted_together(all_pages: Api) -> None:
    response = all_pages.http.get("/compare/marketing-manager/brand-manager")
    assert response.status_code == 200
    assert Page(response).description == (
        "Marketing Manager and Brand Manager are both counted in Marketing Managers: public figures count them "
        "together, so there is nothing to compare. No source counts either of them in an occupation that would tell "
        "them apart."
    )


COUNTED_TOGETHER = (
    "Marketing Manager and Brand Manager are both counted in Marketing Managers, so they are one role here."
)


@pytest.mark.parametrize(
    ("path", "canonical", "note"),
    [
        (
            "/compare/marketing-manager/brand-manager/actors?area=ny",
            "/compare/marketing-manager/actors?area=NY&also=brand-manager",
            COUNTED_TOGETHER,
        ),
        (
            "/compare/marketing-manager/brand-manager/actors/lawyers",
            "/compare/marketing-manager/actors/lawyers?also=brand-manager",
            COUNTED_TOGETHER,
        ),
        (
            "/compare/registered-nurses/actors/rn",
            "/compare/registered-nurses/actors?also=rn",
            "RN is counted in Registered Nurses, which is here already.",
        ),
        # The title is in the address, with its own note.
        (
            "/compare/rn/actors/registered-nurses",
            "/compare/rn/actors",
            "RN is a job title that public figures count in Registered Nurses.",
        ),
    ],
)
def test_a_title_that_a_redirect_leaves_out_is_named(all_pages: Api, path: str, canonical: str, note: str) -> None:
    moved = all_pages.http.get(path, follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, canonical)
    assert notes(all_pages.http.get(canonical))[0][0] == note


@pytest.mark.parametrize("also", ["lawyer", "nothing", "'\"<b>", ""])
def test_a_title_of_another_occupation_is_not_named(all_pages: Api, also: str) -> None:
    assert notes(all_pages.http.get("/compare/registered-nurses/actors", params={"also": also})) == []


@pytest.mark.parametrize("key", ["registered-nurses", "29-1141", "Registered-nurses"])
def test_a_comparison_of_one_role_leads_to_its_page_and_to_the_picker(all_pages: Api, key: str) -> None:
    response = all_pages.http.get(f"/compare/{key}")
    assert titles(response) == (404, "One role | Rolegraph")
    assert Page(response).texts(".//main//p") == [
        "A comparison takes two roles; this address has one, Registered Nurses.",
        "All figures of Registered Nurses.",
        "Choose the second role",
    ]
    assert Page(response).links(".//main") == ["/occupation/registered-nurses", "/?left=registered-nurses"]


def test_a_comparison_of_one_unknown_role_has_suggestions(all_pages: Api) -> None:
    response = all_pages.http.get("/compare/regstered-nurse")
    assert titles(response) == (404, 'No occupation "regstered-nurse" | Rolegraph')
    assert notes(response)[0][1][0] == "/occupation/registered-nurses"


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("/compare/marketing-manager/brand-manager", ["Marketing Manager", "Brand Manager"]),
        ("/compare/brand-manager/brand-managers", ["Brand Manager"]),
        ("/compare/marketing-managers/marketing-managers", []),
    ],
)
def test_a_page_of_one_occupation_says_nothing_twice(all_pages: Api, path: str, titles: list[str]) -> None:
    response = all_pages.http.get(path)
    page = Page(response)
    sentences = page.texts(".//section[@id='summary']//li")
    assert len(sentences) == len({*sentences}) > 0
    assert [each.attrib["id"] for each in page.root.findall(".//main/section")] == ["summary"]
    assert "/occupation/marketing-managers" in page.links(".//main/p")
    assert [note.partition(" is a job title")[0] for note, _ in notes(response)] == titles


def test_a_note_names_five_other_occupations(all_pages: Api) -> None:
    [(text, links)] = notes(all_pages.http.get("/occupation/instructor"))
    assert re.search(r"(.*?; ){5}\d\d more\.$", text)
    assert len(links) == 6


def test_a_role_comes_before_a_job_title(all_pages: Api) -> None:
    response = all_pages.http.get("/occupation/media-producer")
    assert (response.status_code, notes(response)) == (200, [])


def test_an_unknown_title_has_suggestions(all_pages: Api) -> None:
    response = all_pages.http.get("/occupation/regstered-nurse")
    assert titles(response) == (404, 'No occupation "regstered-nurse" | Rolegraph')
    [(text, links)] = notes(response)
    assert text.startswith('Similar to "regstered-nurse": Registered Nurses')
    assert (links[0], len(links)) == ("/occupation/registered-nurses", 3)


@pytest.mark.parametrize(
    ("path", "unknown", "suggested"),
    [
        ("/compare/regstered-nurse/actors", ["regstered-nurse"], ["/compare/registered-nurses/actors"]),
        ("/compare/27-2011/regstered-nurse", ["regstered-nurse"], ["/compare/27-2011/registered-nurses"]),
        ("/compare/regstered-nurse/rn", ["regstered-nurse"], ["/compare/registered-nurses/rn"]),
        (
            "/compare/regstered-nurse/lawyerz",
            ["regstered-nurse", "lawyerz"],
            ["/compare/registered-nurses/lawyers", "/compare/registered-nurses/lawyers"],
        ),
        (
            "/compare/actors/regstered-nurse/lawyerz/dancrs",
            ["regstered-nurse", "lawyerz", "dancrs"],
            ["/compare/actors/registered-nurses/lawyers/dancers"] * 3,
        ),
    ],
)
def test_an_unknown_side_has_suggested_comparisons(
    all_pages: Api, path: str, unknown: list[str], suggested: list[str]
) -> None:
    response = all_pages.http.get(path)
    named = " or ".join(f'"{key}"' for key in unknown)
    assert titles(response) == (404, f"No occupation {named} | Rolegraph")
    assert [links[0] for _, links in notes(response)] == suggested
    assert all(all_pages.http.get(link).status_code in (200, 308) for _, links in notes(response) for link in links)


@pytest.mark.parametrize(
    ("area", "note", "codes"),
    [
        ("Los Angeles", "Los Angeles-Long Beach-Anaheim, CA.", ["31080"]),
        ("0031080", "Los Angeles-Long Beach-Anaheim, CA.", ["31080"]),
        ("Portland", "Portland-Vancouver-Hillsboro, OR-WA; Portland-South Portland, ME.", ["38900", "38860"]),
    ],
)
def test_an_unknown_area_has_suggested_areas(all_pages: Api, area: str, note: str, codes: list[str]) -> None:
    response = all_pages.http.get(COMPARISON, params={"area": area})
    assert titles(response) == (404, f'No area "{area}" | Rolegraph')
    links = [f"{COMPARISON}?area={code}" for code in codes]
    assert notes(response) == [(f'Similar to "{area}": {note}', links)]
    assert all(all_pages.http.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("area", [" ", "zzyzx", "99"])
def test_an_area_that_is_like_no_other_has_no_suggestions(all_pages: Api, area: str) -> None:
    response = all_pages.http.get(COMPARISON, params={"area": area})
    assert (response.status_code, notes(response)) == (404, [])


def test_a_soldier_is_not_covered(all_pages: Api) -> None:
    response = all_pages.http.get("/occupation/soldiers")
    assert titles(response) == (404, 'No occupation "soldiers" | Rolegraph')
    assert notes(response) == [("Soldier: The wage data leave out the armed forces.", [])]


def test_work_that_is_not_covered_says_why(all_pages: Api) -> None:
    reason = (
        "Acoustic Sensor Operator: The wage data leave out the armed forces. The SOC classifies this title as Air Crew "
        "Members (55-3011)."
    )
    for path in ("acoustic-sensor-operators", "acoustic-sensor-operator"):
        for page in (f"/occupation/{path}", f"/compare/{path}/actors", f"/compare/actors/{path}"):
            response = all_pages.http.get(page)
            assert titles(response) == (404, f'No occupation "{path}" | Rolegraph')
            assert notes(response) == [(reason, [])]


def test_the_code_of_work_that_is_not_covered_says_why(all_pages: Api) -> None:
    reason: tuple[str, list[str]] = ("Air Crew Officers: The wage data leave out the armed forces.", [])
    for page in ("/occupation/55-1011", "/compare/55-1011/11-1021", "/compare/11-1021/actors/55-1011"):
        response = all_pages.http.get(page)
        assert titles(response) == (404, 'No occupation "55-1011" | Rolegraph')
        assert notes(response) == [reason]
    both = all_pages.http.get("/compare/55-1011/11-1031")
    assert titles(both) == (404, 'No occupation "55-1011" or "11-1031" | Rolegraph')
    assert notes(both) == [reason, ("Legislators: The wage data have no figures for legislators after May 2024.", [])]


# Errors

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("method", "path", "status", "title", "message"),
    [
        ("GET", "/nowhere", 404, "Page not found", "There is no page or endpoint at /nowhere."),
        ("GET", "/static/assets/none.js", 404, "Page not found", "There is no page or endpoint at /static/"),
        ("PUT", "/healthz", 405, "Method not allowed", "The method PUT is not allowed here."),
        ("PUT", "/graphql", 405, "Method not allowed", "The method PUT is not allowed here."),
    ],
)
@pytest.mark.parametrize("templates", [True, False], ids=["built", "not built"])
def test_a_browser_gets_an_error_as_a_page(
    built: Path,
    database_url: str,
    tmp_path: Path,
    *,
    templates: bool,
    method: str,
    path: str,
    status: int,
    title: str,
    message: str,
) -> None:
    with serving(database_url, built if templates else tmp_path) as api:
        response = api.http.request(method, path, headers={"Accept": FIREFOX})
        for_tools = api.http.request(method, path, headers={"Accept": "*/*"})
    page = Page(response)
    assert (response.status_code, page.title.strip()) == (status, f"{title} | Rolegraph")
    assert page.problem.startswith(message)
    assert '<a href="/">' in response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"] == POLICY
    assert (response.headers["cache-control"], response.headers["vary"]) == ("no-store", "Accept")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert len(response.headers["x-request-id"]) == 32
    assert response.headers.get("allow") == for_tools.headers.get("allow")
    assert (for_tools.status_code, for_tools.headers["content-type"]) == (status, "application/json; charset=utf-8")
    assert for_tools.json()["errors"][0]["message"].startswith(message)


def test_a_browser_that_sends_too_many_queries_gets_a_page(built: Path, database_url: str) -> None:
    accept = {"Accept": "text/html, application/json;q=0.5"}
    with serving(database_url, built, rate_limit="2/hour", max_cost=2) as api:
        for _ in range(2):
            api.http.post("/graphql", json={"query": US}, headers=accept)
        response = api.http.post("/graphql", json={"query": US}, headers=accept)
    assert titles(response) == (429, "Too many requests | Rolegraph")
    assert Page(response).problem == f"Rate limit exceeded. Retry in {response.headers['retry-after']} seconds."
    assert "ratelimit" in response.headers


def test_a_browser_gets_a_page_from_a_server_that_is_not_ready(built: Path, new_url: str) -> None:
    with serving(new_url, built) as api:
        response = api.http.get("/readyz", headers={"Accept": FIREFOX})
        assert titles(response) == (503, "Temporarily unavailable | Rolegraph")
        assert Page(response).problem == "the database file is missing"
        query = {"Accept": "text/html, application/json;q=0.5"}
        response = api.http.post("/graphql", json={"query": US}, headers=query)
        assert titles(response) == (503, "Temporarily unavailable | Rolegraph")
        assert Page(response).problem == "The database cannot be reached. Retry in a moment."
        assert response.headers["retry-after"] == "1"


def test_a_path_in_an_error_page_is_escaped(few_pages: Api) -> None:
    response = few_pages.http.get("/<script>alert(1)</script>", headers={"Accept": FIREFOX})
    assert (response.status_code, "<script" in response.text) == (404, False)


# Unknown objects


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/occupation/nothing", 'No occupation "nothing"'),
        ("/occupation/99-9999", 'No occupation "99-9999"'),
        ("/compare/nothing/media-producer", 'No occupation "nothing"'),
        ("/compare/media-producer/99-9999", 'No occupation "99-9999"'),
        ("/compare/Nothing/99-9999", 'No occupation "Nothing" or "99-9999"'),
        (f"{ROLES}?area=ZZ", 'No area "ZZ"'),
        ("/compare/Media-Producer/media-producer?area=zz", 'No area "ZZ"'),
        ("/compare/Media-Producer/media-producer?area=texas", 'No area "texas"'),
        ("/compare/x/media-producer?area=ZZ", 'No occupation "x"'),
    ],
)
def test_an_unknown_page_gets_404_and_names_the_key(few_pages: Api, path: str, title: str) -> None:
    response = few_pages.http.get(path)
    page = Page(response)
    assert (response.status_code, page.title) == (404, f"{title} | Rolegraph")
    assert (
        page.problem == page.description == page.data["problem"]["text"] == f"There is no {title.removeprefix('No ')}."
    )
    assert page.canonical == path.partition("?")[0]
    assert page.name == FOLDERS[path.split("/")[1]]


HOSTILE = {
    "a tag": "<script>alert(1)</script>".replace("/", "\\"),
    "an attribute": '"onload="alert(1)',
    "another attribute": "'><img src=x onerror=alert(1)>",
    "a template": "{{ 7 * 7 }}{% include 'home.html' %}",
    "an entity": "&lt;b&gt;",
    "nothing but NUL": "\x00",
    "what is hidden": "\u202e\x1b[2J\r\nX-Header: 1",
    "a long one": "x" * 20_000,
    "a long one of wide letters": "\U0001f600" * 2_000,
    "digits of another script": "٢٧-٢٠١٢",
    "a code and more": "27-2012\n",
}


@pytest.mark.parametrize("key", HOSTILE.values(), ids=HOSTILE)
def test_a_path_is_escaped_in_the_page(few_pages: Api, key: str) -> None:
    written = quote(key, safe="")
    for path in (f"/occupation/{written}", f"/compare/{written}/{written}", f"{ROLES}?area={written}"):
        response = few_pages.http.get(path)
        page = Page(response)
        assert response.status_code == 404
        shown = [each.tag for main in page.root.iter("main") for each in main.iter()]
        assert (shown, len([*page.root.iter("script")])) == (["main", "section", "h1", "p", "p", "a"], 1)
        assert page.data["problem"]["text"] == page.problem
        assert len(page.title) < 250
        assert html.unescape(page.title).isprintable()
        assert page.canonical == path.partition("?")[0]


@pytest.mark.parametrize("path", ["/occupation/x/y", "/occupation/", "/home.html"])
def test_other_paths_are_not_pages(few_pages: Api, path: str) -> None:
    response = few_pages.http.get(path)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


# Headers and methods


@pytest.mark.parametrize("path", [*PATHS, "/occupation/nothing", f"{ROLES}?area=ZZ"])
def test_a_page_loads_only_our_files_and_must_be_revalidated(few_pages: Api, path: str) -> None:
    response = few_pages.http.get(path)
    assert response.headers.get_list("content-security-policy") == [POLICY]
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", [*PATHS, "/occupation/nothing", "/schema.graphql"])
def test_head_is_get_without_the_body(few_pages: Api, path: str) -> None:
    got, head = (few_pages.http.request(method, path) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert {**head.headers, "x-request-id": ""} == {**got.headers, "x-request-id": ""}


@pytest.mark.parametrize("path", [*PATHS, "/schema.graphql"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_get_405(few_pages: Api, method: str, path: str) -> None:
    response = few_pages.http.request(method, path)
    assert (response.status_code, set(response.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


def test_a_page_is_compressed_if_the_client_accepts_it(few_pages: Api) -> None:
    packed, plain = (few_pages.http.get(ROLES, headers={"Accept-Encoding": kind}) for kind in ("gzip", "identity"))
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert packed.text == plain.text


# Cost


def test_a_cached_page_runs_no_statement(built: Path, everything: str) -> None:
    with serving(everything, built) as api:
        for path in (COMPARISON, "/occupation/actors"):
            with api.statements() as first:
                page = api.http.get(path).text
            with api.statements() as second:
                assert api.http.get(path).text == page
            assert len(first) > 0
            assert second == []


def test_a_page_runs_a_fixed_number_of_statements(built: Path, everything: str) -> None:
    with serving(everything, built, **COLD) as api:
        counted = dict[str, int]()
        for path in (COMPARISON, "/occupation/actors"):
            with api.statements() as ran:
                api.http.get(path)
            counted[path] = len(ran)
    assert counted == {COMPARISON: 22, "/occupation/actors": 19}


def test_a_page_is_charged_like_an_operation(built: Path, database_url: str) -> None:
    with serving(database_url, built, rate_limit="5000/day", max_cost=5_000) as api:
        asked = api.post(document_of("CompareOverview"), variables())
        left = re.match(r'"cost";r=(\d+)', asked.headers["ratelimit"])
        assert left
        cost = 5_000 - int(left[1])
        assert cost > 1
    pages, rest = 3, 2
    budget = pages * cost + rest
    with serving(database_url, built, rate_limit=f"{budget}/day", max_cost=budget) as api:
        for _ in range(pages):
            response = api.http.get(ROLES)
            assert response.status_code == 200
            # A response that shared caches store has no headers of one client.
            assert "ratelimit" not in response.headers
        # A refused page is charged 1, so that the rest of the budget is used up.
        response = [api.http.get(ROLES) for _ in range(rest + 1)][-1]
        assert titles(response) == (429, "Too many requests | Rolegraph")
        wait = int(response.headers["retry-after"])
        assert wait > 0
        assert response.headers["ratelimit"].startswith('"cost";r=0;')
        assert response.headers["cache-control"] == "no-store"
        assert Page(response).problem == f"Rate limit exceeded. Retry in {wait} seconds."
        # Neither runs an operation.
        assert api.http.get("/").status_code == 200
        assert api.http.get("/schema.graphql").status_code == 200


def variables() -> dict[str, Any]:
    """Return the variables of the page of the two roles."""
    return {"left": {"slug": "media-producer"}, "right": {"slug": "media-production-specialist"}, "area": "US"}


@pytest.mark.parametrize(
    ("path", "document", "codes"),
    [
        pytest.param(ROLES, document_of("CompareOverview"), [], id="a comparison"),
        pytest.param("/occupation/media-producer", document_of("OccupationOverview"), [], id="an occupation"),
        pytest.param("/compare/x/media-producer", page_previews.SUGGESTIONS, [], id="no occupation"),
        pytest.param(f"{ROLES}?area=ZZ", page_previews.PLACES["area"], [], id="no area"),
    ],
)
def test_a_pages_line_in_the_log_has_its_operation(
    built: Path, database_url: str, log: Lines, path: str, document: str, codes: list[str]
) -> None:
    with serving(database_url, built, **COLD) as api:
        status = api.http.get(path).status_code
    [line] = log()
    path = path.partition("?")[0]
    assert (line["message"], line["path"], line["status"]) == (f"GET {path} {status}", path, status)
    assert line["document"] == hash_of(document)
    assert line["operation"] in {"CompareOverview", "OccupationOverview", "Suggestions", "SuggestedAreas"}
    assert (line["errors"], line["source"]) == (codes, "run")
    assert line["cost"] > 0
    assert line["statements"] > 0


def test_a_page_without_an_operation_has_none_in_the_log(few_pages: Api, log: Lines) -> None:
    few_pages.http.get("/schema.graphql")
    [line] = log()
    assert not {"operation", "document", "cost", "statements", "errors"} & set(line)


def test_pages_are_counted_as_operations(built: Path, database_url: str) -> None:
    with serving(database_url, built, metrics=True) as api:
        for path in (ROLES, ROLES, "/occupation/nothing", "/compare/x/y", "/"):
            api.http.get(path)
        text = api.http.get("/metrics").text
    for line in (
        'rolegraph_http_requests_total{method="GET",route="/compare/{left}/{right}",status="200"} 2.0',
        'rolegraph_http_requests_total{method="GET",route="/occupation/{key}",status="404"} 1.0',
        'rolegraph_operations_total{outcome="ok"} 4.0',
        'rolegraph_answers_total{source="memory"} 1.0',
    ):
        assert line in text


# Pages that cannot be shown


@pytest.mark.parametrize("path", ABOUT_DATA)
def test_pages_work_with_only_trusted_documents(built: Path, database_url: str, tmp_path: Path, path: str) -> None:
    manifest = tmp_path / "persisted-documents.json"
    manifest.write_text(f'{{"{hash_of(US)}": {quoted(US)}}}')
    with serving(database_url, built, trusted_documents=manifest, trusted_documents_only=True) as api:
        assert api.http.get(path).status_code == 200
        assert api.error("{ areas { totalCount } }")["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


def quoted(text: str) -> str:
    """Return a text as JSON."""
    return '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize("path", ABOUT_DATA)
def test_a_page_without_a_database_gets_503(built: Path, new_url: str, path: str) -> None:
    with serving(new_url, built) as api:
        response = api.http.get(path)
    assert titles(response) == (503, "The database cannot be reached | Rolegraph")
    assert (response.headers["retry-after"], response.headers["cache-control"]) == ("1", "no-store")
    assert response.headers.get_list("content-security-policy") == [POLICY]
    assert Page(response).problem == "The database cannot be reached. Retry in a moment."
    assert Page(response).canonical == path


def test_a_page_returns_with_its_database(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.postgresql.FAILOVER_SECONDS", 0.3)
    with running_server() as server, serving(seeded(server.new_url()), built) as api:
        assert api.http.get(ROLES).status_code == 200
        server.stop()
        response = api.http.get(ROLES)
        assert titles(response) == (503, "The database cannot be reached | Rolegraph")
        for inside in ("postgres", "SELECT", "psycopg", "Traceback", server.query):
            assert inside not in response.text
        assert api.http.get("/").status_code == 200
        server.start()
        assert api.http.get(ROLES).status_code == 200


def test_a_page_that_times_out_gets_503(built: Path, postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    with (
        serving(postgresql_url, built, execution_timeout=0.5) as api,
        postgresql.locking(postgresql_url, "occupation"),
    ):
        response = api.http.get(ROLES)
    assert titles(response) == (503, "The request timed out | Rolegraph")
    assert response.headers["retry-after"] == "1"


def test_a_page_of_a_server_at_capacity_gets_503(
    built: Path, postgresql: PostgreSQLServer, postgresql_url: str
) -> None:
    with serving(postgresql_url, built, max_in_flight=1, row_cache_rows=0) as api:
        with held_up(api, postgresql, postgresql_url, US, 1):
            response = api.http.get(ROLES)
            assert titles(response) == (503, "The server is at capacity | Rolegraph")
            assert response.headers["retry-after"] == "1"
        assert api.http.get(ROLES).status_code == 200


@pytest.mark.parametrize("path", [ROLES, "/occupation/media-producer"])
def test_an_internal_error_is_masked(built: Path, seeded_url: str, path: str) -> None:
    damage(seeded_url, "UPDATE occupation SET kind = 'SECRET' WHERE slug = 'media-producer'")
    with serving(seeded_url, built) as api:
        response = api.http.get(path)
    assert titles(response) == (500, "This page cannot be shown | Rolegraph")
    assert Page(response).problem == "Internal server error"
    assert "SECRET" not in response.text


def test_a_page_whose_operation_exceeds_a_limit_gets_503(built: Path, database_url: str) -> None:
    with serving(database_url, built, max_depth=1) as api:
        assert titles(api.http.get(ROLES)) == (503, "This page cannot be shown | Rolegraph")


@pytest.mark.parametrize("path", PATHS)
def test_pages_that_are_not_built_say_how_to_build_them(database_url: str, tmp_path: Path, path: str) -> None:
    with serving(database_url, tmp_path / "dist") as api:
        response = api.http.get(path)
        assert (response.status_code, response.headers["content-type"]) == (503, "text/html; charset=utf-8")
        assert response.headers.get_list("content-security-policy") == [POLICY]
        assert "install Node 20.19 or newer with npm, run <code>make web</code>, and load this page" in response.text
        # They may be built while the server runs.
        (tmp_path / "dist").mkdir()
        build(tmp_path / "dist")
        assert api.http.get(path).status_code == 200


# The documents of the pages' scripts


QUERY = "query Place($code: String!) { area(code: $code) { name } }"
OTHER = 'query Other { area(code: "US") { code } }'
ANSWER = {"data": {"area": {"name": "United States"}}}
Manifest = Callable[[str], None]


@pytest.fixture
def write_manifest(tmp_path: Path) -> Manifest:
    """Writes the pages' manifest, which is missing at first."""

    def write(text: str) -> None:
        (tmp_path / "persisted-documents.json").write_text(text)

    return write


def manifest_of(*documents: str) -> str:
    """Return a manifest."""
    return "{" + ",".join(f'"{hash_of(document)}": {quoted(document)}' for document in documents) + "}"


def by_id(api: Api, document: str) -> httpx2.Response:
    """Run a document by its id, as the pages do."""
    parameters = {"documentId": hash_of(document), "variables": '{"code": "US"}'}
    return api.http.get("/graphql", params=parameters, headers={"Accept": "application/json"})


def code_of(response: httpx2.Response) -> str:
    """Return the code of a response's only error."""
    [error] = response.json()["errors"]
    code: str = error["extensions"]["code"]
    return code


@contextmanager
def trusting_only(url: str, folder: Path) -> Generator[Api]:
    """Serve only trusted documents, of which the operator has one."""
    manifest = folder / "operators.json"
    manifest.write_text(manifest_of(OTHER))
    with serving(url, folder, trusted_documents=manifest, trusted_documents_only=True) as api:
        yield api


def test_the_pages_documents_are_run_by_their_ids(database_url: str, tmp_path: Path, write_manifest: Manifest) -> None:
    write_manifest(manifest_of(QUERY))
    with serving(database_url, tmp_path) as api:
        response = by_id(api, QUERY)
        assert (response.status_code, response.json()) == (200, ANSWER)
        assert "etag" in response.headers
        assert code_of(by_id(api, OTHER)) == "PERSISTED_DOCUMENT_NOT_FOUND"


def test_the_pages_documents_are_trusted_in_addition_to_the_operators(
    database_url: str, tmp_path: Path, write_manifest: Manifest
) -> None:
    write_manifest(manifest_of(QUERY))
    with trusting_only(database_url, tmp_path) as api:
        assert by_id(api, QUERY).json() == ANSWER
        assert api.post(QUERY, {"code": "US"}).json() == ANSWER
        assert by_id(api, OTHER).json() == {"data": {"area": {"code": "US"}}}
        assert code_of(api.post(US)) == "DOCUMENT_NOT_TRUSTED"


def test_pages_may_be_rebuilt_while_the_server_runs(
    database_url: str, tmp_path: Path, write_manifest: Manifest
) -> None:
    with trusting_only(database_url, tmp_path) as api:
        assert code_of(by_id(api, QUERY)) == "PERSISTED_DOCUMENT_NOT_FOUND"
        write_manifest(manifest_of(QUERY))
        assert by_id(api, QUERY).json() == ANSWER
        write_manifest(manifest_of(US, OTHER))
        assert by_id(api, US).json() == ANSWER
        assert code_of(by_id(api, QUERY)) == "PERSISTED_DOCUMENT_NOT_FOUND"


def test_a_damaged_manifest_is_logged_once_and_changes_nothing(
    database_url: str, tmp_path: Path, write_manifest: Manifest, caplog: pytest.LogCaptureFixture
) -> None:
    write_manifest('{"')
    with caplog.at_level(logging.WARNING, "rolegraph"), serving(database_url, tmp_path) as api:
        assert [code_of(by_id(api, QUERY)) for _ in range(3)] == ["PERSISTED_DOCUMENT_NOT_FOUND"] * 3
        assert api.post(US).json() == ANSWER
        write_manifest(manifest_of(QUERY))
        assert by_id(api, QUERY).json() == ANSWER
        # The previous documents stay.
        write_manifest("[]")
        assert code_of(by_id(api, OTHER)) == "PERSISTED_DOCUMENT_NOT_FOUND"
        assert by_id(api, QUERY).json() == ANSWER
    messages = [record.getMessage() for record in caplog.records]
    assert [message.partition(": ")[0] for message in messages] == ["the documents of the pages are not trusted"] * 2


# The schema


def test_the_served_schema_is_the_committed_one(few_pages: Api) -> None:
    response = few_pages.http.get("/schema.graphql")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert response.content == (Path(__file__).parents[2] / "schema.graphql").read_bytes()


def test_the_schema_can_be_revalidated(few_pages: Api) -> None:
    tag = few_pages.http.get("/schema.graphql").headers["etag"]
    for method in ("GET", "HEAD"):
        again = few_pages.http.request(method, "/schema.graphql", headers={"If-None-Match": f'"x", W/{tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert few_pages.http.get("/schema.graphql", headers={"If-None-Match": '"x"'}).status_code == 200
