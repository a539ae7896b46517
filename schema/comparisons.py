"""Comparisons of two occupations."""

from typing import Annotated

import strawberry

from resolvers import areas, global_ids
from resolvers.comparisons import (
    all_sources,
    choices,
    decomposition,
    entry,
    explanations,
    interests,
    key_figures,
    places,
    prospects,
    salary,
    sides,
    skill_gaps,
    skill_sets,
    wage_changes,
    wage_curves,
    workforce,
)
from resolvers.comparisons import (
    responsibilities as duties,
)
from resolvers.comparisons import (
    summary as summaries,
)
from schema.areas import Area
from schema.connections import Connection, paged
from schema.differences import Difference
from schema.enums import (
    AreaKind,
    Certainty,
    EducationLevel,
    Experience,
    HigherSide,
    KeyFigureName,
    MixDimension,
    Side,
    SkillKind,
    Training,
    Unit,
    Verdict,
)
from schema.facts import Interest
from schema.fields import Argument, batch, described
from schema.job_titles import ResolvedTitle
from schema.missing import MissingFigure
from schema.nodes import GLOBAL_ID, Node
from schema.occupations import Occupation, Skill
from schema.responsibilities import ResponsibilityComparison
from schema.salaries import AT_NATIONAL_PRICES, MINIMUM_EMPLOYMENT, TopPay
from schema.sources import Source
from schema.wage_history import WAGE_YEARS, WageGap


@strawberry.type(description="Wages of both sides at one percentile.")
class PercentileDifference:
    percentile: Annotated[int, described("Percentile: 10, 25, 50 (the median), 75 or 90.")]
    difference: Annotated[
        Difference, described("Difference of the wages that this percentage of workers earns less than.")
    ]


@strawberry.type(description="Two percentiles between which the higher side changes.")
class Crossover:
    lower_percentile: Annotated[int, described("Percentile below the change.")]
    upper_percentile: Annotated[int, described("Percentile above the change.")]
    higher_below: Annotated[HigherSide, described("Higher side at the lower percentile.")]
    higher_above: Annotated[HigherSide, described("Higher side at the upper percentile.")]


@strawberry.type(description="Wages within the ranges of both sides, in US dollars per year.")
class RangeOverlap:
    low: Annotated[float, described("Lower end.")]
    high: Annotated[float, described("Upper end.")]
    percent: Annotated[
        float | None, described("Width of the overlap in percent of the span of both ranges; null if that span is 0.")
    ]


@strawberry.type(description="The highest-paying place, industry or company of each side.")
class TopPayPair:
    left: Annotated[TopPay | None, described("Left side; null if unknown.")]
    right: Annotated[TopPay | None, described("Right side; null if unknown.")]
    same: Annotated[bool | None, described("Whether both sides have the same one; null if a side is unknown.")]


@strawberry.type(description="The highest-paying city, state, industry and company of both sides.")
class HighestPayingComparison:
    city: Annotated[TopPayPair, described("Highest-paying metropolitan areas.")]
    state: Annotated[TopPayPair, described("Highest-paying states or territories.")]
    industry: Annotated[TopPayPair, described("Highest-paying industries.")]
    company: Annotated[TopPayPair, described("Highest-paying companies.")]


@strawberry.type(description="Comparison of wages in the comparison's area, over all industries.")
class SalaryComparison:
    annual_mean: Annotated[Difference, batch(salary.annual_mean, "Difference of mean annual wages.", price=2)]
    annual_median: Annotated[Difference, batch(salary.annual_median, "Difference of median annual wages.", price=2)]
    hourly_mean: Annotated[Difference, batch(salary.hourly_mean, "Difference of mean hourly wages.", price=2)]
    percentiles: Annotated[
        list[PercentileDifference],
        batch(
            wage_curves.of,
            "Differences of annual wages at the 10th, 25th, 50th, 75th and 90th percentiles. Hourly wages are "
            "compared instead if a side has only hourly wages and both have them; the unit of each difference tells "
            "which. Percentiles have no published standard errors, so these differences are not testable.",
            price=20,
            size=5,
        ),
    ]
    crossovers: Annotated[
        list[Crossover],
        batch(
            wage_curves.crossovers_of,
            "Neighboring percentiles at which different sides are higher. Percentiles at which both are equal or the "
            "higher side is unknown are skipped.",
            price=3,
            size=4,
        ),
    ]
    range_overlap: Annotated[
        RangeOverlap | None,
        batch(
            salary.range_overlap,
            "Overlap of both annual wage ranges; null if a range is missing, if their ends have different meanings, "
            "or if they do not overlap.",
            price=12,
        ),
    ]
    highest_paying: Annotated[
        HighestPayingComparison | None,
        batch(
            salary.highest_paying,
            "Highest-paying city, state, industry and company of each side.",
            price=480,
            minimum_employment=MINIMUM_EMPLOYMENT,
            at_national_prices=AT_NATIONAL_PRICES,
        ),
    ]


