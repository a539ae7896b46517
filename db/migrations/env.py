"""Alembic's environment: migrations run in the transaction of the connection in the configuration."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from db.models import Row
from db.postgresql import order_text_by_code_point


def render_item(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - Alembic's own signature
    """Write SQLModel's string type as SQLAlchemy's: a migration must outlive the library that wrote it."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


connection = context.config.attributes["connection"]


def finish_step(*_: object, **__: object) -> None:
    """Set the collation of new text columns, so that no migration has to. SQLite orders by code point already."""
    if connection.dialect.name == "postgresql":
        order_text_by_code_point(connection)


context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    render_item=render_item,
    transactional_ddl=True,
    on_version_apply=finish_step,
)
with context.begin_transaction():
    context.run_migrations()
