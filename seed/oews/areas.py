"""The codes of areas: OEWS's type and digits, and those that the API speaks of."""

from db.models import NATION
from db.states import STATES, TERRITORIES
from db.vocabulary import AreaKind
from seed.publisher_files import ImportRefused

_METROPOLITAN_DIGITS = 5

STATES_AND_TERRITORIES = {**STATES, **TERRITORIES}
"""The two letters of each by its FIPS code."""


def area_of(kind: str, digits: str) -> tuple[str, AreaKind]:
    """Return the code and the kind of an area, from the letter of its type (N, S or M) and its seven digits.

    Raises ImportRefused where a state is none.
    """
    if kind == "N":
        return NATION, AreaKind.NATION
    if kind == "S":
        if digits[:2] not in STATES_AND_TERRITORIES:
            raise ImportRefused(f"area {digits} is of no state or territory that is known")
        return STATES_AND_TERRITORIES[digits[:2]], AreaKind.STATE
    # A metropolitan area has five digits behind two zeros; a nonmetropolitan one begins with its state's.
    if digits.startswith("00"):
        return digits[-_METROPOLITAN_DIGITS:], AreaKind.METRO
    return digits, AreaKind.NONMETRO
