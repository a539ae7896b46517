"""SOC codes as people write them: "27-2012", "272012", "27–2012.00" or "SOC 27 2012", and "27" for a major group.

People also copy a code with its title, such as "27-2012 Producers and Directors" or "11 - Management".
"""

import re
import unicodedata

_LONGEST = 60
"""The maximum length of a text that is one code. It bounds the work for a text that is not."""

_LONGEST_WITH_TITLE = 300
"""The maximum length of a text that has a code and a title. No title of the classification is half as long."""

_NAMES = r"(?:(?:O\*?NET|SOC|OEWS|OES|CODES?|MAJOR|MINOR|BROAD|DETAILED|GROUPS?|OCCUPATIONS?)[\W_]*)*"
_SEPARATOR = r"[\W_]{0,3}"
# O*NET adds two digits. A spreadsheet that has read 272012 as a number adds ".0".
_ADDED = rf"(?:{_SEPARATOR}[0-9]{{2}}|\.0)?"
_CODE = re.compile(
    rf"[\W_]*{_NAMES}([0-9]{{2}}){_SEPARATOR}(?:([0-9]{{4}}){_ADDED}|([0-9]{{0,3}}))[\W_]*", re.IGNORECASE
)

DASHES = "\N{HYPHEN-MINUS}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
_IN_TEXT = re.compile(
    rf"(?<![0-9])(?<![0-9][{DASHES}])([0-9]{{2}})[{DASHES}]?([0-9]{{4}})(?:\.?[0-9]{{2}})?(?![{DASHES}]?[0-9])"
)
_GROUP_AND_TITLE = re.compile(
    rf"\s*{_NAMES}([0-9]{{2}})(?:\s+[{DASHES}]\s+|\s*:\s*)[^\W\d_].*", re.DOTALL | re.IGNORECASE
)


def digits_of(text: str) -> str | None:
    """Return the two to six digits of the SOC code that a text is, or the start of one; None for any other text.

    The two digits that O*NET adds are left out: specialties belong to the SOC occupation.
    """
    if len(text) > _LONGEST:
        return None
    written = _CODE.fullmatch(unicodedata.normalize("NFKC", text))
    return None if written is None else "".join(filter(None, written.groups()))


def soc_code(text: str) -> str | None:
    """Return the SOC code that a text is, or that it has with a title, as it is published; None for any other text.

    A shorter code is the code of the group that it begins: "27" is "27-0000", and "27-20" is "27-2000".
    """
    digits = digits_of(text)
    return _with_title(text) if digits is None else f"{digits[:2]}-{digits[2:].ljust(4, '0')}"


def _with_title(text: str) -> str | None:
    """Return the only code in a text, or the major group that it begins with; None for a text with several codes."""
    if len(text) > _LONGEST_WITH_TITLE:
        return None
    codes = soc_codes_in(text)
    if codes:
        return codes[0] if len(codes) == 1 else None
    group = _GROUP_AND_TITLE.fullmatch(unicodedata.normalize("NFKC", text))
    return None if group is None else f"{group[1]}-0000"


def soc_codes_in(text: str) -> list[str]:
    """Return the codes of six or eight digits anywhere in a text, as they are published, each once."""
    found = _IN_TEXT.findall(unicodedata.normalize("NFKC", text))
    return list(dict.fromkeys(f"{major}-{minor}" for major, minor in found))
