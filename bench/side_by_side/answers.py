"""Comparison of servers' answers by content, not by bytes."""

import json
from collections.abc import Sequence
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"


class DifferentAnswer(Exception):
    """A server's answer differs from ours."""


def canonical(answer: bytes) -> Json:
    """Return the data of an answer in a form in which equal content is equal: 94750 and 94750.0, objects in any order.

    Raises ValueError if the answer has errors or no data.
    """
    content: Json = json.loads(answer, parse_int=float)
    if not isinstance(content, dict) or content.get("errors") or not content.get("data"):
        raise ValueError(f"no answer: {answer[:500].decode(errors='replace')}")
    return content["data"]


def first_difference(left: Json, right: Json, path: str = "data") -> str | None:
    """Return the path and the values of the first difference, or None."""
    pairs: Sequence[tuple[str, Json, Json]]
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        pairs = [(f"{path}.{key}", left[key], right[key]) for key in left]
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        pairs = [(f"{path}[{index}]", *both) for index, both in enumerate(zip(left, right, strict=True))]
    else:
        return None if left == right and type(left) is type(right) else f"{path}: {left!r:.200} and {right!r:.200}"
    return next((found for name, one, other in pairs if (found := first_difference(one, other, name))), None)


def without_cursors(answer: Json) -> Json:
    """Return an answer without the cursors of pages, whose format differs between servers."""
    if isinstance(answer, dict):
        return {key: without_cursors(value) for key, value in answer.items() if key != "endCursor"}
    return [without_cursors(item) for item in answer] if isinstance(answer, list) else answer


def types(introspected: Json) -> Json:
    """Return the names of all types in an introspection result, with the names of their fields, inputs and values.

    Everything else, and the types of introspection itself, differ between versions of GraphQL libraries.
    """
    return {
        str(kind["name"]): sorted(
            [
                member["name"]
                for members in ("fields", "inputFields", "enumValues")
                for member in _objects(kind[members])
            ],
            key=str,
        )
        for schema in _objects([introspected])
        for inner in _objects([schema["__schema"]])
        for kind in _objects(inner["types"])
        if not str(kind["name"]).startswith("__")
    }


def _objects(items: Json) -> list[dict[str, Json]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
