"""Names for URLs."""

import re


def slug_of(name: str) -> str:
    """Turn a name into lower-case words joined by hyphens: "Adobe Premiere" into "adobe-premiere"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
