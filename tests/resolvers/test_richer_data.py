"""Data that the embedded page lacks: SOC occupations, levels of groups, areas, standard errors, reasons for gaps.

All figures are made up.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    Area,
    Demographics,
    Industry,
    JobCount,
    Occupation,
    OccupationGroup,
    Outlook,
    RelatedOccupation,
    Share,
    Source,
    Wage,
)
from db.vocabulary import AreaKind, GroupLevel, JobsBasis, MissingReason, OccupationKind, ShareKind
from db.writing import writing
from resolvers import facts
from tests.conftest import Api, serving

PRODUCERS, EDITORS, COACHES = "producers-and-directors", "film-and-video-editors", "coaches-and-scouts"
PRODUCER, SPECIALIST = "media-producer", "media-production-specialist"

TEST = "test"
"""The id of the source of the added rows."""


@pytest.fixture(scope="module")
def richer(seeded_database: Callable[[], str]) -> Iterator[Api]:
    """The embedded data, with three SOC occupations as the government's surveys describe occupations."""
    url = seeded_database()
    with writing(url) as session:
        store_surroundings(session)
        store_occupations(session)
    with serving(url) as api:
        yield api


def store_surroundings(session: Session) -> None:
    session.add(Source(id=TEST, name="Test source", license="Public domain", digest="0" * 64))
    session.add(OccupationGroup(code="27-2000", title="Entertainers", level=GroupLevel.MINOR, parent_code="27-0000"))
    session.flush()
    session.add(
        OccupationGroup(
            code="27-2010",
            title="Actors, Producers, and Directors",
            level=GroupLevel.BROAD,
            parent_code="27-2000",
        )
    )
    session.add(Area(code="CT", name="Connecticut", kind=AreaKind.STATE))
    session.add(Industry(code="512100", title="Motion Picture and Video Industries"))
    session.flush()


def store_occupations(session: Session) -> None:
    producer = session.scalars(select(Occupation).where(col(Occupation.slug) == PRODUCER)).one()
    producers = store_occupation(session, PRODUCERS, "Producers and Directors", "27-2012", "27-2010")
    editors = store_occupation(session, EDITORS, "Film and Video Editors", "27-4032", "27-0000")
    coaches = store_occupation(session, COACHES, "Coaches and Scouts", "27-2022", "27-2000")
    producer.broader_id = producers

    national: dict[str, Any] = {"area_code": NATION, "industry_code": ALL_INDUSTRIES, "source_id": TEST}
    session.add_all(
        [
            Wage(
                **national,
                occupation_id=producers,
                employment=150_000,
                employment_standard_error_percent=3.1,
                wage_standard_error_percent=2.5,
                jobs_per_thousand=0.98,
                location_quotient=1,
                annual_mean=96_000,
                annual_median=82_000,
                annual_p10=40_000,
                annual_p25=55_000,
                annual_p75=130_000,
                hourly_mean=48,
                hourly_median=41,
                hourly_p10=20,
                hourly_p25=27.5,
                hourly_p75=65,
                # No reason is given for hourly_p90.
                missing={"annual_p90": {"reason": "TOP_CODED", "at_least": 239200}},
            ),
            Wage(
                **national,
                occupation_id=editors,
                employment=30_000,
                wage_standard_error_percent=2,
                annual_mean=90_000,
                annual_median=70_000,
                annual_p10=38_000,
                annual_p90=150_000,
                hourly_mean=45,
            ),
            Wage(
                **national,
                occupation_id=coaches,
                employment=250_000,
                wage_standard_error_percent=3.2,
                annual_mean=100_000,
                annual_p10=30_000,
                annual_p90=120_000,
                missing={"hourly_mean": {"reason": "ANNUAL_ONLY"}, "annual_median": {"reason": "NOT_RELEASED"}},
            ),
            Wage(
                occupation_id=producers,
                area_code="CT",
                industry_code=ALL_INDUSTRIES,
                source_id=TEST,
                employment=2_100,
                wage_standard_error_percent=5,
                jobs_per_thousand=1.25,
                annual_mean=104_000,
                annual_median=90_000,
                annual_p10=45_000,
                annual_p90=200_000,
                hourly_mean=52,
            ),
        ]
    )
    session.add_all(
        AlternateTitle(occupation_id=producers, title=title, source_id=TEST)
        for title in ("Showrunner", "Film Director")
    )
    assert producer.id is not None
    session.add_all(
        RelatedOccupation(
            occupation_id=producers, related_id=related, rank=rank, part=part, related_part=of_related, source_id=TEST
        )
        for related, rank, part, of_related in (
            (coaches, 3, "Talent Directors", "Scouts"),
            (producer.id, 1, None, None),
            (editors, 2, None, "Film Editors"),
        )
    )
    for occupation, jobs in ((producers, 160_000), (editors, 31_000)):
        session.add(JobCount(occupation_id=occupation, count=jobs, basis=JobsBasis.WAGE_AND_SALARY, source_id=TEST))
    for occupation, growth, year in ((producers, 5.1, 2024), (editors, 3.9, 2023)):
        session.add(
            Outlook(occupation_id=occupation, growth_percent=growth, from_year=year, to_year=year + 10, source_id=TEST)
        )
    for occupation, age, races in (
        (producers, 40.5, {"White": 80, "Asian": 7, "Hispanic or Latino": 22}),
        (editors, 38, {"White": 75, "Asian": 9, "Hispanic or Latino": 24}),
    ):
        session.add(Demographics(occupation_id=occupation, median_age=age, race_is_exclusive=False, source_id=TEST))
        session.add_all(
            Share(
                occupation_id=occupation,
                kind=ShareKind.RACE,
                name=race,
                position=position,
                percent=percent,
                source_id=TEST,
            )
            for position, (race, percent) in enumerate(races.items(), start=1)
        )


