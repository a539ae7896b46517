"""Manifests of trusted documents, valid and invalid."""

import hashlib
import json
from pathlib import Path

import pytest

from server.trusted_documents import ManifestError, TrustedDocuments

FIRST, SECOND = "query First { __typename }", "query Second { groups { code } } # Wörter"


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(tmp_path: Path, content: object) -> TrustedDocuments:
    manifest = tmp_path / "persisted-documents.json"
    manifest.write_text(content if isinstance(content, str) else json.dumps(content))
    return TrustedDocuments.read(manifest)


def test_a_document_is_found_by_each_of_its_ids(tmp_path: Path) -> None:
    trusted = read(tmp_path, {sha1(FIRST): FIRST, f"sha256:{sha256(SECOND)}": SECOND})
    for text, ids in ((FIRST, [sha1(FIRST)]), (SECOND, [])):
        for document_id in (*ids, sha256(text), f"sha256:{sha256(text)}"):
            assert trusted.get(document_id) == text
    for document_id in ("", "sha256:", sha1(SECOND), sha256("{ __typename }"), f"md5:{sha256(FIRST)}"):
        assert trusted.get(document_id) is None


@pytest.mark.parametrize("document_id", ["main/First", "1", "6b2d1f4a0c93e87d5a61bb0f2e94c7d8", sha1(SECOND)])
def test_ids_can_be_any_strings(tmp_path: Path, document_id: str) -> None:
    # Relay's compiler writes MD5 by default; the id of another document's SHA-1 is a string like any other.
    trusted = read(tmp_path, {document_id: FIRST})
    assert trusted.get(document_id) == trusted.get(sha256(FIRST)) == FIRST


def apollos(*operations: object, **others: object) -> dict[str, object]:
    """Return a manifest in the form of Apollo's generate-persisted-query-manifest."""
    return {"format": "apollo-persisted-query-manifest", "version": 1, "operations": list(operations)} | others


def test_apollos_manifest_is_read(tmp_path: Path) -> None:
    first = {"id": sha256(FIRST), "name": "First", "type": "query", "body": FIRST}
    second = {"id": "web/Second", "name": "Second", "type": "query", "body": SECOND}
    trusted = read(tmp_path, apollos(first, second))
    assert trusted.get(sha256(FIRST)) == FIRST
    assert trusted.get("web/Second") == trusted.get(f"sha256:{sha256(SECOND)}") == SECOND
    assert trusted.get("format") is None


def test_only_the_exact_text_is_trusted(tmp_path: Path) -> None:
    trusted = read(tmp_path, {sha256(FIRST): FIRST})
    assert trusted.trusts(FIRST)
    assert not trusted.trusts(f"{FIRST} ")
    assert not trusted.trusts(sha256(FIRST))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[]", "is neither a JSON object that maps ids to documents nor an apollo-persisted-query-manifest"),
        ('"text"', "is neither a JSON object that maps ids to documents nor an apollo-persisted-query-manifest"),
        ("{}", "has no documents"),
        (apollos(), "has no documents"),
        (
            {sha256(FIRST): {"body": FIRST}},
            f"maps ids to documents, but the value at '{sha256(FIRST)}' is not a string",
        ),
        ({"line\nbreak": 1}, r"maps ids to documents, but the value at 'line\nbreak' is not a string"),
        (
            apollos(version=2),
            "is an apollo-persisted-query-manifest of version 2; only version 1 can be read",
        ),
        (apollos(operations={}), 'is an apollo-persisted-query-manifest without a list of "operations"'),
        (
            apollos({"id": "1", "body": FIRST}, {"id": "2"}),
            'is an apollo-persisted-query-manifest in which operation 2 has no "id" or no "body" that is a string',
        ),
        (
            apollos({"id": "1", "body": FIRST}, {"id": "1", "body": SECOND}),
            "is an apollo-persisted-query-manifest in which two operations have the id '1'",
        ),
        (
            {sha256(FIRST): FIRST, sha256(SECOND): FIRST},
            f"has an id that is not the SHA-256 of its document: '{sha256(SECOND)}'",
        ),
        (
            apollos({"id": f"sha256:{sha256(SECOND)}", "body": FIRST}),
            f"has an id that is not the SHA-256 of its document: 'sha256:{sha256(SECOND)}'",
        ),
    ],
)
def test_an_invalid_manifest_is_refused_in_one_line(tmp_path: Path, content: object, problem: str) -> None:
    with pytest.raises(ManifestError) as refused:
        read(tmp_path, content)
    assert problem in str(refused.value)
    assert str(refused.value).startswith(f"The manifest {tmp_path / 'persisted-documents.json'} ")
    assert "\n" not in str(refused.value)


def test_an_unreadable_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"absent\.json cannot be read: No such file or directory\.$"):
        TrustedDocuments.read(tmp_path / "absent.json")
    with pytest.raises(ManifestError, match=r"cannot be read: Is a directory\.$"):
        TrustedDocuments.read(tmp_path)
