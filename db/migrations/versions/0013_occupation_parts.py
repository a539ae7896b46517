"""Parts of the occupations that OEWS publishes for several SOC occupations together."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "occupation_part",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_occupation_part_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_occupation_part_source_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_occupation_part")),
    )
    for column in ("occupation_id", "source_id"):
        op.create_index(op.f(f"ix_occupation_part_{column}"), "occupation_part", [column])
