"""Limits of what is asked for at once: of pages, expensive questions, downloads and sheets."""

import re
from enum import StrEnum
from typing import Final
from urllib.parse import unquote_plus

from screener.admission.gate import AdmissionGate

PAGES_OF_A_PROCESS: Final = 4
"""Threads that make pages; each keeps its connection to the database."""

PAGES_IN_LINE: Final = 32
PAGES_WAIT_S: Final = 2.5

EXPENSIVE_ADDRESSES: Final = frozenset(("/screen/export/", "/notes/preview/", "/compare/"))
"""What takes much longer than a page."""

EXPENSIVE_PATTERN: Final = re.compile(r"/watchlists/\d+/paste/|/assets/[^/]+/dossier\.pdf")
"""Looks for hundreds of names at once, or sets a document."""

DOSSIERS: Final = "/assets/"
"""What is made from facts, some tenths of a second of a processor each: more at once are all later."""

PASSWORD_ADDRESSES: Final = ("/accounts/", "/admin/login/")
"""Where passwords are sent: to check one takes memory and time, by intent."""


class Lane(StrEnum):
    """Requests that have few places of their own, so that pages have the others."""

    EXPENSIVE = "expensive"
    DOSSIERS = "dossiers"
    PASSWORDS = "passwords"


LANE_AT_ONCE: Final = 2
LANE_IN_LINE: Final = 8
LANE_WAIT_S: Final = 2.0

EXPENSIVE: Final = AdmissionGate(at_once=1, waiting=1, wait_s=2.0)
"""Questions that read or write what all assets have: one in each process."""

DOWNLOADS: Final = AdmissionGate(at_once=8)
"""Files that are made, or on their way to a reader, who may stop reading; one of each (`downloads`)."""

SHEETS: Final = AdmissionGate(at_once=1)
"""Workbooks that are being read, each in a process of its own."""


def lane_of(method: str, path: str, query: str) -> Lane | None:
    """By its first line alone, before anything is worked on."""
    if (
        path in EXPENSIVE_ADDRESSES
        or EXPENSIVE_PATTERN.fullmatch(path)
        or "changed" in unquote_plus(query).lower()
    ):
        return Lane.EXPENSIVE
    if method == "POST" and path.startswith(PASSWORD_ADDRESSES):
        return Lane.PASSWORDS
    if method in ("GET", "HEAD") and path.startswith(DOSSIERS):
        return Lane.DOSSIERS
    return None
