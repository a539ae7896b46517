"""Wage decompositions: examples worked by hand, properties that hold for all figures, and queries over HTTP."""

from collections.abc import Callable, Iterator
from math import isclose
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.models import NATION, Area, Industry
from db.states import STATES
from db.vocabulary import AreaKind
from db.writing import writing
from resolvers.comparisons import decomposition
from resolvers.comparisons.decomposition import SECTORS, Cell, Effects, Pairs, kitagawa
from tests.conftest import COLD, Api, serving
from tests.resolvers.labor_market import PAGE, SURVEY, cell, compare, store_occupation, store_surroundings


def worked(*cells: tuple[int, float, int, float]) -> Effects | None:
    """Return the effects over cells: left employment and mean, right employment and mean."""
    return kitagawa([(Cell(e, m, SURVEY), Cell(f, n, SURVEY)) for e, m, f, n in cells])


def test_equal_pay_in_each_cell_leaves_only_mix() -> None:
    # Three of four earn 80,000 on the left, one of four on the right: 70,000 - 50,000, and nothing within.
    assert worked((300, 80_000, 100, 80_000), (100, 40_000, 300, 40_000)) == Effects(20_000, 0)


def test_equal_shares_leave_only_within() -> None:
    # The shares are 3/4 and 1/4 on both sides: 3/4 x 10,000 - 1/4 x 6,000.
    assert worked((300, 80_000, 30, 70_000), (100, 40_000, 10, 46_000)) == Effects(0, 6_000)


def test_both_parts_can_oppose_each_other() -> None:
    # Shares 3/4, 1/4 against 1/4, 3/4. Mix: 1/2 x (60,000 + 66,000) / 2 - 1/2 x (40,000 + 50,000) / 2 = 9,000.
    # Within: both cells have the mean share of 1/2, and the left earns 6,000 and 10,000 less: -8,000.
    # By hand: 3/4 x 60,000 + 1/4 x 40,000 = 55,000; 1/4 x 66,000 + 3/4 x 50,000 = 54,000.
    assert worked((300, 60_000, 100, 66_000), (100, 40_000, 300, 50_000)) == Effects(9_000, -8_000)


def test_one_cell_has_no_mix() -> None:
    assert worked((300, 60_000, 5, 50_000)) == Effects(0, 10_000)


@pytest.mark.parametrize("cells", [[], [(0, 1.0, 5, 2.0)], [(5, 1.0, 0, 2.0)]], ids=["none", "left empty", "right"])
def test_without_employment_there_is_no_decomposition(cells: list[tuple[int, float, int, float]]) -> None:
    assert worked(*cells) is None


def test_states_and_sectors_are_complete() -> None:
    assert (len({*STATES.values()}), len(set(SECTORS))) == (51, 20)
    assert {"DC", "AK", "HI"} <= {*STATES.values()}
    assert {*STATES.values()}.isdisjoint({"GU", "PR", "VI", NATION})


cells = st.builds(Cell, st.integers(10, 500_000), st.integers(15_000, 500_000).map(float), st.just(SURVEY))
pairs = st.lists(st.tuples(cells, cells), min_size=1, max_size=51)


def effects(found: Effects | None) -> Effects:
    assert found is not None
    return found


def mean(side: list[Cell]) -> float:
    return sum(one.employment * one.mean for one in side) / sum(one.employment for one in side)


@given(pairs)
def test_mix_and_within_add_up_to_the_gap(pairs: Pairs) -> None:
    found = effects(kitagawa(pairs))
    gap = mean([left for left, _ in pairs]) - mean([right for _, right in pairs])
    assert isclose(found.mix + found.within, gap, abs_tol=1e-6)


@given(pairs)
def test_swapping_the_sides_changes_every_sign(pairs: Pairs) -> None:
    one, other = effects(kitagawa(pairs)), effects(kitagawa([(right, left) for left, right in pairs]))
    assert other == Effects(-one.mix, -one.within)


