"""Rankings by wages, jobs and projections: a hand-made database, and properties that hold for all figures."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import NATION, Area, Industry, Occupation, Outlook
from db.vocabulary import AreaKind, OccupationKind
from db.writing import writing
from resolvers import rankings
from resolvers.comparisons.arithmetic import Figure, Verdict
from resolvers.global_ids import global_id
from resolvers.rankings import Entrant, RankingEntry
from tests.conftest import COLD, Api, serving
from tests.resolvers.labor_market import PAGE, SURVEY, cell, store_occupation, store_surroundings


def jobs(number: int) -> dict[str, Any]:
    return {"employment": number, "employment_standard_error_percent": 4}


NATIONAL: dict[str, dict[str, Any]] = {
    # The errors are 500, 520, 510 and 306 dollars. Bakers and cooks differ by 1,000 and z = 1.386, cooks and dyers by
    # 1,000 and z = 1.373, bakers and dyers by 2,000 and z = 2.800: ties are not transitive.
    "dyers": {"annual_mean": 51_000, "wage_standard_error_percent": 1, **jobs(1_000)},
    "bakers": {"annual_mean": 53_000, "wage_standard_error_percent": 0.9434, **jobs(1_050)},
    "cooks": {"annual_mean": 52_000, "wage_standard_error_percent": 1},
    "tailors": {"annual_mean": 30_600, "wage_standard_error_percent": 1, **jobs(500)},
    # Two with the same mean, one of which can't be tested.
    "weavers": {"annual_mean": 40_000, "wage_standard_error_percent": 2},
    "potters": {"annual_mean": 40_000, "source_id": PAGE},
    # Occupations without a published mean, with reasons.
    "judges": {"missing": {"annual_mean": {"reason": "TOP_CODED", "at_least": 239_200}}},
    "actors": {"hourly_mean": 30, "missing": {"annual_mean": {"reason": "HOURLY_ONLY"}}},
    # An occupation without any published wages.
    "hermits": {},
}


PERIOD: dict[str, Any] = {"from_year": 2024, "to_year": 2034, "source_id": SURVEY}
PROJECTED: dict[str, dict[str, Any]] = {
    # 7.4 and 7.3 are a tenth apart, though not as floating-point numbers.
    "dyers": {"growth_percent": 7.4, "openings_per_year": 2_000, **PERIOD},
    "bakers": {"growth_percent": 7.3, "openings_per_year": 2_100, **PERIOD},
    "cooks": {"growth_percent": 7.2, "openings_per_year": 2_300, **PERIOD},
    "tailors": {"growth_percent": -1.0, **PERIOD},
    # The source gives no period.
    "weavers": {"growth_percent": 8.0, "source_id": PAGE},
}


@pytest.fixture(scope="module")
def market(migrated_database: Callable[[], str]) -> Iterator[Api]:
    url = migrated_database()
    with writing(url) as session:
        store_surroundings(session)
        session.add(Area(code="CT", name="Connecticut", kind=AreaKind.STATE))
        session.add(Industry(code="611000", title="Schools"))
        session.flush()
        for slug, figures in NATIONAL.items():
            number = store_occupation(session, slug)
            if slug in PROJECTED:
                session.add(Outlook(occupation_id=number, **PROJECTED[slug]))
            if figures:
                session.add(cell(number, **figures))
            if slug == "cooks":
                session.add(cell(number, "CT", annual_mean=60_000, wage_standard_error_percent=1))
        for number in range(30):
            session.add(cell(store_occupation(session, f"trade-{number:02}"), annual_mean=20_000 + number))
    with serving(url, **COLD) as api:
        yield api


RANKING = """query ($occupations: [OccupationKey!]!, $area: String, $by: RankingMeasure! = MEAN_WAGE) {
  ranking(occupations: $occupations, area: $area, by: $by) {
    measure unit area { code }
    entries {
        rank highestRank lowestRank occupation { slug } value standardErrorPercent
        tiedWith { slug } missing { figure reason atLeast }
    }
    caveats sources { name }
} }"""


def keys(*slugs: str) -> dict[str, Any]:
    return {"occupations": [{"slug": slug} for slug in slugs]}


def ranking(api: Api, *slugs: str, area: str = NATION, by: str = "MEAN_WAGE") -> dict[str, Any]:
    found: dict[str, Any] = api.data(RANKING, {**keys(*slugs), "area": area, "by": by})["ranking"]
    return found


def ranks(found: dict[str, Any]) -> list[tuple[int | None, str, list[str]]]:
    return [
        (entry["rank"], entry["occupation"]["slug"], [other["slug"] for other in entry["tiedWith"]])
        for entry in found["entries"]
    ]


def spans(found: dict[str, Any]) -> list[tuple[int | None, int | None]]:
    return [(entry["highestRank"], entry["lowestRank"]) for entry in found["entries"]]


def test_the_highest_mean_comes_first_and_ties_are_not_transitive(market: Api) -> None:
    found = ranking(market, "tailors", "dyers", "cooks", "bakers")
    assert ranks(found) == [
        (1, "bakers", ["cooks"]),
        (2, "cooks", ["bakers", "dyers"]),
        (3, "dyers", ["cooks"]),
        (4, "tailors", []),
    ]
    assert found["entries"][1] == {
        "rank": 2,
        "highestRank": 1,
        "lowestRank": 3,
        "occupation": {"slug": "cooks"},
        "value": 52_000,
        "standardErrorPercent": 1,
        "tiedWith": [{"slug": "bakers"}, {"slug": "dyers"}],
        "missing": None,
    }
    assert (found["measure"], found["unit"], found["area"]) == ("MEAN_WAGE", "DOLLARS_PER_YEAR", {"code": NATION})
    assert spans(found) == [(1, 2), (1, 3), (2, 3), (4, 4)]
    assert (found["caveats"], found["sources"]) == (
        ["The order of neighbors is within the sampling error: Bakers and Cooks; Cooks and Dyers."],
        [{"name": "Test survey"}],
    )


def test_equal_means_share_a_rank_whether_or_not_they_can_be_tested(market: Api) -> None:
    found = ranking(market, "potters", "tailors", "weavers", "bakers")
    assert ranks(found) == [(1, "bakers", []), (2, "potters", []), (2, "weavers", []), (4, "tailors", [])]
    assert spans(found) == [(1, 1), (2, 3), (2, 3), (4, 4)]
    assert found["caveats"] == [
        (
            "Some ties can't be tested with the published figures. Occupations with untested ties: "
            "Potters; Tailors; Weavers; Bakers."
        ),
        "The means come from different sources.",
    ]
    assert found["sources"] == [{"name": "Test page"}, {"name": "Test survey"}]


def test_occupations_without_a_mean_come_last_in_the_requested_order(market: Api) -> None:
    found = ranking(market, "hermits", "judges", "bakers", "actors")
    assert [(entry["rank"], entry["occupation"]["slug"], entry["missing"]) for entry in found["entries"]] == [
        (1, "bakers", None),
        (None, "hermits", {"figure": "annual.mean", "reason": "NOT_COLLECTED", "atLeast": None}),
        (None, "judges", {"figure": "annual.mean", "reason": "TOP_CODED", "atLeast": 239_200}),
        (None, "actors", {"figure": "annual.mean", "reason": "HOURLY_ONLY", "atLeast": None}),
    ]
    assert all(entry["value"] is None and entry["tiedWith"] == [] for entry in found["entries"][1:])
    assert spans(found) == [(1, 1), (None, None), (None, None), (None, None)]
    assert found["caveats"] == [
        ("The mean of Judges is top-coded at $239,200, so it has no rank; it may be higher than means that have one.")
    ]


def test_a_ranking_without_any_mean(market: Api) -> None:
    found = ranking(market, "hermits", "actors")
    assert [entry["rank"] for entry in found["entries"]] == [None, None]
    assert (found["caveats"], found["sources"]) == ([], [{"name": "Test survey"}])


def test_another_area_has_its_own_means(market: Api) -> None:
    found = ranking(market, "bakers", "cooks", area="CT")
    assert found["area"] == {"code": "CT"}
    assert [(entry["rank"], entry["occupation"]["slug"], entry["value"]) for entry in found["entries"]] == [
        (1, "cooks", 60_000),
        (None, "bakers", None),
    ]
    assert found["entries"][1]["missing"]["reason"] == "NOT_COLLECTED"


def test_hourly_means_rank_occupations_without_annual_wages(market: Api) -> None:
    found = ranking(market, "bakers", "actors", by="HOURLY_MEAN_WAGE")
    assert (found["measure"], found["unit"]) == ("HOURLY_MEAN_WAGE", "DOLLARS_PER_HOUR")
    assert [(entry["rank"], entry["occupation"]["slug"], entry["missing"]) for entry in found["entries"]] == [
        (1, "actors", None),
        (None, "bakers", {"figure": "hourly.mean", "reason": "NOT_COLLECTED", "atLeast": None}),
    ]


def test_jobs_are_ranked_with_their_own_standard_errors(market: Api) -> None:
    found = ranking(market, "tailors", "bakers", "dyers", by="EMPLOYMENT")
    assert (found["measure"], found["unit"], found["caveats"]) == (
        "EMPLOYMENT",
        "WAGE_AND_SALARY_JOBS",
        ["The order of neighbors is within the sampling error: Bakers and Dyers."],
    )
    assert [(entry["value"], entry["standardErrorPercent"]) for entry in found["entries"]] == [
        (1_050, 4),
        (1_000, 4),
        (500, 4),
    ]
    assert ranks(found) == [(1, "bakers", ["dyers"]), (2, "dyers", ["bakers"]), (3, "tailors", [])]


def test_projections_that_only_rounding_tells_apart_are_tied(market: Api) -> None:
    found = ranking(market, "weavers", "hermits", "tailors", "cooks", "bakers", "dyers", by="GROWTH")
    assert (found["measure"], found["unit"]) == ("GROWTH", "PERCENTAGE_POINTS")
    assert ranks(found) == [
        (1, "dyers", ["bakers"]),
        (2, "bakers", ["dyers", "cooks"]),
        (3, "cooks", ["bakers"]),
        (4, "tailors", []),
        (None, "weavers", []),
        (None, "hermits", []),
    ]
    assert spans(found)[:4] == [(1, 2), (1, 3), (2, 3), (4, 4)]
    assert [(entry["value"], entry["missing"]) for entry in found["entries"][4:]] == [
        (8.0, None),
        (None, {"figure": "growthPercent", "reason": "NOT_COLLECTED", "atLeast": None}),
    ]
    assert found["caveats"] == [
        "The order of neighbors is within the rounding of the projections: Dyers and Bakers; Bakers and Cooks.",
        "Projections have no published standard errors, so their order is not tested.",
        "The projection of Weavers covers another period than the others, so it has no rank.",
        "The growth rates come from different sources.",
    ]
    openings = ranking(market, "dyers", "bakers", "cooks", "tailors", by="OPENINGS")
    assert ranks(openings) == [
        (1, "cooks", []),
        (2, "bakers", ["dyers"]),
        (3, "dyers", ["bakers"]),
        (None, "tailors", []),
    ]


def test_projections_are_national(market: Api) -> None:
    error = market.error(RANKING, {**keys("bakers", "cooks"), "area": "CT", "by": "GROWTH"})
    assert error["message"] == (
        'Argument "area": GROWTH is projected for the nation only; leave it out, or rank by one of MEAN_WAGE, '
        "HOURLY_MEAN_WAGE, EMPLOYMENT."
    )
    in_schools = 'occupations: [{slug: "bakers"}, {slug: "cooks"}], industry: "611000"'
    assert market.data(f"{{ ranking({in_schools}) {{ unit }} }}") == {"ranking": {"unit": "DOLLARS_PER_YEAR"}}
    error = market.error(f"{{ ranking({in_schools}, by: OPENINGS) {{ unit }} }}")
    assert error["message"].startswith('Argument "industry": OPENINGS is projected for the nation only; leave it out')


def test_the_embedded_roles(api: Api) -> None:
    found = ranking(api, "media-production-specialist", "media-producer")
    assert ranks(found) == [(1, "media-producer", []), (2, "media-production-specialist", [])]
    assert found["caveats"] == [
        (
            "Some ties can't be tested with the published figures. Occupations with untested ties: "
            "Media Production Specialist; Media Producer."
        )
    ]


# Errors


@pytest.mark.parametrize(
    ("slugs", "problem"),
    [
        ([], "it holds 0; a ranking takes 2 to 20"),
        (["bakers"], "it holds 1; a ranking takes 2 to 20"),
        ([f"trade-{number:02}" for number in range(21)], "it holds 21; a ranking takes 2 to 20"),
        (["bakers", "cooks", "bakers"], "occupations[0] and occupations[2] are both Bakers"),
    ],
    ids=["none", "one", "21", "twice"],
)
def test_an_invalid_list_of_occupations_is_refused(market: Api, slugs: list[str], problem: str) -> None:
    error = market.error(RANKING, keys(*slugs))
    assert error["message"] == f'Argument "occupations": {problem}.'
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "occupations"}


def test_one_occupation_by_two_keys_is_refused(market: Api) -> None:
    error = market.error(
        RANKING, {"occupations": [{"id": global_id("Occupation", "bakers")}, {"slug": "cooks"}, {"slug": "bakers"}]}
    )
    assert error["message"] == ('Argument "occupations": occupations[0] and occupations[2] are both Bakers.')


def test_unknown_occupations_are_named_by_their_positions(market: Api) -> None:
    error = market.error(
        RANKING, {"occupations": [{"slug": "bakers"}, {"slug": "bards"}, {"slug": "cooks"}, {"code": "99-9999"}]}
    )
    assert error["message"] == (
        'Argument "occupations[1]": no occupation has the slug "bards"; '
        'Argument "occupations[3]": no occupation has the code "99-9999"; search(text:) finds occupations.'
    )
    assert error["extensions"] == {"code": "NOT_FOUND", "arguments": ["occupations[1]", "occupations[3]"]}


def test_of_many_unknown_occupations_a_message_names_the_first(market: Api) -> None:
    slugs = [f"{number:02} of no occupation of this name" for number in range(20)]
    error = market.error(RANKING, keys(*slugs))
    named = "; ".join(f'Argument "occupations[{n}]": no occupation has the slug "{slugs[n]}"' for n in range(4))
    assert error["message"] == (f"{named}; and 16 more arguments match no occupation; search(text:) finds occupations.")
    assert error["extensions"]["arguments"] == [f"occupations[{number}]" for number in range(20)]


def test_a_malformed_id_is_named_by_its_position(market: Api) -> None:
    error = market.error(RANKING, {"occupations": [{"slug": "bakers"}, {"id": "x"}]})
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "occupations[1].id"}


def test_an_unknown_area_is_refused(market: Api) -> None:
    error = market.error(RANKING, {**keys("bakers", "cooks"), "area": "XX"})
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "area"}


def test_a_key_with_two_names_is_refused(market: Api) -> None:
    for query, variables in (
        ('{ ranking(occupations: [{slug: "bakers"}, {slug: "a", code: "b"}]) { caveats } }', None),
        (RANKING, {"occupations": [{"slug": "bakers"}, {"slug": "a", "code": "b"}]}),
    ):
        error = market.error(query, variables)
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "occupations"}


@pytest.mark.parametrize("many", [2, 20])
def test_the_number_of_statements_does_not_depend_on_the_length_of_a_ranking(market: Api, many: int) -> None:
    with market.statements() as run:
        found = ranking(market, *(f"trade-{number:02}" for number in range(many)))
    assert [entry["rank"] for entry in found["entries"]] == list(range(1, many + 1))
    # The occupations, the area, their wages and the sources.
    assert len(run) == 4, run


# Properties


def entrant(mean: float, error: float | None) -> Entrant:
    occupation = Occupation(slug="x", title="X", kind=OccupationKind.DETAILED, group_code="27-0000", source_id="s")
    return Entrant(occupation, Figure("annual.mean", mean, "s", error))


# Few different means, so some are equal.
entrants = st.lists(
    st.builds(
        entrant,
        st.integers(30, 60).map(lambda thousands: 1_000.0 * thousands),
        st.none() | st.integers(0, 300).map(lambda tenths: tenths / 10),
    ),
    max_size=20,
)


@given(entrants)
def test_a_rank_is_one_more_than_the_number_of_higher_means(entrants: list[Entrant]) -> None:
    entries = rankings.ranked(entrants)
    means = [entry.value for entry in entries]
    assert means == sorted((one.value for one in entrants), reverse=True)
    assert [entry.rank for entry in entries] == [1 + means.index(mean) for mean in means]


@given(entrants)
def test_ties_are_mutual_and_not_significant(entrants: list[Entrant]) -> None:
    entries = {id(entry.occupation): entry for entry in rankings.ranked(entrants)}
    for one in entrants:
        tied = {id(occupation) for occupation in entries[id(one.occupation)].tied_with}
        assert id(one.occupation) not in tied
        for other in entrants:
            if other is not one:
                clear = rankings.judged(one, other)
                assert (id(other.occupation) in tied) == (clear is Verdict.NOT_SIGNIFICANT)
                assert (id(one.occupation) in _tied(entries, other)) == (id(other.occupation) in tied)


def _tied(entries: dict[int, RankingEntry], one: Entrant) -> set[int]:
    return {id(occupation) for occupation in entries[id(one.occupation)].tied_with}
