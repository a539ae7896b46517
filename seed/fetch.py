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
        try:
            place.mkdir(parents=True, exist_ok=True)
            for url in urls:
                file = place / PurePosixPath(urlsplit(url).path).name
                address = url if mirror is None else f"{mirror.rstrip('/')}/{name}/{quote(file.name)}"
                said.append(f"{file}: {_fetch(address, file, contact)}")
            _keep_checksums(place)
        except OSError as error:
            raise FetchFailed(f"cannot write {place}: {error.strerror}") from error
    return said


def _fetch(url: str, file: Path, contact: str | None) -> str:
    partial = file.with_name(f"{file.name}.part")
    headers = {"User-Agent": f"rolegraph ({contact or 'no contact given'})"}
    if file.exists():
        headers["If-Modified-Since"] = _date_of(file)
    elif partial.exists():
        # Only where the file is still the one that the part is of: where it is not, the whole of the new one comes.
        headers |= {"Range": f"bytes={partial.stat().st_size}-", "If-Range": _date_of(partial)}
    try:
        with _opened(url, headers) as response:
            _download(response, partial, file.name)
    except _AnswerWithoutFile as answer:
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return "unchanged"
        # The part is whole already and was only not renamed, or it is of another file: either way, begin anew.
        partial.unlink()
        return _fetch(url, file, contact)
    partial.replace(file)
    return f"{file.stat().st_size:,} bytes"


def _date_of(file: Path) -> str:
    return formatdate(file.stat().st_mtime, usegmt=True)


class _AnswerWithoutFile(Exception):
    """An answer that is no failure: the file is the one that is there, or nothing comes after the part of it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@contextmanager
def _opened(url: str, headers: dict[str, str]) -> Generator[HTTPResponse]:
    try:
        with urlopen(Request(url, headers=headers), timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310 - our addresses
            yield response
    except HTTPError as error:
        error.close()
        if error.code in (HTTPStatus.NOT_MODIFIED, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE):
            raise _AnswerWithoutFile(error.code) from None
        hint = ": name a contact with --contact" if error.code == HTTPStatus.FORBIDDEN else ""
        raise FetchFailed(f"{url}: {error.code} {error.reason}{hint}") from error
    except URLError as error:
        raise FetchFailed(f"{url}: {error.reason}") from error
    except (HTTPException, OSError, ValueError) as error:
        # A ValueError speaks of an address or a contact that no request can be made with.
        raise FetchFailed(f"{url}: {error or type(error).__name__}") from error


def _download(response: HTTPResponse, partial: Path, name: str) -> None:
    """Add what comes to the part that is there, where the server goes on from it; else begin anew."""
    resumed = response.status == HTTPStatus.PARTIAL_CONTENT
    start = f"bytes {partial.stat().st_size}-" if resumed else ""
    if not response.headers.get("Content-Range", "").startswith(start):
        raise FetchFailed(f"{response.url}: the server goes on from another place than it was asked to")
    length = response.headers["Content-Length"]
    bar = tqdm(total=int(length) if length else None, desc=name, unit="B", unit_scale=True, leave=False, disable=None)
    received = 0
    with bar, partial.open("ab" if resumed else "wb") as stream:
        while part := response.read(_PART):
            stream.write(part)
            stream.flush()
            _keep_date(partial, response)
            received += len(part)
            bar.update(len(part))
    if length and received < int(length):
        raise FetchFailed(f"{response.url}: the download ended after {received:,} of {int(length):,} bytes")


def _keep_date(partial: Path, response: HTTPResponse) -> None:
    """Give a file the date that its publisher gives it, by which the next request can ask for what is newer."""
    if modified := response.headers["Last-Modified"]:
        seconds = parsedate_to_datetime(modified).timestamp()
        utime(partial, (seconds, seconds))


def _keep_checksums(folder: Path) -> None:
    """Write the checksums of a folder's files in the form that sha256sum reads."""
    files = sorted(
        file for file in folder.iterdir() if file.is_file() and file.name != CHECKSUMS and file.suffix != ".part"
    )
    lines: list[str] = []
    for file in files:
        with file.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {file.name}\n")
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
