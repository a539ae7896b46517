"""How titles and figures stand in a sentence."""

from collections.abc import Sequence

from db.models import Occupation
from db.vocabulary import OccupationKind


def verb(occupation: Occupation, singular: str, plural: str) -> str:
    """Choose the form that follows a title: SOC titles name people in the plural, a role's title names one person."""
    return plural if occupation.kind is OccupationKind.DETAILED else singular


def possessive(title: str) -> str:
    """Return a title as the owner of what follows."""
    return f"{title}'" if title.endswith("s") else f"{title}'s"


def listed(words: Sequence[str]) -> str:
    """Join words: "a", "a and b", "a, b and c"."""
    *others, last = words or [""]
    return f"{', '.join(others)} and {last}" if others else last


def plain(value: float) -> str:
    """Write a number with as many decimals as it has, at most four."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def whole(value: float) -> str:
    """Write a count."""
    return f"{value:,.0f}"


def dollars(value: float) -> str:
    """Write an amount in whole dollars, as annual wages are published."""
    return f"${value:,.0f}"


def dollars_and_cents(value: float) -> str:
    """Write an amount in dollars and cents, as hourly wages are published."""
    return f"${value:,.2f}"
