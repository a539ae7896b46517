"""The comparison arithmetic: examples worked by hand, and properties that hold for all figures."""

from collections.abc import Mapping
from math import isclose

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import CRITICAL_VALUE, Difference, Figure, HigherSide, Interval, Unit, Verdict


def wage(value: float | None, error: float | None = None) -> Figure:
    return Figure("annual.mean", value, "oews", error)


def compared(left: Figure, right: Figure, unit: Unit = Unit.DOLLARS_PER_YEAR) -> Difference:
    return arithmetic.difference(left, right, unit)


# Figures as BLS publishes them: mean annual wages in dollars, mean hourly wages in cents, relative standard errors with
# one decimal, 0.0 included.
yearly = st.integers(15_000, 500_000).map(float)
hourly = st.integers(725, 25_000).map(lambda cents: cents / 100)
wages = yearly | hourly
errors = st.integers(0, 300).map(lambda tenths: tenths / 10)
figures = st.builds(wage, wages, errors)
testable = st.tuples(figures, figures).filter(lambda pair: any(figure.standard_error_percent for figure in pair))


# Differences


def test_the_pages_yearly_salaries() -> None:
    # 57,433 - 53,243 = 4,190, and 4,190 / 53,243 = 0.0786958...
    found = compared(wage(57433), wage(53243))
    assert (found.left, found.right, found.unit) == (57433, 53243, Unit.DOLLARS_PER_YEAR)
    assert (found.absolute, found.percent, found.higher) == (4190, 7.8696, HigherSide.LEFT)
    assert (found.verdict, found.z_score, found.confidence) == (Verdict.NOT_TESTABLE, None, None)


def test_the_pages_hourly_rates() -> None:
    # In floating point 27.61 - 25.60 is 2.009999999999998; 2.01 / 25.60 = 0.078515625.
    found = compared(wage(27.61), wage(25.60), Unit.DOLLARS_PER_HOUR)
    assert (found.absolute, found.percent, found.higher) == (2.01, 7.8516, HigherSide.LEFT)


def test_the_pages_numbers_of_jobs() -> None:
    # 17,827 - 87,800 = -69,973, and 69,973 / 87,800 = 0.79696...
    found = compared(wage(17827), wage(87800), Unit.WAGE_AND_SALARY_JOBS)
    assert (found.absolute, found.percent, found.higher) == (-69973, -79.6959, HigherSide.RIGHT)


def test_the_pages_growth_rates_are_equal_and_compared_in_points_only() -> None:
    found = compared(wage(8), wage(8), Unit.PERCENTAGE_POINTS)
    assert (found.absolute, found.percent, found.higher) == (0, None, HigherSide.EQUAL)


def test_the_pages_midpoints_of_the_time_to_become_one() -> None:
    # (6 + 12) / 2 = 9 and (24 + 48) / 2 = 36 months: 27 months less, which is 75% of 36.
    found = compared(wage(9), wage(36), Unit.MONTHS)
    assert (found.absolute, found.percent, found.higher) == (-27, -75, HigherSide.RIGHT)


@pytest.mark.parametrize(
    ("left", "right"), [(None, 50_000.0), (50_000.0, None), (None, None)], ids=["left", "right", "both"]
)
def test_nothing_is_computed_from_a_missing_figure(left: float | None, right: float | None) -> None:
    found = compared(wage(left, 1.0), wage(right, 1.0))
    assert (found.left, found.right) == (left, right)
    assert (found.absolute, found.percent, found.higher, found.z_score, found.confidence) == (None,) * 5
    assert found.verdict is Verdict.NOT_TESTABLE


def test_a_percentage_of_a_zero_base_is_none() -> None:
    found = compared(wage(5), wage(0), Unit.WAGE_AND_SALARY_JOBS)
    assert (found.absolute, found.percent, found.higher) == (5, None, HigherSide.LEFT)


def test_zero_is_100_percent_less_than_any_figure() -> None:
    found = compared(wage(0), wage(5), Unit.WAGE_AND_SALARY_JOBS)
    assert (found.absolute, found.percent, found.higher) == (-5, -100, HigherSide.RIGHT)


