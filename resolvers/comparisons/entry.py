"""What both sides typically need for entry: education, work experience and on-the-job training.

Education and experience have an order. Of the types of training, BLS states how long most take, but not an internship
or a residency; two types are ordered if the shortest of one is at least as long as the longest of the other.
"""

from collections.abc import Sequence
from enum import Enum
from math import inf
from typing import Generic, NamedTuple, TypeVar

from db.models import Education
from db.vocabulary import EducationLevel, Experience, MissingReason, Training
from resolvers import facts
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import HigherSide
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.missing import MissingFigure

L = TypeVar("L", bound=Enum)

_MONTHS = {
    Training.NONE: (0.0, 0.0),
    Training.SHORT_TERM: (0.0, 1.0),
    Training.MODERATE_TERM: (1.0, 12.0),
    Training.LONG_TERM: (12.0, inf),
    Training.INTERNSHIP_RESIDENCY: (0.0, inf),
    Training.APPRENTICESHIP: (12.0, inf),
}
"""The shortest and the longest training of each type, in months, by BLS's definitions."""

NOTE = (
    "BLS assigns each occupation one typical level. It describes the usual way in and does not say which other levels "
    "workers enter with."
)
UNORDERED = {
    Training.INTERNSHIP_RESIDENCY: "no length is published for internships and residencies",
    Training.APPRENTICESHIP: "apprenticeships and long-term on-the-job training both take more than a year",
}
"""Why two different types of training are not ordered, by the first of these types that a side has."""


class Requirement(NamedTuple, Generic[L]):
    """One requirement of each side: the published label and its level, and the side that needs more."""

    left: str | None
    right: str | None
    left_level: L | None
    right_level: L | None
    needs_more: HigherSide | None


class EntryComparison(NamedTuple):
    """The typical requirements of both sides."""

    education: Requirement[EducationLevel]
    experience: Requirement[Experience]
    training: Requirement[Training]
    missing: Sequence[MissingFigure]
    source_ids: Sequence[str]

    @property
    def note(self) -> str:
        """What the levels are, and why training is not ordered."""
        return " ".join([NOTE, *caveats_of(self)])


async def of(parents: Sequence[Comparison], context: Context) -> list[EntryComparison]:
    """The typical requirements of each comparison."""
    return [compared(*pair) for pair in await both_sides(parents, context, facts.education)]


def compared(left: Education | None, right: Education | None) -> EntryComparison:
    """Compare the typical requirements of two sides, either of which may have none."""
    one, other = _labels(left), _labels(right)
    return EntryComparison(
        education=_ordered(EducationLevel, one[0], other[0]),
        experience=_ordered(Experience, one[1], other[1]),
        training=_training(one[2], other[2]),
        missing=[
            MissingFigure(f"{side} {name}", MissingReason.NOT_COLLECTED)
            for side, labels in (("left", one), ("right", other))
            for name, label in zip(_NAMES, labels, strict=True)
            if label is None
        ],
        source_ids=list(
            dict.fromkeys(
                row.source_id for row, labels in ((left, one), (right, other)) if row is not None and any(labels)
            )
        ),
    )


_NAMES = ("typicalEntry", "relatedExperience", "onTheJobTraining")


def _labels(row: Education | None) -> tuple[str | None, str | None, str | None]:
    return (None, None, None) if row is None else (row.typical_entry, row.related_experience, row.on_the_job_training)


def _ordered(levels: type[L], left: str | None, right: str | None) -> Requirement[L]:
    """Compare two levels of an enum that lists the lowest first."""
    one, other = (None if label is None else levels(label) for label in (left, right))
    ranks = [*levels]
    more = None if one is None or other is None else arithmetic.higher(ranks.index(one) - ranks.index(other))
    return Requirement(left, right, one, other, more)


def _training(left: str | None, right: str | None) -> Requirement[Training]:
    one, other = (None if label is None else Training(label) for label in (left, right))
    return Requirement(left, right, one, other, None if one is None or other is None else _longer(one, other))


def _longer(left: Training, right: Training) -> HigherSide | None:
    """Return the side with the longer training; None where the lengths of the two types overlap."""
    if left is right:
        return HigherSide.EQUAL
    if _MONTHS[left][0] >= _MONTHS[right][1]:
        return HigherSide.LEFT
    return HigherSide.RIGHT if _MONTHS[right][0] >= _MONTHS[left][1] else None


def caveats_of(parent: EntryComparison) -> list[str]:
    """Say why the training of the two sides is not ordered."""
    types = (parent.training.left_level, parent.training.right_level)
    if None in types or parent.training.needs_more is not None:
        return []
    reason = next(reason for type_, reason in UNORDERED.items() if type_ in types)
    return [f"Which side's on-the-job training takes longer is not known: {reason}."]
