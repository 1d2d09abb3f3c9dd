"""Cited dossier: an asset in statements and tables, each with the stored answers that it rests on.

The Markdown to copy and the printed document are both written from it, so that they can't differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assets.metrics import families
from assets.models import FactRow, Observation
from screener.checklist import DIMENSIONS
from screener.checklist.states import STALE as STALE_STATE
from screener.models import Scorecard
from screener.services.dossier.cited_tables import CitedTable, cited_tables
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.findings import FindingView
from screener.services.dossier.market_sources import market_sources, teller
from screener.words.findings import STATES, family_name, sentence
from screener.words.numbers import decimals, plain_figure
from screener.words.sources import provider_title

FIGURES: Final = (
    (gettext_noop("Price"), "price_usd", "usd", ("price",)),
    (gettext_noop("Market cap"), "market_cap_usd", "usd", ("price", "of_cap")),
    (gettext_noop("Fully diluted"), "fully_diluted_usd", "usd", ("price", "of_diluted")),
    (gettext_noop("Float"), "float_share", "share", ("price", "circulating")),
    (gettext_noop("24 h volume"), "volume_24h_usd", "usd", ("volume",)),
)
"""Title, figure of the card, its unit, and who tells what it is made of."""

SUPPLIES: Final = (
    (
        *("circulating_supply", "circulating"),
        *(gettext_noop("Circulating supply"), gettext_noop("Shares outstanding")),
    ),
    ("total_supply", "total", gettext_noop("Total supply"), gettext_noop("Shares issued")),
    ("max_supply", "maximum", gettext_noop("Max supply"), gettext_noop("Fully diluted shares")),
)
"""Figure of the card, the field that tells it, and what it is called for tokens and for companies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A figure or a finding, and the numbers of its sources; `code`, `mark` and `state` are of a finding."""

    title: str
    says: str
    cites: tuple[int, ...]
    code: str = ""
    mark: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPart:
    """Key figures, or a dimension of the checklist with its scores (0–100); `score` is None where the asset
    is not rated, all three where the card has none."""

    title: str
    statements: Sequence[Statement]
    score: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSource:
    """A stored answer: its number, what it is, and its address."""

    number: int
    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDossier:
    """`rating` is one sentence for a card, or says that there is none. `remark` says what is invented."""

    name: str
    symbol: str
    address: str
    rating: str
    remark: str
    parts: Sequence[CitedPart]
    tables: Sequence[CitedTable]
    sources: Sequence[ListedSource]
    caveat: str


class CitedSources:
    """Observations by the number under which the text cites them, in the order in which it does."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def cited(self, observations: Iterable[int]) -> tuple[int, ...]:
        """Their numbers, each once, in order."""
        return tuple(sorted({self._numbers.setdefault(pk, len(self._numbers) + 1) for pk in observations}))

    def listed(self, site: str) -> Iterator[ListedSource]:
        known = Observation.objects.in_bulk(self._numbers)
        for pk, number in self._numbers.items():
            answer = known[pk]
            words = _("%(provider)s, %(family)s, newest fact of %(as_of)s, read %(known_at)s") % {
                "provider": provider_title(answer.provider),
                "family": family_name(answer.family),
                "as_of": moment(answer.as_of),
                "known_at": moment(answer.known_at),
            }
            yield ListedSource(
                number=number, words=words, address=f"{site}{reverse('observation', args=[pk])}"
            )


def cited_dossier(facts: DossierFacts, *, site: str) -> CitedDossier:
    """`site` is scheme and host of the addresses in it."""
    sources, asset = CitedSources(), facts.asset
    parts = [CitedPart(title=_("Key figures"), statements=[*_figures(facts, sources)])]
    parts += [*_dimensions(facts, sources)] if facts.card else []
    return CitedDossier(
        name=asset.shown_name,
        symbol=asset.symbol if asset.symbol != asset.shown_name else "",
        address=f"{site}{asset.get_absolute_url()}",
        rating=_rating(facts.card),
        remark=_("This asset is invented: it belongs to the sandbox.") if asset.fictional else "",
        parts=parts,
        tables=cited_tables(facts, cited=sources.cited),
        sources=[*sources.listed(site)],
        caveat=render_to_string("_not_advice.html").strip(),
    )


def moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _rating(card: Scorecard | None) -> str:
    if card is None:
        return _("Not scored yet")
    known = {
        "low": decimals(card.total_low, 0),
        "high": decimals(card.total_high, 0),
        "coverage": plain_figure(card.coverage, "share"),
        "version": card.checklist_version,
        "at": moment(card.scored_at),
    }
    if card.is_rated:
        rated = {"grade": card.grade, "total": plain_figure(card.total, "score")}
        words = _("Rated %(grade)s, %(total)s of 100 (%(low)s to %(high)s).") % (known | rated)
    else:
        words = _("Not rated: too little is known (%(low)s to %(high)s of 100).") % known
    return f"{words} " + _("Coverage %(coverage)s, checklist %(version)s, scored %(at)s.") % known


def _figures(facts: DossierFacts, sources: CitedSources) -> Iterator[Statement]:
    market = market_sources(facts)
    for title, name, unit, tellers in FIGURES:
        yield _figure(facts, title, name, unit, [getattr(market, each) for each in tellers], sources)
    supply = facts.rows.row(families.SUPPLY)
    for name, field, of_token, of_company in SUPPLIES:
        title = of_token if facts.asset.kind == families.TOKEN else of_company
        if name == "max_supply" and supply is not None and supply.uncapped:
            cites = _cited(sources, [teller(supply, "uncapped")])
            yield Statement(title=_(title), says=_("no limit"), cites=cites)
        else:
            yield _figure(facts, title, name, "count", [teller(supply, field)], sources)


def _figure(
    facts: DossierFacts,
    title: str,
    name: str,
    unit: str,
    tellers: Sequence[FactRow | None],
    sources: CitedSources,
) -> Statement:
    """What is not known cites nothing; what is questioned says so."""
    says = plain_figure(facts.figures.get(name), unit)
    if name in facts.questioned_figures:
        says = _("%(figure)s (questioned)") % {"figure": plain_figure(facts.questioned_figures[name], unit)}
    is_known = name in facts.figures or name in facts.questioned_figures
    cites = _cited(sources, tellers) if is_known else ()
    return Statement(title=_(title), says=says, cites=cites)


def _cited(sources: CitedSources, tellers: Iterable[FactRow | None]) -> tuple[int, ...]:
    return sources.cited(each.observation_id for each in tellers if each is not None)


def _dimensions(facts: DossierFacts, sources: CitedSources) -> Iterator[CitedPart]:
    card = facts.card
    for dimension in DIMENSIONS:
        views = [facts.findings[each.id] for each in dimension.criteria if each.id in facts.findings]
        stated = [_finding(each, sources) for each in views if each.stored["state"] != "n-a"]
        scores = card.dimensions.get(dimension.id) if card else None
        yield CitedPart(
            title=_(dimension.title(facts.asset.kind)),
            statements=stated,
            score=100 * scores["score"] if scores and card and card.is_rated else None,
            low=100 * scores["low"] if scores else None,
            high=100 * scores["high"] if scores else None,
        )


def _finding(view: FindingView, sources: CitedSources) -> Statement:
    code = STALE_STATE if view.stored["stale"] else view.stored["state"]
    mark, word = STATES[code]
    return Statement(
        title=_(view.criterion.title),
        says=sentence(view.criterion, view.stored),
        cites=sources.cited(each.pk for each in view.sources),
        code=code,
        mark=mark,
        state=str(word),
    )
