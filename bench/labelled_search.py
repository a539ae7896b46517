"""How often search finds the right occupation, next to plain BM25 and rapidfuzz over the same titles.

A file of labelled queries is a JSON list of objects with a query, the SOC codes that it may mean, and its kind.
"""

import asyncio
import json
import re
import sqlite3
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.database import Database, Queries
from db.models import AlternateTitle, Occupation, Source
from db.urls import location_of
from resolvers.context import Context
from resolvers.search import SearchMatch, search
from server.settings import Settings

MATCHES = 10
"""The number of matches to find."""

RUNS = 15
"""The number of times that a text is measured."""

SLOWEST = 20
"""Of thousands of texts, one in this number is measured so often: those that are the slowest so far."""

LEAST_CASES = 20
"""The number of queries of a kind from which on search must be ahead of the baselines."""

_DIRECT_MATCH = "soc-direct-match"
_DIRECT_SOURCE = "soc-direct-titles"

Finder = Callable[[str], Sequence[str | None]]
"""Returns the codes of the occupations that match a text, best first."""


class Labelled(NamedTuple):
    """A query, the codes of the occupations that it may mean, and its kind."""

    query: str
    expected: frozenset[str]
    kind: str


class Tally(NamedTuple):
    """Numbers of queries: all, those with an expected code first, in three and in ten, and those without matches."""

    queries: int
    first: int
    three: int
    ten: int
    empty: int


