"""Auditor changes and withdrawn reports: what an 8-K says under items 4.01 and 4.02.

Item 304 of Regulation S-K (https://www.ecfr.gov/current/title-17/section-229.304) has an auditor resign,
decline to stand for re-election, or be dismissed; headings often name another one than the sentence
below. A change because a firm was bought or leaves the business is none that the company chose.
"""

from typing import Final

from assets.documents.patterns import REST, WORDS, any_of
from assets.documents.sections import REFERENCE_ONLY, UNDECIDED, ItemSection, ReportedEvent, Sentence

AUDITOR: Final = r"(?:auditors?|accountants?|accounting firm|audit firm|LLP|P\.?C\.?|P\.?A\.?|CPAs?|LLC|firm)"

DECLINED: Final = any_of(
    rf"\bdeclin\w+ {WORDS}{{0,3}}(?:to )?(?:stand|be re-?(?:appointed|elected|engaged)|seek|re-?appointment"
    rf"|renew)",
    rf"\b(?:not|n't) {WORDS}{{0,4}}(?:stand|seek|be standing) {WORDS}{{0,3}}re-?(?:election|appointment)",
)
RESIGNED: Final = any_of(
    r"\bresigned\b|\bresigns\b|\bwithdrew\b|\b(?:would|will) resign\b|\bresigning\b",
    rf"\b(?:decision|decided|intends?|intention|election|determined) {WORDS}{{0,2}}to (?:resign|withdraw)\b",
    rf"\bresignation\b{REST}{{0,80}}\b(?:effective|received|tendered|accepted|submitted|dated)\b",
    rf"\b(?:received|tendered|accepted|submitted|gave|of|its|notified)\b{REST}{{0,100}}\bresignation\b",
    rf"\b(?:ceased?|cessation)\b{REST}{{0,60}}\b(?:act|serve|serving|client-auditor)",
)
DISMISSED: Final = any_of(
    r"\bdismissed\b|\bdismissing\b",
    rf"\b(?:approved|decided|determined|resolved|decision|elected|recommended|voted"
    rf"|effective)\b{REST}{{0,160}}"
    rf"\b(?:dismiss(?:al)?|replace|terminat\w+|not (?:to )?(?:renew|re-?appoint|re-?engage|retain))\b",
    rf"\bterminated (?:the |its |our )?{WORDS}{{0,5}}(?:engagement|services|appointment|relationship"
    rf"|{AUDITOR})",
    rf"\b(?:was|were|been|has) (?:replaced|terminated|removed)\b|\bdismissal of\b{REST}{{0,80}}\bas\b",
    rf"\breplaced {WORDS}{{1,10}}\bas\b",
)
ENGAGED: Final = any_of(
    r"\b(?:engaged|appointed|retained|selected|hired|named)\b",
    rf"\b(?:approved|ratified)\b{REST}{{0,100}}\b(?:engagement|appointment|selection)\b",
    rf"\b(?:engagement|appointment|selection) of\b{REST}{{0,120}}\bas\b",
)
CONSULTED: Final = any_of(
    r"\bconsult\w*", r"\bdisagreement", r"\bresigned, declined\b", r"\breportable event", r"\bdirector\b"
)
FIRM_SOLD: Final = any_of(
    rf"\bacquir\w+\b{REST}{{0,120}}\b(?:attest\w*|audit|accounting|business|practice|assets|partners)",
    rf"\b(?:attest\w*|audit|accounting) (?:business|practice)\b{REST}{{0,120}}\b(?:acquir|combin|merg|join"
    rf"|sold|transfer)",
    rf"\b{AUDITOR}\b{REST}{{0,160}}\b(?:merged|combined|joined|merger|combination)\b{REST}{{0,80}}\b(?:with"
    rf"|into|its practice)\b",
)
FIRM_LEFT: Final = any_of(
    rf"\b(?:exit\w*|ceas\w+|discontinu\w+|withdraw\w*|no longer|wind\w* down|clos\w+)\b{REST}{{0,120}}"
    r"\b(?:public(?:ly)?(?:[- ]traded)? compan|public company|audit(?:ing)? services|PCAOB|practice|SEC "
    r"registrants|issuers)",
    r"\bPCAOB\b[^.;]{0,80}\brevok",
)
DOUBTED: Final = any_of(r"\bgoing[- ]concern", r"\bsubstantial doubt")
WEAKNESS: Final = any_of(r"\bmaterial weakness")
NO_WEAKNESS: Final = any_of(r"\b(?:no|not|without)\b[^.;]{0,80}\bmaterial weakness")
DISAGREED: Final = any_of(r"\b(?:there (?:was|were)|had) (?:a |one |the following )?disagreements?\b")

NOT_RELIED: Final = any_of(
    r"\b(?:no longer|not) be relied\b|\bnon-?reliance\b|\bshould not rely\b|\bnot rely\b",
    r"\brestat(?:e|ed|ement|ing)\b|\bin error\b|\bmisstate",
)


def auditor_event(section: ItemSection) -> ReportedEvent:
    """The first sentence with a verb tells; that a new auditor was engaged counts only by itself."""
    for each in (section, *section.referred()):
        left = [
            (found.start, event, found)
            for event, pattern in (
                ("auditor_declined_reelection", DECLINED),
                ("auditor_resigned", RESIGNED),
                ("auditor_dismissed", DISMISSED),
            )
            if (found := each.first(pattern, unless=(CONSULTED,)))
        ]
        if left:
            _start, event, sentence = min(left, key=lambda one: one[0])
            return _event(section, each, event, sentence)
        if engaged := each.first(ENGAGED, unless=(CONSULTED,)):
            return _event(section, each, "auditor_engaged", engaged)
    return section.event(REFERENCE_ONLY if section.is_reference() else UNDECIDED, None)


def _event(section: ItemSection, source: ItemSection, event: str, sentence: Sentence) -> ReportedEvent:
    found = {
        "firm_sold": FIRM_SOLD.search(source.text),
        "firm_left_business": FIRM_LEFT.search(source.text),
        "going_concern": DOUBTED.search(source.text),
        "material_weakness": WEAKNESS.search(source.text) and not NO_WEAKNESS.search(source.text),
        "disagreement": DISAGREED.search(source.text),
    }
    via = "" if source is section else source.item.number
    return section.event(
        event, sentence, reasons=tuple(name for name, is_so in found.items() if is_so), by_reference=via
    )


def reliance_event(section: ItemSection) -> ReportedEvent:
    """An item 4.02 says by being there that reports can't be relied on; the sentence that says which."""
    for each in (section, *section.referred()):
        if found := each.first(NOT_RELIED):
            via = "" if each is section else each.item.number
            return section.event("non_reliance", found, by_reference=via)
    return section.event(REFERENCE_ONLY if section.is_reference() else UNDECIDED, None)
