"""Regional price parities of areas, and interests of occupations."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "price_parity",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("all_items", sa.Float(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_price_parity_source_id")),
        sa.PrimaryKeyConstraint("area_code", name=op.f("pk_price_parity")),
    )
    op.create_index(op.f("ix_price_parity_source_id"), "price_parity", ["source_id"])
    op.create_table(
        "interest",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("high_point", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_interest_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_interest_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "name", name=op.f("pk_interest")),
    )
    op.create_index(op.f("ix_interest_source_id"), "interest", ["source_id"])