def store_occupation(session: Session, slug: str, title: str, code: str, group: str) -> int:
    occupation = Occupation(
        slug=slug, title=title, code=code, kind=OccupationKind.DETAILED, group_code=group, source_id=TEST
    )
    session.add(occupation)
    session.flush()
    assert occupation.id is not None
    return occupation.id


def occupation(api: Api, slug: str, selection: str) -> dict[str, Any]:
    query = f"query ($slug: String!) {{ occupation(by: {{slug: $slug}}) {{ {selection} }} }}"
    found: dict[str, Any] = api.data(query, {"slug": slug})["occupation"]
    return found


def compare(api: Api, left: str, right: str, selection: str, area: str = NATION) -> dict[str, Any]:
    query = f"""query ($left: String!, $right: String!, $area: String) {{
        comparison(left: {{slug: $left}}, right: {{slug: $right}}, area: $area) {{ {selection} }}
    }}"""
    found: dict[str, Any] = api.data(query, {"left": left, "right": right, "area": area})["comparison"]
    return found


# Groups


def test_groups_over_three_levels(richer: Api) -> None:
    data = richer.data(
        """{
            top: group(code: "27-0000") {
                level parent { code } children { code level children { code level } }
            }
            bottom: group(code: "27-2010") {
                title level children { code } parent { code level parent { code level parent { code } } }
            }
            major: groups { code } minor: groups(level: MINOR) { code } broad: groups(level: BROAD) { code }
        }"""
    )
    broad: dict[str, Any] = {"code": "27-2010", "level": "BROAD"}
    major: dict[str, Any] = {"code": "27-0000", "level": "MAJOR", "parent": None}
    assert data == {
        "top": {
            "level": "MAJOR",
            "parent": None,
            "children": [{"code": "27-2000", "level": "MINOR", "children": [broad]}],
        },
        "bottom": {
            "title": "Actors, Producers, and Directors",
            "level": "BROAD",
            "children": [],
            "parent": {"code": "27-2000", "level": "MINOR", "parent": major},
        },
        "major": [{"code": "27-0000"}],
        "minor": [{"code": "27-2000"}],
        "broad": [{"code": "27-2010"}],
    }


@pytest.mark.parametrize(
    ("code", "slugs"),
    [
        ("27-0000", [COACHES, EDITORS, PRODUCER, SPECIALIST, PRODUCERS]),
        ("27-2000", [COACHES, PRODUCERS]),
        ("27-2010", [PRODUCERS]),
    ],
)
def test_occupations_anywhere_below_a_group(richer: Api, code: str, slugs: list[str]) -> None:
    data = richer.data(
        """query ($code: String!) {
            group(code: $code) { occupations { totalCount nodes { slug } } }
            occupations(filter: {group: $code}) { totalCount nodes { slug } }
        }""",
        {"code": code},
    )
    expected = {"totalCount": len(slugs), "nodes": [{"slug": slug} for slug in slugs]}
    assert data == {"group": {"occupations": expected}, "occupations": expected}


def test_nested_groups_list_their_own_occupations_in_one_query(richer: Api) -> None:
    lists = "code occupations(first: 1) { totalCount nodes { slug } }"
    found = richer.data(f'{{ group(code: "27-2010") {{ {lists} parent {{ {lists} parent {{ {lists} }} }} }} }}')[
        "group"
    ]
    assert found == {
        "code": "27-2010",
        "occupations": {"totalCount": 1, "nodes": [{"slug": PRODUCERS}]},
        "parent": {
            "code": "27-2000",
            "occupations": {"totalCount": 2, "nodes": [{"slug": COACHES}]},
            "parent": {"code": "27-0000", "occupations": {"totalCount": 5, "nodes": [{"slug": COACHES}]}},
        },
    }


# One occupation


def test_a_role_leads_to_its_soc_occupation(richer: Api) -> None:
    assert occupation(richer, PRODUCER, "kind code broader { kind code slug broader { slug } group { code } }") == {
        "kind": "ROLE",
        "code": None,
        "broader": {
            "kind": "DETAILED",
            "code": "27-2012",
            "slug": PRODUCERS,
            "broader": None,
            "group": {"code": "27-2010"},
        },
    }
    assert occupation(richer, SPECIALIST, "broader { slug }") == {"broader": None}


def test_a_role_borrows_no_figure_from_its_soc_occupation(richer: Api) -> None:
    found = occupation(
        richer, PRODUCER, "salary { annual { mean median } employment source { name } } demographics { medianAge }"
    )
    assert found == {
        "salary": {
            "annual": {"mean": 57433, "median": None},
            "employment": None,
            "source": {"name": "Published comparison page: media producer vs media production specialist"},
        },
        "demographics": {"medianAge": None},
    }


