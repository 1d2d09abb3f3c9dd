"""Request-scoped reads of one asset's dossier: what several sections ask for is read once."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils import timezone

from assets.metrics import families
from assets.metrics.bars import Bars
from assets.metrics.candles import bars_in_units
from assets.metrics.facts import Facts
from assets.metrics.selling.venues import ExitVenues, exit_venues
from assets.metrics.sessions import day_of
from assets.metrics.unit_changes import UnitChanges
from assets.models import Asset, CapitalEvent, CapitalReading, OwnershipReport, Trade
from assets.services.reading.events import latest_events
from assets.services.reading.facts import facts_known
from screener.models import Profile, Scorecard
from screener.screens.position import PositionSize
from screener.screens.tier_limits import TierLimits
from screener.services.desk.overrides import overrides_on
from screener.services.desk.personal_score import PersonalScore, read_personal_score, size_of_card
from screener.services.desk.preferences import default_position
from screener.services.desk.size_tiers import default_tiers, tiers_under
from screener.services.dossier.findings import FindingView, finding_views, judged_observations
from screener.services.dossier.peers import PeerGroup, peers_of
from screener.services.dossier.plan_terms import AskedPlan
from screener.services.dossier.provenance import ABSENT
from screener.services.dossier.shown_rows import ShownRows
from screener.services.dossier.unlock_what_if import AskedUnlock
from screener.services.screening.prepared import prepared

EVENTS: Final[dict[str, tuple[Any, str]]] = {
    families.TRADES: (Trade, "as_of"),
    families.CAPITAL: (CapitalEvent, "happened_on"),
    families.OWNERSHIP: (OwnershipReport, "as_of"),
}
"""Families of which the latest events are shown: family → (model, by what)."""

MOST_EVENTS: Final = 12
AHEAD_DAYS: Final = 120
"""How far ahead dated events are looked for: a report of each quarter is due within them."""
CHART_DAYS: Final = 180
LONG_CHART_DAYS: Final = 3 * 365
"""So far back reaches the chart that a reader can zoom."""

OF_BARS: Final = (families.CANDLES, families.CAPITAL)
OF_EXITS: Final = (families.MARKET, families.SUPPLY, families.POOLS, families.BOOKS, families.CONTRACT)
"""The families of facts that two sections work with as columns; the second ones beside the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """The size and the profile by which the user sees assets; None for the default and for no profile. The
    profile has their limits of the size tiers. `refused_position` is what the address asks for where that is
    none."""

    position: PositionSize | None = None
    refused_position: str = ""
    profile: Profile | None = None

    @property
    def tiers(self) -> TierLimits:
        return tiers_under(self.profile) if self.profile else default_tiers()


NEXT_UNLOCK: Final = AskedUnlock()
NO_PLAN: Final = AskedPlan()
SUPPLY: Final = ("supply", "circulating")
FUNDAMENTALS: Final = ("fundamentals", "shares_outstanding")


def _is_share_count(question: Mapping[str, Any], of: tuple[str, str]) -> bool:
    return (question["frame"], question["field"]) == of


