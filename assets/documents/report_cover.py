"""Cover of a report or prospectus: the shares that non-affiliates hold, what they are worth, and how many
there are.

Form 10-K asks for the market value of what non-affiliates hold at the end of the second fiscal quarter, and
for the shares outstanding of a late day (17 CFR 249.310); General Instruction I.B.6 of Form S-3 has a
prospectus tell float, shares and price of one day. Value and price give the shares where they are not told
themselves. Two counts of two days are of one year: new shares in between make the part look smaller than it
was.
"""

import re
from dataclasses import dataclass
from typing import Final

from assets.documents.amounts import Amount, dollars_in
from assets.documents.numbers import FIGURE
from assets.documents.patterns import any_of
from assets.documents.text import DocumentText, TextPassage

ANNUAL: Final = ("10-K", "10-KT", "10-K405", "10-KSB", "20-F")
PROSPECTUS: Final = ("424B",)
COVER_LENGTH: Final = 14_000
NON_AFFILIATES: Final = any_of(
    r"\bnon[- ]?affiliates?\b", r"\bpersons? (?:other than|who are not) affiliates?\b"
)
THRESHOLD: Final = any_of(
    r"\b(?:smaller reporting|emerging growth|accelerated filer|accelerated filers)\b",
    r"\b(?:exceed(?:s|ed)?|less than|more than|at least|equals?)\b[^.;]{0,30}\$ ?[0-9]",
)
"""A limit of the law, and not what this company's shares are worth."""
BEFORE, AFTER = 420, 620
LEAST_VALUE_USD: Final = 10_000.0
HIGHEST_PRICE_USD: Final = 10_000.0
AGREE: Final = 0.05
HELD: Final = re.compile(
    rf"(?P<count>{FIGURE}) (?:(?!of which\b|[$0-9])[\w,'./()-]+ ){{0,14}}?(?:were "
    "|are |is |was )?(?:then |beneficially )?"
    r"(?:held|owned)\b[^$;]{0,60}?\bnon[- ]?affiliates?\b",
    re.I,
)
BRACKETED: Final = re.compile(
    rf"\bnon[- ]?affiliates?\b[^$;]{{0,60}}?\((?:approximately )?(?P<count>{FIGURE}) shares\)"
    rf"|\bbased (?:up)?on (?P<count2>{FIGURE}) shares held by non[- ]?affiliates?",
    re.I,
)
OUTSTANDING: Final = re.compile(
    rf"(?P<count>{FIGURE}) (?:(?!of which\b|\$?[1-9])[\w,'./()$-]+ ){{0,24}}?"
    r"(?:issued and outstanding|outstanding)\b"
    rf"|\b(?:shares|number of shares)\b[^.;]{{0,80}}?\boutstanding\b[^;]{{0,140}}?\b(?:was|were|is|are|:) "
    rf"(?:approximately )?(?P<count2>[0-9]{{1,3}}(?:,[0-9]{{3}})+)",
    re.I,
)
OF_ITS_DATE: Final = re.compile(
    rf"\bas of the date of this prospectus supplement,? (?:we had|there (?:were|are)) (?P<count>{FIGURE}) "
    r"shares of (?:our |the company's )?common stock,? "
    r"(?:(?:\$[0-9.]+ )?par value(?: \$?[0-9.]+)?(?: per share)?,? )?"
    r"(?:issued and )?outstanding\b",
    re.I,
)
"""In the description of the securities: the base prospectus behind it speaks of its own day."""
HELD_NEXT: Final = re.compile(r"^[^,.;]{0,40}\b(?:held|owned) by (?:our |the )?non[- ]?affiliates?", re.I)
CLASSES: Final = re.compile(r"\bclass (?P<class>[A-Z])\b (?:common|ordinary|subordinate|shares?|stock)", re.I)
FEWEST_SHARES: Final = 50_000.0
PRICE: Final = re.compile(r"\bprice\b[^$;]{0,120}$|\bat $|\(\s*$", re.I)
A_SHARE: Final = re.compile(r"^ ?(?:\w+ ){0,2}?(?:per|a|each) (?:\w+ ){0,3}?share", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFloat:
    """Shares that non-affiliates hold, and the shares outstanding; None where the cover does not say."""

    shares: float
    shares_outstanding: float | None
    price_usd: float | None
    value_usd: float | None
    passage: TextPassage


def cover_float(document: DocumentText, form: str) -> CoverFloat | None:
    """What the cover of this form tells; None where it tells no number of shares, or the classes differ."""
    if not form.removesuffix("/A").startswith((*ANNUAL, *PROSPECTUS)):
        return None
    cover = document.line[:COVER_LENGTH]
    if len({match["class"].upper() for match in CLASSES.finditer(cover)}) > 1:
        return None
    found = (_read(document, cover, match) for match in NON_AFFILIATES.finditer(cover))
    return next((each for each in found if each is not None), None)


def _read(document: DocumentText, cover: str, match: re.Match[str]) -> CoverFloat | None:
    start, end = _stretch(cover, match)
    stretch = cover[start:end]
    near = cover[max(start, match.start() - 160) : match.end() + 60]
    if THRESHOLD.search(near):
        return None
    amounts = list(dollars_in(stretch))
    value = next((each.value for each in amounts if each.value >= LEAST_VALUE_USD), None)
    price = next((each.value for each in amounts if _is_price(stretch, each)), None)
    shares = _held(stretch)
    if shares is None and value is not None and price is not None:
        shares = value / price
    elif shares is not None and value is not None and price is not None and not _agree(shares * price, value):
        return None
    if shares is None or shares < FEWEST_SHARES:
        return None
    outstanding = _outstanding(cover, start, shares) or _of_its_date(document.line, shares)
    return CoverFloat(
        shares=shares,
        shares_outstanding=outstanding,
        price_usd=price,
        value_usd=value,
        passage=document.passage(start, end),
    )


def _stretch(cover: str, match: re.Match[str]) -> tuple[int, int]:
    """The sentence of the match, as far as a cover has sentences."""
    before = cover[max(0, match.start() - BEFORE) : match.start()]
    at = max(before.rfind(". "), before.rfind("? "), before.rfind(" ☒"), before.rfind(" ☐"), -1)
    start = match.start() - len(before) + at + 1 if at >= 0 else match.start() - len(before)
    return start, min(len(cover), match.end() + AFTER)


def _is_price(stretch: str, amount: Amount) -> bool:
    if not 0 < amount.value < HIGHEST_PRICE_USD:
        return False
    before, after = stretch[max(0, amount.at - 130) : amount.at], stretch[amount.end : amount.end + 40]
    is_par = re.search(r"\bpar value(?: of)? ?$|\bstated value(?: of)? ?$", before, re.I)
    return not is_par and not after.startswith(" par") and bool(PRICE.search(before) or A_SHARE.search(after))


def _held(stretch: str) -> float | None:
    for pattern in (BRACKETED, HELD):
        for match in pattern.finditer(stretch):
            groups = match.groupdict()
            count = _number(groups["count"] or groups.get("count2") or "")
            if count is not None and count >= FEWEST_SHARES and stretch[max(0, match.start() - 1)] != "$":
                return count
    return None


def _outstanding(cover: str, start: int, shares: float) -> float | None:
    """The first number of shares outstanding that is no less than those, from the sentence on or before
    it."""
    for begin, end in ((start, len(cover)), (0, start)):
        for match in OUTSTANDING.finditer(cover, begin, end):
            count = _number(match["count"] or match["count2"] or "")
            is_money = cover[max(0, match.start() - 1) : match.start()] == "$"
            is_part = HELD_NEXT.search(cover[match.end() : match.end() + 80])
            if count is not None and count >= max(FEWEST_SHARES, shares) and not is_money and not is_part:
                return count
    return None


def _of_its_date(line: str, shares: float) -> float | None:
    """The shares that a supplement counts on its own day, where that is no less than those."""
    counts = {_number(match["count"]) for match in OF_ITS_DATE.finditer(line)}
    count = counts.pop() if len(counts) == 1 else None
    return count if count is not None and count >= shares else None


def _agree(one: float, other: float) -> bool:
    return abs(one - other) <= AGREE * max(one, other)


def _number(text: str) -> float | None:
    plain = text.replace(",", "")
    return float(plain) if plain and plain.replace(".", "", 1).isdigit() else None
