"""Listing notices: what an 8-K says under item 3.01 of its standing on an exchange.

A first notice of a deficiency, the staff's determination to delist, a panel's decision and a suspension
follow each other (Nasdaq Rule 5800 series,
https://listingcenter.nasdaq.com/rulebook/nasdaq/rules/nasdaq-5800-series; NYSE Listed Company Manual 802;
NYSE American Company Guide 1003, 1009); so do a cure, a move and a merger, which are no warning. The
latest one is what happened; earlier ones are history.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from assets.documents.days import days_in
from assets.documents.patterns import MAY, REST, WORDS, any_of
from assets.documents.sections import (
    CONDITIONAL,
    EARLIER,
    REFERENCE_ONLY,
    UNDECIDED,
    ItemSection,
    ReportedEvent,
    Sentence,
)

MARKET: Final = r"(?:nasdaq|nyse|exchange|staff|regulation|department|listing)"
SECURITIES: Final = r"(?:securities|shares|stock|warrants|units|notes|ads|adss|depositary shares)"

EXCHANGE: Final = any_of(
    r"\bnasdaq\b|\bnyse\b|\bnew york stock exchange\b|\blisting (?:rule|standard|qualif)"
)
REGAINED: Final = any_of(
    rf"\b(?:has|have|had|was|is|were) {WORDS}{{0,3}}(?:regained|returned to|back in(?:to)?|in) (?:full "
    rf")?compliance",
    r"\b(?:regained|regains|evidenced|demonstrated|achieved) (?:full )?compliance\b",
    rf"\b(?:now )?(?:complies|comply|met|meets|satisfied|satisfies) {REST}{{0,80}}(?:rule|requirement"
    rf"|standard)s?\b{REST}{{0,160}}(?:closed|resolved)",
    rf"\bmatter {WORDS}{{0,3}}(?:is|was|has been|are) (?:now |therefore |considered )?(?:closed|resolved)",
)
NOT_REGAINED: Final = any_of(
    rf"\b(?:not|n't|never|unable|fail\w*|until|to|must|no) {WORDS}{{0,5}}(?:regain|demonstrat|evidenc"
    rf"|achiev|compl|in compliance|back)",
    r"\bwill (?:provide|be|notify)\b|\bperiod\b[^.;]{0,60}\bto regain",
)
DEAL: Final = (
    r"(?:merger|business combination|acquisition|arrangement|tender offer|scheme|effective time"
    r"|transactions?|closing"
    r"|consummation)"
)
ASKED: Final = (
    rf"\b(?:request(?:ed|s)?|notified|asked) (?:that )?(?:the )?(?:nasdaq|nyse|new york"
    rf"|exchange)\b{REST}{{0,300}}"
    r"\b(?:file|suspend|halt|delist|remov|withdraw|cease)"
)
DELISTED: Final = (
    r"\b(?:form 25|notification of removal|delist\w*|ceased? (?:trading|to (?:trade|be listed)))"
)
DONE: Final = r"\b(?:consummat|complet|clos|effective time|effect)\w*"
MERGED: Final = any_of(
    rf"\b{DEAL}\b{REST}{{0,400}}{ASKED}",
    rf"{ASKED}{REST}{{0,300}}\b{DEAL}\b",
    rf"{DONE}{REST}{{0,120}}\bmerger\b{REST}{{0,300}}{DELISTED}",
    rf"\bmerger\b{REST}{{0,120}}{DONE}{REST}{{0,300}}{DELISTED}",
    rf"{DELISTED}{REST}{{0,200}}\b(?:as a result of|following|upon|in connection "
    rf"with)\b{REST}{{0,60}}\bmerger\b",
)
FAILING: Final = any_of(
    r"\bnot in compliance\b|\bnon-?complian\w+|\bdeficien\w+|\bbid price\b|\bfail\w* to\b"
)
VOLUNTARILY: Final = any_of(r"\bvoluntar\w+")
VOLUNTARY: Final = any_of(
    rf"\bvoluntar\w+ {WORDS}{{0,6}}(?:delist|transfer|withdr|remov|mov|chang)",
    rf"\b(?:intention|intends?|decision|decided|elect\w*|determin\w*|approv\w*|application|applied"
    rf"|request\w*|notified|notice)\b{REST}{{0,160}}"
    rf"\b(?:transfer|move|switch|change)\w* {WORDS}{{0,8}}(?:listing|trading"
    rf"|{SECURITIES})\b{REST}{{0,160}}\b(?:to|from) ",
    rf"\b(?:intention|intends?|decision|decided|elect\w*|notified|notice)\b{REST}{{0,120}}\b(?:withdraw"
    rf"|delist)\w*\b{REST}{{0,160}}\b(?:list|transfer)\w*\b{REST}{{0,60}}\b(?:on|to) (?:the )?(?:nasdaq"
    rf"|nyse|new york)",
    r"\b(?:will|has been|was|were|be) (?:transferred|moved) (?:from|to) (?:the )?(?:nasdaq|nyse|new york)",
)
SUSPENDED: Final = any_of(
    rf"\b(?:has|have|had|was|were|been|immediately) {WORDS}{{0,3}}suspended\b",
    r"\bsuspended (?:the )?trading\b",
    rf"\bto (?:immediately )?suspend (?:the )?trading\b{REST}{{0,200}}\bcommence",
    rf"\bcommence\w*\b{REST}{{0,120}}\bdelist{REST}{{0,200}}\b(?:trading {WORDS}{{0,8}}(?:was|were|has been"
    rf"|is|will be) (?:immediately )?suspended|suspended immediately)",
)
PANEL: Final = any_of(
    rf"\b(?:panel|council|committee for review)\b{REST}{{0,160}}\b(?:determined|decided|denied|concluded"
    rf"|affirmed|upheld|issued){REST}{{0,160}}\b(?:delist|suspend|remov|continued listing|listing)",
    rf"\b(?:decision|determination) (?:of|by|from) (?:the |a )?(?:nasdaq )?(?:listing )?(?:hearings? "
    rf"|qualifications? )?panel\b{REST}{{0,160}}\bdelist",
)
PANEL_GRANTED: Final = any_of(
    rf"\b(?:panel|council)\b{REST}{{0,160}}\bgranted\b",
)
DETERMINED: Final = any_of(
    rf"\b(?:determin\w*|decided|decision|elected)\b{REST}{{0,200}}?\b(?:to (?:\w+ )?(?:delist|suspend"
    rf"|commence|initiate|remove|strike)|be (?:\w+ )?(?:delisted|removed|suspended)|delisting)\b",
    rf"\b{SECURITIES}\b{REST}{{0,80}}?\b(?:will|would|shall) be (?:\w+ )?(?:delisted|suspended|scheduled "
    rf"for delisting)",
    r"\b(?:scheduled for|subject to|basis for|commence|proceed\w* to|proceed with) (?:the )?(?:\w+ "
    r")?(?:delist\w*|suspension)",
    r"\bdelist(?:ing)? (?:determination|decision|letter|notice|proceedings)\b"
    r"|\bstaff (?:delist\w* )?(?:determination|decision)\b",
    rf"\bpanel\b{REST}{{0,40}}\bconsider this matter\b{REST}{{0,80}}\bdetermination\b",
    rf"\bform 25\b{REST}{{0,80}}\b(?:will|to) be filed|\bwill file a form 25",
)
APPEAL_OPEN: Final = any_of(rf"\bunless\b{REST}{{0,120}}\b(?:request|appeal)")
LATER: Final = any_of(
    r"\b(?:if|in the event|should)\b|\bat (?:that|which) (?:time|point)\b|\bwould then\b|\bfails? to\b"
    r"|\bdoes not (?:regain|qualify|meet|demonstrate|submit|cure|establish)\b|\b(?:could|might)\b",
    rf"\b{MAY}",
)
NOTIFIED: Final = any_of(
    r"\bnotif\w+|\bletter\b|\bnotice\b|\binform\w+|\badvis\w+|\breceived\b|\bcommunicat\w+"
)
RECEIVED: Final = any_of(r"\b(?:received|was notified|were notified)\b")
DEFICIENT: Final = any_of(
    r"\bnot (?:currently |presently |then |timely |been )?(?:in|satisf\w*|meet\w*|met|compl\w*|maintain\w*"
    r"|fil\w*|regain\w*|held|hold)\b",
    r"\bno longer (?:in |meet|satisf|compl|ha)\w*|\bnon-?complian\w+|\bout of compliance",
    rf"\bfail\w*\b{REST}{{0,80}}\b(?:satisf|meet|compl|maintain|fil|hold|have|pay|regain|timely|appoint)\w*",
    rf"\b(?:below|under|less than|fallen below)\b{REST}{{0,80}}(?:\$|minimum|required|require)"
    rf"|\bdeficien\w+|\bdelinquen\w+|\bbelow (?:criteria|standards?)",
    r"\b(?:violat|breach)\w*\b",
)
DEADLINE: Final = any_of(r"\b(?:until|no later than|not later than|on or before|by|through)\b")
CURING: Final = any_of(r"\bregain|\bcompliance|\bplan\b|\bcure\b|\bsubmit|\bhearing|\bappeal")
RULE: Final = re.compile(
    r"\b(?:IM-)?5[0-9]{3}(?:-[0-9])?(?:\([a-zA-Z0-9]+\))*|\b80[0-9]\.[0-9]{2}[A-Z]?|\b10(?:03"
    r"|09)(?:\([a-z0-9]+\))+",
    re.I,
)
REASONS: Final = {
    "bid_price": any_of(
        r"\bbid price|\baverage closing (?:share )?price|\$1\.00|\blow selling price|\babnormally low"
    ),
    "market_value": any_of(
        r"\bmarket value of (?:listed|publicly)|\bmarket capitali[sz]ation|\bMVLS\b|\bMVPHS\b"
    ),
    "equity": any_of(r"\b(?:stock|share)holders'? equity"),
    "late_filing": any_of(r"\bform (?:10-[KQ]|20-F)|\btimely fil|\bperiodic (?:report|financial)"),
    "bankruptcy": any_of(r"\bbankruptcy|\bchapter (?:11|7)"),
    "committee": any_of(r"\baudit committee|\bindependent directors?\b|\bcompensation committee"),
    "holders": any_of(r"\b(?:round lot|public|total) (?:share|stock|security )?holders"),
    "annual_meeting": any_of(r"\bannual meeting"),
    "public_interest": any_of(r"\bpublic interest|\bdiscretionary authority|\bpublic shell"),
    "no_business_combination": any_of(r"\bIM-?5101-2|\b36 months"),
}


def listing_event(section: ItemSection) -> ReportedEvent:
    """The event of an item 3.01."""
    found = _decide(section)
    if found is None and section.referred():
        for each in section.referred():
            via = _decide(each, strictly=True)
            if via is not None:
                return replace(via, item=section.item.number, by_reference=each.item.number)
    if found is not None:
        return found
    return section.event(REFERENCE_ONLY if section.referred() or section.is_reference() else UNDECIDED, None)


def cure_event(section: ItemSection) -> ReportedEvent | None:
    """Compliance with an exchange's rules that is told freely, under an item of its own choice."""
    found = section.first(REGAINED, unless=(NOT_REGAINED, LATER))
    if found is None or not EXCHANGE.search(section.text):
        return None
    return _event(section, "compliance_regained", found)


