"""Skill gap and skill transfer between two sets of O*NET ratings, as pure functions.

Levels and importance run from 0 to 100, O*NET's standardized scales. Both measures are directed: they are weighted by
the importance in the target, so the gap from A to B differs from the gap from B to A. They are Rolegraph's own.
"""

from collections.abc import Callable, Sequence
from math import fsum
from typing import NamedTuple


class Rated(NamedTuple):
    """One element that both sides are rated on: their levels, and its importance in the target."""

    from_level: float
    to_level: float
    importance: float

    @property
    def gap(self) -> float:
        """By how much the level falls short of the target's; 0 where it doesn't."""
        return max(0.0, self.to_level - self.from_level)

    @property
    def met(self) -> float:
        """The part of the target's level that is reached."""
        return min(self.from_level, self.to_level)


def gap_parts(elements: Sequence[Rated]) -> list[float] | None:
    """Return each element's part of sum(importance * gap) / sum(importance), the weighted mean gap in points of level.

    None where every importance is 0.
    """
    return _parts(elements, lambda element: element.importance * element.gap, lambda element: element.importance)


def transfer_parts(elements: Sequence[Rated]) -> list[float] | None:
    """Return each element's part of 100 * sum(importance * met) / sum(importance * to_level), a percentage.

    None where no element has both an importance and a target level above 0.
    """
    return _parts(
        elements,
        lambda element: 100 * element.importance * element.met,
        lambda element: element.importance * element.to_level,
    )


def _parts(
    elements: Sequence[Rated], part: Callable[[Rated], float], weight: Callable[[Rated], float]
) -> list[float] | None:
    whole = fsum(map(weight, elements))
    return [part(element) / whole for element in elements] if whole else None
