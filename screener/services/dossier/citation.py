"""Citation: an asset's dossier as Markdown, each statement with the stored answers that it rests on."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assets.models import Observation
from screener.checklist import DIMENSIONS
from screener.checklist.states import STALE as STALE_STATE
from screener.models import Scorecard
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.findings import FindingView
from screener.services.dossier.market_sources import MarketSources, market_sources
from screener.words.findings import STATES, family_name, sentence
from screener.words.numbers import decimals, plain_figure
from screener.words.sources import provider_title

ESCAPED: Final = re.compile(r"([\\`*_\[\]<>#|~])")
FIGURES: Final = (
    (gettext_noop("Price"), "price_usd", "usd", ("price",)),
    (gettext_noop("Market cap"), "market_cap_usd", "usd", ("price", "circulating")),
    (gettext_noop("Fully diluted"), "fully_diluted_usd", "usd", ("price", "circulating")),
    (gettext_noop("24 h volume"), "volume_24h_usd", "usd", ("volume",)),
)
"""Title, figure of the card, its unit, and who tells what it is made of."""


class CitedSources:
    """Observations by the number under which the text cites them, in the order in which it does."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def cited(self, observations: Iterable[int]) -> str:
        """` [1][2]`; nothing where there is no source."""
        numbers = [self._numbers.setdefault(pk, len(self._numbers) + 1) for pk in dict.fromkeys(observations)]
        return f" {''.join(f'[{number}]' for number in numbers)}" if numbers else ""

    def listed(self, site: str) -> Iterator[str]:
        known = Observation.objects.in_bulk(self._numbers)
        for pk, number in self._numbers.items():
            told = known[pk]
            words = _("%(provider)s, %(family)s, as of %(as_of)s, read %(known_at)s") % {
                "provider": provider_title(told.provider),
                "family": family_name(told.family),
                "as_of": _moment(told.as_of),
                "known_at": _moment(told.known_at),
            }
            yield f"{number}. {words}: {site}{reverse('observation', args=[pk])}"


def cite(facts: DossierFacts, *, site: str) -> str:
    """The whole text; `site` is scheme and host of the addresses in it."""
    sources, card, asset = CitedSources(), facts.card, facts.asset
    symbol = f" ({_escaped(asset.symbol)})" if asset.symbol else ""
    parts = [f"# {_escaped(asset.shown_name)}{symbol}", f"{site}{asset.get_absolute_url()}", _rating(card)]
    if asset.fictional:
        parts.append(_("This asset is invented: it belongs to the sandbox."))
    parts.append(_list(_("Key figures"), _figures(facts, market_sources(facts), sources)))
    if card:
        for dimension in DIMENSIONS:
            views = [facts.findings[each.id] for each in dimension.criteria if each.id in facts.findings]
            lines = [_finding(each, sources) for each in views if each.stored["state"] != "n-a"]
            parts.append(_list(_(dimension.title(asset.kind)), lines))
    parts.append(_list(_("Sources"), sources.listed(site), mark=""))
    parts.append(render_to_string("_not_advice.html").strip())
    return "\n\n".join(each for each in parts if each) + "\n"


def _rating(card: Scorecard | None) -> str:
    if card is None:
        return _("Not scored yet")
    told = {
        "low": decimals(card.total_low, 0),
        "high": decimals(card.total_high, 0),
        "coverage": plain_figure(card.coverage, "share"),
        "version": card.checklist_version,
        "at": _moment(card.scored_at),
    }
    if card.is_rated:
        rated = {"grade": card.grade, "total": plain_figure(card.total, "score")}
        words = _("Rated %(grade)s, %(total)s of 100 (%(low)s to %(high)s).") % (told | rated)
    else:
        words = _("Not rated: too little is known (%(low)s to %(high)s of 100).") % told
    return f"{words} " + _("Coverage %(coverage)s, checklist %(version)s, scored %(at)s.") % told


def _figures(facts: DossierFacts, market: MarketSources, sources: CitedSources) -> Iterator[str]:
    for title, name, unit, tellers in FIGURES:
        rows = [getattr(market, each) for each in tellers] if name in facts.figures else []
        cited = sources.cited(each.observation_id for each in rows if each is not None)
        yield f"{_(title)}: {plain_figure(facts.figures.get(name), unit)}{cited}"


def _finding(view: FindingView, sources: CitedSources) -> str:
    shape, word = STATES[STALE_STATE if view.stored["stale"] else view.stored["state"]]
    cited = sources.cited(each.pk for each in view.sources)
    title, says = _(view.criterion.title), _escaped(sentence(view.criterion, view.stored))
    return f"{shape} **{word}** {title}: {says}{cited}"


def _list(title: str, lines: Iterable[str], *, mark: str = "- ") -> str:
    """A heading over its lines; nothing where there are none."""
    told = [f"{mark}{line}" for line in lines]
    return "\n".join([f"## {title}", "", *told]) if told else ""


def _escaped(text: str) -> str:
    """As text that Markdown takes for nothing else, in one line."""
    return ESCAPED.sub(r"\\\1", " ".join(text.split()))


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
