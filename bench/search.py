"""``python -m bench.search``: response times of search for difficult texts, and how often it finds what is meant.

Prints the median and maximum milliseconds for each type of text, of the search function and of a whole request. With
``--labelled FILE`` it prints how often a labelled query finds its occupation, next to two baselines, and exits with 1
where a baseline is ahead.
"""

import argparse
import random
import statistics
import string
import sys
from collections.abc import Iterable
from pathlib import Path

from starlette.testclient import TestClient

from bench.labelled_search import event_loop, milliseconds, report
from db.database import Database
from resolvers.context import Context
from resolvers.search import search
from server.app import create_app, tune_garbage_collection
from server.settings import Settings

KILOBYTE = 1024

_random = random.Random(1)  # noqa: S311 - reproducible, not secret

_COMMON = (
    "manager",
    "operator",
    "technician",
    "specialist",
    "supervisor",
    "assistant",
    "engineer",
    "production",
    "sales",
)
_ENDINGS = ("er", "or", "ator", "ing", "man", "ter", "per", "rat", "tor", "cia")


def _letters(characters: str, length: int = KILOBYTE) -> str:
    return "".join(_random.choices(characters, k=length))


def _many(words: Iterable[str]) -> str:
    return " ".join(_random.choices(tuple(words), k=KILOBYTE))[:KILOBYTE]


TEXTS: dict[str, list[str]] = {
    "titles": ["registered nurse", "software developer", "producers and directors", "CEO", "manager"],
    "mistakes": ["sofware develper", "enginering maneger", "elementry scool techer", "phisical therepist"],
    "beginnings": ["s", "re", "man", "soft", "elementary school te", "a b c d e"],
    "common parts": [*_ENDINGS, "er or", "ator ing man", "s c t m p a o"],
    "codes": ["27-2012", "272012", "27-20", "2", "99"],
    "1 KB of letters": [_letters(string.ascii_lowercase + " ") for _ in range(10)],
    "1 KB of any characters": [_letters("".join(map(chr, range(1, 0x3000)))) for _ in range(10)],
    "1 KB of common words": [_many(_COMMON) for _ in range(10)],
    "1 KB of common parts": [_many(_ENDINGS) for _ in range(10)],
    "1 KB of short words": [_letters("aeiorst ") for _ in range(10)],
    "1 KB of one letter": ["e" * KILOBYTE, "s " * (KILOBYTE // 2)],
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("database_url", nargs="?", help="URL of a seeded database (default: the setting DATABASE_URL)")
    parser.add_argument("--labelled", metavar="FILE", type=Path, help="JSON file of queries with the expected codes")
    parser.add_argument("--misses", action="store_true", help="with --labelled: list the queries not found first")
    parser.add_argument("--no-baselines", action="store_true", help="with --labelled: leave out BM25 and rapidfuzz")
    options = parser.parse_args()
    url = options.database_url or Settings().database_url
    # As in a process that serves.
    tune_garbage_collection()
    if options.labelled is None:
        _response_times(url)
    elif not report(url, options.labelled, baselines=not options.no_baselines, misses=options.misses):
        sys.exit(1)


def _response_times(url: str) -> None:
    """Print a line for each type of text."""
    database = Database(url)
    loop = event_loop()
    with TestClient(create_app(Settings(database_url=url))) as http:

        def searched(text: str) -> None:
            loop.run_until_complete(search([None], Context(database), text=text))

        def requested(text: str) -> None:
            query = "query ($text: String!) { search(text: $text) { occupation { title } matchedTitle score } }"
            http.post("/graphql", json={"query": query, "variables": {"text": text}}).raise_for_status()

        sys.stdout.write(f"{'milliseconds':24} {'search alone':>17} {'whole request':>17}\n")
        sys.stdout.write(f"{'':24} {'median':>8} {'worst':>8} {'median':>8} {'worst':>8}\n")
        for kind, texts in TEXTS.items():
            columns = [[milliseconds(run, text) for text in texts] for run in (searched, requested)]
            figures = [figure for times in columns for figure in (statistics.median(times), max(times))]
            sys.stdout.write(f"{kind:24} {' '.join(f'{figure:8.2f}' for figure in figures)}\n")
    loop.run_until_complete(database.close())
    loop.close()


if __name__ == "__main__":
    main()
