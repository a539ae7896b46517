"""Figures that are missing."""

from typing import NamedTuple

from db.vocabulary import MissingReason


class MissingFigure(NamedTuple):
    """A figure that is null, and the reason."""

    figure: str
    reason: MissingReason
    at_least: float | None = None