@strawberry.type(description="A published label of each side.")
class TextPair:
    left: Annotated[str | None, described("Label of the left side; null if not published.")]
    right: Annotated[str | None, described("Label of the right side; null if not published.")]
    same: Annotated[
        bool | None,
        described(
            "Whether both labels are the same, ignoring case; null if one is not published, or if both are published "
            "for one wider group."
        ),
    ]


@strawberry.type(description="The share of one category on both sides, in percent.")
class ShareDifference:
    name: Annotated[str, described("Name of the category.")]
    left: Annotated[float | None, described("Share of the left side; null if not published.")]
    right: Annotated[float | None, described("Share of the right side; null if not published.")]
    points: Annotated[
        float | None,
        described(
            "left - right, in percentage points; null if a side is not published, or if both shares are published for "
            "one wider group."
        ),
    ]
    verdict: Annotated[Verdict, described("Result of the significance test of the points.")]


@strawberry.type(description="Comparison of workers' education.")
class EducationComparison:
    degrees: Annotated[
        list[ShareDifference],
        batch(workforce.degrees, "Shares of workers by level of education, on both sides.", price=5, size=7),
    ]
    most_common_degree: Annotated[TextPair, described("Most common level of education among workers.")]
    most_common_major: Annotated[TextPair, described("Most common field of study among workers.")]
    most_common_college: Annotated[TextPair, described("Most common college among workers.")]
    missing: Annotated[
        list[MissingFigure],
        batch(
            workforce.education_missing,
            "Figures that a side lacks, or that are published for one wider group of both, each with its reason.",
            price=8,
            size=8,
        ),
    ]
    sources: Annotated[list[Source], batch(explanations.sources_of, "Sources, left side first.", size=2)]


@strawberry.type(description="Comparison of two distributions.")
class DistributionComparison:
    shares: Annotated[list[ShareDifference], described("Shares of each category on both sides.", size=6)]
    dissimilarity: Annotated[
        float | None,
        described(
            "Index of dissimilarity: half the sum of |left - right|, in percentage points. It is the share of either "
            "side that would have to change category for both distributions to be equal. Null if categories overlap, "
            "differ between the sides or are missing, or if both are published for one wider group."
        ),
    ]
    left_sum: Annotated[
        float | None, described("Sum of the left side's published shares, in percent; null if none is published.")
    ]
    right_sum: Annotated[
        float | None, described("Sum of the right side's published shares, in percent; null if none is published.")
    ]
    missing: Annotated[
        list[MissingFigure],
        described(
            "Distributions or categories that a side lacks, or that are published for one wider group of both, each "
            "with its reason.",
            size=4,
        ),
    ]
    sources: Annotated[list[Source], batch(explanations.sources_of, "Sources of the shares, left side first.", size=2)]


@strawberry.type(description="Comparison of workers' demographics.")
class DemographicsComparison:
    age: Annotated[
        Difference,
        batch(
            workforce.age,
            "Difference of mean ages if both are published, otherwise of median ages, in years. If a side only has a "
            "mean age and the other only a median, both are given and not compared.",
            price=3,
        ),
    ]
    gender: Annotated[DistributionComparison, batch(workforce.gender, "Distributions by gender.", price=9)]
    race: Annotated[DistributionComparison, batch(workforce.race, "Distributions by race and ethnicity.", price=9)]
    lgbt: Annotated[Difference | None, batch(workforce.lgbt, "Difference of the shares of LGBT workers.")]
    sources: Annotated[list[Source], batch(explanations.sources_of, "Sources, left side first.", size=4)]