class DossierFacts:
    """What the sections of one page read: of the asset, and of the user who looks at it.

    `own_settings` is only called where the user's own score is shown. `whole_lists` names the lists that are
    wanted to their end, `asked_unlock` what they want to know of the unlock schedule, `asked_plan` on what
    terms they would hold it; `read_ahead` gives the dated events of the next `AHEAD_DAYS`, which the calendar
    knows. `as_of` is a past moment: nothing that was learnt later is read then, and
    nothing of what the user keeps of their own.
    """

    def __init__(
        self,
        asset: Asset,
        *,
        user: AbstractBaseUser | AnonymousUser | None = None,
        own_settings: Callable[[], OwnSettings] = OwnSettings,
        whole_lists: Collection[str] = (),
        asked_unlock: AskedUnlock = NEXT_UNLOCK,
        asked_plan: AskedPlan = NO_PLAN,
        read_ahead: Callable[[], Sequence[Any]] = tuple,
        now: datetime | None = None,
        as_of: datetime | None = None,
    ) -> None:
        self.asset = asset
        self.as_of = as_of
        self.whole_lists = whole_lists
        self.asked_unlock = asked_unlock
        self.asked_plan = asked_plan
        self.user = user or AnonymousUser()
        self.now = as_of or now or timezone.now()
        self.rows = ShownRows(asset, now=self.now, known_by=as_of)
        self._read_own_settings = own_settings
        self._read_ahead = read_ahead
        self._events: dict[str, list[Any]] = {}

    @cached_property
    def card(self) -> Scorecard | None:
        cards = Scorecard.objects.filter(asset=self.asset)
        if self.as_of is None:
            return cards.order_by("-id").first()
        earlier = cards.with_baselines().filter(scored_at__lte=self.as_of)
        return earlier.order_by("-scored_at", "-id").first()

    @property
    def figures(self) -> Mapping[str, float]:
        return self.card.figures if self.card else {}

    @property
    def questions(self) -> Sequence[Mapping[str, Any]]:
        """What witnesses contradicted when the card was made, as the card keeps it."""
        return self.card.questioned.get("facts", ()) if self.card else ()

    @property
    def distinct_questions(self) -> tuple[Mapping[str, Any], ...]:
        """Each figure once: a company's number of shares stands in its fundamentals as well as its supply."""
        told = {(each["witness"], each["value"]) for each in self.questions if _is_share_count(each, SUPPLY)}
        return tuple(
            each
            for each in self.questions
            if not (_is_share_count(each, FUNDAMENTALS) and (each["witness"], each["value"]) in told)
        )

    def questions_of(self, *frames: str) -> tuple[Mapping[str, Any], ...]:
        """Those about these frames of facts."""
        return tuple(each for each in self.questions if each["frame"] in frames)

    def questioned_of(self, frame: str, *place: str) -> frozenset[str]:
        """The fields that are questioned of this pool or book."""
        asked = self.questions_of(frame)
        return frozenset(each["field"] for each in asked if each["place"] == " ".join(place))

    @property
    def questioned_figures(self) -> Mapping[str, float]:
        """The measures that are not known for that, and what they would be."""
        would_be = self.card.questioned.get("figures", {}) if self.card else {}
        return {name: value for name, value in would_be.items() if name not in self.figures}

    @cached_property
    def own_settings(self) -> OwnSettings:
        """What the user has set, read where something is shown by it."""
        return OwnSettings() if self.as_of else self._read_own_settings()

    @cached_property
    def ahead(self) -> Sequence[Any]:
        """The next dated events, the nearest first."""
        return self._read_ahead()

    @cached_property
    def peer_group(self) -> PeerGroup | None:
        """Its peers in tiers by the reader's limits; no figure here depends on their position."""
        return peers_of(prepared(default_position(), self.own_settings.tiers).table, self.asset.pk)

    @property
    def position_usd(self) -> float:
        """The user's size, at the price of the card."""
        return size_of_card(self.own_settings.position, self.card)

    @cached_property
    def findings(self) -> dict[str, FindingView]:
        """By criterion what the card found, with the observations that it rests on."""
        findings = self.card.findings if self.card else []
        return finding_views(findings, judged_observations(findings), self.distinct_questions)

    @cached_property
    def personal_score(self) -> PersonalScore:
        """What the user's own size, profile and answers make of the asset."""
        own = self.own_settings
        return read_personal_score(
            self.asset,
            self.card,
            position=own.position,
            profile=own.profile,
            overrides={} if self.as_of else overrides_on(user=self.user, asset=self.asset),
            today=timezone.localdate(self.now),
        )

    @cached_property
    def bars(self) -> Facts:
        """The bars that the price chart shows and what changed their units, read as the score reads them."""
        return self._read(OF_BARS, candle_days=CHART_DAYS)

    @cached_property
    def long_bars(self) -> Facts:
        """The same over years."""
        return self._read(OF_BARS, candle_days=LONG_CHART_DAYS)

    @cached_property
    def unit_changes(self) -> UnitChanges:
        """Splits and redenominations; they come with the bars, where a section has read these."""
        return UnitChanges.of(self.bars if "bars" in vars(self) else self._read((families.CAPITAL,)))

    @cached_property
    def exits(self) -> Facts:
        """What leaving costs and what contradicts that, read as the score reads it."""
        return self._read(OF_EXITS, beside=self.bars)

    @cached_property
    def exit_venues(self) -> ExitVenues:
        """Where it can be sold, by the rows and rules of the score, at the price of the card."""
        return exit_venues(self.exits, price_usd=self.figures.get("price_usd", math.nan))

    @cached_property
    def offerings(self) -> Facts:
        """What papers say of sales of shares, and what changed their units."""
        return self._read((families.EVENTS, families.CAPITAL))

    @property
    def closed_bars(self) -> Bars:
        """The bars in units of today, without that of the day, which is still open."""
        bars = bars_in_units(self.bars).today
        return bars.where(bars.day < day_of(self.now))

    def _read(self, wanted: Sequence[str], **more: Any) -> Facts:
        return facts_known(
            [self.asset.pk],
            now=self.now,
            known=self.rows.known,
            present=self.rows.present,
            among=wanted,
            **more,
        )

    @cached_property
    def reading(self) -> CapitalReading | None:
        """The last time that somebody read its papers for capital events, whatever was found."""
        stored = CapitalReading.objects.filter(self.rows.known.rows(), asset=self.asset)
        return stored.select_related("observation").order_by("-as_of", "-id").first()

    def events(self, family: str) -> list[Any]:
        """The latest events; none for a kind of asset that has none."""
        if family in ABSENT[self.asset.kind]:
            return []
        if family not in self._events:
            model, by = EVENTS[family]
            self._events[family] = latest_events(
                model, self.asset, known=self.rows.known, by=by, most=MOST_EVENTS
            )
        return self._events[family]
