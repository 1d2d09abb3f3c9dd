"""Securities of the symbol directory: which lines are shares of a company, and where they are listed.

A line's name says what it is: "Common Stock", "Warrant", "6.50% Notes due 2031". The first such word counts:
a warrant's name goes on to say what share it buys. Names of companies can hold one, too (bond funds): such a
line is left out, which loses an answer and gives no wrong one.
"""

import re
from datetime import UTC, datetime
from typing import Final

from assets.metrics.sessions import NEW_YORK
from assets.metrics.venues import NORMAL
from assets.sourcing.messages import message

OTHER: Final = (
    r"warrants?|rights?|pr?e?fd|preferred|preference|notes?|debentures?|bonds?|etns?|etfs?"
    r"|(?<!american )deposit[ao]ry shares?|(?<!common )(?<!trust )units?(?! represent)(?! of benef)"
)
SHARE: Final = (
    r"(?:common|ordinary|capital|voting)\b[^|]*?\b(?:stock|shares?|units?)|shares? of beneficial interest"
    r"|american deposit[ao]ry|ad[sr]s?|limited partner\w*|class [a-z] (?:stock|shares?)"
)
KIND: Final = re.compile(rf"\b(?:(?P<other>{OTHER})|(?P<share>{SHARE}))\b", re.IGNORECASE)

MARKETS: Final = {
    "Q": "Nasdaq Global Select Market",
    "G": "Nasdaq Global Market",
    "S": "Nasdaq Capital Market",
}
EXCHANGES: Final = {
    "A": "NYSE American",
    "M": "NYSE Texas",
    "N": "NYSE",
    "P": "NYSE Arca",
    "V": "IEX",
    "Z": "Cboe BZX",
}
"""M was NYSE Chicago until March 2025."""

STATUSES: Final = {
    "N": NORMAL,
    "D": "deficient",
    "E": "delinquent",
    "Q": "bankrupt",
    "G": "deficient+bankrupt",
    "H": "deficient+delinquent",
    "J": "delinquent+bankrupt",
    "K": "deficient+delinquent+bankrupt",
}
"""Source: https://www.nasdaqtrader.com/trader.aspx?id=symboldirdefs."""


def is_share(name: str) -> bool:
    """Whether a line of this name is a share; one whose name says nothing is the issuer's own."""
    kind = KIND.search(name.rpartition(" - ")[2])
    return kind is None or kind.lastgroup == "share"


def status_of(code: object) -> str:
    """ "" where nothing is said: of funds there is no issuer to be judged."""
    if code in ("", None):
        return ""
    if not isinstance(code, str) or code not in STATUSES:
        raise ValueError(message("is no status that is known"))
    return STATUSES[code]


def market_of(code: object) -> str:
    if not isinstance(code, str) or code not in MARKETS:
        raise ValueError(message("is no market that is known"))
    return MARKETS[code]


def exchange_of(code: object) -> str:
    if not isinstance(code, str) or code not in EXCHANGES:
        raise ValueError(message("is no exchange that is known"))
    return EXCHANGES[code]


def in_new_york(digits: str, form: str, *, no_later_than: datetime) -> datetime:
    """A moment of New York's clock; that of the answer where it makes no sense, or lies in the future."""
    try:
        moment = datetime.strptime(digits, form).replace(tzinfo=NEW_YORK).astimezone(UTC)
    except (ValueError, OverflowError):
        return no_later_than
    return min(moment, no_later_than)