@strawberry.type(
    description="The weight of one skill on both sides: its percent in published short lists, otherwise its O*NET "
    "importance, from 0 to 100."
)
class SkillDifference:
    skill: Annotated[Skill, described("The skill.")]
    left: Annotated[float | None, described("Weight on the left side; null if it has none there.")]
    right: Annotated[float | None, described("Weight on the right side; null if it has none there.")]
    points: Annotated[float | None, described("left - right; null if a side has no weight.")]


# Gap and transfer measure the same elements in two ways.
Toward = Annotated[Side, described("Target side, whose needs are measured.")]
Compared = Annotated[
    int,
    described(
        "Number of elements in the total: those with a level on both sides and an importance on the target side."
    ),
]
Needed = Annotated[
    int,
    described(
        "Number of elements that the target side is rated on, of the types that both sides are rated on. If it is "
        "larger than compared, note and missing name what is left out."
    ),
]
Formula = Annotated[str, described("Formulas of the results.")]
Note = Annotated[str, described("Limitations of the total, or the reason why it is null.")]
Missing = Annotated[
    list[MissingFigure],
    described(
        "Ratings that a side lacks: all of a kind, so that total is null, or single ones that leave an element out.",
        size=40,
    ),
]
RatingSources = Annotated[
    list[Source], batch(explanations.sources_of, "Sources of the ratings, left side first.", size=2)
]
Element = Annotated[Skill, described("The skill or knowledge area.")]
FromLevel = Annotated[float, described("Level on the other side, from 0 to 100.")]
ToLevel = Annotated[float, described("Level on the target side, from 0 to 100.")]
ElementImportance = Annotated[float, described("Importance on the target side, from 0 to 100.")]
Part = Annotated[float, described("Part of the total. All parts add up to the total, except for rounding.")]


@strawberry.type(description="A rated element and its gap.")
class SkillGapElement:
    skill: Element
    from_level: FromLevel
    to_level: ToLevel
    importance: ElementImportance
    gap: Annotated[float, described("max(0, toLevel - fromLevel), in points of level.")]
    part: Part


@strawberry.type(
    description="How far the levels of one side are below those that the target side needs. The gap toward the left "
    "side differs from the gap toward the right side."
)
class SkillGap:
    toward: Toward
    total: Annotated[
        float | None,
        described(
            "Mean gap weighted by importance, in points of level from 0 to 100. 0 means that no compared level is "
            "below the target's; it says nothing of elements that are left out. Null if a side is not rated as a whole."
        ),
    ]
    compared: Compared
    needed: Needed
    elements: Annotated[list[SkillGapElement], described("All compared elements, largest part first.", size=68)]
    formula: Formula
    note: Note
    missing: Missing
    sources: RatingSources


@strawberry.type(description="A rated element and how much of its level is met.")
class SkillTransferElement:
    skill: Element
    from_level: FromLevel
    to_level: ToLevel
    importance: ElementImportance
    met: Annotated[float, described("min(fromLevel, toLevel), in points of level.")]
    part: Part


@strawberry.type(
    description="How much of the levels that the target side needs is met by the other side's levels. The transfer "
    "toward the left side differs from the transfer toward the right side."
)
class SkillTransfer:
    toward: Toward
    total: Annotated[
        float | None,
        described(
            "Percentage of the target's levels that is met, weighted by importance. 100 means that no compared level "
            "is below the target's; it says nothing of elements that are left out. Null if a side is not rated as a "
            "whole."
        ),
    ]
    compared: Compared
    needed: Needed
    elements: Annotated[list[SkillTransferElement], described("All compared elements, largest part first.", size=68)]
    formula: Formula
    note: Note
    missing: Missing
    sources: RatingSources


TOWARD = Argument(Side, "Target side, against which the other side is measured.")
KIND = Argument(SkillKind | None, "Only elements of this type, SKILL or KNOWLEDGE. Default: both.")


SkillSources = Annotated[
    list[Source], batch(explanations.sources_of, "Sources of the compared skills, left side first.", size=2)
]


