"""Statement counts: a query takes the same number of statements for any number of occupations."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from db.models import Demographics, Education, Occupation, OccupationSkill, Share, Source, Wage
from db.vocabulary import OccupationKind, ShareKind
from db.writing import writing
from tests.conftest import COLD, Api, compiled_only, serving

MANY = 60


@pytest.fixture(scope="module")
def crowded(seeded_database: Callable[[], str]) -> Iterator[Api]:
    """The embedded data, and many occupations with wages, education, demographics and skills."""
    url = seeded_database()
    with writing(url) as session:
        source = session.scalars(select(col(Source.id))).one()
        skills = session.scalars(select(col(OccupationSkill.skill_id)).distinct()).all()
        for number in range(MANY):
            occupation = Occupation(
                slug=f"occupation-{number:03}",
                title=f"Occupation {number:03}",
                kind=OccupationKind.DETAILED,
                code=f"99-{number:04}",
                group_code="27-0000",
                source_id=source,
            )
            session.add(occupation)
            session.flush()
            key: dict[str, Any] = {"occupation_id": occupation.id, "source_id": source}
            session.add(Wage(**key, area_code="US", industry_code="000000", annual_mean=40000 + number))
            session.add(Education(**key, most_common_degree="Bachelor's Degree"))
            session.add(Demographics(**key, median_age=40 + number / 10, race_is_exclusive=True))
            session.add(Share(**key, kind=ShareKind.GENDER, name="Female", position=1, percent=50))
            session.add_all(
                OccupationSkill(**key, skill_id=skill, rank=rank, percent=100 - rank)
                for rank, skill in enumerate(skills, start=1)
            )
    with serving(url, **COLD) as api:
        yield api


@pytest.fixture(scope="module")
def cold(database_url: str) -> Iterator[Api]:
    """The API on the embedded data, without caches."""
    with serving(database_url, **COLD) as api:
        yield api


@pytest.fixture(scope="module")
def full(everything: str) -> Iterator[Api]:
    """The API on all data, without caches."""
    with serving(everything, **COLD) as api:
        yield api


LIST = """query ($first: Int!) { occupations(first: $first) { nodes {
    title
    group { title }
    salary { annual { mean } area { name } industry { title } missing { figure } source { name } }
    education { mostCommonDegree degrees { name } source { name } }
    demographics { medianAge gender { name percent } race { name } source { name } }
    skills(first: 3) { totalCount nodes { percent skill { name } source { name } } }
} } }"""


def test_the_number_of_statements_does_not_depend_on_the_length_of_a_list(crowded: Api) -> None:
    run: dict[int, list[str]] = {}
    for first in (1, 10, MANY):
        with crowded.statements() as run[first]:
            nodes = crowded.data(LIST, {"first": first})["occupations"]["nodes"]
        assert len(nodes) == first
    # Occupations; their groups, wages, education, demographics, weights of skills and skills; the wages' areas and
    # industries; degrees, genders and races together; the lengths of the lists of skills; and the sources of all these.
    assert [len(statements) for statements in run.values()] == [12, 12, 12]


PAGE = """{ occupations(first: 100) { TOTAL nodes {
    title
    salary { annual { mean median } employment SOURCE }
    outlook { growthPercent SOURCE }
    education { mostCommonDegree degrees { name percent } typicalEntry SOURCE }
    demographics { medianAge gender { name percent } race { name percent } SOURCE }
    skills(first: 5) { TOTAL nodes { importance skill { name } SOURCE } }
} } }"""


@pytest.mark.parametrize(
    ("source", "total", "statements"),
    [
        # Occupations, wages, outlook, education, demographics, shares of all kinds, weights of skills, and skills.
        pytest.param("", "", 8, id="figures"),
        pytest.param("source { name }", "", 9, id="and where each comes from"),
        # The length of the one list of occupations, and those of all lists of skills.
        pytest.param("source { name }", "totalCount", 11, id="and how long each list is"),
    ],
)
def test_a_page_of_occupations_takes_few_statements(full: Api, source: str, total: str, statements: int) -> None:
    query = PAGE.replace("SOURCE", source).replace("TOTAL", total)
    with full.statements() as run:
        nodes = full.data(query)["occupations"]["nodes"]
    assert len(nodes) == 100
    assert all(any(node[figure] for node in nodes) for figure in ("salary", "outlook", "education", "demographics"))
    assert any(node["demographics"] and node["demographics"]["race"] for node in nodes)
    assert len(run) == statements, run


HISTORY = """query ($first: Int!) { occupations(first: $first) { nodes {
    wageHistory { year annual { mean } constantDollars { median } priceIndexSource { name } source { release } }
    wageChange { mean { percent } realMean { percent explanation { sources { name } } } sources { name } }
} } }"""


def test_wage_histories_take_the_same_number_of_statements(full: Api) -> None:
    run: dict[int, list[str]] = {}
    for first in (2, 30):
        with full.statements() as run[first]:
            nodes = full.data(HISTORY, {"first": first})["occupations"]["nodes"]
        assert [len(node["wageHistory"]) for node in nodes] == [5] * first
    # Occupations, their wages by year, the price indexes and the sources.
    assert [len(statements) for statements in run.values()] == [4, 4]


def test_pauses_of_strawberry_do_not_divide_a_level(everything: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolvers.context._PAUSE_SECONDS", 0.004)
    query = PAGE.replace("SOURCE", "source { name }").replace("TOTAL", "")
    # All fields that wait wake at the end of each pause, so short pauses make the operation slow.
    with serving(everything, compiled_execution=False, execution_timeout=60, **COLD) as api, api.statements() as run:
        api.data(query)
    assert len(run) == 9, run


@compiled_only
def test_what_computes_is_read_for_a_few_occupations_at_a_time(full: Api) -> None:
    query = "{ occupations(first: 9) { nodes { highestPaying { city { name } } } } }"
    with full.statements() as run:
        nodes = full.data(query)["occupations"]["nodes"]
    assert len(nodes) == 9
    # The occupations; then what is named and what is computed for four, four and one.
    assert len(run) == 1 + 3 * 2, run


def test_the_list_holds_each_occupations_own_figures(crowded: Api) -> None:
    nodes = crowded.data(
        """{ occupations(filter: {kind: DETAILED}, first: 60) { nodes {
            title salary { annual { mean } } demographics { medianAge } skills(first: 2) { nodes { rank } }
        } } }"""
    )["occupations"]["nodes"]
    assert nodes == [
        {
            "title": f"Occupation {number:03}",
            "salary": {"annual": {"mean": 40000 + number}},
            "demographics": {"medianAge": 40 + number / 10},
            "skills": {"nodes": [{"rank": 1}, {"rank": 2}]},
        }
        for number in range(MANY)
    ]


PAIR = 'left: {slug: "media-producer"}, right: {slug: "media-production-specialist"}'


@pytest.mark.parametrize(
    ("selection", "statements"),
    [
        ("left { title } right { title }", 1),
        ("salary { annualMean { absolute } annualMedian { absolute } hourlyMean { absolute } }", 2),
        (
            "left { salary { employment } } right { salary { employment } } salary { annualMean { left } }",
            2,
        ),
        ("summary", 14),
        ("summary choices { left right }", 14),
        ("choices { left right }", 8),
        ("keyFigures { left { text } leads { words } }", 7),
        ("summary salary { annualMean { left } } timeToBecome { left } skills { jaccard }", 14),
        ("jobs { absolute } growth { absolute } openings { absolute } timeToBecome { absolute }", 4),
        ("entry { education { needsMore } training { needsMore } missing { figure } }", 2),
        ("entry { sources { name } } education { mostCommonDegree { same } } openings { absolute }", 4),
        # The occupations; wages, top pay, jobs, outlook, preparation, education, demographics, responsibilities, skills
        # and interests; wages by year and the price indexes; and the sources.
        ("sources { name }", 14),
        ("caveats", 15),
        ("wageHistory { year mean { absolute } } left { wageChange { mean { percent } } }", 3),
    ],
)
def test_a_comparison_reads_everything_once(cold: Api, selection: str, statements: int) -> None:
    with cold.statements() as run:
        cold.data(f"{{ comparison({PAIR}) {{ {selection} }} }}")
    assert len(run) == statements, run


def test_a_whole_comparison(cold: Api) -> None:
    with cold.statements() as run:
        cold.data(
            f"""{{ comparison({PAIR}) {{
                summary caveats
                salary {{ annualMean {{ absolute }} highestPaying {{ city {{ same }} }} }}
                jobs {{ absolute }} growth {{ absolute }} yearsOfExperience {{ absolute }} timeToBecome {{ absolute }}
                education {{ degrees {{ points }} }}
                demographics {{ gender {{ dissimilarity }} race {{ dissimilarity }} }}
                skills {{ jaccard shared {{ skill {{ name }} }} }}
            }} }}"""
        )
    # Both occupations and the area that sentences name; then wages, top pay, jobs, outlook, preparation, education,
    # demographics, weekly earnings, skills and interests; the wages of all metropolitan areas; then degrees, genders
    # and races together, and the required degrees; the sources of all; wages by year and the price indexes.
    assert len(run) == 20, run


@pytest.mark.parametrize(
    "query", [LIST, f"{{ comparison({PAIR}) {{ summary caveats salary {{ annualMean {{ left }} }} }} }}"]
)
def test_cached_rows_take_no_statement(everything: str, query: str) -> None:
    with serving(everything) as api:
        variables = {"first": 50} if query is LIST else {}
        first = api.data(query, variables)
        with api.statements() as run:
            again = api.data(query, variables)
    assert again == first
    assert run == []
