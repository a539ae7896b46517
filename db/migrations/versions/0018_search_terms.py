"""The search index as one table of terms, whose three letters find words instead of titles."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    for table in ("search_word", "search_trigram"):
        op.drop_table(table)
    op.create_table(
        "search_term",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("rarity", sa.Float(), nullable=False),
        sa.Column("titles", sa.LargeBinary(), nullable=False),
        sa.Column("occupations", sa.LargeBinary(), nullable=False),
        sa.Column("shares", sa.LargeBinary(), nullable=False),
        sa.Column("described", sa.LargeBinary(), nullable=False),
        sa.Column("replacements", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_search_term")),
    )
