"""The search index: titles by their trigrams. It is rebuilt when titles or employment change.

A title is searched by its *words*, folded so that letter case, accents, punctuation and plurals do not matter. The
index maps each *trigram* to the titles that contain it: three characters of a word with two spaces before and one after
it, such as "  c", " ce", "ceo" and "eo " for CEO. A title that shares many trigrams with a text is similar to it, even
with typos. The first letters of a word are trigrams of it as well.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Self

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    column,
    delete,
    except_,
    exists,
    false,
    label,
    or_,
    select,
    table,
    text,
    true,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlmodel import col

from db.bulk import bulk_insert
from db.models import ALL_INDUSTRIES, NATION, AlternateTitle, Occupation, SearchTitle, SearchTrigram, Wage

INDEX = table("search_index", column("rowid", Integer))
"""The full-text index of each database, by trigram. Its rowid is a SearchTitle's id."""

_SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "the", "to"})
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)")


def described_by_models(name: str | None, kind: str, _: object) -> bool:
    """Return whether Alembic compares a table: not the index, nor the tables that SQLite stores it in."""
    return kind != "table" or name is None or not name.startswith(INDEX.name)


# Words and trigrams


def words_of(title: str) -> list[str]:
    """Return the folded words of a title or a text, without small ones such as "and" unless there are no others."""
    folded = unicodedata.normalize("NFKD", title.casefold())
    if not folded.isascii():
        folded = "".join(character for character in folded if not unicodedata.combining(character))
    words = [_singular(word) for word in _WORD.findall(_APOSTROPHES.sub("", folded))]
    return list(dict.fromkeys(word for word in words if word not in _SMALL_WORDS)) or words


@lru_cache(maxsize=50_000)
def _singular(word: str) -> str:
    """Fold plurals by their endings. The result may not be a word, but is the same for singular and plural."""
    if len(word) < 4:  # noqa: PLR2004 - gas, bus, men
        return word
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("men"):
        return f"{word[:-3]}man"
    if word.endswith("s") and not word.endswith(("is", "ss", "us")):
        word = word[:-1]
    return f"{word[:-2]}y" if word.endswith("ie") else word


def trigrams(word: str) -> list[str]:
    """Return the trigrams of a word. The last one ends with a space."""
    padded = f"  {word} "
    return [padded[start : start + 3] for start in range(len(padded) - 2)]


class _Holds(FunctionElement[bool]):
    """Whether a title of the index has a trigram, by the index itself."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 - SQLAlchemy's own signature
        """Render without "= 1", which SQLAlchemy adds to booleans on SQLite and its index rejects."""
        return self


@compiles(_Holds, "sqlite")
def _sqlite_holds(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"""search_index.search_index MATCH '"' || {compiler.process(element.clauses, **options)} || '"'"""


@compiles(_Holds, "postgresql")
def _postgresql_holds(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"search_index.trigrams @@ ('''' || {compiler.process(element.clauses, **options)} || '''')::tsquery"


def holds(trigram: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Match the titles of the index with a trigram. Trigrams have no characters that need to be escaped."""
    return _Holds(trigram)


# Building the index


def refresh(session: Session) -> None:
    """Update the index in the session's transaction, if titles or employment have changed."""
    session.flush()
    if not session.scalar(select(_is_outdated())):
        return
    titles = session.execute(_titles()).all()
    session.execute(delete(SearchTitle))
    session.execute(delete(SearchTrigram))
    bulk_insert(session, SearchTitle, _COLUMNS, _rows(titles))
    for statement in _REBUILD[session.get_bind().dialect.name]:
        session.execute(text(statement))


def _titles() -> Select[int, str, bool, int | None]:
    """Select every title, whether it is the occupation's own, and the occupation's national employment."""
    own = select(
        label("occupation_id", col(Occupation.id)),
        label("title", col(Occupation.title)),
        label("own", true()),
    )
    # Several sources can name the same title.
    alternate = select(col(AlternateTitle.occupation_id), col(AlternateTitle.title), false()).distinct()
    both = union_all(own, alternate).subquery()
    national = and_(
        col(Wage.occupation_id) == both.c.occupation_id,
        col(Wage.area_code) == NATION,
        col(Wage.industry_code) == ALL_INDUSTRIES,
    )
    columns = select(both.c.occupation_id, both.c.title, both.c.own, col(Wage.employment))
    return columns.join_from(both, Wage, national, isouter=True)


def _is_outdated() -> ColumnElement[bool]:
    stored = select(
        col(SearchTitle.occupation_id), col(SearchTitle.title), col(SearchTitle.own), col(SearchTitle.employment)
    )
    missing, gone = except_(_titles(), stored), except_(stored, _titles())
    return or_(exists(missing.subquery().select()), exists(gone.subquery().select()))


_COLUMNS = ("id", "occupation_id", "title", "words", "own", "employment")


def _rows(titles: Sequence[Row[int, str, bool, int | None]]) -> Iterator[tuple[Any, ...]]:
    """Number the titles in the order of equal matches: fewest words first, then highest employment."""
    named = [
        (len(words := words_of(name)), -(employment or 0), title, occupation, words, own, employment)
        for occupation, title, own, employment in titles
        for name in names(title, own=own)
    ]
    named.sort(key=itemgetter(0, 1, 2, 3))
    for number, (_, _, title, occupation, words, own, employment) in enumerate(named, start=1):
        yield number, occupation, title, "".join(f"  {word}" for word in words) + " ", own, employment


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


_REBUILD = {
    "sqlite": (
        "INSERT INTO search_index (search_index) VALUES ('rebuild')",
        "INSERT INTO search_index (search_index) VALUES ('optimize')",
        "CREATE VIRTUAL TABLE temp.search_vocabulary USING fts5vocab (main, search_index, row)",
        "INSERT INTO search_trigram (trigram, titles) SELECT term, doc FROM temp.search_vocabulary",
        "DROP TABLE temp.search_vocabulary",
    ),
    "postgresql": (
        "DELETE FROM search_index",
        """INSERT INTO search_index (rowid, trigrams)
           SELECT id, array_to_tsvector(ARRAY(SELECT substr(words, start, 3)
                                              FROM generate_series(1, length(words) - 2) AS start))
           FROM search_title""",
        "SELECT gin_clean_pending_list('ix_search_index_trigrams')",
        """INSERT INTO search_trigram (trigram, titles)
           SELECT word, ndoc FROM ts_stat('SELECT trigrams FROM search_index')""",
    ),
}
"""The statements that fill the index and count its trigrams, by dialect."""
