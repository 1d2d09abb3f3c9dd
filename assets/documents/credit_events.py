"""Bankruptcy and debt called early: what an 8-K says under items 1.03 and 2.04.

A debt repaid because the company wished to is reported under 2.04 as well, and is no default.
"""

from typing import Final

from assets.documents.patterns import REST, WORDS, any_of
from assets.documents.sections import CONDITIONAL, REFERENCE_ONLY, UNDECIDED, ItemSection, ReportedEvent

BANKRUPT: Final = any_of(
    r"\bchapter (?:7|11|15)\b|\bbankruptcy\b|\breceiver(?:ship)?\b|\btrustee\b|\bliquidat\w+|\binsolven\w+",
    r"\bassignment for the benefit|\badministrat(?:or|ion)\b|\bCCAA\b|\bplan of reorgani[sz]ation|\bSIPC\b",
)
EMERGED: Final = any_of(
    rf"\b(?:emerged?|emergence)\b|\beffective date of the plan\b|\bplan\b{REST}{{0,80}}\b(?:became|become) "
    rf"effective",
    rf"\b(?:confirm\w*)\b{REST}{{0,80}}\bplan\b|\bconfirmation order\b",
    r"\bdismiss(?:ed|al|ing)?\b[^.;]{0,80}\b(?:case|petition|proceeding)",
)
OVER: Final = any_of(
    r"\b(?:has|have|had|successfully|and) emerged\b|\b(?:company|registrant|debtors?|we) emerged\b",
    rf"\beffective date\b{REST}{{0,60}}\b(?:occurred|has occurred)\b",
    rf"\bplan\b{REST}{{0,80}}\b(?:became|has become) effective",
    rf"\b(?:case|petition|proceeding)s?\b{REST}{{0,60}}\b(?:was|were|has "
    "been|have been) (?:dismissed|closed)",
    rf"\b(?:entered|issued)\b{REST}{{0,60}}\border (?:dismissing|closing)\b",
)
"""A plan that is sought, filed or confirmed has not taken effect yet."""

SUBSIDIARY: Final = any_of(
    rf"\b(?:against|of|by) (?:the |its |our )?{WORDS}{{0,4}}subsidiar(?:y|ies)\b",
    r"\b(?:registrant|company)'s [^.;]{0,60}\bsubsidiar(?:y|ies)\b",
)
FILER: Final = any_of(
    rf"\b(?:the company|the registrant|we|the debtors?|company and)\b{REST}{{0,200}}\b(?:filed|commenced"
    rf"|petition)"
)
ACCELERATED: Final = any_of(
    r"\bacceler\w+",
    rf"\bevents? of default\b{REST}{{0,60}}\b(?:occur\w*|exist\w*|result\w*|has|have|under)\b",
    rf"\b(?:constitut\w*|trigger\w*|resulted in|notice of|an?|declar\w+)\b{REST}{{0,30}}\b(?:event of "
    rf")?default",
    rf"\b(?:fail\w*|did not|was unable)\b{REST}{{0,80}}\b(?:pay|make|comply|repay)",
    r"\bimmediately due and payable|\bdemand(?:ed|ing)?\b[^.;]{0,40}\b(?:payment|repayment)",
)
STATED: Final = any_of(
    rf"\b(?:constitut\w+|trigger\w+|caused|resulted in)\b{REST}{{0,60}}\bdefault",
    r"\bevents? of default (?:has|have|had) occurred|\bnotice of (?:an? )?(?:event of )?(?:default"
    r"|acceleration)",
    r"\b(?:has|have|had|were|was|is|are) (?:automatically )?accelerated|\bhas become immediately due",
)
"""What has to stand in another item to be the event of this one."""

WAIVED: Final = any_of(r"\bwaive[rds]*\b", r"\bforbear")
PREPAID: Final = any_of(
    r"\b(?:prepa(?:y|id|yment)|pre-pa(?:y|id|yment)|redeem\w*|redemption|repaid|repay in full|early "
    r"repayment|pay(?:ing)? off)\b",
    rf"\bvoluntar\w+ {WORDS}{{0,3}}(?:repa|prepa|terminat|redeem)",
)


def bankruptcy_event(section: ItemSection) -> ReportedEvent:
    for each in (section, *section.referred()):
        found = each.first(BANKRUPT) or each.first(EMERGED)
        if found:
            is_over = each.first(OVER, unless=(CONDITIONAL,))
            reasons = ("emerged",) * bool(is_over)
            is_subsidiary = SUBSIDIARY.search(each.text) and not FILER.search(each.text)
            reasons += ("subsidiary",) * bool(is_subsidiary)
            via = "" if each is section else each.item.number
            return section.event("bankruptcy", found, reasons=reasons, by_reference=via)
    return section.event(REFERENCE_ONLY if section.is_reference() else UNDECIDED, None)


def debt_event(section: ItemSection) -> ReportedEvent:
    """A default outweighs a repayment in the same item; another item has to state the default."""
    accelerated, prepaid = section.first(ACCELERATED), section.first(PREPAID)
    if accelerated and not (
        prepaid and prepaid.start < accelerated.start and not STATED.search(section.text)
    ):
        return section.event("acceleration", accelerated)
    if prepaid:
        return section.event("prepayment", prepaid)
    for each in section.referred():
        if (found := each.first(STATED)) and not WAIVED.search(each.text):
            return section.event("acceleration", found, by_reference=each.item.number)
    return section.event(REFERENCE_ONLY if section.referred() or section.is_reference() else UNDECIDED, None)
