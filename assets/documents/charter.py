"""Charter amendments: what an 8-K says under items 5.03 and 3.03: splits, names, share classes, by-laws,
rights.

A reverse split is stated as "1-for-30", "one-for-nine", "1:20,000" or "every thirty shares … into one";
terms of preferred shares speak of splits as well, which is none. Its day is the one from which the shares
are combined, mostly later than the filing.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from assets.documents.days import days_in
from assets.documents.numbers import NUMBER, number_of
from assets.documents.patterns import REST, WORDS, any_of
from assets.documents.sections import REFERENCE_ONLY, UNDECIDED, ItemSection, ReportedEvent, Sentence

REVERSE: Final = (
    r"reverse[- ](?:(?:stock|share)[- ])?split|(?:share|stock) consolidation|consolidation of (?:the |its "
    r"|our |all )?(?:\w+ ){0,4}shares"
)
SPLIT: Final = any_of(REVERSE, r"\b(?:stock|share) split\b", r"\bcombin\w+\b[^.;]{0,60}\binto one\b")
EFFECTED: Final = any_of(
    rf"\b(?:effect\w*|implement\w*|filed|approv\w*|complet\w*|consummat\w*|will|declar\w*|announc\w*"
    rf"|notification|ratio)\b{REST}{{0,300}}(?:{REVERSE}|\bsplit\b)",
    rf"(?:{REVERSE}|\bsplit\b){REST}{{0,300}}\b(?:effect\w*|implement\w*|became|becomes?|ratio|filed)\b",
)
ADJUSTED: Final = any_of(
    r"\b(?:adjust\w*|anti-?dilution|stock dividends?|recapitali[sz]ation|combinations?"
    r"|similar)\b[^.;]{0,160}\bsplits?\b",
    r"\bsplits?\b[^.;]{0,120}\b(?:stock dividends?|recapitali[sz]ations?|combinations|similar|adjust\w*"
    r"|reclassification)\b",
    r"\bin the event of\b[^.;]{0,60}\bsplit",
)
RATIO: Final = re.compile(
    rf"\b(?P<a>{NUMBER})[ -]?(?:\([0-9,]+\)[ -]?)?(?:-|for|:|to|old for)[ -]?(?:for[ -]?|to[ "
    rf"-]?)?(?P<b>{NUMBER})\b(?! ?(?:per cent|percent|%|\.[0-9]))",
    re.I,
)
EVERY: Final = re.compile(
    rf"\b(?:every|each|of) (?P<a>{NUMBER}) (?:\([0-9,]+\) )?(?:shares?|(?:issued|outstanding|ordinary"
    rf"|common|pre-|old)[^.;]{{0,80}}?shares?)\b[^.;]{{0,220}}?\b(?:into|for|to|represent\w*|became"
    rf"|become) (?P<b>one|1)\b",
    re.I,
)
FROM_DAY: Final = any_of(
    r"\b(?:effective (?:as of|at|on|date|time)?|become effective|became effective|effectiveness|requested "
    r"effective date)\b",
)
TRADES: Final = any_of(
    r"\b(?:begin|commence|start|open)\w*\b[^.;]{0,80}\btrad|\btrad\w*\b[^.;]{0,80}\b(?:split-adjusted"
    r"|post-split|post-reverse)"
)

EXTENDED: Final = any_of(
    rf"\b(?:extend\w*|extension)\b{REST}{{0,300}}\b(?:business combination|combination period|termination "
    rf"date|trust account|liquidat)",
    rf"\b(?:business combination|combination period)\b{REST}{{0,200}}\bextend",
)
ELIMINATED: Final = any_of(
    r"\bcertificates? of (?:elimination|withdrawal|retirement|cancellation)",
    rf"\b(?:eliminat\w*|withdr\w+|cancel\w*)\b{REST}{{0,120}}\b(?:preferred|preference|certificate of "
    rf"designation)",
)
DESIGNATED: Final = any_of(
    r"\b(?:certificates?|articles|statement) of (?:the )?(?:\w+ of (?:the )?)?designations?\b",
    rf"\b(?:designat\w+|creat\w+|establish\w+)\b{REST}{{0,120}}\b(?:preferred|preference) (?:stock|shares)",
    rf"\b(?:powers|preferences|rights)\b{REST}{{0,60}}\bof (?:the |its |a )?(?:new )?(?:series"
    rf"|class)\b{REST}{{0,40}}\bpreferred",
)
RENAMED: Final = any_of(
    r"\bchang\w+ (?:of |in |to )?(?:the |its |our |the company's |the registrant's )?(?:corporate |legal "
    r"|entity )?name\b",
    rf"\bname change\b|\bchang\w+ {WORDS}{{0,4}}\bname\b{REST}{{0,80}}\b(?:to|from)\b|\brenamed?\b|\bnew "
    rf"(?:corporate )?name\b",
    rf"\bname of (?:the )?(?:company|corporation|registrant)\b{REST}{{0,60}}\bchang",
)
AUTHORISED: Final = any_of(
    r"\b(?:increas|decreas|reduc|chang|amend)\w*\b(?:(?!preferred"
    r"|preference)[^.;]){0,160}\bauthori[sz]ed\b(?:(?!preferred|preference)[^.;]){0,60}\b(?:shares|stock"
    r"|capital)\b(?! of (?:\w+ ){0,4}(?:preferred|preference))",
    rf"\bauthori[sz]ed (?:shares|share capital|capital stock|common stock|number of "
    rf"shares)\b{REST}{{0,120}}\b(?:increas|decreas|reduc|from)\w*",
)
UNCHANGED: Final = any_of(
    r"\b(?:not|n't|no) (?:\w+ ){0,4}(?:chang|amend|increas|decreas|affect|reduc)\w*|\bremain\w* unchanged"
    r"|\bwithout\b"
)
RIGHTS_PLAN: Final = any_of(
    r"\b(?:preferred (?:stock|share)s? )?rights (?:agreement|plan)\b|\bpoison pill\b|\bpreferred share "
    r"purchase right"
)
RIGHTS_EXTENDED: Final = any_of(r"\b(?:extend\w*|amend\w*)\b")
RIGHTS_ENDED: Final = any_of(
    r"\bterminat\w+|\bexpir(?:ed|ing|e) (?:early|as of)|\baccelerat\w+ the expiration"
)
BYLAWS: Final = any_of(r"\bby-? ?laws?\b")
CHARTER: Final = any_of(
    r"\b(?:certificate|articles|memorandum) of (?:incorporation|amendment|association|formation"
    r"|organi[sz]ation)",
    r"\b(?:restated|amended) (?:certificate|articles|charter)|\bcharter\b|\bplan of conversion\b"
    r"|\breincorporat",
)
FISCAL: Final = any_of(
    rf"\bchang\w+\b{REST}{{0,80}}\bfiscal year|\bfiscal year[- ]end\b{REST}{{0,80}}\b(?:chang|from)"
)
REDEEMED: Final = any_of(
    rf"\bredeem\w*\b{REST}{{0,200}}\b(?:notes|debentures|bonds)\b|\b(?:notes"
    rf"|debentures)\b{REST}{{0,200}}\bredeem"
)
CONVERTED: Final = any_of(
    r"\b(?:conversion|convert\w*|domesticat\w+|reincorporat\w+)\b[^.;]{0,120}\b(?:corporation|state of"
    r"|jurisdiction|delaware|nevada)"
)


def charter_event(section: ItemSection) -> ReportedEvent:
    """The event of an item 5.03 or 3.03, the one that weighs most where it tells several."""
    found = _decide(section)
    if found is not None:
        return found
    for each in section.referred():
        via = _decide(each, of_other_item=True)
        if via is not None:
            return replace(via, item=section.item.number, by_reference=each.item.number)
    return section.event(REFERENCE_ONLY if section.referred() or section.is_reference() else UNDECIDED, None)


def _decide(section: ItemSection, *, of_other_item: bool = False) -> ReportedEvent | None:
    if split := _split(section):
        return split
    if extended := section.first(EXTENDED):
        return section.event("spac_extension", extended)
    if plan := section.first(RIGHTS_PLAN):
        return _rights_plan(section, plan)
    authorised = section.first(AUTHORISED, unless=(UNCHANGED,))
    named = (
        ("name_change", section.first(RENAMED)),
        ("preferred_elimination", section.first(ELIMINATED)),
        ("preferred_designation", section.first(DESIGNATED)),
        ("authorised_shares_change", authorised),
    )
    first = [(found.start, event, found) for event, found in named if found]
    if first:
        _start, event, sentence = min(
            first, key=lambda each: (each[0], each[1] != "authorised_shares_change")
        )
        return section.event(event, sentence, effective_on=_effective(section))
    if of_other_item:
        redeemed = section.first(REDEEMED)
        return section.event("notes_redeemed", redeemed) if redeemed else None
    return _other(section)


def _other(section: ItemSection) -> ReportedEvent | None:
    """The charter or the by-laws, whichever is named first."""
    if changed := section.first(FISCAL):
        return section.event("fiscal_year_change", changed)
    named = [
        (found.start + match.start(), event, found)
        for event, pattern in (("charter_other", CHARTER), ("bylaws", BYLAWS))
        if (found := section.first(pattern)) and (match := pattern.search(found.text))
    ]
    if named:
        _start, event, sentence = min(named, key=lambda each: each[0])
        return section.event(event, sentence, effective_on=_effective(section))
    redeemed = section.first(REDEEMED)
    return section.event("notes_redeemed", redeemed) if redeemed else None


def _rights_plan(section: ItemSection, plan: Sentence) -> ReportedEvent:
    if RIGHTS_ENDED.search(plan.text):
        return section.event("rights_plan_ended", plan)
    is_old = RIGHTS_EXTENDED.search(plan.text)
    return section.event("rights_plan_extended" if is_old else "rights_plan_adopted", plan)


def _split(section: ItemSection) -> ReportedEvent | None:
    """A split that takes effect: with a ratio, and not as an adjustment of something else's terms."""
    telling = [
        each for each in section.sentences if SPLIT.search(each.text) and not ADJUSTED.search(each.text)
    ]
    for each in telling:
        ratio = split_ratio(each.text)
        if EFFECTED.search(each.text) and ratio is None:
            ratio = next((found for other in telling if (found := split_ratio(other.text))), None)
        if ratio is not None:
            event = "reverse_split" if ratio < 1 else "forward_split"
            return section.event(event, each, ratio=ratio, effective_on=_effective(section, telling))
    effected = next(
        (each for each in telling if EFFECTED.search(each.text) and re.search(REVERSE, each.text, re.I)), None
    )
    return (
        section.event("reverse_split", effected, effective_on=_effective(section, telling))
        if effected
        else None
    )


