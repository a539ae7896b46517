"""What a publisher hands out: a folder of files, a zip, or one file by itself."""

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

_PART = 1 << 20

_DAMAGE = (OSError, zipfile.BadZipFile, EOFError, RuntimeError, UnicodeError, struct.error, zlib.error)
"""What reading a damaged file raises, in a folder or in an archive, and RuntimeError where that has a password."""


T = TypeVar("T")


class ImportRefused(Exception):
    """The files can't be imported; the message says why in one line."""


class PublisherFiles:
    """A publisher's files by their names, wherever they lie.

    Names are those of the files alone, without folders. Raises ImportRefused where the path does not exist or the
    archive can't be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive: zipfile.ZipFile | None = None
        try:
            self._files: Mapping[str, Path | zipfile.ZipInfo] = self._found()
        except _DAMAGE as error:
            raise ImportRefused(f"{path} can't be read: {_reason(error)}") from error

    def _found(self) -> Mapping[str, Path | zipfile.ZipInfo]:
        if self.path.is_dir():
            return _by_name({file: file.name for file in sorted(self.path.rglob("*")) if file.is_file()})
        if self.path.suffix.lower() in ARCHIVES:
            self._archive = zipfile.ZipFile(self.path)
            entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
            return _by_name({entry: PurePosixPath(entry.filename).name for entry in entries})
        self.path.stat()
        return {self.path.name: self.path}

    def find(self, *patterns: str) -> str | None:
        """Return the name of the first file that matches the first pattern that any matches, in any letter case."""
        for pattern in patterns:
            for name in self._files:
                if fnmatch(name.lower(), pattern.lower()):
                    return name
        return None

    def find_all(self, *patterns: str) -> list[str]:
        """Return the names of all files that match any of the patterns, by name."""
        return sorted(name for name in self._files if any(fnmatch(name.lower(), p.lower()) for p in patterns))

    @contextmanager
    def open(self, name: str) -> Generator[IO[bytes]]:
        """Yield a file to read from; raises ImportRefused where it turns out to be damaged."""
        try:
            file = self._files[name]
            with file.open("rb") if isinstance(file, Path) else self._entry(file) as stream:
                yield stream
        except _DAMAGE as error:
            raise ImportRefused(f"{name} in {self.path} is damaged: {_reason(error)}") from error

    def _entry(self, entry: zipfile.ZipInfo) -> IO[bytes]:
        assert self._archive is not None  # noqa: S101 - entries come from an archive
        return self._archive.open(entry)

    def read(self, name: str) -> bytes:
        """Return a file's content."""
        with self.open(name) as stream:
            return stream.read()

    def text(self, name: str) -> str:
        """Return a text file's content; raises ImportRefused where it is not UTF-8."""
        with self.lines(name) as lines:
            return "\n".join(lines)

    @contextmanager
    def lines(self, name: str) -> Generator[Iterator[str]]:
        """Yield a text file's lines one by one, without their ends: for files too large to hold."""
        with self.open(name) as stream, TextIOWrapper(stream, encoding="utf-8-sig", newline="\n") as text:
            try:
                yield (line.rstrip("\r\n") for line in text)
            except UnicodeDecodeError as error:
                raise ImportRefused(f"{name} in {self.path} is not UTF-8 text: {error.reason}") from error

    def digest(self, names: Iterable[str], *importers: str | Path) -> str:
        """Return the SHA-256 of the files and, after a plus sign, that of the modules that read them.

        When either changes, rows may. That of several files is that of what sha256sum prints of them, by name.
        """
        sums = [f"{self._checksum(name)}  {name}\n" for name in sorted(names)]
        files = sums[0].partition(" ")[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
        modules = hashlib.sha256(b"".join(Path(module).read_bytes() for module in importers)).hexdigest()
        return f"{files}+{modules}"

    def _checksum(self, name: str) -> str:
        whole = hashlib.sha256()
        with self.open(name) as stream:
            while part := stream.read(_PART):
                whole.update(part)
        return whole.hexdigest()


def _by_name(files: Mapping[T, str]) -> dict[str, T]:
    """Return files by their names; raises ImportRefused where two of them have one name, as two releases do."""
    named: dict[str, T] = {}
    for file, name in files.items():
        if name in named:
            raise ImportRefused(f"there are two files called {name}: import one release at a time")
        named[name] = file
    return named


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
