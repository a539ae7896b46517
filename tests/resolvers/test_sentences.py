"""The sentences of a comparison, word for word; none contradicts its verdict."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.models import Area, JobCount, Occupation, OccupationSkill, Outlook, Preparation, Responsibility, Skill
from db.vocabulary import AreaKind, JobsBasis, MissingReason, OccupationKind, SkillKind
from resolvers.comparisons import arithmetic, prospects, sentences
from resolvers.comparisons.arithmetic import Difference, Figure, HigherSide, Unit, Verdict
from resolvers.comparisons.formatting import closed
from resolvers.comparisons.responsibilities import compare
from resolvers.comparisons.sentences import Sentence
from resolvers.comparisons.skill_sets import skill_comparison
from resolvers.comparisons.wage_curves import PercentileDifference
from resolvers.skills import Weighted


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


# Wages

NO_WAGE = arithmetic.difference(
    Figure("annual.median", None, "oews"), Figure("annual.median", None, "oews"), Unit.DOLLARS_PER_YEAR
)


def wage_sentence(mean: Difference, area: Area = NATION) -> str:
    return text_of(mean_sentence(mean, area))


def mean_sentence(mean: Difference, area: Area = NATION) -> Sentence:
    [sentence] = sentences.wage_sentences(PRODUCER, SPECIALIST, mean, NO_WAGE, area, None)
    return sentence


def text_of(sentence: Sentence | None) -> str:
    assert sentence is not None
    return sentence.text


def test_an_untested_wage_is_higher_and_nobody_earns_more() -> None:
    assert mean_sentence(means(57433, 53243)) == (
        (
            "In the United States, the published mean annual wage is higher for Media Producer than for Media "
            "Production Specialist: $57,433 compared with $53,243, a difference of $4,190."
        ),
        "the mean wage",
        Verdict.NOT_TESTABLE,
        False,
    )
    assert wage_sentence(means(53243, 57433)) == (
        "In the United States, the published mean annual wage is higher for Media Production Specialist than for Media "
        "Producer: $57,433 compared with $53,243, a difference of $4,190."
    )


def test_a_significant_difference() -> None:
    assert mean_sentence(means(60_000, 50_000, errors=(0.5, 0.8))) == (
        (
            "In the United States, Media Producer earns more than Media Production Specialist by the mean annual wage: "
            "$60,000 compared with $50,000, a difference of $10,000."
        ),
        "the mean wage",
        Verdict.SIGNIFICANT,
        False,
    )


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_difference_that_is_not_significant_names_the_higher_side_first(is_mirrored: bool) -> None:
    wages, errors = (50_000.0, 49_500.0), (0.6, 0.8)
    mean = means(wages[0], wages[1], errors=errors)
    if is_mirrored:
        mean = means(wages[1], wages[0], errors=(errors[1], errors[0]))
    higher, lower = (SPECIALIST, PRODUCER) if is_mirrored else (PRODUCER, SPECIALIST)
    assert mean_sentence(mean) == (
        (
            f"In the United States, there is no clear difference in the mean annual wage: $50,000 for {higher.title} "
            f"and $49,500 for {lower.title} (a difference of $500)."
        ),
        "the mean wage",
        Verdict.NOT_SIGNIFICANT,
        False,
    )


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        # Errors of 1% give 1.645 x 1% x sqrt(50,000^2 + 51,150^2) = 1176.7; those of 0.95% and of 1.05% give 1117.8 and
        # 1235.5.
        pytest.param(51_150, Verdict.NOT_SIGNIFICANT, id="below"),
        pytest.param(51_200, Verdict.SIGNIFICANT, id="above"),
    ],
)
def test_a_verdict_that_rounding_decides_is_not_claimed(right: float, verdict: Verdict) -> None:
    left, right_figure = (
        Figure("annual.mean", 50_000, "oews", 1.0),
        Figure("annual.mean", right, "oews", 50_000 / right),
    )
    mean = arithmetic.difference(left, right_figure, Unit.DOLLARS_PER_YEAR)
    assert mean.verdict is verdict
    sentence = mean_sentence(mean)
    assert sentence == Sentence(
        (
            "In the United States, the published mean annual wage is higher for Media Production Specialist than for "
            f"Media Producer: ${right:,} compared with $50,000, a difference of ${right - 50_000:,}."
        ),
        "the mean wage",
        verdict,
        True,
    )
    assert sentences.tests_sentences([sentence]) == [
        (
            "Whether the difference in the mean wage is statistically significant at the 90% level depends on "
            "the rounding of the published standard errors."
        )
    ]


@pytest.mark.parametrize(("right", "decides"), [(51_100, False), (51_150, True), (51_230, True), (51_300, False)])
def test_rounding_decides_between_the_smallest_and_the_largest_errors(right: float, decides: bool) -> None:
    # As above: 1117.8 and 1235.5 are the limits of a significant gap.
    figures = [Figure("", value, "", 1.0) for value in (50_000, right)]
    assert arithmetic.rounding_decides(50_000 - right, *figures) == decides


RESULTS = {
    "the mean wage": (Verdict.SIGNIFICANT, False),
    "the number of jobs": (Verdict.SIGNIFICANT, False),
    "the lower one": (Verdict.NOT_SIGNIFICANT, False),
    "the close one": (Verdict.SIGNIFICANT, True),
    "the median wage": (Verdict.NOT_TESTABLE, False),
    "the percentiles": (Verdict.NOT_TESTABLE, False),
}


@pytest.mark.parametrize(
    ("measures", "results"),
    [
        ([], []),
        (
            ["the mean wage"],
            ["The difference in the mean wage is statistically significant at the 90% level."],
        ),
        (
            ["the mean wage", "the number of jobs"],
            ["The differences in the mean wage and the number of jobs are statistically significant at the 90% level."],
        ),
        (
            ["the lower one"],
            ["The difference in the lower one is not statistically significant at the 90% level."],
        ),
        (
            ["the lower one", "the number of jobs"],
            [
                (
                    "The difference in the number of jobs is statistically significant at the 90% level; the "
                    "difference in the lower one is not."
                )
            ],
        ),
        (
            ["the median wage"],
            [
                (
                    "The difference in the median wage can't be tested for statistical significance with the published "
                    "figures."
                )
            ],
        ),
        (
            ["the mean wage", "the close one", "the median wage", "the percentiles"],
            [
                "The difference in the mean wage is statistically significant at the 90% level.",
                (
                    "Whether the difference in the close one is statistically significant at the 90% level depends on "
                    "the rounding of the published standard errors."
                ),
                (
                    "Differences in the median wage and the percentiles can't be tested for statistical significance "
                    "with the published figures."
                ),
            ],
        ),
    ],
)
def test_the_results_of_all_tests_are_said_once(measures: Sequence[str], results: Sequence[str]) -> None:
    assert sentences.tests_sentences([Sentence("", name, *RESULTS[name]) for name in measures]) == results


def test_a_sentence_without_a_measure_has_no_result() -> None:
    assert sentences.tests_sentences([Sentence("The same.")]) == []


@pytest.mark.parametrize("errors", [(None, None), (1.0, 1.0)], ids=["without errors", "with errors"])
def test_equal_wages(errors: tuple[float | None, float | None]) -> None:
    assert mean_sentence(means(57433, 57433, errors=errors)) == Sentence(
        "In the United States, the mean annual wage is $57,433 for both."
    )


@pytest.mark.parametrize(
    ("left", "right", "figures"),
    [
        pytest.param(None, 53243, ("none published", "$53,243"), id="left"),
        pytest.param(57433, None, ("$57,433", "none published"), id="right"),
    ],
)
def test_one_missing_wage(left: float | None, right: float | None, figures: tuple[str, str]) -> None:
    assert wage_sentence(means(left, right)) == (
        f"In the United States, mean annual wages can't be compared: {figures[0]} for Media Producer; "
        f"{figures[1]} for Media Production Specialist."
    )


def test_missing_wages() -> None:
    assert wage_sentence(means(None, None)) == (
        "Neither occupation has published mean or median annual wages in the United States."
    )
    both = sentences.wage_sentences(PRODUCER, SPECIALIST, means(None, None), medians(2, 1), CONNECTICUT, None)
    assert [text_of(sentence) for sentence in both] == [
        "Neither occupation has published mean annual wages in Connecticut.",
        (
            "In Connecticut, the published median annual wage is higher for Media Producer than for Media Production "
            "Specialist: $2 compared with $1, a difference of $1."
        ),
    ]


def test_a_mean_and_a_median_that_cannot_be_compared_take_one_sentence() -> None:
    mean, median = means(57433, None), medians(55_000, None)
    [sentence] = sentences.wage_sentences(PRODUCER, SPECIALIST, mean, median, NATION, None)
    assert sentence == Sentence(
        "In the United States, mean and median annual wages can't be compared: $57,433 and $55,000 for Media Producer; "
        "none published for Media Production Specialist."
    )
    crossed = sentences.wage_sentences(PRODUCER, SPECIALIST, means(None, 9), medians(8, None), NATION, None)
    assert [text_of(each) for each in crossed] == [
        (
            "In the United States, mean and median annual wages can't be compared: none published and $8 for Media "
            "Producer; $9 and none published for Media Production Specialist."
        )
    ]


def top_coded(error: float | None = None) -> Figure:
    """A mean that BLS publishes as $239,200 or more."""
    return Figure("annual.mean", None, "oews", error, reason=MissingReason.TOP_CODED, at_least=239_200)


@pytest.mark.parametrize("error", [None, 1.2], ids=["without errors", "with errors"])
def test_a_top_coded_wage_is_higher_than_a_wage_below_its_bound(error: float | None) -> None:
    published = Figure("annual.mean", 53_243, "oews", error)
    # 239,200 - 53,243 = 185,957.
    rest = ": at least $239,200 compared with $53,243, a difference of at least $185,957."
    opening = "In the United States, the published mean annual wage is higher for "
    left = arithmetic.difference(top_coded(error), published, Unit.DOLLARS_PER_YEAR)
    assert wage_sentence(left) == opening + "Media Producer than for Media Production Specialist" + rest
    right = arithmetic.difference(published, top_coded(error), Unit.DOLLARS_PER_YEAR)
    assert wage_sentence(right) == opening + "Media Production Specialist than for Media Producer" + rest


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
            id="with none",
        ),
    ],
)
def test_a_top_coded_wage_is_given_as_its_bound(left: Figure, right: Figure, figures: tuple[str, str]) -> None:
    assert wage_sentence(arithmetic.difference(left, right, Unit.DOLLARS_PER_YEAR)) == (
        f"In the United States, mean annual wages can't be compared: {figures[0]} for Media Producer; "
        f"{figures[1]} for Media Production Specialist."
    )


def test_two_errors_published_as_zero_allow_no_test() -> None:
    assert wage_sentence(means(60_000, 50_000, errors=(0.0, 0.0))) == (
        "In the United States, the published mean annual wage is higher for Media Producer than for Media Production "
        "Specialist: $60,000 compared with $50,000, a difference of $10,000."
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
    assert wage_sentence(means(50_000, 50_000), area) == f"In {where}, the mean annual wage is $50,000 for both."
    assert wage_sentence(means(None, 50_000), area) == (
        f"In {where}, mean annual wages can't be compared: none published for Media Producer; "
        "$50,000 for Media Production Specialist."
    )


def test_a_gap_over_zero_is_no_multiple() -> None:
    assert wage_sentence(means(50_000, 0)) == (
        "In the United States, the published mean annual wage is higher for Media Producer than for Media Production "
        "Specialist: $50,000 compared with $0, a difference of $50,000."
    )


def by_period(left: tuple[Figure, Figure], right: tuple[Figure, Figure]) -> dict[str, tuple[Difference, Difference]]:
    """Return the mean and the median by pay period: the left side has annual wages, the right side hourly ones."""
    none = Figure("", None, None)
    return {
        "annual": (
            arithmetic.difference(left[0], none, Unit.DOLLARS_PER_YEAR),
            arithmetic.difference(left[1], none, Unit.DOLLARS_PER_YEAR),
        ),
        "hourly": (
            arithmetic.difference(none, right[0], Unit.DOLLARS_PER_HOUR),
            arithmetic.difference(none, right[1], Unit.DOLLARS_PER_HOUR),
        ),
    }


def test_annual_wages_of_one_side_and_hourly_ones_of_the_other() -> None:
    annual = (top_coded(), Figure("", 63_970, "oews"))
    hourly = (Figure("", 58.29, "oews"), Figure("", None, "oews"))
    wages = by_period(annual, hourly)
    assert sentences.other_periods_sentence(PRODUCER, SPECIALIST, wages, NATION) == Sentence(
        "In the United States, wages can't be compared: only annual ones are published for Media Producer (mean at "
        "least $239,200, median $63,970); only hourly ones are published for Media Production Specialist (mean $58.29)."
    )


def test_wages_of_one_period_are_compared() -> None:
    wages = by_period((top_coded(), top_coded()), (Figure("", None, None), Figure("", None, None)))
    assert sentences.other_periods_sentence(PRODUCER, SPECIALIST, wages, NATION) is None


# Plural titles

PRODUCERS = titled("Producers and Directors", OccupationKind.DETAILED)
EDITORS = titled("Film and Video Editors", OccupationKind.DETAILED)


def soc_wages(mean: Difference, median: Difference, area: Area = NATION, release: str | None = None) -> list[str]:
    return [text_of(each) for each in sentences.wage_sentences(PRODUCERS, EDITORS, mean, median, area, release)]


def test_a_soc_title_is_plural_and_its_wages_are_those_of_oews() -> None:
    mean = means(113_300, 86_130, errors=(1.8, 2.5))
    assert soc_wages(mean, medians(90_360, 75_420), release="May 2025") == [
        (
            "Among wage-and-salary workers in the United States (OEWS, May 2025), Producers and Directors earn more "
            "than Film and Video Editors by the mean annual wage: $113,300 compared with $86,130, a difference of "
            "$27,170."
        ),
        (
            "In the United States, the published median annual wage is higher for Producers and Directors than for "
            "Film and Video Editors: $90,360 compared with $75,420, a difference of $14,940."
        ),
    ]
    assert soc_wages(means(1, 1), NO_WAGE) == [
        "Among wage-and-salary workers in the United States (OEWS), the mean annual wage is $1 for both."
    ]


@pytest.mark.parametrize(
    ("title", "is_inverted"),
    [
        ("Actors", False),
        ("Managers, All Other", True),
        ("Chemistry Teachers, Postsecondary", True),
        ("Area, Ethnic, and Cultural Studies Teachers, Postsecondary", True),
        ("Floor Layers, Except Carpet, Wood, and Hard Tiles", True),
        ("Fine Artists, Including Painters, Sculptors, and Illustrators", True),
        ("Camera Operators, Television, Video, and Film", True),
        ("Claims Adjusters, Examiners, and Investigators", False),
        ("Tax Examiners and Collectors, and Revenue Agents", False),
        ("Textile Winding, Twisting, and Drawing Out Machine Setters, Operators, and Tenders", False),
        ("Heating, Air Conditioning, and Refrigeration Mechanics and Installers", False),
    ],
)
def test_an_inverted_title_takes_a_closing_comma(title: str, is_inverted: bool) -> None:
    assert closed(title) == (f"{title}," if is_inverted else title)


def test_closing_commas_in_a_sentence() -> None:
    teachers, workers = (
        titled(title, OccupationKind.DETAILED) for title in ("Law Teachers, Postsecondary", "Packers, Hand")
    )
    tested, untested = (
        sentences.wage_sentences(teachers, workers, mean, NO_WAGE, NATION, "May 2025")[0].text
        for mean in (means(60_000, 50_000, errors=(0.5, 0.8)), means(60_000, 50_000))
    )
    assert (
        ", Law Teachers, Postsecondary, earn more than Packers, Hand, by the mean annual wage: $60,000 compared"
    ) in tested
    assert " is higher for Law Teachers, Postsecondary, than for Packers, Hand: $60,000 compared" in untested


def test_plural_titles_take_plural_verbs_with_job_zones() -> None:
    zones = [
        (occupation, Preparation(occupation_id=1, minimum_months=low, maximum_months=high, job_zone=zone, source_id=""))
        for occupation, low, high, zone in ((EDITORS, 0, 3, 1), (PRODUCERS, 48, None, 5))
    ]
    assert sentences.preparation_sentence(zones) == (
        "By O*NET's job zones, Producers and Directors need more preparation than Film and Video Editors: 4 years or "
        "more of Specific Vocational Preparation (zone 5) compared with up to 3 months (zone 1)."
    )


# Other measures of pay


def medians(left: float | None, right: float | None) -> Difference:
    return arithmetic.difference(
        Figure("annual.median", left, "oews"), Figure("annual.median", right, "oews"), Unit.DOLLARS_PER_YEAR
    )


def test_the_median_is_named() -> None:
    assert sentences.wage_sentences(PRODUCERS, EDITORS, means(1, 1), medians(90_360, 75_420), CONNECTICUT, None)[1] == (
        (
            "In Connecticut, the published median annual wage is higher for Producers and Directors than for Film and "
            "Video Editors: $90,360 compared with $75,420, a difference of $14,940."
        ),
        "the median wage",
        Verdict.NOT_TESTABLE,
        False,
    )
    assert soc_wages(means(1, 1), medians(90_360, None), CONNECTICUT)[1] == (
        "In Connecticut, median annual wages can't be compared: $90,360 for Producers and Directors; none published "
        "for Film and Video Editors."
    )


def test_hourly_wages_are_given_to_the_cent() -> None:
    hourly = arithmetic.difference(
        Figure("hourly.mean", 58.29, "oews", 8.4), Figure("hourly.mean", 41.41, "oews", 2.5), Unit.DOLLARS_PER_HOUR
    )
    actors = titled("Actors", OccupationKind.DETAILED)
    assert text_of(sentences.wage_sentences(actors, EDITORS, hourly, NO_WAGE, NATION, "May 2025")[0]) == (
        "Among wage-and-salary workers in the United States (OEWS, May 2025), Actors earn more than Film and Video "
        "Editors by the mean hourly wage: $58.29 compared with $41.41, a difference of $16.88."
    )


def percentiles(unit: Unit, *gaps: float | None) -> list[PercentileDifference]:
    """Return the percentiles with these gaps; None stands for a percentile that one side lacks."""
    return [
        PercentileDifference(
            percentile,
            arithmetic.difference(Figure("", None if gap is None else 100 + gap, ""), Figure("", 100, ""), unit),
        )
        for percentile, gap in zip((10, 25, 50, 75, 90), gaps, strict=True)
    ]


def test_curves_that_cross() -> None:
    once = percentiles(Unit.DOLLARS_PER_YEAR, -1, -1, 1, 1, None)
    assert sentences.percentiles_sentence(EDITORS, SPECIALIST, once, NATION) == (
        (
            "In the United States, the order depends on the percentile of the annual wage: the published wage is "
            "higher for Media Production Specialist at the 10th and 25th; and for Film and Video Editors at the 50th "
            "and 75th."
        ),
        "the percentiles",
        Verdict.NOT_TESTABLE,
        False,
    )
    twice = percentiles(Unit.DOLLARS_PER_HOUR, 1, -1, 0, -1, 1)
    assert text_of(sentences.percentiles_sentence(EDITORS, PRODUCERS, twice, CONNECTICUT)) == (
        "In Connecticut, the order depends on the percentile of the hourly wage: the published wage is higher for Film "
        "and Video Editors at the 10th and 90th; and for Producers and Directors at the 25th and 75th."
    )


@pytest.mark.parametrize("gaps", [(1, 1, 0, None, 1), (None,) * 5], ids=["one order", "no percentiles"])
def test_without_a_change_of_the_order_there_is_no_sentence(gaps: Sequence[float | None]) -> None:
    assert sentences.percentiles_sentence(EDITORS, PRODUCERS, percentiles(Unit.DOLLARS_PER_YEAR, *gaps), NATION) is None


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
            "Of the 1,201 metropolitan areas with a published median annual wage for both, the median is higher for "
            "Film and Video Editors in 1,140 and for Producers and Directors in 60, and the same in 1. Nationally, the "
            "median is higher for Producers and Directors, as it is in only 60 of these areas."
        ),
        "the medians of metropolitan areas",
        Verdict.NOT_TESTABLE,
        False,
    )
    assert text_of(places_sentence(0, 2, medians(90_360, 75_420), equal=1, reversal=True)).endswith(
        " Nationally, the median is higher for Producers and Directors, as it is in none of these areas."
    )


def test_places_that_follow_the_national_order() -> None:
    sentence = places_sentence(30, 4, medians(90_360, 75_420), kind=AreaKind.STATE)
    assert sentence is not None
    assert sentence[:2] == (
        (
            "Of the 34 states and territories with a published median annual wage for both, the median is higher for "
            "Producers and Directors in 30 and for Film and Video Editors in 4. Nationally, the median is higher for "
            "Producers and Directors."
        ),
        "the medians of states and territories",
    )


def test_places_that_all_have_one_order() -> None:
    assert text_of(places_sentence(30, 0, medians(90_360, 75_420), kind=AreaKind.STATE)) == (
        "In all 30 states and territories with a published median annual wage for both, the median is higher for "
        "Producers and Directors, as it is nationally."
    )
    assert text_of(places_sentence(0, 2, medians(90_360, 75_420), reversal=True)) == (
        "In the two metropolitan areas with a published median annual wage for both, the median is higher for Film and "
        "Video Editors; nationally, the median is higher for Producers and Directors."
    )
    one = places_sentence(1, 0, medians(None, None), reversal=None)
    assert one is not None
    assert one[:2] == (
        (
            "In the one metropolitan area with a published median annual wage for both, the median is higher for "
            "Producers and Directors."
        ),
        "the median of the metropolitan area",
    )


@pytest.mark.parametrize("national", [medians(None, 75_420), medians(75_420, 75_420)], ids=["unknown", "a tie"])
def test_places_without_a_national_order(national: Difference) -> None:
    assert text_of(places_sentence(1, 1, national, kind=AreaKind.NONMETRO, reversal=None)) == (
        "Of the 2 nonmetropolitan areas with a published median annual wage for both, the median is higher for "
        "Producers and Directors in 1 and for Film and Video Editors in 1."
    )


def test_places_with_the_same_medians() -> None:
    assert text_of(places_sentence(0, 0, medians(90_360, 75_420), equal=1)) == (
        "In the one metropolitan area with a published median annual wage for both, the median is the same for both. "
        "Nationally, the median is higher for Producers and Directors."
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


def jobs_of(basis: JobsBasis, *counts: int) -> tuple[JobCount | None, JobCount | None]:
    left, right = (JobCount(occupation_id=1, count=count, basis=basis, source_id="oews") for count in counts or (1, 1))
    return left, right


NO_OUTLOOKS = (None, None)


def jobs_sentence(jobs: Difference, release: str | None = "May 2025") -> Sentence | None:
    counts = jobs_of(JobsBasis.WAGE_AND_SALARY)
    return sentences.jobs_sentence(PRODUCERS, EDITORS, jobs, counts, NO_OUTLOOKS, release)


def test_people_employed() -> None:
    assert jobs_sentence(counted(143_120, 25_610, 2.9, 4.7)) == (
        (
            "By the number of wage-and-salary jobs that OEWS covers nationwide (May 2025), Producers and Directors "
            "outnumber Film and Video Editors: 143,120 compared with 25,610, a difference of 117,510."
        ),
        "the number of jobs",
        Verdict.SIGNIFICANT,
        False,
    )
    assert text_of(jobs_sentence(counted(25_700, 25_610, 2.9, 4.7), release=None)) == (
        "There is no clear difference in the number of wage-and-salary jobs that OEWS covers nationwide: 25,700 for "
        "Producers and Directors and 25,610 for Film and Video Editors (a difference of 90)."
    )


def test_open_postings() -> None:
    jobs, counts = counted(17_827, 87_800), jobs_of(JobsBasis.OPEN_POSTINGS)
    assert sentences.jobs_sentence(PRODUCER, SPECIALIST, jobs, counts, NO_OUTLOOKS, None) == (
        (
            "The published number of open job postings is higher for Media Production Specialist than for Media "
            "Producer: 87,800 compared with 17,827, a difference of 69,973."
        ),
        "the number of open job postings",
        Verdict.NOT_TESTABLE,
        False,
    )


@pytest.mark.parametrize(
    ("more", "errors", "gap"),
    [
        # 1,000% above is 11 times.
        (11_000, (1, 1), "a difference of 10,000"),
        (11_010, (1, 1), "about 11 times as many"),
        (11_900, (1, 1), "about 12 times as many"),
        (20_000, (5.0, 1), "about 20 times as many"),
        (26_820, (5.0, 1), "about 27 times as many"),
        (26_820, (5.1, 1), "about 30 times as many"),
        (26_820, (1, 5.1), "about 30 times as many"),
        (96_000, (1, 9), "about 100 times as many"),
        (110_689, (1, 1), "about 110 times as many"),
        (1_156_892, (1, 1), "about 1,200 times as many"),
    ],
)
def test_large_gaps_are_given_as_multiples(more: int, errors: tuple[float, float], gap: str) -> None:
    assert text_of(jobs_sentence(counted(more, 1_000, *errors))).endswith(f": {more:,} compared with 1,000, {gap}.")


def projected(employment: int) -> Outlook:
    return Outlook(occupation_id=1, employment_from=employment, from_year=2024, source_id="ep")


def test_there_is_no_multiple_where_many_jobs_are_not_counted() -> None:
    jobs, counts = counted(55_500, 1_000, 1, 1), jobs_of(JobsBasis.WAGE_AND_SALARY, 55_500, 1_000)
    outlooks = projected(60_000), projected(1_600)
    sentence = sentences.jobs_sentence(PRODUCERS, EDITORS, jobs, counts, outlooks, None)
    assert text_of(sentence).endswith(": 55,500 compared with 1,000, a difference of 54,500.")
    assert sentences.all_jobs_sentence((PRODUCERS, EDITORS), jobs, counts, outlooks) == Sentence(
        "The Employment Projections count all jobs, also those of the self-employed, and give averages of 2024: 60,000 "
        "of Producers and Directors and 1,600 of Film and Video Editors."
    )


@pytest.mark.parametrize(
    ("errors", "projections", "is_said"),
    [
        pytest.param((1, 1), (1_000, 1_200), True, id="the other order"),
        pytest.param((1, 1), (1_000, 1_100), False, id="the other order within rounding"),
        pytest.param((1, 1), (1_200, 1_000), False, id="the same order"),
        pytest.param((9, 9), (1_000, 1_200), False, id="not significant"),
        pytest.param((4.2, 4.2), (1_000, 1_200), False, id="decided by rounding"),
        pytest.param((None, None), (1_000, 1_200), False, id="not testable"),
    ],
)
def test_the_projections_are_given_where_they_contradict_a_significant_order(
    errors: tuple[float | None, float | None], projections: tuple[int, int], is_said: bool
) -> None:
    # With errors of 4.2%, 1.645 x 4.2% x sqrt(1,000^2 + 900^2) = 93; the gap of 100 is significant up to 4.5%.
    gap = 90 if errors == (4.2, 4.2) else 100
    jobs, counts = counted(1_000, 1_000 - gap, *errors), jobs_of(JobsBasis.WAGE_AND_SALARY, 1_000, 1_000 - gap)
    outlooks = projected(projections[0]), projected(projections[1])
    said = sentences.all_jobs_sentence((PRODUCERS, EDITORS), jobs, counts, outlooks)
    assert (said is not None) == is_said


def test_without_a_comparison_of_jobs_there_is_no_sentence() -> None:
    assert sentences.jobs_sentence(PRODUCER, SPECIALIST, None, (None, None), NO_OUTLOOKS, None) is None


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
        "and Directors: 4.9% compared with -1.2%, a difference of 6.1 percentage points."
    )


def test_of_two_falling_rates_one_falls_less() -> None:
    assert growth_sentence(outlook(-1.2, 2024, 2034), outlook(-4.9, 2024, 2034)) == (
        "Employment is projected to fall less for Producers and Directors than for Film and Video Editors from 2024 to "
        "2034: -1.2% compared with -4.9%, a difference of 3.7 percentage points."
    )
    flat = growth_sentence(outlook(-1.2, 2024, 2034), outlook(0.0, 2024, 2034))
    assert flat is not None
    assert " is higher for Film and Video Editors than for Producers and Directors: 0.0% compared with -1.2%" in flat


@pytest.mark.parametrize(
    ("left", "right", "figures"),
    [
        (5.0, 4.0, "5.0% compared with 4.0%, a difference of 1.0 percentage points"),
        (5.5, 4.0, "5.5% compared with 4.0%, a difference of 1.5 percentage points"),
    ],
)
def test_rates_of_the_projections_have_one_decimal(left: float, right: float, figures: str) -> None:
    sentence = growth_sentence(outlook(left, 2024, 2034), outlook(right, 2024, 2034))
    assert sentence is not None
    assert sentence.endswith(f": {figures}.")


@pytest.mark.parametrize(
    ("left", "right", "figures"),
    [
        (5.0, 4.0, "5% compared with 4%, a difference of 1 percentage point"),
        (5.5, 4.0, "5.5% compared with 4.0%, a difference of 1.5 percentage points"),
    ],
)
def test_rates_of_roles_have_the_decimals_of_the_more_precise_one(left: float, right: float, figures: str) -> None:
    rows = outlook(left, 2024, 2034), outlook(right, 2024, 2034)
    sentence = sentences.growth_sentence(PRODUCER, SPECIALIST, prospects.growth_of(*rows), rows)
    assert text_of(sentence).endswith(f": {figures}.")


@pytest.mark.parametrize(("left", "right"), [(4.9, 4.8), (-0.3, -0.2), (0.0, 0.1)])
def test_projections_within_rounding_are_about_the_same(left: float, right: float) -> None:
    # In floating point 4.9 - 4.8 is 0.10000000000000053.
    assert growth_sentence(outlook(left, 2024, 2034), outlook(right, 2024, 2034)) == (
        "The projected change in employment from 2024 to 2034 is about the same: "
        f"{left:.1f}% for Producers and Directors and {right:.1f}% for Film and Video Editors."
    )


def test_growth_over_an_unspecified_period() -> None:
    assert growth_sentence(outlook(8), outlook(8)) == (
        "The projected change in employment over an unspecified period is 8.0% for both."
    )


def test_growth_over_two_periods_names_both() -> None:
    assert growth_sentence(outlook(5, 2024, 2034), outlook(4, 2023, 2033)) == (
        "Projected changes in employment (Producers and Directors from 2024 to 2034, Film and Video Editors from 2023 "
        "to 2033) can't be compared: 5.0% for Producers and Directors; 4.0% for Film and Video Editors."
    )


@pytest.mark.parametrize("nothing", [None, outlook(None, 2024, 2034)], ids=["no row", "no rate"])
def test_growth_of_one_side_only(nothing: Outlook | None) -> None:
    assert growth_sentence(outlook(5, 2024, 2034), nothing) == (
        "Projected changes in employment from 2024 to 2034 can't be compared: 5.0% for Producers and Directors; none "
        "published for Film and Video Editors."
    )
    assert growth_sentence(nothing, nothing) is None


def opening(count: int | None, first: int = 2024) -> Outlook:
    return Outlook(
        occupation_id=1,
        growth_percent=1.0,
        from_year=first,
        to_year=first + 10,
        openings_per_year=count,
        source_id="ep",
    )


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        pytest.param(
            12_800,
            900,
            "is higher for Producers and Directors than for Film and Video Editors: 12,800 compared with 900, a "
            "difference of 11,900",
            id="left",
        ),
        pytest.param(
            0,
            904_300,
            "is higher for Film and Video Editors than for Producers and Directors: 904,300 compared with under 50, a "
            "difference of 904,300",
            id="no multiple, because small numbers are rounded",
        ),
        pytest.param(
            300,
            200,
            "is about the same: 300 for Producers and Directors and 200 for Film and Video Editors",
            id="within rounding",
        ),
        pytest.param(1_200, 1_200, "is 1,200 for both", id="equal"),
        pytest.param(0, 0, "is under 50 for both", id="rounded to 0"),
    ],
)
def test_openings_name_their_period_and_what_they_count(left: int, right: int, said: str) -> None:
    rows = opening(left), opening(right)
    sentence = sentences.openings_sentence(PRODUCERS, EDITORS, prospects.openings_of(*rows), rows)
    counted = "The projected number of job openings a year from 2024 to 2034 (replacements included)"
    assert text_of(sentence) == f"{counted} {said}."
    assert sentence is not None
    assert sentence.verdict is Verdict.NOT_TESTABLE
    assert sentence.measure == (None if left == right or abs(left - right) == 100 else "projected openings")


@pytest.mark.parametrize("other", [None, opening(None), opening(200, 2023)], ids=["no row", "none", "another period"])
def test_openings_that_cannot_be_compared_have_no_sentence(other: Outlook | None) -> None:
    rows = opening(100), other
    difference = prospects.openings_of(*rows)
    assert difference is not None
    assert (difference.left, difference.absolute, difference.higher) == (100, None, None)
    assert sentences.openings_sentence(PRODUCERS, EDITORS, difference, rows) is None
    assert prospects.openings_of(opening(None), None) is None


wages = st.integers(15_000, 500_000).map(float)
errors = st.none() | st.integers(0, 300).map(lambda tenths: tenths / 10)
pairs = st.tuples(wages, wages)
# Close pairs, most of which don't differ significantly.
close = st.tuples(wages, st.integers(-3_000, 3_000)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))


@given(pairs | close, st.tuples(errors, errors))
def test_a_sentence_never_contradicts_the_verdict(
    pair: tuple[float, float], printed: tuple[float | None, float | None]
) -> None:
    mean = means(*pair, errors=printed)
    given = mean_sentence(mean)
    unequal, decided = mean.higher is not HigherSide.EQUAL, not mean.rounding_decides
    assert ("earns more" in given.text) == (unequal and decided and mean.verdict is Verdict.SIGNIFICANT)
    assert ("no clear difference" in given.text) == (unequal and decided and mean.verdict is Verdict.NOT_SIGNIFICANT)
    assert ("is higher for" in given.text) == (unequal and (not decided or mean.verdict is Verdict.NOT_TESTABLE))
    results = {
        Verdict.SIGNIFICANT: "The difference in the mean wage is statistically significant at the 90% level.",
        Verdict.NOT_SIGNIFICANT: "The difference in the mean wage is not statistically significant at the 90% level.",
    }
    assert (results.get(mean.verdict) in sentences.tests_sentences([given])) == (
        unequal and decided and mean.verdict in results
    )


@given(pairs | close, st.tuples(errors, errors))
def test_a_sentence_names_the_higher_side_and_its_wage_first(
    pair: tuple[float, float], printed: tuple[float | None, float | None]
) -> None:
    mean = means(*pair, errors=printed)
    assume(mean.higher is not HigherSide.EQUAL)
    sentence = text_of(sentences.wage_sentences(titled("Baker"), titled("Carter"), mean, NO_WAGE, NATION, None)[0])
    first, second = ("Baker", "Carter") if mean.higher is HigherSide.LEFT else ("Carter", "Baker")
    assert sentence.index(first) < sentence.index(second)
    assert sentence.index(f"${max(pair):,.0f}") < sentence.rindex(f"${min(pair):,.0f}")


@given(pairs | close, st.tuples(errors, errors))
def test_swapping_the_sides_changes_nothing_but_a_tie(
    pair: tuple[float, float], printed: tuple[float | None, float | None]
) -> None:
    assume(pair[0] != pair[1])
    swapped = means(pair[1], pair[0], errors=(printed[1], printed[0]))
    assert sentences.wage_sentences(SPECIALIST, PRODUCER, swapped, NO_WAGE, NATION, None) == [
        mean_sentence(means(*pair, errors=printed))
    ]


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


def weighted(names: Sequence[str], weights: Sequence[float | None] = ()) -> list[Weighted]:
    """Return a short list of skills, by default with weights that decrease."""
    given = weights or [90.0 - place for place in range(len(names))]
    return [
        (
            OccupationSkill(occupation_id=1, skill_id=1, rank=1, percent=weight, source_id="page"),
            Skill(slug=name, name=name, kind=SkillKind.LISTED),
        )
        for name, weight in zip(names, given, strict=True)
    ]


@pytest.mark.parametrize(
    ("weights", "listed"),
    [
        ([9, 8, 7, 6], "A, B, C"),
        ([9, 8, 7, 7], "A, B, then C, D (tied)"),
        ([9, 8, 8, 7], "A, then B, C (tied)"),
        ([9, 8, 8, 8, 7], "A, then B, C, D (tied)"),
        ([9, 9, 9], "A, B, C (tied)"),
        ([9, 9, 9, 9], "A, B, C, D (tied)"),
        ([9, 9, 8, 8], "A, B, then C, D (tied)"),
        ([9, 9, 8], "A, B, C"),
        ([9, 9], "A, B (tied)"),
        ([None, None, None, None], "A, B, C"),
    ],
)
def test_each_tie_at_the_last_place_is_named(weights: Sequence[float | None], listed: str) -> None:
    skills = weighted("ABCDE"[: len(weights)], weights)
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


@pytest.mark.parametrize(
    ("importances", "listed"),
    [
        ([60, 50, 49.9], "Care, Repair"),
        ([49.9, 49.9, 0], "none with an importance of 50 or more of 100"),
    ],
)
def test_a_rated_skill_is_a_top_skill_only_where_it_is_important(importances: list[float], listed: str) -> None:
    knowledge = rated(SkillKind.KNOWLEDGE, Biology=90)
    care, repair, speaking = importances
    skills = rated(Care=care, Repair=repair, Speaking=speaking)
    assert sentences.skills_sentence([(NURSES, skills + knowledge), (ELECTRICIANS, knowledge)]) == (
        f"Top skills of Nurses: {listed}; of Electricians: none published."
    )


def test_an_occupation_of_which_only_parts_are_rated() -> None:
    parts = (False, True)
    assert sentences.skills_sentence([(NURSES, rated(Care=60)), (ELECTRICIANS, [])], parts) == (
        "Top skills of Nurses: Care; of Electricians: none (O*NET rates only parts of this occupation)."
    )
    zone = Preparation(occupation_id=1, minimum_months=24, maximum_months=48, job_zone=4, source_id="onet")
    assert sentences.preparation_sentence([(NURSES, zone), (ELECTRICIANS, None)], parts) == (
        "Time to become one: 2 to 4 years of Specific Vocational Preparation (O*NET job zone 4) for Nurses; none "
        "(O*NET rates only parts of this occupation) for Electricians."
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
        pytest.param(
            rated(Mathematics=60) + rated(SkillKind.KNOWLEDGE, Mathematics=5),
            rated(Mathematics=40) + rated(SkillKind.KNOWLEDGE, Mathematics=0),
            "Of 1 skills and knowledge areas that are important (50 or more of 100) for either, none is important for "
            "both; only for Nurses: Mathematics (skill).",
            id="a skill with the name of a knowledge area that is not important",
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


# Responsibilities


def duty(position: int, text: str) -> Responsibility:
    return Responsibility(occupation_id=1, source_id="rolegraph-words", position=position, text=text)


def test_responsibilities_are_quoted_and_shared_activities_named_as_categories() -> None:
    lift, wash, chart = duty(1, "Lift patients"), duty(2, "Wash patients"), duty(3, "Keep charts")
    wire, note, climb = duty(1, "Run wire"), duty(2, "Note what was done"), duty(3, "Climb poles")
    nurse = {"Move people": [lift], "Clean things": [wash], "Maintain records": [chart], "Assess health": [chart]}
    electrician = {"Install things": [wire], "Maintain records": [note], "Work at heights": [climb, note]}
    assert sentences.responsibilities_sentences(NURSES, ELECTRICIANS, compare(nurse, electrician)) == (
        "Work activities of both, in O*NET's categories: maintain records. Listed for one side only: "
        '"Lift patients" and "Wash patients" (Nurses); "Run wire" and "Climb poles" (Electricians).'
    )


def test_responsibilities_without_a_common_activity() -> None:
    found = compare({"Move people": [duty(1, "Lift patients")]}, {"Install things": [duty(1, "Run wire")]})
    assert sentences.responsibilities_sentences(NURSES, ELECTRICIANS, found) == (
        "The two have no work activity of O*NET's categories in common. Listed for one side only: "
        '"Lift patients" (Nurses); "Run wire" (Electricians).'
    )


def test_responsibilities_that_are_all_in_common() -> None:
    both = {"Move people": [duty(1, "Lift patients")], "Clean things": [duty(2, "Wash patients")]}
    assert sentences.responsibilities_sentences(NURSES, ELECTRICIANS, compare(both, both)) == (
        "Work activities of both, in O*NET's categories: move people; clean things."
    )
    assert sentences.responsibilities_sentences(NURSES, ELECTRICIANS, compare(both, {})) is None
