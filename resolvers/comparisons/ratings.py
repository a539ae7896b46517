"""What lies between two sets of ratings, as pure functions: how far one falls short of another, how much it covers.

Levels and importance run from 0 to 100, as O*NET's scales do once standardised. Both measures are directed: they weigh
by what the target needs, so that the way there and the way back differ.
"""

from collections.abc import Callable, Sequence
from math import fsum
from typing import NamedTuple


class Rated(NamedTuple):
    """One element that both sides are rated on: their levels, and its importance in the target."""

    level_from: float
    level_to: float
    importance: float

    @property
    def gap(self) -> float:
        """How far the level falls short of the target's; a level above it is no gap."""
        return max(0.0, self.level_to - self.level_from)

    @property
    def met(self) -> float:
        """How much of the target's level is there already."""
        return min(self.level_from, self.level_to)


def gap_parts(elements: Sequence[Rated]) -> list[float] | None:
    """Return each element's part of sum(importance * gap) / sum(importance), the mean gap in points of level.

    None where no element has any importance.
    """
    return _parts(elements, lambda element: element.importance * element.gap, lambda element: element.importance)


def transfer_parts(elements: Sequence[Rated]) -> list[float] | None:
    """Return each element's part of 100 * sum(importance * met) / sum(importance * level_to), a percentage.

    None where the target needs nothing: no element has both an importance and a level.
    """
    return _parts(
        elements,
        lambda element: 100 * element.importance * element.met,
        lambda element: element.importance * element.level_to,
    )


def _parts(
    elements: Sequence[Rated], part: Callable[[Rated], float], weight: Callable[[Rated], float]
) -> list[float] | None:
    whole = fsum(map(weight, elements))
    return [part(element) / whole for element in elements] if whole else None
