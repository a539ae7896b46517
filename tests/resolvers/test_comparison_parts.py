"""The parts of a comparison, computed from hand-made rows."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from db.models import (
    ALL_INDUSTRIES,
    NATION,
    JobCount,
    Occupation,
    OccupationSkill,
    Outlook,
    Preparation,
    Skill,
    Source,
    Wage,
)
from db.vocabulary import JobsBasis, MissingReason, OccupationKind, RangeBasis, SkillKind
from resolvers import caveats, salaries
from resolvers.comparisons import arithmetic, explanations, salary
from resolvers.comparisons.arithmetic import Difference, Figure, HigherSide, Unit, Verdict
from resolvers.comparisons.explanations import Explanation, ExplanationInput
from resolvers.comparisons.salary import RangeOverlap, SalaryComparison
from resolvers.comparisons.sides import Comparison, compare
from resolvers.comparisons.skill_sets import (
    SkillDifference,
    TechnologyComparison,
    left_out,
    rating_caveats,
    skill_comparison,
)
from resolvers.comparisons.source_caveats import source_caveats
from resolvers.comparisons.workforce import (
    DistributionComparison,
    ShareDifference,
    TextPair,
    distribution,
    missing_of_both,
    share_differences,
    spelled_as,
)
from resolvers.context import Context
from resolvers.facts import Demographics
from resolvers.missing import MissingFigure
from resolvers.salaries import MoneyRange, Wages
from resolvers.skills import Weighted, is_truncated

# Shares and distributions


def test_shares_are_in_the_order_of_the_left_side_then_the_right_side() -> None:
    left = {"Bachelor's Degree": 79.0, "Master's Degree": 9.5}
    right = {"Associate Degree": 12.0, "Master's Degree": 4.2, "Bachelor's Degree": 73.0}
    assert share_differences(left, right) == [
        ShareDifference("Bachelor's Degree", 79, 73, 6),
        ShareDifference("Master's Degree", 9.5, 4.2, 5.3),
        ShareDifference("Associate Degree", None, 12, None),
    ]


def test_a_share_of_zero_is_a_figure_and_an_absent_one_is_not() -> None:
    assert share_differences({"Asian": 0.0, "White": 100.0}, {"Asian": 5.3}) == [
        ShareDifference("Asian", 0, 5.3, -5.3),
        ShareDifference("White", 100, None, None),
    ]


def test_no_shares_have_no_differences() -> None:
    assert share_differences({}, {}) == []


def test_categories_that_differ_in_letter_case_are_the_same() -> None:
    left, right = {"Bachelor's Degree": 79.0}, {"Bachelor's degree": 73.0, "Doctorate": 2.0}
    assert spelled_as(left, right) == {"Bachelor's Degree": 73, "Doctorate": 2}


def test_points_are_rounded() -> None:
    # In floating point 67.1 - 70.1 is -3.0000000000000142.
    assert share_differences({"Male": 67.1}, {"Male": 70.1}) == [ShareDifference("Male", 67.1, 70.1, -3)]


MEN = ({"Male": 67.1, "Female": 32.9}, {"Male": 70.1, "Female": 29.9})


def test_an_exclusive_distribution_has_an_index() -> None:
    assert distribution(*MEN, exclusive=True) == DistributionComparison(
        shares=[ShareDifference("Male", 67.1, 70.1, -3), ShareDifference("Female", 32.9, 29.9, 3)],
        dissimilarity=3,
        left_sum=100,
        right_sum=100,
    )


def test_an_overlapping_distribution_has_none() -> None:
    found = distribution(*MEN, exclusive=False)
    assert found is not None
    assert found.dissimilarity is None
    assert found.shares == share_differences(*MEN)


def test_a_distribution_over_other_categories_has_none() -> None:
    found = distribution({"Male": 60.0, "Female": 40.0}, {"Men": 60.0, "Women": 39.5}, exclusive=True)
    assert found is not None
    assert (found.dissimilarity, found.left_sum, found.right_sum) == (None, 100, 99.5)


def test_sums_are_those_of_the_published_shares() -> None:
    # In floating point the three left shares add up to 100.10000000000001.
    found = distribution({"a": 33.4, "b": 33.4, "c": 33.3}, {"a": 1.1, "b": 2.2, "c": 0.0}, exclusive=True)
    assert found is not None
    assert (found.left_sum, found.right_sum) == (100.1, 3.3)


def test_floating_point_error_does_not_exclude_a_sum_at_the_limit() -> None:
    # In floating point the left shares add up to 98.99999999999999; the published ones, to 99.
    left = {"a": 30.4, "b": 33.8, "c": 34.8}
    assert sum(left.values()) < 99
    found = distribution(left, {"a": 30.4, "b": 33.8, "c": 35.8}, exclusive=True)
    assert found is not None
    assert (found.left_sum, found.dissimilarity) == (99, 0.5)


def test_an_incomplete_distribution_has_no_index() -> None:
    found = distribution({"Bachelor's": 79.0, "Master's": 9.5}, {"Bachelor's": 73.0, "Master's": 27.0}, exclusive=True)
    assert found == DistributionComparison(
        shares=[ShareDifference("Bachelor's", 79, 73, 6), ShareDifference("Master's", 9.5, 27, -17.5)],
        dissimilarity=None,
        left_sum=88.5,
        right_sum=100,
    )


@pytest.mark.parametrize(
    ("left", "right", "sums"),
    [
        pytest.param({}, {"Male": 100.0}, (None, 100), id="no left side"),
        pytest.param({"Male": 100.0}, {}, (100, None), id="no right side"),
        pytest.param({}, {}, (None, None), id="neither"),
    ],
)
def test_a_distribution_is_compared_only_with_another_one(
    left: Mapping[str, float], right: Mapping[str, float], sums: tuple[float | None, float | None]
) -> None:
    found = distribution(left, right, exclusive=True)
    assert (found.left_sum, found.right_sum) == sums
    assert found.dissimilarity is None
    assert [share.points for share in found.shares] == [None] * len({**left, **right})


def test_two_distributions_of_one_wider_group_are_not_compared() -> None:
    found = distribution(MEN[0], MEN[0], exclusive=True, of_one_group=True)
    assert found == DistributionComparison(
        shares=[ShareDifference("Male", 67.1, 67.1, None), ShareDifference("Female", 32.9, 32.9, None)],
        dissimilarity=None,
        left_sum=100,
        right_sum=100,
    )


def test_what_two_sides_lack() -> None:
    gender = MissingFigure("gender", MissingReason.SMALL_SAMPLE)
    asian = MissingFigure("race.Asian", MissingReason.SMALL_SAMPLE)
    assert missing_of_both(["race"], [gender, asian], None) == [
        MissingFigure("left race.Asian", MissingReason.SMALL_SAMPLE),
        MissingFigure("right race", MissingReason.NOT_COLLECTED),
    ]
    assert missing_of_both(["gender"], [], [], of_one_group=["gender"]) == [
        MissingFigure("left gender", MissingReason.WIDER_GROUP_ONLY),
        MissingFigure("right gender", MissingReason.WIDER_GROUP_ONLY),
    ]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param("Communication", "Communication", True, id="same"),
        pytest.param("Bachelor's Degree", "Bachelor's degree", True, id="same but for case"),
        pytest.param("Harvard University", "Stanford University", False, id="different"),
        pytest.param(None, "Stanford University", None, id="no left side"),
        pytest.param("Harvard University", None, None, id="no right side"),
        pytest.param(None, None, None, id="neither"),
    ],
)
def test_texts_are_compared_where_both_exist(left: str | None, right: str | None, same: bool | None) -> None:
    assert TextPair(left, right).same is same


# Skills


def weighted(
    name: str,
    rank: int,
    *,
    percent: float | None = None,
    importance: float | None = None,
    kind: SkillKind = SkillKind.SKILL,
) -> Weighted:
    number = sum(map(ord, name))
    row = OccupationSkill(
        occupation_id=1, skill_id=number, rank=rank, percent=percent, importance=importance, source_id="onet"
    )
    return row, Skill(id=number, slug=name.lower(), name=name, kind=kind)


def named(differences: Sequence[SkillDifference]) -> list[tuple[str, float | None, float | None, float | None]]:
    return [(row.skill.name, row.left, row.right, row.points) for row in differences]


def test_the_pages_lists() -> None:
    # Two of ten skills are shared. Of the weights, the smaller ones of the two sum to 9 + 6 = 15 and the larger ones
    # of all ten to 12 + 11 + (11 + 8 + 5 + 5) + (11 + 8 + 7 + 5) = 83; 15 / 83 = 0.18072...
    left = {"Instagram": 11, "Training": 9, "Twitter": 8, "Video": 6, "Content": 5, "YouTube": 5}
    right = {"Training": 12, "Video": 11, "Design": 11, "Photography": 8, "Motion": 7, "Premiere": 5}
    lists = [[short_list(name, percent) for name, percent in side.items()] for side in (left, right)]
    found = skill_comparison(lists[0], lists[1])
    assert named(found.shared) == [("Training", 9, 12, -3), ("Video", 6, 11, -5)]
    assert named(found.only_left) == [
        ("Instagram", 11, None, None),
        ("Twitter", 8, None, None),
        ("Content", 5, None, None),
        ("YouTube", 5, None, None),
    ]
    assert named(found.only_right) == [
        ("Design", None, 11, None),
        ("Photography", None, 8, None),
        ("Motion", None, 7, None),
        ("Premiere", None, 5, None),
    ]
    assert (found.jaccard, found.weighted_jaccard, found.truncated) == (0.2, 0.1807, True)


SPEAKING_AND_WRITING = (
    [weighted("Speaking", 1, importance=75.0), weighted("Writing", 2, importance=62.5)],
    [weighted("Speaking", 1, importance=50.0), weighted("Writing", 2, importance=25.0)],
)


def test_rated_skills_belong_to_a_set_from_an_importance_of_50() -> None:
    # The weighted index counts both: (50 + 25) / (75 + 62.5) = 0.54545...
    found = skill_comparison(*SPEAKING_AND_WRITING)
    assert named(found.shared) == [("Speaking", 75, 50, 25)]
    assert named(found.only_left) == [("Writing", 62.5, 25, 37.5)]
    assert found.only_right == []
    assert (found.jaccard, found.weighted_jaccard, found.truncated) == (0.5, 0.5455, False)
    assert (found.kinds, found.compared) == ([SkillKind.SKILL], 2)
    assert found.note == (
        "Elements with an importance of 50 or more of 100 count as important and form a side's set. "
        "O*NET's analysts rate skills."
    )


@pytest.mark.parametrize(
    ("minimum", "shared", "only_left", "jaccard"),
    [
        (0, ["Speaking", "Writing"], [], 1),
        (25, ["Speaking", "Writing"], [], 1),
        (25.01, ["Speaking"], ["Writing"], 0.5),
        (62.5, [], ["Speaking", "Writing"], 0),
        (75, [], ["Speaking"], 0),
        (75.01, [], [], None),
    ],
)
def test_sets_by_other_importances(
    minimum: float, shared: list[str], only_left: list[str], jaccard: float | None
) -> None:
    found = skill_comparison(*SPEAKING_AND_WRITING, minimum_importance=minimum)
    assert [row.skill.name for row in found.shared] == shared
    assert [row.skill.name for row in found.only_left] == only_left
    assert (found.only_right, found.jaccard, found.weighted_jaccard) == ([], jaccard, 0.5455)


def test_the_correlation_of_two_profiles() -> None:
    # Deviations from the means 50 and 40: (-30, 0, 30) and (-20, 10, 10); (600 + 300) / sqrt(1800 * 600) = 0.86602...
    left = [weighted(name, 1, importance=value) for name, value in {"A": 20, "B": 50, "C": 80}.items()]
    right = [weighted(name, 1, importance=value) for name, value in {"C": 50, "A": 20, "B": 50}.items()]
    assert skill_comparison(left, right).correlation == skill_comparison(right, left).correlation == 0.866
    assert skill_comparison(left, left).correlation == 1
    flat = [weighted(name, 1, importance=50) for name in "ABC"]
    assert skill_comparison(left, flat).correlation is None
    assert skill_comparison(left[:1], right).correlation is None


def short_list(name: str, percent: float) -> Weighted:
    return weighted(name, 1, percent=percent, kind=SkillKind.LISTED)


def test_short_lists_take_precedence_over_ratings() -> None:
    both = [short_list("Speaking", 9), weighted("Writing", 1, importance=75)]
    found = skill_comparison(both, both)
    assert named(found.shared) == [("Speaking", 9, 9, 0)]
    assert found.truncated


def test_a_short_list_is_not_compared_with_ratings() -> None:
    listed, rated = [short_list("Speaking", 9)], [weighted("Speaking", 1, importance=75)]
    found = skill_comparison(listed, rated)
    assert (found.shared, found.only_left, found.only_right) == ([], [], [])
    assert (found.jaccard, found.weighted_jaccard, found.truncated) == (None, None, True)


def test_ratings_are_compared_although_a_side_has_a_short_list_too() -> None:
    rated = weighted("Writing", 1, importance=60)
    found = skill_comparison([short_list("Speaking", 9), rated], [rated])
    assert named(found.shared) == [("Writing", 60, 60, 0)]
    assert (found.only_left, found.jaccard, found.truncated) == ([], 1, False)


def test_skills_and_knowledge_are_compared_and_neither_technologies_nor_categories() -> None:
    # (50 + 20) / (75 + 20).
    left = [
        weighted("Speaking", 1, importance=75),
        weighted("Music", 1, importance=20, kind=SkillKind.KNOWLEDGE),
        weighted("Adaptability", 1, kind=SkillKind.CATEGORY),
        weighted("Word", 1, kind=SkillKind.TECHNOLOGY),
    ]
    right = [
        weighted("Speaking", 1, importance=50),
        weighted("Music", 1, importance=20, kind=SkillKind.KNOWLEDGE),
        weighted("Mathematics", 1, kind=SkillKind.CATEGORY),
    ]
    found = skill_comparison(left, right)
    assert named(found.shared) == [("Speaking", 75, 50, 25)]
    assert (found.only_left, found.only_right) == ([], [])
    assert (found.kinds, found.compared) == ([SkillKind.SKILL, SkillKind.KNOWLEDGE], 2)
    assert (found.jaccard, found.weighted_jaccard) == (1, 0.7368)
    assert found.note.endswith("O*NET's analysts rate skills; workers and occupational experts rate knowledge areas.")


def test_knowledge_that_one_side_lacks_is_left_out_of_both() -> None:
    rated = [weighted("Speaking", 1, importance=60)]
    left, right = [*rated, weighted("Music", 1, importance=80, kind=SkillKind.KNOWLEDGE)], rated
    found = skill_comparison(left, right, ("Singers", "Coders"))
    assert named(found.shared) == [("Speaking", 60, 60, 0)]
    assert (found.only_left, found.only_right) == ([], [])
    assert (found.kinds, found.compared, found.jaccard, found.weighted_jaccard) == ([SkillKind.SKILL], 1, 1, 1)
    assert found.left_out == ["Knowledge areas are not compared: no O*NET ratings of them are available for Coders."]
    assert found.note.endswith(found.left_out[0])
    mirrored = skill_comparison(right, left, ("Coders", "Singers"))
    assert (mirrored.left_out, mirrored.weighted_jaccard) == (found.left_out, 1)


@pytest.mark.parametrize("minimum", [0, 50])
def test_an_element_without_an_importance_on_one_side_is_left_out(minimum: float) -> None:
    left = [weighted("A", 1, importance=60), weighted("B", 2), weighted("C", 3, importance=90)]
    right = [weighted("A", 1, importance=80), weighted("B", 2, importance=70)]
    found = skill_comparison(left, right, minimum_importance=minimum)
    assert named(found.shared) == [("A", 60, 80, -20)]
    assert (found.only_left, found.only_right, found.compared) == ([], [], 1)
    assert (found.jaccard, found.weighted_jaccard) == (1, 0.75)
    assert skill_comparison(right, left, minimum_importance=minimum).weighted_jaccard == 0.75


def test_a_listed_skill_without_a_percent_is_left_out_of_the_weighted_index() -> None:
    def row(name: str, percent: float | None = None) -> Weighted:
        return weighted(name, 1, percent=percent, kind=SkillKind.LISTED)

    # 40 / 80, and 2 of 3 as sets.
    found = skill_comparison([row("A", 40), row("B"), row("C")], [row("A", 80), row("B", 10)])
    assert named(found.shared) == [("A", 40, 80, -40), ("B", None, 10, None)]
    assert named(found.only_left) == [("C", None, None, None)]
    assert (found.jaccard, found.weighted_jaccard, found.correlation) == (0.6667, 0.5, None)
    assert found.note == "The sets are the published short lists."


def test_a_side_without_any_weight_has_no_weighted_index() -> None:
    left, right = [weighted("A", 1)], [weighted("A", 1, importance=80), weighted("B", 2, importance=10)]
    assert skill_comparison(left, right).weighted_jaccard is None
    assert skill_comparison(right, left).weighted_jaccard is None


def test_a_weight_of_zero_is_a_weight() -> None:
    # (0 + 10) / (40 + 10).
    left = [weighted("A", 1, importance=0), weighted("B", 2, importance=10)]
    right = [weighted("A", 1, importance=40), weighted("B", 2, importance=10)]
    found = skill_comparison(left, right, minimum_importance=0)
    assert named(found.shared) == [("A", 0, 40, -40), ("B", 10, 10, 0)]
    assert found.weighted_jaccard == 0.2


def test_shared_skills_are_in_the_order_of_the_left_side() -> None:
    found = skill_comparison(
        [short_list("A", 1), short_list("B", 1), short_list("C", 1)],
        [short_list("C", 1), short_list("D", 1), short_list("A", 1)],
    )
    assert [row.skill.name for row in found.shared] == ["A", "C"]
    assert [row.skill.name for row in found.only_left] == ["B"]
    assert [row.skill.name for row in found.only_right] == ["D"]


def technologies(*names: str) -> list[Weighted]:
    return [weighted(name, rank, kind=SkillKind.TECHNOLOGY) for rank, name in enumerate(names, start=1)]


def test_technologies_are_compared_as_sets_apart_from_other_skills() -> None:
    found = skill_comparison(technologies("Word", "Excel", "Premiere"), technologies("Logic", "Premiere", "Word"))
    assert (found.shared, found.jaccard, found.weighted_jaccard) == ([], None, None)
    sets = found.technologies
    assert [[skill.name for skill in side] for side in (sets.shared, sets.only_left, sets.only_right)] == [
        ["Word", "Premiere"],
        ["Excel"],
        ["Logic"],
    ]
    assert (sets.jaccard, sets.source_ids) == (0.5, ["onet"])


def test_technologies_of_one_side_only_are_not_compared() -> None:
    rated = [weighted("Speaking", 1, importance=75)]
    found = skill_comparison([*rated, *technologies("Word")], rated)
    assert found.technologies == TechnologyComparison([], [], [], None, [])
    assert found.jaccard == 1


def test_without_skills_on_either_side_there_is_no_index() -> None:
    found = skill_comparison([], [], ("Actors", "Actors"))
    assert (found.shared, found.only_left, found.only_right, found.kinds, found.compared) == ([], [], [], [], 0)
    assert (found.jaccard, found.weighted_jaccard, found.correlation, found.truncated) == (None, None, None, False)
    assert (found.technologies, found.source_ids) == (TechnologyComparison([], [], [], None, []), [])
    assert found.note == "Skills are not compared: none are published for Actors."


def test_a_comparison_with_one_short_list_is_truncated() -> None:
    listed = [weighted("Instagram", 1, percent=11, kind=SkillKind.LISTED)]
    full = [weighted("Speaking", 1, importance=75)]
    assert skill_comparison(listed, full).truncated
    assert skill_comparison(full, listed).truncated
    assert not skill_comparison(full, full).truncated


# Wage cells


def cell(**figures: Any) -> Wage:
    identity: dict[str, Any] = {"occupation_id": 1, "area_code": NATION, "industry_code": ALL_INDUSTRIES}
    return Wage(source_id="oews", **(identity | figures))


ANNUAL = {
    "annual_mean": 57_430.0,
    "annual_median": 52_000.0,
    "annual_p10": 31_000.0,
    "annual_p25": 40_000.0,
    "annual_p75": 70_000.0,
    "annual_p90": 96_000.0,
}


def test_annual_wages(context: Context) -> None:
    assert salaries.annual([cell(**ANNUAL)], context) == [
        Wages(
            mean=57_430,
            median=52_000,
            p10=31_000,
            p25=40_000,
            p75=70_000,
            p90=96_000,
            range=MoneyRange(31_000, 96_000, RangeBasis.P10_TO_P90),
        )
    ]


def test_hourly_wages(context: Context) -> None:
    [wages] = salaries.hourly([cell(hourly_mean=27.61, hourly_p10=14.9, hourly_p90=46.15)], context)
    assert wages == Wages(
        mean=27.61,
        median=None,
        p10=14.9,
        p25=None,
        p75=None,
        p90=46.15,
        range=MoneyRange(14.9, 46.15, RangeBasis.P10_TO_P90),
    )


def test_no_pay_period_is_computed_from_the_other(context: Context) -> None:
    assert salaries.hourly([cell(**ANNUAL)], context) == [None]
    assert salaries.annual([cell(hourly_mean=27.61)], context) == [None]


def test_a_published_range_comes_before_the_percentiles_and_is_of_annual_wages(context: Context) -> None:
    published = {"range_low": 41_000.0, "range_high": 79_000.0, "range_basis": RangeBasis.AS_PUBLISHED}
    row = cell(**ANNUAL, **published, hourly_mean=27.61)
    [annual], [hourly] = salaries.annual([row], context), salaries.hourly([row], context)
    assert annual is not None
    assert annual.range == MoneyRange(41_000, 79_000, RangeBasis.AS_PUBLISHED)
    assert hourly is not None
    assert hourly.range is None


def test_a_published_range_alone_is_a_figure(context: Context) -> None:
    [wages] = salaries.annual([cell(range_low=1.0, range_high=2.0, range_basis=RangeBasis.AS_PUBLISHED)], context)
    assert wages == Wages(*(None,) * 6, range=MoneyRange(1, 2, RangeBasis.AS_PUBLISHED))


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param({"annual_p10": 31_000.0, "annual_mean": 50_000.0}, id="no p90"),
        pytest.param({"annual_p90": 96_000.0, "annual_mean": 50_000.0}, id="no p10"),
        pytest.param({"range_low": 1.0, "annual_mean": 50_000.0}, id="half a published range"),
    ],
)
def test_a_range_without_one_end_is_no_range(figures: Mapping[str, float], context: Context) -> None:
    [wages] = salaries.annual([cell(**figures)], context)
    assert wages is not None
    assert wages.range is None


def test_wages_come_in_the_order_of_their_cells(context: Context) -> None:
    cells = [cell(annual_mean=3.0), cell(), cell(annual_mean=1.0)]
    assert [wages and wages.mean for wages in salaries.annual(cells, context)] == [3, None, 1]


def test_every_figure_of_an_empty_cell_is_missing(context: Context) -> None:
    [missing, of_the_nation] = asyncio.run(salaries.missing([cell(area_code="CA"), cell()], context))
    assert [figure.figure for figure in missing] == [
        "annual.mean",
        "annual.median",
        "annual.p10",
        "annual.p25",
        "annual.p75",
        "annual.p90",
        "hourly.mean",
        "hourly.median",
        "hourly.p10",
        "hourly.p25",
        "hourly.p75",
        "hourly.p90",
        "employment",
        "employmentStandardErrorPercent",
        "wageStandardErrorPercent",
        "jobsPerThousand",
        "locationQuotient",
    ]
    assert {(figure.reason, figure.at_least) for figure in missing} == {(MissingReason.NOT_COLLECTED, None)}
    # Jobs per thousand and the location quotient compare an area with the nation, for which they are not defined.
    assert of_the_nation == missing[:-2]


def test_a_figure_of_zero_is_not_missing(context: Context) -> None:
    [missing] = asyncio.run(salaries.missing([cell(**dict.fromkeys(salaries.FIGURES, 0))], context))
    assert missing == []


def test_missing_figures_have_a_reason(context: Context) -> None:
    present = dict.fromkeys(salaries.FIGURES, 1) | {"annual_p90": None, "hourly_mean": None, "employment": None}
    reasons = {
        "annual_p90": {"reason": "TOP_CODED", "at_least": 239_200},
        "hourly_mean": {"reason": "ANNUAL_ONLY"},
    }
    [missing] = asyncio.run(salaries.missing([cell(**present, missing=reasons)], context))
    assert missing == [
        MissingFigure("annual.p90", MissingReason.TOP_CODED, 239_200),
        MissingFigure("hourly.mean", MissingReason.ANNUAL_ONLY),
        MissingFigure("employment", MissingReason.NOT_COLLECTED),
    ]


@pytest.mark.parametrize("reason", list(MissingReason), ids=lambda reason: reason.value)
def test_each_reason_is_read_from_its_cell(reason: MissingReason) -> None:
    row = cell(missing={"annual_mean": {"reason": reason.value}})
    assert salaries.missing_figure(row, "annual_mean") == MissingFigure("annual.mean", reason)
    assert salaries.missing_figure(row, "annual_p10") == MissingFigure("annual.p10", MissingReason.NOT_COLLECTED)


# Wage cells side by side


def side_by_side(left: Wage | None, right: Wage | None) -> SalaryComparison:
    role = Occupation(slug="baker", title="Baker", kind=OccupationKind.ROLE, group_code="51-0000", source_id="oews")
    comparison = Comparison(role, role, NATION)
    return SalaryComparison(comparison, left, right)


def test_only_means_have_a_standard_error(context: Context) -> None:
    cells = (
        cell(annual_mean=60_000, annual_median=58_000, hourly_mean=30, wage_standard_error_percent=0.5),
        cell(
            annual_mean=50_000, annual_median=48_000, hourly_mean=25, wage_standard_error_percent=0.8, occupation_id=2
        ),
    )
    [mean] = salary.annual_mean([side_by_side(*cells)], context)
    [median] = salary.annual_median([side_by_side(*cells)], context)
    [hourly] = salary.hourly_mean([side_by_side(*cells)], context)
    # 0.5% of 60,000 is 300 and 0.8% of 50,000 is 400: the difference's error is 500. The hourly means have the same
    # relative errors: 0.15 and 0.2 make 0.25, and 5 / 0.25 is 20 again.
    assert (mean.verdict, mean.z_score, mean.unit) == (Verdict.SIGNIFICANT, 20, Unit.DOLLARS_PER_YEAR)
    assert (hourly.verdict, hourly.z_score, hourly.unit) == (Verdict.SIGNIFICANT, 20, Unit.DOLLARS_PER_HOUR)
    assert (median.verdict, median.z_score, median.absolute) == (Verdict.NOT_TESTABLE, None, 10_000)


def test_a_top_coded_mean_is_higher_than_a_mean_below_its_bound_without_a_gap(context: Context) -> None:
    capped = cell(
        wage_standard_error_percent=1.2, missing={"annual_mean": {"reason": "TOP_CODED", "at_least": 239_200}}
    )
    [mean] = salary.annual_mean(
        [side_by_side(capped, cell(annual_mean=50_000, wage_standard_error_percent=1))], context
    )
    assert (mean.left, mean.right, mean.absolute, mean.higher) == (None, 50_000, None, HigherSide.LEFT)
    assert mean.verdict is Verdict.NOT_TESTABLE
    assert explanations.missing([mean], context) == [
        [MissingFigure("left annual.mean", MissingReason.TOP_CODED, 239_200)]
    ]


def test_a_side_without_a_cell_is_not_collected(context: Context) -> None:
    [mean] = salary.annual_mean([side_by_side(cell(annual_mean=50_000), None)], context)
    assert explanations.missing([mean], context) == [[MissingFigure("right annual.mean", MissingReason.NOT_COLLECTED)]]


def ranged(low: float, high: float, basis: RangeBasis = RangeBasis.AS_PUBLISHED) -> Wage:
    return cell(range_low=low, range_high=high, range_basis=basis)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # 32,000 of the 41,000 dollars from 38,000 to 79,000.
        pytest.param(
            ranged(41_000, 79_000), ranged(38_000, 73_000), RangeOverlap(41_000, 73_000, 78.0488), id="the page's"
        ),
        pytest.param(ranged(1, 2), ranged(2, 3), RangeOverlap(2, 2, 0), id="touching"),
        pytest.param(ranged(5, 5), ranged(5, 5), RangeOverlap(5, 5, None), id="of no width"),
        pytest.param(ranged(1, 2), ranged(3, 4), None, id="apart"),
        pytest.param(ranged(1, 2), ranged(1, 2, RangeBasis.P10_TO_P90), None, id="of two kinds"),
        pytest.param(ranged(1, 2), cell(annual_mean=1.0), None, id="one without a range"),
        pytest.param(ranged(1, 2), None, None, id="one without a cell"),
    ],
)
def test_the_overlap_of_two_ranges(
    left: Wage, right: Wage | None, expected: RangeOverlap | None, context: Context
) -> None:
    assert salary.range_overlap([side_by_side(left, right)], context) == [expected]
    assert salary.range_overlap([side_by_side(right, left)], context) == [expected]


# Caveats


def jobs(basis: JobsBasis) -> JobCount:
    return JobCount(occupation_id=1, count=17_827, basis=basis, source_id="page")


def outlook(growth: float | None, from_year: int | None = None, to_year: int | None = None) -> Outlook:
    return Outlook(occupation_id=1, growth_percent=growth, from_year=from_year, to_year=to_year, source_id="page")


def preparation(years: float | None, low: int | None, high: int | None) -> Preparation:
    return Preparation(
        occupation_id=1, years_of_experience=years, minimum_months=low, maximum_months=high, source_id="page"
    )


def demographics(*, exclusive: bool) -> Demographics:
    return Demographics(
        occupation_id=1,
        average_age=None,
        median_age=None,
        lgbt_percent=None,
        race_is_exclusive=exclusive,
        source_id="page",
        source_ids=["page"],
        has_shares=True,
        group_code=None,
        reasons={},
    )


OPEN_POSTINGS = "The number of jobs counts open postings, not filled jobs."
NO_PERIOD = "The source doesn't state the period of the growth rate."


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(None, [], id="none"),
        pytest.param(jobs(JobsBasis.WAGE_AND_SALARY), [], id="people employed"),
        pytest.param(jobs(JobsBasis.OPEN_POSTINGS), [OPEN_POSTINGS], id="open postings"),
    ],
)
def test_caveats_on_jobs(row: JobCount | None, expected: list[str]) -> None:
    assert caveats.jobs_caveats(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(None, [], id="none"),
        pytest.param(outlook(None), [], id="no growth"),
        pytest.param(outlook(8.0, 2024, 2034), [], id="a period"),
        pytest.param(outlook(8.0), [NO_PERIOD], id="no period"),
        pytest.param(outlook(0.0), [NO_PERIOD], id="no growth at all is a figure too"),
    ],
)
def test_caveats_on_growth(row: Outlook | None, expected: list[str]) -> None:
    assert caveats.outlook_caveats(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(None, [], id="none"),
        pytest.param(preparation(12.0, None, None), [], id="years only"),
        pytest.param(preparation(None, 6, 12), [], id="months only"),
        pytest.param(preparation(12.0, None, 12), [], id="no minimum"),
        pytest.param(
            preparation(12.0, 6, 12),
            [
                (
                    "The source gives 12 years of experience and 6 to 12 months to become one, and doesn't explain "
                    "how they relate."
                )
            ],
            id="both",
        ),
        pytest.param(
            preparation(2.5, 24, 48),
            [
                (
                    "The source gives 2.5 years of experience and 2 to 4 years to become one, and doesn't explain how "
                    "they relate."
                )
            ],
            id="both, with half a year",
        ),
        pytest.param(
            preparation(1.0, 48, None),
            [
                (
                    "The source gives 1 year of experience and 4 years or more to become one, and doesn't explain how "
                    "they relate."
                )
            ],
            id="an open end",
        ),
        pytest.param(
            preparation(4.0, 12, 12),
            [("The source gives 4 years of experience and 1 year to become one, and doesn't explain how they relate.")],
            id="equal ends",
        ),
    ],
)
def test_caveats_on_preparation(row: Preparation | None, expected: list[str]) -> None:
    assert caveats.preparation_caveats(row) == expected


OVERLAPPING = "Shares by race and ethnicity overlap: people of Hispanic origin may be of any race."


@pytest.mark.parametrize(
    ("row", "total", "expected"),
    [
        pytest.param(None, 100.1, [], id="none"),
        pytest.param(demographics(exclusive=True), 0, [], id="no shares"),
        pytest.param(demographics(exclusive=False), 0, [], id="no shares that could overlap"),
        pytest.param(demographics(exclusive=True), 100.0, [], id="a whole"),
        pytest.param(demographics(exclusive=True), 100.00000000000001, [], id="a whole but for floating point"),
        pytest.param(
            demographics(exclusive=True),
            100.1,
            ["Shares by race and ethnicity are shown as published and add up to 100.1%."],
            id="more than a whole",
        ),
        pytest.param(
            demographics(exclusive=True),
            99.9,
            ["Shares by race and ethnicity are shown as published and add up to 99.9%."],
            id="less than a whole",
        ),
        pytest.param(demographics(exclusive=False), 119.2, [OVERLAPPING], id="overlapping"),
        pytest.param(demographics(exclusive=False), 100.0, [OVERLAPPING], id="overlapping, with any sum"),
    ],
)
def test_caveats_on_races(row: Demographics | None, total: float, expected: list[str]) -> None:
    assert caveats.race_caveats(row, total) == expected


SHORT_LIST = "Skills are a published short list of the most common ones; unlisted skills may be as common."


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([SkillKind.SKILL, SkillKind.KNOWLEDGE, SkillKind.TECHNOLOGY], [], id="in full"),
        pytest.param([SkillKind.LISTED], [SHORT_LIST], id="a short list"),
        pytest.param([SkillKind.SKILL, SkillKind.LISTED], [SHORT_LIST], id="a short list among others"),
    ],
)
def test_caveats_on_skills(kinds: list[SkillKind], expected: list[str]) -> None:
    rows = [weighted(kind.value, rank, kind=kind) for rank, kind in enumerate(kinds, start=1)]
    assert caveats.skill_caveats(rows) == expected
    assert is_truncated(rows) == bool(expected)


OTHER_COUNTS = "The numbers of jobs are not compared: one side counts open postings, the other wage-and-salary jobs."
ONE_SIDED = "The numbers of jobs are not compared: they are published for one side only."
OTHER_PERIODS = "Growth rates are not compared: they cover different periods, or a side's period is not stated."
EMPLOYED, POSTINGS = jobs(JobsBasis.WAGE_AND_SALARY), jobs(JobsBasis.OPEN_POSTINGS)
DECADE, LATER_DECADE = outlook(8.0, 2023, 2033), outlook(8.0, 2024, 2034)


@pytest.mark.parametrize(
    ("jobs_pair", "outlooks", "expected"),
    [
        pytest.param((None, None), (None, None), [], id="nothing"),
        pytest.param((EMPLOYED, EMPLOYED), (DECADE, DECADE), [], id="alike"),
        pytest.param((POSTINGS, POSTINGS), (outlook(8.0), outlook(8.0)), [], id="alike in what they leave open"),
        pytest.param((EMPLOYED, None), (DECADE, None), [ONE_SIDED], id="one side only"),
        pytest.param((None, POSTINGS), (None, None), [ONE_SIDED], id="the right side only"),
        pytest.param((EMPLOYED, POSTINGS), (None, None), [OTHER_COUNTS], id="other counts"),
        pytest.param((None, None), (DECADE, LATER_DECADE), [OTHER_PERIODS], id="other periods"),
        pytest.param((None, None), (DECADE, outlook(8.0, 2023, 2034)), [OTHER_PERIODS], id="other ends"),
        pytest.param((None, None), (DECADE, outlook(8.0)), [OTHER_PERIODS], id="a period on the left only"),
        pytest.param((None, None), (outlook(8.0), DECADE), [OTHER_PERIODS], id="a period on the right only"),
        pytest.param((None, None), (outlook(0.0), DECADE), [OTHER_PERIODS], id="no growth at all is a figure too"),
        pytest.param((None, None), (DECADE, outlook(None, 2024, 2034)), [], id="no growth on the right"),
        pytest.param((None, None), (outlook(None, 2024, 2034), DECADE), [], id="no growth on the left"),
        pytest.param((POSTINGS, EMPLOYED), (LATER_DECADE, DECADE), [OTHER_COUNTS, OTHER_PERIODS], id="both"),
    ],
)
def test_caveats_on_a_comparison(
    jobs_pair: tuple[JobCount | None, JobCount | None],
    outlooks: tuple[Outlook | None, Outlook | None],
    expected: list[str],
) -> None:
    assert caveats.basis_caveats(*jobs_pair) + caveats.period_caveats(*outlooks) == expected


def edition(key: str, name: str, release: str | None = None) -> Source:
    return Source(id=key, name=name, release=release, license="Public domain", digest="0" * 64)


PAGE, OEWS = edition("page", "A page"), edition("oews", "OEWS", "May 2025")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param([OEWS], [OEWS], [], id="the same"),
        pytest.param([OEWS, PAGE], [PAGE, OEWS], [], id="the same ones"),
        pytest.param([OEWS], [], [], id="no right side"),
        pytest.param([], [OEWS], [], id="no left side"),
        pytest.param([], [], [], id="neither"),
        pytest.param(
            [OEWS],
            [PAGE],
            [
                (
                    'The wages of the two sides come from different sources: "OEWS, May 2025" on the left, "A page" on '
                    "the right."
                )
            ],
            id="different sources",
        ),
        pytest.param([OEWS], [PAGE, OEWS], [], id="one more on the right"),
        pytest.param(
            [OEWS, PAGE],
            [edition("ep", "EP", "2024-34"), OEWS],
            [
                (
                    'The wages of the two sides come from different sources: "A page" and "OEWS, May 2025" on the '
                    'left, "EP, 2024-34" and "OEWS, May 2025" on the right.'
                )
            ],
            id="one more on either side",
        ),
        pytest.param(
            [OEWS],
            [edition("oews-2024", "OEWS", "May 2024")],
            ["The wages of the two sides are from different releases: May 2025; May 2024."],
            id="different releases",
        ),
        pytest.param(
            [edition("other", "OEWS")],
            [OEWS],
            ["The wages of the two sides are from different releases: release not stated; May 2025."],
            id="a release that is not named",
        ),
    ],
)
def test_caveats_on_sources_that_differ(left: list[Source], right: list[Source], expected: list[str]) -> None:
    assert source_caveats("wages", left, right) == expected


def test_skills_of_one_side_only_are_not_compared() -> None:
    rows = [short_list("A", 9)]
    found = skill_comparison(rows, [])
    assert (found.shared, found.only_left, found.only_right) == ([], [], [])
    assert (found.jaccard, found.weighted_jaccard, found.truncated) == (None, None, True)


RATED = [weighted("A", 1, importance=9), weighted("M", 1, importance=9, kind=SkillKind.KNOWLEDGE)]
LISTED = [short_list("A", 9)]
OTHER = [weighted("T", 1, kind=SkillKind.TECHNOLOGY), weighted("C", 1, kind=SkillKind.CATEGORY)]
NEITHER = "Skills are not compared: none are published for"
NO_KNOWLEDGE = "Knowledge areas are not compared: no O*NET ratings of them are available for"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(RATED, RATED, [], id="the same kinds"),
        pytest.param(RATED[:1], RATED[:1], [], id="no knowledge on either side"),
        pytest.param(LISTED, LISTED, [], id="short lists"),
        pytest.param([*LISTED, *RATED], LISTED, [], id="short lists, and ratings on one side"),
        pytest.param(RATED, RATED[:1], [f"{NO_KNOWLEDGE} Nurses."], id="no knowledge on the right"),
        pytest.param(RATED[:1], RATED, [f"{NO_KNOWLEDGE} Actors."], id="no knowledge on the left"),
        pytest.param(
            RATED,
            RATED[1:],
            ["Skills are not compared: no O*NET ratings of them are available for Nurses."],
            id="no skills on the right",
        ),
        pytest.param(
            LISTED,
            RATED,
            ["Skills are not compared: a short list is published for one side, and O*NET ratings for the other."],
            id="different kinds",
        ),
        pytest.param(RATED, OTHER, [f"{NEITHER} Nurses."], id="neither on the right"),
        pytest.param(OTHER, LISTED, [f"{NEITHER} Actors."], id="neither on the left"),
        pytest.param(OTHER, [], [f"{NEITHER} either side."], id="neither on both sides"),
    ],
)
def test_what_is_left_out_is_named(left: list[Weighted], right: list[Weighted], expected: list[str]) -> None:
    assert left_out(left, right, ("Actors", "Nurses"), (False, False)) == expected


@pytest.mark.parametrize(
    ("left", "right", "combined", "expected"),
    [
        pytest.param(RATED, [], (False, True), "O*NET rates only parts of Nurses.", id="one side"),
        pytest.param([], OTHER, (True, True), "O*NET rates only parts of either side.", id="both sides"),
        pytest.param(
            [],
            [],
            (True, False),
            "O*NET rates only parts of Actors; none are published for Nurses.",
            id="mixed",
        ),
    ],
)
def test_what_onet_only_rates_for_parts_is_said_so(
    left: list[Weighted], right: list[Weighted], combined: tuple[bool, bool], expected: str
) -> None:
    assert left_out(left, right, ("Actors", "Nurses"), combined) == [f"Skills are not compared: {expected}"]


def test_parts_do_not_matter_where_the_whole_is_rated() -> None:
    assert left_out(RATED, RATED, ("Actors", "Nurses"), (True, True)) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(
            RATED,
            RATED,
            "O*NET's ratings of skills and knowledge areas are means over a few raters. Their standard error is "
            "typically 4 points of 100 for skills (rated by analysts) and 6 for knowledge areas (rated by workers or "
            "experts). Small gaps, close ranks and importances near 50 can be due to chance.",
            id="both kinds",
        ),
        pytest.param(
            RATED,
            RATED[:1],
            "O*NET's ratings of skills are means over a few raters. Their standard error is typically 4 points of 100 "
            "for skills (rated by analysts). Small gaps, close ranks and importances near 50 can be due to chance.",
            id="skills",
        ),
        pytest.param(LISTED, LISTED, None, id="short lists"),
        pytest.param(RATED, OTHER, None, id="nothing compared"),
    ],
)
def test_compared_ratings_have_a_caveat_on_their_precision(
    left: list[Weighted], right: list[Weighted], expected: str | None
) -> None:
    assert rating_caveats(left, right) == ([] if expected is None else [expected])


def test_a_missing_figure_has_no_source() -> None:
    rows = (
        Outlook(occupation_id=1, growth_percent=None, source_id="a"),
        Outlook(occupation_id=2, growth_percent=5, source_id="b"),
    )
    found = compare("growthPercent", rows, lambda row: row.growth_percent, Unit.PERCENTAGE_POINTS)
    assert found is not None
    assert (found.left_figure.source_id, found.right_figure.source_id) == (None, "b")


# Explanations

ROUNDING = "Computed unrounded; each result is rounded once, to 4 decimals."


def explained(difference: Difference, context: Context) -> Explanation:
    [found] = explanations.of([difference], context)
    return found


def test_a_tested_difference_explains_its_test(context: Context) -> None:
    tested = arithmetic.difference(
        Figure("annual.mean", 60_000, "oews-2024", 0.5),
        Figure("annual.mean", 50_000, "oews-2023", 0.8),
        Unit.DOLLARS_PER_YEAR,
    )
    assert explained(tested, context) == Explanation(
        formula=(
            "absolute = left - right; percent = 100 * (left - right) / right; "
            "z = |left - right| / sqrt(SE_left^2 + SE_right^2), SE = relative standard error / 100 * estimate"
        ),
        inputs=[
            ExplanationInput("left annual.mean", 60_000),
            ExplanationInput("left relative standard error", 0.5),
            ExplanationInput("right annual.mean", 50_000),
            ExplanationInput("right relative standard error", 0.8),
        ],
        rounding=ROUNDING,
        note=(
            "Significant at the 90% level if z > 1.645. The test is approximate: both estimates come from one "
            "sample, whose covariance is not published. A relative standard error published as 0.0 counts as 0.05."
        ),
        source_ids=["oews-2024", "oews-2023"],
    )


def test_an_untested_difference_explains_why(context: Context) -> None:
    untested = arithmetic.difference(
        Figure("annual.mean", 57_433, "page"), Figure("annual.mean", 53_243, "page"), Unit.DOLLARS_PER_YEAR
    )
    assert explained(untested, context) == Explanation(
        formula="absolute = left - right; percent = 100 * (left - right) / right",
        inputs=[ExplanationInput("left annual.mean", 57_433), ExplanationInput("right annual.mean", 53_243)],
        rounding=ROUNDING,
        note="Not tested: a test needs published standard errors on both sides that are not both 0.",
        source_ids=["page"],
    )


def test_points_are_explained_without_a_percentage(context: Context) -> None:
    points = arithmetic.difference(
        Figure("growthPercent", 8, "page"), Figure("growthPercent", 8, "page"), Unit.PERCENTAGE_POINTS
    )
    assert explained(points, context).formula == "absolute = left - right"


def test_a_missing_side_is_an_input_without_a_value_and_without_a_source(context: Context) -> None:
    missing = arithmetic.difference(Figure("averageAge", None, None), Figure("averageAge", 42, "page"), Unit.YEARS)
    found = explained(missing, context)
    assert found.inputs == [ExplanationInput("left averageAge", None), ExplanationInput("right averageAge", 42)]
    assert found.source_ids == ["page"]
    assert explanations.missing([missing], context) == [[MissingFigure("left averageAge", MissingReason.NOT_COLLECTED)]]


def test_nothing_is_missing_from_a_difference_of_two_figures(context: Context) -> None:
    difference = arithmetic.difference(Figure("jobs", 0, "page"), Figure("jobs", 1, "page"), Unit.WAGE_AND_SALARY_JOBS)
    assert explanations.missing([difference], context) == [[]]


def test_explanations_come_in_the_order_of_their_differences(context: Context) -> None:
    both = [
        arithmetic.difference(Figure(name, 2, "page"), Figure(name, 1, "page"), Unit.YEARS)
        for name in ("averageAge", "yearsOfExperience")
    ]
    assert [found.inputs[0].name for found in explanations.of(both, context)] == [
        "left averageAge",
        "left yearsOfExperience",
    ]
