"""Alembic's entry: works on the connection that `migrate` holds, within its transaction."""

from alembic import context
from sqlmodel import SQLModel

import bot.tables
import console.tables
import procedures.tables
import reports.filed.tables
import reports.making.tables
import tickets.tables

__all__ = ["bot", "console", "procedures", "reports", "tickets"]

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,
)
context.run_migrations()
