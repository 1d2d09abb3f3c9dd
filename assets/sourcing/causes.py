"""Cause of a failed call: what kind of thing went wrong, whatever sentence says so."""

from enum import StrEnum


class FailureCause(StrEnum):
    """Kept with a failed step; what a person can do follows from it. `OTHER` is nothing of these."""

    OTHER = ""
    LIMIT = "limit"
    ACCESS = "access"
    DOWN = "down"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
