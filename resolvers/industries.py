"""Industries: by code as people write it, by words, and the place whose wages a list goes by."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple, Protocol

from sqlmodel import col

from db import statements
from db.folding import words_of
from db.models import ALL_INDUSTRIES, Industry
from db.paging import Key
from resolvers.codes import DASHES
from resolvers.comparisons.formatting import sector_name
from resolvers.connections import Order, Page, listed
from resolvers.context import Context
from resolvers.errors import BadUserInput, did_you_mean, quoted
from resolvers.industry_words import as_titled
from resolvers.nearest import MOST_NEAREST, shared_start
from resolvers.search_text import MOST_CHARACTERS, filled, plain
from resolvers.title_similarity import similarities

LEVELS = range(6)
"""The display levels of OEWS, from all industries to the finest ones."""

_LEAST_SCORE = 0.5
"""The minimum similarity of a title to a text, as in resolvers/search.py."""

_BY_CODE = Order("industries by code", (Key(col(Industry.code)),))
_BY_RELEVANCE = Order("industries by relevance", (Key(col(Industry.code)),))
"""Its cursors hold the place in the list."""

_DASHES = re.compile(rf"\s*[{DASHES}]+\s*")
_LABEL = re.compile(r"(NAICS|SECTORS?|INDUSTRY)\s*(CODE)?\s*:?\s*(?=\d)")
_SECTOR = re.compile(r"(\d\d)-+(\d\d\d?)")
_COMBINED = re.compile(r"\d{4}A\d")
_FINER = re.compile(r"\d{4,6}")

_GOVERNMENT, _PUBLIC_ADMINISTRATION = "99-100", "92"
"""OEWS's sector of government, and the NAICS sector that it replaces."""

_FEWEST_DIGITS = 3
"""The number of digits of a NAICS subsector. OEWS adds zeros to codes of fewer than six digits."""

_SECTOR_DIGITS = 2
_INDUSTRY_GROUP = 4
"""The number of digits of a NAICS industry group, the finest level that OEWS publishes throughout."""


class InIndustry(Protocol):
    """A row about one industry."""

    @property
    def industry_code(self) -> str:
        """The industry's code."""
        ...


class Directory(NamedTuple):
    """All industries of a data version, in the order of their codes."""

    rows: Sequence[Industry]
    by_written: Mapping[str, Industry]
    """By each way to write a code."""
    by_part: Mapping[str, Industry]
    """Industries that OEWS only publishes combined, by the 4-digit codes of their parts."""
    words: Sequence[Sequence[str]]
    """The words of each title."""

    def find(self, written: str) -> Industry | None:
        """Return the industry with a code, or else the narrowest published one that contains it."""
        code = _folded(written)
        exact = self.by_written.get(code)
        if exact is not None or not _FINER.fullmatch(code):
            return exact
        # 541810 is in 54181, which OEWS does not publish, and in 5418, which it does.
        wider = (code[:digits] for digits in range(len(code) - 1, _INDUSTRY_GROUP - 1, -1))
        found = next((self.by_written[part] for part in wider if part in self.by_written), None)
        return found or self.by_part.get(code[:_INDUSTRY_GROUP])

    def matching(self, text: str) -> list[Industry]:
        """Return industries by relevance: the one with a code, those whose codes start with the text, or by words."""
        text = text[:MOST_CHARACTERS]
        words = words_of(text)
        if not words:
            return []
        code = _folded(text)
        found = self.find(text)
        by_code = [row for row in self.rows if code.isdigit() and row.code.startswith(code)]
        if found is not None or by_code:
            return list({row.code: row for row in (found, *by_code) if row is not None}.values())
        readings = dict.fromkeys((tuple(words), as_titled(words)))
        scores = map(max, *(similarities(plain(each), self.words) for each in readings), repeat(0.0))
        ranked = sorted(zip(scores, self.rows, strict=True), key=lambda each: (-each[0], each[1].display_level))
        return [row for score, row in ranked if score >= _LEAST_SCORE]

    def nearest(self, written: str) -> list[Industry]:
        """Return industries with codes that start as an unknown one does; of a text that is no code, by words."""
        code = _folded(written[:MOST_CHARACTERS])
        if not code[:2].isdigit():
            return self.matching(written)[:MOST_NEAREST]
        shared = {row.code: shared_start(code, row.code) for row in self.rows}
        alike = [row for row in self.rows if shared[row.code] >= _SECTOR_DIGITS]
        return sorted(alike, key=lambda row: (-shared[row.code], row.display_level))[:MOST_NEAREST]


