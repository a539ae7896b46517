"""Persisted documents: a request may name its document by a hash or an id instead of sending the text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from server.document_store import DocumentStore, hash_of
from server.request_params import RequestParams, bad_request
from server.responses import Refused
from server.trusted_documents import PageDocuments, TrustedDocuments

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class DocumentReference:
    """How a request names its document: by its text, its hash, both of them, or its id."""

    text: str = ""
    sha256: str = ""
    document_id: str = ""


def document_reference(query: str | None, extensions: Mapping[str, Any], document_id: str | None) -> DocumentReference:
    """Read a request's parameters; raise Refused if they are malformed or contradict each other."""
    sha256 = _hash_in(extensions)
    if document_id:
        if query or sha256:
            raise bad_request('The parameter "documentId" cannot be combined with "query" or "persistedQuery".')
        return DocumentReference(document_id=document_id)
    if query and sha256 and hash_of(query) != sha256:
        # Apollo's own message.
        raise Refused.because("PERSISTED_QUERY_HASH_MISMATCH", "provided sha does not match query")
    if not query and not sha256:
        raise bad_request('The parameter "query" is required and must be a string.')
    return DocumentReference(query or "", sha256)


def _hash_in(extensions: Mapping[str, Any]) -> str:
    """Return the hash in Apollo's extension for automatic persisted queries; an empty string if there is none."""
    extension = extensions.get("persistedQuery")
    if extension is None:
        return ""
    if not isinstance(extension, dict):
        raise bad_request('The extension "persistedQuery" must be a JSON object.')
    entries = cast("dict[str, object]", extension)
    if entries.get("version") != 1:
        # Clients know this message, and continue without the extension.
        raise Refused.because("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
    sha256 = entries.get("sha256Hash")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise bad_request('The "sha256Hash" of a persisted query must be 64 lower-case hexadecimal digits.')
    return sha256


class PersistedDocuments:
    """Finds the document that a request names.

    It is one that a client stored, one that the operator trusts, or one of Rolegraph's own pages, which are trusted.
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

    def sent(self, params: RequestParams) -> str | None:
        """Return the text that a request sends, unless it has to be looked up, stored or checked."""
        return None if params.extensions or params.document_id or self._trusted_only else params.query

    async def resolve(self, query: str | None, extensions: Mapping[str, Any], document_id: str | None) -> str:
        """Return the text of a request's document; raise Refused if there is none or it is not trusted."""
        reference = document_reference(query, extensions, document_id)
        try:
            return await self._text(reference)
        except Refused:
            # It may be a document of pages that were built since.
            if self._pages is None or not self._pages.reload():
                raise
        return await self._text(reference)

    async def _text(self, reference: DocumentReference) -> str:
        text = reference.text or self._trusted_text(reference.document_id or reference.sha256)
        if reference.document_id and not text:
            raise Refused.because("PERSISTED_DOCUMENT_NOT_FOUND", "No document has this documentId.")
        if self._trusted_only and not (text and self._trusts(text)):
            raise Refused.because("DOCUMENT_NOT_TRUSTED", "This server only runs trusted documents.")
        text = text or await self._store.get(reference.sha256)
        if not text:
            # Apollo's clients look for exactly this message, and then send the text.
            raise Refused.because("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return text

    async def remember(self, text: str, extensions: Mapping[str, Any]) -> None:
        """Store a document that ``resolve`` returned, if the request has its hash.

        The caller must validate the document first, so that the store holds nothing but valid documents.
        """
        sha256 = _hash_in(extensions)
        if sha256 and sha256 not in self._store and not self._trusts(text):
            await self._store.put(sha256, text)

    def _trusted_text(self, document_id: str) -> str | None:
        found = (documents.get(document_id) for documents in self._all_trusted())
        return next(filter(None, found), None)

    def _trusts(self, text: str) -> bool:
        return any(documents.trusts(text) for documents in self._all_trusted())

    def _all_trusted(self) -> Sequence[TrustedDocuments]:
        return (self._trusted, self._pages.documents) if self._pages else (self._trusted,)
