"""Export contents: the columns with their units, the rows as batches, and what the file is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pyarrow as pa
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from screener.screens.tier_limits import TierLimits

TEXT: Final = "text"
TRUTH: Final = "truth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """`word` stands in the files and stays English, as the names of columns do: programs read both."""

    word: str
    meaning: str = ""
    number_format: str = "General"


def meaning(text: str) -> str:
    """Mark what a unit means for translation; it is translated where it is shown."""
    return text


USD_FORMAT: Final = '[>=1000]"$"#,##0;[>=1]"$"#,##0.00;"$"#,##0.00########'
UNITS: Final = {
    TEXT: Unit(word=TEXT, number_format="@"),
    TRUTH: Unit(word="true or false"),
    "usd": Unit(word="USD", meaning=meaning("US dollars"), number_format=USD_FORMAT),
    "share": Unit(word="share of 1", meaning=meaning("0.25 is 25 %"), number_format="0.00%"),
    "change": Unit(word="share of 1", meaning=meaning("0.25 is 25 %"), number_format="+0.00%;-0.00%;0.00%"),
    "fee": Unit(word="share of 1", meaning=meaning("0.25 is 25 %"), number_format="0.00%"),
    "bps": Unit(word="bps", meaning=meaning("Hundredths of a percent"), number_format="0.0"),
    "hours": Unit(word="hours", number_format="#,##0.0"),
    "days": Unit(word="days", meaning=meaning("9,999 days mean never"), number_format="#,##0.00"),
    "months": Unit(word="months", meaning=meaning("120 months mean ten years or more"), number_format="0.0"),
    "count": Unit(word="count", number_format="#,##0"),
    "ratio": Unit(word="ratio", meaning=meaning("One number divided by another"), number_format="#,##0.00"),
    "split": Unit(word="ratio", meaning=meaning("New units for an old one"), number_format="#,##0.00####"),
    "score": Unit(word="points", number_format="0.0"),
    **dict.fromkeys(
        ("faults", "traps", "limits"),
        Unit(word="code", meaning=meaning("A set of findings in one number")),
    ),
    "index": Unit(
        word="index", meaning=meaning("A figure of its own formula, without a unit"), number_format="0.00"
    ),
}
"""How the units of `{% figure %}` are named in files. Values stay exact; a number format only shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a file; `unit` is a key of `UNITS`. `key` is what it is called here, if not by its name.

    The name is the one heading of the column in every format, and says the unit: `market_cap_usd`.
    """

    name: str
    key: str = ""
    unit: str = TEXT
    label: str = ""
    description: str = ""

    @property
    def source(self) -> str:
        return self.key or self.name

    @property
    def schema(self) -> Any:
        kind = {TEXT: pa.string(), TRUTH: pa.bool_()}.get(self.unit, pa.float64())
        texts = {"unit": UNITS[self.unit].word, "label": self.label, "description": self.description}
        return pa.field(self.name, kind, metadata={key: text for key, text in texts.items() if text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """`rows` go into the file, of `total` that the question means among `universe`.

    `fictional` of the rows are invented; `sandbox_left_out` invented assets are not among them. `is_chosen`:
    the rows are assets that were chosen one by one, not those of a query.

    `batches` are `pyarrow` record batches in the order of the screen, made as they are read, once;
    missing is null. `kind` is what the rows are: tokens, equities or, of both, assets. `position` is that of
    the exit columns, as it is typed; "" where there are none. `tiers` are the limits of the column
    `tier`, and `tier_texts` what they are by kind and whose, in words.
    """

    fields: tuple[Field, ...]
    batches: Iterable[Any]
    kind: str
    query: str
    sort: str
    position: str = ""
    tiers: TierLimits
    tier_texts: tuple[tuple[str, str], ...] = ()
    as_of: datetime
    rows: int
    total: int
    universe: int
    fictional: int
    sandbox_left_out: int = 0
    is_chosen: bool = False

    @property
    def moment(self) -> str:
        return self.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def file_name(self, extension: str) -> str:
        return f"assay-{self.kind}-{self.as_of.astimezone(UTC):%Y-%m-%dT%H%MZ}.{extension}"

    @property
    def about(self) -> list[tuple[str, str]]:
        """What the file is, in the reader's language: names and what stands behind them."""
        about = [
            (
                _("Screen"),
                _("Assets chosen one by one") if self.is_chosen else self.query or _("Every asset"),
            ),
            (_("Sorted by"), self.sort),
            *([(_("Position"), self.position)] if self.position else []),
            *self.tier_texts,
            (_("As of"), self.moment),
            (_("Rows"), str(self.rows)),
            (_("Note"), _("Not financial advice.")),
        ]
        if self.fictional:
            text = ngettext(
                "%(count)d row is an invented asset of the sandbox market.",
                "%(count)d rows are invented assets of the sandbox market.",
                self.fictional,
            )
            about.append((_("Sandbox"), text % {"count": self.fictional}))
        if self.sandbox_left_out:
            text = ngettext(
                "%(count)d invented asset is left out; sandbox:yes,no includes it.",
                "%(count)d invented assets are left out; sandbox:yes,no includes them.",
                self.sandbox_left_out,
            )
            about.append((_("Sandbox"), text % {"count": self.sandbox_left_out}))
        return about
