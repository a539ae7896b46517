"""An index that has the skills of each occupation in the order in which they are listed: the weightiest first."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WEIGHT = "coalesce(percent, importance, percentile)"


def upgrade() -> None:
    op.create_index(
        "ix_occupation_skill_weight",
        "occupation_skill",
        ["occupation_id", sa.text(f"({_WEIGHT} IS NULL)"), sa.text(f"{_WEIGHT} DESC"), "rank", "skill_id"],
    )
