"""Persisted documents: a request may name its document by a hash or an id, and need not send the text each time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from server.document_store import DocumentStore, hash_of
from server.requests import bad_request
from server.responses import Refused
from server.trusted_documents import PageDocuments, TrustedDocuments

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Asked:
    """How a request names its document: by its text, its hash, both of them, or its id."""

    text: str = ""
    sha256: str = ""
    document_id: str = ""


def asked(query: str | None, extensions: Mapping[str, Any], document_id: str | None) -> Asked:
    """Read a request's parameters; raises Refused if they make no sense."""
    sha256 = _hash_in(extensions)
    if document_id:
        if query or sha256:
            raise bad_request('The parameter "documentId" stands for a document: send no other with it.')
        return Asked(document_id=document_id)
    if query and sha256 and hash_of(query) != sha256:
        # In Apollo's own words.
        raise Refused.because("PERSISTED_QUERY_HASH_MISMATCH", "provided sha does not match query")
    if not query and not sha256:
        raise bad_request('The parameter "query" is required and must be a string.')
    return Asked(query or "", sha256)


def _hash_in(extensions: Mapping[str, Any]) -> str:
    """Return the hash that Apollo's extension for automatic persisted queries has, or nothing if it is not there."""
    extension = extensions.get("persistedQuery")
    if extension is None:
        return ""
    if not isinstance(extension, dict):
        raise bad_request('The extension "persistedQuery" must be a JSON object.')
    entries = cast("dict[str, object]", extension)
    if entries.get("version") != 1:
        # Clients know this message too, and go on without the extension.
        raise Refused.because("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
    sha256 = entries.get("sha256Hash")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise bad_request('The "sha256Hash" of a persisted query must be 64 hexadecimal digits in lower case.')
    return sha256


class PersistedDocuments:
    """Finds the document that a request names.

    There are those stored for clients, those that the operator trusts, and those of our own pages, trusted as well.
    """

    def __init__(
        self,
        store: DocumentStore,
        trusted: TrustedDocuments | None = None,
        pages: PageDocuments | None = None,
        *,
        trusted_only: bool = False,
    ) -> None:
        self._store = store
        self._trusted = trusted or TrustedDocuments({})
        self._pages = pages
        self._trusted_only = trusted_only

    async def resolve(self, query: str | None, extensions: Mapping[str, Any], document_id: str | None) -> str:
        """Return the text of a request's document; raises Refused."""
        if query and not document_id and not extensions and not self._trusted_only:
            # A text alone names itself.
            return query
        request = asked(query, extensions, document_id)
        try:
            return await self._text(request)
        except Refused:
            # It may be of pages that have been built since.
            if self._pages is None or not self._pages.reread():
                raise
        return await self._text(request)

    async def _text(self, request: Asked) -> str:
        text = request.text or self._named(request.document_id or request.sha256)
        if request.document_id and not text:
            raise Refused.because("PERSISTED_DOCUMENT_NOT_FOUND", "There is no document of this id.")
        if self._trusted_only and not (text and self._trusts(text)):
            raise Refused.because(
                "DOCUMENT_NOT_TRUSTED", "Only trusted documents are run here, and this is none of them."
            )
        text = text or await self._store.get(request.sha256)
        if not text:
            # Apollo's clients look for exactly this message, and then send the text along.
            raise Refused.because("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return text

    async def remember(self, text: str, extensions: Mapping[str, Any]) -> None:
        """Store a document that ``resolve`` has found, if the request came with its hash.

        It is for the caller to see first that it is a valid document: the store is no place for anything else.
        """
        sha256 = _hash_in(extensions)
        if sha256 and sha256 not in self._store and not self._trusts(text):
            await self._store.put(sha256, text)

    def _named(self, document_id: str) -> str | None:
        found = (documents.get(document_id) for documents in self._all_trusted())
        return next(filter(None, found), None)

    def _trusts(self, text: str) -> bool:
        return any(documents.trusts(text) for documents in self._all_trusted())

    def _all_trusted(self) -> Sequence[TrustedDocuments]:
        return (self._trusted, self._pages.documents) if self._pages else (self._trusted,)
