"""Unregistered sales: what an 8-K says under item 3.02 was issued, and what for.

Item 701 of Regulation S-K (https://www.ecfr.gov/current/title-17/section-229.701) asks for the
securities, the consideration and the exemption. The item mostly says the exemption and takes the rest
from item 1.01. What was issued is what stands in a number behind a verb of issuing; shares are sold for
money, or given for services, assets and claims.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assets.documents.numbers import FIGURE
from assets.documents.patterns import REST, WORDS, any_of
from assets.documents.sections import (
    BY_REFERENCE,
    REFERENCE_ONLY,
    UNDECIDED,
    ItemSection,
    ReportedEvent,
    Sentence,
)

EXEMPTION: Final = any_of(
    r"\b(?:exempt\w*|reliance|relied|registration requirements|accredited investor|rule 50[1-6]|regulation "
    r"[ds])\b",
    r"\b(?:not been|not be|without being) registered|\bnot constitute an offer\b|\brestrictive legend",
    r"\bforward[- ]looking|\bto the extent\b|\bissuable upon\b[^.;]{0,80}\bif any\b",
)
COUNT: Final = rf"(?:{FIGURE})(?: million| billion)?"
SHARES: Final = any_of(
    rf"(?<!to purchase )(?<!up to )(?<![$.,0-9]){COUNT} (?:(?!per\b)\w+[- "
    rf"]){{0,4}}?shares?\b(?!{REST}{{0,60}}\b(?:preferred|preference|outstanding)\b)",
    rf"\b(?:shares of|in) (?:\w+ ){{0,4}}(?:common|ordinary) (?:stock|shares)\b{REST}{{0,60}}\b(?:valued at"
    rf"|having a value|worth)",
    rf"\$ ?{COUNT}{REST}{{0,40}}\bin (?:\w+ ){{0,6}}(?:common|ordinary) (?:stock|shares)\b",
)
PURCHASABLE: Final = re.compile(
    rf"\b(?:warrants?|convertible|exercisable|converted|conversion)\b{REST}{{0,120}}?\b(?:purchase|acquire"
    rf"|into|for)(?: of)?(?: up to)?(?: an (?:aggregate|additional)(?: of)?)?(?: additional)? {COUNT} "
    rf"[^.;]{{0,60}}?shares?",
    re.I,
)
"""Shares that a warrant stands for, which are not issued."""

UNITS: Final = any_of(rf"\b{COUNT} (?:\w+[- ]){{0,4}}?units?\b")
UNIT_OF_SHARES: Final = any_of(
    rf"\bunits?\b{REST}{{0,80}}\b(?:consist|compris|includ|contain|represent)\w*{REST}{{0,30}}\b(?:one|1) "
    rf"(?:\(1\) )?(?:\w+ ){{0,3}}share\b"
)
DEFINED: Final = re.compile(r" \([^()]{0,24}[\"'][^()]{0,120}\)")
"""(the "Shares"): a term defined in passing, between a number and what is counted."""

PREFERRED: Final = any_of(
    rf"\b{COUNT} (?:\w+[- ]){{0,4}}?shares? of {REST}{{0,120}}?\b(?:preferred|preference) (?:stock"
    rf"|shares?)\b",
    rf"\b{COUNT} (?:\w+[- ]){{0,6}}?(?:preferred|preference) (?:stock|shares?)\b",
    rf"\b(?:issu\w+|s[eo]ld|sell|purchas\w+)\b{REST}{{0,80}}\bshares? of {REST}{{0,60}}?\bpreferred "
    rf"(?:stock|shares?)\b",
)
CONVERTIBLE: Final = any_of(
    rf"\bconvertible {WORDS}{{0,6}}(?:notes?|debentures?|bonds?|loans?)\b",
    rf"\b(?:notes?|debentures?)\b{REST}{{0,120}}\b(?:is|are|was|were|will be|shall be|may be) "
    rf"convert(?:ible|ed)\b",
)
NOTES: Final = any_of(
    rf"\b(?:issu\w+|s[eo]ld|sell|purchas\w+|deliver\w+)\b{REST}{{0,160}}\b(?:notes?"
    rf"|debentures?)\b{REST}{{0,120}}\$",
    rf"\b(?:issu\w+|s[eo]ld|sell|purchas\w+|deliver\w+)\b{REST}{{0,60}}\$ "
    rf"?{COUNT}{REST}{{0,120}}\b(?:notes?|debentures?)\b",
)
WARRANTS: Final = any_of(
    rf"\b(?:issu\w+|s[eo]ld|sell|grant\w*|purchas\w+|receiv\w+)\b{REST}{{0,300}}\bwarrants?\b",
    r"\bwarrants? to (?:purchase|acquire)\b",
)
AGENT: Final = r"(?:representative|underwriter|placement agent|agent)"
AGENT_WARRANTS: Final = any_of(
    rf"\b{AGENT}'?s?'? warrants?\b", rf"\bwarrants?\b{REST}{{0,80}}\bto (?:the |its )?{AGENT}\b"
)
EQUITY_LINE: Final = any_of(
    r"\bequity line\b|\bcommitted equity\b|\bstandby equity\b|\bELOC\b|\bequity purchase (?:agreement"
    r"|facility)\b|\badvance notice\b",
    r"\bright,? but not the obligation,? to (?:direct|sell|require|cause)\b",
    rf"\bcommon stock purchase agreement\b{REST}{{0,300}}\bregistration rights",
    rf"\bright to (?:issue and )?sell to\b{REST}{{0,120}}\bfrom time to time\b",
)
CONVERTED: Final = any_of(
    rf"\bexchang\w+\b{REST}{{0,120}}\b{COUNT} shares\b{REST}{{0,250}}\bfor\b{REST}{{0,160}}\b(?:principal"
    rf"|notes?|debentures?|preferred|warrants?)",
    rf"\b(?:issued|delivered)\b{REST}{{0,120}}\b{COUNT} (?:\w+[- ]){{0,3}}?shares\b{REST}{{0,250}}\b(?:upon"
    rf"|on|pursuant to|in connection with|as a result of|following|for|from) (?:the |a "
    rf")?{WORDS}{{0,4}}(?:conversions?|exercises?|exchange) of\b",
    rf"\b(?:converted|exercised|exchanged)\b{REST}{{0,250}}\b(?:into|for)\b{REST}{{0,80}}\b{COUNT} "
    rf"(?:\w+[- ]){{0,3}}?shares\b",
)
GIVEN: Final = any_of(
    rf"\b(?:as|in|for|part of) (?:the |partial |full |{WORDS}{{0,2}})?(?:consideration|compensation|payment"
    rf"|exchange|satisfaction|settlement|lieu)\b",
    r"\b(?:acquisition|acquired|acquire|merger agreement|agreement and plan of merger|asset purchase"
    r"|sellers?|milestone|earn-?out)\b",
    r"\b(?:services|consultants?|consulting|advisors?|advisory|royalt\w+|licen[sc]e agreement|settle\w*"
    r"|incentive plan)\b",
)
SOLD: Final = any_of(
    r"\b(?:gross|net|cash) proceeds\b|\bprivate placement\b|\bPIPE\b|\bsubscription (?:agreement|price)"
    r"|\bsecurities purchase agreement",
    r"\b(?:purchase|subscription|offering) price (?:of|per)\b|\bfor (?:an )?aggregate (?:purchase"
    r"|subscription) price\b",
    rf"\b(?:sold|sell|purchas\w+)\b{REST}{{0,200}}\bat (?:a |the )?(?:purchase )?price of \$",
    r"\bfor cash\b|\bin cash\b",
)
ASSETS: Final = any_of(
    r"\b(?:consideration|acquisition|acquired|merger|asset purchase|services|consult\w+|settle\w*|satisf\w+"
    r"|royalt\w+|milestone)\b"
)
MERGER: Final = any_of(r"\bmerger agreement\b|\bagreement and plan of merger\b")


def sale_event(section: ItemSection) -> ReportedEvent:
    """What was issued by the item's own words, or by those of the items that it refers to."""
    referred = section.referred()
    for each in (section, *referred):
        if (found := _decide(each, _telling(each))) is None:
            continue
        via = "" if each is section else each.item.number
        return replace(found, item=section.item.number, by_reference=via)
    if not referred and (loose := _decide(section, section.sentences)):
        return loose
    return section.event(REFERENCE_ONLY if referred or section.is_reference() else UNDECIDED, None)