def test_a_difference_in_percentage_points_has_no_percent() -> None:
    assert compared(wage(14), wage(12), Unit.PERCENTAGE_POINTS).percent is None


# Significance


def test_a_clear_difference() -> None:
    # The errors are 0.5% of 60,000 = 300 and 0.8% of 50,000 = 400, so the error of the difference is 500 (3, 4 and 5).
    # The gap of 10,000 is 20 of them, and 1.645 of them are 822.5.
    found = compared(wage(60_000, 0.5), wage(50_000, 0.8))
    assert found.verdict is Verdict.SIGNIFICANT
    assert found.z_score == 20
    assert found.confidence == Interval(90, 9_177.5, 10_822.5)


def test_a_difference_just_over_the_critical_value() -> None:
    # 0.6% of 50,000 is 300 and 0.8% of 49,186 is 393.488; the root of 90,000 + 154,832.806 is 494.80583.
    # 814 / 494.80583 = 1.64509, and 1.645 x 494.80583 = 813.9556, so the interval starts at 0.0444.
    found = compared(wage(50_000, 0.6), wage(49_186, 0.8))
    assert (found.verdict, found.z_score) == (Verdict.SIGNIFICANT, 1.6451)
    assert found.confidence == Interval(90, 0.0444, 1627.9556)


def test_a_difference_just_under_the_critical_value() -> None:
    # One dollar closer: 0.8% of 49,187 is 393.496; the root of 90,000 + 154,839.102 is 494.81219.
    # 813 / 494.81219 = 1.64305, and 1.645 x 494.81219 = 813.9661, so the interval starts at -0.9661.
    found = compared(wage(50_000, 0.6), wage(49_187, 0.8))
    assert (found.verdict, found.z_score) == (Verdict.NOT_SIGNIFICANT, 1.6430)
    assert found.confidence == Interval(90, -0.9661, 1626.9661)


def test_the_critical_value_itself_is_not_significant() -> None:
    assert arithmetic.verdict(1_645.0, 1_000.0) is Verdict.NOT_SIGNIFICANT
    assert arithmetic.verdict(-1_645.0, 1_000.0) is Verdict.NOT_SIGNIFICANT
    assert arithmetic.interval(1_645.0, 1_000.0) == Interval(90, 0, 3_290)


def test_an_error_published_as_zero_counts_as_a_twentieth_of_a_percent() -> None:
    # 0.05% of 80,000 is 40 and 0.1% of 30,000 is 30, so the difference's error is 50 (3, 4 and 5).
    # 50,000 / 50 = 1,000, and 1.645 x 50 = 82.25.
    found = compared(wage(80_000, 0.0), wage(30_000, 0.1))
    assert (found.verdict, found.z_score) == (Verdict.SIGNIFICANT, 1_000)
    assert found.confidence == Interval(90, 49_917.75, 50_082.25)


def test_an_error_published_as_zero_can_decide_the_verdict() -> None:
    # 0.05% of 100,000 is 50 and 0.1% of 99,850 is 99.85: the error is 111.669 and 150 / 111.669 = 1.34325.
    # Without the 50, z would be 150 / 99.85 = 1.5023; with a gap of 170 it is 1.5226, where it would be 1.7029.
    assert compared(wage(100_000, 0.0), wage(99_850, 0.1)).z_score == 1.3433
    found = compared(wage(100_000, 0.0), wage(99_830, 0.1))
    assert (found.verdict, found.z_score) == (Verdict.NOT_SIGNIFICANT, 1.5226)


def test_two_errors_published_as_zero_are_not_testable() -> None:
    found = compared(wage(60_000, 0.0), wage(50_000, 0.0))
    assert (found.verdict, found.z_score, found.confidence) == (Verdict.NOT_TESTABLE, None, None)
    assert (found.absolute, found.percent, found.higher) == (10_000, 20, HigherSide.LEFT)