def read_labelled(path: Path) -> list[Labelled]:
    """Read a file of labelled queries."""
    return [
        Labelled(row["query"], frozenset(row["expected"]), row["kind"])
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def tally(cases: Sequence[Labelled], found: Sequence[Sequence[str | None]]) -> Tally:
    """Count the queries whose first, first three and first ten matches have an expected code."""
    pairs = list(zip((case.expected for case in cases), found, strict=True))
    first, three, ten = (sum(not expected.isdisjoint(codes[:size]) for expected, codes in pairs) for size in (1, 3, 10))
    return Tally(len(pairs), first, three, ten, sum(not codes for _, codes in pairs))


def report(url: str, path: Path, *, baselines: bool, misses: bool) -> bool:
    """Print the tables for a seeded database; return whether search is ahead of both baselines in every large kind."""
    cases, titles = read_labelled(path), _titles(url)
    if titles.direct_match:
        left_out = [case for case in cases if case.kind.startswith(_DIRECT_MATCH)]
        cases = [case for case in cases if not case.kind.startswith(_DIRECT_MATCH)]
        _line(f"left out: {len(left_out)} queries of the kinds {_DIRECT_MATCH}-*, whose file is imported")
    loop = event_loop()
    database = Database(url, row_cache_rows=Settings().row_cache_rows)
    versions = count()

    def matches(text: str, queries: Queries) -> Sequence[SearchMatch]:
        [found] = loop.run_until_complete(search([None], Context(queries), text=text, first=MATCHES))
        return found

    def searched(text: str) -> Sequence[str | None]:
        return [match.occupation.code if match.occupation else None for match in matches(text, database)]

    def in_turn(texts: Sequence[str]) -> list[float]:
        # No row of another version is in memory.
        version = str(next(versions))

        def asked(text: str) -> None:
            reading = database.reading(version)
            matches(text, reading)
            reading.keep()

        return [milliseconds(asked, text, 1) for text in texts]

    finders: dict[str, Finder] = {"search": searched}
    if baselines:
        finders |= {"BM25": _bm25(titles.rows), "WRatio": _fuzzy(titles.rows, fuzz.WRatio)}
        finders["token_set_ratio"] = _fuzzy(titles.rows, fuzz.token_set_ratio)
    found = {name: [find(case.query) for case in cases] for name, find in finders.items()}
    ahead = _tables(cases, found)
    if misses:
        _misses(cases, found["search"], titles)
    _speed(cases, searched)
    _speed_in_turn(cases, in_turn)
    loop.run_until_complete(database.close())
    loop.close()
    return ahead


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _tables(cases: Sequence[Labelled], found: dict[str, list[Sequence[str | None]]]) -> bool:
    by_kind = defaultdict[str, list[int]](list)
    for number, case in enumerate(cases):
        by_kind[case.kind].append(number)
    groups = {kind: by_kind[kind] for kind in sorted(by_kind, key=lambda kind: (-len(by_kind[kind]), kind))}
    groups["all"] = [*range(len(cases))]
    behind: list[str] = []
    width = max(map(len, groups))
    _line(f"\n{'right first/three/ten/empty, %':{width}}      " + " ".join(f"{name:^23}" for name in found))
    for kind, numbers in groups.items():
        tallies = {
            name: tally([cases[number] for number in numbers], [codes[number] for number in numbers])
            for name, codes in found.items()
        }
        _line(f"{kind:{width}} {len(numbers):4}  " + " ".join(map(_percentages, tallies.values())))
        if len(numbers) >= LEAST_CASES:
            ours = tallies["search"]
            behind += [
                f"{kind}: {name} {column}"
                for name, other in tallies.items()
                for column in ("first", "three", "ten")
                if name != "search" and getattr(other, column) > getattr(ours, column)
            ]
    if len(found) > 1:
        _line(f"behind a baseline in kinds of {LEAST_CASES} or more: {'; '.join(behind) or 'none'}")
    return not behind


def _percentages(counts: Tally) -> str:
    return " ".join(f"{100 * count / counts.queries:5.1f}" for count in counts[1:])


def _misses(cases: Sequence[Labelled], found: Sequence[Sequence[str | None]], titles: "_Titles") -> None:
    _line("\nnot first: kind, query, expected, first three")
    for case, codes in zip(cases, found, strict=True):
        if case.expected.isdisjoint(codes[:1]):
            place = next((place for place, code in enumerate(codes, start=1) if code in case.expected), "-")
            named = [", ".join(titles.named(code) for code in each) for each in (sorted(case.expected)[:2], codes[:3])]
            _line(f"{place:>3} {case.kind}: {case.query} | {named[0]} | {named[1]}")


def _speed(cases: Sequence[Labelled], searched: Finder) -> None:
    """Print the milliseconds of whole queries, and of each of their beginnings, with only the index in memory."""
    whole = [case.query for case in cases]
    _print_times("whole queries", {text: milliseconds(searched, text) for text in whole})
    times = {text[:length]: inf for text in whole for length in range(1, len(text) + 1)}
    for text in _until_settled(times):
        times[text] = min(times[text], milliseconds(searched, text, 1))
    _print_times("each beginning of them", times)


def _speed_in_turn(cases: Sequence[Labelled], in_turn: Callable[[Sequence[str]], list[float]]) -> None:
    """Print the milliseconds of texts in turn, with the rows of earlier ones in memory, as at default settings.

    These are the whole queries, and the letters of each as people type them, with no rows in memory at the first one.
    """
    whole = [case.query for case in cases]
    fastest = map(min, *(in_turn(whole) for _ in range(RUNS)))
    _print_times("whole queries in turn", dict(zip(whole, fastest, strict=True)))
    beginnings = {text: [text[:length] for length in range(1, len(text) + 1)] for text in whole}
    typed = {text: [inf] * len(text) for text in whole}
    slowest = dict.fromkeys(whole, inf)
    for text in _until_settled(slowest):
        typed[text] = [*map(min, typed[text], in_turn(beginnings[text]))]
        slowest[text] = max(typed[text])
    pairs = [(text, *each) for text in whole for each in zip(beginnings[text], typed[text], strict=True)]
    _print_times("letter by letter", {f"{start}|{text[len(start) :]}": taken for text, start, taken in pairs})


def _until_settled(times: Mapping[str, float]) -> Iterator[str]:
    """Yield all texts once, and then those that are the slowest by then: other load makes some of thousands slow."""
    yield from times
    for _ in range(RUNS):
        yield from sorted(times, key=times.__getitem__)[-len(times) // SLOWEST :]


def _print_times(name: str, times: dict[str, float]) -> None:
    slowest = sorted(times, key=times.__getitem__)[-3:]
    _line(
        f"{name}: {len(times)}, median {statistics.median(times.values()):.2f} ms, "
        f"slowest {', '.join(f'{text!r} {times[text]:.2f} ms' for text in reversed(slowest))}"
    )


def event_loop() -> asyncio.AbstractEventLoop:
    """Return a new event loop like the server's: on uvloop's, a statement takes less time."""
    factory = uvicorn.Config("").get_loop_factory()
    return factory() if factory else asyncio.new_event_loop()


def milliseconds(run: Callable[[str], object], text: str, runs: int = RUNS) -> float:
    """Return the shortest of several runs, to leave out other load on the machine."""
    times: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        run(text)
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


# The titles, and the baselines over them


class _Titles(NamedTuple):
    rows: list[tuple[str, str]]
    """Each title, own or alternate, with the code of its occupation."""
    own: dict[str, str]
    direct_match: bool

    def named(self, code: str | None) -> str:
        return "a role or no occupation" if code is None else f"{code} {self.own.get(code, '')}"


def _titles(url: str) -> _Titles:
    engine = location_of(url).inspecting_engine()
    with Session(engine) as session:
        own = session.execute(
            select(col(Occupation.title), col(Occupation.code)).where(col(Occupation.code).is_not(None))
        )
        rows = [(title, str(code)) for title, code in own]
        alternate = (
            select(col(AlternateTitle.title), col(Occupation.code))
            .join_from(AlternateTitle, Occupation, col(AlternateTitle.occupation_id) == col(Occupation.id))
            .where(col(Occupation.code).is_not(None))
            .distinct()
        )
        titles = [*rows, *((title, str(code)) for title, code in session.execute(alternate))]
        direct_match = session.get(Source, _DIRECT_SOURCE) is not None
    engine.dispose()
    return _Titles(titles, {code: title for title, code in rows}, direct_match)


def _each_once(codes: Iterable[str]) -> list[str]:
    return [*dict.fromkeys(codes)][:MATCHES]


def _bm25(rows: Sequence[tuple[str, str]]) -> Finder:
    """Return a finder by FTS5's bm25() over words: any word of the text matches, each occupation by its best title."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE titles USING fts5 (title, code UNINDEXED)")
    connection.executemany("INSERT INTO titles VALUES (?, ?)", rows)

    def find(text: str) -> Sequence[str]:
        words = re.findall(r"[^\W_]+", text)
        if not words:
            return []
        ranked: Iterable[Any] = connection.execute(
            "SELECT code FROM titles WHERE titles MATCH ? ORDER BY rank, rowid LIMIT 1000",
            (" OR ".join(f'"{word}"' for word in words),),
        )
        return _each_once(code for (code,) in ranked)

    return find


def _fuzzy(rows: Sequence[tuple[str, str]], scorer: Callable[..., float]) -> Finder:
    """Return a finder by one of rapidfuzz's similarities, each occupation by its best title."""
    titles = [" ".join(re.findall(r"[^\W_]+", title.casefold())) for title, _ in rows]

    def find(text: str) -> Sequence[str]:
        folded = " ".join(re.findall(r"[^\W_]+", text.casefold()))
        best = process.extract(folded, titles, scorer=scorer, score_cutoff=1, limit=200)
        return _each_once(rows[number][1] for _, _, number in best)

    return find
