"""Two occupations side by side."""

from typing import Annotated

import strawberry

from resolvers import areas
from resolvers.comparisons import (
    decomposition,
    explanations,
    places,
    prospects,
    salary,
    skill_gaps,
    skill_sets,
    wage_curves,
    workforce,
)
from resolvers.comparisons import (
    summary as summaries,
)
from schema.areas import Area
from schema.connections import AFTER, FIRST, Connection
from schema.enums import AreaKind, Direction, MixDimension, Side, SkillKind, Unit, Verdict
from schema.fields import Argument, batch
from schema.occupations import Occupation, Skill
from schema.salaries import MINIMUM_EMPLOYMENT, MissingFigure, TopPay
from schema.sources import Source


@strawberry.type(description="A confidence interval.")
class Interval:
    level: Annotated[int, strawberry.field(description="Its level, in percent.")]
    low: Annotated[float, strawberry.field(description="Its lower end.")]
    high: Annotated[float, strawberry.field(description="Its upper end.")]


@strawberry.type(description="A figure that went into a difference.")
class ExplanationInput:
    name: Annotated[str, strawberry.field(description="Which side's figure it is, and which.")]
    value: Annotated[float | None, strawberry.field(description="Its value, in the difference's unit or in percent.")]


@strawberry.type(description="How a difference came about: all that it takes to compute it again.")
class Explanation:
    formula: Annotated[str, strawberry.field(description="The formulas.")]
    inputs: Annotated[list[ExplanationInput], strawberry.field(description="The figures that went in.")]
    rounding: Annotated[str, strawberry.field(description="How results are rounded.")]
    note: Annotated[str, strawberry.field(description="What the test of significance assumes, or why there is none.")]
    sources: Annotated[list[Source], batch(explanations.sources_of, "Where the inputs come from, left side first.")]


@strawberry.type(description="Two figures and what lies between them.")
class Difference:
    left: Annotated[float | None, strawberry.field(description="The left side's figure, as published.")]
    right: Annotated[float | None, strawberry.field(description="The right side's figure, as published.")]
    absolute: Annotated[float | None, strawberry.field(description="left - right.")]
    percent: Annotated[
        float | None,
        strawberry.field(description="100 (left - right) / right; null for percentages, and where right is 0."),
    ]
    higher: Annotated[
        Side | None,
        strawberry.field(
            description="Which side is higher; null where that can't be told. A top-coded side is higher than one that "
            "is published below its bound, though by how much is not known."
        ),
    ]
    unit: Annotated[Unit, strawberry.field(description="What left, right and absolute are counted in.")]
    verdict: Annotated[Verdict, strawberry.field(description="Whether it is more than chance.")]
    z_score: Annotated[
        float | None, strawberry.field(description="|left - right| over its standard error; null where not testable.")
    ]
    confidence: Annotated[
        Interval | None, strawberry.field(description="The 90% interval of left - right; null where not testable.")
    ]
    explanation: Annotated[Explanation, batch(explanations.of, "How it came about.")]
    missing: Annotated[list[MissingFigure], batch(explanations.missing, "Which side is missing, and why.")]


@strawberry.type(description="Both sides' wages at one percentile.")
class PercentileDifference:
    percentile: Annotated[int, strawberry.field(description="The percentile: 10, 25, 50 (the median), 75 or 90.")]
    difference: Annotated[Difference, strawberry.field(description="The wages that so many percent earn less than.")]


@strawberry.type(description="Where the order of two wage distributions changes.")
class Crossover:
    lower_percentile: Annotated[int, strawberry.field(description="The percentile that it lies above.")]
    upper_percentile: Annotated[int, strawberry.field(description="The percentile that it lies below.")]
    higher_below: Annotated[Side, strawberry.field(description="Which side is higher at the lower percentile.")]
    higher_above: Annotated[Side, strawberry.field(description="Which side is higher at the upper percentile.")]


@strawberry.type(description="The wages that lie in both sides' ranges, in dollars a year.")
class RangeOverlap:
    low: Annotated[float, strawberry.field(description="The lower end.")]
    high: Annotated[float, strawberry.field(description="The upper end.")]
    percent: Annotated[
        float | None, strawberry.field(description="Its width in percent of the span of both ranges together.")
    ]