def test_a_soc_occupation_is_found_by_its_code(richer: Api) -> None:
    found = richer.data('{ occupation(by: {code: "27-2012"}) { title group { code } source { name } } }')
    assert found["occupation"] == {
        "title": "Producers and Directors",
        "group": {"code": "27-2010"},
        "source": {"name": "Test source"},
    }


def test_related_occupations_are_paged_closest_first(richer: Api) -> None:
    query = """query ($after: String) { occupation(by: {code: "27-2012"}) { related(first: 2, after: $after) {
        totalCount nodes { rank part relatedPart occupation { slug } source { name } }
        pageInfo { hasNextPage hasPreviousPage endCursor }
    } } }"""

    def relation(slug: str, rank: int, part: str | None, related_part: str | None) -> dict[str, Any]:
        named = {"rank": rank, "part": part, "relatedPart": related_part, "source": {"name": "Test source"}}
        return {"occupation": {"slug": slug}, **named}

    first = richer.data(query)["occupation"]["related"]
    cursor = first["pageInfo"].pop("endCursor")
    assert first == {
        "totalCount": 3,
        "nodes": [relation(PRODUCER, 1, None, None), relation(EDITORS, 2, None, "Film Editors")],
        "pageInfo": {"hasNextPage": True, "hasPreviousPage": False},
    }
    second = richer.data(query, {"after": cursor})["occupation"]["related"]
    del second["pageInfo"]["endCursor"]
    assert second == {
        "totalCount": 3,
        "nodes": [relation(COACHES, 3, "Talent Directors", "Scouts")],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": True},
    }


def test_relations_run_one_way(richer: Api) -> None:
    assert occupation(richer, EDITORS, "related { totalCount nodes { occupation { slug } } }") == {
        "related": {"totalCount": 0, "nodes": []}
    }


def test_alternate_titles(richer: Api) -> None:
    assert occupation(richer, PRODUCERS, "alternateTitles { totalCount nodes { title source { name } } }") == {
        "alternateTitles": {
            "totalCount": 2,
            "nodes": [
                {"title": "Film Director", "source": {"name": "Test source"}},
                {"title": "Showrunner", "source": {"name": "Test source"}},
            ],
        }
    }


@pytest.mark.parametrize(
    ("text", "title", "score"),
    [
        ("showrunner", "Showrunner", 0.99),
        ("director film", "Film Director", 0.99),
        ("producers and directors", "Producers and Directors", 1),
    ],
)
def test_search_finds_an_occupation_by_any_title(richer: Api, text: str, title: str, score: float) -> None:
    found = richer.data(
        "query ($text: String!) { search(text: $text, first: 1) { occupation { slug } matchedTitle score } }",
        {"text": text},
    )
    assert found["search"] == [{"occupation": {"slug": PRODUCERS}, "matchedTitle": title, "score": score}]


def test_an_occupation_whose_titles_all_match_is_found_once(richer: Api) -> None:
    matches = richer.data('{ search(text: "director", first: 100) { occupation { slug } } }')["search"]
    slugs = [match["occupation"]["slug"] for match in matches]
    assert slugs[0] == PRODUCERS
    assert len(slugs) == len(set(slugs))


def test_jobs_outlook_and_demographics(richer: Api) -> None:
    found = occupation(
        richer,
        PRODUCERS,
        """jobs { count basis }
        outlook { growthPercent fromYear toYear openingsPerYear }
        demographics { averageAge medianAge raceIsExclusive race { name percent } gender { name } }
        caveats""",
    )
    assert found == {
        "jobs": {"count": 160000, "basis": "WAGE_AND_SALARY"},
        "outlook": {"growthPercent": 5.1, "fromYear": 2024, "toYear": 2034, "openingsPerYear": None},
        "demographics": {
            "averageAge": None,
            "medianAge": 40.5,
            "raceIsExclusive": False,
            "race": [
                {"name": "White", "percent": 80},
                {"name": "Asian", "percent": 7},
                {"name": "Hispanic or Latino", "percent": 22},
            ],
            "gender": [],
        },
        "caveats": [OVERLAPPING],
    }


# Salaries

SALARY = """
    area { code name kind } industry { code title }
    annual { mean median p10 p25 p75 p90 range { low high basis } } hourly { mean median p10 p25 p75 p90 }
    employment employmentStandardErrorPercent wageStandardErrorPercent jobsPerThousand locationQuotient
    missing { figure reason atLeast } source { name }
"""
US = {"code": "US", "name": "United States", "kind": "NATION"}
CT = {"code": "CT", "name": "Connecticut", "kind": "STATE"}
ALL = {"code": "000000", "title": "All industries"}
FILM = {"code": "512100", "title": "Motion Picture and Video Industries"}
ANNUAL = [f"annual.{statistic}" for statistic in ("mean", "median", "p10", "p25", "p75", "p90")]
HOURLY = [f"hourly.{statistic}" for statistic in ("mean", "median", "p10", "p25", "p75", "p90")]
COUNTS = [
    "employment",
    "employmentStandardErrorPercent",
    "wageStandardErrorPercent",
    "jobsPerThousand",
    "locationQuotient",
]


