"""The deployment of docs/scaling.md on one machine, with the configuration files of deploy/."""

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from bench.soak import QUERIES, Releases
from tests import valkeys
from tests.databases import PostgreSQLServer, Replica, running_server
from tests.deployment.files import ROOT
from tests.deployment.running import SECONDS, create_reader, free_port
from tests.server.processes import Server, serving_forked

PROGRAMS = ("haproxy", "nginx", "openssl", "pgbouncer")
PASSWORD = "a1b2c3"  # noqa: S105 - of a database that lives for seconds
HOST = "api.example.org"
CACHE_SECONDS = 1
CLIENTS = 4
PAUSE = 0.01
"""Seconds between two requests of a client. Without them the machine would have little else to do."""

_PATH = f"{os.environ['PATH']}:/usr/sbin"
"""Debian installs servers where only root looks for programs."""

_NGINX = """
daemon off;
pid {folder}/nginx.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/unused;
    scgi_temp_path {folder}/unused;
    uwsgi_temp_path {folder}/unused;
    include {folder}/nginx.conf;
}}
"""
"""What Debian's /etc/nginx/nginx.conf is around a file in conf.d."""


class Response(NamedTuple):
    """A response: the query, whether it was sent by POST, the status, the body and the id of the request."""

    query: str
    by_post: bool
    status: int
    body: bytes
    request_id: str


class Connection:
    """A client's connection to nginx, or to one of the servers."""

    def __init__(self, port: int, context: ssl.SSLContext | None = None) -> None:
        self._http = http.client.HTTPConnection(HOST, port)
        self._http.sock = socket.create_connection(("127.0.0.1", port), SECONDS)
        if context:
            self._http.sock = context.wrap_socket(self._http.sock, server_hostname=HOST)

    def post(self, query: str, comment: object = "") -> Response:
        """Send a query by POST. With another comment it is another document, of which no cache has the answer."""
        body = json.dumps({"query": f"# {comment}\n{query}"})
        self._http.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        return self._response(query, by_post=True)

    def get(self, query: str, comment: object = "") -> Response:
        """Send a query by GET."""
        document = f"# {comment}\n{query}"
        self._http.request("GET", f"/graphql?{urlencode({'query': document})}")
        return self._response(query, by_post=False)

    def _response(self, query: str, *, by_post: bool) -> Response:
        with self._http.getresponse() as response:
            return Response(query, by_post, response.status, response.read(), response.headers["X-Request-Id"])

    def close(self) -> None:
        """Close it."""
        self._http.close()


class Traffic:
    """What clients have received."""

    def __init__(self) -> None:
        self.responses: list[list[Response]] = [[] for _ in range(CLIENTS)]
        """The responses of each client, in order."""
        self.lost: list[str] = []
        """Requests that got no response, or one that is no answer."""

    @property
    def answered(self) -> int:
        """The number of responses."""
        return sum(map(len, self.responses))


