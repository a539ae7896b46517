"""O*NET-SOC codes, and the SOC codes that wages are published for."""

import re

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
"""The occupations that wages and projections are published for only together, and what SOC and O*NET divide them into.

From the Bureau of Labor Statistics' O*NET-SOC to National Employment Matrix crosswalk as of September 6, 2023:
https://www.bls.gov/emp/classifications-crosswalks/nem-onet-to-soc-crosswalk.xlsx
"""

_AGGREGATE_OF = {part: whole for whole, parts in AGGREGATES.items() for part in parts}


def soc_code(onet_code: str) -> str:
    """Return the SOC code within an O*NET-SOC code: "27-2012" of "27-2012.03"."""
    return onet_code[:7]


def is_soc_occupation(onet_code: str) -> bool:
    """Tell whether a code is that of a whole SOC occupation; others are more specific: 27-2012.03 is one of several."""
    return onet_code.endswith(".00")


def published_code(soc: str) -> str:
    """Return the SOC code that wages are published for: the aggregate's for those that are published only together.

    Names and links fold that way. Ratings don't: what two occupations need is not what their aggregate needs.
    """
    return _AGGREGATE_OF.get(soc, soc)
