"""docs/production.md: its examples are valid and agree with the defaults of the settings."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.database import READY_SECONDS
from db.postgresql import FAILOVER_SECONDS
from server.settings import Settings
from tests.deployment.files import ROOT, image

PAGE = (ROOT / "docs" / "production.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def deployed(name: str) -> str:
    """Return a file of deploy/."""
    return (ROOT / "deploy" / name).read_text(encoding="utf-8")


def default(setting: str) -> Any:
    """Return a setting's default."""
    return Settings.model_fields[setting].default


def test_the_settings_in_its_examples_are_valid_together() -> None:
    lines = re.findall(r"^([A-Z_]+)=(\S+)", "".join(blocks("sh")), re.MULTILINE)
    given = {name.lower(): value for name, value in lines}
    assert {"rate_limit", "trusted_proxies", "valkey_url", "workers", "trusted_documents", "database_url"} == {
        *given
    } - {"trusted_documents_only"}
    settings = Settings.model_validate(given)
    assert settings.trusted_documents_only


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_finds_nothing_wrong_with_the_service(tmp_path: Path) -> None:
    [unit] = blocks("ini")
    path = tmp_path / "rolegraph.service"
    # systemd checks that the program exists.
    path.write_text(unit.replace("/opt/rolegraph/.venv/bin/python", sys.executable), encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_the_service_may_have_many_more_connections_than_operations() -> None:
    [unit] = blocks("ini")
    assert seconds(r"\nLimitNOFILE=(\d+)\n", unit) > 100 * default("max_in_flight")


def seconds(pattern: str, text: str) -> float:
    """Return the number that a pattern finds in a text."""
    match = re.search(pattern, text)
    assert match, pattern
    return float(match[1])


@pytest.mark.parametrize(
    ("text", "idle", "answer", "body"),
    [
        pytest.param(
            deployed("nginx.conf"),
            r"keepalive_timeout (\d+)s",
            r"proxy_read_timeout (\d+)s",
            r"body_size (\d+)k",
            id="nginx",
        ),
        pytest.param(
            blocks("caddyfile")[0],
            r"keepalive (\d+)s",
            r"header_timeout (\d+)s",
            r"max_size (\d+)KB",
            id="Caddy",
        ),
    ],
)
def test_the_proxies_agree_with_the_defaults(text: str, idle: str, answer: str, body: str) -> None:
    assert seconds(idle, text) < default("keep_alive_timeout")
    assert seconds(answer, text) > default("execution_timeout")
    assert 1000 * seconds(body, text) > default("max_body_bytes")
    assert all(path in text for path in ("/metrics", "/readyz", "Strict-Transport-Security"))
    assert f"127.0.0.1:{default('port')}" in text


def test_the_files_for_several_machines_agree_with_the_defaults_and_each_other() -> None:
    nginx, haproxy, pgbouncer = map(deployed, ("nginx.conf", "haproxy.cfg", "pgbouncer.ini"))
    assert seconds(r"timeout server (\d+)s", haproxy) > default("execution_timeout")
    assert seconds(r"timeout check (\d+)s", haproxy) > READY_SECONDS
    assert seconds(r"timeout http-keep-alive (\d+)s", haproxy) > seconds(r"keepalive_timeout (\d+)s", nginx)
    # A server fails its check while the database fails over, and must still be there afterwards.
    assert seconds(r"default-server fall (\d+)", haproxy) > FAILOVER_SECONDS
    assert seconds(r"query_wait_timeout = (\d+)", pgbouncer) == default("database_pool_timeout")
    for ours, theirs in ((nginx, haproxy), (pgbouncer.replace(" port=", ":"), haproxy)):
        [place] = {*re.findall(r"(?:server |host=)(127\.0\.0\.1:\d+)", ours)}
        assert f"bind {place}\n" in theirs
    connected = seconds(r"max_client_conn = (\d+)", pgbouncer)
    assert connected > Settings.model_fields["workers"].metadata[1].le * (default("database_pool_size") + 3)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(lambda: blocks("ini")[0], id="systemd"),
        pytest.param(lambda: PAGE, id="docker run"),
    ],
)
def test_process_managers_wait_longer_than_the_shutdown_timeout(found: Callable[[], str]) -> None:
    assert seconds(r"(?:TimeoutStopSec=|--stop-timeout )(\d+)", found()) > default("shutdown_timeout")


def test_the_image_is_run_with_its_own_volume_and_port() -> None:
    commands = "".join(blocks("sh"))
    volume, port = image().one("VOLUME"), image().one("EXPOSE")
    assert commands.count(f"--volume rolegraph:{volume} ") == 2
    assert f"--publish 127.0.0.1:{port}:{port} " in commands
