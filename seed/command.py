"""The command ``python -m seed``: store the bundled data, import publishers' files or list what is stored."""

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
from seed.words.command import WordsRefused, check_words
from seed.words.files import MalformedWords

_DESCRIPTION = "Store the data that is bundled with Rolegraph, or run a command."

_INTERRUPTED = 130
"""The exit status by which shells recognize a command that Ctrl-C ended."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command that the arguments name, print its report and return the exit status."""
    default = argparse.Namespace(database_url=os.environ.get("DATABASE_URL", DEFAULT_URL))
    options = _parser().parse_args(arguments, default)
    command: Callable[[argparse.Namespace], list[str]] = options.command
    try:
        lines = command(options)
    except (DatabaseError, FetchFailed, ImportRefused, MalformedWords, WordsRefused) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("error: interrupted\n")
        return _INTERRUPTED
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def _parser() -> argparse.ArgumentParser:
    # A default on a subcommand would overwrite an option given before the subcommand, so main() sets the only default.
    database = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    database.add_argument("--database-url", help=f"database to use (default: $DATABASE_URL, otherwise {DEFAULT_URL})")
    parser = argparse.ArgumentParser(prog="python -m seed", description=_DESCRIPTION, parents=[database])
    parser.set_defaults(command=_embedded)
    commands = parser.add_subparsers(metavar="COMMAND")

    importing = commands.add_parser("import", parents=[database], help="import a publisher's files")
    importing.add_argument("source", choices=SOURCES)
    importing.add_argument("path", type=Path, help="folder, zip archive or single file")
    importing.add_argument("--release", help="release, such as 30.2, for files that do not state theirs")
    importing.set_defaults(command=_import)

    fetching = commands.add_parser("fetch", help="download publishers' files; resumes interrupted downloads")
    fetching.add_argument("source", nargs="?", choices=SOURCES, help="source to download (default: all)")
    fetching.add_argument("--folder", type=Path, default=Path("data"), help="folder to download into (default: data)")
    fetching.add_argument("--mirror", help="base URL of a mirror; files are read from MIRROR/SOURCE/FILE")
    fetching.add_argument("--contact", help="your email address, sent to the publishers; BLS requires one")
    fetching.set_defaults(command=_fetch)

    distilling = commands.add_parser("distil", help="write seed/figures/ from a publisher's files")
    distilling.add_argument("source", choices=list(READERS))
    distilling.add_argument("path", type=Path, help="folder, zip archive or single file")
    distilling.add_argument("--release", help="release, such as 30.2, for files that do not state theirs")
    distilling.set_defaults(command=_distil)

    words = commands.add_parser("words", help="check Rolegraph's own descriptions and responsibilities")
    words.add_argument("--check", action="store_true", required=True, help="print what breaks a rule")
    words.add_argument("--publishers", type=Path, help="a folder with the SOC's and O*NET's files, to compare with")
    words.set_defaults(command=_words)

    listing = commands.add_parser("status", parents=[database], help="list the stored releases")
    listing.set_defaults(command=_status)
    return parser


def _embedded(options: argparse.Namespace) -> list[str]:
    # This check takes milliseconds. Opening the database for writing verifies all of it first.
    if is_all_stored(options.database_url):
        return ["all bundled data is stored: nothing to do"]
    with writing(options.database_url) as session:
        reports = store_embedded(session)
    return _lines(reports)


def _import(options: argparse.Namespace) -> list[str]:
    # The files are read before the transaction begins, so that other writers wait only while rows are stored.
    store_all = read_source(options.source, PublisherFiles(options.path), options.release)
    with writing(options.database_url) as session:
        reports = store_all(session)
    return _lines(reports)


def _fetch(options: argparse.Namespace) -> list[str]:
    return fetch(options.source, options.folder, options.mirror, options.contact)


def _status(options: argparse.Namespace) -> list[str]:
    return status(options.database_url)


def _distil(options: argparse.Namespace) -> list[str]:
    datasets = READERS[options.source](PublisherFiles(options.path), release=options.release)
    return [f"{path.name}: {path.stat().st_size:,} bytes" for path in distil(datasets)]


def _words(options: argparse.Namespace) -> list[str]:
    return check_words(options.publishers)


def _lines(reports: list[Report]) -> list[str]:
    return [line for report in reports for line in report.lines()]
