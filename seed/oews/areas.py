"""The codes of areas: OEWS's type and digits, and those that the API speaks of."""

from db.models import NATION
from db.vocabulary import AreaKind
from seed.material import ImportRefused

_METROPOLITAN_DIGITS = 5

_FIPS = (
    "01 02 04 05 06 08 09 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 "
    "42 44 45 46 47 48 49 50 51 53 54 55 56 66 72 78"
)
_LETTERS = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY GU PR VI"
)
STATES: dict[str, str] = dict(zip(_FIPS.split(" "), _LETTERS.split(" "), strict=True))
"""The two letters of each state and territory by its FIPS code (FIPS PUB 5-2)."""


def area_of(kind: str, digits: str) -> tuple[str, AreaKind]:
    """Return the code and the kind of an area, from the letter of its type (N, S or M) and its seven digits.

    Raises ImportRefused where a state is none.
    """
    if kind == "N":
        return NATION, AreaKind.NATION
    if kind == "S":
        if digits[:2] not in STATES:
            raise ImportRefused(f"area {digits} is of no state or territory that is known")
        return STATES[digits[:2]], AreaKind.STATE
    # A metropolitan area has five digits behind two zeros; a nonmetropolitan one begins with its state's.
    if digits.startswith("00"):
        return digits[-_METROPOLITAN_DIGITS:], AreaKind.METRO
    return digits, AreaKind.NONMETRO
