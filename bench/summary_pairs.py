"""Check the summary and the caveats of every pair of occupations against the figures of the same answer.

    python -m bench.summary_pairs [--sample N] [--area CODE] [--minutes N] [--database-url URL]

The comparisons run in this process and its workers, without HTTP, on a database that ``python -m seed`` has filled. The
rules are in ``bench/summary_rules.py``. Prints each kind of fault with the number of pairs and an example, and exits
with status 1 if there is any.
"""

import argparse
import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations_with_replacement, islice
from typing import Any, NamedTuple, TypeVar

import orjson
from tqdm import tqdm

from bench.summary_rules import COMPARISON, OCCUPATION, SALARY, Fault, Pair, Side, faults_of, occupation_faults
from db.database import Database
from execution.document_cache import DocumentCache
from resolvers.context import Context
from server.app import tune_garbage_collection
from server.executable_schema import document_cache
from server.settings import Settings

_PAIRS = 5
"""Comparisons in an operation. More would exceed the 1,000 fields up to which operations are compiled."""

_PROCESSES = 2
_NICE = 10

_UNLIMITED: dict[str, Any] = {
    "max_tokens": 100_000,
    "max_aliases": 1_000,
    "max_root_fields": 1_000,
    "max_cost": 10**9,
    "answer_cache_bytes": 0,
}

_LISTING = (
    "query($after: String, $area: String) { occupations(first: 100, after: $after) { pageInfo { hasNextPage endCursor }"
    f" nodes {{ slug {OCCUPATION} salary(area: $area) {{ {SALARY} }} }} }} }}"
)

Slugs = tuple[str, str]


class Found(NamedTuple):
    """The faults of some pairs: their kinds, and an example of each kind."""

    pairs: int
    kinds: Counter[str]
    examples: dict[str, tuple[Slugs, str]]


class Comparisons:
    """The API on a database, in this process."""

    def __init__(self, url: str, area: str) -> None:
        settings = Settings(database_url=url, **_UNLIMITED)
        self._documents: DocumentCache = document_cache(settings)
        self._database = Database(settings.reading_url, settings.pool, 5_000_000)
        self._area = area
        self.sides: dict[str, Side] = {}

    async def _run(self, text: str, variables: dict[str, Any]) -> Any:  # noqa: ANN401 - decoded JSON
        reading = self._database.reading(await self._database.version())
        context = Context(reading)
        outcome = await self._documents.get(text)[0].operation().run(variables, context)
        context.close()
        reading.keep()
        if outcome.errors:
            raise ValueError(outcome.errors)
        return orjson.loads(outcome.data or b"")

    async def read_sides(self) -> None:
        """Read what the rules need of each occupation."""
        after, more = None, True
        while more:
            page = (await self._run(_LISTING, {"after": after, "area": self._area}))["occupations"]
            self.sides |= {node["slug"]: Side(node["slug"], node, node["salary"]) for node in page["nodes"]}
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

    async def close(self) -> None:
        """Close the database."""
        await self._database.close()

    async def check(self, pairs: Sequence[Slugs]) -> Found:
        """Compare the pairs of slugs and check the answers."""
        keys = ", ".join(f"$l{n}: OccupationKey!, $r{n}: OccupationKey!" for n in range(len(pairs)))
        aliases = " ".join(
            f"c{n}: comparison(left: $l{n}, right: $r{n}, area: $area) {{ ...Read }}" for n in range(len(pairs))
        )
        text = f"query($area: String, {keys}) {{ {aliases} }} fragment Read on Comparison {{ {COMPARISON} }}"
        variables: dict[str, Any] = {"area": self._area}
        for n, (left, right) in enumerate(pairs):
            variables |= {f"l{n}": {"slug": left}, f"r{n}": {"slug": right}}
        answers = await self._run(text, variables)
        found = Found(len(pairs), Counter(), {})
        for n, slugs in enumerate(pairs):
            one, other = (self.sides[slug] for slug in slugs)
            _count(found, slugs, faults_of(Pair(one, other, answers[f"c{n}"])))
        return found


