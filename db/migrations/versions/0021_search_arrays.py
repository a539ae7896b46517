"""The search index as arrays in one value, which each process holds in memory."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for table in ("search_term", "search_title", "title_digest"):
        op.drop_table(table)
    op.create_table(
        "search_index",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("arrays", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_search_index")),
    )
