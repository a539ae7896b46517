"""The search index as lists of titles by word and by trigram, in place of each database's own full-text index."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    for table in ("search_index", "search_trigram", "search_title"):
        op.drop_table(table)
    op.create_table(
        "search_title",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=True),
        sa.Column("not_covered", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Float(), nullable=False),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column("prior", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_title")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("rarity", sa.Float(), nullable=False),
        sa.Column("titles", sa.LargeBinary(), nullable=False),
        sa.Column("occupations", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "search_trigram",
        sa.Column("trigram", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("titles", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("trigram", name=op.f("pk_search_trigram")),
    )
    op.create_table(
        "title_digest",
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_title_digest")),
    )
