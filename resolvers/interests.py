"""The interests that an occupation's work suits: O*NET's scores of Holland's six types."""

from collections.abc import Sequence

from db import statements
from db.models import Interest, Occupation
from db.vocabulary import MissingReason
from resolvers.context import Context
from resolvers.occupations import row_ids


async def of_occupations(parents: Sequence[Occupation], context: Context) -> Sequence[Sequence[Interest]]:
    """The scores of each occupation, highest first; none of an occupation that O*NET only scores the parts of."""
    return await context.database.each(statements.interests(), row_ids(parents))


async def missing(parents: Sequence[Occupation], context: Context) -> list[MissingReason | None]:
    """The reason why an occupation has no scores. O*NET suppresses none, so it does not score the occupation."""
    found = await context.load_many(of_occupations, parents)
    return [None if rows else MissingReason.NOT_COLLECTED for rows in found]