@pytest.mark.parametrize(("left", "right"), [(None, 0.8), (0.5, None), (None, None)], ids=["left", "right", "both"])
def test_without_both_standard_errors_there_is_no_test(left: float | None, right: float | None) -> None:
    found = compared(wage(60_000, left), wage(50_000, right))
    assert (found.verdict, found.z_score, found.confidence) == (Verdict.NOT_TESTABLE, None, None)
    assert (found.absolute, found.percent, found.higher) == (10_000, 20, HigherSide.LEFT)


def test_equal_estimates_are_not_significantly_different() -> None:
    # The errors are 1% of 50,000 = 500 on both sides; the root of 2 x 500^2 is 707.1068, and 1.645 of it 1,163.1907.
    found = compared(wage(50_000, 1.0), wage(50_000, 1.0))
    assert (found.absolute, found.percent, found.higher) == (0, 0, HigherSide.EQUAL)
    assert (found.verdict, found.z_score) == (Verdict.NOT_SIGNIFICANT, 0)
    assert found.confidence == Interval(90, -1163.1907, 1163.1907)


def test_zero_estimates_have_no_standard_error_to_test_by() -> None:
    found = compared(wage(0, 1.0), wage(0, 1.0), Unit.WAGE_AND_SALARY_JOBS)
    assert (found.verdict, found.z_score, found.confidence) == (Verdict.NOT_TESTABLE, None, None)


def test_rounding_happens_once() -> None:
    # The errors are 0.1% of 20 = 0.02 and 0.2% of 19 = 0.038; the root of 0.0004 + 0.001444 is 0.0429418.
    # 1 / 0.0429418 = 23.2873, where an error rounded to 0.0429 would give 23.3100.
    assert compared(wage(20, 0.1), wage(19, 0.2), Unit.DOLLARS_PER_HOUR).z_score == 23.2873
    # 1/3 less 1/7 is 4/21 = 0.190476, and (4/21) / (1/7) = 4/3, where 0.1905 / 0.1429 would give 133.3100%.
    found = compared(wage(1 / 3), wage(1 / 7))
    assert (found.absolute, found.percent) == (0.1905, 133.3333)


@pytest.mark.parametrize(
    ("value", "expected"), [(None, None), (1.00004, 1.0), (1.00006, 1.0001), (-1.00006, -1.0001), (57433, 57433)]
)
def test_output_has_four_decimals(value: float | None, expected: float | None) -> None:
    assert arithmetic.rounded(value) == expected


@pytest.mark.parametrize("value", [-0.0, -0.00004, 0.0, 0.00004])
def test_a_value_that_rounds_to_zero_has_no_sign(value: float) -> None:
    assert repr(arithmetic.rounded(value)) == "0.0"


def test_no_difference_is_a_negative_zero() -> None:
    # 1.00001 - 1.00004 is -0.00003: the right side is higher, by less than four decimals show.
    found = compared(wage(1.00001), wage(1.00004))
    assert (repr(found.absolute), found.percent, found.higher) == ("0.0", -0.003, HigherSide.RIGHT)
    # 0.1 / 500,000.1 is 0.00002%, also less than four decimals show.
    found = compared(wage(500_000.0), wage(500_000.1))
    assert (found.absolute, repr(found.percent), found.higher) == (-0.1, "0.0", HigherSide.RIGHT)


def test_no_end_of_an_interval_is_a_negative_zero() -> None:
    # 1.645 x 1 is 1.645: one gap is 0.00001 below it, the other 0.00001 above its negative.
    assert repr(arithmetic.interval(1.64499, 1.0).low) == "0.0"
    assert repr(arithmetic.interval(-1.64501, 1.0).high) == "0.0"


@given(wages, wages)
def test_an_absolute_difference_changes_its_sign_with_the_sides(left: float, right: float) -> None:
    gap = arithmetic.absolute(left, right)
    assert gap is not None
    assert arithmetic.absolute(right, left) == -gap


@given(figures, figures)
def test_swapping_the_sides_mirrors_everything(left: Figure, right: Figure) -> None:
    one, other = compared(left, right), compared(right, left)
    assert one.absolute is not None
    assert other.absolute == -one.absolute
    mirrored = {
        HigherSide.LEFT: HigherSide.RIGHT,
        HigherSide.RIGHT: HigherSide.LEFT,
        HigherSide.EQUAL: HigherSide.EQUAL,
    }
    assert one.higher is not None
    assert other.higher is mirrored[one.higher]
    assert (other.verdict, other.z_score) == (one.verdict, one.z_score)
    if one.confidence is None:
        assert other.confidence is None
    else:
        assert other.confidence == Interval(90, -one.confidence.high, -one.confidence.low)


