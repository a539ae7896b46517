"""Tables for the publishers' data: wages of groups, descriptions, fields of study, earnings by sex, release versions.

Tables with changed keys are created again, empty. The digests of the sources are reset, so that the next
``python -m seed`` stores their data again.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _forget_figures_whose_keys_change()
    _create_wage_tables()
    op.create_table(
        "demographics",
        _occupation_id(),
        _source_id(),
        sa.Column("average_age", sa.Float(), nullable=True),
        sa.Column("median_age", sa.Float(), nullable=True),
        sa.Column("lgbt_percent", sa.Float(), nullable=True),
        sa.Column("race_is_exclusive", sa.Boolean(), nullable=True),
        *_keys("demographics", "occupation_id", "source_id"),
    )
    op.create_table(
        "description",
        _occupation_id(),
        _source_id(),
        sa.Column("text", sa.String(), nullable=False),
        *_keys("description", "occupation_id", "source_id"),
    )
    op.create_table(
        "field_of_study",
        _occupation_id(),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        _source_id(),
        *_keys("field_of_study", "occupation_id", "code"),
    )
    op.create_table(
        "weekly_earnings",
        _occupation_id(),
        sa.Column("everyone", sa.Integer(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        _source_id(),
        *_keys("weekly_earnings", "occupation_id"),
    )
    for table in ("demographics", "description", "field_of_study", "weekly_earnings"):
        op.create_index(op.f(f"ix_{table}_source_id"), table, ["source_id"])
    _add_columns()
    op.drop_column("occupation", "description")
    op.create_index(op.f("ix_education_typical_entry"), "education", ["typical_entry"])
    op.drop_index(op.f("ix_skill_kind"), table_name="skill")
    op.create_index(op.f("ix_skill_kind_name"), "skill", ["kind", "name"], unique=True)


def _forget_figures_whose_keys_change() -> None:
    for table in ("wage", "demographics"):
        op.drop_table(table)
    op.execute("UPDATE source SET digest = ''")


def _occupation_id() -> sa.Column[int]:
    return sa.Column("occupation_id", sa.Integer(), nullable=False)


def _source_id() -> sa.Column[str]:
    return sa.Column("source_id", sa.String(), nullable=False)


def _keys(table: str, *primary: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f(f"fk_{table}_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f(f"fk_{table}_source_id")),
        sa.PrimaryKeyConstraint(*primary, name=op.f(f"pk_{table}")),
    ]


def _create_wage_tables() -> None:
    for table, key, kind, parent in (
        ("wage", "occupation_id", sa.Integer(), "occupation.id"),
        ("group_wage", "group_code", sa.String(), "occupation_group.code"),
    ):
        op.create_table(
            table,
            # SQLite stores such a table in the order of its key, and its checks (at least those of 3.40) read columns
            # that are declared before the key from the wrong places.
            sa.Column(key, kind, nullable=False),
            sa.Column("area_code", sa.String(), nullable=False),
            sa.Column("industry_code", sa.String(), nullable=False),
            sa.Column("employment", sa.Integer(), nullable=True),
            *(sa.Column(name, sa.Float(), nullable=True) for name in _wage_figures()),
            sa.Column(
                "range_basis",
                sa.Enum("AS_PUBLISHED", "P10_TO_P90", name="rangebasis", native_enum=False, length=20),
                nullable=True,
            ),
            sa.Column("missing", sa.JSON(), nullable=True),
            sa.Column("source_id", sa.String(), nullable=False),
            sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f(f"fk_{table}_area_code")),
            sa.ForeignKeyConstraint(["industry_code"], ["industry.code"], name=op.f(f"fk_{table}_industry_code")),
            sa.ForeignKeyConstraint([key], [parent], name=op.f(f"fk_{table}_{key}")),
            sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f(f"fk_{table}_source_id")),
            sa.PrimaryKeyConstraint(key, "area_code", "industry_code", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )
    op.create_index(op.f("ix_wage_area_code_industry_code"), "wage", ["area_code", "industry_code"])


def _wage_figures() -> list[str]:
    periods = [f"{period}_{figure}" for period in ("annual", "hourly") for figure in _STATISTICS]
    errors = ["employment_standard_error_percent", "wage_standard_error_percent"]
    return [*errors, "jobs_per_thousand", "location_quotient", *periods, "range_low", "range_high"]


_STATISTICS = ("mean", "median", "p10", "p25", "p75", "p90")
_NEW_COLUMNS: tuple[tuple[str, str, Any], ...] = (
    ("education", "related_experience", sa.String()),
    ("education", "on_the_job_training", sa.String()),
    ("job_count", "standard_error_percent", sa.Float()),
    ("occupation_skill", "percentile", sa.Float()),
    ("occupation_skill", "hot", sa.Boolean()),
    ("occupation_skill", "in_demand", sa.Boolean()),
    ("outlook", "employment_from", sa.Integer()),
    ("outlook", "employment_to", sa.Integer()),
    ("preparation", "job_zone", sa.Integer()),
    ("source", "version", sa.String()),
    ("source", "attribution", sa.String()),
)


def _add_columns() -> None:
    for table, name, kind in _NEW_COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.add_column("source", sa.Column("embedded", sa.Boolean(), nullable=False, server_default=sa.false()))
    # All rows came with Rolegraph until now.
    op.execute("UPDATE source SET embedded = true")
    op.add_column("industry", sa.Column("display_level", sa.Integer(), nullable=False, server_default="0"))