def not_collected(*figures: str) -> list[dict[str, Any]]:
    return [{"figure": figure, "reason": "NOT_COLLECTED", "atLeast": None} for figure in figures]


def nothing(area: dict[str, str], industry: dict[str, str], source: str) -> dict[str, Any]:
    """An empty cell."""
    return {
        "area": area,
        "industry": industry,
        "annual": None,
        "hourly": None,
        **dict.fromkeys(COUNTS),
        "missing": not_collected(*ANNUAL, *HOURLY, *(COUNTS[:-2] if area is US else COUNTS)),
        "source": {"name": source},
    }


def test_a_national_salary_whose_highest_percentile_is_top_coded(richer: Api) -> None:
    assert occupation(richer, PRODUCERS, f"salary {{ {SALARY} }}")["salary"] == {
        "area": US,
        "industry": ALL,
        "annual": {
            "mean": 96000,
            "median": 82000,
            "p10": 40000,
            "p25": 55000,
            "p75": 130000,
            "p90": None,
            "range": None,
        },
        "hourly": {"mean": 48, "median": 41, "p10": 20, "p25": 27.5, "p75": 65, "p90": None},
        "employment": 150000,
        "employmentStandardErrorPercent": 3.1,
        "wageStandardErrorPercent": 2.5,
        "jobsPerThousand": 0.98,
        "locationQuotient": 1,
        "missing": [
            {"figure": "annual.p90", "reason": "TOP_CODED", "atLeast": 239200},
            *not_collected("hourly.p90"),
        ],
        "source": {"name": "Test source"},
    }


def test_the_reasons_why_figures_are_missing(richer: Api) -> None:
    missing = occupation(richer, COACHES, "salary { missing { figure reason } }")["salary"]["missing"]
    reasons = {entry["figure"]: entry["reason"] for entry in missing}
    assert reasons == {
        "annual.median": "NOT_RELEASED",
        "annual.p25": "NOT_COLLECTED",
        "annual.p75": "NOT_COLLECTED",
        **dict.fromkeys(HOURLY, "NOT_COLLECTED"),
        "hourly.mean": "ANNUAL_ONLY",
        "employmentStandardErrorPercent": "NOT_COLLECTED",
    }


def test_a_range_between_percentiles(richer: Api) -> None:
    selection = "salary { annual { range { low high basis } } }"
    found = [occupation(richer, slug, selection)["salary"]["annual"]["range"] for slug in (EDITORS, PRODUCER)]
    assert found == [
        {"low": 38000, "high": 150000, "basis": "P10_TO_P90"},
        {"low": 41000, "high": 79000, "basis": "AS_PUBLISHED"},
    ]


def test_a_salary_in_a_state(richer: Api) -> None:
    assert occupation(richer, PRODUCERS, f'salary(area: "CT") {{ {SALARY} }}')["salary"] == {
        "area": CT,
        "industry": ALL,
        "annual": {
            "mean": 104000,
            "median": 90000,
            "p10": 45000,
            "p25": None,
            "p75": None,
            "p90": 200000,
            "range": {"low": 45000, "high": 200000, "basis": "P10_TO_P90"},
        },
        "hourly": {"mean": 52, "median": None, "p10": None, "p25": None, "p75": None, "p90": None},
        "employment": 2100,
        "employmentStandardErrorPercent": None,
        "wageStandardErrorPercent": 5,
        "jobsPerThousand": 1.25,
        "locationQuotient": None,
        "missing": not_collected(
            *("annual.p25", "annual.p75", *HOURLY[1:], "employmentStandardErrorPercent", "locationQuotient"),
            "atNationalPrices",
        ),
        "source": {"name": "Test source"},
    }


@pytest.mark.parametrize(
    ("slug", "arguments", "area", "industry"),
    [
        (EDITORS, 'area: "CT"', CT, ALL),
        (PRODUCERS, 'industry: "512100"', US, FILM),
        (PRODUCERS, 'area: "CT", industry: "512100"', CT, FILM),
    ],
)
def test_a_salary_without_a_publisher_is_null(
    richer: Api, slug: str, arguments: str, area: dict[str, str], industry: dict[str, str]
) -> None:
    found = occupation(richer, slug, f"salary({arguments}) {{ {SALARY} }}")["salary"]
    assert found == nothing(area, industry, "Test source")


def test_a_role_has_no_salary_in_a_state_where_its_soc_occupation_has_one(richer: Api) -> None:
    found = occupation(richer, PRODUCER, f'salary(area: "CT") {{ {SALARY} }}')["salary"]
    assert found == nothing(CT, ALL, "Published comparison page: media producer vs media production specialist")


def test_a_list_distinguishes_cells_from_missing_ones(richer: Api) -> None:
    nodes = richer.data(
        """{ occupations(filter: {kind: DETAILED}) { nodes {
            slug salary(area: "CT") { area { code } annual { mean } }
        } } }"""
    )["occupations"]["nodes"]
    assert nodes == [
        {"slug": COACHES, "salary": {"area": {"code": "CT"}, "annual": None}},
        {"slug": EDITORS, "salary": {"area": {"code": "CT"}, "annual": None}},
        {"slug": PRODUCERS, "salary": {"area": {"code": "CT"}, "annual": {"mean": 104000}}},
    ]