@strawberry.type(
    description="Comparison of technologies as sets, because no weights are published. All lists are empty, and "
    "jaccard is null, if a side has no published technologies."
)
class TechnologyComparison:
    shared: Annotated[list[Skill], described("Technologies of both sides, by rank on the left side.", size=420)]
    only_left: Annotated[list[Skill], described("Technologies of only the left side.", size=420)]
    only_right: Annotated[list[Skill], described("Technologies of only the right side.", size=420)]
    jaccard: Annotated[
        float | None,
        described("Jaccard index, from 0 to 1: shared technologies divided by all technologies of both sides."),
    ]
    sources: SkillSources


@strawberry.type(
    description="Comparison of skills from the same type of source: published short lists by percent if both sides "
    "have one, otherwise O*NET skills and knowledge areas by importance. O*NET rates the same 35 skills and 33 "
    "knowledge areas for every occupation, so only those of some importance belong to a side's set. A type of rated "
    "skills that one side lacks is left out of both sides. If nothing can be compared, all lists are empty and the "
    "indexes null. Technologies are compared separately. Skill categories of the Employment Projections are not "
    "compared."
)
class SkillComparison:
    kinds: Annotated[list[SkillKind], described("Types of skills that are compared; empty if none can be.")]
    compared: Annotated[
        int,
        described(
            "Number of skills with a weight on both sides: up to 68 rated elements, also those below the minimum "
            "importance, or the skills that are in both short lists."
        ),
    ]
    shared: Annotated[
        list[SkillDifference], described("Skills of both sets, by weight on the left side, highest first.", size=68)
    ]
    only_left: Annotated[
        list[SkillDifference],
        described(
            "Skills of only the left side's set. A rated one has its lower importance on the right side.", size=68
        ),
    ]
    only_right: Annotated[
        list[SkillDifference],
        described(
            "Skills of only the right side's set. A rated one has its lower importance on the left side.", size=68
        ),
    ]
    jaccard: Annotated[
        float | None,
        described(
            "Jaccard index, from 0 to 1: skills of both sets divided by skills of either. Null if both sets are empty."
        ),
    ]
    weighted_jaccard: Annotated[
        float | None,
        described(
            "Weighted Jaccard index, from 0 to 1: sum of the smaller weights divided by sum of the larger weights, "
            "over all elements rated on both sides, or over both short lists. Skills without a weight are left out."
        ),
    ]
    correlation: Annotated[
        float | None,
        described(
            "Pearson's correlation of the two importance profiles, from -1 to 1, over all elements rated on both "
            "sides. Null for short lists, and if a side's profile is flat."
        ),
    ]
    truncated: Annotated[
        bool,
        described(
            "Whether a side has only a short list, which its publisher cut off, so that the overlap can be understated."
        ),
    ]
    note: Annotated[str, described("What puts a skill into a set, who rates it, and what is not compared and why.")]
    sources: SkillSources
    technologies: Annotated[TechnologyComparison, described("Comparison of technologies.")]
    gap: Annotated[
        SkillGap | None,
        batch(
            skill_gaps.gap,
            "How far the other side's O*NET levels are below those that the target side needs.",
            price=110,
            toward=TOWARD,
            kind=KIND,
        ),
    ]
    transfer: Annotated[
        SkillTransfer | None,
        batch(
            skill_gaps.transfer,
            "How much of the O*NET levels that the target side needs is met by the other side's levels.",
            price=110,
            toward=TOWARD,
            kind=KIND,
        ),
    ]


@strawberry.type(description="Wages of both sides in one area, over all industries.")
class Place:
    area: Annotated[Area, batch(areas.of, "The area.")]
    median: Annotated[
        Difference,
        batch(places.medians, "Difference of median wages, which determines the higher side in this area."),
    ]
    mean: Annotated[
        Difference,
        batch(places.means, "Difference of mean wages, which can be tested. It can have the opposite sign."),
    ]


