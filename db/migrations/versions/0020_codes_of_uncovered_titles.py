"""The SOC codes of occupations that are not covered, next to their titles."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    for table in ("uncovered_title", "job_title"):
        op.add_column(table, sa.Column("code", sa.String(), nullable=True))
    op.create_index(op.f("ix_job_title_code"), "job_title", ["code"])
