"""``python -m seed``: store the data that comes with Rolegraph, import publishers' files, or tell what is stored."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from db.location import DEFAULT_URL, DatabaseError
from db.writing import writing
from seed.dataset import Report
from seed.embedded import is_all_stored, store_embedded
from seed.fetch import FetchFailed, fetch
from seed.figure_files import distil
from seed.importers import READERS, SOURCES, read_source
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.status import status

_INTERRUPTED = 130
"""The exit status that shells know as that of a command ended by Ctrl-C."""


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says, say what was done, and return the exit status."""
    default = argparse.Namespace(database_url=os.environ.get("DATABASE_URL", DEFAULT_URL))
    options = _parser().parse_args(arguments, default)
    command: Callable[[argparse.Namespace], list[str]] = options.command
    try:
        lines = command(options)
    except (DatabaseError, FetchFailed, ImportRefused) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("error: interrupted\n")
        return _INTERRUPTED
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def _parser() -> argparse.ArgumentParser:
    # A default of a command's own would replace what is said before the command, so it is the whole parser's.
    database = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    database.add_argument("--database-url", help=f"the database to fill (default: DATABASE_URL, or {DEFAULT_URL})")
    parser = argparse.ArgumentParser(prog="python -m seed", description=__doc__, parents=[database])
    parser.set_defaults(command=_embedded)
    commands = parser.add_subparsers(metavar="COMMAND")

    importing = commands.add_parser("import", parents=[database], help="import a publisher's own files")
    importing.add_argument("source", choices=SOURCES)
    importing.add_argument("path", type=Path, help="a folder, a zip or a single file")
    importing.add_argument("--release", help="the release, for files that name none, such as 30.2")
    importing.set_defaults(command=_import)

    fetching = commands.add_parser("fetch", help="download the publishers' files, going on where an earlier try ended")
    fetching.add_argument("source", nargs="?", choices=SOURCES, help="only this source (default: all)")
    fetching.add_argument("--folder", type=Path, default=Path("data"), help="where to (default: data)")
    fetching.add_argument("--mirror", help="fetch <mirror>/<source>/<file> instead of the publishers' addresses")
    fetching.add_argument("--contact", help="an e-mail address for the publishers to write to; BLS asks for one")
    fetching.set_defaults(command=_fetch)

    distilling = commands.add_parser("distil", help="write seed/figures/ from a publisher's own files")
    distilling.add_argument("source", choices=list(READERS))
    distilling.add_argument("path", type=Path, help="a folder, a zip or a single file")
    distilling.add_argument("--release", help="the release, for files that name none, such as 30.2")
    distilling.set_defaults(command=_distil)

    telling = commands.add_parser("status", parents=[database], help="tell which releases are stored")
    telling.set_defaults(command=_status)
    return parser


def _embedded(options: argparse.Namespace) -> list[str]:
    # Whether there is anything to do is soon seen; only writing asks for a look at the whole database.
    if is_all_stored(options.database_url):
        return ["everything that comes with Rolegraph is stored: up to date"]
    with writing(options.database_url) as session:
        reports = store_embedded(session)
    return _said(reports)


def _import(options: argparse.Namespace) -> list[str]:
    # Read first: other writers wait only while what was read is stored.
    stored = read_source(options.source, PublisherFiles(options.path), options.release)
    with writing(options.database_url) as session:
        reports = stored(session)
    return _said(reports)


def _fetch(options: argparse.Namespace) -> list[str]:
    return fetch(options.source, options.folder, options.mirror, options.contact)


def _status(options: argparse.Namespace) -> list[str]:
    return status(options.database_url)


def _distil(options: argparse.Namespace) -> list[str]:
    datasets = READERS[options.source](PublisherFiles(options.path), release=options.release)
    return [f"{path.name}: {path.stat().st_size:,} bytes" for path in distil(datasets)]


def _said(reports: list[Report]) -> list[str]:
    return [line for report in reports for line in report.lines()]


if __name__ == "__main__":
    sys.exit(main())
