"""The titles that search looks through, and the index of their trigrams: made anew when what they come from changes.

A title is searched by its *words*: folded, so that letter case, accents, punctuation and plurals don't matter. The
index knows in which titles each *trigram* stands: three characters of a word that two spaces precede and one follows,
"  c", " ce", "ceo" and "eo " for CEO. A title that shares many with a text resembles it, mistakes or not; the first
letters of a word are trigrams of it as well.
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
"""Titles by trigram, each by its id in SearchTitle: a full-text index, of a kind that each database has its own of."""

_SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "the", "to"})
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)")


def described_by_models(name: str | None, kind: str, _: object) -> bool:
    """Tell Alembic's comparison to leave the index alone, with the tables that SQLite keeps it in."""
    return kind != "table" or name is None or not name.startswith(INDEX.name)


# Words and trigrams


def words_of(title: str) -> list[str]:
    """Return the words of a title or a text, folded; small ones such as "and" only where there are no others."""
    folded = unicodedata.normalize("NFKD", title.casefold())
    if not folded.isascii():
        folded = "".join(character for character in folded if not unicodedata.combining(character))
    words = [_singular(word) for word in _WORD.findall(_APOSTROPHES.sub("", folded))]
    return list(dict.fromkeys(word for word in words if word not in _SMALL_WORDS)) or words


@lru_cache(maxsize=50_000)
def _singular(word: str) -> str:
    """Fold plurals by their endings. What comes out need not be a word, as long as both forms give the same."""
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
    """Return the trigrams of a word, the last of which says where it ends."""
    padded = f"  {word} "
    return [padded[start : start + 3] for start in range(len(padded) - 2)]


class _Holds(FunctionElement[bool]):
    """Whether a title of the index has a trigram, asked of the index itself."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 - SQLAlchemy's own signature
        """Stand in a condition as it is: elsewhere SQLite's booleans are compared with 1, and an index can't be."""
        return self


@compiles(_Holds, "sqlite")
def _sqlite_holds(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"""search_index.search_index MATCH '"' || {compiler.process(element.clauses, **options)} || '"'"""


@compiles(_Holds, "postgresql")
def _postgresql_holds(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"search_index.trigrams @@ ('''' || {compiler.process(element.clauses, **options)} || '''')::tsquery"


def holds(trigram: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Whether the index has a trigram for a title. Trigrams have no characters that would need to be escaped."""
    return _Holds(trigram)


# Making the index


def refresh(session: Session) -> None:
    """Bring the index up to date within the session's transaction; where it is, nothing is written."""
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
    """Every title, with whether it is the occupation's own and how many the occupation employs in the nation."""
    own = select(
        label("occupation_id", col(Occupation.id)),
        label("title", col(Occupation.title)),
        label("own", true()),
    )
    alternate = select(col(AlternateTitle.occupation_id), col(AlternateTitle.title), false())
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
    """Number the titles in the order in which equal matches are to be found: few words first, then much employment."""
    named = [
        (len(words := words_of(name)), -(employment or 0), title, occupation, words, own, employment)
        for occupation, title, own, employment in titles
        for name in _names(title, own=own)
    ]
    named.sort(key=itemgetter(0, 1, 2, 3))
    for number, (_, _, title, occupation, words, own, employment) in enumerate(named, start=1):
        yield number, occupation, title, "".join(f"  {word}" for word in words) + " ", own, employment


def _names(title: str, *, own: bool) -> Iterator[str]:
    """Yield a title, and the parts of it that people use alone."""
    yield title
    # O*NET puts another form of the same title in brackets: "CEO (Chief Executive Officer)".
    if bracketed := _BRACKETED.fullmatch(title):
        yield from bracketed.groups()
    # What the SOC's "Postsecondary Teachers, Except ..." goes on to name is what the occupation is not.
    if own and ", Except " in title:
        yield title.partition(", Except ")[0]


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
"""What fills the index, by dialect: it is of another kind on each, and its trigrams are counted by its own means."""
