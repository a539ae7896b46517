"""O*NET's mark of elements that are not relevant to an occupation."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("occupation_skill", sa.Column("not_relevant", sa.Boolean(), nullable=True))
