"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("NATION", "STATE", "METRO", "NONMETRO", name="areakind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
    )
    op.create_index(op.f("ix_area_kind"), "area", ["kind"], unique=False)
    op.create_table(
        "industry",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_industry")),
    )
    op.create_table(
        "occupation_group",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("MAJOR", "MINOR", "BROAD", name="grouplevel", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["occupation_group.code"], name=op.f("fk_occupation_group_parent_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_occupation_group")),
    )
    op.create_index(op.f("ix_occupation_group_level"), "occupation_group", ["level"], unique=False)
    op.create_index(op.f("ix_occupation_group_parent_code"), "occupation_group", ["parent_code"], unique=False)
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("LISTED", "SKILL", "KNOWLEDGE", "TECHNOLOGY", name="skillkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("slug", name=op.f("uq_skill_slug")),
    )
    op.create_index(op.f("ix_skill_kind"), "skill", ["kind"], unique=False)
    op.create_index(op.f("ix_skill_name"), "skill", ["name"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("release", sa.String(), nullable=True),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("retrieved", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_table(
        "occupation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("DETAILED", "ROLE", name="occupationkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("broader_id", sa.Integer(), nullable=True),
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["broader_id"], ["occupation.id"], name=op.f("fk_occupation_broader_id")),
        sa.ForeignKeyConstraint(["group_code"], ["occupation_group.code"], name=op.f("fk_occupation_group_code")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_occupation_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation")),
        sa.UniqueConstraint("code", name=op.f("uq_occupation_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_occupation_slug")),
    )
    op.create_index(op.f("ix_occupation_broader_id"), "occupation", ["broader_id"], unique=False)
    op.create_index(op.f("ix_occupation_group_code"), "occupation", ["group_code"], unique=False)
    op.create_index(op.f("ix_occupation_source_id"), "occupation", ["source_id"], unique=False)
    op.create_index(op.f("ix_occupation_title"), "occupation", ["title"], unique=False)
    op.create_table(
        "alternate_title",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_alternate_title_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_alternate_title_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "title", name=op.f("pk_alternate_title")),
    )
    op.create_index(op.f("ix_alternate_title_source_id"), "alternate_title", ["source_id"], unique=False)
    op.create_index(op.f("ix_alternate_title_title"), "alternate_title", ["title"], unique=False)
    op.create_table(
        "demographics",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("average_age", sa.Float(), nullable=True),
        sa.Column("median_age", sa.Float(), nullable=True),
        sa.Column("lgbt_percent", sa.Float(), nullable=True),
        sa.Column("race_is_exclusive", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_demographics_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_demographics_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", name=op.f("pk_demographics")),
    )
    op.create_index(op.f("ix_demographics_source_id"), "demographics", ["source_id"], unique=False)
    op.create_table(
        "education",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("most_common_degree", sa.String(), nullable=True),
        sa.Column("most_common_major", sa.String(), nullable=True),
        sa.Column("most_common_college", sa.String(), nullable=True),
        sa.Column("typical_entry", sa.String(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_education_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_education_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", name=op.f("pk_education")),
    )
    op.create_index(op.f("ix_education_source_id"), "education", ["source_id"], unique=False)
    op.create_table(
        "job_count",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum("EMPLOYED", "OPEN_POSTINGS", name="jobsbasis", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_job_count_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_job_count_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", name=op.f("pk_job_count")),
    )
    op.create_index(op.f("ix_job_count_source_id"), "job_count", ["source_id"], unique=False)
    op.create_table(
        "occupation_skill",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Float(), nullable=True),
        sa.Column("importance", sa.Float(), nullable=True),
        sa.Column("level", sa.Float(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_occupation_skill_occupation_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_occupation_skill_skill_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_occupation_skill_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "skill_id", name=op.f("pk_occupation_skill")),
    )
    op.create_index(op.f("ix_occupation_skill_skill_id"), "occupation_skill", ["skill_id"], unique=False)
    op.create_index(op.f("ix_occupation_skill_source_id"), "occupation_skill", ["source_id"], unique=False)
    op.create_table(
        "outlook",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("growth_percent", sa.Float(), nullable=True),
        sa.Column("from_year", sa.Integer(), nullable=True),
        sa.Column("to_year", sa.Integer(), nullable=True),
        sa.Column("openings_per_year", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_outlook_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_outlook_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", name=op.f("pk_outlook")),
    )
    op.create_index(op.f("ix_outlook_growth_percent"), "outlook", ["growth_percent"], unique=False)
    op.create_index(op.f("ix_outlook_source_id"), "outlook", ["source_id"], unique=False)
    op.create_table(
        "preparation",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("minimum_months", sa.Integer(), nullable=True),
        sa.Column("maximum_months", sa.Integer(), nullable=True),
        sa.Column("years_of_experience", sa.Float(), nullable=True),
        sa.Column("job_satisfaction", sa.Float(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_preparation_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_preparation_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", name=op.f("pk_preparation")),
    )
    op.create_index(op.f("ix_preparation_source_id"), "preparation", ["source_id"], unique=False)
    op.create_table(
        "related_occupation",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("related_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_related_occupation_occupation_id")),
        sa.ForeignKeyConstraint(["related_id"], ["occupation.id"], name=op.f("fk_related_occupation_related_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_related_occupation_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "related_id", name=op.f("pk_related_occupation")),
    )
    op.create_index(op.f("ix_related_occupation_related_id"), "related_occupation", ["related_id"], unique=False)
    op.create_index(op.f("ix_related_occupation_source_id"), "related_occupation", ["source_id"], unique=False)
    op.create_table(
        "responsibility",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("core", sa.Boolean(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_responsibility_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_responsibility_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "position", name=op.f("pk_responsibility")),
    )
    op.create_index(op.f("ix_responsibility_source_id"), "responsibility", ["source_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("DEGREE", "MAJOR", "GENDER", "RACE", name="sharekind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Float(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_share_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_share_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "kind", "name", name=op.f("pk_share")),
    )
    op.create_index(op.f("ix_share_source_id"), "share", ["source_id"], unique=False)
    op.create_table(
        "top_pay",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("CITY", "STATE", "INDUSTRY", "COMPANY", name="toppaykind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("salary", sa.Float(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_top_pay_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_top_pay_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "kind", name=op.f("pk_top_pay")),
    )
    op.create_index(op.f("ix_top_pay_source_id"), "top_pay", ["source_id"], unique=False)
    op.create_table(
        "wage",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("industry_code", sa.String(), nullable=False),
        sa.Column("employment", sa.Integer(), nullable=True),
        sa.Column("employment_standard_error_percent", sa.Float(), nullable=True),
        sa.Column("wage_standard_error_percent", sa.Float(), nullable=True),
        sa.Column("jobs_per_thousand", sa.Float(), nullable=True),
        sa.Column("location_quotient", sa.Float(), nullable=True),
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
        sa.Column("range_low", sa.Float(), nullable=True),
        sa.Column("range_high", sa.Float(), nullable=True),
        sa.Column(
            "range_basis",
            sa.Enum("AS_PUBLISHED", "P10_TO_P90", name="rangebasis", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("missing", sa.JSON(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_wage_area_code")),
        sa.ForeignKeyConstraint(["industry_code"], ["industry.code"], name=op.f("fk_wage_industry_code")),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_wage_occupation_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_wage_source_id")),
        sa.PrimaryKeyConstraint("occupation_id", "area_code", "industry_code", name=op.f("pk_wage")),
    )
    op.create_index(op.f("ix_wage_area_code_industry_code"), "wage", ["area_code", "industry_code"], unique=False)
    op.create_index(op.f("ix_wage_industry_code"), "wage", ["industry_code"], unique=False)
    op.create_index(op.f("ix_wage_source_id"), "wage", ["source_id"], unique=False)