@given(wages, wages)
def test_the_percentages_of_both_directions_cancel_out(left: float, right: float) -> None:
    up, down = arithmetic.percent(left, right), arithmetic.percent(right, left)
    assert up is not None
    assert down is not None
    assert isclose((1 + up / 100) * (1 + down / 100), 1)


@given(figures, figures)
def test_the_higher_side_has_the_higher_figure(left: Figure, right: Figure) -> None:
    assert left.value is not None
    assert right.value is not None
    expected = (
        HigherSide.LEFT
        if left.value > right.value
        else HigherSide.RIGHT
        if left.value < right.value
        else HigherSide.EQUAL
    )
    assert compared(left, right).higher is expected


@given(testable)
@example((wage(50_000, 0.6), wage(49_186, 0.8)))
@example((wage(50_000, 0.6), wage(49_187, 0.8)))
@example((wage(50_000, 1.0), wage(50_000, 1.0)))
def test_a_difference_is_significant_where_zero_lies_outside_its_interval(pair: tuple[Figure, Figure]) -> None:
    left, right = pair
    gap = arithmetic.absolute(left.value, right.value)
    error = arithmetic.standard_error_of_difference(left, right)
    assert gap is not None
    assert error is not None
    # The ends are unrounded; at the critical value itself, floating-point error can go either way.
    low, high = gap - CRITICAL_VALUE * error, gap + CRITICAL_VALUE * error
    assume(abs(low) > 1e-9)
    assume(abs(high) > 1e-9)
    found = compared(left, right)
    assert (found.verdict is Verdict.SIGNIFICANT) == (not low <= 0 <= high)
    assert found.confidence == Interval(90, round(low, 4), round(high, 4))
    assert found.z_score == round(abs(gap) / error, 4)


@given(testable)
def test_an_interval_has_the_difference_in_its_middle(pair: tuple[Figure, Figure]) -> None:
    found = compared(*pair)
    assert found.confidence is not None
    assert found.absolute is not None
    assert found.confidence.low < found.absolute < found.confidence.high
    assert isclose((found.confidence.low + found.confidence.high) / 2, found.absolute, abs_tol=1e-4)


@given(testable, st.sampled_from([0.001, 0.5, 2080.0, 1e6]))
def test_neither_percent_nor_z_depends_on_the_unit_of_the_wage(pair: tuple[Figure, Figure], scale: float) -> None:
    left, right = pair
    assert left.value is not None
    assert right.value is not None
    larger_left = wage(scale * left.value, left.standard_error_percent)
    larger_right = wage(scale * right.value, right.standard_error_percent)
    before = arithmetic.percent(left.value, right.value)
    after = arithmetic.percent(larger_left.value, larger_right.value)
    assert before is not None
    assert after is not None
    assert isclose(before, after, abs_tol=1e-9)
    error = arithmetic.standard_error_of_difference(left, right)
    larger_error = arithmetic.standard_error_of_difference(larger_left, larger_right)
    assert error is not None
    assert larger_error is not None
    # Gap and error grow by the same factor, and z is their ratio.
    assert isclose(larger_error, scale * error)


@given(testable)
def test_the_error_of_a_difference_is_between_the_larger_error_and_the_sum(pair: tuple[Figure, Figure]) -> None:
    ends = [(figure.standard_error_percent or 0.05) / 100 * (figure.value or 0) for figure in pair]
    error = arithmetic.standard_error_of_difference(*pair)
    assert error is not None
    assert max(ends) <= error * (1 + 1e-12)
    assert error <= sum(ends) * (1 + 1e-12)


# Ranges


