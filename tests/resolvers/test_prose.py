"""Each sentence of a comparison, word for word, and that none contradicts the verdict it is made from."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from db.models import Area, Occupation, Preparation
from db.vocabulary import AreaKind, MissingReason, OccupationKind
from resolvers.comparisons import arithmetic, prose
from resolvers.comparisons.arithmetic import Difference, Figure, Side, Unit, Verdict

unhurried = settings(deadline=None)
"""A slow machine makes no test fail."""


def titled(title: str) -> Occupation:
    return Occupation(
        slug=title.lower(), title=title, kind=OccupationKind.DETAILED, group_code="27-0000", source_id="oews"
    )


def means(
    left: float | None, right: float | None, *, errors: tuple[float | None, float | None] = (None, None)
) -> Difference:
    """The difference of two mean annual wages, as a comparison computes it."""
    return arithmetic.difference(
        Figure("annual.mean", left, "oews", errors[0]),
        Figure("annual.mean", right, "oews", errors[1]),
        Unit.DOLLARS_PER_YEAR,
    )


def months(low: int | None, high: int | None) -> Preparation:
    return Preparation(occupation_id=1, minimum_months=low, maximum_months=high, source_id="page")


PRODUCER, SPECIALIST = titled("Media Producer"), titled("Media Production Specialist")
NATION = Area(code="US", name="United States", kind=AreaKind.NATION)
CONNECTICUT = Area(code="CT", name="Connecticut", kind=AreaKind.STATE)
HARTFORD = Area(code="25540", name="Hartford-West Hartford-East Hartford, CT", kind=AreaKind.METRO)
NORTHWEST = Area(code="0900001", name="Northwestern Connecticut nonmetropolitan area", kind=AreaKind.NONMETRO)


# Salaries


def salary_sentence(mean: Difference, area: Area = NATION) -> str:
    return prose.salary_sentence(PRODUCER, SPECIALIST, mean, area)


def test_the_left_side_earns_more() -> None:
    assert salary_sentence(means(57433, 53243)) == (
        "By the mean annual wage in the United States, Media Producer earns more: $57,433, which is $4,190 (7.9%) "
        "above Media Production Specialist's $53,243; the published figures don't allow a test of "
        "significance."
    )


def test_the_right_side_earns_more() -> None:
    # The gap is a part of the lower wage whichever side that is on: 4,190 / 53,243.
    assert salary_sentence(means(53243, 57433)) == (
        "By the mean annual wage in the United States, Media Production Specialist earns more: $57,433, which is "
        "$4,190 (7.9%) above Media Producer's $53,243; the published figures don't allow a test of "
        "significance."
    )


def test_a_significant_difference() -> None:
    assert salary_sentence(means(60_000, 50_000, errors=(0.5, 0.8))) == (
        "By the mean annual wage in the United States, Media Producer earns more: $60,000, which is $10,000 (20.0%) "
        "above Media Production Specialist's $50,000; the difference is statistically significant."
    )


def test_a_difference_that_is_not_significant() -> None:
    assert salary_sentence(means(50_000, 49_187, errors=(0.6, 0.8))) == (
        "By the mean annual wage in the United States there is no clear difference: Media Producer $50,000, "
        "Media Production Specialist $49,187; the gap of $813 (1.7%) is not statistically significant."
    )


def test_a_difference_that_is_not_significant_names_the_higher_side_first() -> None:
    assert salary_sentence(means(49_187, 50_000, errors=(0.8, 0.6))) == (
        "By the mean annual wage in the United States there is no clear difference: "
        "Media Production Specialist $50,000, Media Producer $49,187; the gap of $813 (1.7%) is not statistically "
        "significant."
    )


@pytest.mark.parametrize("errors", [(None, None), (1.0, 1.0)], ids=["without errors", "with errors"])
def test_equal_wages(errors: tuple[float | None, float | None]) -> None:
    assert salary_sentence(means(57433, 57433, errors=errors)) == (
        "By the mean annual wage in the United States, Media Producer and Media Production Specialist both earn "
        "$57,433."
    )


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        pytest.param(None, 53243, ("has none published", "$53,243"), id="left"),
        pytest.param(57433, None, ("$57,433", "has none published"), id="right"),
        pytest.param(None, None, ("has none published", "has none published"), id="both"),
    ],
)
def test_a_missing_wage(left: float | None, right: float | None, said: tuple[str, str]) -> None:
    assert salary_sentence(means(left, right)) == (
        f"Mean annual wages in the United States can't be compared: Media Producer {said[0]}, "
        f"Media Production Specialist {said[1]}."
    )


def top_coded(error: float | None = None) -> Figure:
    """A mean that BLS publishes as being at least so much."""
    return Figure("annual.mean", None, "oews", error, MissingReason.TOP_CODED, 239_200)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        pytest.param(top_coded(), Figure("annual.mean", 53_243, "oews"), ("at least $239,200", "$53,243"), id="left"),
        pytest.param(Figure("annual.mean", 57_433, "oews"), top_coded(), ("$57,433", "at least $239,200"), id="right"),
        pytest.param(top_coded(), top_coded(), ("at least $239,200", "at least $239,200"), id="both"),
        pytest.param(
            top_coded(),
            Figure("annual.mean", None, None),
            ("at least $239,200", "has none published"),
            id="against none",
        ),
        pytest.param(
            top_coded(1.2),
            Figure("annual.mean", 53_243, "oews", 0.8),
            ("at least $239,200", "$53,243"),
            id="with standard errors",
        ),
    ],
)
def test_a_top_coded_wage_is_told_as_what_it_is_at_least(left: Figure, right: Figure, said: tuple[str, str]) -> None:
    assert salary_sentence(arithmetic.difference(left, right, Unit.DOLLARS_PER_YEAR)) == (
        f"Mean annual wages in the United States can't be compared: Media Producer {said[0]}, "
        f"Media Production Specialist {said[1]}."
    )


def test_two_errors_printed_as_zero_allow_no_test() -> None:
    assert salary_sentence(means(60_000, 50_000, errors=(0.0, 0.0))) == (
        "By the mean annual wage in the United States, Media Producer earns more: $60,000, which is $10,000 (20.0%) "
        "above Media Production Specialist's $50,000; the published figures don't allow a test of significance."
    )


@pytest.mark.parametrize(
    ("area", "where"),
    [
        pytest.param(NATION, "the United States", id="nation"),
        pytest.param(CONNECTICUT, "Connecticut", id="state"),
        pytest.param(HARTFORD, "Hartford-West Hartford-East Hartford, CT", id="metropolitan area"),
        pytest.param(NORTHWEST, "Northwestern Connecticut nonmetropolitan area", id="nonmetropolitan area"),
    ],
)
def test_only_the_nation_takes_an_article(area: Area, where: str) -> None:
    assert salary_sentence(means(50_000, 50_000), area) == (
        f"By the mean annual wage in {where}, Media Producer and Media Production Specialist both earn $50,000."
    )
    assert salary_sentence(means(None, 50_000), area) == (
        f"Mean annual wages in {where} can't be compared: Media Producer has none published, "
        "Media Production Specialist $50,000."
    )


def test_nothing_is_a_percentage_of_no_wage() -> None:
    assert salary_sentence(means(50_000, 0)) == (
        "By the mean annual wage in the United States, Media Producer earns more: $50,000, which is $50,000 above "
        "Media Production Specialist's $0; the published figures don't allow a test of significance."
    )


wages = st.integers(15_000, 500_000).map(float)
errors = st.none() | st.integers(0, 300).map(lambda tenths: tenths / 10)
pairs = st.tuples(wages, wages)
# Pairs so close that most of them are within chance.
close = st.tuples(wages, st.integers(-3_000, 3_000)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))


@unhurried
@given(pairs | close, st.tuples(errors, errors))
def test_a_sentence_never_contradicts_the_verdict(
    pair: tuple[float, float], printed: tuple[float | None, float | None]
) -> None:
    mean = means(*pair, errors=printed)
    sentence = salary_sentence(mean)
    unequal = mean.higher is not Side.EQUAL
    assert ("earns more" in sentence) == (unequal and mean.verdict is not Verdict.NOT_SIGNIFICANT)
    assert ("no clear difference" in sentence) == (unequal and mean.verdict is Verdict.NOT_SIGNIFICANT)
    assert sentence.endswith("the difference is statistically significant.") == (mean.verdict is Verdict.SIGNIFICANT)
    assert ("don't allow a test" in sentence) == (unequal and mean.verdict is Verdict.NOT_TESTABLE)


@unhurried
@given(pairs | close, st.tuples(errors, errors))
def test_a_sentence_names_the_higher_side_and_its_wage_first(
    pair: tuple[float, float], printed: tuple[float | None, float | None]
) -> None:
    mean = means(*pair, errors=printed)
    assume(mean.higher is not Side.EQUAL)
    sentence = prose.salary_sentence(titled("Baker"), titled("Carter"), mean, NATION)
    first, second = ("Baker", "Carter") if mean.higher is Side.LEFT else ("Carter", "Baker")
    assert sentence.index(first) < sentence.index(second)
    assert sentence.index(f"${max(pair):,.0f}") < sentence.rindex(f"${min(pair):,.0f}")


@unhurried
@given(pairs | close, st.tuples(errors, errors))
def test_swapping_the_sides_changes_nothing_but_a_tie(
    pair: tuple[float, float], printed: tuple[float | None, float | None]
) -> None:
    assume(pair[0] != pair[1])
    swapped = means(pair[1], pair[0], errors=(printed[1], printed[0]))
    assert prose.salary_sentence(SPECIALIST, PRODUCER, swapped, NATION) == salary_sentence(means(*pair, errors=printed))


# Preparation


def preparation_sentence(left: Preparation | None, right: Preparation | None) -> str | None:
    return prose.preparation_sentence([(PRODUCER, left), (SPECIALIST, right)])


def test_whole_years_are_given_in_years_and_all_else_in_months() -> None:
    assert preparation_sentence(months(6, 12), months(24, 48)) == (
        "Time to become one: Media Producer takes 6 to 12 months, Media Production Specialist takes 2 to 4 years."
    )


@pytest.mark.parametrize(
    ("low", "high", "span"),
    [
        pytest.param(6, 12, "6 to 12 months", id="only the end is whole"),
        pytest.param(12, 18, "12 to 18 months", id="only the start is whole"),
        pytest.param(12, 24, "1 to 2 years", id="both are whole"),
        pytest.param(7, 11, "7 to 11 months", id="neither is whole"),
        pytest.param(0, 6, "0 to 6 months", id="from nothing"),
        pytest.param(0, 12, "0 to 12 months", id="from nothing to a year"),
        pytest.param(0, 0, "0 months", id="nothing"),
        pytest.param(0, 1, "0 to 1 month", id="from nothing to a month"),
        pytest.param(1, 1, "1 month", id="a month"),
        pytest.param(6, 6, "6 months", id="equal ends, in months"),
        pytest.param(12, 12, "1 year", id="a year"),
        pytest.param(24, 24, "2 years", id="equal ends, in years"),
    ],
)
def test_spans(low: int, high: int, span: str) -> None:
    assert preparation_sentence(months(low, high), months(24, 48)) == (
        f"Time to become one: Media Producer takes {span}, Media Production Specialist takes 2 to 4 years."
    )


NO_SPAN = [
    pytest.param(None, id="no row"),
    pytest.param(months(None, None), id="no months"),
    pytest.param(months(24, None), id="no maximum"),
    pytest.param(months(None, 48), id="no minimum"),
]


@pytest.mark.parametrize("nothing", NO_SPAN)
def test_a_side_without_a_span_is_said_to_have_none(nothing: Preparation | None) -> None:
    assert preparation_sentence(nothing, months(24, 48)) == (
        "Time to become one: Media Producer has no published time, Media Production Specialist takes 2 to 4 years."
    )
    assert preparation_sentence(months(6, 12), nothing) == (
        "Time to become one: Media Producer takes 6 to 12 months, Media Production Specialist has no published time."
    )


@pytest.mark.parametrize("nothing", NO_SPAN)
def test_two_sides_without_a_span_make_no_sentence(nothing: Preparation | None) -> None:
    assert preparation_sentence(nothing, nothing) is None


# Skills


@pytest.mark.parametrize(
    ("left", "listed"),
    [
        pytest.param(["Instagram"], "Instagram", id="one"),
        pytest.param(["Instagram", "Training Videos"], "Instagram and Training Videos", id="two"),
        pytest.param(["Instagram", "Training Videos", "Twitter"], "Instagram, Training Videos and Twitter", id="three"),
        pytest.param(
            ["Instagram", "Training Videos", "Twitter", "YouTube"], "Instagram, Training Videos and Twitter", id="four"
        ),
        pytest.param([], "none published", id="none"),
    ],
)
def test_up_to_three_skills_are_named(left: Sequence[str], listed: str) -> None:
    right = ["Training Videos", "Video Production", "Graphic Design", "Photography"]
    assert prose.skills_sentence([(PRODUCER, left), (SPECIALIST, right)]) == (
        f"Top three skills of Media Producer: {listed}; of Media Production Specialist: "
        "Training Videos, Video Production and Graphic Design."
    )


def test_a_right_side_without_skills_is_said_to_have_none() -> None:
    assert prose.skills_sentence([(PRODUCER, ["Instagram"]), (SPECIALIST, [])]) == (
        "Top three skills of Media Producer: Instagram; of Media Production Specialist: none published."
    )


def test_two_sides_without_skills_make_no_sentence() -> None:
    assert prose.skills_sentence([(PRODUCER, []), (SPECIALIST, [])]) is None
