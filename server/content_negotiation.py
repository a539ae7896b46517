"""Content negotiation: the media type that an Accept header prefers."""

from collections.abc import Sequence
from functools import lru_cache


# Clients send few different values, and the length of a header is limited.
@lru_cache(maxsize=100)
def preferred(accept: bytes, offered: tuple[str, ...]) -> str | None:
    """Return the offered type that the client prefers; None if none is acceptable.

    As in RFC 9110, section 12.5.1, the most specific range that matches a type gives its quality. Of types of equal
    quality, the one whose range comes first in the header is preferred, then the one that is offered first.
    """
    ranges = [_range(part) for part in accept.decode("latin-1").split(",") if part.strip()]
    (quality, _), chosen = max(
        ((_preference(media_type, ranges), media_type) for media_type in offered), key=lambda entry: entry[0]
    )
    return chosen if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return name, float(quality)
    except ValueError:
        return name, 0.0


def _preference(media_type: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """Return the quality of a type, and a number that is higher the earlier its range comes."""
    for pattern in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        for place, (name, quality) in enumerate(ranges):
            if name == pattern:
                return quality, -place
    return 0.0, 0
