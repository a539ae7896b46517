"""The search index: titles in a searchable form, and a full-text index of their trigrams for each dialect."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "search_title",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("employment", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_title")),
    )
    op.create_table(
        "search_trigram",
        sa.Column("trigram", sa.String(), nullable=False),
        sa.Column("titles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("trigram", name=op.f("pk_search_trigram")),
    )
    if op.get_context().dialect.name == "sqlite":
        # It reads search_title and stores neither positions nor sizes: it only has to find the titles with a trigram.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5 "
            "(words, content = search_title, content_rowid = id, detail = none, "
            "columnsize = 0, tokenize = 'trigram case_sensitive 1')"
        )
    else:
        op.execute(
            "CREATE TABLE search_index "
            "(rowid integer CONSTRAINT pk_search_index PRIMARY KEY, trigrams tsvector NOT NULL)"
        )
        # The pending list has space for all titles, which are then sorted into the index together: one by one takes
        # five times as long.
        op.execute(
            "CREATE INDEX ix_search_index_trigrams ON search_index "
            "USING gin (trigrams) WITH (fastupdate = on, gin_pending_list_limit = 262144)"
        )
