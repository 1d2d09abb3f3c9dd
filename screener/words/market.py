"""The market in words: its size groups and kinds, its phases, and the reading of risk."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.market_history import phases, risk_reading, size_groups

SIZE_NAMES: Final = {
    size_groups.MICRO_CAPS: _("Micro-caps"),
    size_groups.SMALL_CAPS: _("Small caps"),
    size_groups.LARGE_CAPS: _("Mid and large caps"),
    size_groups.ALL_SIZES: _("All sizes"),
}
KIND_NAMES: Final = {TOKEN: _("Tokens"), EQUITY: _("Equities")}
PHASE_NAMES: Final = {
    phases.BULL: _("Bull"),
    phases.BEAR: _("Bear"),
    phases.UNDECIDED: _("Not decided"),
}
RISK_NAMES: Final = {
    risk_reading.ON: pgettext_lazy("reading of the market", "Risk-on"),
    risk_reading.OFF: pgettext_lazy("reading of the market", "Risk-off"),
    risk_reading.MIXED: pgettext_lazy("reading of the market", "Mixed"),
    risk_reading.NOT_KNOWN: pgettext_lazy("reading of the market", "Not known"),
}
UNSIZED_NAME: Final = _("Size not known")