def _folded(code: str) -> str:
    """Return a code in capitals, without a label such as NAICS, and with one hyphen for each dash."""
    return _LABEL.sub("", _DASHES.sub("-", code.strip()).upper())


def _directory(rows: Sequence[Industry]) -> Directory:
    """Return the directory of industries that are in the order of their codes."""
    parts = {part: row for row in rows if _COMBINED.fullmatch(row.code) for part in re.findall(r"\b\d{4}\b", row.title)}
    words = [words_of(sector_name(row.title)) for row in rows]
    return Directory(rows, {code: row for row in rows for code in _written(row.code)}, parts, words)


def _written(code: str) -> Iterator[str]:
    """Yield each way to write a code: as OEWS does, and as NAICS does."""
    sector = _SECTOR.fullmatch(code)
    if sector is not None:
        # OEWS's 31--34 is NAICS's 31-33: the second number is the first one after the sector.
        first, end = int(sector[1]), int(sector[2])
        yield from map(str, range(first, end))
        yield f"{first}-{end - 1}"
        if code == _GOVERNMENT:
            yield _PUBLIC_ADMINISTRATION
    elif len(short := code.rstrip("0")) >= _FEWEST_DIGITS:
        yield from (code[:digits] for digits in range(len(short), len(code)))
    yield _folded(code)


async def directory(context: Context) -> Directory:
    """Return the directory of the data version, which is read once."""
    return await context.database.made(_directory, statements.industries())


async def required(code: str, context: Context) -> Industry:
    """Return the industry with this code; raise BadUserInput if there is none."""
    known = await directory(context)
    found = known.find(code)
    if found is None:
        hint = did_you_mean([(row.code, row.title) for row in known.nearest(code)])
        raise BadUserInput("industry", f"no industry has the code {quoted(code)}; {hint}industries(text:) finds codes")
    return found


async def code_of(industry: str | None, context: Context) -> str:
    """Return the code of the industry that an argument names, by default of all industries."""
    if industry is None or industry == ALL_INDUSTRIES:
        return ALL_INDUSTRIES
    return (await required(industry, context)).code


async def by_code(parents: Sequence[None], context: Context, *, code: str) -> Sequence[Industry | None]:
    """The industry with this code; None if there is none."""
    return [(await directory(context)).find(code)] * len(parents)


async def listing(
    parents: Sequence[None],
    context: Context,
    *,
    text: str | None = None,
    level: int | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Industry]]:
    """Industries by code, or those that match a text by relevance; of all levels or one."""
    require_level(level, LEVELS)
    known = await directory(context)
    text = filled(text)
    found = known.rows if text is None else known.matching(text)
    rows = [row for row in found if level is None or row.display_level == level]
    places = {row.code: f"{place:04}" for place, row in enumerate(rows)}

    def place_of(row: Industry) -> tuple[str]:
        return (places[row.code],)

    order, key = (_BY_CODE, _code) if text is None else (_BY_RELEVANCE, place_of)
    return [listed(rows, key, order, first=first, after=after, last=last, before=before)] * len(parents)


def require_level(level: int | None, levels: range) -> None:
    """Raise BadUserInput unless a level is one of these, or None."""
    if level is not None and level not in levels:
        raise BadUserInput("level", f"it is {level}; it must be between {levels[0]} and {levels[-1]}")


def _code(industry: Industry) -> tuple[str]:
    return (industry.code,)


async def of(parents: Sequence[InIndustry], context: Context) -> Sequence[Industry]:
    """The industry of each row."""
    codes = [parent.industry_code for parent in parents]
    return await context.database.one_each(statements.industries_by_code(), codes)