@strawberry.type(
    description="Comparison of wages in all areas of one type, including territories, that have published median "
    "wages of both sides over all industries: annual wages, or hourly ones if a side has only these in the nation."
)
class PlaceComparison:
    kind: Annotated[AreaKind, described("Type of the areas.")]
    unit: Annotated[Unit, described("Unit of the compared wages.")]
    compared: Annotated[int, described("Number of areas with both medians.")]
    left_higher: Annotated[int, described("Number of compared areas with a higher left median.")]
    right_higher: Annotated[int, described("Number of compared areas with a higher right median.")]
    equal: Annotated[int, described("Number of compared areas with equal medians.")]
    left_significant: Annotated[
        int,
        described(
            "Number of compared areas whose left mean is significantly higher at the 90% level. It is not a part of "
            "leftHigher: means are tested because medians have no published standard errors, and the mean and the "
            "median of an area can point in opposite directions."
        ),
    ]
    right_significant: Annotated[
        int,
        described(
            "Number of compared areas whose right mean is significantly higher at the 90% level. It is not a part of "
            "rightHigher, as explained for leftSignificant."
        ),
    ]
    tested: Annotated[int, described("Number of compared areas whose means can be tested.")]
    expected_by_chance: Annotated[
        float,
        described(
            "Number of areas that chance alone would make significant if the means were equal everywhere: 10% of "
            "tested."
        ),
    ]
    left_significant_adjusted: Annotated[
        int,
        described(
            "Number of areas whose left mean is significantly higher with the procedure of Benjamini and Hochberg: of "
            "the areas that it counts for both sides, 10% at most are expected to be due to chance."
        ),
    ]
    right_significant_adjusted: Annotated[
        int, described("Number of areas whose right mean is significantly higher with the same procedure.")
    ]
    reversal: Annotated[
        bool | None,
        described(
            "Whether more of the compared areas have the opposite order of medians than the nation's; null if a "
            "national median is not published."
        ),
    ]
    national_median: Annotated[Difference, described("Difference of the national median wages.")]
    areas: Annotated[
        Connection[Place] | None,
        paged(
            places.areas,
            "The compared areas, by name.",
            higher=Argument(Side | None, "Return only areas where this side has the higher median. Default: all."),
        ),
    ]
    sources: Annotated[
        list[Source], batch(explanations.sources_of, "Sources of the areas' wages, left side first.", size=2)
    ]


@strawberry.type(
    description="Kitagawa decomposition of a difference of mean annual wages, left minus right, in US dollars per "
    "year. One part comes from where each side's jobs are, the other from pay within the same states or sectors. "
    "total, mix and within are null unless the states or sectors hold at least 80% of both sides' national employment."
)
class WageDecomposition:
    by: Annotated[MixDimension, described("Dimension by which the nation is divided.")]
    total: Annotated[
        float | None,
        described(
            "mix + within: the difference of the means over the states or sectors with employment and a mean of both "
            "sides. It is not the difference of the national means. Null below 80% coverage."
        ),
    ]
    mix: Annotated[
        float | None,
        described(
            "Part that comes from different shares of jobs in each state or sector; positive in favor of the left "
            "side. Null below 80% coverage."
        ),
    ]
    within: Annotated[
        float | None,
        described(
            "Part that comes from different pay within the same states or sectors; positive in favor of the left side. "
            "Null below 80% coverage."
        ),
    ]
    cells: Annotated[int, described("Number of states or sectors with employment and a mean of both sides.")]
    coverage_percent: Annotated[
        float | None,
        described(
            "Smaller of both sides' coverages, in percent; null if either is null. It can slightly exceed 100, "
            "because published employment is rounded."
        ),
    ]
    left_coverage_percent: Annotated[
        float | None,
        described(
            "Share of the left side's national employment that is in these cells, in percent; null if national "
            "employment is not published."
        ),
    ]
    right_coverage_percent: Annotated[
        float | None,
        described(
            "Share of the right side's national employment that is in these cells, in percent; null if national "
            "employment is not published."
        ),
    ]
    formula: Annotated[str, described("Formulas of the results.")]
    note: Annotated[str, described("Assumptions and limitations, or the reason why the results are null.")]
    sources: Annotated[
        list[Source], batch(explanations.sources_of, "Sources of the cells' figures, left side first.", size=2)
    ]


