"""Which media type an Accept header asks for."""

from collections.abc import Sequence
from functools import lru_cache


# Clients write few different ones, and a header is of limited length.
@lru_cache(maxsize=100)
def preferred(accept: bytes, offered: tuple[str, ...]) -> str | None:
    """Return the offered type that a client likes best; None where none is acceptable.

    Follows RFC 9110, section 12.5.1: the most specific range that matches a type gives its quality. Of types that are
    liked equally, it is the one whose range the client names first, then the one that is offered first.
    """
    ranges = [_range(part) for part in accept.decode("latin-1").split(",") if part.strip()]
    (quality, _), chosen = max(((_liking(kind, ranges), kind) for kind in offered), key=lambda entry: entry[0])
    return chosen if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return name, float(quality)
    except ValueError:
        return name, 0.0


def _liking(kind: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """Return the quality of a type, and a number that is higher the earlier its range is named."""
    for pattern in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        for place, (name, quality) in enumerate(ranges):
            if name == pattern:
                return quality, -place
    return 0.0, 0