class Deployment:
    """The running deployment."""

    def __init__(self, primary: PostgreSQLServer, replica: Replica, states: Releases, port: int, cafile: Path) -> None:
        self.primary = primary
        self.replica = replica
        self.states = states
        self.servers: list[Server] = []
        self.processes: dict[str, int] = {}
        """The ids of the other programs' processes, by name."""
        self.ports = [free_port(), free_port()]
        self.port = port
        self._context = ssl.create_default_context(cafile=str(cafile))
        self._numbers = count()

    def connected(self) -> Connection:
        """Return a connection to nginx."""
        return Connection(self.port, self._context)

    def answers(self) -> dict[str, bytes]:
        """Return the answer to each query."""
        connection = self.connected()
        answers = {query: connection.post(query, next(self._numbers)).body for query in QUERIES}
        connection.close()
        return answers

    def cached(self, query: str) -> bytes:
        """Return the answer to a query by GET, which nginx may have cached."""
        connection = self.connected()
        answer = connection.get(query).body
        connection.close()
        return answer

    def answers_of_each_worker(self, query: str) -> dict[str, bytes]:
        """Return the answer of each of the four workers, by the part of its requests' ids that is its own."""
        answers = dict[str, bytes]()
        for port in self.ports:
            workers = set[str]()
            while len(workers) < 2:
                connection = Connection(port)
                response = connection.post(query, next(self._numbers))
                connection.close()
                workers.add(response.request_id[:16])
                answers[response.request_id[:16]] = response.body
        return answers

    @contextmanager
    def traffic(self) -> Generator[Traffic]:
        """Let clients send requests before, during and after a block."""
        traffic, stopped = Traffic(), threading.Event()
        threads = [threading.Thread(target=self._send, args=(traffic, n, stopped)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        try:
            _wait(lambda: traffic.answered > 50)
            yield traffic
            answered = traffic.answered
            _wait(lambda: traffic.answered > answered + 50)
        finally:
            stopped.set()
            for thread in threads:
                thread.join()

    def _send(self, traffic: Traffic, client: int, stopped: threading.Event) -> None:
        connection = self.connected()
        while not stopped.wait(PAUSE):
            number = next(self._numbers)
            send = connection.get if number % 3 == 0 else connection.post
            try:
                response = send(QUERIES[number % len(QUERIES)], number)
            except (OSError, http.client.HTTPException) as error:
                traffic.lost.append(repr(error))
                connection.close()
                connection = self.connected()
                continue
            if response.status == http.client.OK and b'"errors"' not in response.body:
                traffic.responses[client].append(response)
            else:
                traffic.lost.append(f"{response.status}: {response.body!r}")
        connection.close()


def _wait(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not true():
        if time.monotonic() > deadline:
            pytest.fail("The deployment does not answer.")
        time.sleep(0.01)


def _shipped(name: str, places: Mapping[str, str]) -> str:
    """Return a file of deploy/ with the places of this deployment instead of its own, all of which it must have."""
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    for shipped, here in places.items():
        assert shipped in text, f"{name} has no {shipped}"
        text = text.replace(shipped, here)
    return text


@contextmanager
def scaled_out(store: Callable[[str], object] | None = None, **settings: str) -> Generator[Deployment]:
    """Run a primary, a replica, PgBouncer, two servers of two workers, HAProxy, nginx and Valkey.

    Without a function that stores data the data are the small releases of ``Releases``.
    """
    if missing := [program for program in PROGRAMS if not shutil.which(program, path=_PATH)]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rolegraph-")))
        # PgBouncer refuses to run as root.
        folder.chmod(0o755)
        certificate, key = _certificate(folder)
        primary = stack.enter_context(running_server())
        primary.run("CREATE DATABASE rolegraph TEMPLATE template0")
        create_reader(f"postgresql://postgres@/rolegraph?{primary.query}", PASSWORD)
        # Importers write to whichever of the two is the primary.
        replica_folder = primary.query.replace("/data", "/replica")
        hosts = f"{primary.query},{replica_folder.removeprefix('host=')}"
        states = Releases(f"postgresql://postgres@/rolegraph?{hosts}&target_session_attrs=read-write", folder)
        store(states.url) if store else states.store()
        replica = stack.enter_context(primary.replica())
        assert replica.query == replica_folder
        deployment = Deployment(primary, replica, states, free_port(), certificate)
        web, database, pooled = free_port(), free_port(), free_port()
        haproxy = {
            "127.0.0.1:8000": f"127.0.0.1:{web}",
            "10.0.0.11:8000": f"127.0.0.1:{deployment.ports[0]}",
            "10.0.0.12:8000": f"127.0.0.1:{deployment.ports[1]}",
            "127.0.0.1:6433": f"127.0.0.1:{database}",
            "10.0.0.20:5432": f"unix@{primary.query.removeprefix('host=')}/.s.PGSQL.5432",
            "10.0.0.21:5432": f"unix@{replica.query.removeprefix('host=')}/.s.PGSQL.5432",
        }

        def run(program: str, *arguments: str) -> None:
            deployment.processes[program] = stack.enter_context(_running(program, *arguments))

        _write(folder / "haproxy.cfg", _shipped("haproxy.cfg", haproxy))
        run("haproxy", "-db", "-f", str(folder / "haproxy.cfg"))
        users = folder / "userlist.txt"
        _write(users, f'"rolegraph_reader" "{PASSWORD}"\n')
        pgbouncer = {
            "port=6433": f"port={database}",
            "= 6432": f"= {pooled}",
            "/etc/pgbouncer/userlist.txt": str(users),
        }
        _write(folder / "pgbouncer.ini", _shipped("pgbouncer.ini", pgbouncer))
        as_nobody = ("-u", "nobody") if os.geteuid() == 0 else ()
        run("pgbouncer", *as_nobody, str(folder / "pgbouncer.ini"))
        nginx = {
            "listen 443 ssl;": f"listen 127.0.0.1:{deployment.port} ssl;",
            "listen [::]:443 ssl;": "",
            "127.0.0.1:8000": f"127.0.0.1:{web}",
            "/var/cache/nginx/rolegraph": f"{folder}/cache",
            "/etc/ssl/api.example.org.pem": str(certificate),
            "/etc/ssl/api.example.org.key": str(key),
        }
        _write(folder / "nginx.conf", _shipped("nginx.conf", nginx))
        _write(folder / "main.conf", _NGINX.format(folder=folder))
        run("nginx", "-e", "stderr", "-c", str(folder / "main.conf"))
        environment = {
            "DATABASE_URL": f"postgresql://rolegraph_reader:{PASSWORD}@127.0.0.1:{pooled}/rolegraph",
            "DATABASE_PREPARED_STATEMENTS": "false",
            # Each request reads the database.
            "ROW_CACHE_ROWS": "0",
            "WORKERS": "2",
            "TRUSTED_PROXIES": "127.0.0.1",
            "RATE_LIMIT": "100000000/minute",
            "VALKEY_URL": stack.enter_context(valkeys.running()).url,
            "CACHE_SECONDS": str(CACHE_SECONDS),
        } | settings
        _wait(lambda: _listens(database) and _listens(pooled))
        for port in deployment.ports:
            deployment.servers.append(stack.enter_context(serving_forked(PORT=str(port), **environment)))
        for server in deployment.servers:
            server.wait_for_workers(2)
            server.drain()
        _wait(lambda: _is_ready(deployment))
        yield deployment


def _is_ready(deployment: Deployment) -> bool:
    connection = deployment.connected()
    ready = connection.post(QUERIES[-1]).status == http.client.OK
    connection.close()
    return ready


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), SECONDS).close()
    except ConnectionRefusedError:
        return False
    return True


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Return the files of a new certificate and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}")
    new = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *subject)
    subprocess.run([*new, "-keyout", str(key), "-out", str(certificate)], capture_output=True, check=True)
    return certificate, key


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


@contextmanager
def _running(program: str, *arguments: str) -> Generator[int]:
    """Run a program, and print what it wrote; the block gets the id of its process."""
    command: Sequence[str] = (shutil.which(program, path=_PATH) or program, *arguments)
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as process,
    ):
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(SECONDS)
            log.seek(0)
            # pytest shows it with a failure.
            print(f"{program}:\n{log.read()}")  # noqa: T201
