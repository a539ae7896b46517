"""An index on the code of fields of study, which are found by their global ids."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index("ix_field_of_study_code", "field_of_study", ["code"])
