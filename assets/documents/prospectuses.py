"""Prospectuses (424B, S-1, S-3): what the cover offers."""

import re
from dataclasses import replace
from typing import Final

from assets.documents import offering_terms as terms
from assets.documents.amounts import dollars_in, totals_in
from assets.documents.offerings import Offering
from assets.documents.patterns import REST, WORDS, any_of
from assets.documents.text import DocumentText, TextPassage

COVER_LENGTH: Final = 7_000
TITLE_LENGTH: Final = 900
LONGEST_FRONT: Final = 40_000
COVERS: Final = (
    re.compile(r"\bsubject to completion,? ?(?:dated|preliminary)?", re.I),
    re.compile(r"\b(?:PRELIMINARY )?PROSPECTUS(?: SUPPLEMENT)?\b"),
    re.compile(r"\b(?:pricing|prospectus) supplement\b", re.I),
)
WITHDRAWN: Final = any_of(
    rf"\b(?:remov\w+|withdr\w+|deregist\w+|terminat\w+)\b{REST}{{0,200}}\b(?:from registration|unsold"
    rf"|registration statement)",
)
EXHIBITS_ONLY: Final = any_of(
    rf"\b(?:sole(?:ly)?|only|exhibits?-only)\b{REST}{{0,120}}\b(?:exhibit|file)\w*",
    rf"\bpurpose of\b{REST}{{0,60}}\bamendment\b{REST}{{0,120}}\bfil\w+\b{REST}{{0,80}}\bexhibit",
)
DEBT: Final = any_of(
    r"\bnotes? (?:due|linked|based)\b|\bmedium-term notes?\b|\bsenior (?:\w+ )?notes\b|\bdebentures? due\b"
    r"|\bpricing supplement\b",
    r"\b(?:barrier|callable|autocallable|buffered?|leveraged|structured|index-linked|fixed rate|floating "
    r"rate) (?:\w+ ){0,3}notes\b",
    r"\b[0-9.]+% (?:\w+ ){0,6}(?:notes|debentures|bonds)\b",
)
CONVERTIBLE: Final = any_of(r"\bconvertible (?:\w+ ){0,4}(?:notes|debentures)\b")
HOLDERS: Final = any_of(
    r"\bselling (?:stock|share|security|unit|warrant)? ?holders?\b|\bresale\b|\bselling (?:securityholder"
    r"|shareowner)s?\b"
)
NO_PROCEEDS: Final = any_of(
    rf"\b(?:not receive|receive no|will not receive)\b{REST}{{0,60}}\bproceeds",
    r"\bto permit the resale\b|\boffer and resale\b|\bresale\b",
)
ALSO_OWN: Final = any_of(
    rf"\b(?:we|the company) (?:are|is) (?:also )?(?:offering|selling)\b{REST}{{0,200}}\bselling (?:stock"
    rf"|share|security)"
)
RECEIPTS: Final = r"(?:ADSs?|ADRs?|American Depositary (?:Shares?|Receipts?))"
EXISTING: Final = (
    r"(?:already |currently |previously )?(?:deposited|existing|issued(?: and outstanding)?|outstanding)"
)
CERTIFICATE: Final = any_of(
    rf"\bhereby certif(?:y|ies)\b{REST}{{0,160}}?\bowner of\b{REST}{{0,80}}?{RECEIPTS}",
    rf"{RECEIPTS}{REST}{{0,200}}?\bhereby certif(?:y|ies)\b{REST}{{0,160}}?\bowner of\b",
)
"""A prospectus of a depositary (Form F-6) is the form of the receipt."""

