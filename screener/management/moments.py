"""Moments as commands take them."""

from argparse import ArgumentTypeError
from datetime import UTC, datetime


def moment(text: str) -> datetime:
    """A moment of ISO 8601; without a zone it is UTC."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a moment like 2026-01-31T12:00Z") from error
    return told if told.tzinfo else told.replace(tzinfo=UTC)
