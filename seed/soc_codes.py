"""Standard Occupational Classification (SOC) 2018 codes: hierarchy, published aggregates and O*NET-SOC codes."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from db.models import ALL_OCCUPATIONS

SOC_CODE = re.compile(r"\d\d-\d{4}")
ONET_CODE = re.compile(r"\d\d-\d{4}\.\d\d")

AGGREGATES = {
    "13-1020": ("13-1021", "13-1022", "13-1023"),
    "13-2020": ("13-2022", "13-2023"),
    "21-1018": ("21-1011", "21-1014"),
    "25-2052": ("25-2055", "25-2056"),
    "25-9045": ("25-9042", "25-9043", "25-9049"),
    "29-2010": ("29-2011", "29-2012"),
    "31-1120": ("31-1121", "31-1122"),
    "39-7010": ("39-7011", "39-7012"),
    "47-4090": ("47-4091", "47-4099"),
    "51-2028": ("51-2022", "51-2023"),
    "51-2090": ("51-2092", "51-2099"),
    "53-1047": ("53-1042", "53-1043", "53-1044", "53-1049"),
}
"""Codes that OEWS and the Employment Projections publish instead of several detailed SOC occupations, and those.

Source: O*NET-SOC to National Employment Matrix crosswalk, Bureau of Labor Statistics, September 6, 2023,
https://www.bls.gov/emp/classifications-crosswalks/nem-onet-to-soc-crosswalk.xlsx
"""

_LEFT_OUT = {
    "11-1031": "The wage data have no figures for legislators after May 2024.",
    "45-3031": "The wage data leave out fishing, hunting and trapping.",
    "55-": "The wage data leave out the armed forces.",
}
"""Why OEWS publishes no wages, by code or the start of one."""

_AGGREGATE_OF = {part: aggregate for aggregate, parts in AGGREGATES.items() for part in parts}


def with_hyphen(digits: str) -> str:
    """Format six digits as a SOC code: "272012" as "27-2012"."""
    return f"{digits[:2]}-{digits[2:]}"


def ancestors(code: str) -> Iterator[str]:
    """Yield the codes that groups above this code can have, nearest first.

    Most minor groups end in three zeros, but some end in two, such as 15-1200.
    """
    digits = code[3:]
    for known in (3, 2, 1, 0):
        candidate = f"{code[:3]}{digits[:known].ljust(4, '0')}"
        if candidate != code:
            yield candidate
    if code != ALL_OCCUPATIONS:
        yield ALL_OCCUPATIONS


def nearest_ancestor(code: str, known: AbstractSet[str]) -> str | None:
    """Return the nearest known group above a code, or None."""
    return next((candidate for candidate in ancestors(code) if candidate in known), None)


def published_code(soc: str) -> str:
    """Return the code under which wages are published: the aggregate's for its parts, otherwise the code itself.

    Titles and relations can be folded in this way. Ratings cannot: an average over two occupations describes neither.
    """
    return _AGGREGATE_OF.get(soc, soc)


def not_covered(soc: str) -> str | None:
    """Return the reason why OEWS publishes no wages for a SOC code, as a sentence; None if it does."""
    return next((reason for start, reason in _LEFT_OUT.items() if soc.startswith(start)), None)


def soc_code(onet_code: str) -> str:
    """Return the SOC code within an O*NET-SOC code: "27-2012" for "27-2012.03"."""
    return onet_code[:7]


def is_soc_occupation(onet_code: str) -> bool:
    """Tell whether an O*NET-SOC code stands for a whole SOC occupation; 27-2012.03 is only a part of 27-2012."""
    return onet_code.endswith(".00")
