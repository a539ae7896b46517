"""Trusted documents: those of a manifest, and so of the programs that it was made for: the operator's, or our pages."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Self, cast

import orjson

from server.document_store import hash_of
from server.telemetry.logs import logger


class ManifestError(Exception):
    """The manifest can't be used; the message, of one line, says why."""


class TrustedDocuments:
    """Documents by their ids: the hash that the manifest has, and the SHA-256 with and without ``sha256:``."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = frozenset(texts.values())
        self._by_id = {**texts, **{identifier: text for text in self._texts for identifier in _by_sha256(text)}}

    @classmethod
    def read(cls, manifest: Path) -> Self:
        """Read a JSON object of texts by hash, as GraphQL Code Generator writes it; raises ManifestError."""
        try:
            content = orjson.loads(manifest.read_bytes())
        except OSError as error:
            raise ManifestError(f"The manifest {manifest} can't be read: {error.strerror}.") from None
        except orjson.JSONDecodeError as error:
            raise ManifestError(f"The manifest {manifest} is not JSON: {error}.") from None
        if not isinstance(content, dict):
            raise ManifestError(f"The manifest {manifest} is not a JSON object of documents by their hashes.")
        if not content:
            raise ManifestError(f"The manifest {manifest} has no documents.")
        for identifier, text in cast("dict[str, object]", content).items():
            if not isinstance(text, str):
                raise ManifestError(f"The manifest {manifest} has something else than a text at {identifier!r}.")
            if identifier not in (*_by_sha256(text), _sha1(text)):
                raise ManifestError(
                    f"The manifest {manifest} has a document at {identifier!r} whose SHA-256, or SHA-1, is not that."
                )
        return cls(cast("dict[str, str]", content))

    def get(self, document_id: str) -> str | None:
        """Return the document of an id."""
        return self._by_id.get(document_id)

    def trusts(self, text: str) -> bool:
        """Whether a text is that of a trusted document."""
        return text in self._texts


class PageDocuments:
    """The documents of the pages that `make web` builds, by the manifest that is built with them.

    The pages may be built while we serve, or never, so the manifest is read anew when somebody asks for that and it has
    changed. A damaged one is told of in the log, and what was known before stays.
    """

    def __init__(self, manifest: Path) -> None:
        self._manifest = manifest
        self._state: tuple[int, int] | None = None
        self.documents = TrustedDocuments({})
        self.reread()

    def reread(self) -> bool:
        """Read the manifest if the file has another time or size than when it was last read; return whether it has."""
        state = _state(self._manifest)
        if state == self._state:
            return False
        self._state = state
        try:
            self.documents = TrustedDocuments.read(self._manifest) if state else TrustedDocuments({})
        except ManifestError as error:
            logger.warning("the pages' documents can't be trusted: %s", error)
        return True


def _state(file: Path) -> tuple[int, int] | None:
    """Return when a file was changed, in nanoseconds, and its size in bytes; None where it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _by_sha256(text: str) -> tuple[str, str]:
    sha256 = hash_of(text)
    return sha256, f"sha256:{sha256}"


def _sha1(text: str) -> str:
    # Whoever can write the manifest needs no collision: the hash tells one that was cut short or edited.
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
