"""What a publisher hands out: a folder of files, a zip, or one file by itself."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

ARCHIVES = {".zip", ".whl"}


class ImportRefused(Exception):
    """The material can't be imported; the message says why in one line."""


class Material:
    """A publisher's files by their names, wherever they lie.

    Names are those of the files alone, without folders. Raises ImportRefused where the path does not exist or the
    archive can't be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive: zipfile.ZipFile | None = None
        try:
            self._files: Mapping[str, Path | zipfile.ZipInfo] = self._found()
        except (OSError, zipfile.BadZipFile) as error:
            raise ImportRefused(f"{path} can't be read: {_reason(error)}") from error

    def _found(self) -> Mapping[str, Path | zipfile.ZipInfo]:
        if self.path.is_dir():
            return {file.name: file for file in sorted(self.path.rglob("*")) if file.is_file()}
        if self.path.suffix.lower() in ARCHIVES:
            self._archive = zipfile.ZipFile(self.path)
            entries = (entry for entry in self._archive.infolist() if not entry.is_dir())
            return {PurePosixPath(entry.filename).name: entry for entry in entries}
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

    def read(self, name: str) -> bytes:
        """Return a file's content; raises ImportRefused where it is damaged."""
        try:
            file = self._files[name]
            if isinstance(file, Path):
                return file.read_bytes()
            assert self._archive is not None  # noqa: S101 - its entries come from it
            return self._archive.read(file)
        except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
            raise ImportRefused(f"{name} in {self.path} is damaged: {_reason(error)}") from error

    def text(self, name: str) -> str:
        """Return a text file's content; raises ImportRefused where it is not UTF-8."""
        try:
            return self.read(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ImportRefused(f"{name} in {self.path} is not UTF-8 text: {error.reason}") from error

    def digest(self, names: Iterable[str], importer: str) -> str:
        """Return the SHA-256 of these files and of the importer that reads them: when it changes, rows may."""
        whole = hashlib.sha256(Path(importer).read_bytes())
        for name in sorted(names):
            whole.update(name.encode() + b"\0" + hashlib.sha256(self.read(name)).digest())
        return whole.hexdigest()


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