def test_states_and_sources_are_listed(richer: Api) -> None:
    found = richer.data("{ areas(kind: STATE) { totalCount nodes { code name kind } } sources { name } }")
    assert found == {
        "areas": {"totalCount": 1, "nodes": [CT]},
        "sources": [
            {"name": "Published comparison page: media producer vs media production specialist"},
            {"name": "Test source"},
        ],
    }


# Comparisons

DIFFERENCE = """
    left right absolute percent higher unit verdict zScore confidence { level low high }
    missing { figure reason atLeast }
"""
OVERLAPPING = "Shares by race and ethnicity overlap: people of Hispanic origin may be of any race."
PERIODS = "Growth rates are not compared: they cover different periods, or a side's period is not stated."


def untested(**figures: Any) -> dict[str, Any]:
    """An untested difference; fields that are not given are null."""
    return dict.fromkeys(("left", "right", "absolute", "percent", "higher", "zScore", "confidence")) | {
        "verdict": "NOT_TESTABLE",
        "missing": [],
        **figures,
    }


def test_a_significant_difference(richer: Api) -> None:
    # SE_left = 2.5% of 96,000 = 2,400 and SE_right = 2.0% of 90,000 = 1,800; the root of 2,400^2 + 1,800^2 is 3,000.
    # z = 6,000 / 3,000 = 2, and 1.645 x 3,000 = 4,935. The hourly figures are 1/2,000 of these.
    found = compare(
        richer, PRODUCERS, EDITORS, f"salary {{ annualMean {{ {DIFFERENCE} }} hourlyMean {{ {DIFFERENCE} }} }}"
    )
    assert found["salary"] == {
        "annualMean": {
            "left": 96000,
            "right": 90000,
            "absolute": 6000,
            "percent": 6.6667,
            "higher": "LEFT",
            "unit": "DOLLARS_PER_YEAR",
            "verdict": "SIGNIFICANT",
            "zScore": 2,
            "confidence": {"level": 90, "low": 1065, "high": 10935},
            "missing": [],
        },
        "hourlyMean": {
            "left": 48,
            "right": 45,
            "absolute": 3,
            "percent": 6.6667,
            "higher": "LEFT",
            "unit": "DOLLARS_PER_HOUR",
            "verdict": "SIGNIFICANT",
            "zScore": 2,
            "confidence": {"level": 90, "low": 0.5325, "high": 5.4675},
            "missing": [],
        },
    }


def test_a_difference_that_is_not_significant(richer: Api) -> None:
    # SE_left = 2,400 as above and SE_right = 3.2% of 100,000 = 3,200; the root of 2,400^2 + 3,200^2 is 4,000.
    # z = 4,000 / 4,000 = 1, and 1.645 x 4,000 = 6,580.
    found = compare(
        richer, PRODUCERS, COACHES, f"salary {{ annualMean {{ {DIFFERENCE} }} hourlyMean {{ {DIFFERENCE} }} }}"
    )
    assert found["salary"] == {
        "annualMean": {
            "left": 96000,
            "right": 100000,
            "absolute": -4000,
            "percent": -4,
            "higher": "RIGHT",
            "unit": "DOLLARS_PER_YEAR",
            "verdict": "NOT_SIGNIFICANT",
            "zScore": 1,
            "confidence": {"level": 90, "low": -10580, "high": 2580},
            "missing": [],
        },
        "hourlyMean": untested(
            left=48,
            unit="DOLLARS_PER_HOUR",
            missing=[{"figure": "right hourly.mean", "reason": "ANNUAL_ONLY", "atLeast": None}],
        ),
    }


def test_medians_have_no_standard_errors(richer: Api) -> None:
    selection = f"salary {{ annualMedian {{ {DIFFERENCE} }} }}"
    unit = "DOLLARS_PER_YEAR"
    # 12,000 / 70,000 = 0.171428...
    assert compare(richer, PRODUCERS, EDITORS, selection)["salary"]["annualMedian"] == untested(
        left=82000, right=70000, absolute=12000, percent=17.1429, higher="LEFT", unit=unit
    )
    not_released = [{"figure": "right annual.median", "reason": "NOT_RELEASED", "atLeast": None}]
    assert compare(richer, PRODUCERS, COACHES, selection)["salary"]["annualMedian"] == untested(
        left=82000, unit=unit, missing=not_released
    )


def test_a_tested_difference_explains_itself(richer: Api) -> None:
    found = compare(
        richer,
        PRODUCERS,
        EDITORS,
        "salary { annualMean { explanation { formula inputs { name value } sources { name } } } }",
    )
    assert found["salary"]["annualMean"]["explanation"] == {
        "formula": (
            "absolute = left - right; percent = 100 * (left - right) / right; "
            "z = |left - right| / sqrt(SE_left^2 + SE_right^2), SE = relative standard error / 100 * estimate"
        ),
        "inputs": [
            {"name": "left annual.mean", "value": 96000},
            {"name": "left relative standard error", "value": 2.5},
            {"name": "right annual.mean", "value": 90000},
            {"name": "right relative standard error", "value": 2},
        ],
        "sources": [{"name": "Test source"}],
    }


