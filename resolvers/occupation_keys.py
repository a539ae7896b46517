"""The keys by which clients name occupations and roles."""

from collections.abc import Sequence
from typing import Protocol, cast

from db import statements
from db.models import Occupation
from resolvers.codes import soc_code
from resolvers.context import Context
from resolvers.errors import BadUserInput, NotFound, quoted
from resolvers.global_ids import read_global_id


class OccupationKey(Protocol):
    """The key of an occupation. Exactly one of its fields is set, which the schema enforces."""

    id: str | None
    slug: str | None
    code: str | None


async def by_key(parents: Sequence[None], context: Context, *, by: OccupationKey) -> Sequence[Occupation | None]:
    """The occupation with this key; None where there is none."""
    return await find([by], ["by"], context) * len(parents)


async def find(keys: Sequence[OccupationKey], arguments: Sequence[str], context: Context) -> list[Occupation | None]:
    """Return the occupations with these keys; ``arguments`` are the names of the arguments that the keys are from."""
    slugs = [_slug(key, argument) for key, argument in zip(keys, arguments, strict=True) if key.code is None]
    found = await context.database.first_each(statements.occupations_by_slug(), slugs) if slugs else []
    if len(slugs) == len(keys):
        return found
    by_code = iter(await _by_code([key.code for key in keys if key.code is not None], context))
    by_slug = iter(found)
    return [next(by_slug) if key.code is None else next(by_code) for key in keys]


async def _by_code(written: Sequence[str], context: Context) -> list[Occupation | None]:
    """Return the occupations with these codes, as people write them. The code of a part leads to the whole."""
    codes = [soc_code(code) for code in written]
    found: dict[str | None, Occupation | None] = {}
    for statement in (statements.occupations_by_code(), statements.occupations_by_part()):
        wanted = [code for code in dict.fromkeys(codes) if code is not None and found.get(code) is None]
        if wanted:
            found |= zip(wanted, await context.database.first_each(statement, wanted), strict=True)
    return [found.get(code) for code in codes]


def _slug(key: OccupationKey, argument: str) -> str | None:
    if key.id is None:
        return key.slug
    type_name, slug = read_global_id(key.id, f"{argument}.id")
    if type_name != "Occupation":
        raise BadUserInput(f"{argument}.id", f"it is the id of a {type_name}; an Occupation's is required")
    return slug


async def required(keys: Sequence[OccupationKey], arguments: Sequence[str], context: Context) -> list[Occupation]:
    """Return the occupations with these keys, as ``find`` does; raise NotFound where there is none for a key."""
    found = await find(keys, arguments, context)
    if None in found:
        unknown = {argument: key for argument, key, row in zip(arguments, keys, found, strict=True) if row is None}
        problems = [f'Argument "{name}": no occupation has the {_described(key)}' for name, key in unknown.items()]
        raise NotFound([*unknown], f"{'; '.join(problems)}; search(text:) finds occupations")
    return cast("list[Occupation]", found)


def _described(key: OccupationKey) -> str:
    """Return a key as the client wrote it."""
    name, value = next((n, v) for n in ("slug", "code", "id") if (v := getattr(key, n)) is not None)
    return f"{name} {quoted(value)}"
