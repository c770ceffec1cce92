"""What the tables are made of: one kind of column for ids, texts, numbers and times, the same on both databases."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import TEXT

METADATA: Final = MetaData()

SERIAL: Final = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column declared INTEGER."""
TEXT_BY_BYTES: Final = Text().with_variant(TEXT(collation="C"), "postgresql")
"""Compared by its bytes on both databases, whatever the server's locale."""


def table(name: str, *parts: Column[object] | CheckConstraint | UniqueConstraint | Index) -> Table:
    return Table(name, METADATA, *parts)


def key(name: str) -> Column[object]:
    return Column(name, TEXT_BY_BYTES, primary_key=True)


def words(name: str, default: str | None = "") -> Column[object]:
    return Column(name, TEXT_BY_BYTES, nullable=False, server_default=default)


def number(name: str, default: str | None = "0") -> Column[object]:
    return Column(name, BigInteger, nullable=False, server_default=default)


def time(name: str) -> Column[object]:
    return Column(name, Float(53), nullable=False, server_default="0")
