"""The registry of importers: the reader of each source by its name on the command line."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import Session

from seed import cip_soc, cpi, cps, delineations, price_parities, projections, soc
from seed.dataset import Dataset, Report, store
from seed.oews import history
from seed.oews.read import read as read_oews
from seed.oews.release import store_release
from seed.onet.read import read as read_onet
from seed.publisher_files import PublisherFiles


class Reader(Protocol):
    """A function that reads datasets from a publisher's files."""

    def __call__(self, files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
        """Read the files; ``release`` is for files that do not state theirs. Raise ImportRefused if unusable."""
        ...


READERS: dict[str, Reader] = {
    "soc": soc.read,
    "projections": projections.read,
    "cps": cps.read,
    "onet": read_onet,
    "majors": cip_soc.read,
    "areas": delineations.read,
    "rpp": price_parities.read,
    "oews-history": history.read,
    "cpi": cpi.read,
}
"""The readers of all sources except OEWS, whose cells are too many for memory and are stored while they are read."""

SOURCES = ("oews", *READERS)


def read_source(source: str, files: PublisherFiles, release: str | None) -> Callable[[Session], list[Report]]:
    """Read a source's files and return a function that stores them. Both raise ImportRefused for unusable files."""
    if source == "oews":
        wages = read_oews(files, release=release)
        return lambda session: [store_release(session, wages)]
    datasets = READERS[source](files, release=release)
    return lambda session: [store(session, dataset) for dataset in datasets]
