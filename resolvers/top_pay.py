"""Where and by whom an occupation is paid best: as its source names them, else by the published wages."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db import models, statements
from db.models import Occupation
from db.vocabulary import TopPayKind
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.occupations import row_ids


class TopPay(NamedTuple):
    """A highest-paying place, industry or company; ``top_coded`` others have a mean that is not published in full."""

    name: str
    salary: float | None
    source_id: str
    top_coded: int = 0


class HighestPaying(NamedTuple):
    """The highest-paying city, state, industry and company; None where no source tells."""

    city: TopPay | None
    state: TopPay | None
    industry: TopPay | None
    company: TopPay | None


async def named(parents: Sequence[Occupation], context: Context) -> Sequence[Sequence[models.TopPay]]:
    """What sources name as highest paying of each occupation."""
    return await context.database.each(statements.top_pay(), row_ids(parents))


async def highest_paying(
    parents: Sequence[Occupation], context: Context, *, minimum_employment: int = 100
) -> Sequence[HighestPaying]:
    """The highest-paying city, state, industry and company of each occupation.

    What a source names, it names without employment, so that the floor has nothing to hold it to. Where it names
    nothing, it is the one with the highest published mean annual wage among those that are published to employ enough.
    None where one whose mean is top-coded certainly pays more, since which of these pays most is not known.
    """
    if minimum_employment < 0:
        raise BadUserInput("minimumEmployment", f"it can't be negative, and is {minimum_employment}")
    given = await context.load_many(named, parents)
    unnamed = [parent for parent, rows in zip(parents, given, strict=True) if not rows]
    found = iter(await _by_wages(unnamed, minimum_employment, context) if unnamed else ())
    return [_as_named(rows) if rows else next(found) for rows in given]


def _as_named(rows: Sequence[models.TopPay]) -> HighestPaying:
    return _highest({row.kind: TopPay(row.name, row.salary, row.source_id) for row in rows})


async def _by_wages(parents: Sequence[Occupation], minimum_employment: int, context: Context) -> list[HighestPaying]:
    return await context.database.made_each(
        _as_paid, statements.best_paid(), row_ids(parents), least_employment=minimum_employment
    )


def _as_paid(rows: Sequence[tuple[int, str, str, float, str, int, float | None]]) -> HighestPaying:
    return _highest(
        {
            TopPayKind(kind): TopPay(name, mean, source, top_coded)
            for _, kind, name, mean, source, top_coded, bound in rows
            if bound is None or mean >= bound
        }
    )


def _highest(found: Mapping[TopPayKind, TopPay]) -> HighestPaying:
    return HighestPaying(
        city=found.get(TopPayKind.CITY),
        state=found.get(TopPayKind.STATE),
        industry=found.get(TopPayKind.INDUSTRY),
        company=found.get(TopPayKind.COMPANY),
    )