def _decide(section: ItemSection, *, strictly: bool = False) -> ReportedEvent | None:
    regained = section.first(REGAINED, unless=(NOT_REGAINED, LATER))
    determined = _determined(section)
    panel = section.first(PANEL, unless=(LATER, EARLIER, CONDITIONAL, PANEL_GRANTED))
    if regained and not any(each and each.start > regained.start for each in (determined, panel)):
        return _event(section, "compliance_regained", regained)
    if panel:
        return _event(section, "delisting_panel_decision", panel)
    if merged := section.first(MERGED, unless=(FAILING,)):
        return _event(section, "delisting_by_merger", merged)
    if suspended := section.first(SUSPENDED, unless=(LATER, EARLIER)):
        return _event(section, "trading_suspended", suspended)
    if determined:
        return _event(section, "delisting_determination", determined)
    if moved := section.first(VOLUNTARY, unless=(LATER,)):
        return _event(section, "voluntary_transfer", moved)
    return _deficiency(section, strictly=strictly)


def _determined(section: ItemSection) -> Sentence | None:
    found = section.first(DETERMINED, unless=(LATER, EARLIER, VOLUNTARILY))
    return found or next(
        (
            each
            for each in section.sentences
            if APPEAL_OPEN.search(each.text) and DETERMINED.search(each.text)
        ),
        None,
    )


def _deficiency(section: ItemSection, *, strictly: bool) -> ReportedEvent | None:
    heard = RECEIVED if strictly else NOTIFIED
    for each in section.sentences:
        if heard.search(each.text) and DEFICIENT.search(each.text):
            return _event(section, "deficiency_notice", each)
    if strictly:
        return None
    bare = section.first(DEFICIENT, unless=(LATER,))
    return _event(section, "deficiency_notice", bare) if bare else None


def _event(section: ItemSection, event: str, sentence: Sentence) -> ReportedEvent:
    rules = tuple(dict.fromkeys(match[0] for match in RULE.finditer(section.text)))
    reasons = tuple(name for name, pattern in REASONS.items() if pattern.search(section.text))
    return section.event(event, sentence, rules=rules, reasons=reasons, deadline_on=_deadline(section))


def _deadline(section: ItemSection) -> date | None:
    """The day until which the company has to comply, or to hand in a plan."""
    for each in section.sentences:
        if CURING.search(each.text):
            for at, day in days_in(each.text):
                if DEADLINE.search(each.text[max(0, at - 16) : at]):
                    return day
    return None