@strawberry.type(
    description="Comparison of O*NET job zones, from 1 (little or no preparation) to 5 (extensive preparation)."
)
class ZoneComparison:
    left: Annotated[int | None, described("Job zone of the left side; null if not published.")]
    right: Annotated[int | None, described("Job zone of the right side; null if not published.")]
    needs_more: Annotated[
        HigherSide | None,
        described("Side whose zone needs more preparation, or EQUAL; null if a side is not published."),
    ]
    sources: Annotated[
        list[Source], batch(explanations.sources_of, "Sources of the job zones, left side first.", size=1)
    ]


@strawberry.type(
    description="Comparison of O*NET's scores of Holland's six types: the work of which side suits which interests."
)
class InterestComparison:
    left: Annotated[
        list[Interest], described("Scores of the left side, highest first; empty if O*NET does not score it.", size=6)
    ]
    right: Annotated[
        list[Interest], described("Scores of the right side, highest first; empty if O*NET does not score it.", size=6)
    ]
    correlation: Annotated[
        float | None,
        described(
            "Pearson's correlation of the two profiles of six scores, from -1 to 1: the measure by which O*NET's "
            "Interest Profiler links a person's scores to occupations. 1 means that the same types stand out in the "
            "same proportion, however high the scores are. Six scores are few, so that it varies much by chance. Null "
            "if a side has no scores, or six equal ones."
        ),
    ]
    note: Annotated[str, described("Definition and limitations of the correlation, or the reason why it is null.")]
    missing: Annotated[list[MissingFigure], described("Sides without scores, with the reason.", size=2)]
    sources: Annotated[list[Source], batch(explanations.sources_of, "Sources of the scores, left side first.", size=1)]


LEFT_LABEL = Annotated[str | None, described("Label of the left side, as published; null if not published.")]
RIGHT_LABEL = Annotated[str | None, described("Label of the right side, as published; null if not published.")]
LEFT_LEVEL = described("Level of the left side; null if not published.")
RIGHT_LEVEL = described("Level of the right side; null if not published.")
NEEDS_MORE = Annotated[HigherSide | None, described("Side that needs more, or EQUAL; null if a side is not published.")]


@strawberry.type(description="Education that is typically needed for entry.")
class EntryEducation:
    left: LEFT_LABEL
    right: RIGHT_LABEL
    left_level: Annotated[EducationLevel | None, LEFT_LEVEL]
    right_level: Annotated[EducationLevel | None, RIGHT_LEVEL]
    needs_more: NEEDS_MORE


@strawberry.type(description="Work experience in a related occupation that is typically needed for entry.")
class EntryExperience:
    left: LEFT_LABEL
    right: RIGHT_LABEL
    left_level: Annotated[Experience | None, LEFT_LEVEL]
    right_level: Annotated[Experience | None, RIGHT_LEVEL]
    needs_more: NEEDS_MORE


@strawberry.type(description="On-the-job training that is typically needed to become competent.")
class EntryTraining:
    left: LEFT_LABEL
    right: RIGHT_LABEL
    left_level: Annotated[Training | None, LEFT_LEVEL]
    right_level: Annotated[Training | None, RIGHT_LEVEL]
    needs_more: Annotated[
        HigherSide | None,
        described(
            "Side whose training takes longer, or EQUAL; null if a side is not published, or if the lengths of two "
            "types overlap: those of an internship or residency and of any training, and those of an apprenticeship "
            "and of long-term training."
        ),
    ]


@strawberry.type(
    description="What both sides typically need for entry: levels that the Employment Projections assign to each "
    "occupation."
)
class EntryComparison:
    education: Annotated[EntryEducation, described("Education.")]
    experience: Annotated[EntryExperience, described("Work experience in a related occupation.")]
    training: Annotated[EntryTraining, described("On-the-job training.")]
    note: Annotated[str, described("What the levels stand for, and why training is not ordered if it is not.")]
    missing: Annotated[list[MissingFigure], described("Requirements that a side lacks, each with its reason.", size=6)]
    sources: Annotated[
        list[Source], batch(explanations.sources_of, "Sources of the requirements, left side first.", size=2)
    ]


@strawberry.type(
    description="When to choose either side, as sentences: what people look for in an occupation and one side clearly "
    "has more of."
)
class Choices:
    left: Annotated[
        str | None, described("When to choose the left side: 'Actuaries if you want ...'; null without a reason.")
    ]
    right: Annotated[str | None, described("When to choose the right side; null without a reason.")]


