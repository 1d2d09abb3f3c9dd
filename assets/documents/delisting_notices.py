"""Delisting notice (Form 25): which class of securities an exchange removes, and by which rule.

17 CFR 240.12d2-2 (https://www.ecfr.gov/current/title-17/section-240.12d2-2): (a) the security has ended
(redeemed, matured, exchanged), (b) the exchange strikes it, (c) the issuer withdraws it. The class is free
text: a warrant "to purchase common stock" is no common stock."""

import re
from typing import Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from assets.documents.patterns import any_of
from assets.documents.sections import UNDECIDED, ReportedEvent
from assets.documents.text import TextPassage

FORM_25: Final = ("25", "25-NSE")
SUBJECT: Final = "25"
NOTICE: Final = re.compile(rb"<notificationOfRemoval\b.*?</notificationOfRemoval\s*>", re.S)
RULE: Final = re.compile(r"12d2-2 ?\((?P<part>[abc])\)", re.I)
EVENT_OF: Final = {"a": "security_ended", "b": "struck_by_exchange", "c": "withdrawn_by_issuer"}
SHARES: Final = any_of(
    r"^\W*(?:the |class [a-z] |[a-z]+ voting |voting )*(?:common (?:stock|shares?)|ordinary shares?"
    r"|shares of common stock|subordinate voting shares?|american "
    "deposit[ao]ry (?:shares?|receipts?)|ad[sr]s?\b)",
    r"^\W*(?:shares of )?(?:beneficial interest|capital stock)",
)
OTHER_CLASS: Final = any_of(
    r"^\W*(?:[\w.%$,/'-]+ ){0,8}?(?:warrants?|rights?|units?|notes?|debentures?|bonds?|preferred|preference"
    r"|etns?|funds?|trust certificates?)\b"
)


def delisting_notice(body: bytes) -> ReportedEvent | None:
    """What a Form 25 says; None where it is no such form, as those that are free text."""
    found = NOTICE.search(body)
    if found is None:
        return None
    try:
        root = fromstring(found[0], forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    security = " ".join((root.findtext("descriptionClassSecurity") or "").split())
    rule = " ".join((root.findtext("ruleProvision") or "").split())
    part = RULE.search(rule)
    event = EVENT_OF[part["part"].lower()] if part else UNDECIDED
    if not SHARES.search(security):
        event = "other_class_removed" if OTHER_CLASS.search(security) else UNDECIDED
    text = f"{security}: {rule}"
    return ReportedEvent(item=SUBJECT, event=event, passage=TextPassage(0, len(text), text))
