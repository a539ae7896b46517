"""Downloading the publishers' files: resumed where an earlier try ended, checked by length, their checksums kept."""

import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from os import utime
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from tqdm import tqdm

_BLS = "https://www.bls.gov"
_FLAT_FILES = "https://download.bls.gov/pub/time.series/oe"

FILES: dict[str, tuple[str, ...]] = {
    "oews": tuple(
        f"{_FLAT_FILES}/oe.{name}"
        for name in ("release", "area", "industry", "occupation", "footnote", "data.0.Current")
    ),
    "soc": (f"{_BLS}/soc/2018/soc_structure_2018.xlsx", f"{_BLS}/soc/2018/soc_2018_definitions.xlsx"),
    "projections": tuple(f"{_BLS}/emp/ind-occ-matrix/{name}.xlsx" for name in ("occupation", "education", "skills")),
    "cps": tuple(f"{_BLS}/cps/cpsaat{table}.xlsx" for table in ("11", "11b", "39")),
    "onet": ("https://www.onetcenter.org/dl_files/database/db_30_1_text.zip",),
    "majors": ("https://nces.ed.gov/ipeds/cipcode/Files/CIP2020_SOC2018_Crosswalk.xlsx",),
}
"""Where each source's publisher hands its files out."""

CHECKSUMS = "SHA256SUMS"
_PART = 1 << 16
_TIMEOUT_SECONDS = 60


class FetchFailed(Exception):
    """A file could not be downloaded; the message says which and why. What came is kept, to go on from."""


def fetch(source: str | None, folder: Path, mirror: str | None = None, contact: str | None = None) -> list[str]:
    """Download the files of a source, or of all, each into its source's folder; say what became of each.

    A mirror has the same files under ``<mirror>/<source>/<name>``. BLS turns automated clients away that name no
    contact. Raises FetchFailed at the first file that can't be had.
    """
    wanted = FILES if source is None else {source: FILES[source]}
    said: list[str] = []
    for name, urls in wanted.items():
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        for url in urls:
            file = place / PurePosixPath(urlsplit(url).path).name
            address = url if mirror is None else f"{mirror.rstrip('/')}/{name}/{quote(file.name)}"
            said.append(f"{file}: {_fetch(address, file, contact)}")
        _keep_checksums(place)
    return said


def _fetch(url: str, file: Path, contact: str | None) -> str:
    partial = file.with_name(f"{file.name}.part")
    headers = {"User-Agent": f"rolegraph ({contact or 'no contact given'})"}
    if file.exists():
        headers["If-Modified-Since"] = formatdate(file.stat().st_mtime, usegmt=True)
    elif partial.exists():
        headers["Range"] = f"bytes={partial.stat().st_size}-"
    with _opened(url, headers) as response:
        if response is None:
            return "unchanged"
        _download(response, partial, file.name)
        if modified := response.headers["Last-Modified"]:
            seconds = parsedate_to_datetime(modified).timestamp()
            utime(partial, (seconds, seconds))
    partial.replace(file)
    return f"{file.stat().st_size:,} bytes"


@contextmanager
def _opened(url: str, headers: dict[str, str]) -> Generator[HTTPResponse | None]:
    """Yield the answer, or None where the file is the one that is there already."""
    try:
        with urlopen(Request(url, headers=headers), timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310 - our addresses
            yield response
    except HTTPError as error:
        if error.code != HTTPStatus.NOT_MODIFIED:
            hint = ": name a contact with --contact" if error.code == HTTPStatus.FORBIDDEN else ""
            raise FetchFailed(f"{url}: {error.code} {error.reason}{hint}") from error
        yield None
    except URLError as error:
        raise FetchFailed(f"{url}: {error.reason}") from error
    except (HTTPException, OSError) as error:
        raise FetchFailed(f"{url}: {error}") from error


def _download(response: HTTPResponse, partial: Path, name: str) -> None:
    """Add what comes to the part that is there, where the server goes on from it; else begin anew."""
    resumed = response.status == HTTPStatus.PARTIAL_CONTENT
    length = response.headers["Content-Length"]
    bar = tqdm(total=int(length) if length else None, desc=name, unit="B", unit_scale=True, leave=False, disable=None)
    received = 0
    with bar, partial.open("ab" if resumed else "wb") as stream:
        while part := response.read(_PART):
            stream.write(part)
            received += len(part)
            bar.update(len(part))
    if length and received < int(length):
        raise FetchFailed(f"{response.url}: the download ended after {received:,} of {int(length):,} bytes")


def _keep_checksums(folder: Path) -> None:
    """Write the checksums of a folder's files in the form that sha256sum reads."""
    files = sorted(file for file in folder.iterdir() if file.name != CHECKSUMS and file.suffix != ".part")
    lines: list[str] = []
    for file in files:
        with file.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {file.name}\n")
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
