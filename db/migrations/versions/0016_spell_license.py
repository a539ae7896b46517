"""The license of a source is spelled as in American English, like the rest of the API."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute("ALTER TABLE source RENAME COLUMN licence TO license")
