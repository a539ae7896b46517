"""The keys in the filter of occupations: read as people write them, and refused if nothing has them.

Whether a key exists only matters for a list without occupations, so that other lists take no further statement.
"""

from collections.abc import Sequence
from copy import copy

from db import statements
from db.statements import OccupationFilter
from resolvers.codes import soc_code
from resolvers.context import Context
from resolvers.errors import BadUserInput, did_you_mean, quoted
from resolvers.nearest import Named, Vocabulary, says_name


def with_published_code(given: OccupationFilter | None) -> OccupationFilter | None:
    """Return a filter with the code of its group as it is published."""
    if given is None or given.group is None:
        return given
    read = copy(given)
    read.group = soc_code(given.group) or given.group
    return read


async def require_known(given: OccupationFilter, context: Context) -> None:
    """Raise BadUserInput, with the nearest valid keys, for a group or skill that does not exist."""
    if given.group is not None:
        await _require_group(given.group, context)
    if given.skill is not None:
        await _require_skill(given.skill, context)


async def _require_group(written: str, context: Context) -> None:
    groups = await context.database.made(_named, statements.group_titles())
    if soc_code(written) not in groups.keys:
        hint = did_you_mean(groups.nearest(written))
        raise BadUserInput("filter.group", f"no group has the code {quoted(written)}; {hint}groups(level:) finds codes")


async def _require_skill(written: str, context: Context) -> None:
    if await context.database.first(statements.skills_by_slug(), written) is None:
        skills = await context.database.made(_named, statements.skill_names())
        hint = did_you_mean([(each.key, "" if says_name(each) else each.name) for each in skills.nearest(written)])
        raise BadUserInput("filter.skill", f"no skill has the slug {quoted(written)}; {hint}skills(text:) finds slugs")


def _named(rows: Sequence[tuple[str, str]]) -> Vocabulary:
    return Vocabulary([Named(key, name) for key, name in rows])
