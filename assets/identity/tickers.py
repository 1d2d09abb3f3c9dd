"""US tickers: one notation for a line of a company's securities, and which line is its common share.

A ticker is a lease: given up by one company it is another one's. It finds a company and never makes one.
"""

import re
from collections.abc import Collection
from typing import Final

from assets.metrics.families import EQUITY
from assets.sourcing.messages import message
from assets.sourcing.rows import AssetRef, Identifier

LINE: Final = "ticker:us"
"""Every line of a company that is traded in the US: shares, warrants, units, preferred shares."""
SHARE: Final = "share:us"
"""The one line whose price is the price of the company's share; of two common classes neither is."""
CUSIP: Final = "cusip"
"""The number of a share's issue: the next one after a reverse split, never another company's."""

NOTATION: Final = re.compile(
    r"([A-Z]{1,8})(?:[-./ ](?=[A-Z])(PR(?=[-./ ])|P|WT|WS|W|UN|U|RI|RT|R)?[-./ ]?([A-Z])?)?", re.ASCII
)
SIGNS: Final = {"$": "-P", "p": "-P", "+": "-WT", "=": "-UN", "^": "-RI"}
"""Nasdaq's ABR$D, ABR+, ABR= and ABR^, and the tape's ABRpD, as the SEC writes them. Nasdaq's site writes
ABR^D for a preferred share."""
SERIES: Final = re.compile(r"\^(?=[A-Z]$)", re.ASCII)
SIGN: Final = re.compile(r"(?<=[A-Z])[$p+=^](?=\.?[A-Z]?$)", re.ASCII)
CUSIP_NUMBER: Final = re.compile(r"[0-9A-Z*@#]{8}[0-9]", re.ASCII)
KINDS: Final = {"P": "PR", "WT": "WS", "W": "WS", "UN": "U", "RI": "R", "RT": "R"}
"""What another notation calls preferred shares, warrants, units and rights. The SEC writes ABR-PD, its fails
file and FINRA ABRPRD."""
CLASSES: Final = frozenset("ABCKS")
NOT_COMMON: Final = frozenset("GHIMNOPRTUVWXY")
"""Nasdaq's fifth letters (https://www.nasdaqtrader.com/trader.aspx?id=stocksymbology): bonds, preferred
shares, rights, units, when issued, warrants, funds and, by Y, depositary receipts. L and Z say nothing."""
LETTERS: Final = 4
"""A Nasdaq or OTC symbol has so many; the fifth is a sign."""


def normal_ticker(text: object) -> str:
    """BRKB for BRK.B, BRK/B and BRK-B; ABRPRD for ABR-PD and ABR$D. `ValueError` for what is no ticker."""
    spelled = (
        SIGN.sub(lambda sign: SIGNS[sign[0]], SERIES.sub("$", text.strip())).upper()
        if isinstance(text, str)
        else ""
    )
    match = NOTATION.fullmatch(spelled)
    if not match:
        raise ValueError(message("is no US ticker"))
    root, kind, letter = match.groups("")
    return root + KINDS.get(kind, kind) + letter


def line_of(ticker: object) -> AssetRef:
    """The company that one of its lines finds; `ValueError` for what is no ticker."""
    return AssetRef(kind=EQUITY, identifiers=((LINE, normal_ticker(ticker)),))


def share_of(ticker: object) -> AssetRef:
    """The company that its common share finds, for what is said of a share; `ValueError` for no ticker."""
    return AssetRef(kind=EQUITY, identifiers=((SHARE, normal_ticker(ticker)),))


def cusip_of(text: object) -> str:
    if not isinstance(text, str) or not CUSIP_NUMBER.fullmatch(text.strip().upper()):
        raise ValueError(message("is no CUSIP"))
    return text.strip().upper()


def only_finds(namespace: str) -> bool:
    """Whether a name in it finds a known company and never makes one: most of them are of funds and bonds."""
    return namespace in {LINE, SHARE, CUSIP}


def is_ticker(namespace: str) -> bool:
    """Whether it holds tickers, which are given to another company when one gives them up."""
    return namespace in {LINE, SHARE}


def names_of(tickers: Collection[str]) -> tuple[Identifier, ...]:
    """The names of a company that has these lines, as a register writes them, its share among them."""
    normal = [value for each in tickers if (value := _normal(each))]
    share = common_share(tickers)
    lines = tuple((LINE, each) for each in dict.fromkeys(normal))
    return (*lines, (SHARE, share)) if share else lines


def common_share(tickers: Collection[str]) -> str:
    """The normal ticker of the only common share among a company's lines; "" without one, or of two."""
    roots = {each.upper() for each in tickers}
    common = {value for each in roots if _may_be_common(each, roots) and (value := _normal(each))}
    return common.pop() if len(common) == 1 else ""


def _may_be_common(ticker: str, all_lines: Collection[str]) -> bool:
    """Whether nothing in its notation says that it is another kind of security."""
    root, _sign, suffix = re.sub(r"[./ ]", "-", ticker).partition("-")
    if suffix:
        return suffix in CLASSES
    is_marked = len(root) > LETTERS or root[:-1] in all_lines
    return not (is_marked and root[-1:] in NOT_COMMON)


def _normal(ticker: str) -> str:
    try:
        return normal_ticker(ticker)
    except ValueError:
        return ""