@strawberry.type(description="Who is ahead in a key figure, and how certain that is.")
class Lead:
    side: Annotated[Side | None, described("Side that the words are about; null if they stand alone.")]
    words: Annotated[str, described("What is said of the side: 'higher pay'; without a side, 'no clear difference'.")]
    certainty: Annotated[
        Certainty | None, described("How certain it is; null if no figures are compared, or if they are equal.")
    ]
    meaning: Annotated[str | None, described("What the certainty means, as a sentence.")]
    basis: Annotated[str | None, described("Figures that were compared, if others are shown: the means of medians.")]


@strawberry.type(description="Wages of the middle 80% of workers, from the 10th to the 90th percentile.")
class WageSpread:
    low: Annotated[float, described("10th percentile.")]
    high: Annotated[float, described("90th percentile, or its lower bound.")]
    open: Annotated[bool, described("Whether the 90th percentile is top-coded, so that high is only a lower bound.")]
    text: Annotated[str, described("The spread in words: '8 in 10 earn $67,340 to $105,620'.")]


@strawberry.type(description="One side's key figure.")
class KeyFigureSide:
    text: Annotated[str, described("The figure as text: '$82,510'; the reason if it is not published.")]
    published: Annotated[bool, described("Whether the text is a figure, and not the reason why it is missing.")]
    detail: Annotated[str | None, described("What the text leaves out, such as the experience next to an education.")]
    value: Annotated[float | None, described("The figure in the unit of both sides; null if it has none.")]
    spread: Annotated[WageSpread | None, described("Wages around a median; null for other figures.")]


@strawberry.type(description="A figure that people compare occupations by, of both sides, in words.")
class KeyFigure:
    name: Annotated[KeyFigureName, described("Which figure it is.")]
    title: Annotated[str, described("Title of the figure: 'Pay'.")]
    note: Annotated[str, described("What the figure is: 'median a year, Ohio'.")]
    left: Annotated[KeyFigureSide, described("Left side.")]
    right: Annotated[KeyFigureSide, described("Right side.")]
    leads: Annotated[
        list[Lead],
        described("Who is ahead: one entry, or one for each side that needs more; empty if unknown.", size=2),
    ]
    unit: Annotated[
        Unit | None, described("Unit of both values; null if they are not numbers or measure different things.")
    ]


