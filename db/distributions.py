"""Distributions, of which a source may withhold categories."""

from collections.abc import Mapping

_WHOLE = 100


def most_common(percents: Mapping[str, float | None]) -> str | None:
    """Return the largest category of a distribution in percent; None where it is not certain or several are.

    A withheld category is None. All of them together have what the published ones leave of 100, so a published category
    is certain to be the largest if it exceeds that.
    """
    published = {name: percent for name, percent in percents.items() if percent is not None}
    largest = max(published.values(), default=0)
    withheld = _WHOLE - sum(published.values()) if len(published) < len(percents) else 0
    names = [name for name, percent in published.items() if percent == largest]
    return names[0] if len(names) == 1 and largest > withheld else None
