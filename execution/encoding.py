"""Results as JSON, within a number of bytes.

A short text can select a long result: an alias of 100 characters is in the result once for each object. The objects and
strings of a result are shared in memory, so only its JSON takes that many bytes. A result that may be long is encoded
list by list and counted meanwhile, so that memory never holds more than the maximum and one list.
"""

from typing import Any, cast

import orjson


class Items(list[Any]):
    """A list of a result. It has a class of its own so that orjson can pass it on."""

    __slots__ = ()


class AnswerTooLarge(Exception):
    """The result has more bytes than allowed."""


def encoded(data: object, maximum: int, *, counting: bool) -> bytes:
    """Return a result as JSON; raise AnswerTooLarge if it has more bytes than the maximum.

    Without ``counting`` it is counted in the end, which is for results that cannot be much larger.
    """
    text = _CountingEncoder(maximum).encoded(data) if counting else orjson.dumps(data)
    if len(text) > maximum:
        raise AnswerTooLarge
    return text


class _CountingEncoder:
    """Encodes the lists of a result separately, from the inside out, until they exceed the maximum."""

    def __init__(self, maximum: int) -> None:
        self._maximum = maximum
        self._size = 0

    def encoded(self, data: object) -> bytes:
        try:
            return self._dumps(data)
        except orjson.JSONEncodeError:
            # orjson raises its own error in place of AnswerTooLarge.
            if self._size > self._maximum:
                raise AnswerTooLarge from None
            raise

    def _dumps(self, data: object) -> bytes:
        before = self._size
        text = orjson.dumps(data, self._passed_on, orjson.OPT_PASSTHROUGH_SUBCLASS)
        # The text contains the lists that were counted meanwhile.
        self._size = before + len(text)
        if self._size > self._maximum:
            raise AnswerTooLarge
        return text

    def _passed_on(self, value: object) -> orjson.Fragment:
        """Encode an instance of a subclass of list, str or int, which orjson passes on because of the option."""
        return orjson.Fragment(self._dumps(value[:]) if isinstance(value, Items) else orjson.dumps(value))


def as_items(data: object) -> object:
    """Return a result with ``Items`` for its lists."""
    if isinstance(data, dict):
        return {key: as_items(value) for key, value in cast("dict[str, object]", data).items()}
    return Items(map(as_items, cast("list[object]", data))) if isinstance(data, list) else data
