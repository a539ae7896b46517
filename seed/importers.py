"""Which importer reads which source."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import Session

from seed import cip_soc, cps, projections, soc
from seed.dataset import Dataset, Report, store
from seed.oews.read import read as read_oews
from seed.oews.release import store_release
from seed.onet.read import read as read_onet
from seed.publisher_files import PublisherFiles


class Reader(Protocol):
    """Reads the datasets in some files; a release is named where the files itself names none."""

    def __call__(self, files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
        """Read it; raise ImportRefused where it can't be used."""
        ...


READERS: dict[str, Reader] = {
    "soc": soc.read,
    "projections": projections.read,
    "cps": cps.read,
    "onet": read_onet,
    "majors": cip_soc.read,
}
"""What reads each source but the wages, which are stored as they are read, being too many to hold."""

SOURCES = ("oews", *READERS)


def read_source(source: str, files: PublisherFiles, release: str | None) -> Callable[[Session], list[Report]]:
    """Read all that some files holds of a source, and return what stores it.

    Both raise ImportRefused where the files can't be used.
    """
    if source == "oews":
        wages = read_oews(files, release=release)
        return lambda session: [store_release(session, wages)]
    datasets = READERS[source](files, release=release)
    return lambda session: [store(session, dataset) for dataset in datasets]
