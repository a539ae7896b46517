"""Trusted documents: those of the operator's manifest, and those of Rolegraph's own pages."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Self, cast

import orjson

from server.document_store import hash_of
from server.telemetry.logs import logger

_APOLLO = "apollo-persisted-query-manifest"
_SHA256 = re.compile("(sha256:)?[0-9a-f]{64}")
_OPERATION = re.compile(r"\bquery (\w+)")


class ManifestError(Exception):
    """The manifest is invalid. The message is one line."""


class TrustedDocuments:
    """Documents by id: the id in the manifest, and the SHA-256 of the text with and without ``sha256:``."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.by_manifest_id = texts
        self._texts = frozenset(texts.values())
        self._by_id = {**texts, **{identifier: text for text in self._texts for identifier in _by_sha256(text)}}

    @classmethod
    def read(cls, manifest: Path) -> Self:
        """Read a manifest: an object that maps ids to texts, or Apollo's form. Raise ManifestError.

        GraphQL Code Generator and Relay's compiler write the object, with a hash of each text as its id. Ids can be any
        strings, but one that is written as a SHA-256 must be that of its text: clients name documents by it.
        """
        try:
            content = orjson.loads(manifest.read_bytes())
        except OSError as error:
            raise ManifestError(f"The manifest {manifest} cannot be read: {error.strerror}.") from None
        except orjson.JSONDecodeError as error:
            raise ManifestError(f"The manifest {manifest} is not JSON: {error}.") from None
        try:
            texts = _texts_of(content)
        except _Malformed as error:
            raise ManifestError(f"The manifest {manifest} {error}.") from None
        for identifier, text in texts.items():
            if _SHA256.fullmatch(identifier) and identifier not in _by_sha256(text):
                raise ManifestError(
                    f"The manifest {manifest} has an id that is not the SHA-256 of its document: {identifier!r}."
                )
        return cls(texts)

    def get(self, document_id: str) -> str | None:
        """Return the document with an id."""
        return self._by_id.get(document_id)

    def trusts(self, text: str) -> bool:
        """Whether a text is a trusted document."""
        return text in self._texts


class PageDocument(NamedTuple):
    """A document of the pages, with the id by which their scripts name it."""

    id: str
    text: str


class PageDocuments:
    """The documents of the pages that `make web` builds, from the manifest that is built with them.

    The pages may be built while the server runs, or never. So the manifest can be reloaded. If it is invalid, the log
    says so and the previous documents stay.
    """

    def __init__(self, manifest: Path) -> None:
        self._manifest = manifest
        self._state: tuple[int, int] | None = None
        self.documents = TrustedDocuments({})
        self._by_operation: Mapping[str, PageDocument] = {}
        self.reload()

    def of_operation(self, name: str) -> PageDocument | None:
        """Return the document of an operation; None if the pages are not built, or are of a version without it."""
        self.reload()
        return self._by_operation.get(name)

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
        else:
            self._by_operation = {
                operation[1]: PageDocument(identifier, text)
                for identifier, text in self.documents.by_manifest_id.items()
                if (operation := _OPERATION.search(text))
            }
        return True


def _state(file: Path) -> tuple[int, int] | None:
    """Return the modification time of a file in nanoseconds and its size in bytes; None if it is missing."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


class _Malformed(Exception):
    """The content of a manifest has neither form. The message continues the sentence "The manifest ..."."""


def _texts_of(content: object) -> dict[str, str]:
    """Return the documents of a manifest by id."""
    if not isinstance(content, dict):
        raise _Malformed(f"is neither a JSON object that maps ids to documents nor an {_APOLLO}")
    entries = cast("dict[str, object]", content)
    texts = _in_apollos_form(entries) if entries.get("format") == _APOLLO else _in_a_map(entries)
    if not texts:
        raise _Malformed("has no documents")
    return texts


def _in_a_map(entries: dict[str, object]) -> dict[str, str]:
    for identifier, text in entries.items():
        if not isinstance(text, str):
            raise _Malformed(f"maps ids to documents, but the value at {identifier!r} is not a string")
    return cast("dict[str, str]", entries)


def _in_apollos_form(entries: dict[str, object]) -> dict[str, str]:
    """Read the form of Apollo's ``generate-persisted-query-manifest``."""
    if entries.get("version") != 1:
        raise _Malformed(f"is an {_APOLLO} of version {entries.get('version')!r}; only version 1 can be read")
    operations = entries.get("operations")
    if not isinstance(operations, list):
        raise _Malformed(f'is an {_APOLLO} without a list of "operations"')
    texts: dict[str, str] = {}
    for number, operation in enumerate(cast("list[object]", operations), start=1):
        given = cast("dict[str, object]", operation) if isinstance(operation, dict) else {}
        identifier, text = given.get("id"), given.get("body")
        if not isinstance(identifier, str) or not isinstance(text, str):
            raise _Malformed(f'is an {_APOLLO} in which operation {number} has no "id" or no "body" that is a string')
        if texts.setdefault(identifier, text) != text:
            raise _Malformed(f"is an {_APOLLO} in which two operations have the id {identifier!r}")
    return texts


def _by_sha256(text: str) -> tuple[str, str]:
    sha256 = hash_of(text)
    return sha256, f"sha256:{sha256}"