def test_the_pages_salary_ranges_overlap() -> None:
    assert arithmetic.overlap((41_000, 79_000), (38_000, 73_000)) == (41_000, 73_000)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param((1, 4), (2, 3), (2, 3), id="one within the other"),
        pytest.param((1, 2), (2, 3), (2, 2), id="touching"),
        pytest.param((1, 2), (3, 4), None, id="apart"),
        pytest.param((1, 2), (1, 2), (1, 2), id="equal"),
    ],
)
def test_overlaps(left: tuple[float, float], right: tuple[float, float], expected: tuple[float, float] | None) -> None:
    assert arithmetic.overlap(left, right) == expected
    assert arithmetic.overlap(right, left) == expected


ranges = st.tuples(yearly, yearly).map(lambda ends: (min(ends), max(ends)))


@given(ranges, ranges)
def test_an_overlap_lies_within_both_ranges_and_is_symmetric(
    left: tuple[float, float], right: tuple[float, float]
) -> None:
    shared = arithmetic.overlap(left, right)
    assert shared == arithmetic.overlap(right, left)
    if shared is None:
        assert left[1] < right[0] or right[1] < left[0]
    else:
        assert all(low <= shared[0] <= shared[1] <= high for low, high in (left, right))


# Distributions

NAMES = ("Asian", "Black", "Hispanic", "Unknown", "White")


def _distribution(cuts: list[int]) -> dict[str, float]:
    ends = [0, *sorted(cuts), 1000]
    return {name: (high - low) / 10 for name, low, high in zip(NAMES, ends, ends[1:], strict=False)}


# Shares with one decimal, as published, that add up to 100.
distributions = st.lists(st.integers(0, 1000), min_size=len(NAMES) - 1, max_size=len(NAMES) - 1).map(_distribution)


def dissimilarity(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    found = arithmetic.dissimilarity(left, right)
    assert found is not None
    return found


def test_the_pages_genders() -> None:
    # (|67.1 - 70.1| + |32.9 - 29.9|) / 2 = 3.
    left, right = {"Male": 67.1, "Female": 32.9}, {"Female": 29.9, "Male": 70.1}
    assert dissimilarity(left, right) == pytest.approx(3.0, abs=1e-12)


def test_the_pages_races() -> None:
    # (2.1 + 0.5 + 2.6 + 1.1 + 1.6 + 0.4) / 2 = 4.15.
    left = {"Black": 7.9, "Unknown": 5.6, "Hispanic": 14.5, "Asian": 6.4, "White": 65.5, "Native": 0.2}
    right = {"Black": 10.0, "Unknown": 5.1, "Hispanic": 11.9, "Asian": 5.3, "White": 67.1, "Native": 0.6}
    assert dissimilarity(left, right) == pytest.approx(4.15, abs=1e-12)


@pytest.mark.parametrize(
    ("men", "expected"),
    [
        # With 40 women on both sides: half of the difference of the men.
        pytest.param(58.9, None, id="more than a point short"),
        pytest.param(59.0, 0.5, id="a point short"),
        pytest.param(60.0, 0.0, id="a whole"),
        pytest.param(61.0, 0.5, id="a point over"),
        pytest.param(61.1, None, id="more than a point over"),
    ],
)
def test_incomplete_shares_have_no_index(men: float, expected: float | None) -> None:
    whole, other = {"Male": 60.0, "Female": 40.0}, {"Male": men, "Female": 40.0}
    assert arithmetic.dissimilarity(whole, other) == expected
    assert arithmetic.dissimilarity(other, whole) == expected
    # Also where both leave out the same category.
    assert arithmetic.dissimilarity(other, other) == (None if expected is None else 0)


def test_distributions_without_a_common_category_are_wholly_dissimilar() -> None:
    assert dissimilarity({"Male": 100.0, "Female": 0.0}, {"Male": 0.0, "Female": 100.0}) == 100


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param({}, {}, id="no categories"),
        pytest.param({"Male": 100.0}, {}, id="one side has none"),
        pytest.param({"Male": 60.0, "Female": 40.0}, {"Male": 60.0, "Women": 40.0}, id="other names"),
        pytest.param({"Male": 60.0, "Female": 40.0}, {"Male": 60.0}, id="one missing"),
    ],
)
def test_distributions_over_different_categories_have_no_index(
    left: Mapping[str, float], right: Mapping[str, float]
) -> None:
    assert arithmetic.dissimilarity(left, right) is None
    assert arithmetic.dissimilarity(right, left) is None