@strawberry.type(description="What is highest paying on each side.")
class TopPayPair:
    left: Annotated[TopPay | None, strawberry.field(description="The left side's.")]
    right: Annotated[TopPay | None, strawberry.field(description="The right side's.")]
    same: Annotated[bool | None, strawberry.field(description="Whether they are the same; null where one is missing.")]


@strawberry.type(description="The highest-paying ones of both sides.")
class HighestPayingComparison:
    city: Annotated[TopPayPair, strawberry.field(description="The highest-paying cities.")]
    state: Annotated[TopPayPair, strawberry.field(description="The highest-paying states.")]
    industry: Annotated[TopPayPair, strawberry.field(description="The highest-paying industries.")]
    company: Annotated[TopPayPair, strawberry.field(description="The highest-paying companies.")]


@strawberry.type(description="Wages side by side, in the comparison's area and over all industries.")
class SalaryComparison:
    annual_mean: Annotated[Difference, batch(salary.annual_mean, "Mean annual wages.")]
    annual_median: Annotated[Difference, batch(salary.annual_median, "Median annual wages.")]
    hourly_mean: Annotated[Difference, batch(salary.hourly_mean, "Mean hourly wages.")]
    percentiles: Annotated[
        list[PercentileDifference],
        batch(
            wage_curves.of,
            "Annual wages at the 10th, 25th, 50th, 75th and 90th percentile; hourly ones, as each difference's unit "
            "says, where a side is published by the hour only and both have hourly wages. Percentiles have no "
            "published standard errors, so that no difference is testable.",
        ),
    ]
    crossovers: Annotated[
        list[Crossover],
        batch(
            wage_curves.crossovers_of,
            "Between which of these percentiles the order changes: the nearest two at which different sides are "
            "higher. Percentiles at which both are equal, or where it can't be told which is higher, are passed over.",
        ),
    ]
    range_overlap: Annotated[
        RangeOverlap | None,
        batch(
            salary.range_overlap,
            "What the two annual ranges share; null where one is missing or of another kind, or where they are apart.",
        ),
    ]
    highest_paying: Annotated[
        HighestPayingComparison,
        batch(
            salary.highest_paying,
            "Where and by whom either is paid best.",
            minimum_employment=MINIMUM_EMPLOYMENT,
        ),
    ]


@strawberry.type(description="What each side's source says in words.")
class TextPair:
    left: Annotated[str | None, strawberry.field(description="The left side's.")]
    right: Annotated[str | None, strawberry.field(description="The right side's.")]
    same: Annotated[bool | None, strawberry.field(description="Whether they are the same; null where one is missing.")]


@strawberry.type(description="One category's share on both sides, in percent.")
class ShareDifference:
    name: Annotated[str, strawberry.field(description="The category.")]
    left: Annotated[float | None, strawberry.field(description="The left side's share.")]
    right: Annotated[float | None, strawberry.field(description="The right side's share.")]
    points: Annotated[float | None, strawberry.field(description="left - right, in percentage points.")]


@strawberry.type(description="Education side by side.")
class EducationComparison:
    degrees: Annotated[list[ShareDifference], batch(workforce.degrees, "Each degree's share on both sides.")]
    most_common_degree: Annotated[TextPair, strawberry.field(description="The degree that most workers hold.")]
    most_common_major: Annotated[TextPair, strawberry.field(description="The field that most workers studied.")]
    most_common_college: Annotated[TextPair, strawberry.field(description="The college that most workers went to.")]


@strawberry.type(description="Two distributions over categories.")
class DistributionComparison:
    shares: Annotated[list[ShareDifference], strawberry.field(description="Each category's share on both sides.")]
    dissimilarity: Annotated[
        float | None,
        strawberry.field(
            description="Half the sum of |left - right|, in percentage points: the part of either side that would have "
            "to change category for both to be alike. Null where categories overlap or differ."
        ),
    ]
    left_sum: Annotated[float, strawberry.field(description="What the left side's published shares sum to.")]
    right_sum: Annotated[float, strawberry.field(description="What the right side's published shares sum to.")]


@strawberry.type(description="Demographics side by side.")
class DemographicsComparison:
    age: Annotated[Difference | None, batch(workforce.age, "Average ages where both are published, else median ages.")]
    gender: Annotated[DistributionComparison | None, batch(workforce.gender, "Gender.")]
    race: Annotated[DistributionComparison | None, batch(workforce.race, "Race and ethnicity.")]
    lgbt: Annotated[Difference | None, batch(workforce.lgbt, "The shares of LGBT workers.")]


