"""Finding occupations by what people type."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from db import statements
from db.models import Occupation
from resolvers import occupations
from resolvers.connections import page_size
from resolvers.context import Context

LEAST_SCORE = 60
"""Of 100. Below it, titles share little more than a few letters with the text."""


@dataclass(frozen=True)
class SearchMatch:
    """An occupation, the title of it that the text resembles most, and how much, from 0 to 1."""

    occupation: Occupation
    matched_title: str
    score: float


async def search(
    parents: Sequence[None], context: Context, *, text: str, first: int = 10
) -> Sequence[list[SearchMatch]]:
    """Occupations whose title or an alternate title resembles the text, the most alike first.

    Word order, letter case, punctuation and small mistakes don't matter, and a part of a title counts too.
    """
    size = page_size(first, "first")
    titles = await context.database.rows(statements.titles())
    found = process.extract(
        text,
        [title for _, title in titles],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=LEAST_SCORE,
        limit=None,
    )
    best: dict[int, tuple[str, float]] = {}
    for title, score, index in found:
        best.setdefault(titles[index][0], (title, score / 100))
    ranked = sorted(best.items(), key=lambda match: (-match[1][1], match[1][0]))[:size]
    rows = await occupations.by_id([number for number, _ in ranked], context)
    matches = [
        SearchMatch(row, title, round(score, 4))
        for row, (_, (title, score)) in zip(rows, ranked, strict=True)
        if row is not None
    ]
    return [matches] * len(parents)
