"""Titles and texts as folded words, so that letter case, accents, punctuation and plurals do not matter."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "the", "to"})
_WORD = re.compile(r"\.net\b|[^\W_]+(?:\+\+?|#)?")
"""A word with the signs that tell C, C++ and C# apart, or .NET."""

_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_PLURAL_ABBREVIATION = re.compile(r"\b([A-Z]{2,})s\b")
_ORDINALS = {
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "5th": "fifth",
    "6th": "sixth",
    "7th": "seventh",
    "8th": "eighth",
    "9th": "ninth",
    "10th": "tenth",
    "11th": "eleventh",
    "12th": "twelfth",
}
"""The words for ordinals in digits, up to those of school grades."""

_NO_PLURALS = frozenset({"customs", "news"})
"""Words that end in "s" and would be other words without it."""

_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)")


def words_of(title: str) -> list[str]:
    """Return the folded words of a title or a text, without small ones such as "and" unless there are no others."""
    folded = unicodedata.normalize("NFKD", _PLURAL_ABBREVIATION.sub(r"\1", title).casefold())
    if not folded.isascii():
        folded = "".join(character for character in folded if not unicodedata.combining(character))
    folded = _DOTTED.sub(lambda abbreviation: abbreviation[0].replace(".", ""), folded)
    words = [_singular(_ORDINALS.get(word, word)) for word in _WORD.findall(_APOSTROPHES.sub("", folded))]
    return list(dict.fromkeys(word for word in words if word not in _SMALL_WORDS)) or words


@lru_cache(maxsize=50_000)
def _singular(word: str) -> str:
    """Fold plurals by their endings. The result may not be a word, but is the same for singular and plural."""
    if word in _NO_PLURALS or len(word) < 4:  # noqa: PLR2004 - gas, bus, men
        return word
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("men"):
        return f"{word[:-3]}man"
    if word.endswith("s") and not word.endswith(("is", "ss", "us")):
        word = word[:-1]
    return f"{word[:-2]}y" if word.endswith("ie") else word


def names(title: str, *, own: bool) -> Iterator[str]:
    """Yield a title, and its parts that are titles of their own."""
    yield title
    bracketed = _BRACKETED.fullmatch(title)
    if bracketed and _are_forms_of_one_title(*bracketed.groups()):
        yield from bracketed.groups()
    # The SOC's "Postsecondary Teachers, Except ..." then names what the occupation does not include.
    if own and ", Except " in title:
        yield title.partition(", Except ")[0]


def _are_forms_of_one_title(title: str, bracketed: str) -> bool:
    """Tell "CEO (Chief Executive Officer)" and "Lab Tech (Laboratory Technician)" from "Charter Pilot (Airline)".

    One is in capitals, or the first or last words begin alike.
    """
    if title.isupper() or bracketed.isupper():
        return True
    words, others = title.casefold().split(), bracketed.casefold().split()
    first, last = (words[0], others[0]), (words[-1], others[-1])
    return any(one[:3] == other[:3] for one, other in (first, last))


def trigrams(word: str) -> list[str]:
    """Return the trigrams of a word: three characters of it with two spaces before and one after it.

    Those of "ceo" are "  c", " ce", "ceo" and "eo ". A word that begins another one has its trigrams, except the last.
    """
    padded = f"  {word} "
    return [padded[start : start + 3] for start in range(len(padded) - 2)]
