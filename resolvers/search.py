"""Finding occupations by what people type."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from db import statements
from db.models import Occupation
from resolvers import occupations
from resolvers.connections import page_size
from resolvers.context import Context

_SCORERS = ((fuzz.token_sort_ratio, 1.0), (fuzz.partial_token_sort_ratio, 0.9))
"""How alike a text and a title are, of 100, and what that counts: as wholes, and where one is a part of the other."""

LEAST_SCORE = 60
"""Of 100. Below it, a title shares little more than a few letters with the text."""


LONGEST_TEXT = 200
"""In characters; more than any title has, and whatever follows is not looked at."""


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
    scores = _scores(text[:LONGEST_TEXT], [title for _, title in titles])
    best: dict[int, tuple[str, float]] = {}
    for index, score in sorted(scores.items(), key=lambda entry: (-entry[1], *_length_first(titles[entry[0]][1]))):
        number, title = titles[index]
        best.setdefault(number, (title, score))
    ranked = list(best.items())[:size]
    rows = await occupations.by_id([number for number, _ in ranked], context)
    matches = [
        SearchMatch(row, title, round(score / 100, 4))
        for row, (_, (title, score)) in zip(rows, ranked, strict=True)
        if row is not None
    ]
    return [matches] * len(parents)


def _length_first(title: str) -> tuple[int, str]:
    return len(title), title


def _scores(text: str, titles: Sequence[str]) -> dict[int, float]:
    """Score the titles that are like enough, by their places in the list."""
    scores: dict[int, float] = {}
    for scorer, weight in _SCORERS:
        for _, score, index in process.extract(
            text,
            titles,
            scorer=scorer,
            processor=utils.default_process,
            score_cutoff=LEAST_SCORE / weight,
            limit=None,
        ):
            scores[index] = max(scores.get(index, 0), score * weight)
    return scores
