"""A publisher's files by name, from a folder with zip archives in it or without, a zip archive or a single file."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatch
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, TypeVar

ARCHIVES = {".zip", ".whl"}

_CHUNK_BYTES = 1 << 20

_DAMAGE = (OSError, zipfile.BadZipFile, EOFError, RuntimeError, UnicodeError, struct.error, zlib.error)
"""The exceptions that reading a damaged file or archive raises; zipfile raises RuntimeError for a password."""


T = TypeVar("T")


class ImportRefused(Exception):
    """The files cannot be imported; the message says why in one line."""


class _Entry(NamedTuple):
    """A file in an archive."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo


class PublisherFiles:
    """The files at a path, by name without folders. A file in a folder takes precedence over one in its archives.

    Raises ImportRefused if the path does not exist, the archive cannot be read or two files have the same name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._files: Mapping[str, Path | _Entry] = self._listed()
        except _DAMAGE as error:
            raise ImportRefused(f"{path} cannot be read: {_reason(error)}") from error

    def _listed(self) -> Mapping[str, "Path | _Entry"]:
        if self.path.is_dir():
            files = _by_name((file.name, file) for file in sorted(self.path.rglob("*")) if file.is_file())
            archives = [file for file in files.values() if file.suffix.lower() in ARCHIVES]
            return {**_by_name(entry for archive in archives for entry in _entries(archive)), **files}
        if self.path.suffix.lower() in ARCHIVES:
            return _by_name(_entries(self.path))
        self.path.stat()
        return {self.path.name: self.path}

    def find(self, *patterns: str) -> str | None:
        """Return the first file name that matches a pattern, trying patterns in order and ignoring case, or None."""
        for pattern in patterns:
            for name in self._files:
                if fnmatch(name.lower(), pattern.lower()):
                    return name
        return None

    def find_all(self, *patterns: str) -> list[str]:
        """Return all file names that match any pattern, sorted."""
        return sorted(name for name in self._files if any(fnmatch(name.lower(), p.lower()) for p in patterns))

    @contextmanager
    def open(self, name: str) -> Generator[IO[bytes]]:
        """Open a file for reading; raise ImportRefused if it proves damaged."""
        try:
            file = self._files[name]
            with file.open("rb") if isinstance(file, Path) else file.archive.open(file.info) as stream:
                yield stream
        except _DAMAGE as error:
            raise ImportRefused(f"{name} in {self.path} is damaged: {_reason(error)}") from error

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        with self.open(name) as stream:
            return stream.read()

    def text(self, name: str) -> str:
        """Return a text file's content; raise ImportRefused if it is not UTF-8."""
        with self.lines(name) as lines:
            return "\n".join(lines)

    @contextmanager
    def lines(self, name: str) -> Generator[Iterator[str]]:
        """Iterate over a text file's lines without line ends, for files too large for memory."""
        with self.open(name) as stream, TextIOWrapper(stream, encoding="utf-8-sig", newline="\n") as text:
            try:
                yield (line.rstrip("\r\n") for line in text)
            except UnicodeDecodeError as error:
                raise ImportRefused(f"{name} in {self.path} is not UTF-8 text: {error.reason}") from error

    def digest(self, names: Iterable[str], *importers: str | Path) -> str:
        """Return "<SHA-256 of the files>+<SHA-256 of the importing modules>": a change in either can change the rows.

        For several files, the first hash is that of ``sha256sum``'s output for them, sorted by name.
        """
        sums = [f"{self._checksum(name)}  {name}\n" for name in sorted(names)]
        files = sums[0].partition(" ")[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
        modules = hashlib.sha256(b"".join(Path(module).read_bytes() for module in importers)).hexdigest()
        return f"{files}+{modules}"

    def _checksum(self, name: str) -> str:
        checksum = hashlib.sha256()
        with self.open(name) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                checksum.update(chunk)
        return checksum.hexdigest()


def _entries(path: Path) -> Iterator[tuple[str, _Entry]]:
    """Yield the files of an archive with their names; raise ImportRefused if it cannot be read."""
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise ImportRefused(f"{path} cannot be read: {_reason(error)}") from error
    for info in archive.infolist():
        if not info.is_dir():
            yield PurePosixPath(info.filename).name, _Entry(archive, info)


def _by_name(files: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return files by name; raise ImportRefused if two have the same name, as those of two releases do."""
    named: dict[str, T] = {}
    for name, file in files:
        if name in named:
            raise ImportRefused(f"two files are named {name}: import one release at a time")
        named[name] = file
    return named


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
