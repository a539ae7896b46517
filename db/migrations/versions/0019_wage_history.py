"""National wages by year, and the price index that converts them to constant dollars."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "consumer_price_index",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_consumer_price_index_source_id")),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_consumer_price_index")),
    )
    op.create_table(
        "wage_year",
        # The primary key comes first: SQLite's check of a table without row ids takes another order for damage.
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("employment", sa.Integer(), nullable=True),
        sa.Column("employment_standard_error_percent", sa.Float(), nullable=True),
        sa.Column("wage_standard_error_percent", sa.Float(), nullable=True),
        sa.Column("annual_mean", sa.Float(), nullable=True),
        sa.Column("annual_median", sa.Float(), nullable=True),
        sa.Column("annual_p10", sa.Float(), nullable=True),
        sa.Column("annual_p25", sa.Float(), nullable=True),
        sa.Column("annual_p75", sa.Float(), nullable=True),
        sa.Column("annual_p90", sa.Float(), nullable=True),
        sa.Column("hourly_mean", sa.Float(), nullable=True),
        sa.Column("hourly_median", sa.Float(), nullable=True),
        sa.Column("hourly_p10", sa.Float(), nullable=True),
        sa.Column("hourly_p25", sa.Float(), nullable=True),
        sa.Column("hourly_p75", sa.Float(), nullable=True),
        sa.Column("hourly_p90", sa.Float(), nullable=True),
        sa.Column("missing", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_wage_year_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_wage_year_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "year", name=op.f("pk_wage_year")),
        sqlite_with_rowid=False,
    )
