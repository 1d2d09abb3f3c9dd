"""Filing events in words: what rules read in a filed document."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CONCERN: Final = "going_concern"
OFFERING: Final = "offering"
FLOAT: Final = "float"
PRICE: Final = "price"
DELISTING: Final = "25"
SCHEDULE: Final = "schedule"

CONCERN_NAMES: Final = {
    "yes": gettext_lazy("Substantial doubt is stated"),
    "mitigated": gettext_lazy("Doubt, met by management's plans"),
    "no": gettext_lazy("No doubt is stated"),
    "undecided": gettext_lazy("Going concern is mentioned; no rule decides what it means"),
    "listed": gettext_lazy("Filed; its text is not read"),
}
REPORTED_NAMES: Final = {
    "deficiency_notice": gettext_lazy("Listing deficiency notice"),
    "delisting_determination": gettext_lazy("The exchange's staff decided to delist"),
    "delisting_panel_decision": gettext_lazy("A hearings panel decided to delist"),
    "trading_suspended": gettext_lazy("Trading suspended by the exchange"),
    "compliance_regained": gettext_lazy("Compliance with listing rules regained"),
    "voluntary_transfer": gettext_lazy("Listing moved by the company"),
    "delisting_by_merger": gettext_lazy("Delisted after a merger"),
    "struck_by_exchange": gettext_lazy("Shares struck from the list by the exchange"),
    "security_ended": gettext_lazy("Shares removed because they ended: redeemed or exchanged"),
    "withdrawn_by_issuer": gettext_lazy("Shares withdrawn from the list by the company"),
    "other_class_removed": gettext_lazy("Another class of its securities removed from the list"),
    "non_affiliates": gettext_lazy("Shares held by non-affiliates"),
    "last_sale": gettext_lazy("Last sale price of a share"),
    "listed": gettext_lazy("Filed; its text is not read"),
    "of_another_company": gettext_lazy("About another company"),
    "auditor_resigned": gettext_lazy("Auditor resigned"),
    "auditor_dismissed": gettext_lazy("Auditor dismissed"),
    "auditor_declined_reelection": gettext_lazy("Auditor will not stand again"),
    "auditor_engaged": gettext_lazy("New auditor engaged"),
    "non_reliance": gettext_lazy("Reports that can't be relied on"),
    "bankruptcy": gettext_lazy("Bankruptcy"),
    "acceleration": gettext_lazy("Debt called early"),
    "prepayment": gettext_lazy("Debt repaid early"),
    "reverse_split": gettext_lazy("Reverse split"),
    "forward_split": gettext_lazy("Split"),
    "authorised_shares_change": gettext_lazy("Authorised shares changed"),
    "name_change": gettext_lazy("Name changed"),
    "preferred_designation": gettext_lazy("Preferred shares created"),
    "preferred_elimination": gettext_lazy("Preferred shares eliminated"),
    "rights_plan_adopted": gettext_lazy("Rights plan adopted"),
    "rights_plan_extended": gettext_lazy("Rights plan extended"),
    "rights_plan_ended": gettext_lazy("Rights plan ended"),
    "spac_extension": gettext_lazy("More time to find a business"),
    "bylaws": gettext_lazy("By-laws changed"),
    "fiscal_year_change": gettext_lazy("Fiscal year changed"),
    "charter_other": gettext_lazy("Charter changed"),
    "notes_redeemed": gettext_lazy("Notes redeemed"),
    "shares_issued": gettext_lazy("Shares issued for assets or services"),
    "private_placement": gettext_lazy("Private placement"),
    "convertible_notes": gettext_lazy("Convertible notes issued"),
    "notes": gettext_lazy("Notes issued"),
    "warrants": gettext_lazy("Warrants issued"),
    "underwriter_warrants": gettext_lazy("Warrants of an underwriter"),
    "preferred_and_warrants": gettext_lazy("Preferred shares sold"),
    "equity_line": gettext_lazy("Equity line"),
    "conversion": gettext_lazy("Securities converted into shares"),
    "reference_only": gettext_lazy("Reported elsewhere"),
    "undecided": gettext_lazy("No rule decides what it means"),
    "nothing_decided": gettext_lazy("Nothing that rules look for"),
}
OFFERING_NAMES: Final = {
    "atm": gettext_lazy("At-the-market offering"),
    "atm_unused": gettext_lazy("At-the-market offering that is not used"),
    "equity_line": gettext_lazy("Equity line"),
    "convertible": gettext_lazy("Convertible"),
    "preferred": gettext_lazy("Preferred shares"),
    "registered_direct": gettext_lazy("Registered direct offering"),
    "public_best_efforts": gettext_lazy("Public offering on best efforts"),
    "underwritten": gettext_lazy("Underwritten offering"),
    "ipo": gettext_lazy("Initial public offering"),
    "private_placement": gettext_lazy("Private placement"),
    "shelf": gettext_lazy("Shelf registration"),
    "shelf_withdrawn": gettext_lazy("Shelf registration withdrawn"),
    "resale": gettext_lazy("Resale by holders"),
    "depositary": gettext_lazy("Depositary receipts for existing shares"),
    "notes": gettext_lazy("Debt"),
}


def filing_event_name(subject: str, event: str) -> Any:
    """What was read, in words; a word that nobody knows is shown as it is."""
    names = {CONCERN: CONCERN_NAMES, OFFERING: OFFERING_NAMES}.get(subject, REPORTED_NAMES)
    return names.get(event, event)


def subject_name(subject: str) -> str:
    """What a document was read for: an item of an 8-K, or a subject of its own."""
    if subject == CONCERN:
        return _("Going concern")
    if subject == OFFERING:
        return _("Offering")
    if subject == FLOAT:
        return _("Free float")
    if subject == PRICE:
        return _("Price")
    if subject == SCHEDULE:
        return _("Holders of more than 5 %")
    if subject == DELISTING:
        return _("Delisting")
    return _("Item %(number)s") % {"number": subject} if subject[:1].isdigit() else _("Document")
