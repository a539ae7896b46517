"""Where and by whom an occupation is paid best: as its source names them, else by the published wages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from db import models, statements
from db.models import Occupation
from db.vocabulary import TopPayKind
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.grouping import grouped
from resolvers.occupations import row_id, row_ids


@dataclass(frozen=True)
class TopPay:
    """A highest-paying place, industry or company; ``top_coded`` others have a mean that is not published in full."""

    name: str
    salary: float | None
    source_id: str
    top_coded: int = 0


@dataclass(frozen=True)
class HighestPaying:
    """The highest-paying city, state, industry and company; None where no source tells."""

    city: TopPay | None
    state: TopPay | None
    industry: TopPay | None
    company: TopPay | None


async def named(parents: Sequence[Occupation], context: Context) -> Sequence[Sequence[models.TopPay]]:
    """What sources name as highest paying of each occupation."""
    rows = await context.database.all(statements.top_pay(row_ids(parents)))
    by_occupation = grouped(rows, lambda row: row.occupation_id)
    return [by_occupation[row_id(parent)] for parent in parents]


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
    rows = [row for rows in await context.load_many(named, parents) for row in rows]
    found = {(row.occupation_id, row.kind): TopPay(row.name, row.salary, row.source_id) for row in rows}
    unnamed = set(row_ids(parents)) - {row.occupation_id for row in rows}
    if unnamed:
        found |= await _by_wages(unnamed, minimum_employment, context)
    return [
        HighestPaying(
            city=found.get((row_id(parent), TopPayKind.CITY)),
            state=found.get((row_id(parent), TopPayKind.STATE)),
            industry=found.get((row_id(parent), TopPayKind.INDUSTRY)),
            company=found.get((row_id(parent), TopPayKind.COMPANY)),
        )
        for parent in parents
    ]


async def _by_wages(
    numbers: Collection[int], minimum_employment: int, context: Context
) -> dict[tuple[int, TopPayKind], TopPay]:
    rows = await context.database.rows(statements.best_paid(numbers, minimum_employment))
    return {
        (number, TopPayKind(kind)): TopPay(name, mean, source, top_coded)
        for number, kind, name, mean, source, top_coded, bound in rows
        if bound is None or mean >= bound
    }