def test_an_explanation_names_both_sources(richer: Api) -> None:
    found = compare(richer, PRODUCERS, PRODUCER, "salary { annualMean { verdict explanation { sources { name } } } }")
    assert found["salary"]["annualMean"] == {
        "verdict": "NOT_TESTABLE",
        "explanation": {
            "sources": [
                {"name": "Test source"},
                {"name": "Published comparison page: media producer vs media production specialist"},
            ]
        },
    }


def test_an_explanation_names_no_source_for_a_missing_figure(richer: Api) -> None:
    sources = "explanation { sources { name } }"
    found = compare(
        richer,
        COACHES,
        PRODUCER,
        f"growth {{ {sources} }} salary {{ annualMean {{ {sources} }} annualMedian {{ {sources} }} }}",
        "CT",
    )
    nowhere: dict[str, Any] = {"explanation": {"sources": []}}
    page = {"name": "Published comparison page: media producer vs media production specialist"}
    assert found == {
        "growth": {"explanation": {"sources": [page]}},
        "salary": {"annualMean": nowhere, "annualMedian": nowhere},
    }
    # A source that doesn't release a figure is named.
    found = compare(richer, COACHES, PRODUCER, f"salary {{ annualMedian {{ {sources} }} }}")
    assert found["salary"]["annualMedian"] == {"explanation": {"sources": [{"name": "Test source"}]}}


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        # 82,000 of the 120,000 dollars from 30,000 to 150,000.
        pytest.param(EDITORS, COACHES, {"low": 38000, "high": 120000, "percent": 68.3333}, id="percentiles"),
        pytest.param(PRODUCERS, EDITORS, None, id="top-coded"),
        pytest.param(EDITORS, PRODUCER, None, id="of another kind"),
    ],
)
def test_ranges_overlap(richer: Api, left: str, right: str, shared: dict[str, float] | None) -> None:
    found = compare(richer, left, right, "salary { rangeOverlap { low high percent } }")
    assert found["salary"]["rangeOverlap"] == shared


@pytest.mark.parametrize(
    ("right", "area", "sentence"),
    [
        pytest.param(
            EDITORS,
            "US",
            "Among wage-and-salary workers in the United States (OEWS), Producers and Directors earn more than Film "
            "and Video Editors by the mean annual wage: $96,000 compared with $90,000, a difference of $6,000.",
            id="significant",
        ),
        pytest.param(
            COACHES,
            "US",
            "Among wage-and-salary workers in the United States (OEWS), there is no clear difference in the mean "
            "annual wage: $100,000 for Coaches and Scouts and $96,000 for Producers and Directors (a difference of "
            "$4,000).",
            id="not significant",
        ),
        pytest.param(
            EDITORS,
            "CT",
            "Among wage-and-salary workers in Connecticut (OEWS), mean and median annual wages can't be compared: "
            "$104,000 and $90,000 for Producers and Directors; none published for Film and Video Editors.",
            id="one side without figures",
        ),
    ],
)
def test_the_summary_begins_with_the_mean_wages(richer: Api, right: str, area: str, sentence: str) -> None:
    assert compare(richer, PRODUCERS, right, "summary", area)["summary"][0] == sentence


def test_a_comparison_in_a_state_where_a_side_has_no_figures(richer: Api) -> None:
    found = compare(
        richer,
        PRODUCERS,
        EDITORS,
        f"area {{ code name }} salary {{ annualMean {{ {DIFFERENCE} }} rangeOverlap {{ low }} }}",
        "CT",
    )
    assert found == {
        "area": {"code": "CT", "name": "Connecticut"},
        "salary": {
            "annualMean": untested(left=104000, unit="DOLLARS_PER_YEAR", missing=not_collected("right annual.mean")),
            "rangeOverlap": None,
        },
    }


def test_a_comparison_in_a_state_where_neither_side_has_figures(richer: Api) -> None:
    found = compare(richer, EDITORS, COACHES, f"summary salary {{ annualMean {{ {DIFFERENCE} }} }}", "CT")
    assert found == {
        "summary": [
            "Neither occupation has published mean or median annual wages in Connecticut.",
            (
                "Projected changes in employment from 2023 to 2033 can't be compared: 3.9% for Film and Video Editors; "
                "none published for Coaches and Scouts."
            ),
        ],
        "salary": {
            "annualMean": untested(
                unit="DOLLARS_PER_YEAR", missing=not_collected("left annual.mean", "right annual.mean")
            )
        },
    }


def test_jobs_are_compared_where_both_sides_count_the_same(richer: Api) -> None:
    # 129,000 / 31,000 = 4.16129...
    found = compare(richer, PRODUCERS, EDITORS, f"jobs {{ {DIFFERENCE} }}")
    assert found["jobs"] == untested(
        left=160000, right=31000, absolute=129000, percent=416.129, higher="LEFT", unit="WAGE_AND_SALARY_JOBS"
    )
    assert compare(richer, PRODUCERS, PRODUCER, "jobs { absolute }") == {"jobs": None}


