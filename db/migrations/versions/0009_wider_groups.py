"""Wider groups that figures are published for, and the reasons for categories and figures without a number."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "wider_group",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_wider_group_source_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_wider_group")),
    )
    op.create_table(
        "wider_group_member",
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_code"], ["wider_group.code"], name=op.f("fk_wider_group_member_group_code")),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_wider_group_member_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_wider_group_member_source_id")),
        sa.PrimaryKeyConstraint("group_code", "occupation_id", name=op.f("pk_wider_group_member")),
    )
    for table in ("wider_group", "wider_group_member"):
        op.create_index(op.f(f"ix_{table}_source_id"), table, ["source_id"])
    op.add_column("education", sa.Column("degrees_group_code", sa.String(), nullable=True))
    for table in ("demographics", "weekly_earnings"):
        op.add_column(table, sa.Column("group_code", sa.String(), nullable=True))
        op.add_column(table, sa.Column("missing", sa.JSON(none_as_null=True), nullable=True))
    # SQLite cannot alter a column, so the table is copied there.
    with op.batch_alter_table("share") as share:
        share.alter_column("percent", existing_type=sa.Float(), nullable=True)
        share.add_column(sa.Column("missing", sa.String(20), nullable=True))
