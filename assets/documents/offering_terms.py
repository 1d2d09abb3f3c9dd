"""Terms of an offering: amount, price, shares, warrants and the baby-shelf figures in a stretch of text."""

import re
from collections.abc import Iterable
from typing import Final

from assets.documents.amounts import Amount, dollars_in, prices_in, shares_in, totals_in
from assets.documents.numbers import FIGURE, NUMBER, number_of
from assets.documents.patterns import REST, any_of

PREFUNDED: Final = re.compile(
    rf"\bpre-?funded (?:\w+ ){{0,6}}warrants?\b{REST}{{0,160}}?\b(?:purchase|acquire)(?: up to)?(?: an "
    rf"aggregate of)?(?: up to)? (?P<count>{FIGURE})"
    r"|(?P<count2>[0-9]{1,3}(?:,[0-9]{3})+) (?:(?:common|series \w+) )?pre-?funded (?:[\w-]+ "
    r"){0,4}?warrants?\b"
    r"|(?P<count3>[0-9]{1,3}(?:,[0-9]{3})+) [^0-9;]{0,80}?\bissuable upon (?:the )?exercise of "
    r"[^0-9;]{0,60}?pre-?funded",
    re.I,
)
WARRANTS: Final = re.compile(
    r"(?<!pre-funded )(?<!prefunded )\bwarrants?\b(?! "
    r"shares?\b)(?:(?!pre-?funded)[^;]){0,200}?\b(?:purchase|acquire)(?: up to)?(?: an? (?:aggregate"
    r"|additional)(?: of)?)?(?: additional)?(?: up to)? (?P<count>[0-9]{1,3}(?:,[0-9]{3})+"
    r"|[0-9]+(?:\.[0-9]+)? million)",
    re.I,
)
AGENT: Final = any_of(r"\b(?:underwriter|representative|placement agent|designees)")
STRIKE: Final = any_of(
    r"\bexercise price (?:per (?:\w+ ){0,3}share )?(?:equal to |of |is |at |will be )*(?:\([^()]*\) "
    r")?(?:US ?)?\$ ?[0-9]",
    r"\bexercisable\b[^;]{0,120}?\bat (?:an? (?:exercise )?price (?:of |equal to )?)?\$ ?[0-9]",
    r"\bexercise price\b[^;]{0,80}?\$ ?[0-9]",
)
TERM: Final = re.compile(
    rf"\b(?P<years>{NUMBER})(?:[ -]and[ -]one[ -]half)?(?: \([0-9.]+\))?[- "
    rf"]years?\b(?:[^;]{{0,40}}\b(?:from|after|following|anniversary|term))?"
    rf"|\b(?P<ordinal>second|third|fourth|fifth|sixth|seventh|tenth)(?: \([0-9]+[a-z]*\))? anniversary",
    re.I,
)
ORDINALS: Final = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "tenth": 10}
PREFUNDED_WORD: Final = any_of(r"\bpre-?funded")
PAR: Final = any_of(r"\bpar value(?: of)? $|\bstated value(?: of)? $")
PRICE_OF: Final = any_of(
    r"\b(?:offering|purchase|subscription|issue|public|sale|selling|combined) price\b",
    r"\bprice of\b|\bat (?:a |an )?(?:\w+ ){0,3}price\b|\bat (?:US )?$",
)
NOT_PRICE: Final = any_of(
    r"\b(?:minus|less) $",
    r"\b(?:exercise|closing|sale|sales|conversion|bid|strike|floor|minimum|reported)\b(?: \w+){0,4}(?: "
    r"price)?\b[^;]{0,40}$",
)
MOST_A_SHARE: Final = 100_000.0
OF_ALL: Final = any_of(r"\b(?:aggregate|proceeds|total)\b")
GROSS: Final = any_of(
    rf"\b(?:gross|cash) proceeds\b{REST}{{0,160}}?\$",
    rf"\baggregate (?:purchase|subscription|offering|sales?|gross sales?|offering and sale|initial "
    rf"offering) price\b{REST}{{0,100}}?\$",
    rf"\baggregate principal amount of\b{REST}{{0,30}}?\$|\bprincipal amount of\b{REST}{{0,30}}?\$",
)
MOST: Final = any_of(
    r"\bup to (?:an aggregate (?:of )?)?(?:approximately )?$|\b(?:not|never) (?:to )?exceed(?:ing)? $"
    r"|\bmaximum (?:\w+ ){0,4}of $"
)
ONE_CENT: Final = 0.0101
"""The most that is left to be paid when a pre-funded warrant is exercised."""

TABLE: Final = re.compile(
    rf"\b(?:offering|purchase) price(?: to (?:the )?public)? ?(?:\([0-9]\) ?)*(?P<row>(?:\$ ?{FIGURE} "
    rf"?(?:\([0-9]\) ?)*){{2,6}})",
    re.I,
)
"""The table of a cover: a share's price, perhaps that of a pre-funded warrant, and the total."""

LEAST_TOTAL: Final = 10_000.0
ONE_THIRD: Final = any_of(
    r"\bI\.B\.(?:6|5)\b|\bone-third of (?:our|the) (?:public float|aggregate market value)"
)
FLOAT: Final = any_of(r"\bnon-?affiliates\b|\bpublic float\b")


