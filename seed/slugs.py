"""Slugs: names as they appear in URLs."""

import re


def slug_of(name: str) -> str:
    """Return a name as lower-case words joined by hyphens: "adobe-premiere" for "Adobe Premiere"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
