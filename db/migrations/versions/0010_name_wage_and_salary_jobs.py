"""The basis of numbers of jobs is named for what OEWS counts: wage-and-salary jobs."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("UPDATE job_count SET basis = 'WAGE_AND_SALARY' WHERE basis = 'EMPLOYED'")