def first(amounts: Iterable[Amount]) -> float | None:
    return next((each.value for each in amounts), None)


def price(text: str) -> float | None:
    """What one share is sold at; no par value, no exercise price, none of an exchange."""
    for each in dollars_in(text):
        before = text[max(0, each.at - 90) : each.at]
        is_a_share = any(each.at == other.at for other in prices_in(text[: each.end + 60]))
        is_price = PRICE_OF.search(before[-60:]) or is_a_share
        is_another = PAR.search(before) or NOT_PRICE.search(before[-60:]) or PREFUNDED_WORD.search(before)
        if is_price and each.value < MOST_A_SHARE and not is_another and not OF_ALL.search(before[-50:]):
            return each.value
    return None


def table(text: str) -> tuple[float | None, float | None]:
    """A share's price and the total, as the cover's table has them."""
    for match in TABLE.finditer(text):
        row = [each.value for each in dollars_in(match["row"])]
        if row[-1] >= LEAST_TOTAL and row[-1] > row[0]:
            return row[0], row[-1]
    return None, None


def prefunded_price(text: str, share_price: float) -> float:
    """What a pre-funded warrant costs: the share's price but for what is paid when it is exercised."""
    for each in dollars_in(text):
        if (
            PREFUNDED_WORD.search(text[max(0, each.at - 200) : each.at])
            and share_price - ONE_CENT <= each.value < share_price
        ):
            return each.value
    return share_price


def prefunded(text: str) -> float | None:
    match = PREFUNDED.search(text)
    return _count(match["count"] or match["count2"] or match["count3"]) if match else None


def warrants(text: str) -> float | None:
    """Of the shares' own warrants, how many shares they stand for."""
    for match in WARRANTS.finditer(text):
        before = text[max(0, match.start() - 120) : match.start()].rpartition(". ")[2]
        if not AGENT.search(before + match[0]):
            return _count(match["count"])
    return None


def strike(text: str) -> float | None:
    """The exercise price of warrants that are not pre-funded."""
    for match in STRIKE.finditer(text):
        around = text[max(0, match.start() - 120) : match.start()]
        last = [each.start() for each in PREFUNDED_WORD.finditer(around)]
        own = [each.start() for each in re.finditer(r"\bwarrants?\b", around, re.I)]
        value = first(dollars_in(text[match.end() - 3 : match.end() + 20]))
        if value is not None and value >= 0.01 and not (last and (not own or last[-1] + 20 > own[-1])):
            return value
    return None


def years(text: str) -> float | None:
    """For how many years warrants run, by what is said next to them."""
    for match in TERM.finditer(text):
        if re.search(
            r"\bexercis|\bexpir|\bterm\b|\bwarrant",
            text[max(0, match.start() - 160) : match.end() + 60],
            re.I,
        ):
            return (
                float(ORDINALS[match["ordinal"].lower()]) if match["ordinal"] else number_of(match["years"])
            )
    return None


def amount(text: str) -> tuple[float | None, bool]:
    """What is raised in all, and whether that is the most."""
    for pattern in (GROSS,):
        for match in pattern.finditer(text):
            found = next(iter(totals_in(text[match.end() - 1 : match.end() + 40])), None)
            if found is not None:
                return found.value, bool(MOST.search(text[: match.end() - 1]))
    return None, False


def most(text: str) -> float | None:
    """ "up to $X", or an amount that sales will not exceed."""
    for each in totals_in(text):
        if MOST.search(text[max(0, each.at - 60) : each.at]):
            return each.value
    return None


def number_of_shares(text: str) -> float | None:
    """The first number of shares that are not those a warrant stands for."""
    for each in shares_in(text):
        before = text[max(0, each.at - 60) : each.at]
        if not re.search(
            r"\b(?:purchase|acquire|outstanding|into)(?: up to)?(?: an? \w+(?: of)?)?(?: additional)? $",
            before,
            re.I,
        ):
            return each.value
    return None


def baby_shelf(text: str) -> "tuple[float | None, float | None, float | None] | None":
    """Float in dollars, its shares and their price, where the limit of a third applies; None where it
    doesn't."""
    if not ONE_THIRD.search(text):
        return None
    for match in FLOAT.finditer(text):
        stretch = text[max(0, match.start() - 200) : match.end() + 500]
        counts = [each.value for each in shares_in(stretch)]
        values = [each for each in dollars_in(stretch) if each.value != 75_000_000]
        totals = [each.value for each in values if each.value > 100_000]
        prices = [each.value for each in values if each.value < 10_000]
        for count in counts:
            for value in prices:
                total = next((each for each in totals if abs(each - count * value) <= 0.02 * each), None)
                if total is not None:
                    return total, count, value
                if not totals and count * value < 75_000_000:
                    return count * value, count, value
    return None, None, None


def _count(text: str) -> float | None:
    words = text.lower().split()
    value = number_of(words[0])
    return None if value is None else value * (1e6 if words[1:] == ["million"] else 1)
