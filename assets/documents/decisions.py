"""Decisions about a document: which rules run over which form, and what they found, ready for JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from assets.documents.current_report import reported_events
from assets.documents.going_concern import GoingConcern, going_concern
from assets.documents.last_sale import LastSale, last_sale
from assets.documents.offerings import Offering
from assets.documents.prospectuses import prospectus_offering
from assets.documents.report_cover import CoverFloat, cover_float
from assets.documents.report_offerings import report_offerings
from assets.documents.sections import ReportedEvent
from assets.documents.text import DocumentText

CURRENT: Final = ("8-K",)
PROSPECTUSES: Final = ("424B", "S-1", "S-3", "F-1", "F-3", "POS AM", "RW")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDecisions:
    """What a document says. No event or offering of a form that has none says nothing of the company."""

    form: str
    going_concern: GoingConcern | None = None
    events: tuple[ReportedEvent, ...] = ()
    offerings: tuple[Offering, ...] = ()
    cover: CoverFloat | None = None
    last_sale: LastSale | None = None

    def as_json(self) -> dict[str, Any]:
        return {"form": self.form, **_plain(asdict(self), without="form")}


def decide(document: DocumentText, form: str, *, filed_on: date | None = None) -> DocumentDecisions:
    """Reports and prospectuses are read for going concern, 8-Ks for events, and both of the latter for
    offerings; the covers of annual reports and prospectuses for the float, those of prospectuses for the last
    sale where the day of filing is known."""
    if form.startswith(CURRENT):
        return DocumentDecisions(
            form=form, events=reported_events(document), offerings=report_offerings(document)
        )
    offering = prospectus_offering(document, form) if form.startswith(PROSPECTUSES) else None
    return DocumentDecisions(
        form=form,
        going_concern=going_concern(document),
        offerings=(offering,) if offering else (),
        cover=cover_float(document, form),
        last_sale=last_sale(document, form, filed_on=filed_on) if filed_on else None,
    )


def _plain(value: Any, without: str = "") -> Any:
    """Dates as text; what is not known stays null."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if key != without}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