@strawberry.type(description="One skill's weight on both sides: its percent in a published list, else its importance.")
class SkillDifference:
    skill: Annotated[Skill, strawberry.field(description="The skill.")]
    left: Annotated[float | None, strawberry.field(description="The left side's weight.")]
    right: Annotated[float | None, strawberry.field(description="The right side's weight.")]
    points: Annotated[float | None, strawberry.field(description="left - right.")]


FROM = "The level on the other side, from 0 to 100."
TO = "The level that the side named takes, from 0 to 100."
IMPORTANCE = "How important it is on the side named, from 0 to 100."
PART = "Its part of the total; parts sum to it, but for rounding."
TOWARD_OF = "The side whose needs are looked at."
COMPARED = "How many elements go in: those that have a level on both sides and an importance on the side named."
NEEDED = "How many elements the side named is rated on."
NOTE = "What to bear in mind, or why there is no total."
MISSING = "What nobody has rated, for want of which there is no total."


@strawberry.type(description="One rated element, and how far it falls short.")
class SkillGapElement:
    skill: Annotated[Skill, strawberry.field(description="The skill or field of knowledge.")]
    level_from: Annotated[float, strawberry.field(name="from", description=FROM)]
    level_to: Annotated[float, strawberry.field(name="to", description=TO)]
    importance: Annotated[float, strawberry.field(description=IMPORTANCE)]
    gap: Annotated[float, strawberry.field(description="max(0, to - from).")]
    part: Annotated[float, strawberry.field(description=PART)]


@strawberry.type(
    description="How far one side's levels fall short of those that the other needs. It is directed: the gap toward "
    "the left side is not the one toward the right."
)
class SkillGap:
    toward: Annotated[Direction, strawberry.field(description=TOWARD_OF)]
    total: Annotated[
        float | None,
        strawberry.field(
            description="The mean gap in points of level, from 0 to 100, weighted by importance: 0 where the levels "
            "suffice everywhere. Null where a side is not rated."
        ),
    ]
    compared: Annotated[int, strawberry.field(description=COMPARED)]
    needed: Annotated[int, strawberry.field(description=NEEDED)]
    elements: Annotated[list[SkillGapElement], strawberry.field(description="Every element, largest part first.")]
    formula: Annotated[str, strawberry.field(description="The formulas.")]
    note: Annotated[str, strawberry.field(description=NOTE)]
    missing: Annotated[list[MissingFigure], strawberry.field(description=MISSING)]
    sources: Annotated[list[Source], batch(explanations.sources_of, "Where the ratings come from, left side first.")]


@strawberry.type(description="One rated element, and how much of it is there already.")
class SkillTransferElement:
    skill: Annotated[Skill, strawberry.field(description="The skill or field of knowledge.")]
    level_from: Annotated[float, strawberry.field(name="from", description=FROM)]
    level_to: Annotated[float, strawberry.field(name="to", description=TO)]
    importance: Annotated[float, strawberry.field(description=IMPORTANCE)]
    met: Annotated[float, strawberry.field(description="min(from, to).")]
    part: Annotated[float, strawberry.field(description=PART)]


@strawberry.type(
    description="How much of the levels that one side needs the other has already. It is directed: the transfer "
    "toward the left side is not the one toward the right."
)
class SkillTransfer:
    toward: Annotated[Direction, strawberry.field(description=TOWARD_OF)]
    total: Annotated[
        float | None,
        strawberry.field(
            description="In percent, weighted by importance: 100 where the levels suffice everywhere. Null where a "
            "side is not rated."
        ),
    ]
    compared: Annotated[int, strawberry.field(description=COMPARED)]
    needed: Annotated[int, strawberry.field(description=NEEDED)]
    elements: Annotated[list[SkillTransferElement], strawberry.field(description="Every element, largest part first.")]
    formula: Annotated[str, strawberry.field(description="The formulas.")]
    note: Annotated[str, strawberry.field(description=NOTE)]
    missing: Annotated[list[MissingFigure], strawberry.field(description=MISSING)]
    sources: Annotated[list[Source], batch(explanations.sources_of, "Where the ratings come from, left side first.")]


TOWARD = Argument(Direction, "The side that the other one is measured against.")
KIND = Argument(SkillKind | None, "Only elements of this kind, SKILL or KNOWLEDGE; both unless given.")


