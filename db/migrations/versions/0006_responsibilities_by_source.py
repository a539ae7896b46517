"""Responsibilities of several sources for one occupation, the work activities they belong to, and words to search by.

The table whose key changes is created again, empty. Resetting the sources' digests makes the next ``python -m seed``
store its rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.drop_table("responsibility")
    op.create_table(
        "responsibility",
        *_key(),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("core", sa.Boolean(), nullable=True),
        *_constraints("responsibility", "position"),
    )
    op.create_table(
        "work_activity",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_work_activity_source_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_work_activity")),
    )
    op.create_table(
        "responsibility_activity",
        *_key(),
        sa.Column("activity_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_code"], ["work_activity.code"], name=op.f("fk_responsibility_activity_activity_code")
        ),
        *_constraints("responsibility_activity", "position", "activity_code"),
    )
    op.create_table(
        "description_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_description_word_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_description_word_source_id")),
        sa.PrimaryKeyConstraint("word", "occupation_id", name=op.f("pk_description_word")),
    )
    for table in ("responsibility", "work_activity", "responsibility_activity", "description_word"):
        op.create_index(op.f(f"ix_{table}_source_id"), table, ["source_id"])
    op.execute("UPDATE source SET digest = ''")


def _key() -> list[sa.Column[int] | sa.Column[str]]:
    return [
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    ]


def _constraints(table: str, *others: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f(f"fk_{table}_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f(f"fk_{table}_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "source_id", *others, name=op.f(f"pk_{table}")),
    ]
