"""``python -m seed``: bring the database to the newest migration and store the embedded data."""

import argparse
import os
import sys

from db.location import DEFAULT_URL, DatabaseError
from db.urls import location_of
from db.writing import writing
from seed.page import store_page


def main() -> int:
    """Seed, say in one line what was done, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m seed", description=__doc__)
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", DEFAULT_URL),
        help=f"the database to fill (default: DATABASE_URL, or {DEFAULT_URL})",
    )
    url = parser.parse_args().database_url
    try:
        with writing(url) as session:
            roles = store_page(session)
        where = location_of(url)
    except DatabaseError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stdout.write(f"{where}: stored {roles} roles\n" if roles else f"{where}: up to date\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
