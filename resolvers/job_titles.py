"""Job titles as people write them, and the occupations that they are counted in."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from db import statements
from db.job_titles import folded, slug_of_title, with_signs
from db.models import JobTitle, Occupation
from resolvers import occupations, search
from resolvers.codes import soc_code
from resolvers.connections import page_size
from resolvers.context import Context
from resolvers.search import LONGEST_TEXT, SearchMatch

LEAST_SCORE = 0.75
"""The minimum score of a search match that a title resolves to. Below it, too much of the title is left out."""

_SUGGESTIONS = 3
"""The number of titles that are suggested for a title without an occupation."""

_SEARCHED = 6
"""The number of matches that suggestions are taken from: several can be the same title in several occupations."""


class ResolvedTitle(NamedTuple):
    """A job title that a key asked for, as it was found, and the occupation that it is counted in."""

    title: str
    exact: bool
    """Whether it has the words that were asked for; case, plurals, accents and punctuation aside."""
    occupation: Occupation
    words: str


class UnresolvedTitle(NamedTuple):
    """A title without an occupation."""

    not_covered: str | None
    """The reason why its work is not covered, as a sentence; None if the title is unknown."""
    nearest: Sequence[str]
    """The titles that are most similar to one that is unknown."""


class HasWords(Protocol):
    """A job title by its folded words."""

    @property
    def words(self) -> str:
        """The folded words."""
        ...


async def by_slug(parents: Sequence[None], context: Context, *, slug: str) -> Sequence[JobTitle | None]:
    """The job title with this slug, or else with its words, in singular or plural, or with its SOC code."""
    row = await context.database.first(statements.job_titles_by_slug(), slug.lower())
    if row is None:
        [row] = await _known([slug.replace("-", " ")], context)
    if row is None:
        [row] = await _not_covered([slug], context)
    return [row] * len(parents)


async def listing(
    parents: Sequence[None], context: Context, *, text: str, first: int = 10
) -> Sequence[Sequence[JobTitle]]:
    """The job titles that match a text, best match first."""
    size = page_size(first, "first")
    matched = [match.matched_title for match in await _matches(text, size, context)]
    rows = [row for row in await _known([text, *matched], context) if row is not None]
    return [[*{row.slug: row for row in rows}.values()][:size]] * len(parents)


async def resolve(titles: Sequence[str], context: Context) -> list[ResolvedTitle | UnresolvedTitle]:
    """Find the occupations of titles: of known ones, or else of those that search finds most similar to them.

    Known titles take two statements together. Each other title is searched for by itself.
    """
    known = dict(zip(titles, await _known(titles, context), strict=True))
    exact = {title: row for title, row in known.items() if row is not None}
    matches = {title: await _matches(title, _SEARCHED, context) for title in known.keys() - exact.keys()}
    similar = {title: found[0].matched_title for title, found in matches.items() if _is_similar(found)}
    rows = exact | {
        title: row
        for title, row in zip(similar, await _known([*similar.values()], context), strict=True)
        if row is not None
    }
    counted_in = dict(zip(rows, await occupation_of([*rows.values()], context), strict=True))
    return [_resolved(rows.get(title), counted_in.get(title), matches.get(title)) for title in titles]


async def resolve_codes(written: Sequence[str], context: Context) -> list[UnresolvedTitle | None]:
    """Return why the occupations with these codes, as people write them, are not covered; None for an unknown code."""
    rows = await _not_covered(written, context)
    return [None if row is None else UnresolvedTitle(row.not_covered, []) for row in rows]


async def _not_covered(written: Sequence[str], context: Context) -> list[JobTitle | None]:
    """Return the titles of the SOC occupations with these codes that are not covered, by one statement at most."""
    codes = [soc_code(code) for code in written]
    wanted = [code for code in codes if code is not None]
    found = iter(await context.database.first_each(statements.job_titles_by_code(), wanted) if wanted else ())
    return [None if code is None else next(found) for code in codes]


def _resolved(
    row: JobTitle | None, occupation: Occupation | None, matches: Sequence[SearchMatch] | None
) -> ResolvedTitle | UnresolvedTitle:
    if row is not None and occupation is not None:
        return ResolvedTitle(row.title, matches is None, occupation, row.words)
    if row is not None:
        return UnresolvedTitle(row.not_covered, [])
    nearest = dict.fromkeys(match.matched_title for match in matches or ())
    return UnresolvedTitle(None, [*nearest][:_SUGGESTIONS])


def _is_similar(matches: Sequence[SearchMatch]) -> bool:
    return bool(matches) and matches[0].score >= LEAST_SCORE


async def _matches(text: str, size: int, context: Context) -> Sequence[SearchMatch]:
    """Search; return the best matches."""
    [matches] = await search.search([None], context, text=text, first=size)
    return matches


async def _known(titles: Sequence[str], context: Context) -> list[JobTitle | None]:
    """Return the job titles with the same words as these titles, by one statement; None for an unknown title."""
    written = [title if len(title) <= LONGEST_TEXT else "" for title in titles]
    keys = [folded(form) for title in written for form in (title, with_signs(title))]
    found = await context.database.each(statements.job_titles_by_words(), keys) if titles else ()
    either = [as_written or with_sign for as_written, with_sign in zip(found[::2], found[1::2], strict=True)]
    return [_written_like(title, rows) if rows else None for title, rows in zip(titles, either, strict=True)]


def _written_like(title: str, rows: Sequence[JobTitle]) -> JobTitle:
    """Return the job title that is written like this one, or else the first."""
    slug = slug_of_title(title)
    return next((row for row in rows if row.slug == slug), rows[0])


async def occupation_of(parents: Sequence[JobTitle], context: Context) -> Sequence[Occupation | None]:
    """The occupation that each job title is counted in; None where it is not covered."""
    return await occupations.by_id([parent.occupation_id for parent in parents], context)


async def others(parents: Sequence[HasWords], context: Context) -> Sequence[Sequence[Occupation]]:
    """The other occupations that each job title may be counted in, likeliest first."""
    words = [parent.words for parent in parents]
    return await context.database.made_each(_occupations, statements.other_occupations(), words)


def _occupations(rows: Sequence[tuple[str, Occupation]]) -> Sequence[Occupation]:
    return [occupation for _, occupation in rows]