@given(st.lists(cells, min_size=1))
def test_a_side_compared_with_itself_has_no_gap(side: list[Cell]) -> None:
    assert kitagawa([(one, one) for one in side]) == Effects(0, 0)


@given(pairs, st.integers(2, 1000))
def test_only_shares_of_employment_count_not_its_size(pairs: Pairs, times: int) -> None:
    more = [(Cell(times * left.employment, left.mean, SURVEY), right) for left, right in pairs]
    one, other = effects(kitagawa(pairs)), effects(kitagawa(more))
    assert isclose(one.mix, other.mix, abs_tol=1e-6)
    assert isclose(one.within, other.within, abs_tol=1e-6)


# Over HTTP


@pytest.fixture(scope="module")
def market(migrated_database: Callable[[], str]) -> Iterator[Api]:
    """Bakers, cooks and potters. The potters' national employment is not published."""
    url = migrated_database()
    with writing(url) as session:
        store_surroundings(session)
        session.add_all(
            Area(code=code, name=code, kind=AreaKind.METRO if code.isdigit() else AreaKind.STATE)
            for code in ("CT", "DC", "NY", "PR", "VT", "25540")
        )
        session.add_all(Industry(code=code, title=code) for code in ("11--12", "99-100", "722000"))
        session.flush()
        store_cells(session)
    with serving(url, **COLD) as api:
        yield api


def store_cells(session: Session) -> None:
    bakers, cooks, potters = (store_occupation(session, slug) for slug in ("bakers", "cooks", "potters"))
    session.add_all(
        [
            cell(bakers, employment=500, annual_mean=57_000),
            cell(cooks, employment=500, annual_mean=55_000),
            cell(potters, annual_mean=30_000),
            # The example worked above: mix 9,000, within -8,000.
            cell(bakers, "CT", employment=300, annual_mean=60_000, source_id=PAGE),
            cell(cooks, "CT", employment=100, annual_mean=66_000),
            cell(bakers, "DC", employment=100, annual_mean=40_000),
            cell(cooks, "DC", employment=300, annual_mean=50_000),
            # Cells that are left out: employment or mean of a side is missing, or only one side has the cell.
            cell(bakers, "NY", employment=50, annual_mean=90_000),
            cell(cooks, "NY", annual_mean=20_000),
            cell(bakers, "VT", employment=50),
            cell(cooks, "VT", employment=600, annual_mean=20_000),
            cell(bakers, "PR", employment=9_000, annual_mean=20_000),
            cell(cooks, "PR", employment=9_000, annual_mean=10_000),
            cell(bakers, "25540", employment=9_000, annual_mean=20_000),
            cell(cooks, "25540", employment=9_000, annual_mean=10_000),
            # Two sectors, with 40 of the 500 bakers and 30 of the 500 cooks.
            cell(bakers, NATION, "11--12", employment=30, annual_mean=60_000),
            cell(cooks, NATION, "11--12", employment=10, annual_mean=60_000),
            cell(bakers, NATION, "99-100", employment=10, annual_mean=40_000),
            cell(cooks, NATION, "99-100", employment=20, annual_mean=40_000),
            cell(bakers, NATION, "722000", employment=9_000, annual_mean=20_000),
            cell(cooks, NATION, "722000", employment=9_000, annual_mean=10_000),
        ]
    )


FIELDS = "total mix within cells coveragePercent leftCoveragePercent rightCoveragePercent"


def test_by_states(market: Api) -> None:
    found = compare(market, f"decomposition {{ by {FIELDS} formula note sources {{ name }} }}")["decomposition"]
    assert found == {
        "by": "STATE",
        "total": 1_000,
        "mix": 9_000,
        "within": -8_000,
        "cells": 2,
        # 400 of 500 bakers and 400 of 500 cooks: just enough.
        "coveragePercent": 80,
        "leftCoveragePercent": 80,
        "rightCoveragePercent": 80,
        "formula": decomposition.FORMULA,
        "note": decomposition.NOTE,
        "sources": [{"name": "Test page"}, {"name": "Test survey"}],
    }


