"""Occupations and roles: by key, in lists, and their related and broader occupations."""

from collections.abc import Sequence
from copy import copy
from enum import Enum
from typing import Protocol, cast

from sqlmodel import col

from db import statements
from db.models import Occupation, Outlook, RelatedOccupation, Wage
from db.paging import Key
from db.statements import OccupationFilter
from resolvers.codes import soc_code
from resolvers.connections import Order, Page, connection, connections
from resolvers.context import Context
from resolvers.errors import BadUserInput, NotFound
from resolvers.global_ids import global_id, read_global_id
from resolvers.ordering import OrderChoices, OrderInput


class OccupationKey(Protocol):
    """The key of an occupation. Exactly one of its fields is set, which the schema enforces."""

    id: str | None
    slug: str | None
    code: str | None


class OccupationOrderField(Enum):
    """The figures that occupations can be ordered by. Wages and employment are national, over all industries."""

    TITLE = "TITLE"
    MEAN_WAGE = "MEAN_WAGE"
    MEDIAN_WAGE = "MEDIAN_WAGE"
    EMPLOYMENT = "EMPLOYMENT"
    GROWTH = "GROWTH"


BY_TITLE = Order("occupations by title", (Key(col(Occupation.title)), Key(col(Occupation.slug))))
_ORDERS = OrderChoices(
    "occupations",
    {
        OccupationOrderField.TITLE: col(Occupation.title),
        OccupationOrderField.MEAN_WAGE: col(Wage.annual_mean),
        OccupationOrderField.MEDIAN_WAGE: col(Wage.annual_median),
        OccupationOrderField.EMPLOYMENT: col(Wage.employment),
        OccupationOrderField.GROWTH: col(Outlook.growth_percent),
    },
    name=OccupationOrderField.TITLE,
    tie_breaker=col(Occupation.slug),
    default=BY_TITLE,
)
_BY_RANK = Order("related occupations", (Key(col(RelatedOccupation.rank)), Key(col(Occupation.slug))))


def ids(parents: Sequence[Occupation], _: Context) -> Sequence[str]:
    """The global id of each."""
    return [global_id("Occupation", parent.slug) for parent in parents]


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
    codes = [soc_code(code) for code in written]
    known = [code for code in codes if code is not None]
    found = iter(await context.database.first_each(statements.occupations_by_code(), known) if known else ())
    return [None if code is None else next(found) for code in codes]


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
    return f'{name} "{value}"'


async def listing(
    parents: Sequence[None],
    context: Context,
    *,
    filter: OccupationFilter | None = None,  # noqa: A002 - the contract's word
    order_by: OrderInput[OccupationOrderField] | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Occupation]]:
    """The occupations that match the filter, by title unless another order is chosen."""
    order = _ORDERS.order(order_by)
    matching = statements.occupations(_read(filter), order.keys)
    return [
        await connection(context, matching, order, first=first, after=after, last=last, before=before) for _ in parents
    ]


def _read(given: OccupationFilter | None) -> OccupationFilter | None:
    """Return a filter with its codes as they are published."""
    if given is None or given.group is None:
        return given
    read = copy(given)
    read.group = soc_code(given.group) or given.group
    return read


async def by_id(wanted: Sequence[int | None], context: Context) -> list[Occupation | None]:
    """Return occupations by row id; None for None."""
    found = iter(
        await context.database.first_each(statements.occupations_by_id(), [n for n in wanted if n is not None])
    )
    return [None if number is None else next(found) for number in wanted]


async def broader(parents: Sequence[Occupation], context: Context) -> Sequence[Occupation | None]:
    """The SOC occupation that each role belongs to."""
    return await by_id([parent.broader_id for parent in parents], context)


async def related(
    parents: Sequence[Occupation], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[RelatedOccupation]]:
    """The related occupations of each, closest first, as a source ranks them."""
    lists = statements.related_occupations()
    return await connections(context, lists, row_ids(parents), _BY_RANK, first=first, after=after)


async def related_one(parents: Sequence[RelatedOccupation], context: Context) -> Sequence[Occupation]:
    """The occupation of each relation."""
    return await context.database.one_each(statements.occupations_by_id(), [parent.related_id for parent in parents])


def row_ids(parents: Sequence[Occupation]) -> list[int]:
    """Return the row ids of occupations, in order."""
    return cast("list[int]", [parent.id for parent in parents])
