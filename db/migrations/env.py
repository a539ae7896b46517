"""How Alembic runs a migration: inside the transaction of the connection that it is handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from db.models import Row
from db.search_index import described_by_models


def render_item(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - Alembic's own signature
    """Write SQLModel's string type as SQLAlchemy's: a migration must outlive the library that wrote it."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_item=render_item,
    include_name=described_by_models,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
