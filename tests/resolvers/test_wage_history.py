"""Wages by year, their changes and the differences of two occupations in each year, on both databases."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlmodel import col

from db.models import ConsumerPriceIndex, Occupation, Source, WageYear
from db.rows import row_of
from db.vocabulary import MissingReason
from db.writing import writing
from resolvers.comparisons import wage_changes
from resolvers.comparisons.arithmetic import Unit
from resolvers.comparisons.sentences import wage_change_sentence
from resolvers.comparisons.wage_changes import WageChange
from tests.conftest import COLD, Api, serving
from tests.resolvers.conftest import TOP_CODED, store_occupation, store_pay

YEARS = (2021, 2023, 2025)
INDEXES = {2021: 200.0, 2023: 220.0, 2025: 250.0}
HOURLY_ONLY = {f"annual_{name}": {"reason": "HOURLY_ONLY"} for name in ("mean", "median", "p10", "p25", "p75", "p90")}

WAGES: dict[str, dict[int, dict[str, Any]]] = {
    "27-2012": {
        2021: {"annual_mean": 80_000, "annual_median": 70_000, "wage_standard_error_percent": 1.0},
        2023: {"annual_mean": 90_000, "annual_median": 75_000, "wage_standard_error_percent": 1.0},
        2025: {"annual_mean": 110_000, "annual_median": 90_000, "wage_standard_error_percent": 1.0, "employment": 5},
    },
    # No estimate of 2023 under the code.
    "27-3031": {
        2021: {"annual_mean": 80_000, "annual_median": 60_000, "wage_standard_error_percent": 1.0},
        2025: {"annual_mean": 99_000, "annual_median": 60_000, "wage_standard_error_percent": 0.5},
    },
    "27-2011": {
        year: {"hourly_mean": mean, "hourly_median": 20, "wage_standard_error_percent": 2.0, "missing": HOURLY_ONLY}
        for year, mean in zip(YEARS, (40, 44, 50), strict=True)
    },
    "29-1212": {2021: {"missing": TOP_CODED}, 2025: {"annual_mean": 300_000, "wage_standard_error_percent": 3.0}},
    "27-4032": {2025: {"annual_mean": 86_130}},
}


def store_history(url: str) -> None:
    with writing(url) as session:
        store_pay(session)
        for year in YEARS:
            source = f"oews-national-{year}"
            session.add(Source(id=source, name="Wages", release=f"May {year}", license="-", digest="0" * 64))
        session.add(Source(id="cpi-u", name="Prices", release="June 2025", license="-", digest="0" * 64))
        session.flush()
        store_occupation(session, "27-2031", "Dancers")
        numbers = {row.code: row.id for row in session.scalars(select(Occupation))}
        for code, years in WAGES.items():
            for year, figures in years.items():
                key: dict[str, Any] = {"occupation_id": numbers[code], "source_id": f"oews-national-{year}"}
                session.add(WageYear(**key, year=year, **figures))
        session.add_all(ConsumerPriceIndex(year=y, value=value, source_id="cpi-u") for y, value in INDEXES.items())


@pytest.fixture(scope="module")
def url(seeded_database: Callable[[], str]) -> str:
    made = seeded_database()
    store_history(made)
    return made


@pytest.fixture(scope="module")
def paid(url: str) -> Iterator[Api]:
    with serving(url, **COLD) as api:
        yield api


HISTORY = """query ($code: String!) { occupation(by: {code: $code}) { wageHistory {
    year annual { mean median range { low } } hourly { mean } constantDollars { mean median }
    priceIndex priceIndexSource { name } employment missing { figure reason atLeast } source { release }
} } }"""


def history(api: Api, code: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = api.data(HISTORY, {"code": code})["occupation"]["wageHistory"]
    return rows


def test_wages_by_year_in_dollars_of_the_year_and_of_the_newest_year(paid: Api) -> None:
    first, *_, last = history(paid, "27-2012")
    absent = ("p10", "p25", "p75", "p90")
    hourly = [f"hourly.{name}" for name in ("mean", "median", *absent)]
    unknown = ["employmentStandardErrorPercent"]
    assert first == {
        "year": 2021,
        "annual": {"mean": 80_000, "median": 70_000, "range": None},
        "hourly": None,
        # 80,000 * 250 / 200 and 70,000 * 250 / 200.
        "constantDollars": {"mean": 100_000, "median": 87_500},
        "priceIndex": 200,
        "priceIndexSource": {"name": "Prices"},
        "employment": None,
        "missing": [
            {"figure": figure, "reason": "NOT_COLLECTED", "atLeast": None}
            for figure in (*(f"annual.{name}" for name in absent), *hourly, "employment", *unknown)
        ],
        "source": {"release": "May 2021"},
    }
    assert last["constantDollars"] == {"mean": 110_000, "median": 90_000}
    assert (last["employment"], last["source"]) == (5, {"release": "May 2025"})


def test_a_year_without_an_estimate_under_the_code_is_typed(paid: Api) -> None:
    rows = history(paid, "27-3031")
    assert [row["year"] for row in rows] == [*YEARS]
    assert rows[1]["annual"] is rows[1]["constantDollars"] is rows[1]["employment"] is None
    assert {one["reason"] for one in rows[1]["missing"]} == {"WIDER_GROUP_ONLY"}
    assert rows[1]["source"] == {"release": "May 2023"}


def test_an_occupation_without_wages_of_any_year_has_no_history(paid: Api) -> None:
    query = '{ occupation(by: {code: "27-2031"}) { wageHistory { year } wageChange { toYear } caveats } }'
    assert paid.data(query) == {"occupation": {"wageHistory": [], "wageChange": None, "caveats": []}}


_CHANGE = "left right absolute percent unit verdict zScore missing { figure reason atLeast }"
CHANGE = f"""query ($code: String!) {{ occupation(by: {{code: $code}}) {{ caveats wageChange {{
    fromYear toYear pricePercent caveats sources {{ release }}
    mean {{ {_CHANGE} }} median {{ {_CHANGE} }} realMean {{ {_CHANGE} explanation {{
        formula note inputs {{ name value }} sources {{ name }}
    }} }} realMedian {{ {_CHANGE} }}
}} }} }}"""


def test_the_change_of_wages_before_and_after_inflation(paid: Api) -> None:
    found = paid.data(CHANGE, {"code": "27-3031"})["occupation"]
    change = found["wageChange"]
    assert (change["fromYear"], change["toYear"], change["pricePercent"]) == (2021, 2025, 25)
    assert change["sources"] == [{"release": "May 2025"}, {"release": "May 2021"}, {"release": "June 2025"}]
    assert change["caveats"] == found["caveats"]
    assert "advises against reading wages of different years as a time series" in change["caveats"][0]
    assert change["mean"] == {
        "left": 99_000,
        "right": 80_000,
        "absolute": 19_000,
        "percent": 23.75,
        "unit": "DOLLARS_PER_YEAR",
        "verdict": "SIGNIFICANT",
        # sqrt((99,000 * 0.5%)^2 + (80,000 * 1%)^2) = 940.76.
        "zScore": 20.1965,
        "missing": [],
    }
    real = change["realMean"]
    # 80,000 dollars of 2021 are 100,000 dollars of 2025, with an error of 1,000; the other error is 495.
    assert [real[name] for name in ("left", "right", "absolute", "percent")] == [99_000, 100_000, -1_000, -1]
    assert (real["verdict"], real["zScore"]) == ("NOT_SIGNIFICANT", 0.8962)
    explained = real["explanation"]
    assert explained["formula"].startswith(
        "annual.mean in dollars of 2025 = annual.mean * CPI-U of May 2025 / CPI-U of May 2021; absolute = left - right"
    )
    assert {one["name"]: one["value"] for one in explained["inputs"]} == {
        "left annual.mean in dollars of 2025, May 2025": 99_000,
        "left relative standard error, May 2025": 0.5,
        "right annual.mean, May 2021": 80_000,
        "right CPI-U of May 2025": 250,
        "right CPI-U of May 2021": 200,
        "right annual.mean in dollars of 2025, May 2021": 100_000,
        "right relative standard error, May 2021": 1,
    }
    assert explained["sources"] == [{"name": "Wages"}, {"name": "Wages"}, {"name": "Prices"}]
    assert "takes the estimates of the two years as independent" in explained["note"]
    assert (change["median"]["percent"], change["median"]["verdict"]) == (0, "NOT_TESTABLE")
    assert change["realMedian"]["percent"] == -20


def test_hourly_wages_change_where_no_annual_ones_are_published(paid: Api) -> None:
    change = paid.data(CHANGE, {"code": "27-2011"})["occupation"]["wageChange"]
    assert (change["mean"]["unit"], change["mean"]["percent"]) == ("DOLLARS_PER_HOUR", 25)
    assert (change["realMean"]["right"], change["realMean"]["absolute"]) == (50, 0)


def test_a_top_coded_first_year_has_a_bound_in_dollars_of_the_last_year(paid: Api) -> None:
    change = paid.data(CHANGE, {"code": "29-1212"})["occupation"]["wageChange"]
    for name, figure, bound in (
        ("mean", "right annual.mean", 239_200),
        ("realMean", "right annual.mean in dollars of 2025", 299_000),
    ):
        assert change[name]["missing"] == [{"figure": figure, "reason": "TOP_CODED", "atLeast": bound}]
        assert (change[name]["absolute"], change[name]["verdict"]) == (None, "NOT_TESTABLE")


def test_one_year_is_no_change(paid: Api) -> None:
    assert paid.data(CHANGE, {"code": "27-4032"})["occupation"]["wageChange"] is None


GAPS = """query ($left: String!, $right: String!) { comparison(left: {code: $left}, right: {code: $right}, area: "CA") {
    wageHistory {
        year mean { left right absolute unit verdict zScore missing { figure reason } explanation { note } }
        median { absolute verdict }
    } summary caveats
} }"""


def test_the_differences_of_two_occupations_in_each_year(paid: Api) -> None:
    rows = paid.data(GAPS, {"left": "27-2012", "right": "27-3031"})["comparison"]["wageHistory"]
    means = [row["mean"] for row in rows]
    assert [row["year"] for row in rows] == [*YEARS]
    assert [(mean["left"], mean["right"], mean["absolute"]) for mean in means] == [
        (80_000, 80_000, 0),
        (90_000, None, None),
        (110_000, 99_000, 11_000),
    ]
    assert [mean["verdict"] for mean in means] == ["NOT_SIGNIFICANT", "NOT_TESTABLE", "SIGNIFICANT"]
    # 11,000 / sqrt(1,100^2 + 495^2).
    assert means[2]["zScore"] == 9.1192
    assert "both estimates come from one sample" in means[2]["explanation"]["note"]
    assert means[1]["missing"] == [{"figure": "right annual.mean", "reason": "WIDER_GROUP_ONLY"}]
    assert [row["median"]["absolute"] for row in rows] == [10_000, None, 30_000]


def test_hourly_wages_are_compared_where_both_sides_have_only_these(paid: Api) -> None:
    of_both = paid.data(GAPS, {"left": "27-2011", "right": "27-2011"})["comparison"]["wageHistory"]
    assert {(row["mean"]["unit"], row["mean"]["absolute"]) for row in of_both} == {("DOLLARS_PER_HOUR", 0)}
    assert {row["mean"]["explanation"]["note"] for row in of_both} == {"Not tested: both sides are one occupation."}
    of_one = paid.data(GAPS, {"left": "27-2011", "right": "27-2012"})["comparison"]["wageHistory"]
    assert {row["mean"]["unit"] for row in of_one} == {"DOLLARS_PER_YEAR"}
    assert of_one[0]["mean"]["missing"] == [{"figure": "left annual.mean", "reason": "HOURLY_ONLY"}]


def test_a_side_without_any_history_and_two_of_them(paid: Api) -> None:
    rows = paid.data(GAPS, {"left": "27-2012", "right": "27-2031"})["comparison"]["wageHistory"]
    assert [row["mean"]["left"] for row in rows] == [80_000, 90_000, 110_000]
    assert rows[0]["mean"]["missing"] == [{"figure": "right annual.mean", "reason": "NOT_COLLECTED"}]
    roles = 'left: {slug: "media-producer"}, right: {slug: "media-production-specialist"}'
    assert paid.data(f"{{ comparison({roles}) {{ wageHistory {{ year }} }} }}")["comparison"] == {"wageHistory": []}


def test_the_summary_says_what_the_figures_carry(paid: Api) -> None:
    found = paid.data(GAPS, {"left": "27-2012", "right": "27-3031"})["comparison"]
    [said] = [sentence for sentence in found["summary"] if "inflation" in sentence]
    assert said == (
        "From May 2021 to May 2025, when consumer prices rose 25.0%, the national mean annual wage rose 37.5% for "
        "Producers and Directors (a rise of 10.0% after inflation); it rose 23.8% for Public Relations Specialists "
        "(no clear change after inflation)."
    )
    [caveat] = [caveat for caveat in found["caveats"] if "time series" in caveat]
    assert caveat.startswith("Both sides: The Bureau of Labor Statistics advises against ")
    of_one = paid.data(GAPS, {"left": "27-2012", "right": "29-1212"})["comparison"]
    assert not [sentence for sentence in of_one["summary"] if "inflation" in sentence]


def test_without_a_price_index_nothing_is_in_constant_dollars(seeded_database: Callable[[], str]) -> None:
    url = seeded_database()
    store_history(url)
    with writing(url) as session:
        session.execute(delete(ConsumerPriceIndex).where(col(ConsumerPriceIndex.year) == 2021))
    with serving(url) as api:
        rows = history(api, "27-2012")
        change = api.data(CHANGE, {"code": "27-2012"})["occupation"]["wageChange"]
    assert [row["constantDollars"] and row["constantDollars"]["mean"] for row in rows] == [
        None,
        pytest.approx(90_000 * 250 / 220, abs=1e-4),
        110_000,
    ]
    assert (rows[0]["priceIndex"], rows[0]["priceIndexSource"]) == (None, None)
    assert (change["pricePercent"], change["mean"]["percent"], change["realMean"]["absolute"]) == (None, 37.5, None)
    assert change["realMean"]["missing"] == [
        {"figure": "right annual.mean in dollars of 2025", "reason": MissingReason.NOT_COLLECTED.value, "atLeast": None}
    ]


def changed(first: float, last: float, index: float, errors: tuple[float, float] = (1.0, 1.0)) -> WageChange:
    """Return the change of a wage while prices go from 100 to an index."""
    rows = [
        row_of(WageYear, occupation_id=1, year=year, annual_mean=mean, wage_standard_error_percent=error, source_id="s")
        for year, mean, error in zip((2021, 2025), (first, last), errors, strict=True)
    ]
    prices = {
        2021: row_of(ConsumerPriceIndex, year=2021, value=100.0, source_id="p"),
        2025: row_of(ConsumerPriceIndex, year=2025, value=index, source_id="p"),
    }
    found = wage_changes.change_of(rows, prices)
    assert found is not None
    return found


@given(
    wage=st.floats(10_000, 900_000),
    growth=st.floats(0.5, 2),
    inflation=st.floats(0.8, 1.5),
)
def test_a_real_change_is_the_nominal_one_divided_by_that_of_prices(
    wage: float, growth: float, inflation: float
) -> None:
    change = changed(wage, wage * growth, 100 * inflation)
    assert change.mean.unit is Unit.DOLLARS_PER_YEAR
    assert change.mean.percent == pytest.approx(100 * (growth - 1), abs=1e-3)
    assert change.real_mean.percent == pytest.approx(100 * (growth / inflation - 1), abs=1e-3)
    assert change.price_percent == pytest.approx(100 * (inflation - 1), abs=1e-3)


@pytest.mark.parametrize(
    ("first", "last", "index", "said"),
    [
        (50_000, 60_000, 110.0, "rose 20.0% for Bakers (a rise of 9.1% after inflation)"),
        (50_000, 60_000, 130.0, "rose 20.0% for Bakers (a fall of 7.7% after inflation)"),
        (50_000, 50_100, 110.0, "did not clearly change for Bakers (a fall of 8.9% after inflation)"),
        (50_000, 40_000, 80.0, "fell 20.0% for Bakers (no clear change after inflation)"),
        # With errors of 0.95% it is significant, with 1.05% it is not: |z| is 1.68.
        (50_000, 51_200, 100.4, "did not clearly change for Bakers (no clear change after inflation)"),
    ],
)
def test_words_follow_the_tests(first: float, last: float, index: float, said: str) -> None:
    bakers = row_of(Occupation, id=1, title="Bakers")
    sentence = wage_change_sentence([(bakers, changed(first, last, index))] * 2)
    assert sentence is not None
    assert f"the national mean annual wage {said}; it {said}." in sentence.text
    untested = changed(first, last, index, (0.0, 0.0))
    assert wage_change_sentence([(bakers, changed(first, last, index)), (bakers, untested)]) is None
    assert wage_change_sentence([(bakers, None), (bakers, untested)]) is None
