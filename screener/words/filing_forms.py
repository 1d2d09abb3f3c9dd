"""Forms of the SEC in words: what kind of document a code such as 10-K stands for.

Names follow https://www.sec.gov/submit-filings/forms-index.
"""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

AMENDED: Final = "/A"
FORM_NAMES: Final = {
    "10-K": gettext_lazy("annual report"),
    "10-KT": gettext_lazy("annual report of a shorter year"),
    "10-KSB": gettext_lazy("annual report of a small business"),
    "10-Q": gettext_lazy("quarterly report"),
    "10-QT": gettext_lazy("quarterly report of a shorter period"),
    "20-F": gettext_lazy("annual report of a foreign company"),
    "40-F": gettext_lazy("annual report of a Canadian company"),
    "6-K": gettext_lazy("report of a foreign company"),
    "8-K": gettext_lazy("current report"),
    "NT 10-K": gettext_lazy("notice of a late annual report"),
    "NT 10-Q": gettext_lazy("notice of a late quarterly report"),
    "NT 20-F": gettext_lazy("notice of a late annual report"),
    "S-1": gettext_lazy("registration of an offering"),
    "F-1": gettext_lazy("registration of an offering by a foreign company"),
    "S-3": gettext_lazy("shelf registration"),
    "F-3": gettext_lazy("shelf registration by a foreign company"),
    "S-4": gettext_lazy("registration of shares for a merger"),
    "S-8": gettext_lazy("registration of shares for employees"),
    "POS AM": gettext_lazy("amended registration"),
    "RW": gettext_lazy("withdrawal of a registration"),
    "25": gettext_lazy("notice of delisting by the company"),
    "25-NSE": gettext_lazy("notice of delisting by the exchange"),
    "15-12B": gettext_lazy("end of reporting"),
    "15-12G": gettext_lazy("end of reporting"),
    "15-15D": gettext_lazy("end of reporting"),
    "15F-12B": gettext_lazy("end of reporting by a foreign company"),
    "15F-12G": gettext_lazy("end of reporting by a foreign company"),
    "15F-15D": gettext_lazy("end of reporting by a foreign company"),
    "DEF 14A": gettext_lazy("proxy statement"),
    "PRE 14A": gettext_lazy("draft of a proxy statement"),
    "DEFA14A": gettext_lazy("additional proxy material"),
    "ARS": gettext_lazy("annual report to shareholders"),
    "CORRESP": gettext_lazy("letter to the SEC"),
    "UPLOAD": gettext_lazy("letter from the SEC"),
    "EFFECT": gettext_lazy("notice that a registration is effective"),
    "D": gettext_lazy("notice of an exempt offering"),
    "3": gettext_lazy("first report of an insider"),
    "4": gettext_lazy("trades of an insider"),
    "5": gettext_lazy("yearly report of an insider"),
    "144": gettext_lazy("notice of a sale of restricted shares"),
    "SC 13D": gettext_lazy("report of a holder of 5 % or more"),
    "SC 13G": gettext_lazy("report of a passive holder of 5 % or more"),
    "SCHEDULE 13D": gettext_lazy("report of a holder of 5 % or more"),
    "SCHEDULE 13G": gettext_lazy("report of a passive holder of 5 % or more"),
}
PROSPECTUS: Final = "424B"


def item_list(items: str) -> str:
    """The items of a current report, as the SEC numbers them: "1.01, 9.01"."""
    return ", ".join(each for each in items.split(",") if each)


def form_name(form: str) -> str:
    """Words with the code behind them, as in "annual report (10-K)"; a code that has no words as it is."""
    code = form.removesuffix(AMENDED).strip()
    words = _("prospectus") if code.startswith(PROSPECTUS) else FORM_NAMES.get(code)
    if not words:
        return form
    if form.endswith(AMENDED):
        return _("%(document)s, amended (%(form)s)") % {"document": words, "form": form}
    return _("%(document)s (%(form)s)") % {"document": words, "form": form}
