"""The highest-paying places, industries and companies: named by a source, or else found by published wages."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db import models, statements
from db.models import NATION, Area, Industry, Occupation
from db.statements import BestPaid
from db.vocabulary import TopPayKind
from resolvers import price_parities
from resolvers.comparisons import arithmetic
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.occupations import row_ids


class TopPay(NamedTuple):
    """A highest-paying place, industry or company.

    Where it was found by wages: ``top_coded`` is the number of others with a top-coded mean, ``not_clearly_above`` that
    of others whose mean is not significantly lower, of all with at least ``minimum_employment`` jobs. One that a
    source names has no code.
    """

    name: str
    salary: float | None
    source_id: str
    top_coded: int = 0
    standard_error_percent: float | None = None
    not_clearly_above: int | None = None
    minimum_employment: int | None = None
    area_code: str | None = None
    industry_code: str | None = None


class HighestPaying(NamedTuple):
    """The highest-paying city, state, industry and company; None where it isn't known."""

    city: TopPay | None
    state: TopPay | None
    industry: TopPay | None
    company: TopPay | None


async def named(parents: Sequence[Occupation], context: Context) -> Sequence[Sequence[models.TopPay]]:
    """The highest-paying places, industries and companies of each occupation that sources name."""
    return await context.database.each(statements.top_pay(), row_ids(parents))


async def highest_paying(
    parents: Sequence[Occupation],
    context: Context,
    *,
    minimum_employment: int = 100,
    at_national_prices: bool = False,
) -> Sequence[HighestPaying]:
    """The highest-paying city, state, industry and company of each occupation.

    Those that a source names come without employment, so ``minimum_employment`` doesn't apply to them. Where no source
    names any, they have the highest published mean annual wage among all with at least ``minimum_employment``. None
    where another one's top-coded mean is certainly higher, because the order of top-coded means isn't known.

    At national prices, only places with a price parity are considered. Sources name places by their wages in dollars,
    so the named ones are left out.
    """
    if minimum_employment < 0:
        raise BadUserInput("minimumEmployment", f"it is {minimum_employment}; it must be 0 or more")
    if at_national_prices:
        return await _by_wages(parents, minimum_employment, context, national_prices=True)
    given = await context.load_many(named, parents)
    unnamed = [parent for parent, rows in zip(parents, given, strict=True) if not rows]
    found = iter(await _by_wages(unnamed, minimum_employment, context, national_prices=False) if unnamed else ())
    return [_as_named(rows) if rows else next(found) for rows in given]


def _as_named(rows: Sequence[models.TopPay]) -> HighestPaying:
    return _highest({row.kind: TopPay(row.name, row.salary, row.source_id) for row in rows})


async def _by_wages(
    parents: Sequence[Occupation], minimum_employment: int, context: Context, *, national_prices: bool
) -> list[HighestPaying]:
    statement = statements.best_paid(
        arithmetic.CRITICAL_VALUE, arithmetic.LEAST_STANDARD_ERROR_PERCENT, national_prices=national_prices
    )
    return await context.database.made_each(_as_paid, statement, row_ids(parents), least_employment=minimum_employment)


def _as_paid(rows: Sequence[BestPaid]) -> HighestPaying:
    return _highest(
        {
            TopPayKind(kind): TopPay(name, mean, source, top_coded, error, unclear, least, *_codes(kind, code))
            for _, kind, code, name, mean, highest, source, top_coded, bound, error, unclear, least in rows
            if bound is None or highest >= bound
        }
    )


def _codes(kind: str, code: str) -> tuple[str | None, str | None]:
    """Return the code as that of an area or of an industry."""
    return (None, code) if TopPayKind(kind) is TopPayKind.INDUSTRY else (code, None)


async def area(parents: Sequence[TopPay], context: Context) -> Sequence[Area | None]:
    """The area of each place that was found by wages."""
    codes = [parent.area_code for parent in parents if parent.area_code is not None]
    found = iter(await context.database.one_each(statements.areas_by_code(), codes) if codes else ())
    return [None if parent.area_code is None else next(found) for parent in parents]


async def at_national_prices(parents: Sequence[TopPay], context: Context) -> Sequence[float | None]:
    """The mean at national prices of each place with a price parity, and of each industry: national wages stay."""
    found = iter(await price_parities.of_codes([code for one in parents if (code := _priced_in(one))], context))
    return [
        price_parities.at_national_prices(one.salary, next(found).all_items) if _priced_in(one) else None
        for one in parents
    ]


def _priced_in(one: TopPay) -> str | None:
    """Return the code of the area whose prices count; None for what a source only names."""
    return one.area_code if one.industry_code is None else NATION


async def industry(parents: Sequence[TopPay], context: Context) -> Sequence[Industry | None]:
    """The industry of each one that was found by wages."""
    codes = [parent.industry_code for parent in parents if parent.industry_code is not None]
    found = iter(await context.database.one_each(statements.industries_by_code(), codes) if codes else ())
    return [None if parent.industry_code is None else next(found) for parent in parents]


def _highest(found: Mapping[TopPayKind, TopPay]) -> HighestPaying:
    return HighestPaying(
        city=found.get(TopPayKind.CITY),
        state=found.get(TopPayKind.STATE),
        industry=found.get(TopPayKind.INDUSTRY),
        company=found.get(TopPayKind.COMPANY),
    )
