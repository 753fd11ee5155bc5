"""Approved templates as their providers list them."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import json_column as _json
from tickets.tables.columns import text_column as _text


class ApprovedTemplate(SQLModel, table=True):
    """One template in one language, whatever its state: rows follow the provider's list."""

    __tablename__ = "approved_templates"

    account: str = Field(primary_key=True)
    name: str = Field(primary_key=True)  # by which it is sent
    language: str = Field(primary_key=True)
    title: str
    state: str
    category: str | None = None
    body: str = _text(nullable=False)
    variables: Any = _json()  # {name: sample}
    reason: str | None = _text()


class TemplateList(SQLModel, table=True):
    """When an account's templates were asked for."""

    __tablename__ = "template_lists"

    account: str = Field(primary_key=True)
    wanted_at: datetime | None = _at()  # somebody, or a refusal, asks for a fresh one
    tried_at: datetime | None = _at()
    fetched_at: datetime | None = _at()
    error: str | None = _text()
