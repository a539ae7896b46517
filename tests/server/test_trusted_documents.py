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
        ("[]", "is not a JSON object that maps hashes to documents"),
        ('"text"', "is not a JSON object that maps hashes to documents"),
        ("{}", "has no documents"),
        ({sha256(FIRST): {"body": FIRST}}, f"has a value at '{sha256(FIRST)}' that is not a string"),
        (
            {"format": "apollo-persisted-query-manifest", "version": 1},
            "has an id that is not the hash of its document: 'format'",
        ),
        (
            {sha256(FIRST): FIRST, sha256(SECOND): FIRST},
            f"has an id that is not the hash of its document: '{sha256(SECOND)}'",
        ),
        ({sha1(SECOND): FIRST}, f"has an id that is not the hash of its document: '{sha1(SECOND)}'"),
        ({f"md5:{sha256(FIRST)}": FIRST}, "is not the hash of its document"),
        ({f"sha256:{sha1(FIRST)}": FIRST}, "is not the hash of its document"),
        ({"line\nbreak": FIRST}, r"has an id that is not the hash of its document: 'line\nbreak'"),
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