@strawberry.type(
    description="Technologies side by side, as sets: nobody publishes weights. All empty or null where a side has none "
    "published."
)
class TechnologyComparison:
    shared: Annotated[list[Skill], strawberry.field(description="The technologies of both, by the left rank.")]
    only_left: Annotated[list[Skill], strawberry.field(description="The technologies of the left side alone.")]
    only_right: Annotated[list[Skill], strawberry.field(description="The technologies of the right side alone.")]
    jaccard: Annotated[
        float | None,
        strawberry.field(description="Shared technologies over all technologies of either, from 0 to 1."),
    ]


@strawberry.type(
    description="Skills side by side, like with like: published short lists by percent where both sides have one, else "
    "O*NET's skills and fields of knowledge by importance; all empty or null where a side has neither. Technologies "
    "stand apart, and categories, which the Employment Projections rank, are not compared."
)
class SkillComparison:
    shared: Annotated[
        list[SkillDifference], strawberry.field(description="The skills of both, the left side's weightiest first.")
    ]
    only_left: Annotated[list[SkillDifference], strawberry.field(description="The skills of the left side alone.")]
    only_right: Annotated[list[SkillDifference], strawberry.field(description="The skills of the right side alone.")]
    jaccard: Annotated[
        float | None,
        strawberry.field(
            description="Shared skills over all skills of either, from 0 to 1. O*NET rates the same 35 skills and 33 "
            "fields of knowledge for every occupation, which "
            "makes it trivially 1 between rated occupations: there, weightedJaccard is what tells them apart."
        ),
    ]
    weighted_jaccard: Annotated[
        float | None,
        strawberry.field(
            description="Sum of the smaller weights over sum of the larger, over skills that have weights, from 0 to 1."
        ),
    ]
    truncated: Annotated[
        bool,
        strawberry.field(
            description="Whether a side has only a short list, cut by its publisher: overlap may be understated."
        ),
    ]
    technologies: Annotated[TechnologyComparison, strawberry.field(description="The technologies used in either.")]
    gap: Annotated[
        SkillGap,
        batch(
            skill_gaps.gap,
            "How far the other side's rated levels fall short of those that the side named needs.",
            toward=TOWARD,
            kind=KIND,
        ),
    ]
    transfer: Annotated[
        SkillTransfer,
        batch(
            skill_gaps.transfer,
            "How much of the rated levels that the side named needs the other one has already.",
            toward=TOWARD,
            kind=KIND,
        ),
    ]


@strawberry.type(description="Both sides' wages in one area, over all industries.")
class Place:
    area: Annotated[Area, batch(areas.of, "Where.")]
    median: Annotated[Difference, batch(places.medians, "Median annual wages: what says which side is higher.")]
    mean: Annotated[
        Difference, batch(places.means, "Mean annual wages: what can be tested, and may point the other way.")
    ]


@strawberry.type(
    description="In how many areas which side earns more. Every area of the kind counts, territories included, where "
    "both sides' median annual wages over all industries are published."
)
class PlaceComparison:
    kind: Annotated[AreaKind, strawberry.field(description="What kind of area they are.")]
    compared: Annotated[int, strawberry.field(description="How many have both medians.")]
    left_higher: Annotated[int, strawberry.field(description="In how many of these the left median is higher.")]
    right_higher: Annotated[int, strawberry.field(description="In how many of these the right median is higher.")]
    equal: Annotated[int, strawberry.field(description="In how many of these both medians are the same.")]
    left_significant: Annotated[
        int,
        strawberry.field(
            description="In how many of the compared areas the left mean is higher, and by more than chance at the 90% "
            "level. No part of leftHigher: medians have no published standard error, so means are tested, and an "
            "area's mean and median may point opposite ways."
        ),
    ]
    right_significant: Annotated[
        int,
        strawberry.field(
            description="In how many of the compared areas the right mean is higher, and by more than chance at the "
            "90% level. By means, as leftSignificant: no part of rightHigher."
        ),
    ]
    reversal: Annotated[
        bool | None,
        strawberry.field(
            description="Whether more of the compared areas have a median gap opposite to the nation's than have one "
            "of the same sign; null where the nation lacks a median."
        ),
    ]
    national_median: Annotated[
        Difference, strawberry.field(description="The nation's median annual wages, which reversal goes by.")
    ]
    where: Annotated[
        Connection[Place],
        batch(
            places.where,
            "The compared areas, by name and code.",
            higher=Argument(Direction | None, "Only those where this side's median is higher; all unless given."),
            first=FIRST,
            after=AFTER,
        ),
    ]
    sources: Annotated[
        list[Source], batch(explanations.sources_of, "Where the areas' wages come from, left side first.")
    ]


