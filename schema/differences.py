"""Differences of two figures, and how they were computed."""

from typing import Annotated

import strawberry

from resolvers.comparisons import explanations
from schema.enums import HigherSide, Unit, Verdict
from schema.fields import batch, described
from schema.missing import MissingFigure
from schema.sources import Source


@strawberry.type(description="A confidence interval.")
class Interval:
    level: Annotated[int, described("Confidence level, in percent.")]
    low: Annotated[float, described("Lower end.")]
    high: Annotated[float, described("Upper end.")]


@strawberry.type(description="A figure from which a difference was computed.")
class ExplanationInput:
    name: Annotated[str, described("Side and name of the figure.")]
    value: Annotated[
        float | None,
        described(
            "Value, in the unit of the difference, or in percent for a relative standard error; null if not published."
        ),
    ]


@strawberry.type(description="How a difference was computed: everything needed to reproduce it.")
class Explanation:
    formula: Annotated[str, described("Formulas of the results.")]
    inputs: Annotated[list[ExplanationInput], described("Figures that the formulas use.", size=6)]
    rounding: Annotated[str, described("How results are rounded.")]
    note: Annotated[str, described("Assumptions of the significance test, or the reason why there is none.")]
    sources: Annotated[list[Source], batch(explanations.sources_of, "Sources of the inputs, left side first.", size=2)]


@strawberry.type(description="Two figures and their difference, left minus right.")
class Difference:
    left: Annotated[float | None, described("Figure of the left side, as published; null if not published.")]
    right: Annotated[float | None, described("Figure of the right side, as published; null if not published.")]
    left_measure: Annotated[str, described("Name of the left side's figure, such as averageAge.")]
    right_measure: Annotated[
        str,
        described("Name of the right side's figure. Figures of different measures are not compared."),
    ]
    absolute: Annotated[
        float | None,
        described(
            "left - right, in unit; null if a side is not published, if the measures differ, or if both figures are "
            "those of one wider group."
        ),
    ]
    percent: Annotated[
        float | None,
        described("100 (left - right) / right; null for percentages, if right is 0, or if absolute is null."),
    ]
    higher: Annotated[
        HigherSide | None,
        described(
            "Higher side, or EQUAL; null if unknown or not compared. A top-coded figure is known to be higher than a "
            "published figure below its lower bound."
        ),
    ]
    unit: Annotated[Unit, described("Unit of left, right and absolute.")]
    verdict: Annotated[Verdict, described("Result of the significance test.")]
    z_score: Annotated[float | None, described("|left - right| divided by its standard error; null if not testable.")]
    confidence: Annotated[Interval | None, described("90% confidence interval of left - right; null if not testable.")]
    explanation: Annotated[Explanation, batch(explanations.of, "How the difference was computed.", price=2)]
    missing: Annotated[
        list[MissingFigure],
        batch(explanations.missing, "Figures that the comparison lacks, each with its reason.", size=2),
    ]
