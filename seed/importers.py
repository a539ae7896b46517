"""Which importer reads which source."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import Session

from seed import cps, majors, projections, soc
from seed.dataset import Dataset, Report, store
from seed.material import Material
from seed.oews.read import read as read_oews
from seed.oews.release import store_release
from seed.onet.read import read as read_onet


class Reader(Protocol):
    """Reads the datasets in some material; a release is named where the material itself names none."""

    def __call__(self, material: Material, *, release: str | None = None) -> list[Dataset]:
        """Read it; raise ImportRefused where it can't be used."""
        ...


READERS: dict[str, Reader] = {
    "soc": soc.read,
    "projections": projections.read,
    "cps": cps.read,
    "onet": read_onet,
    "majors": majors.read,
}
"""What reads each source but the wages, which are stored as they are read, being too many to hold."""

SOURCES = ("oews", *READERS)


def read_material(source: str, material: Material, release: str | None) -> Callable[[Session], list[Report]]:
    """Read all that some material holds of a source, and return what stores it.

    Both raise ImportRefused where the material can't be used.
    """
    if source == "oews":
        wages = read_oews(material, release=release)
        return lambda session: [store_release(session, wages)]
    datasets = READERS[source](material, release=release)
    return lambda session: [store(session, dataset) for dataset in datasets]
