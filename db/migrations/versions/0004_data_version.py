"""The data's version: one row with a token, which every transaction that writes data replaces."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    table = op.create_table(
        "data_version",
        sa.Column("token", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_data_version")),
    )
    op.bulk_insert(table, [{"token": uuid4().hex}])