def test_below_80_percent_there_are_no_figures(market: Api) -> None:
    # 40 of 500 bakers and 30 of 500 cooks are in the two sectors.
    assert compare(market, f"decomposition(by: INDUSTRY) {{ by {FIELDS} note }}")["decomposition"] == {
        "by": "INDUSTRY",
        "total": None,
        "mix": None,
        "within": None,
        "cells": 2,
        "coveragePercent": 6,
        "leftCoveragePercent": 8,
        "rightCoveragePercent": 6,
        "note": "Not decomposed: the cells where both sides have employment and a mean hold 8.0% of the left side's "
        "jobs and 6.0% of the right side's jobs. At least 80% of both sides is required, because a gap over fewer "
        "jobs can differ from the national one.",
    }


def test_swapping_the_sides_mirrors_the_result(market: Api) -> None:
    assert compare(market, f"decomposition {{ {FIELDS} }}", "cooks", "bakers")["decomposition"] == {
        "total": -1_000,
        "mix": -9_000,
        "within": 8_000,
        "cells": 2,
        "coveragePercent": 80,
        "leftCoveragePercent": 80,
        "rightCoveragePercent": 80,
    }


def test_without_a_common_cell_there_is_no_result(market: Api) -> None:
    assert compare(market, f"decomposition {{ {FIELDS} }}", right="potters") == {"decomposition": None}


def test_without_national_employment_coverage_is_null(new_url: str) -> None:
    with writing(new_url) as session:
        store_surroundings(session)
        session.add(Area(code="CT", name="Connecticut", kind=AreaKind.STATE))
        session.flush()
        bakers, cooks = (store_occupation(session, slug) for slug in ("bakers", "cooks"))
        session.add_all(
            [
                cell(bakers, employment=50, annual_mean=57_000),
                cell(bakers, "CT", employment=30, annual_mean=60_000),
                cell(cooks, "CT", employment=10, annual_mean=50_000),
            ]
        )
    with serving(new_url) as api:
        found: dict[str, Any] = compare(api, f"decomposition {{ {FIELDS} note }}")["decomposition"]
    note = found.pop("note")
    assert found == {
        "total": None,
        "mix": None,
        "within": None,
        "cells": 1,
        "coveragePercent": None,
        "leftCoveragePercent": 60,
        "rightCoveragePercent": None,
    }
    assert "hold 60.0% of the left side's jobs and an unknown share of the right side's jobs" in note


def test_the_embedded_roles_have_no_decomposition(api: Api) -> None:
    found = compare(
        api,
        "states: decomposition { total } sectors: decomposition(by: INDUSTRY) { total } places { compared reversal }",
        "media-producer",
        "media-production-specialist",
    )
    assert found == {"states": None, "sectors": None, "places": {"compared": 0, "reversal": None}}


def test_the_area_of_the_comparison_makes_no_difference(market: Api) -> None:
    query = """query ($area: String!) { comparison(left: {slug: "bakers"}, right: {slug: "cooks"}, area: $area) {
        decomposition { total leftCoveragePercent }
    } }"""
    assert market.data(query, {"area": "CT"}) == market.data(query, {"area": NATION})


@pytest.mark.parametrize(
    ("selection", "statements"),
    [
        # Both occupations; the states' cells and the nation's.
        ("decomposition { total coveragePercent }", 3),
        ("states: decomposition { total } sectors: decomposition(by: INDUSTRY) { total }", 4),
        ("decomposition { sources { name } } places { reversal }", 5),
    ],
)
def test_a_decomposition_takes_one_statement(market: Api, selection: str, statements: int) -> None:
    with market.statements() as run:
        compare(market, selection)
    assert len(run) == statements, run
