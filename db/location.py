"""Where the database is, and how it is opened for reading and for writing."""

import os
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

DEFAULT_URL = "sqlite:///rolegraph.sqlite3"
"""Where the data lies unless DATABASE_URL says otherwise: a file in the folder that a command is run from."""

LOCK_TIMEOUT_SECONDS = 60
"""How long a writer waits for another one, and a reader for a commit, before it gives up."""


class DatabaseError(Exception):
    """The database can't be used; the message says why in one line that an operator can act on."""


def sqlite_path(url: str) -> Path:
    """Return the file that a ``sqlite:///`` URL names; raise DatabaseError on any other URL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseError("the database URL can't be read; write it as sqlite:///rolegraph.sqlite3") from None
    if parsed.drivername != "sqlite":
        raise DatabaseError(f"no support for {parsed.drivername} databases; write sqlite:///rolegraph.sqlite3")
    if not parsed.database or parsed.database == ":memory:":
        raise DatabaseError("the database URL names no file; write it as sqlite:///rolegraph.sqlite3")
    return Path(parsed.database)


def _engine(url: str, **options: str) -> Engine:
    address = f"file:{quote(os.fsencode(sqlite_path(url).absolute()))}"
    return create_engine(
        URL.create("sqlite", database=address, query={"uri": "true", **options}),
        connect_args={"timeout": LOCK_TIMEOUT_SECONDS, "check_same_thread": False},
    )


def reading_engine(url: str) -> Engine:
    """Open for reading only: whatever is run, the file stays as it is."""
    path = sqlite_path(url).absolute()
    if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        # Readers of a write-ahead log keep an index beside the file. Where they can't, nobody else can write either.
        return _engine(url, mode="ro", immutable="1")
    return _engine(url, mode="ro")


def writing_engine(url: str) -> Engine:
    """Open for writing, creating the file where there is none."""
    engine = _engine(url, mode="rwc")

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver's own transactions begin too late to lock before the first read, so they are turned off.
        # Readers go on reading the last commit while a write-ahead log is filled.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Immediate: of two writers at once, the second waits here and then sees what the first has written.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