def _telling(section: ItemSection) -> tuple[Sentence, ...]:
    """Sentences on what is issued, without those on the exemption and those that refer to other items."""
    return tuple(
        each
        for each in section.sentences
        if ISSUED_TOO.search(each.text) or not (EXEMPTION.search(each.text) or BY_REFERENCE.search(each.text))
    )


ISSUED_TOO: Final = any_of(
    rf"\b(?:issued?|s[eo]ld|sell|sale of|purchased?|exchanged?)\b{REST}{{0,200}}(?:\$ ?[0-9]"
    rf"|[0-9],[0-9]{{3}}|[0-9] shares)"
)


def _decide(section: ItemSection, sentences: Sequence[Sentence]) -> ReportedEvent | None:
    """The first kind that fits, the most particular first; None where several deals stand in one text."""
    found = {name: _first(pattern, sentences) for name, pattern in KINDS.items()}
    found["shares"] = _shares(sentences)
    text = " ".join(each.text for each in sentences)
    if found["equity_line"]:
        return section.event("equity_line", found["equity_line"])
    if MERGER.search(text) and found["convertible_notes"] and SOLD.search(text) and found["shares"]:
        return None
    if found["agent_warrants"] and not any(found[each] for each in ("shares", "notes", "preferred")):
        return section.event("underwriter_warrants", found["agent_warrants"])
    if found["conversion"]:
        return section.event("conversion", found["conversion"])
    return _by_security(section, found, text)


