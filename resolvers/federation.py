"""Entities of Apollo Federation: objects by the representations that a gateway sends of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from resolvers import occupations
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.global_ids import read_global_id
from resolvers.nodes import FINDERS, Find

ENTITIES: Mapping[str, Mapping[str, Find]] = {
    "Area": {"id": FINDERS["Area"], "code": FINDERS["Area"]},
    "FieldOfStudy": {"id": FINDERS["FieldOfStudy"], "code": FINDERS["FieldOfStudy"]},
    "Occupation": {"id": FINDERS["Occupation"], "code": occupations.by_code, "slug": FINDERS["Occupation"]},
    "Skill": {"id": FINDERS["Skill"], "slug": FINDERS["Skill"]},
}
"""The types that other subgraphs may refer to, and how objects are found by each of their keys."""


class _Key(NamedTuple):
    """The key of one object. That of an id is the key in it."""

    type: str
    field: str
    value: str


async def by_representation(
    parents: Sequence[None], context: Context, *, representations: Sequence[object]
) -> Sequence[list[object | None]]:
    """The objects of these representations, in their order; None for a key without an object.

    The value for a representation that names no key is the error. Each kind of key takes a fixed number of statements.
    """
    keys = [_key(each, f"representations[{position}]") for position, each in enumerate(representations)]
    wanted: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in keys:
        if isinstance(key, _Key):
            wanted[key.type, key.field].append(key.value)
    found: dict[object, object | None] = {}
    for (type_name, field), values in wanted.items():
        objects = await ENTITIES[type_name][field](values, context)
        found |= {_Key(type_name, field, value): row for value, row in zip(values, objects, strict=True)}
    return [[key if isinstance(key, BadUserInput) else found.get(key) for key in keys]] * len(parents)


def _key(representation: object, argument: str) -> _Key | BadUserInput | None:
    """Return the key in a representation, the error in it, or None for the id of an object of another type."""
    given = cast("dict[str, object]", representation) if isinstance(representation, dict) else dict[str, object]()
    type_name = given.get("__typename")
    if not isinstance(type_name, str) or type_name not in ENTITIES:
        return BadUserInput(f"{argument}.__typename", f"it must be {_alternatives([*ENTITIES])}")
    fields = ENTITIES[type_name]
    field = next((name for name in fields if given.get(name) is not None), None)
    if field is None:
        return BadUserInput(argument, f"{type_name} requires a key: {_alternatives([*fields])}")
    value = given[field]
    if not isinstance(value, str):
        return BadUserInput(f"{argument}.{field}", "it must be a string")
    if field != "id":
        return _Key(type_name, field, value)
    try:
        owner, key = read_global_id(value, f"{argument}.id")
    except BadUserInput as error:
        return error
    return _Key(owner, field, key) if owner == type_name else None


def _alternatives(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
