"""Persisted documents: Apollo's protocol, trusted documents, and errors."""

import asyncio
from typing import Any

import pytest

from server.document_store import DocumentStore, hash_of
from server.persisted_documents import DocumentReference, PersistedDocuments, document_reference
from server.responses import Refused
from server.trusted_documents import TrustedDocuments

TEXT, OTHER = "{ __typename }", "{ groups { code } }"
TRUSTED = TrustedDocuments({hash_of(TEXT): TEXT})


def by_hash(sha256: object, version: object = 1) -> dict[str, Any]:
    """Return the extensions of a request that names its document by a hash."""
    return {"persistedQuery": {"version": version, "sha256Hash": sha256}}


def documents(trusted: TrustedDocuments | None = None, *, trusted_only: bool = False) -> PersistedDocuments:
    return PersistedDocuments(DocumentStore(100_000), trusted, trusted_only=trusted_only)


def resolved(
    persisted: PersistedDocuments,
    query: str | None = None,
    extensions: dict[str, Any] | None = None,
    document_id: str | None = None,
) -> str:
    """Return the document of a request, or the code of the error."""
    try:
        return asyncio.run(persisted.resolve(query, extensions or {}, document_id))
    except Refused as error:
        return error.codes[0]


@pytest.mark.parametrize(
    ("query", "extensions", "document_id", "request_"),
    [
        (TEXT, {}, None, DocumentReference(text=TEXT)),
        (TEXT, {"persistedQuery": None, "tracing": True}, "", DocumentReference(text=TEXT)),
        (None, by_hash(hash_of(TEXT)), None, DocumentReference(sha256=hash_of(TEXT))),
        ("", by_hash(hash_of(TEXT)), None, DocumentReference(sha256=hash_of(TEXT))),
        (TEXT, by_hash(hash_of(TEXT)), None, DocumentReference(TEXT, hash_of(TEXT))),
        (None, {}, "sha256:abc", DocumentReference(document_id="sha256:abc")),
    ],
)
def test_a_document_is_referenced_in_four_ways(
    query: str | None, extensions: dict[str, Any], document_id: str | None, request_: DocumentReference
) -> None:
    assert document_reference(query, extensions, document_id) == request_


@pytest.mark.parametrize(
    ("query", "extensions", "document_id", "code", "message"),
    [
        (None, {}, None, "BAD_REQUEST", 'The parameter "query" is required and must be a string.'),
        (TEXT, {}, "abc", "BAD_REQUEST", "documentId"),
        (None, by_hash(hash_of(TEXT)), "abc", "BAD_REQUEST", "documentId"),
        (TEXT, {"persistedQuery": hash_of(TEXT)}, None, "BAD_REQUEST", "must be a JSON object"),
        (TEXT, {"persistedQuery": []}, None, "BAD_REQUEST", "must be a JSON object"),
        (TEXT, by_hash(None), None, "BAD_REQUEST", "64 lower-case hexadecimal digits"),
        (TEXT, by_hash(5), None, "BAD_REQUEST", "64 lower-case hexadecimal digits"),
        (TEXT, by_hash("bytes"), None, "BAD_REQUEST", "64 lower-case hexadecimal digits"),
        (TEXT, by_hash(hash_of(TEXT).upper()), None, "BAD_REQUEST", "64 lower-case hexadecimal digits"),
        (TEXT, by_hash(hash_of(TEXT) + "\n"), None, "BAD_REQUEST", "64 lower-case hexadecimal digits"),
        (TEXT, by_hash(hash_of(TEXT), 2), None, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported"),
        (TEXT, by_hash(hash_of(TEXT), "1"), None, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported"),
        (TEXT, {"persistedQuery": {}}, None, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported"),
        (OTHER, by_hash(hash_of(TEXT)), None, "PERSISTED_QUERY_HASH_MISMATCH", "provided sha does not match query"),
    ],
)
def test_a_contradicting_request_is_refused_with_the_reason(
    query: str | None, extensions: dict[str, Any], document_id: str | None, code: str, message: str
) -> None:
    with pytest.raises(Refused, match=message) as refused:
        document_reference(query, extensions, document_id)
    assert refused.value.codes == [code]


def test_clients_send_the_hash_then_both_then_the_hash() -> None:
    persisted, extensions = documents(), by_hash(hash_of(TEXT))
    with pytest.raises(Refused, match=r"^PersistedQueryNotFound$") as refused:
        asyncio.run(persisted.resolve(None, extensions, None))
    assert refused.value.codes == ["PERSISTED_QUERY_NOT_FOUND"]
    assert resolved(persisted, TEXT, extensions) == TEXT
    # Nothing is stored before the caller has validated the document.
    assert resolved(persisted, None, extensions) == "PERSISTED_QUERY_NOT_FOUND"
    asyncio.run(persisted.remember(TEXT, extensions))
    assert resolved(persisted, None, extensions) == TEXT


def test_a_document_without_its_hash_is_not_stored() -> None:
    persisted = documents()
    asyncio.run(persisted.remember(TEXT, {}))
    assert resolved(persisted, None, by_hash(hash_of(TEXT))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("document_id", [hash_of(TEXT), f"sha256:{hash_of(TEXT)}"])
def test_trusted_documents_are_found_by_their_ids(document_id: str) -> None:
    assert resolved(documents(TRUSTED), document_id=document_id) == TEXT
    assert resolved(documents(), document_id=document_id) == "PERSISTED_DOCUMENT_NOT_FOUND"
    assert resolved(documents(TRUSTED), document_id=document_id + "0") == "PERSISTED_DOCUMENT_NOT_FOUND"


def test_trusted_documents_are_found_by_apollos_protocol_too() -> None:
    assert resolved(documents(TRUSTED), None, by_hash(hash_of(TEXT))) == TEXT


def test_other_documents_are_admitted_by_default() -> None:
    assert resolved(documents(TRUSTED), OTHER) == OTHER
    assert resolved(documents(TRUSTED, trusted_only=True), OTHER) == "DOCUMENT_NOT_TRUSTED"


@pytest.mark.parametrize(
    ("query", "extensions", "document_id", "answer"),
    [
        (TEXT, {}, None, TEXT),
        (TEXT, by_hash(hash_of(TEXT)), None, TEXT),
        (None, by_hash(hash_of(TEXT)), None, TEXT),
        (None, {}, hash_of(TEXT), TEXT),
        (TEXT + " ", {}, None, "DOCUMENT_NOT_TRUSTED"),
        (OTHER, by_hash(hash_of(OTHER)), None, "DOCUMENT_NOT_TRUSTED"),
        (None, by_hash(hash_of(OTHER)), None, "DOCUMENT_NOT_TRUSTED"),
        (None, {}, hash_of(OTHER), "PERSISTED_DOCUMENT_NOT_FOUND"),
        (None, {}, None, "BAD_REQUEST"),
    ],
)
def test_other_documents_are_refused_with_trusted_only(
    query: str | None, extensions: dict[str, Any], document_id: str | None, answer: str
) -> None:
    store = DocumentStore(100_000)
    # A document that was stored before is refused too.
    asyncio.run(store.put(hash_of(OTHER), OTHER))
    persisted = PersistedDocuments(store, TRUSTED, trusted_only=True)
    assert resolved(persisted, query, extensions, document_id) == answer
