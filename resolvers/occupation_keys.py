"""The keys by which clients name occupations and roles."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from db import statements
from db.models import Occupation
from resolvers import job_titles, occupations
from resolvers.comparisons.formatting import listed
from resolvers.context import Context
from resolvers.errors import BadUserInput, NotFound, quoted
from resolvers.global_ids import read_global_id
from resolvers.job_titles import ResolvedTitle, UnresolvedTitle

_LONGEST_PROBLEMS = 400
"""The number of characters of a message in which problems are named one by one."""


class OccupationKey(Protocol):
    """The key of an occupation. Exactly one of its fields is set, which the schema enforces."""

    id: str | None
    slug: str | None
    code: str | None
    title: str | None


Found = tuple[Occupation, ResolvedTitle | None]
"""The occupation with a key, and the job title that it was found by, if the key is one."""


async def by_key(parents: Sequence[None], context: Context, *, by: OccupationKey) -> Sequence[Occupation | None]:
    """The occupation with this key; None where there is none."""
    [found] = await _find({"by": by}, context)
    if isinstance(found, ResolvedTitle):
        return [found.occupation] * len(parents)
    return [None if isinstance(found, UnresolvedTitle) else found] * len(parents)


async def required(keys: Mapping[str, OccupationKey], context: Context) -> list[Found]:
    """Return what is found by these keys, which are given by the names of their arguments.

    Raises NotFound, with the arguments, if there is no occupation for a key.
    """
    rows = await _find(keys, context)
    found: list[Found] = [
        (row.occupation, row) if isinstance(row, ResolvedTitle) else (row, None)
        for row in rows
        if row is not None and not isinstance(row, UnresolvedTitle)
    ]
    if len(found) < len(keys):
        raise _not_found(
            {
                argument: (key, row)
                for (argument, key), row in zip(keys.items(), rows, strict=True)
                if row is None or isinstance(row, UnresolvedTitle)
            }
        )
    return found


async def _find(
    keys: Mapping[str, OccupationKey], context: Context
) -> Sequence[Occupation | ResolvedTitle | UnresolvedTitle | None]:
    """Return what is found by each key, with a fixed number of statements for each type of key."""
    slugs = [
        key.slug if key.id is None else _slug(key.id, argument)
        for argument, key in keys.items()
        if key.code is None and key.title is None
    ]
    found = await context.database.first_each(statements.occupations_by_slug(), slugs) if slugs else []
    if len(slugs) == len(keys):
        return found
    by_slug = iter(found)
    by_code = iter(await _by_code([key.code for key in keys.values() if key.code is not None], context))
    by_title = iter(await job_titles.resolve([key.title for key in keys.values() if key.title is not None], context))
    return [
        next(by_title) if key.title is not None else next(by_slug) if key.code is None else next(by_code)
        for key in keys.values()
    ]


async def _by_code(codes: Sequence[str], context: Context) -> list[Occupation | UnresolvedTitle | None]:
    found = await occupations.by_code(codes, context)
    unknown = [code for code, row in zip(codes, found, strict=True) if row is None]
    unresolved = iter(await job_titles.resolve_codes(unknown, context))
    return [next(unresolved) if row is None else row for row in found]


def _slug(id_: str, argument: str) -> str:
    type_name, slug = read_global_id(id_, f"{argument}.id")
    if type_name != "Occupation":
        raise BadUserInput(f"{argument}.id", f"it is an id of the type {type_name}; an Occupation's is required")
    return slug


def _not_found(unknown: dict[str, tuple[OccupationKey, UnresolvedTitle | None]]) -> NotFound:
    """Return the error that says for each argument what is not found, and what is near."""
    problems = [*_first([f'Argument "{argument}": {_problem(key, row)}' for argument, (key, row) in unknown.items()])]
    if not all(row and row.not_covered for _, row in unknown.values()):
        problems.append("search(text:) finds occupations")
    return NotFound([*unknown], "; ".join(problems))


def _first(problems: Sequence[str]) -> Iterator[str]:
    """Yield as many problems as a message takes, at least one, and then how many there are besides."""
    length = 0
    for number, problem in enumerate(problems):
        length += len(problem)
        if number and length > _LONGEST_PROBLEMS:
            yield f"and {len(problems) - number} more arguments match no occupation"
            return
        yield problem


def _problem(key: OccupationKey, unresolved: UnresolvedTitle | None) -> str:
    described = _described(key)
    if unresolved and unresolved.not_covered:
        return f"no occupation covers the {described}: {unresolved.not_covered.removesuffix('.')}"
    if unresolved and unresolved.nearest:
        nearest = listed([quoted(title) for title in unresolved.nearest])
        return f"no occupation has the {described}; the nearest titles are {nearest}"
    return f"no occupation has the {described}"


def _described(key: OccupationKey) -> str:
    """Return a key as the client wrote it."""
    name, value = next((n, v) for n in ("slug", "code", "id", "title") if (v := getattr(key, n)) is not None)
    return f"{name} {quoted(value)}"
