"""Titles of several sources, work that the wage data leave out, synonyms, and the job titles derived from all."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    # SQLite cannot change a key, so the table is copied there.
    with op.batch_alter_table("alternate_title") as titles:
        titles.add_column(sa.Column("reported", sa.Boolean(), nullable=False, server_default=sa.false()))
        titles.drop_constraint(op.f("pk_alternate_title"), type_="primary")
        titles.create_primary_key(op.f("pk_alternate_title"), ["occupation_id", "title", "source_id"])
    op.create_table(
        "uncovered_title",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_uncovered_title_source_id")),
        sa.PrimaryKeyConstraint("title", "source_id", name=op.f("pk_uncovered_title")),
    )
    op.create_table(
        "title_synonym",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("replacement", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_title_synonym_source_id")),
        sa.PrimaryKeyConstraint("words", "replacement", "source_id", name=op.f("pk_title_synonym")),
    )
    for table in ("uncovered_title", "title_synonym"):
        op.create_index(op.f(f"ix_{table}_source_id"), table, ["source_id"])
    op.create_table(
        "job_title",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=True),
        sa.Column("not_covered", sa.String(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_job_title")),
    )
    op.create_index(op.f("ix_job_title_words"), "job_title", ["words"])
    op.create_table(
        "job_title_occupation",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("words", "rank", name=op.f("pk_job_title_occupation")),
        sqlite_with_rowid=False,
    )
