"""Last sale on a prospectus: the price of a share that its cover states, with the day.

Item 501(b)(4) of Regulation S-K (17 CFR 229.501) has a prospectus name the market and, where the offering
price follows from it, the price of the share there; most covers do: "On March 5, 2026, the last reported sale
price of our common stock was $1.95 per share." Prices of warrants, units and depositary shares are none of a
share, nor are those that a condition sets ("if the closing price equals or exceeds $18.00").
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from assets.documents.amounts import dollars_in
from assets.documents.days import days_in
from assets.documents.patterns import any_of
from assets.documents.text import DocumentText, TextPassage

PROSPECTUSES: Final = ("424B", "S-1", "S-3", "F-1", "F-3")
COVER_LENGTH: Final = 14_000
STATED: Final = any_of(
    r"\b(?:last(?: reported)?|closing)(?: (?:sales?|closing|trading)){0,2} price\b",
)
SHARES: Final = any_of(
    r"\b(?:common (?:stock|shares?)|ordinary shares?)\b",
)
OTHERS: Final = any_of(
    r"\b(?:warrants?|units?|rights|preferred|notes|ADSs?|ADRs?|GDRs?|deposit[ao]ry|bid price)\b",
    r"\bif\b|\bequals? or exceed|\bexceed(?:s|ed)?\b|\bat least\b|\bassum|\bless than\b",
    r"\bminimum\b|\baverage\b",
    r"\b(?:C|CA|CAD ?|CDN ?|A|AU|HK|NT|S) ?\$|\bCanadian\b|\b[TA]SX\b",
)
"""What has another price or currency, or makes the sentence a condition."""
SENTENCE: Final = 260
ENDS: Final = re.compile(r"(?<!\bU\.S)(?<!\bInc)\.(?=['\")]*(?: +['\"(]*[A-Z]|\s*$))")
FEW_DAYS: Final = timedelta(days=14)
"""A cover states a price of the last days; an older one is told of an earlier paper."""
HIGHEST_PRICE_USD: Final = 100_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSale:
    """`price_usd` of one share on the day `sold_on`."""

    price_usd: float
    sold_on: date
    passage: TextPassage


def last_sale(document: DocumentText, form: str, *, filed_on: date) -> LastSale | None:
    """What the cover of this form states; None where it states none, or two of them."""
    if not form.startswith(PROSPECTUSES):
        return None
    cover = document.line[:COVER_LENGTH]
    found = [
        each
        for match in STATED.finditer(cover)
        if (each := _read(document, cover, match, filed_on)) is not None
    ]
    prices = {(each.price_usd, each.sold_on) for each in found}
    return found[0] if len(prices) == 1 else None


def _read(document: DocumentText, cover: str, match: re.Match[str], filed_on: date) -> LastSale | None:
    start, end = _sentence(cover, match)
    sentence = cover[start:end]
    if not SHARES.search(sentence) or OTHERS.search(sentence):
        return None
    prices = [each for each in dollars_in(sentence) if 0 < each.value <= HIGHEST_PRICE_USD]
    days = {day for _at, day in days_in(sentence)}
    if len(prices) != 1 or len(days) != 1:
        return None
    (price,), (day,) = prices, days
    if not timedelta(0) <= filed_on - day <= FEW_DAYS:
        return None
    return LastSale(price_usd=price.value, sold_on=day, passage=document.passage(start, end))


def _sentence(cover: str, match: re.Match[str]) -> tuple[int, int]:
    """From the end of the sentence before to the point before the next one, which is none of "U.S." """
    before = cover[max(0, match.start() - SENTENCE) : match.start()]
    begins = max((each.end() for each in re.finditer(r"[.;]['\")]* (?=[A-Z])", before)), default=0)
    after = ENDS.search(cover[match.end() : match.end() + SENTENCE])
    end = match.end() + (after.end() if after else SENTENCE)
    return match.start() - len(before) + begins, min(end, len(cover))