def _count(found: Found, slugs: Slugs, faults: Iterator[Fault]) -> None:
    for kind, text in dict(faults).items():
        found.kinds[kind] += 1
        found.examples.setdefault(kind, (slugs, text))


_running: list[tuple[Comparisons, asyncio.Runner]] = []
"""A worker's API and event loop."""


def _start(url: str, area: str) -> None:
    os.nice(_NICE)
    comparisons, runner = Comparisons(url, area), asyncio.Runner()
    runner.run(comparisons.read_sides())
    tune_garbage_collection()
    _running.append((comparisons, runner))


def _check(pairs: Sequence[Slugs]) -> Found:
    [(comparisons, runner)] = _running
    return runner.run(comparisons.check(pairs))


async def _sides(url: str, area: str) -> dict[str, Side]:
    comparisons = Comparisons(url, area)
    await comparisons.read_sides()
    await comparisons.close()
    return comparisons.sides


T = TypeVar("T")


def _batches(values: Sequence[T], size: int) -> Iterator[list[T]]:
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def check(url: str, area: str, *, sample: int | None, minutes: float | None, only: Sequence[str], seed: int) -> Found:
    """Check all pairs, each in one order, in two processes; or a random sample, or what fits into some minutes."""
    sides = asyncio.run(_sides(url, area))
    total = Found(0, Counter(), {})
    for slug, side in sides.items():
        _count(total, (slug, slug), occupation_faults(side))
    pairs = list(combinations_with_replacement(sorted(sides), 2))
    pairs = [pair for pair in pairs if not only or set(pair) & set(only)]
    chosen = random.Random(seed)  # noqa: S311 - a draw of pairs, nothing secret
    if sample is not None:
        pairs = chosen.sample(pairs, min(sample, len(pairs)))
    batches = list(_batches([chosen.choice((pair, pair[::-1])) for pair in pairs], _PAIRS))
    chosen.shuffle(batches)
    begin, count = time.monotonic(), total.pairs
    with (
        ProcessPoolExecutor(_PROCESSES, initializer=_start, initargs=(url, area)) as workers,
        tqdm(total=sum(map(len, batches)), unit=" pairs", mininterval=5) as progress,
    ):
        for some in _batches(batches, 4 * _PROCESSES):
            if minutes is not None and time.monotonic() - begin > 60 * minutes:
                break
            for found in workers.map(_check, some):
                progress.update(found.pairs)
                count += found.pairs
                total.kinds.update(found.kinds)
                total.examples.update({k: v for k, v in found.examples.items() if k not in total.examples})
    return total._replace(pairs=count)


def main() -> int:
    """Check the pairs and print the faults."""
    parser = argparse.ArgumentParser(prog="python -m bench.summary_pairs", description=__doc__)
    parser.add_argument("--database-url", default="sqlite:///rolegraph.sqlite3")
    parser.add_argument("--area", default="US", help="code of the area whose wages are compared")
    parser.add_argument("--sample", type=int, help="number of pairs to draw (default: all)")
    parser.add_argument("--seed", type=int, default=16, help="seed of the random draw")
    parser.add_argument("--minutes", type=float, help="start no more pairs after this time")
    parser.add_argument("--only", nargs="*", default=[], help="slugs: check only pairs with at least one of these")
    options = parser.parse_args()
    found = check(
        options.database_url,
        options.area,
        sample=options.sample,
        minutes=options.minutes,
        only=options.only,
        seed=options.seed,
    )
    for kind, count in found.kinds.most_common():
        (left, right), text = found.examples[kind]
        sys.stdout.write(f"{count:8,}  {kind}\n          {left} / {right}: {text}\n")
    sys.stdout.write(f"{found.pairs:,} pairs, {sum(found.kinds.values()):,} faults of {len(found.kinds)} kinds\n")
    return 1 if found.kinds else 0


if __name__ == "__main__":
    sys.exit(main())
