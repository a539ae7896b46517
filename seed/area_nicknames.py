"""Rolegraph's own list of what people call areas: NYC, the Bay Area, the Twin Cities.

``area_nicknames.tsv`` has the names by area code. A name may stand for several areas.
"""

import csv
import hashlib
from pathlib import Path

from db.models import AreaName, Source
from seed.dataset import Dataset, Table

FILE = Path(__file__).with_suffix(".tsv")

_RELEASE = "2026.1"


def nicknames_source() -> Source:
    """Describe the list. The digest covers the file and this module, so that a change to either stores it again."""
    return Source(
        id="rolegraph-areas",
        name="Rolegraph's own list of area nicknames",
        publisher="Rolegraph",
        release=_RELEASE,
        version=_RELEASE,
        license="MIT",
        digest=hashlib.sha256(FILE.read_bytes() + Path(__file__).read_bytes()).hexdigest(),
        embedded=True,
    )


def nicknames_dataset() -> Dataset:
    """Return the names as a dataset."""
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        rows = [(line["area"], line["name"]) for line in lines]
    return Dataset(nicknames_source(), [Table(AreaName, ("area_code", "name"), rows)], len(rows))
