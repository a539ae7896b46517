"""Which form a release comes in."""

from pathlib import Path

from seed.material import ImportRefused, Material
from seed.oews.flat_files import DATA, LISTS, file_of, named, read_flat_files
from seed.oews.package import read_package
from seed.oews.release import Release
from seed.oews.workbooks import read_workbooks


def read(material: Material, *, release: str | None = None) -> Release:
    """Describe the release that some material holds; raises ImportRefused where it holds none, or another one."""
    found = _read(material)
    if release not in (None, found.source.release):
        raise ImportRefused(f"{material.path} is of {found.source.release}, not of {release}")
    return found


def _read(material: Material) -> Release:
    modules = [str(path) for path in sorted(Path(__file__).parent.glob("*.py"))]
    if database := material.find("oews-*.sqlite.gz"):
        return read_package(material, database, material.digest([database], *modules))
    if material.find(*named(DATA)):
        files = [file_of(material, name) for name in (DATA, *LISTS)]
        return read_flat_files(material, material.digest(files, *modules))
    if workbooks := material.find_all("*_M20??_dl.xlsx", "all_data_M_20??.xlsx"):
        return read_workbooks(material, workbooks, material.digest(workbooks, *modules))
    raise ImportRefused(
        f"{material.path} holds no OEWS release: there is no oews-*.sqlite.gz, no oe.data.0.Current and no "
        "workbook such as national_M2024_dl.xlsx"
    )
