"""A publisher's files by name, from a folder, a zip archive or a single file."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatch
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from typing import IO, TypeVar

ARCHIVES = {".zip", ".whl"}

_CHUNK_BYTES = 1 << 20

_DAMAGE = (OSError, zipfile.BadZipFile, EOFError, RuntimeError, UnicodeError, struct.error, zlib.error)
"""The exceptions that reading a damaged file or archive raises; zipfile raises RuntimeError for a password."""


T = TypeVar("T")


class ImportRefused(Exception):
    """The files cannot be imported; the message says why in one line."""


class PublisherFiles:
    """The files at a path, by name without folders.

    Raises ImportRefused if the path does not exist, the archive cannot be read or two files have the same name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive: zipfile.ZipFile | None = None
        try:
            self._files: Mapping[str, Path | zipfile.ZipInfo] = self._listed()
        except _DAMAGE as error:
            raise ImportRefused(f"{path} cannot be read: {_reason(error)}") from error

    def _listed(self) -> Mapping[str, Path | zipfile.ZipInfo]:
        if self.path.is_dir():
            return _by_name({file: file.name for file in sorted(self.path.rglob("*")) if file.is_file()})
        if self.path.suffix.lower() in ARCHIVES:
            self._archive = zipfile.ZipFile(self.path)
            entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
            return _by_name({entry: PurePosixPath(entry.filename).name for entry in entries})
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
            with file.open("rb") if isinstance(file, Path) else self._entry(file) as stream:
                yield stream
        except _DAMAGE as error:
            raise ImportRefused(f"{name} in {self.path} is damaged: {_reason(error)}") from error

    def _entry(self, entry: zipfile.ZipInfo) -> IO[bytes]:
        assert self._archive is not None  # noqa: S101 - only archives have entries
        return self._archive.open(entry)

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


def _by_name(files: Mapping[T, str]) -> dict[str, T]:
    """Return files by name; raise ImportRefused if two have the same name, as those of two releases do."""
    named: dict[str, T] = {}
    for file, name in files.items():
        if name in named:
            raise ImportRefused(f"two files are named {name}: import one release at a time")
        named[name] = file
    return named


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