def test_growth_over_different_periods_is_not_compared(richer: Api) -> None:
    found = compare(richer, PRODUCERS, EDITORS, f"growth {{ leftMeasure rightMeasure {DIFFERENCE} }}")
    measures = "growthPercent from 2024 to 2034", "growthPercent from 2023 to 2033"
    assert found["growth"] == untested(
        left=5.1,
        right=3.9,
        leftMeasure=measures[0],
        rightMeasure=measures[1],
        unit="PERCENTAGE_POINTS",
        missing=not_collected(f"left {measures[1]}", f"right {measures[0]}"),
    )
    found = compare(richer, PRODUCERS, EDITORS, "summary")
    assert (
        "Projected changes in employment (Producers and Directors from 2024 to 2034, Film and Video Editors from 2023 "
        "to 2033) can't be compared: 5.1% for Producers and Directors; 3.9% for Film and Video Editors."
    ) in found["summary"]


def test_growth_of_one_side(richer: Api) -> None:
    found = compare(richer, PRODUCERS, COACHES, f"growth {{ {DIFFERENCE} }}")
    assert found["growth"] == untested(left=5.1, unit="PERCENTAGE_POINTS", missing=not_collected("right growthPercent"))


def test_overlapping_races_have_no_dissimilarity(richer: Api) -> None:
    found = compare(
        richer,
        PRODUCERS,
        EDITORS,
        """demographics {
            race { dissimilarity leftSum rightSum shares { name left right points } }
            gender { leftSum rightSum shares { name } missing { figure reason atLeast } sources { name } }
            sources { name }
        }""",
    )
    assert found["demographics"] == {
        "race": {
            "dissimilarity": None,
            "leftSum": 109,
            "rightSum": 108,
            "shares": [
                {"name": "White", "left": 80, "right": 75, "points": 5},
                {"name": "Asian", "left": 7, "right": 9, "points": -2},
                {"name": "Hispanic or Latino", "left": 22, "right": 24, "points": -2},
            ],
        },
        "gender": {
            "leftSum": None,
            "rightSum": None,
            "shares": [],
            "missing": not_collected("left gender", "right gender"),
            "sources": [],
        },
        "sources": [{"name": "Test source"}],
    }


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # 2.5 / 38 = 0.065789...
        pytest.param(
            PRODUCERS,
            EDITORS,
            {"left": 40.5, "right": 38, "absolute": 2.5, "percent": 6.5789, "higher": "LEFT"},
            id="medians",
        ),
        # An average is not compared with a median.
        pytest.param(
            PRODUCER,
            PRODUCERS,
            {"left": 40, "right": 40.5, "missing": not_collected("left medianAge", "right averageAge")},
            id="average and median",
        ),
        pytest.param(
            PRODUCERS,
            PRODUCER,
            {"left": 40.5, "right": 40, "missing": not_collected("left averageAge", "right medianAge")},
            id="median and average",
        ),
        pytest.param(
            PRODUCER,
            COACHES,
            {"left": 40, "missing": not_collected("right averageAge")},
            id="average and nothing",
        ),
        pytest.param(
            PRODUCER,
            SPECIALIST,
            {"left": 40, "right": 42, "absolute": -2, "percent": -4.7619, "higher": "RIGHT"},
            id="averages",
        ),
    ],
)
def test_ages(richer: Api, left: str, right: str, expected: dict[str, Any]) -> None:
    found = compare(richer, left, right, f"demographics {{ age {{ {DIFFERENCE} }} }}")
    assert found["demographics"]["age"] == untested(unit="YEARS", **expected)


def test_each_side_names_its_measure_of_age(richer: Api) -> None:
    fields = "leftMeasure rightMeasure explanation { formula note inputs { name value } sources { name } }"
    found = compare(richer, PRODUCER, PRODUCERS, f"demographics {{ age {{ {fields} }} }}")
    assert found["demographics"]["age"] == {
        "leftMeasure": "averageAge",
        "rightMeasure": "medianAge",
        "explanation": {
            "formula": "",
            "note": "Not compared: the left figure is averageAge, the right figure is medianAge.",
            "inputs": [{"name": "left averageAge", "value": 40}, {"name": "right medianAge", "value": 40.5}],
            "sources": [
                {"name": "Published comparison page: media producer vs media production specialist"},
                {"name": "Test source"},
            ],
        },
    }


def test_demographics_of_two_sources_are_merged_figure_by_figure() -> None:
    races = Demographics(occupation_id=1, lgbt_percent=6, race_is_exclusive=True, source_id="a")
    ages = Demographics(occupation_id=1, median_age=40, source_id="b")
    assert facts.merged_demographics([races, ages]) == facts.Demographics(
        occupation_id=1,
        average_age=None,
        median_age=40,
        lgbt_percent=6,
        race_is_exclusive=True,
        source_id="b",
        source_ids=["b", "a"],
        has_shares=True,
        group_code=None,
        reasons={},
    )


def test_a_source_without_figures_gives_its_reasons() -> None:
    small = {"reason": "SMALL_SAMPLE"}
    races = Demographics(
        occupation_id=1, race_is_exclusive=False, group_code="census-2310", missing={"gender": small}, source_id="a"
    )
    ages = Demographics(occupation_id=1, group_code="census-2310", missing={"median_age": small}, source_id="b")
    found = facts.merged_demographics([ages, races])
    assert found is not None
    assert (found.source_id, found.source_ids, found.group_code) == ("a", ["a"], "census-2310")
    assert found.reasons == {"medianAge": MissingReason.SMALL_SAMPLE, "gender": MissingReason.SMALL_SAMPLE}


