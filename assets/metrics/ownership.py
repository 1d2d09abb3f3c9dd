"""Who reports to own a company: the words for it."""

from typing import Final

ROLES: Final = ("director", "officer", "ten_percent_owner", "five_percent_owner", "other")
"""In the order in which a report of several is summed up."""