def _by_security(
    section: ItemSection, found: "dict[str, Sentence | None]", text: str
) -> ReportedEvent | None:
    notes, shares = found["convertible_notes"] or found["notes"], found["shares"]
    if shares and GIVEN.search(shares.text) and not SOLD.search(shares.text):
        return section.event("shares_issued", shares)
    if found["preferred"]:
        return section.event("preferred_and_warrants", found["preferred"])
    if notes:
        return section.event("convertible_notes" if found["convertible_notes"] else "notes", notes)
    if shares:
        is_sold = SOLD.search(text) and not (GIVEN.search(shares.text) or ASSETS.search(shares.text))
        return section.event("private_placement" if is_sold else "shares_issued", shares)
    return section.event("warrants", found["warrants"]) if found["warrants"] else None


KINDS: Final = {
    "equity_line": EQUITY_LINE,
    "agent_warrants": AGENT_WARRANTS,
    "conversion": CONVERTED,
    "preferred": PREFERRED,
    "convertible_notes": CONVERTIBLE,
    "notes": NOTES,
    "warrants": WARRANTS,
}


def _first(pattern: re.Pattern[str], sentences: Sequence[Sentence]) -> Sentence | None:
    return next((each for each in sentences if pattern.search(DEFINED.sub("", each.text))), None)


def _shares(sentences: Sequence[Sentence]) -> Sentence | None:
    are_units = UNIT_OF_SHARES.search(" ".join(each.text for each in sentences))
    for each in sentences:
        words = PURCHASABLE.sub("warrants", DEFINED.sub("", each.text))
        if SHARES.search(words) or (are_units and UNITS.search(words)):
            return each
    return None
