"""Downloads of publishers' files: resumed after an interruption, checked by length and recorded by checksum."""

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
_DELINEATIONS = (
    "https://www2.census.gov/programs-surveys/metro-micro/geographies/reference-files/2023/delineation-files"
)
_FLAT_FILES = "https://download.bls.gov/pub/time.series/oe"

FILES: dict[str, tuple[str, ...]] = {
    "oews": tuple(
        f"{_FLAT_FILES}/oe.{name}"
        for name in ("release", "area", "industry", "occupation", "footnote", "data.0.Current")
    ),
    "soc": tuple(
        f"{_BLS}/soc/2018/soc_{name}.xlsx"
        for name in ("structure_2018", "2018_definitions", "2018_direct_match_title_file")
    ),
    "projections": tuple(f"{_BLS}/emp/ind-occ-matrix/{name}.xlsx" for name in ("occupation", "education", "skills")),
    "cps": tuple(f"{_BLS}/cps/cpsaat{table}.xlsx" for table in ("11", "11b", "39")),
    "onet": ("https://www.onetcenter.org/dl_files/database/db_30_1_text.zip",),
    "majors": ("https://nces.ed.gov/ipeds/cipcode/Files/CIP2020_SOC2018_Crosswalk.xlsx",),
    "areas": tuple(f"{_DELINEATIONS}/list{number}_2023.xlsx" for number in (1, 2)),
    "rpp": tuple(f"https://apps.bea.gov/regional/zip/{table}.zip" for table in ("SARPP", "MARPP")),
    "oews-history": tuple(f"{_BLS}/oes/special-requests/oesm{year}nat.zip" for year in range(21, 26)),
    "cpi": ("https://download.bls.gov/pub/time.series/cu/cu.data.1.AllItems",),
}
"""The URLs of each source's files."""

CHECKSUMS = "SHA256SUMS"
_CHUNK_BYTES = 1 << 16
_TIMEOUT_SECONDS = 60


class FetchFailed(Exception):
    """A file could not be downloaded. What was received is kept, and the next call resumes it."""


def fetch(source: str | None, folder: Path, mirror: str | None = None, contact: str | None = None) -> list[str]:
    """Download the files of one source or all into ``folder/<source>/``; return a report line for each file.

    A mirror serves the files as ``<mirror>/<source>/<name>``. BLS rejects automated clients without a contact address.
    Raises FetchFailed at the first file that fails.
    """
    wanted = FILES if source is None else {source: FILES[source]}
    lines: list[str] = []
    for name, urls in wanted.items():
        place = folder / name
        try:
            place.mkdir(parents=True, exist_ok=True)
            for url in urls:
                file = place / PurePosixPath(urlsplit(url).path).name
                address = url if mirror is None else f"{mirror.rstrip('/')}/{name}/{quote(file.name)}"
                lines.append(f"{file}: {_fetch(address, file, contact)}")
            _write_checksums(place)
        except OSError as error:
            raise FetchFailed(f"cannot write {place}: {error.strerror}") from error
    return lines


def _fetch(url: str, file: Path, contact: str | None) -> str:
    partial = file.with_name(f"{file.name}.part")
    headers = {"User-Agent": f"rolegraph ({contact or 'no contact given'})"}
    if file.exists():
        headers["If-Modified-Since"] = _http_date(file)
    elif partial.exists():
        # If-Range: if the file has changed since, the server sends the whole new file.
        headers |= {"Range": f"bytes={partial.stat().st_size}-", "If-Range": _http_date(partial)}
    try:
        with _opened(url, headers) as response:
            _download(response, partial, file.name)
    except _NoContent as empty:
        if empty.status == HTTPStatus.NOT_MODIFIED:
            return "unchanged"
        # The range is not satisfiable: the partial file is complete or of another length. Download it again.
        partial.unlink()
        return _fetch(url, file, contact)
    partial.replace(file)
    return f"{file.stat().st_size:,} bytes"


def _http_date(file: Path) -> str:
    return formatdate(file.stat().st_mtime, usegmt=True)


class _NoContent(Exception):
    """A response without content that is not a failure: not modified, or no bytes after the partial file."""

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
            raise _NoContent(error.code) from None
        hint = ". Give an email address with --contact." if error.code == HTTPStatus.FORBIDDEN else ""
        raise FetchFailed(f"{url}: {error.code} {error.reason}{hint}") from error
    except URLError as error:
        raise FetchFailed(f"{url}: {error.reason}") from error
    except (HTTPException, OSError, ValueError) as error:
        # urlopen raises ValueError for an unusable URL or contact.
        raise FetchFailed(f"{url}: {error or type(error).__name__}") from error


def _download(response: HTTPResponse, partial: Path, name: str) -> None:
    """Write a response to the partial file: append if the server resumes it, otherwise replace it."""
    resumed = response.status == HTTPStatus.PARTIAL_CONTENT
    start = f"bytes {partial.stat().st_size}-" if resumed else ""
    if not response.headers.get("Content-Range", "").startswith(start):
        raise FetchFailed(f"{response.url}: the server resumed at another byte than requested")
    length = response.headers["Content-Length"]
    bar = tqdm(total=int(length) if length else None, desc=name, unit="B", unit_scale=True, leave=False, disable=None)
    received = 0
    with bar, partial.open("ab" if resumed else "wb") as stream:
        while chunk := response.read(_CHUNK_BYTES):
            stream.write(chunk)
            stream.flush()
            _set_date(partial, response)
            received += len(chunk)
            bar.update(len(chunk))
    if length and received < int(length):
        raise FetchFailed(
            f"{response.url}: connection closed after {received:,} of {int(length):,} bytes. Run it again to resume."
        )


def _set_date(partial: Path, response: HTTPResponse) -> None:
    """Set a file's time to Last-Modified, which the next request sends as If-Modified-Since or If-Range."""
    if modified := response.headers["Last-Modified"]:
        seconds = parsedate_to_datetime(modified).timestamp()
        utime(partial, (seconds, seconds))


def _write_checksums(folder: Path) -> None:
    """Write the checksums of a folder's files for ``sha256sum --check``."""
    files = sorted(
        file for file in folder.iterdir() if file.is_file() and file.name != CHECKSUMS and file.suffix != ".part"
    )
    lines: list[str] = []
    for file in files:
        with file.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {file.name}\n")
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