@strawberry.type(description="Comparison of two occupations. All differences are left minus right.")
class Comparison(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("Comparison", "key"), GLOBAL_ID)]
    left: Annotated[Occupation, described("Left side.")]
    right: Annotated[Occupation, described("Right side.")]
    left_title: Annotated[
        ResolvedTitle | None, described("Job title that the left side was asked for by; null for other keys.")
    ]
    right_title: Annotated[
        ResolvedTitle | None, described("Job title that the right side was asked for by; null for other keys.")
    ]
    area: Annotated[Area, batch(areas.of, "Area in which wages are compared.")]
    summary: Annotated[
        list[str],
        batch(
            summaries.summary,
            "The comparison in sentences that are computed from its figures, each with its measure: pay by mean, "
            "median and percentiles, jobs, growth, openings, entry, time to become one, skills, and responsibilities.",
            price=1_150,
        ),
    ]
    choices: Annotated[
        Choices,
        batch(
            choices.of,
            "When to choose either side, in a sentence each, with up to four reasons: pay and jobs whose difference is "
            "significant, openings and growth whose projections differ noticeably, shorter requirements for entry, and "
            "skills and interests whose O*NET ratings differ by more than their errors.",
            price=300,
        ),
    ]
    key_figures: Annotated[
        list[KeyFigure],
        batch(
            key_figures.of,
            "Pay, growth, openings, entry and jobs of both sides in words, and who is ahead in each: the first screen "
            "of a comparison's page. Only a significant difference is called higher or more; of other figures, what is "
            "published or projected. Pay is that of the comparison's area, all else is nationwide.",
            price=20,
            size=5,
        ),
    ]
    salary: Annotated[
        SalaryComparison | None, batch(salary.salary, "Comparison of wages; null if neither side has any.")
    ]
    jobs: Annotated[
        Difference | None,
        batch(
            prospects.jobs,
            "Difference of numbers of jobs; null unless both sides count the same thing. Testable if both are survey "
            "estimates of wage-and-salary jobs.",
            price=2,
        ),
    ]
    growth: Annotated[
        Difference | None,
        batch(
            prospects.growth,
            "Difference of projected changes in employment, in percentage points; null if neither side has one. Rates "
            "over different periods are both given and not compared.",
            price=2,
        ),
    ]
    openings: Annotated[
        Difference | None,
        batch(
            prospects.openings,
            "Difference of the projected average numbers of job openings per year, replacements of workers who leave "
            "included; null if neither side has one. Numbers over different periods are both given and not compared.",
            price=2,
        ),
    ]
    years_of_experience: Annotated[
        Difference | None,
        batch(prospects.years_of_experience, "Difference of years of experience; null if neither side has them."),
    ]
    time_to_become: Annotated[
        Difference | None,
        batch(
            prospects.time_to_become,
            "Difference of the midpoints of the months of preparation of roles; null if neither side has a published "
            "range. Job zones are compared by jobZone: the months of a zone are the same for all its occupations. If "
            "only one side is a role, both midpoints are given and not compared. A range without an upper end has no "
            "midpoint.",
            price=3,
        ),
    ]
    job_zone: Annotated[
        ZoneComparison | None,
        batch(prospects.job_zone, "Comparison of O*NET job zones; null if neither side has one.", price=2),
    ]
    entry: Annotated[
        EntryComparison,
        batch(entry.of, "Education, experience and training that both sides typically need for entry.", price=3),
    ]
    education: Annotated[
        EducationComparison | None,
        batch(workforce.education, "Comparison of workers' education; null if neither side has any."),
    ]
    demographics: Annotated[
        DemographicsComparison | None,
        batch(workforce.demographics, "Comparison of workers' demographics; null if neither side has any."),
    ]
    responsibilities: Annotated[
        ResponsibilityComparison,
        batch(duties.of, "Responsibilities of both sides and of one side alone, by work activity.", price=5),
    ]
    skills: Annotated[
        SkillComparison | None,
        batch(
            skill_sets.of,
            "Comparison of skills; null only if the argument is refused.",
            price=250,
            minimum_importance=Argument(
                float | None,
                "Importance, from 0 to 100, from which a rated element belongs to a side's set. The default, 50, is "
                "3 on O*NET's scale from 1 to 5: important. Published short lists are compared as they are.",
            ),
        ),
    ]
    interests: Annotated[
        InterestComparison | None,
        batch(interests.of, "Comparison of interests; null if neither side has scores.", price=5),
    ]
    places: Annotated[
        PlaceComparison,
        batch(
            places.of,
            "Comparison of wages in every area of one type. The comparison's own area is ignored.",
            price=200,
            kind=Argument(AreaKind | None, "Type of the areas."),
        ),
    ]
    decomposition: Annotated[
        WageDecomposition | None,
        batch(
            decomposition.of,
            "Decomposition of the difference of mean wages over states or sectors; null if none of these has "
            "employment and a mean of both sides. The comparison's own area is ignored.",
            price=80,
            by=Argument(MixDimension | None, "Dimension by which the nation is divided."),
        ),
    ]
    wage_history: Annotated[
        list[WageGap],
        batch(
            wage_changes.gaps,
            "Differences of national wages in May of each year, earliest first, over all industries; empty if neither "
            "side has any. Annual wages, or hourly ones if a side has only these. The comparison's own area is "
            "ignored.",
            price=20,
            size=WAGE_YEARS,
        ),
    ]
    caveats: Annotated[
        list[str],
        batch(
            summaries.caveats_of, "Limitations of this comparison and of each side's figures, as sentences.", price=290
        ),
    ]

    sources: Annotated[
        list[Source],
        batch(
            all_sources.of,
            "Sources of everything that is compared, and of the prices that wages are divided by, each once: those of "
            "the area first, those of the wage history last, the others in the order of the fields above.",
            price=250,
            size=24,
        ),
    ]

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether an object is a comparison; graphql-core asks the types of an interface in turn."""
        return isinstance(obj, sides.Comparison)