@strawberry.type(
    description="The gap of the national mean annual wages, left minus right, in two parts (Kitagawa): where either "
    "works, and what either earns in the same place or sector. In dollars a year."
)
class WageDecomposition:
    by: Annotated[MixDimension, strawberry.field(description="What the nation is divided by.")]
    total: Annotated[
        float,
        strawberry.field(
            description="mix + within: the gap over the cells where both sides have employment and a mean, which is "
            "that of the national means as far as coverage is complete."
        ),
    ]
    mix: Annotated[
        float,
        strawberry.field(
            description="The part that comes from working in other states or sectors; above 0, it favours the left."
        ),
    ]
    within: Annotated[
        float,
        strawberry.field(
            description="The part that comes from earning more or less in the same ones; above 0, it favours the left."
        ),
    ]
    cells: Annotated[int, strawberry.field(description="How many states or sectors went in.")]
    coverage_percent: Annotated[
        float | None,
        strawberry.field(
            description="The smaller of both sides' coverages; null where either is. Published employment is rounded, "
            "which may bring it slightly over 100."
        ),
    ]
    left_coverage_percent: Annotated[
        float | None,
        strawberry.field(
            description="How much of the left side's national employment is in these cells; null where that is not "
            "published."
        ),
    ]
    right_coverage_percent: Annotated[
        float | None,
        strawberry.field(
            description="How much of the right side's national employment is in these cells; null where that is not "
            "published."
        ),
    ]
    formula: Annotated[str, strawberry.field(description="The formulas.")]
    note: Annotated[str, strawberry.field(description="What it rests on, and what it does not say.")]
    sources: Annotated[
        list[Source], batch(explanations.sources_of, "Where the cells' figures come from, left side first.")
    ]


@strawberry.type(description="Two occupations side by side. Differences are left minus right.")
class Comparison:
    left: Annotated[Occupation, strawberry.field(description="The left side.")]
    right: Annotated[Occupation, strawberry.field(description="The right side.")]
    area: Annotated[Area, batch(areas.of, "Where wages are compared.")]
    summary: Annotated[
        list[str],
        batch(
            summaries.summary,
            "In sentences computed from these figures, each naming its measure: pay by the mean, the median and "
            "percentiles, jobs, growth, time to become one, foremost skills.",
        ),
    ]
    salary: Annotated[SalaryComparison | None, batch(salary.salary, "Wages; null where neither side has any.")]
    jobs: Annotated[
        Difference | None,
        batch(
            prospects.jobs,
            "Numbers of jobs; null unless both sides count the same thing. Testable where a survey counts people "
            "employed.",
        ),
    ]
    growth: Annotated[Difference | None, batch(prospects.growth, "Projected growth, in percent and points.")]
    years_of_experience: Annotated[Difference | None, batch(prospects.years_of_experience, "Years of experience.")]
    time_to_become: Annotated[
        Difference | None,
        batch(
            prospects.time_to_become,
            "The midpoints of the months that it takes to become either; a span without an upper end has none.",
        ),
    ]
    education: Annotated[EducationComparison | None, batch(workforce.education, "What workers have studied.")]
    demographics: Annotated[DemographicsComparison | None, batch(workforce.demographics, "Who works in either.")]
    skills: Annotated[SkillComparison, batch(skill_sets.of, "The skills that either takes.")]
    places: Annotated[
        PlaceComparison,
        batch(
            places.of,
            "Wages in every area of a kind, whichever area this comparison is in: where which side earns more.",
            kind=Argument(AreaKind | None, "What kind of area."),
        ),
    ]
    decomposition: Annotated[
        WageDecomposition | None,
        batch(
            decomposition.of,
            "What the gap of the national mean wages is made of, whichever area this comparison is in; null where no "
            "state or sector has both sides' employment and mean.",
            by=Argument(MixDimension | None, "What to divide the nation by."),
        ),
    ]
    caveats: Annotated[
        list[str], batch(summaries.caveats_of, "What to know before trusting this, each side's own included.")
    ]
