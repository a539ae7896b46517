"""Figures that are missing."""

from typing import NamedTuple

from db.vocabulary import MissingReason

NOT_PUBLISHED = "not published"

REASONS = {
    MissingReason.NOT_RELEASED: "not released",
    MissingReason.HOURLY_ONLY: "published hourly only",
    MissingReason.ANNUAL_ONLY: "published annually only",
    MissingReason.TOP_CODED: "above the published maximum",
    MissingReason.NOT_COLLECTED: NOT_PUBLISHED,
    MissingReason.WIDER_GROUP_ONLY: "published for a wider group only",
    MissingReason.SUPPRESSED: "suppressed: low precision",
    MissingReason.SMALL_SAMPLE: "withheld: fewer than 50,000 workers",
    MissingReason.OTHER_BOUNDARIES: "published for other areas only",
}
"""The reasons in words, for a page to show in place of a figure."""


class MissingFigure(NamedTuple):
    """A figure that is null, and the reason."""

    figure: str
    reason: MissingReason
    at_least: float | None = None
