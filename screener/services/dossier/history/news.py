"""News since a visit: how much of an asset is another than when its reader looked last, for its page."""

from dataclasses import dataclass
from datetime import datetime

from assets.metrics.families import EQUITY
from screener.models import Scorecard
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.history.filings import documents_since
from screener.services.screening.what_changed import AssetChange, asset_change


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsSinceVisit:
    """The newest scorecard held against that of the visit; None where it is still the same one."""

    since: datetime
    change: AssetChange | None
    documents: int

    @property
    def gates(self) -> int:
        return len(self.change.stops) + len(self.change.cleared) if self.change else 0

    @property
    def answers(self) -> int:
        """Those of gates are counted there."""
        gates = {each.id for each in (*self.change.stops, *self.change.cleared)} if self.change else set()
        return sum(each.criterion.id not in gates for each in self.change.answers) if self.change else 0

    @property
    def figures(self) -> int:
        return len(self.change.figures) if self.change else 0


def news_since(facts: DossierFacts, moment: datetime) -> NewsSinceVisit | None:
    """None where nothing is new; of an asset that was not scored yet then, its first score is."""
    card = facts.card
    change = _change(card, moment) if card and card.scored_at > moment else None
    documents = documents_since(facts.asset.pk, moment) if facts.asset.kind == EQUITY else 0
    if change is None and not documents:
        return None
    return NewsSinceVisit(since=moment, change=change, documents=documents)


def _change(card: Scorecard, moment: datetime) -> AssetChange | None:
    before = Scorecard.objects.with_baselines().filter(asset=card.asset_id, scored_at__lte=moment)
    change = asset_change(before.order_by("-scored_at", "-pk").first(), card)
    return change if change.says_anything else None
