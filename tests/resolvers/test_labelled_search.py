"""How often search finds the occupation that a labelled query means, on all data that comes with Rolegraph."""

import asyncio
import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.labelled_search import Labelled, Tally, read_labelled, tally
from db.database import Database
from db.job_titles import folded
from resolvers import job_titles
from resolvers.context import Context
from resolvers.job_titles import ResolvedTitle
from resolvers.search import search
from seed.titles.files import read_synonyms

_OWN = Path(__file__).with_name("labelled_titles.tsv")
_SHARED = Path(__file__).parents[3] / "shared" / "titles" / "labelled.json"


def read_own() -> list[Labelled]:
    with _OWN.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Labelled(row["query"], frozenset(row["codes"].split(",")), row["kind"]) for row in rows]


def counted(url: str, cases: Sequence[Labelled]) -> Tally:
    async def searched() -> list[list[str | None]]:
        database = Database(url)
        found: list[list[str | None]] = []
        for case in cases:
            [matches] = await search([None], Context(database), text=case.query, first=10)
            found.append([match.occupation.code if match.occupation else None for match in matches])
        await database.close()
        return found

    return tally(cases, asyncio.run(searched()))


def at_least(found: Tally, *, queries: int, first: int, three: int, ten: int, empty: int) -> None:
    """Require the sums. If search finds more than they say, raise them here."""
    assert found.queries == queries
    assert (found.first >= first, found.three >= three, found.ten >= ten, found.empty <= empty) == (True,) * 4, found


def test_queries_of_our_own(everything: str) -> None:
    """Queries of 26 kinds that labelled.json does not have. Half of them helped to fit the weights of the ranking."""
    at_least(counted(everything, read_own()), queries=174, first=170, three=172, ten=174, empty=0)


@pytest.mark.skipif(not _SHARED.is_file(), reason=f"{_SHARED} is not there")
def test_queries_of_the_shared_file(everything: str) -> None:
    """Without the kinds of BLS's direct match titles, which are imported and so say nothing."""
    cases = [case for case in read_labelled(_SHARED) if not case.kind.startswith("soc-direct-match")]
    at_least(counted(everything, cases), queries=424, first=360, three=394, ten=411, empty=0)


def test_a_title_that_is_a_synonym_too_is_one_occupation_in_search_and_by_key(everything: str) -> None:
    async def answers() -> dict[str, tuple[str | None, str | None]]:
        database = Database(everything)
        context = Context(database)
        phrases = sorted({folded(words) for _, (words, _) in read_synonyms()})
        known = dict(zip(phrases, await job_titles.resolve(phrases, context), strict=True))
        found: dict[str, tuple[str | None, str | None]] = {}
        for words, title in known.items():
            if isinstance(title, ResolvedTitle) and title.exact:
                [[first, *_]] = await search([None], context, text=words)
                found[words] = first.occupation.code if first.occupation else None, title.occupation.code
        await database.close()
        return found

    found = asyncio.run(answers())
    assert len(found) > 100
    assert found["cto"] == ("11-3021", "11-3021")
    assert {words: codes for words, codes in found.items() if codes[0] != codes[1]} == {}
