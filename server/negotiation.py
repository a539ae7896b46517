"""Which media type an Accept header asks for."""

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered type with the highest quality, the earlier of equals; None where none is acceptable.

    Follows RFC 9110, section 12.5.1: the most specific range that matches a type gives its quality.
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    qualities = [(_quality(kind, ranges), kind) for kind in offered]
    best, chosen = max(qualities, key=lambda entry: entry[0])
    return chosen if best > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return name, float(quality)
    except ValueError:
        return name, 0.0


def _quality(kind: str, ranges: Sequence[tuple[str, float]]) -> float:
    for pattern in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        for name, quality in ranges:
            if name == pattern:
                return quality
    return 0.0
