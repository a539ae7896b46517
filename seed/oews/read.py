"""Reader of OEWS releases: chooses the form by the names of the files."""

from pathlib import Path

from seed.oews.flat_files import DATA, LISTS, file_of, named, read_flat_files
from seed.oews.package import read_package
from seed.oews.release import Release
from seed.oews.workbooks import read_workbooks
from seed.publisher_files import ImportRefused, PublisherFiles

MODULES = [str(path) for path in sorted(Path(__file__).parent.glob("*.py"))]
"""The importer's own files, a change of which can change what is stored."""


def read(files: PublisherFiles, *, release: str | None = None) -> Release:
    """Return the release in the files; raise ImportRefused if there is none, or not the given one."""
    found = _read(files)
    if release not in (None, found.source.release):
        raise ImportRefused(f"{files.path} is the release of {found.source.release}, not {release}")
    return found


def _read(files: PublisherFiles) -> Release:
    if database := files.find("oews-*.sqlite.gz"):
        return read_package(files, database, files.digest([database], *MODULES))
    if files.find(*named(DATA)):
        names = [file_of(files, name) for name in (DATA, *LISTS)]
        return read_flat_files(files, files.digest(names, *MODULES))
    if workbooks := files.find_all("*_M20??_dl.xlsx", "all_data_M_20??.xlsx"):
        return read_workbooks(files, workbooks, files.digest(workbooks, *MODULES))
    raise ImportRefused(
        f"{files.path} has no OEWS release: expected oews-*.sqlite.gz, oe.data.0.Current or a workbook such as "
        "national_M2024_dl.xlsx"
    )
