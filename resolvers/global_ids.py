"""Global ids: a type's name and the row's natural key, so that ids stay valid when the database is built again."""

import base64
import binascii
from collections.abc import Callable, Sequence
from operator import attrgetter

from resolvers.errors import BadUserInput


def global_id(type_name: str, key: str) -> str:
    """Return the id of the object of this type with this key."""
    return base64.urlsafe_b64encode(f"{type_name}:{key}".encode()).decode().rstrip("=")


def read_global_id(value: str, argument: str) -> tuple[str, str]:
    """Return the type's name and the key; raise BadUserInput where the value is not one of our ids."""
    try:
        decoded = base64.urlsafe_b64decode(value.encode() + b"=" * (-len(value) % 4)).decode()
    except (binascii.Error, UnicodeError):
        decoded = ""
    type_name, separator, key = decoded.partition(":")
    if not separator or global_id(type_name, key) != value.rstrip("="):
        raise BadUserInput(argument, "it is not an id of this API; send the id of an object in a response")
    return type_name, key


def ids(type_name: str, key: str) -> Callable[[Sequence[object], object], Sequence[str]]:
    """Return the batch function for the global ids of a type's rows; ``key`` is the attribute with the natural key."""
    key_of = attrgetter(key)

    def of(parents: Sequence[object], _: object) -> Sequence[str]:
        return [global_id(type_name, key_of(parent)) for parent in parents]

    return of
