"""``python -m seed fetch`` from a test server that behaves correctly or fails in various ways."""

import hashlib
import os
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from seed.command import main
from seed.fetch import CHECKSUMS, FILES, FetchFailed, fetch
from tests.seed.oews_release import as_flat_files

DATE = formatdate(1_750_000_000, usegmt=True)
LATER = formatdate(1_760_000_000, usegmt=True)


def name_of(url: str) -> str:
    return url.rpartition("/")[2]


NAMES = {source: [name_of(url) for url in urls] for source, urls in FILES.items()}
CONTENT = os.urandom(300_000)


@dataclass
class Mirror:
    """The files of a test server and the requests that it received."""

    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    date: str | None = DATE
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list[tuple[str, dict[str, str]]])
    behave: Callable[[BaseHTTPRequestHandler, bytes], None] | None = None
    """Replaces the correct response."""

    url: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the last request."""
        return self.requests[-1][1]


class Handler(BaseHTTPRequestHandler):
    """Serves files with support for If-Modified-Since, Range and If-Range."""

    mirror: Mirror

    def do_GET(self) -> None:
        self.mirror.requests.append((self.path, dict(self.headers.items())))
        content = self.mirror.files.get(self.path)
        if content is None:
            self.send_error(404)
        elif self.mirror.behave is not None:
            self.mirror.behave(self, content)
        else:
            respond_correctly(self, content, self.mirror.date)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it that
        """Log nothing."""


def respond(handler: BaseHTTPRequestHandler, status: int, content: bytes = b"", **headers: str | None) -> None:
    """Send a response; header names have underscores for hyphens, and None omits a default header."""
    handler.send_response(status)
    for name, value in ({"Content_Length": str(len(content))} | headers).items():
        if value is not None:
            handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def respond_correctly(handler: BaseHTTPRequestHandler, content: bytes, date: str | None) -> None:
    headers, size = handler.headers, len(content)
    start = int(headers["Range"].removeprefix("bytes=").removesuffix("-")) if "Range" in headers else 0
    if date is not None and headers["If-Modified-Since"] == date:
        respond(handler, 304, Content_Length=None)
    elif not start or headers["If-Range"] != date:
        respond(handler, 200, content, Last_Modified=date)
    elif start >= size:
        respond(handler, 416, Content_Range=f"bytes */{size}")
    else:
        respond(handler, 206, content[start:], Last_Modified=date, Content_Range=f"bytes {start}-{size - 1}/{size}")


@contextmanager
def running(mirror: Mirror) -> Generator[Mirror]:
    handler = type("Handler", (Handler,), {"mirror": mirror})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        mirror.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield mirror
        server.shutdown()
        thread.join()


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    # Bypass any proxy of this machine.
    monkeypatch.setenv("no_proxy", "*")
    files = {f"/{source}/{name}": f"{source} {name}".encode() for source, names in NAMES.items() for name in names}
    with running(Mirror(files | {PATH: CONTENT})) as served:
        yield served


ONET = NAMES["onet"][0]
PATH = f"/onet/{ONET}"


def cut(after: int, date: str | None = DATE) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
    """Announce a whole file and send only its beginning."""

    def behave(handler: BaseHTTPRequestHandler, content: bytes) -> None:
        respond(handler, 200, content[:after], Content_Length=str(len(content)), Last_Modified=date)

    return behave


def fetch_cut(mirror: Mirror, folder: Path, after: int = 100_000, date: str | None = DATE) -> Path:
    """Fetch a file whose download is interrupted, and return the partial file."""
    mirror.behave = cut(after, date)
    with pytest.raises(FetchFailed, match=rf"{ONET}: connection closed after {after:,} of 300,000 bytes"):
        fetch("onet", folder, mirror.url)
    mirror.behave = None
    assert [file.name for file in (folder / "onet").iterdir()] == [f"{ONET}.part"]
    return folder / "onet" / f"{ONET}.part"


def test_all_sources_are_fetched_and_checksums_are_written(tmp_path: Path, mirror: Mirror) -> None:
    lines = fetch(None, tmp_path, f"{mirror.url}/")
    found = {f"/{file.relative_to(tmp_path)}": file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    sums = {path: content.decode() for path, content in found.items() if path.endswith(CHECKSUMS)}
    assert {path: content for path, content in found.items() if path not in sums} == mirror.files
    assert sums == {
        f"/{source}/{CHECKSUMS}": "".join(
            f"{hashlib.sha256(mirror.files[f'/{source}/{name}']).hexdigest()}  {name}\n" for name in sorted(names)
        )
        for source, names in NAMES.items()
    }
    assert len(lines) == len(mirror.files)
    assert f"{tmp_path / 'onet' / ONET}: 300,000 bytes" in lines


def test_unchanged_files_are_not_fetched_again(tmp_path: Path, mirror: Mirror) -> None:
    fetch(None, tmp_path, mirror.url)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.name != CHECKSUMS}
    assert fetch(None, tmp_path, mirror.url) == [
        f"{tmp_path / source / name}: unchanged" for source, names in NAMES.items() for name in names
    ]
    assert mirror.headers["If-Modified-Since"] == DATE
    files = {file: time for file, time in before.items() if file.is_file()}
    assert {file: file.stat().st_mtime_ns for file in files} == files


def test_changed_files_are_fetched_again(tmp_path: Path, mirror: Mirror) -> None:
    fetch("onet", tmp_path, mirror.url)
    mirror.files[PATH], mirror.date = b"a newer release", LATER
    assert fetch("onet", tmp_path, mirror.url) == [f"{tmp_path / 'onet' / ONET}: 15 bytes"]
    assert (tmp_path / "onet" / ONET).read_bytes() == b"a newer release"
    assert hashlib.sha256(b"a newer release").hexdigest() in (tmp_path / "onet" / CHECKSUMS).read_text()


def test_only_the_named_source_is_fetched(tmp_path: Path, mirror: Mirror) -> None:
    fetch("cps", tmp_path, mirror.url)
    assert [path for path, _ in mirror.requests] == [f"/cps/{name}" for name in NAMES["cps"]]
    assert [folder.name for folder in tmp_path.iterdir()] == ["cps"]


def test_an_interrupted_download_is_resumed(tmp_path: Path, mirror: Mirror) -> None:
    part = fetch_cut(mirror, tmp_path)
    assert part.read_bytes() == CONTENT[:100_000]
    assert fetch("onet", tmp_path, mirror.url) == [f"{part.with_suffix('')}: 300,000 bytes"]
    assert (mirror.headers["Range"], mirror.headers["If-Range"]) == ("bytes=100000-", DATE)
    assert part.with_suffix("").read_bytes() == CONTENT
    assert not part.exists()


def test_a_file_that_changed_since_is_downloaded_whole(tmp_path: Path, mirror: Mirror) -> None:
    part = fetch_cut(mirror, tmp_path)
    mirror.files[PATH], mirror.date = CONTENT[::-1], LATER
    fetch("onet", tmp_path, mirror.url)
    assert part.with_suffix("").read_bytes() == CONTENT[::-1]


def test_without_last_modified_the_file_is_downloaded_whole(tmp_path: Path, mirror: Mirror) -> None:
    part = fetch_cut(mirror, tmp_path, date=None)
    mirror.date = None
    fetch("onet", tmp_path, mirror.url)
    assert part.with_suffix("").read_bytes() == CONTENT


def test_without_range_support_the_file_is_downloaded_whole(tmp_path: Path, mirror: Mirror) -> None:
    part = fetch_cut(mirror, tmp_path)
    mirror.behave = lambda handler, content: respond(handler, 200, content)
    fetch("onet", tmp_path, mirror.url)
    assert "Range" in mirror.headers
    assert part.with_suffix("").read_bytes() == CONTENT


def test_a_complete_partial_file_is_downloaded_again(tmp_path: Path, mirror: Mirror) -> None:
    part = fetch_cut(mirror, tmp_path)
    date = part.stat().st_mtime
    part.write_bytes(CONTENT)
    os.utime(part, (date, date))
    fetch("onet", tmp_path, mirror.url)
    assert part.with_suffix("").read_bytes() == CONTENT


def test_a_response_with_another_range_is_refused(tmp_path: Path, mirror: Mirror) -> None:
    part = fetch_cut(mirror, tmp_path)
    mirror.behave = lambda handler, content: respond(
        handler, 206, content[50_000:], Content_Range="bytes 50000-299999/300000"
    )
    with pytest.raises(FetchFailed, match="the server resumed at another byte than requested"):
        fetch("onet", tmp_path, mirror.url)
    assert part.read_bytes() == CONTENT[:100_000]


def cut_in_chunks(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.protocol_version = "HTTP/1.1"
    respond(handler, 200, Content_Length=None, Transfer_Encoding="chunked", Last_Modified=DATE, Connection="close")
    handler.wfile.write(b"20000\r\n" + content[:0x20000] + b"\r\n20000\r\n" + content[:99])
    handler.close_connection = True


def hang_up(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def test_an_interrupted_chunked_download_is_detected(tmp_path: Path, mirror: Mirror) -> None:
    mirror.behave = cut_in_chunks
    with pytest.raises(FetchFailed, match=f"{ONET}: IncompleteRead"):
        fetch("onet", tmp_path, mirror.url)
    part = tmp_path / "onet" / f"{ONET}.part"
    assert CONTENT.startswith(part.read_bytes()[:0x20000])
    mirror.behave = None
    fetch("onet", tmp_path, mirror.url)
    assert part.with_suffix("").read_bytes() == CONTENT


def status(code: int) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
    return lambda handler, _: handler.send_error(code)


@pytest.mark.parametrize(
    ("behave", "line"),
    [
        (status(403), f"{PATH}: 403 Forbidden. Give an email address with --contact."),
        (status(404), f"{PATH}: 404 Not Found"),
        (status(500), f"{PATH}: 500 Internal Server Error"),
        (hang_up, f"{PATH}: Remote end closed connection without response"),
        (cut(1), f"{PATH}: connection closed after 1 of 300,000 bytes. Run it again to resume."),
    ],
)
def test_a_failed_request_is_reported_in_one_line(
    tmp_path: Path,
    mirror: Mirror,
    capsys: pytest.CaptureFixture[str],
    behave: Callable[[BaseHTTPRequestHandler, bytes], None],
    line: str,
) -> None:
    mirror.behave = behave
    assert main(["fetch", "onet", "--folder", str(tmp_path), "--mirror", mirror.url]) == 1
    assert tuple(capsys.readouterr()) == ("", f"error: {mirror.url}{line}\n")
    assert not (tmp_path / "onet" / ONET).exists()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://127.0.0.1:1", "Connection refused"),
        ("mirror.example/files", "unknown url type"),
        ("http://[half", "Invalid IPv6 URL"),
    ],
)
def test_an_unreachable_address_is_reported_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str, problem: str
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    assert main(["fetch", "onet", "--folder", str(tmp_path), "--mirror", address]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"error: {address}{PATH}: ")
    assert problem in err


def test_the_contact_is_sent_as_user_agent(tmp_path: Path, mirror: Mirror) -> None:
    fetch("onet", tmp_path, mirror.url, "someone@example.org")
    assert mirror.headers["User-Agent"] == "rolegraph (someone@example.org)"
    fetch("majors", tmp_path, mirror.url)
    assert mirror.headers["User-Agent"] == "rolegraph (no contact given)"


def test_a_contact_that_no_header_can_hold_is_reported(tmp_path: Path, mirror: Mirror) -> None:
    with pytest.raises(FetchFailed, match="Invalid header value"):
        fetch("onet", tmp_path, mirror.url, "someone\nelse")


def test_an_unwritable_folder_is_reported(tmp_path: Path, mirror: Mirror, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").touch()
    assert main(["fetch", "onet", "--folder", str(tmp_path / "data"), "--mirror", mirror.url]) == 1
    assert capsys.readouterr().err == f"error: cannot write {tmp_path / 'data/onet'}: Not a directory\n"


def test_subfolders_are_left_out_of_the_checksums(tmp_path: Path, mirror: Mirror) -> None:
    (tmp_path / "onet" / "unpacked").mkdir(parents=True)
    fetch("onet", tmp_path, mirror.url)
    assert (tmp_path / "onet" / CHECKSUMS).read_text().splitlines() == [
        f"{hashlib.sha256(CONTENT).hexdigest()}  {ONET}"
    ]


def test_fetched_files_can_be_imported(
    tmp_path: Path, mirror: Mirror, new_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mirror.files |= {f"/oews/{name}": content for name, content in as_flat_files().items()}
    assert main(["fetch", "oews", "--folder", str(tmp_path / "data"), "--mirror", mirror.url]) == 0
    assert main(["import", "oews", str(tmp_path / "data/oews"), "--database-url", new_url]) == 0
    *fetched, imported = capsys.readouterr().out.splitlines()
    assert len(fetched) == len(NAMES["oews"])
    assert imported == "Occupational Employment and Wage Statistics (OEWS) May 2025: read 19, stored 19"


def test_urls_are_on_the_publishers_hosts_and_file_names_are_unique() -> None:
    hosts = {"www.bls.gov", "download.bls.gov", "www.onetcenter.org", "nces.ed.gov", "www2.census.gov", "apps.bea.gov"}
    for source, urls in FILES.items():
        others = {url.split("/")[2] for url in urls} - hosts
        assert not others, f"if {source} is published there, add its host to this test: {others}"
        assert all(url.startswith("https://") for url in urls)
        assert len(set(NAMES[source])) == len(urls)
