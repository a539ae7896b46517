"""The sentences of a comparison, word for word; none contradicts its verdict."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from db.models import Area, JobCount, Occupation, OccupationSkill, Outlook, Preparation, Skill
from db.vocabulary import AreaKind, JobsBasis, MissingReason, OccupationKind, SkillKind
from resolvers.comparisons import arithmetic, prospects, sentences
from resolvers.comparisons.arithmetic import Difference, Figure, Side, Unit, Verdict
from resolvers.comparisons.sentences import Sentence
from resolvers.comparisons.skill_sets import skill_comparison
from resolvers.comparisons.wage_curves import Crossover
from resolvers.skills import Weighted

unhurried = settings(deadline=None)
"""No deadline: tests must not fail on a slow machine."""


def titled(title: str, kind: OccupationKind = OccupationKind.ROLE) -> Occupation:
    return Occupation(slug=title.lower(), title=title, kind=kind, group_code="27-0000", source_id="oews")


def means(
    left: float | None, right: float | None, *, errors: tuple[float | None, float | None] = (None, None)
) -> Difference:
    """Return the difference of two mean annual wages."""
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
CAPITAL = Area(code="DC", name="District of Columbia", kind=AreaKind.STATE)
HARTFORD = Area(code="25540", name="Hartford-West Hartford-East Hartford, CT", kind=AreaKind.METRO)
NORTHWEST = Area(code="0900001", name="Northwestern Connecticut nonmetropolitan area", kind=AreaKind.NONMETRO)


# Salaries


def salary_sentence(mean: Difference, area: Area = NATION) -> str:
    return text_of(sentences.salary_sentence(PRODUCER, SPECIALIST, mean, area))


def text_of(sentence: Sentence | None) -> str:
    assert sentence is not None
    return sentence.text


def test_an_untested_wage_is_higher_and_nobody_earns_more() -> None:
    assert sentences.salary_sentence(PRODUCER, SPECIALIST, means(57433, 53243), NATION) == (
        (
            "The published mean annual wage in the United States is higher for Media Producer than for Media "
            "Production Specialist: $57,433 against $53,243, a difference of $4,190."
        ),
        "the mean wage",
    )
    assert salary_sentence(means(53243, 57433)) == (
        "The published mean annual wage in the United States is higher for Media Production Specialist than for Media "
        "Producer: $57,433 against $53,243, a difference of $4,190."
    )


def test_a_significant_difference() -> None:
    assert salary_sentence(means(60_000, 50_000, errors=(0.5, 0.8))) == (
        "By the mean annual wage in the United States, Media Producer earns more than Media Production Specialist: "
        "$60,000 against $50,000. The difference of $10,000 is statistically significant."
    )


def test_a_difference_that_is_not_significant() -> None:
    assert salary_sentence(means(50_000, 49_187, errors=(0.6, 0.8))) == (
        "By the mean annual wage in the United States, there is no clear difference: $50,000 for Media Producer and "
        "$49,187 for Media Production Specialist. The difference of $813 is not statistically significant."
    )


def test_a_difference_that_is_not_significant_names_the_higher_side_first() -> None:
    assert salary_sentence(means(49_187, 50_000, errors=(0.8, 0.6))) == (
        "By the mean annual wage in the United States, there is no clear difference: $50,000 for Media Production "
        "Specialist and $49,187 for Media Producer. The difference of $813 is not statistically significant."
    )


@pytest.mark.parametrize("errors", [(None, None), (1.0, 1.0)], ids=["without errors", "with errors"])
def test_equal_wages(errors: tuple[float | None, float | None]) -> None:
    assert salary_sentence(means(57433, 57433, errors=errors)) == (
        "The mean annual wage in the United States is $57,433 for both."
    )


@pytest.mark.parametrize(
    ("left", "right", "figures"),
    [
        pytest.param(None, 53243, ("none published", "$53,243"), id="left"),
        pytest.param(57433, None, ("$57,433", "none published"), id="right"),
    ],
)
def test_one_missing_wage(left: float | None, right: float | None, figures: tuple[str, str]) -> None:
    assert salary_sentence(means(left, right)) == (
        f"Mean annual wages in the United States can't be compared: {figures[0]} for Media Producer; "
        f"{figures[1]} for Media Production Specialist."
    )


def test_two_missing_wages() -> None:
    assert salary_sentence(means(None, None)) == (
        "Neither occupation has published mean annual wages in the United States."
    )


def top_coded(error: float | None = None) -> Figure:
    """A mean that BLS publishes as $239,200 or more."""
    return Figure("annual.mean", None, "oews", error, MissingReason.TOP_CODED, 239_200)


@pytest.mark.parametrize("error", [None, 1.2], ids=["without errors", "with errors"])
def test_a_top_coded_wage_is_higher_than_a_wage_below_its_bound(error: float | None) -> None:
    published = Figure("annual.mean", 53_243, "oews", error)
    # 239,200 - 53,243 = 185,957.
    rest = ": at least $239,200 against $53,243, a difference of at least $185,957."
    opening = "The published mean annual wage in the United States is higher for "
    left = arithmetic.difference(top_coded(error), published, Unit.DOLLARS_PER_YEAR)
    assert salary_sentence(left) == opening + "Media Producer than for Media Production Specialist" + rest
    right = arithmetic.difference(published, top_coded(error), Unit.DOLLARS_PER_YEAR)
    assert salary_sentence(right) == opening + "Media Production Specialist than for Media Producer" + rest


@pytest.mark.parametrize(
    ("left", "right", "figures"),
    [
        pytest.param(
            top_coded(), Figure("annual.mean", 300_000, "oews"), ("at least $239,200", "$300,000"), id="above the bound"
        ),
        pytest.param(
            Figure("annual.mean", 239_200, "oews"), top_coded(), ("$239,200", "at least $239,200"), id="at the bound"
        ),
        pytest.param(top_coded(), top_coded(), ("at least $239,200", "at least $239,200"), id="both"),
        pytest.param(
            top_coded(),
            Figure("annual.mean", None, None),
            ("at least $239,200", "none published"),
            id="against none",
        ),
    ],
)
def test_a_top_coded_wage_is_given_as_its_bound(left: Figure, right: Figure, figures: tuple[str, str]) -> None:
    assert salary_sentence(arithmetic.difference(left, right, Unit.DOLLARS_PER_YEAR)) == (
        f"Mean annual wages in the United States can't be compared: {figures[0]} for Media Producer; "
        f"{figures[1]} for Media Production Specialist."
    )


def test_two_errors_published_as_zero_allow_no_test() -> None:
    assert salary_sentence(means(60_000, 50_000, errors=(0.0, 0.0))) == (
        "The published mean annual wage in the United States is higher for Media Producer than for Media Production "
        "Specialist: $60,000 against $50,000, a difference of $10,000."
    )


@pytest.mark.parametrize(
    ("area", "where"),
    [
        pytest.param(NATION, "the United States", id="nation"),
        pytest.param(CONNECTICUT, "Connecticut", id="state"),
        pytest.param(HARTFORD, "Hartford-West Hartford-East Hartford, CT", id="metropolitan area"),
        pytest.param(NORTHWEST, "the Northwestern Connecticut nonmetropolitan area", id="nonmetropolitan area"),
        pytest.param(CAPITAL, "the District of Columbia", id="capital"),
    ],
)
def test_some_areas_take_an_article(area: Area, where: str) -> None:
    assert salary_sentence(means(50_000, 50_000), area) == (f"The mean annual wage in {where} is $50,000 for both.")
    assert salary_sentence(means(None, 50_000), area) == (
        f"Mean annual wages in {where} can't be compared: none published for Media Producer; "
        "$50,000 for Media Production Specialist."
    )


def test_a_gap_over_zero_is_no_multiple() -> None:
    assert salary_sentence(means(50_000, 0)) == (
        "The published mean annual wage in the United States is higher for Media Producer than for Media Production "
        "Specialist: $50,000 against $0, a difference of $50,000."
    )


# Plural titles

PRODUCERS = titled("Producers and Directors", OccupationKind.DETAILED)
EDITORS = titled("Film and Video Editors", OccupationKind.DETAILED)


def test_a_soc_title_is_plural() -> None:
    sentence = sentences.salary_sentence(PRODUCERS, EDITORS, means(113_300, 86_130, errors=(1.8, 2.5)), NATION)
    assert sentence == (
        (
            "By the mean annual wage in the United States, Producers and Directors earn more than Film and Video "
            "Editors: $113,300 against $86,130. The difference of $27,170 is statistically significant."
        ),
        None,
    )


def test_plural_titles_take_plural_verbs_with_job_zones() -> None:
    zones = [
        (occupation, Preparation(occupation_id=1, minimum_months=low, maximum_months=high, job_zone=zone, source_id=""))
        for occupation, low, high, zone in ((EDITORS, 0, 3, 1), (PRODUCERS, 48, None, 5))
    ]
    assert sentences.preparation_sentence(zones) == (
        "By O*NET's job zones, Producers and Directors need more preparation than Film and Video Editors: 4 years or "
        "more of Specific Vocational Preparation (zone 5) against up to 3 months (zone 1)."
    )


# Other measures of pay


def medians(left: float | None, right: float | None) -> Difference:
    return arithmetic.difference(
        Figure("annual.median", left, "oews"), Figure("annual.median", right, "oews"), Unit.DOLLARS_PER_YEAR
    )


def test_the_median_is_named() -> None:
    assert sentences.median_sentence(PRODUCERS, EDITORS, medians(90_360, 75_420), CONNECTICUT) == (
        (
            "The published median annual wage in Connecticut is higher for Producers and Directors than for Film and "
            "Video Editors: $90,360 against $75,420, a difference of $14,940."
        ),
        "the median wage",
    )
    assert text_of(sentences.median_sentence(PRODUCERS, EDITORS, medians(90_360, None), CONNECTICUT)) == (
        "Median annual wages in Connecticut can't be compared: $90,360 for Producers and Directors; none "
        "published for Film and Video Editors."
    )


def test_without_any_median_there_is_no_sentence() -> None:
    assert sentences.median_sentence(PRODUCERS, EDITORS, medians(None, None), NATION) is None


def test_hourly_wages_are_given_to_the_cent() -> None:
    hourly = arithmetic.difference(
        Figure("hourly.mean", 58.29, "oews", 8.4), Figure("hourly.mean", 41.41, "oews", 2.5), Unit.DOLLARS_PER_HOUR
    )
    assert text_of(sentences.salary_sentence(titled("Actors", OccupationKind.DETAILED), EDITORS, hourly, NATION)) == (
        "By the mean hourly wage in the United States, Actors earn more than Film and Video Editors: $58.29 against "
        "$41.41. The difference of $16.88 is statistically significant."
    )


def test_curves_that_cross() -> None:
    once = [Crossover(25, 50, Side.RIGHT, Side.LEFT)]
    assert sentences.crossovers_sentence(EDITORS, SPECIALIST, once, Unit.DOLLARS_PER_YEAR, NATION) == (
        (
            "The order changes between percentiles of the annual wage in the United States: the published wage is "
            "higher for Media Production Specialist at the 25th, then for Film and Video Editors at the 50th."
        ),
        "the percentiles",
    )
    twice = [Crossover(10, 25, Side.LEFT, Side.RIGHT), Crossover(75, 90, Side.RIGHT, Side.LEFT)]
    assert text_of(sentences.crossovers_sentence(EDITORS, PRODUCERS, twice, Unit.DOLLARS_PER_HOUR, CONNECTICUT)) == (
        "The order changes between percentiles of the hourly wage in Connecticut: the published wage is higher for "
        "Film and Video Editors at the 10th, then for Producers and Directors at the 25th and 75th, then for Film and "
        "Video Editors at the 90th."
    )


def test_without_crossovers_there_is_no_sentence() -> None:
    assert sentences.crossovers_sentence(EDITORS, PRODUCERS, [], Unit.DOLLARS_PER_YEAR, NATION) is None


# Places


def places_sentence(
    left_higher: int,
    right_higher: int,
    national: Difference,
    *,
    equal: int = 0,
    reversal: bool | None = False,
    kind: AreaKind = AreaKind.METRO,
) -> Sentence | None:
    return sentences.places_sentence(
        PRODUCERS,
        EDITORS,
        kind=kind,
        period="annual",
        compared=left_higher + right_higher + equal,
        left_higher=left_higher,
        right_higher=right_higher,
        national=national,
        reversal=reversal,
    )


def test_places_that_reverse_the_national_order() -> None:
    assert places_sentence(60, 1140, medians(90_360, 75_420), equal=1, reversal=True) == (
        (
            "Among the 1,201 metropolitan areas with a published median annual wage for both, it is higher for Film "
            "and Video Editors in 1,140 and for Producers and Directors in 60, and the same in 1. Nationally, it is "
            "higher for Producers and Directors, so more of these areas reverse the national order than follow it."
        ),
        "the medians of metropolitan areas",
    )


def test_places_that_follow_the_national_order() -> None:
    assert places_sentence(30, 4, medians(90_360, 75_420), kind=AreaKind.STATE) == (
        (
            "Among the 34 states and territories with a published median annual wage for both, it is higher for "
            "Producers and Directors in 30 and for Film and Video Editors in 4. Nationally, it is higher for Producers "
            "and Directors."
        ),
        "the medians of states and territories",
    )


def test_places_that_all_have_one_order() -> None:
    assert text_of(places_sentence(30, 0, medians(90_360, 75_420), kind=AreaKind.STATE)) == (
        "In all 30 states and territories with a published median annual wage for both, as nationally, it is higher "
        "for Producers and Directors."
    )
    assert text_of(places_sentence(0, 2, medians(90_360, 75_420), reversal=True)) == (
        "In the two metropolitan areas with a published median annual wage for both, it is higher for Film and Video "
        "Editors. Nationally, it is higher for Producers and Directors, so more of these areas reverse the national "
        "order than follow it."
    )
    assert text_of(places_sentence(1, 0, medians(None, None), reversal=None)) == (
        "In the one metropolitan area with a published median annual wage for both, it is higher for Producers and "
        "Directors."
    )


@pytest.mark.parametrize("national", [medians(None, 75_420), medians(75_420, 75_420)], ids=["unknown", "a tie"])
def test_places_without_a_national_order(national: Difference) -> None:
    assert places_sentence(1, 1, national, kind=AreaKind.NONMETRO, reversal=None) == (
        (
            "Among the 2 nonmetropolitan areas with a published median annual wage for both, it is higher for "
            "Producers and Directors in 1 and for Film and Video Editors in 1."
        ),
        "the medians of nonmetropolitan areas",
    )


def test_places_with_the_same_medians() -> None:
    assert text_of(places_sentence(0, 0, medians(90_360, 75_420), equal=1)) == (
        "In the one metropolitan area with a published median annual wage for both, it is the same. Nationally, it is "
        "higher for Producers and Directors."
    )


def test_without_places_there_is_no_sentence() -> None:
    assert places_sentence(0, 0, medians(2, 1)) is None
    assert places_sentence(1, 0, medians(2, 1), kind=AreaKind.NATION) is None


# Jobs and growth


def counted(left: int, right: int, *errors: float | None) -> Difference:
    left_error, right_error = errors or (None, None)
    return arithmetic.difference(
        Figure("jobs", left, "oews", left_error), Figure("jobs", right, "oews", right_error), Unit.WAGE_AND_SALARY_JOBS
    )


def jobs_of(basis: JobsBasis) -> JobCount:
    return JobCount(occupation_id=1, count=1, basis=basis, source_id="oews")


def test_people_employed() -> None:
    jobs = counted(143_120, 25_610, 2.9, 4.7)
    assert text_of(sentences.jobs_sentence(PRODUCERS, EDITORS, jobs, jobs_of(JobsBasis.WAGE_AND_SALARY))) == (
        "Producers and Directors have more wage-and-salary jobs nationwide than Film and Video Editors: 143,120 "
        "against 25,610. The difference of 117,510 is statistically significant."
    )
    close = counted(25_700, 25_610, 2.9, 4.7)
    assert text_of(sentences.jobs_sentence(PRODUCERS, EDITORS, close, jobs_of(JobsBasis.WAGE_AND_SALARY))) == (
        "By the number of wage-and-salary jobs nationwide, there is no clear difference: 25,700 for Producers and "
        "Directors and 25,610 for Film and Video Editors. The difference of 90 is not statistically significant."
    )


def test_open_postings() -> None:
    jobs = counted(17_827, 87_800)
    assert sentences.jobs_sentence(PRODUCER, SPECIALIST, jobs, jobs_of(JobsBasis.OPEN_POSTINGS)) == (
        (
            "The published number of open job postings is higher for Media Production Specialist than for Media "
            "Producer: 87,800 against 17,827, a difference of 69,973."
        ),
        "the number of open job postings",
    )


@pytest.mark.parametrize(
    ("more", "gap"),
    [
        # 1,000% above is 11 times.
        (11_000, "a difference of 10,000"),
        (11_010, "over 11 times as many"),
        (20_000, "20 times as many"),
        (110_689, "over 110 times as many"),
        (1_106_892, "over 1,100 times as many"),
    ],
)
def test_large_gaps_are_given_as_multiples(more: int, gap: str) -> None:
    sentence = sentences.jobs_sentence(PRODUCERS, EDITORS, counted(more, 1_000), jobs_of(JobsBasis.WAGE_AND_SALARY))
    assert text_of(sentence).endswith(f": {more:,} against 1,000, {gap}.")


def test_a_tested_multiple() -> None:
    jobs = counted(55_500, 1_000, 2.9, 4.7)
    assert text_of(sentences.jobs_sentence(PRODUCERS, EDITORS, jobs, jobs_of(JobsBasis.WAGE_AND_SALARY))) == (
        "Producers and Directors have more wage-and-salary jobs nationwide than Film and Video Editors: 55,500 against "
        "1,000, over 55 times as many. The difference is statistically significant."
    )


def test_without_a_comparison_of_jobs_there_is_no_sentence() -> None:
    assert sentences.jobs_sentence(PRODUCER, SPECIALIST, None, jobs_of(JobsBasis.WAGE_AND_SALARY)) is None
    assert sentences.jobs_sentence(PRODUCER, SPECIALIST, None, None) is None


def outlook(growth: float | None, *years: int) -> Outlook:
    from_year, to_year = years or (None, None)
    return Outlook(occupation_id=1, growth_percent=growth, from_year=from_year, to_year=to_year, source_id="ep")


def growth_sentence(left: Outlook | None, right: Outlook | None) -> str | None:
    sentence = sentences.growth_sentence(PRODUCERS, EDITORS, prospects.growth_of(left, right), (left, right))
    return None if sentence is None else sentence.text


def test_growth_is_in_points_and_names_its_period() -> None:
    # In floating point 4.9 - -1.2 is 6.1000000000000005.
    assert growth_sentence(outlook(-1.2, 2024, 2034), outlook(4.9, 2024, 2034)) == (
        "The projected change in employment from 2024 to 2034 is higher for Film and Video Editors than for Producers "
        "and Directors: 4.9% against -1.2%, a difference of 6.1 percentage points."
    )


@pytest.mark.parametrize(
    ("left", "right", "figures"),
    [
        (5.0, 4.0, "5% against 4%, a difference of 1 percentage point"),
        (5.5, 4.0, "5.5% against 4.0%, a difference of 1.5 percentage points"),
        (5.5, 4.5, "5.5% against 4.5%, a difference of 1.0 percentage points"),
    ],
)
def test_both_rates_have_the_decimals_of_the_more_precise_one(left: float, right: float, figures: str) -> None:
    sentence = growth_sentence(outlook(left, 2024, 2034), outlook(right, 2024, 2034))
    assert sentence is not None
    assert sentence.endswith(f": {figures}.")


@pytest.mark.parametrize(("left", "right"), [(4.9, 4.8), (-0.3, -0.2), (0.0, 0.1)])
def test_projections_within_rounding_are_about_the_same(left: float, right: float) -> None:
    # In floating point 4.9 - 4.8 is 0.10000000000000053.
    assert growth_sentence(outlook(left, 2024, 2034), outlook(right, 2024, 2034)) == (
        "The projected change in employment from 2024 to 2034 is about the same: "
        f"{left:.1f}% for Producers and Directors and {right:.1f}% for Film and Video Editors."
    )


def test_growth_over_an_unspecified_period() -> None:
    assert growth_sentence(outlook(8), outlook(8)) == (
        "The projected change in employment over an unspecified period is 8% for both."
    )


def test_growth_over_two_periods_names_both() -> None:
    assert growth_sentence(outlook(5, 2024, 2034), outlook(4, 2023, 2033)) == (
        "Projected changes in employment (Producers and Directors from 2024 to 2034, Film and Video Editors from 2023 "
        "to 2033) can't be compared: 5% for Producers and Directors; 4% for Film and Video Editors."
    )


@pytest.mark.parametrize("nothing", [None, outlook(None, 2024, 2034)], ids=["no row", "no rate"])
def test_growth_of_one_side_only(nothing: Outlook | None) -> None:
    assert growth_sentence(outlook(5, 2024, 2034), nothing) == (
        "Projected changes in employment from 2024 to 2034 can't be compared: 5% for Producers and Directors; none "
        "published for Film and Video Editors."
    )
    assert growth_sentence(nothing, nothing) is None


wages = st.integers(15_000, 500_000).map(float)
errors = st.none() | st.integers(0, 300).map(lambda tenths: tenths / 10)
pairs = st.tuples(wages, wages)
# Close pairs, most of which don't differ significantly.
close = st.tuples(wages, st.integers(-3_000, 3_000)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))


@unhurried
@given(pairs | close, st.tuples(errors, errors))
def test_a_sentence_never_contradicts_the_verdict(
    pair: tuple[float, float], printed: tuple[float | None, float | None]
) -> None:
    mean = means(*pair, errors=printed)
    sentence = salary_sentence(mean)
    unequal = mean.higher is not Side.EQUAL
    assert ("earns more" in sentence) == (unequal and mean.verdict is Verdict.SIGNIFICANT)
    assert ("no clear difference" in sentence) == (unequal and mean.verdict is Verdict.NOT_SIGNIFICANT)
    assert sentence.endswith(" is statistically significant.") == (mean.verdict is Verdict.SIGNIFICANT)
    assert ("is higher for" in sentence) == (unequal and mean.verdict is Verdict.NOT_TESTABLE)


@unhurried
@given(pairs | close, st.tuples(errors, errors))
def test_a_sentence_names_the_higher_side_and_its_wage_first(
    pair: tuple[float, float], printed: tuple[float | None, float | None]
) -> None:
    mean = means(*pair, errors=printed)
    assume(mean.higher is not Side.EQUAL)
    sentence = text_of(sentences.salary_sentence(titled("Baker"), titled("Carter"), mean, NATION))
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
    assert text_of(sentences.salary_sentence(SPECIALIST, PRODUCER, swapped, NATION)) == salary_sentence(
        means(*pair, errors=printed)
    )


# Preparation


def preparation_sentence(left: Preparation | None, right: Preparation | None) -> str | None:
    return sentences.preparation_sentence([(PRODUCER, left), (SPECIALIST, right)])


def test_whole_years_are_given_in_years_and_other_ranges_in_months() -> None:
    assert preparation_sentence(months(6, 12), months(24, 48)) == (
        "Time to become one: 6 to 12 months for Media Producer; 2 to 4 years for Media Production Specialist."
    )


@pytest.mark.parametrize(
    ("low", "high", "span"),
    [
        pytest.param(6, 12, "6 to 12 months", id="only the end is whole"),
        pytest.param(12, 18, "12 to 18 months", id="only the start is whole"),
        pytest.param(12, 24, "1 to 2 years", id="both are whole"),
        pytest.param(7, 11, "7 to 11 months", id="neither is whole"),
        pytest.param(0, 6, "up to 6 months", id="from nothing"),
        pytest.param(0, 12, "up to 12 months", id="from nothing to a year"),
        pytest.param(0, 0, "0 months", id="nothing"),
        pytest.param(0, 1, "up to 1 month", id="from nothing to a month"),
        pytest.param(1, 1, "1 month", id="a month"),
        pytest.param(6, 6, "6 months", id="equal ends, in months"),
        pytest.param(12, 12, "1 year", id="a year"),
        pytest.param(24, 24, "2 years", id="equal ends, in years"),
        pytest.param(48, None, "4 years or more", id="an open end, in years"),
        pytest.param(12, None, "1 year or more", id="an open end after a year"),
        pytest.param(30, None, "30 months or more", id="an open end, in months"),
        pytest.param(1, None, "1 month or more", id="an open end after a month"),
        pytest.param(0, None, "0 months or more", id="nothing is known"),
    ],
)
def test_spans(low: int, high: int | None, span: str) -> None:
    assert preparation_sentence(months(low, high), months(24, 48)) == (
        f"Time to become one: {span} for Media Producer; 2 to 4 years for Media Production Specialist."
    )


NO_SPAN = [
    pytest.param(None, id="no row"),
    pytest.param(months(None, None), id="no months"),
    pytest.param(months(None, 48), id="no minimum"),
]


@pytest.mark.parametrize("nothing", NO_SPAN)
def test_a_side_without_a_time_to_become_one(nothing: Preparation | None) -> None:
    assert preparation_sentence(nothing, months(24, 48)) == (
        "Time to become one: none published for Media Producer; 2 to 4 years for Media Production Specialist."
    )
    assert preparation_sentence(months(6, 12), nothing) == (
        "Time to become one: 6 to 12 months for Media Producer; none published for Media Production Specialist."
    )


@pytest.mark.parametrize("nothing", NO_SPAN)
def test_without_any_time_to_become_one_there_is_no_sentence(nothing: Preparation | None) -> None:
    assert preparation_sentence(nothing, nothing) is None


# Skills


def weighted(names: Sequence[str]) -> list[tuple[str, float | None]]:
    """Return skills with weights that decrease."""
    return [(name, 90.0 - place) for place, name in enumerate(names)]


@pytest.mark.parametrize(
    ("weights", "listed"),
    [
        ([9, 8, 7, 6], "A, B, C"),
        ([9, 8, 7, 7], "A, B, then C, D (tied)"),
        ([9, 8, 8, 7], "A, B, C"),
        ([9, 8, 8, 8, 7], "A, then B, C, D (tied)"),
        ([9, 9, 9], "A, B, C"),
        ([9, 9, 9, 9], "A, B, C, D (tied)"),
        ([9, 9, 8, 8], "A, B, then C, D (tied)"),
        ([None, None, None, None], "A, B, C"),
    ],
)
def test_ties_at_the_third_place_are_named(weights: Sequence[float | None], listed: str) -> None:
    skills = list(zip("ABCDE", weights, strict=False))
    assert sentences.skills_sentence([(PRODUCER, skills), (SPECIALIST, [])]) == (
        f"Top skills of Media Producer: {listed}; of Media Production Specialist: none published."
    )


@pytest.mark.parametrize(
    ("left", "listed"),
    [
        pytest.param(["Instagram"], "Instagram", id="one"),
        pytest.param(["Instagram", "Training Videos"], "Instagram, Training Videos", id="two"),
        pytest.param(["Instagram", "Training Videos", "Twitter"], "Instagram, Training Videos, Twitter", id="three"),
        pytest.param(
            ["Instagram", "Training Videos", "Twitter", "YouTube"], "Instagram, Training Videos, Twitter", id="four"
        ),
        pytest.param([], "none published", id="none"),
    ],
)
def test_up_to_three_skills_are_named(left: Sequence[str], listed: str) -> None:
    right = ["Training Videos", "Video Production", "Graphic Design", "Photography"]
    assert sentences.skills_sentence([(PRODUCER, weighted(left)), (SPECIALIST, weighted(right))]) == (
        f"Top skills of Media Producer: {listed}; of Media Production Specialist: "
        "Training Videos, Video Production, Graphic Design."
    )


def test_a_right_side_without_skills() -> None:
    assert sentences.skills_sentence([(PRODUCER, weighted(["Instagram"])), (SPECIALIST, [])]) == (
        "Top skills of Media Producer: Instagram; of Media Production Specialist: none published."
    )


NURSES, ELECTRICIANS = (titled(title, OccupationKind.DETAILED) for title in ("Nurses", "Electricians"))


def rated(kind: SkillKind = SkillKind.SKILL, **importances: float) -> list[Weighted]:
    return [
        (
            OccupationSkill(occupation_id=1, skill_id=1, rank=1, importance=importance, source_id="onet"),
            Skill(slug=f"{kind.value}-{name}", name=name, kind=kind),
        )
        for name, importance in importances.items()
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(
            rated(Listening=80, Psychology=70, Care=60, Repair=0) + rated(SkillKind.KNOWLEDGE, Biology=55),
            rated(Listening=60, Psychology=20, Care=10, Repair=90) + rated(SkillKind.KNOWLEDGE, Biology=0),
            "Of 5 skills and knowledge areas that are important (50 or more of 100) for either, 1 is important for "
            "both; only for Nurses: Psychology, Care, and 1 more; only for Electricians: Repair.",
            id="some of each",
        ),
        pytest.param(
            rated(Care=60, Repair=0),
            rated(Care=0, Repair=60),
            "Of 2 skills that are important (50 or more of 100) for either, none is important for both; "
            "only for Nurses: Care; only for Electricians: Repair.",
            id="nothing in common",
        ),
        pytest.param(
            rated(Care=60, Repair=70),
            rated(Care=50, Repair=60),
            "Of 2 skills that are important (50 or more of 100) for either, 2 are important for both.",
            id="nothing apart",
        ),
        pytest.param(
            rated(Mathematics=60) + rated(SkillKind.KNOWLEDGE, Mathematics=55),
            rated(Mathematics=60) + rated(SkillKind.KNOWLEDGE, Mathematics=0),
            "Of 2 skills and knowledge areas that are important (50 or more of 100) for either, 1 is important for "
            "both; only for Nurses: Mathematics (knowledge).",
            id="a skill and a knowledge area of one name",
        ),
        pytest.param(rated(Care=40), rated(Care=40), None, id="nothing important"),
        pytest.param(rated(Care=60), rated(SkillKind.KNOWLEDGE, Biology=60), None, id="nothing compared"),
    ],
)
def test_what_is_important_for_both_and_for_one(
    left: list[Weighted], right: list[Weighted], expected: str | None
) -> None:
    assert sentences.overlap_sentence(NURSES, ELECTRICIANS, skill_comparison(left, right)) == expected


def test_an_occupation_shares_nothing_with_itself_that_is_worth_a_sentence() -> None:
    both = rated(Care=60)
    assert sentences.overlap_sentence(NURSES, NURSES, skill_comparison(both, both)) is None


def test_without_any_skills_there_is_no_sentence() -> None:
    assert sentences.skills_sentence([(PRODUCER, []), (SPECIALIST, [])]) is None
