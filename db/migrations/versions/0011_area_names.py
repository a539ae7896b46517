"""Other names of areas, by which they are found: their cities, their counties and nicknames."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "area_name",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_area_name_source_id")),
        sa.PrimaryKeyConstraint("area_code", "name", "source_id", name=op.f("pk_area_name")),
    )
    op.create_index(op.f("ix_area_name_source_id"), "area_name", ["source_id"])