DEPOSITED: Final = any_of(
    rf"{RECEIPTS}{REST}{{0,160}}?\b(?:against|upon|for|of|by|representing|evidencing) (?:the )?"
    rf"(?:deposit of )?(?:our |its |the )?{EXISTING} {WORDS}{{0,2}}?shares",
    rf"{RECEIPTS}{REST}{{0,160}}?\b(?:against|upon) (?:the )?deposit of {WORDS}{{0,3}}?shares",
)
NO_NEW: Final = any_of(
    rf"\bno (?:new|additional) {WORDS}{{0,2}}?(?:shares|securities)",
    rf"\b(?:not|n't) (?:be )?(?:issu\w+|offer\w+|sell\w*) {WORDS}{{0,3}}?(?:shares|securities)",
    rf"\b(?:not receive|receive no)\b{REST}{{0,60}}\bproceeds|\bnot (?:a|an|part of an) offer(?:ing)? of new",
)
SELLING: Final = any_of(
    r"\b(?:we are|is) (?:also |hereby )?(?:offering|selling)\b",
    r"\b(?:we|the company) (?:may|will|intends? to)\b[^;.]{0,60}?\b(?:offer|sell)\b",
    r"\bpublic offering price\b[^;]{0,60}?\$ ?[0-9]",
)
INITIAL: Final = any_of(r"\binitial public offering\b")
NO_MARKET: Final = any_of(
    rf"\bno (?:established )?(?:public|trading|public trading) market\b|\bthere (?:is|has been) "
    rf"(?:currently |presently )?no\b{REST}{{0,30}}\bmarket for (?:our|the|these)"
)
AT_MARKET: Final = any_of(
    r"\bat[- ](?:the[- ])?market\b|\bequity distribution agreement\b|\bcontrolled equity\b"
)
LINE: Final = any_of(
    r"\bequity line\b|\bcommitted equity\b|\bstandby equity\b|\b(?:common stock|share) purchase "
    r"agreement\b[^;]{0,200}\bfrom time to time\b"
)
DIRECT: Final = any_of(
    r"\bregistered direct\b|\boffering directly to\b|\bdirectly to (?:a|certain|one|the|several|select"
    r"|institutional|investors|purchasers)",
    rf"\boffering\b{REST}{{0,300}}\bto (?:a single|certain|one|an|the|select|several)? ?(?:\w+[- "
    rf"]){{0,4}}(?:investors?|purchasers?)\b",
)
BEST_EFFORTS: Final = any_of(r"\bbest[- ]efforts\b")
AGENT: Final = any_of(r"\bplacement agents?\b")
UNDERWRITTEN: Final = any_of(r"\bunderwrit\w+")
NO_UNDERWRITER: Final = any_of(rf"\b(?:no|not|without)\b{REST}{{0,40}}\bunderwrit\w+")
PURCHASE_AGREEMENT: Final = any_of(
    r"\bsecurities purchase agreement|\bsubscription agreement|\bpurchase agreement"
)
ON_SHELF: Final = any_of(r"\bfrom time to time\b|\bin one or more (?:offerings|series|issuances)\b")
PRIVATE: Final = any_of(r"\b(?:concurrent )?private placement\b|\bunregistered\b|\bnot being registered\b")
ROOM: Final = any_of(rf"\b(?:leaving|remaining|remains? available|available for sale)\b{REST}{{0,100}}\$")


def prospectus_offering(document: DocumentText, form: str) -> Offering | None:
    """What the cover offers; None where no rule says what it is."""
    line = document.line
    if form.startswith(("POS", "RW")) and WITHDRAWN.search(line[:LONGEST_FRONT]):
        return Offering(kind="shelf_withdrawn", passage=_passage(document, WITHDRAWN, 0))
    start = _cover_start(line, form)
    cover = line[start : start + COVER_LENGTH]
    if (
        form.startswith("S-")
        and form.endswith("/A")
        and EXHIBITS_ONLY.search(line[:LONGEST_FRONT])
        and not ON_SHELF.search(line)
    ):
        return Offering(kind="shelf", passage=_passage(document, EXHIBITS_ONLY, 0))
    kind, pattern = _kind(form, cover)
    if pattern is None:
        return None
    return _with_terms(Offering(kind=kind, passage=_passage(document, pattern, start)), cover)


def _cover_start(line: str, form: str) -> int:
    """Where the cover begins: after the registration statement's own page, which says other things."""
    patterns = COVERS if not form.startswith("424") else COVERS[1:]
    found = [match.start() for each in patterns if (match := each.search(line, 0, LONGEST_FRONT))]
    return (min(found) if form.startswith("424") else found[0]) if found else 0


def _passage(document: DocumentText, pattern: "re.Pattern[str]", start: int) -> TextPassage | None:
    """The sentence with the words that decide."""
    match = pattern.search(document.line, start)
    if match is None:
        return None
    for first, end in document.sentences:
        if first <= match.start() < end:
            return document.passage(first, end)
    return document.passage(match.start(), match.end())


