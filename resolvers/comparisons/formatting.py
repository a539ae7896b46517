"""Titles, figures and spans of time as sentences write them."""

import re
from collections.abc import Callable, Mapping, Sequence

from db.models import Occupation
from db.vocabulary import JobsBasis, OccupationKind

_MONTHS_PER_YEAR = 12

JOBS_COUNTED = {
    JobsBasis.WAGE_AND_SALARY: "wage-and-salary jobs nationwide",
    JobsBasis.OPEN_POSTINGS: "open job postings",
}
"""What a number of jobs counts."""


def verb(occupation: Occupation, singular: str, plural: str) -> str:
    """Return the verb form that follows a title: SOC titles are plural nouns, a role's title is singular."""
    return plural if occupation.kind is OccupationKind.DETAILED else singular


_LONG_QUALIFIERS = (", Except ", ", Including ")

_SERIES_THAT_QUALIFY = {
    "Camera Operators, Television, Video, and Film",
    "Electrical and Electronics Repairers, Powerhouse, Substation, and Relay",
    "Farmworkers and Laborers, Crop, Nursery, and Greenhouse",
    "Farmworkers, Farm, Ranch, and Aquacultural Animals",
    "Hosts and Hostesses, Restaurant, Lounge, and Coffee Shop",
    "Insulation Workers, Floor, Ceiling, and Wall",
    "Pressers, Textile, Garment, and Related Materials",
}
"""Inverted SOC titles whose qualifier is a series. Others with a series are not inverted: "Coin, Vending, and ..."."""


def closed(title: str) -> str:
    """Return a title for the middle of a sentence: an inverted one, "Teachers, Postsecondary", takes a second comma."""
    qualifier = title.rpartition(", ")[2] if ", " in title else ""
    is_series = qualifier.startswith(("and ", "or "))
    inverted = (qualifier and not is_series) or any(word in title for word in _LONG_QUALIFIERS)
    return f"{title}," if inverted or title in _SERIES_THAT_QUALIFY else title


_WITH_ARTICLE = {"United States", "District of Columbia", "Virgin Islands"}


def area_in_sentence(name: str) -> str:
    """Return an area's name with the article that it takes: "the United States", "Connecticut"."""
    return f"the {name}" if name in _WITH_ARTICLE or "nonmetropolitan area" in name else name


def capitalized(text: str) -> str:
    """Return a text as the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


_SECTOR_LABEL = re.compile(r"Sectors? [\d, and]+ - ")


def sector_name(title: str) -> str:
    """Return an industry's title without the number of a sector: "Sector 51 - Information" is "Information"."""
    return _SECTOR_LABEL.sub("", title)


def with_article(education: str) -> str:
    """Return a level of education as a sentence names it: "an associate's degree", "some college, no degree"."""
    name = education[:1].lower() + education[1:]
    if name.startswith(("some ", "no ")):
        return name
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def listed(words: Sequence[str]) -> str:
    """Join words: "a", "a and b", "a, b and c"."""
    *others, last = words or [""]
    return f"{', '.join(others)} and {last}" if others else last


def plain(value: float) -> str:
    """Format a number with the decimals that it has, at most four."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


DECIMALS_OF_PROJECTIONS = 1
"""The decimals of all growth rates of the Employment Projections. Rates of roles have those that are published."""


def whole(value: float) -> str:
    """Format a count."""
    return f"{value:,.0f}"


def times(ratio: float, digits: int) -> str:
    """Format a multiple that is rounded to a number of significant digits: "about 1,100 times"."""
    unit = 10 ** max(0, len(str(int(ratio))) - digits)
    return f"about {round(ratio / unit) * unit:,} times"


def dollars(value: float) -> str:
    """Format an amount in whole dollars, as annual wages are published."""
    return f"${value:,.0f}"


def dollars_and_cents(value: float) -> str:
    """Format an amount in dollars and cents, as hourly wages are published."""
    return f"${value:,.2f}"


WAGE_FORMATS: Mapping[str, Callable[[float], str]] = {"annual": dollars, "hourly": dollars_and_cents}
"""The format of the wages of each pay period. Annual wages come first: hourly ones stand in where these are missing."""


def calendar_years(first: int | None, last: int | None) -> str:
    """Format the period of a projection."""
    return "over an unspecified period" if first is None or last is None else f"from {first} to {last}"


def months(minimum: int, maximum: int | None, between: str = " to ") -> str:
    """Format a range of months, in years if both ends are whole years. ``maximum`` is None for an open range."""
    in_years = minimum >= _MONTHS_PER_YEAR and minimum % _MONTHS_PER_YEAR == (maximum or 0) % _MONTHS_PER_YEAR == 0
    unit, size = ("year", _MONTHS_PER_YEAR) if in_years else ("month", 1)
    low, high = minimum // size, None if maximum is None else maximum // size
    if high is None:
        return f"{count(low, unit)} or more"
    if low == high:
        return count(high, unit)
    return f"{low}{between}{count(high, unit)}" if low else f"up to {count(high, unit)}"


def count(value: float, noun: str) -> str:
    """Format a number with its noun: "1 year", "2 years"."""
    return f"{value:g} {noun}{'' if value == 1 else 's'}"
