"""The parts of occupations that O*NET relates where it does not relate the whole."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("related_occupation", sa.Column("part", sa.String(), nullable=True))
    op.add_column("related_occupation", sa.Column("related_part", sa.String(), nullable=True))
