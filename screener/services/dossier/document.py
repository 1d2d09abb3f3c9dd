"""Printed dossier: a PDF of what the page says, with its charts, the reader's notes and the sources.

It is set by Typst, which brings its fonts and draws the page's own SVG. Whatever it says is handed over as
text and never read as markup.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from screener.charts import Chart
from screener.services.desk.notes import notes_on
from screener.services.dossier.cited import CitedDossier, CitedPart, cited_dossier, moment
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.findings import named
from screener.services.dossier.sections.liquidity import read_liquidity
from screener.services.dossier.sections.price import read_price
from screener.services.dossier.sections.unlocks import read_unlocks
from screener.words.charts import reading
from screener.words.findings import gate_not_known, sentence
from screener.words.numbers import decimals

LAYOUT: Final = Path(settings.BASE_DIR) / "templates" / "dossier" / "document" / "dossier.typ"
MOST_NOTES: Final = 20
UNDER_PLOT: Final = 24.0
"""Where the labels of the x axis stand below the plot, in its own units."""


def document_of(facts: DossierFacts, *, site: str) -> bytes:
    """The PDF; `site` is scheme and host of the addresses in it."""
    content = _content(facts, cited_dossier(facts, site=site))
    pdf: bytes = typst.compile(LAYOUT, root=LAYOUT.parent, sys_inputs={"data": json.dumps(content)})
    return pdf


def _content(facts: DossierFacts, dossier: CitedDossier) -> dict[str, Any]:
    """What the layout sets: the cited dossier, and what is on paper alone."""
    return asdict(dossier) | {
        "language": (get_language() or "en")[:2],
        "made": _("Made %(at)s") % {"at": moment(facts.now)},
        "checklist": facts.card.checklist_version if facts.card else "",
        "gates": [*_gates(facts)],
        "scores": [_score_in_words(part) for part in dossier.parts[1:]],
        "charts": [*_charts(facts)],
        "notes": [*_notes(facts)],
        "words": {"notes": _("My notes"), "sources": _("Sources")},
    }


def _gates(facts: DossierFacts) -> Iterator[dict[str, str]]:
    card = facts.card
    if card is None:
        return
    for ids, code, word in (
        (card.gates_open, "fail", _("Stop")),
        (card.gates_unverified, "unknown", _("Unverified")),
    ):
        for each in named(ids, facts.findings):
            says = sentence(each.criterion, each.stored)
            if each.criterion.id in card.gates_unverified:
                says = f"{says} {gate_not_known(each.criterion, each.stored)}".strip()
            yield {"code": code, "state": word, "title": _(each.criterion.title), "says": says}


def _score_in_words(part: CitedPart) -> str:
    """Without an interval nothing of the dimension was asked."""
    if part.low is None or part.high is None:
        return _("not asked")
    score = _("Not rated") if part.score is None else decimals(part.score, 0)
    ends = decimals(part.low, 0), decimals(part.high, 0)
    return score if ends[0] == ends[1] else f"{score} ({'–'.join(ends)})"


def _charts(facts: DossierFacts) -> Iterator[Mapping[str, str]]:
    price = read_price(facts)
    drawn = (
        (_("Price and volume, daily"), price.chart if price else None, "usd", "time"),
        (_("Round-trip cost by size"), read_liquidity(facts).chart, "share", "usd"),
        (_("Future circulating supply"), read_unlocks(facts).chart, "count", "time"),
    )
    for title, chart, unit, x_unit in drawn:
        if chart:
            last = reading(chart, chart.points[-1])
            yield {"title": title, "reading": last, "svg": svg_of(chart, unit=unit, x_unit=x_unit)}


def svg_of(chart: Chart, *, unit: str, x_unit: str) -> str:
    """The chart by itself, as paper has no style sheet; units are those of `_chart.html`."""
    foot = chart.height + UNDER_PLOT
    shown = {"chart": chart, "unit": unit, "x_unit": x_unit, "foot": foot, "bottom": foot + UNDER_PLOT}
    return render_to_string("dossier/document/chart.svg", shown).strip()


def _notes(facts: DossierFacts) -> Iterator[dict[str, Any]]:
    for each in notes_on(user=facts.user, asset=facts.asset)[:MOST_NOTES]:
        yield {"edited": date_format(each.edited_at, "j M Y"), "lines": each.body.splitlines()}
