"""Area codes: from OEWS's area type and digits to the API's codes."""

from db.models import NATION
from db.states import STATES, TERRITORIES
from db.vocabulary import AreaKind
from seed.publisher_files import ImportRefused

_METROPOLITAN_DIGITS = 5

STATES_AND_TERRITORIES = {**STATES, **TERRITORIES}
"""The two-letter code of each state and territory by FIPS code."""


def area_of(kind: str, digits: str) -> tuple[str, AreaKind]:
    """Return an area's code and kind for OEWS's area type (N, S or M) and its seven digits.

    Raises ImportRefused for an unknown state.
    """
    if kind == "N":
        return NATION, AreaKind.NATION
    if kind == "S":
        if digits[:2] not in STATES_AND_TERRITORIES:
            raise ImportRefused(f"area {digits} has no known state or territory code")
        return STATES_AND_TERRITORIES[digits[:2]], AreaKind.STATE
    # A metropolitan area has two zeros and five digits. A nonmetropolitan area begins with its state's FIPS code.
    if digits.startswith("00"):
        return digits[-_METROPOLITAN_DIGITS:], AreaKind.METRO
    return digits, AreaKind.NONMETRO