def split_ratio(text: str) -> float | None:
    """New shares for an old one; None without a ratio, or where a range is given to choose from."""
    if found := EVERY.search(text):
        return _ratio(found["a"], found["b"])
    ratios = {
        ratio for match in RATIO.finditer(text) if (ratio := _ratio(match["b"], match["a"])) is not None
    }
    is_range = re.search(r"\b(?:between|range|not less than|up to)\b", text, re.I)
    if len(ratios) > 1 and is_range:
        outside = text[: is_range.start()]
        return split_ratio(outside) if outside != text else None
    if len(ratios) == 1 and not is_range:
        (ratio,) = ratios
        return ratio if re.search(REVERSE, text, re.I) is None or ratio < 1 else 1 / ratio
    return None


def _ratio(old: str, new: str) -> float | None:
    before, after = number_of(old), number_of(new)
    if not before or not after or before == after or min(before, after) != 1 or max(before, after) > 100_000:
        return None
    return after / before


def _effective(section: ItemSection, sentences: "list[Sentence] | None" = None) -> date | None:
    """The day after "effective"; else the one on which it was filed."""
    for each in sentences or section.sentences:
        for match in FROM_DAY.finditer(each.text):
            days = days_in(each.text[match.end() : match.end() + 120])
            if days:
                return days[0][1]
    return None
