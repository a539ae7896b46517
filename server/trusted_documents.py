"""Trusted documents: those of the operator's manifest, and those of Rolegraph's own pages."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Self, cast

import orjson

from server.document_store import hash_of
from server.telemetry.logs import logger


class ManifestError(Exception):
    """The manifest is invalid. The message is one line."""


class TrustedDocuments:
    """Documents by id: the id in the manifest, and the SHA-256 of the text with and without ``sha256:``."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = frozenset(texts.values())
        self._by_id = {**texts, **{identifier: text for text in self._texts for identifier in _by_sha256(text)}}

    @classmethod
    def read(cls, manifest: Path) -> Self:
        """Read a manifest as GraphQL Code Generator writes it: JSON that maps hashes to texts. Raise ManifestError."""
        try:
            content = orjson.loads(manifest.read_bytes())
        except OSError as error:
            raise ManifestError(f"The manifest {manifest} cannot be read: {error.strerror}.") from None
        except orjson.JSONDecodeError as error:
            raise ManifestError(f"The manifest {manifest} is not JSON: {error}.") from None
        if not isinstance(content, dict):
            raise ManifestError(f"The manifest {manifest} is not a JSON object that maps hashes to documents.")
        if not content:
            raise ManifestError(f"The manifest {manifest} has no documents.")
        for identifier, text in cast("dict[str, object]", content).items():
            if not isinstance(text, str):
                raise ManifestError(f"The manifest {manifest} has a value at {identifier!r} that is not a string.")
            if identifier not in (*_by_sha256(text), _sha1(text)):
                raise ManifestError(
                    f"The manifest {manifest} has an id that is not the hash of its document: {identifier!r}."
                )
        return cls(cast("dict[str, str]", content))

    def get(self, document_id: str) -> str | None:
        """Return the document with an id."""
        return self._by_id.get(document_id)

    def trusts(self, text: str) -> bool:
        """Whether a text is a trusted document."""
        return text in self._texts


class PageDocuments:
    """The documents of the pages that `make web` builds, from the manifest that is built with them.

    The pages may be built while the server runs, or never. So the manifest can be reloaded. If it is invalid, the log
    says so and the previous documents stay.
    """

    def __init__(self, manifest: Path) -> None:
        self._manifest = manifest
        self._state: tuple[int, int] | None = None
        self.documents = TrustedDocuments({})
        self.reload()

    def reload(self) -> bool:
        """Read the manifest if the file's time or size has changed; return whether it has."""
        state = _state(self._manifest)
        if state == self._state:
            return False
        self._state = state
        try:
            self.documents = TrustedDocuments.read(self._manifest) if state else TrustedDocuments({})
        except ManifestError as error:
            logger.warning("the documents of the pages are not trusted: %s", error)
        return True


def _state(file: Path) -> tuple[int, int] | None:
    """Return the modification time of a file in nanoseconds and its size in bytes; None if it is missing."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _by_sha256(text: str) -> tuple[str, str]:
    sha256 = hash_of(text)
    return sha256, f"sha256:{sha256}"


def _sha1(text: str) -> str:
    # The hash detects damage and edits. An attacker who can write the manifest needs no collision.
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