def _kind(form: str, cover: str) -> "tuple[str, re.Pattern[str] | None]":
    """The first kind that fits, and the pattern that says so."""
    title, is_shelf = cover[:TITLE_LENGTH], form.startswith(("S-3", "F-3"))
    is_held = HOLDERS.search(cover) and NO_PROCEEDS.search(cover)
    is_exchange = DEPOSITED.search(cover) and NO_NEW.search(cover) and not SELLING.search(cover)
    checks = (
        ("convertible", CONVERTIBLE, not is_shelf and CONVERTIBLE.search(title)),
        ("notes", DEBT, not is_shelf and DEBT.search(title) and not re.search(r"\bshares of\b", title, re.I)),
        ("resale", HOLDERS, is_held and not ALSO_OWN.search(cover)),
        ("depositary", CERTIFICATE, CERTIFICATE.search(cover)),
        ("depositary", DEPOSITED, is_exchange),
        ("ipo", INITIAL, INITIAL.search(cover[:3_000]) and NO_MARKET.search(cover)),
        ("atm", AT_MARKET, not is_shelf and AT_MARKET.search(cover[:4_500])),
        ("shelf", ON_SHELF, is_shelf and ON_SHELF.search(cover)),
        (
            "public_best_efforts",
            BEST_EFFORTS,
            BEST_EFFORTS.search(cover) and not DIRECT.search(cover[:3_500]),
        ),
        (
            "registered_direct",
            DIRECT,
            DIRECT.search(cover[:3_500]) and (AGENT.search(cover) or PURCHASE_AGREEMENT.search(cover)),
        ),
        ("underwritten", UNDERWRITTEN, UNDERWRITTEN.search(cover) and not NO_UNDERWRITER.search(cover)),
        ("equity_line", LINE, LINE.search(cover)),
        ("registered_direct", PURCHASE_AGREEMENT, PURCHASE_AGREEMENT.search(cover)),
        ("underwritten", INITIAL, re.search(r"\bpublic offering price\b", cover, re.I)),
    )
    for kind, pattern, is_it in checks:
        if is_it:
            return kind, pattern
    return "", None


def _with_terms(offering: Offering, cover: str) -> Offering:
    limit = terms.baby_shelf(cover)
    if limit is not None:
        value, count, price = limit
        offering = replace(
            offering, is_baby_shelf=True, float_usd=value, float_shares=count, float_price_usd=price
        )
    if offering.kind == "depositary":
        return replace(offering, side="secondary")
    if offering.kind == "resale":
        return replace(
            offering, side="secondary", shares=terms.number_of_shares(cover), prefunded=terms.prefunded(cover)
        )
    if offering.kind in ("atm", "shelf", "equity_line"):
        most = terms.most(cover) or _title_amount(cover)
        return replace(offering, amount_usd=most, is_most=True, room_usd=_room(cover))
    if offering.kind in ("notes", "convertible"):
        return replace(offering, amount_usd=_title_amount(cover))
    return _sale_terms(offering, cover)


def _title_amount(cover: str) -> float | None:
    return terms.first(totals_in(cover[:2_000]))


def _room(cover: str) -> float | None:
    match = ROOM.search(cover)
    return terms.first(dollars_in(cover[match.end() - 1 : match.end() + 30])) if match else None


def _sale_terms(offering: Offering, cover: str) -> Offering:
    """Shares, warrants and their prices; what buyers get in a private placement beside it raises nothing
    here."""
    listed_price, listed_total = terms.table(cover)
    price = None if _is_blank(cover) else listed_price or terms.price(cover)
    private = PRIVATE.search(cover)
    own = cover[: private.start()] if private else cover
    shares, prefunded = terms.number_of_shares(cover), terms.prefunded(own)
    amount, is_most = terms.amount(cover)
    if listed_total is not None:
        amount = listed_total
    elif price is not None and shares:
        amount = shares * price + (prefunded or 0) * terms.prefunded_price(cover, price)
    elif amount is None and shares is None:
        amount = _title_amount(cover[:600])
    return replace(
        offering,
        amount_usd=amount,
        is_most=is_most,
        price_usd=price,
        shares=shares,
        prefunded=prefunded if prefunded is not None else terms.prefunded(cover),
        warrants=terms.warrants(cover),
        warrant_strike_usd=terms.strike(cover),
        warrant_years=terms.years(cover) if terms.warrants(cover) else None,
    )


def _is_blank(cover: str) -> bool:
    """A preliminary prospectus leaves the price open, or gives a range."""
    return bool(
        re.search(
            r"\boffering price\b[^;]{0,80}(?:\bis \$ ?[.,_]|\bwill be between\b|\$ ?_|\$ ?\[)", cover, re.I
        )
    )
