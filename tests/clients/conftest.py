"""A server process and a browser, shared by the tests of clients."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.clients.browsing import ARGUMENTS, CHROMIUM, MILLISECONDS, Visit, Window

REPOSITORY = Path(__file__).parents[2]
SECONDS_TO_START = 20
SECONDS_TO_STOP = 10


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of the running server."""
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="session")
def server_url(everything: str, server_log: Path) -> Iterator[str]:
    """The address of a running server with all built-in data."""
    with running(everything, server_log) as url:
        yield url


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser for the tests of this package. Its event loop prevents others from running in this thread."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=MILLISECONDS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def window(browser: Browser, server_url: str) -> Iterator[Window]:
    """A window for visits of the pages."""
    with browser.new_context() as context:
        yield Window(context, server_url)


@pytest.fixture(scope="package")
def phone(browser: Browser, server_url: str) -> Iterator[Window]:
    """A window for visits of the pages on a phone."""
    with browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}) as context:
        yield Window(context, server_url)


@pytest.fixture
def visit(window: Window) -> Iterator[Visit]:
    """A visit of the pages, with an empty page to open them in."""
    with window.visiting() as visited:
        yield visited


@contextlib.contextmanager
def running(database_url: str, log: Path, *options: str) -> Generator[str]:
    """Run a server and yield its address."""
    port = str(free_port())
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "server", "--port", port, "--database-url", database_url, *options]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=REPOSITORY, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        try:
            _wait_until_ready(url, process, log)
            yield url
            process.send_signal(signal.SIGTERM)
            assert process.wait(SECONDS_TO_STOP) == 0, log.read_text()
        finally:
            process.kill()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    # Ignore proxies of the environment.
    with httpx2.Client(base_url=url, trust_env=False, timeout=5) as http:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx2.TransportError):
                if http.get("/readyz").status_code == 200:
                    return
            # Pause until the next attempt, or until the process ends.
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = process.wait(timeout=0.05)
                pytest.fail(f"The server exited with status {status} during startup:\n{log.read_text()}")
    pytest.fail(f"The server was not ready after {SECONDS_TO_START} seconds:\n{log.read_text()}")
