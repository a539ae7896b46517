"""Rankings by mean wage: a hand-made database, and properties that hold for all figures."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import NATION, Area, Occupation
from db.vocabulary import AreaKind, OccupationKind
from db.writing import writing
from resolvers import rankings
from resolvers.comparisons.arithmetic import Verdict
from resolvers.global_ids import global_id
from resolvers.rankings import Earner, RankingEntry
from tests.conftest import COLD, Api, serving
from tests.resolvers.labor_market import PAGE, cell, store_occupation, store_surroundings
from tests.resolvers.test_arithmetic import unhurried

NATIONAL: dict[str, dict[str, Any]] = {
    # The errors are 500, 520, 510 and 306 dollars. Bakers and cooks differ by 1,000 and z = 1.386, cooks and dyers by
    # 1,000 and z = 1.373, bakers and dyers by 2,000 and z = 2.800: ties are not transitive.
    "dyers": {"annual_mean": 51_000, "wage_standard_error_percent": 1},
    "bakers": {"annual_mean": 53_000, "wage_standard_error_percent": 0.9434},
    "cooks": {"annual_mean": 52_000, "wage_standard_error_percent": 1},
    "tailors": {"annual_mean": 30_600, "wage_standard_error_percent": 1},
    # Two with the same mean, one of which can't be tested.
    "weavers": {"annual_mean": 40_000, "wage_standard_error_percent": 2},
    "potters": {"annual_mean": 40_000, "source_id": PAGE},
    # Occupations without a published mean, with reasons.
    "judges": {"missing": {"annual_mean": {"reason": "TOP_CODED", "at_least": 239_200}}},
    "actors": {"hourly_mean": 30, "missing": {"annual_mean": {"reason": "HOURLY_ONLY"}}},
    # An occupation without any published wages.
    "hermits": {},
}


@pytest.fixture(scope="module")
def market(new_database: Callable[[], str]) -> Iterator[Api]:
    url = new_database()
    with writing(url) as session:
        store_surroundings(session)
        session.add(Area(code="CT", name="Connecticut", kind=AreaKind.STATE))
        session.flush()
        for slug, figures in NATIONAL.items():
            number = store_occupation(session, slug)
            if figures:
                session.add(cell(number, **figures))
            if slug == "cooks":
                session.add(cell(number, "CT", annual_mean=60_000, wage_standard_error_percent=1))
        for number in range(30):
            session.add(cell(store_occupation(session, f"trade-{number:02}"), annual_mean=20_000 + number))
    with serving(url, **COLD) as api:
        yield api


RANKING = """query ($occupations: [OccupationKey!]!, $area: String) { ranking(occupations: $occupations, area: $area) {
    area { code }
    entries {
        rank occupation { slug } mean standardErrorPercent tiedWith { slug } missing { figure reason atLeast }
    }
    caveats sources { name }
} }"""


def keys(*slugs: str) -> dict[str, Any]:
    return {"occupations": [{"slug": slug} for slug in slugs]}


def ranking(api: Api, *slugs: str, area: str = NATION) -> dict[str, Any]:
    found: dict[str, Any] = api.data(RANKING, {**keys(*slugs), "area": area})["ranking"]
    return found


def ranks(found: dict[str, Any]) -> list[tuple[int | None, str, list[str]]]:
    return [
        (entry["rank"], entry["occupation"]["slug"], [other["slug"] for other in entry["tiedWith"]])
        for entry in found["entries"]
    ]


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
        "occupation": {"slug": "cooks"},
        "mean": 52_000,
        "standardErrorPercent": 1,
        "tiedWith": [{"slug": "bakers"}, {"slug": "dyers"}],
        "missing": None,
    }
    assert (found["area"], found["caveats"], found["sources"]) == (
        {"code": NATION},
        ["The order of neighbors is within the sampling error: Bakers and Cooks; Cooks and Dyers."],
        [{"name": "Test survey"}],
    )


def test_equal_means_share_a_rank_whether_or_not_they_can_be_tested(market: Api) -> None:
    found = ranking(market, "potters", "tailors", "weavers", "bakers")
    assert ranks(found) == [(1, "bakers", []), (2, "potters", []), (2, "weavers", []), (4, "tailors", [])]
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
    assert all(entry["mean"] is None and entry["tiedWith"] == [] for entry in found["entries"][1:])
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
    assert [(entry["rank"], entry["occupation"]["slug"], entry["mean"]) for entry in found["entries"]] == [
        (1, "cooks", 60_000),
        (None, "bakers", None),
    ]
    assert found["entries"][1]["missing"]["reason"] == "NOT_COLLECTED"


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


def earner(mean: float, error: float | None) -> Earner:
    occupation = Occupation(slug="x", title="X", kind=OccupationKind.DETAILED, group_code="27-0000", source_id="s")
    return Earner(occupation, mean, error)


# Few different means, so some are equal.
earners = st.lists(
    st.builds(
        earner,
        st.integers(30, 60).map(lambda thousands: 1_000.0 * thousands),
        st.none() | st.integers(0, 300).map(lambda tenths: tenths / 10),
    ),
    max_size=20,
)


@unhurried
@given(earners)
def test_a_rank_is_one_more_than_the_number_of_higher_means(earners: list[Earner]) -> None:
    entries = rankings.ranked(earners)
    means = [entry.mean for entry in entries]
    assert means == sorted((one.mean for one in earners), reverse=True)
    assert [entry.rank for entry in entries] == [1 + means.index(mean) for mean in means]


@unhurried
@given(earners)
def test_ties_are_mutual_and_not_significant(earners: list[Earner]) -> None:
    entries = {id(entry.occupation): entry for entry in rankings.ranked(earners)}
    for one in earners:
        tied = {id(occupation) for occupation in entries[id(one.occupation)].tied_with}
        assert id(one.occupation) not in tied
        for other in earners:
            if other is not one:
                clear = rankings.judged(one, other)
                assert (id(other.occupation) in tied) == (clear is Verdict.NOT_SIGNIFICANT)
                assert (id(one.occupation) in _tied(entries, other)) == (id(other.occupation) in tied)


def _tied(entries: dict[int, RankingEntry], one: Earner) -> set[int]:
    return {id(occupation) for occupation in entries[id(one.occupation)].tied_with}
