"""Publishers' files in a folder, in an archive and alone, and the errors for unreadable ones."""

import hashlib
from pathlib import Path

import pytest

from seed.publisher_files import ImportRefused, PublisherFiles
from tests.seed.workbooks import archive

FILES = {"Skills.txt": b"a\r\nb\r\n", "Read Me.txt": b"\xef\xbb\xbfO*NET\r\n"}


@pytest.fixture(params=["folder", "zip", "whl"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> PublisherFiles:
    path = tmp_path / f"db.{request.param}"
    if request.param == "folder":
        (path / "db_30_1_text").mkdir(parents=True)
        for name, content in FILES.items():
            (path / "db_30_1_text" / name).write_bytes(content)
    else:
        path.write_bytes(
            archive({"db_30_1_text/": b""} | {f"db_30_1_text/{n}": content for n, content in FILES.items()})
        )
    return PublisherFiles(path)


def test_files_are_found_by_name(files: PublisherFiles) -> None:
    assert files.find("absent.*", "skills.TXT", "*") == "Skills.txt"
    assert files.find("absent.*") is None
    assert files.find_all("*.txt", "s*") == ["Read Me.txt", "Skills.txt"]
    assert files.read("Skills.txt") == b"a\r\nb\r\n"
    assert files.text("Read Me.txt") == "O*NET"
    with files.lines("Skills.txt") as lines:
        assert list(lines) == ["a", "b"]


def test_the_digest_of_several_files_covers_their_checksums(files: PublisherFiles) -> None:
    def checksum(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    sums, importer = files.digest(FILES, __file__).split("+")
    listed = "".join(f"{checksum(FILES[name])}  {name}\n" for name in sorted(FILES))
    assert (sums, importer) == (checksum(listed.encode()), checksum(Path(__file__).read_bytes()))
    assert files.digest(["Skills.txt"]).split("+")[0] == checksum(FILES["Skills.txt"])


def test_a_path_can_be_a_single_file(tmp_path: Path) -> None:
    (tmp_path / "Skills.txt").write_bytes(FILES["Skills.txt"])
    (tmp_path / "another.txt").touch()
    assert PublisherFiles(tmp_path / "Skills.txt").find_all("*") == ["Skills.txt"]


ZIP = archive({"Skills.txt": b"x" * 999})
HEADER = ZIP.index(b"PK\x01\x02")


def with_byte(place: int, value: int) -> bytes:
    return ZIP[:place] + bytes([value]) + ZIP[place + 1 :]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "File is not a zip file"),
        (b"<html>Forbidden</html>", "File is not a zip file"),
        (ZIP[: len(ZIP) // 2], "File is not a zip file"),
        (with_byte(HEADER + 6, 99), "zip file version 9.9"),
        (with_byte(HEADER, 0), "Bad magic number for central directory"),
    ],
)
def test_an_unreadable_archive_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "db.zip"
    path.write_bytes(content)
    with pytest.raises(ImportRefused) as refusal:
        PublisherFiles(path)
    assert str(refusal.value) == f"{path} cannot be read: {problem}"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (with_byte(HEADER + 8, 1), "is encrypted"),
        (with_byte(HEADER + 10, 77), "That compression method is not supported"),
        (with_byte(HEADER + 16, 0), "Bad CRC-32"),
        (with_byte(40, 0), "Error -3 while decompressing data"),
    ],
)
def test_an_unreadable_file_in_an_archive_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "db.zip"
    path.write_bytes(content)
    files = PublisherFiles(path)
    with pytest.raises(ImportRefused) as refusal:
        files.read("Skills.txt")
    assert f"Skills.txt in {path} is damaged: " in str(refusal.value)
    assert problem in str(refusal.value)


def test_two_files_with_the_same_name_are_refused(tmp_path: Path) -> None:
    for release in ("db_30_0_text", "db_30_1_text"):
        (tmp_path / release).mkdir()
        (tmp_path / release / "Skills.txt").touch()
    with pytest.raises(ImportRefused, match=r"two files are named Skills.txt: import one release at a time"):
        PublisherFiles(tmp_path)
    path = tmp_path / "both.zip"
    path.write_bytes(archive({"db_30_0_text/Skills.txt": b"", "db_30_1_text/Skills.txt": b""}))
    with pytest.raises(ImportRefused, match=r"two files are named Skills.txt: import one release at a time"):
        PublisherFiles(path)


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"absent cannot be read: No such file or directory"):
        PublisherFiles(tmp_path / "absent")


def test_text_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Skills.txt").write_bytes("Café\n".encode("latin-1"))
    with pytest.raises(ImportRefused, match=r"Skills.txt in .* is not UTF-8 text"):
        PublisherFiles(tmp_path).text("Skills.txt")
