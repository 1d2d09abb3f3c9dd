"""Depositary receipts and shares by the name of a security: what they cost is the price of no share.

A receipt stands for some number of shares, or for a part of one; which, its name seldom says. Names come
whole ("American Depositary Shares"), in short ("SPONSORED ADR", "DEP SHS REPSTG 1/100TH PFD"), and cut after
thirty letters ("AMERICAN DEPO").
"""

import re
from typing import Final

RECEIPT: Final = re.compile(
    r"\b[AG]D[RS]s?\b|\bDEPOSIT[AO]RY\b"
    r"|\bDEP(?:OSI?T?)? (?:RCPTS?|RECEIPTS?|SHARES?|SHS?|UNITS?)\b"
    r"|\b(?:AMER(?:ICAN|N)?|GLOBAL|SPON\w*) DEPO?\w*$|\bDEPOS\w{0,5}$",
    re.IGNORECASE,
)


def is_receipt(name: str) -> bool:
    """Whether a security of this name is a depositary receipt or share."""
    return RECEIPT.search(name.strip()) is not None
