"""The words of titles that a word of a text can be."""

from collections.abc import Callable

from db.database import Database
from resolvers.context import Context
from resolvers.similar_words import similar_words
from resolvers.title_index import TitleIndex, title_index
from tests.db.reading import ask


def index_of(url: str) -> TitleIndex:
    async def loaded(database: Database) -> TitleIndex | None:
        return await title_index(Context(database))

    index = ask(url, loaded)
    assert index is not None
    return index


def test_similar_words_come_first(seeded_database: Callable[[], str]) -> None:
    index = index_of(seeded_database())
    found = similar_words("prodcer", index, unfinished=False)
    assert index.spelled(found.numbers.tolist()) == ["producer"]
    assert found.similarities.tolist() == [7 / 8]
    assert index.spelled(similar_words("produ", index, unfinished=True).numbers.tolist()) == ["producer", "production"]


def test_words_of_no_title_take_memory_too(seeded_database: Callable[[], str]) -> None:
    """A client chooses the words, so the cache counts those that are like no word of a title."""
    index = index_of(seeded_database())
    for number in range(20):
        assert not len(similar_words(f"qxz{number}", index, unfinished=False).numbers)
    assert index.similar.weight >= 20 * 1000