ONLY_PARTS = "Skills are not compared: O*NET rates only parts of Producers and Directors"


def test_the_caveats_of_two_sides_from_one_source(richer: Api) -> None:
    assert compare(richer, PRODUCERS, EDITORS, "caveats")["caveats"] == [
        (
            "Annual wages are 2,080 hours at the hourly wage, a year of full-time work, also for part-time and "
            "seasonal jobs."
        ),
        PERIODS,
        f"{ONLY_PARTS}; none are published for Film and Video Editors.",
        f"Both sides: {OVERLAPPING}",
    ]


def test_a_side_without_figures_has_no_source_caveat(richer: Api) -> None:
    assert compare(richer, PRODUCERS, COACHES, "caveats")["caveats"] == [
        (
            "The annual wages of Coaches and Scouts come from the annual pay that employers report, often for fewer "
            "hours of work; those of Producers and Directors are 2,080 hours at the hourly wage. The two are not wages "
            "for the same hours."
        ),
        "The numbers of jobs are not compared: they are published for one side only.",
        f"{ONLY_PARTS}; none are published for Coaches and Scouts.",
        f"Producers and Directors: {OVERLAPPING}",
    ]
    # Neither the coaches nor the role have a wage in Connecticut.
    assert not [
        caveat for caveat in compare(richer, COACHES, PRODUCER, "caveats", "CT")["caveats"] if "The wages" in caveat
    ]


DIFFERENT = (
    'come from different sources: "Test source" on the left, "Published comparison page: media producer vs media '
    'production specialist" on the right.'
)


def test_the_caveats_of_two_sides_from_different_sources(richer: Api) -> None:
    assert compare(richer, PRODUCERS, PRODUCER, "caveats")["caveats"] == [
        "The numbers of jobs are not compared: one side counts open postings, the other wage-and-salary jobs.",
        PERIODS,
        f"The wages of the two sides {DIFFERENT}",
        f"The highest-paying places of the two sides {DIFFERENT}",
        f"The growth rates of the two sides {DIFFERENT}",
        f"The demographic figures of the two sides {DIFFERENT}",
        f"{ONLY_PARTS}.",
        f"Producers and Directors: {OVERLAPPING}",
        "Media Producer: The number of jobs counts open postings, not filled jobs.",
        "Media Producer: The source doesn't state the period of the growth rate.",
        (
            "Media Producer: The source gives 12 years of experience and 6 to 12 months to become one, and doesn't "
            "explain how they relate."
        ),
        "Media Producer: Shares by race and ethnicity are shown as published and add up to 100.1%.",
        (
            "Media Producer: Skills are a published short list of the most common ones; unlisted skills may be as "
            "common."
        ),
    ]


# Orders

ORDERS = [
    # The coaches and both roles have no median.
    ("MEDIAN_WAGE", "ASC", [EDITORS, PRODUCERS, COACHES, PRODUCER, SPECIALIST]),
    ("MEDIAN_WAGE", "DESC", [PRODUCERS, EDITORS, COACHES, PRODUCER, SPECIALIST]),
    ("EMPLOYMENT", "ASC", [EDITORS, PRODUCERS, COACHES, PRODUCER, SPECIALIST]),
    ("EMPLOYMENT", "DESC", [COACHES, PRODUCERS, EDITORS, PRODUCER, SPECIALIST]),
    # The coaches have no outlook; the roles' 8 percent are a tie.
    ("GROWTH", "ASC", [EDITORS, PRODUCERS, PRODUCER, SPECIALIST, COACHES]),
    ("GROWTH", "DESC", [PRODUCER, SPECIALIST, PRODUCERS, EDITORS, COACHES]),
    # The wages of states and industries don't count.
    ("MEAN_WAGE", "DESC", [COACHES, PRODUCERS, EDITORS, PRODUCER, SPECIALIST]),
]
LIST = """query ($field: OccupationOrderField!, $direction: OrderDirection!, $first: Int, $after: String) {
    occupations(orderBy: {field: $field, direction: $direction}, first: $first, after: $after) {
        totalCount nodes { slug } pageInfo { hasNextPage endCursor }
    }
}"""


@pytest.mark.parametrize(("field", "direction", "slugs"), ORDERS)
def test_occupations_without_the_figure_come_last_in_both_directions(
    richer: Api, field: str, direction: str, slugs: list[str]
) -> None:
    found = richer.data(LIST, {"field": field, "direction": direction})["occupations"]
    assert (found["totalCount"], [node["slug"] for node in found["nodes"]]) == (5, slugs)


@pytest.mark.parametrize(("field", "direction", "slugs"), ORDERS)
def test_pages_continue_into_missing_figures(richer: Api, field: str, direction: str, slugs: list[str]) -> None:
    walked: list[str] = []
    cursor: str | None = None
    for place in range(1, len(slugs) + 1):
        variables = {"field": field, "direction": direction, "first": 1, "after": cursor}
        page = richer.data(LIST, variables)["occupations"]
        walked += [node["slug"] for node in page["nodes"]]
        cursor = page["pageInfo"]["endCursor"]
        assert page["pageInfo"]["hasNextPage"] == (place < len(slugs))
    assert walked == slugs