@given(distributions, distributions)
def test_dissimilarity_is_between_0_and_100_and_symmetric(left: dict[str, float], right: dict[str, float]) -> None:
    index = dissimilarity(left, right)
    assert 0 <= index <= 100 + 1e-9
    assert index == dissimilarity(right, left)


@given(distributions, distributions)
def test_dissimilarity_is_zero_only_for_equal_distributions(left: dict[str, float], right: dict[str, float]) -> None:
    assert dissimilarity(left, left) == 0
    # Shares have one decimal, so different distributions differ by 0.1 points or more in two or more categories.
    assert left == right or dissimilarity(left, right) >= 0.1 - 1e-9


@given(distributions, distributions, distributions)
def test_dissimilarity_satisfies_the_triangle_inequality(
    left: dict[str, float], middle: dict[str, float], right: dict[str, float]
) -> None:
    assert dissimilarity(left, right) <= dissimilarity(left, middle) + dissimilarity(middle, right) + 1e-9


# Sets of skills

skill_sets = st.sets(st.sampled_from("abcdefg"))
weights = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 10_000).map(lambda n: n / 100))


def test_the_pages_skills() -> None:
    # Two of ten are on both lists: 9 and 12, 6 and 11. The smaller of each pair sum to 15; the larger, with the
    # eight that only one list has, to 12 + 11 + (11 + 8 + 5 + 5) + (11 + 8 + 7 + 5) = 83.
    left = {"Instagram": 11, "Training": 9, "Twitter": 8, "Video": 6, "Content": 5, "YouTube": 5}
    right = {"Training": 12, "Video": 11, "Design": 11, "Photography": 8, "Motion": 7, "Premiere": 5}
    assert arithmetic.jaccard(left.keys(), right.keys()) == 2 / 10
    assert arithmetic.weighted_jaccard(left, right) == 15 / 83


def test_two_empty_sets_are_not_compared() -> None:
    assert arithmetic.jaccard(set(), set()) is None
    assert arithmetic.weighted_jaccard({}, {}) is None


def test_weights_of_zero_are_not_compared() -> None:
    assert arithmetic.weighted_jaccard({"a": 0.0}, {"b": 0.0}) is None


def test_a_set_and_an_empty_one_have_nothing_in_common() -> None:
    assert arithmetic.jaccard({"a"}, set()) == 0
    assert arithmetic.weighted_jaccard({"a": 3.0}, {}) == 0


@given(skill_sets, skill_sets)
def test_jaccard_is_between_0_and_1_and_symmetric(left: set[str], right: set[str]) -> None:
    assume(left or right)
    found = arithmetic.jaccard(left, right)
    assert found is not None
    assert 0 <= found <= 1
    assert found == arithmetic.jaccard(right, left)
    assert (found == 1) == (left == right)
    assert (found == 0) == left.isdisjoint(right)


@given(weights, weights)
def test_weighted_jaccard_is_between_0_and_1_and_symmetric(left: dict[str, float], right: dict[str, float]) -> None:
    assume(left or right)
    found, swapped = arithmetic.weighted_jaccard(left, right), arithmetic.weighted_jaccard(right, left)
    assert found is not None
    assert swapped is not None
    assert 0 <= found <= 1
    # Sums of the same weights in another order can differ in the last digit.
    assert isclose(found, swapped)
    assert (found == 1) == (left == right)
    assert (found == 0) == left.keys().isdisjoint(right)


@given(skill_sets, skill_sets)
def test_with_weights_of_0_and_1_both_indexes_are_equal(left: set[str], right: set[str]) -> None:
    plain = arithmetic.jaccard(left, right)
    absent = {name: float(name in left) for name in "abcdefg"}
    assert arithmetic.weighted_jaccard(dict.fromkeys(left, 1.0), dict.fromkeys(right, 1.0)) == plain
    assert arithmetic.weighted_jaccard(absent, dict.fromkeys(right, 1.0)) == plain
