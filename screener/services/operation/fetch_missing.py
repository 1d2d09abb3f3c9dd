"""Fetching what is missing: which calls would answer what is open of some assets, and ordering them.

A plan asks as few as can be: one source a criterion, first the one whose call answers most of the weight.
What it brings may still not answer it; then the next plan names the next source: nobody is asked twice a day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.contrib.auth.models import User

from assets.models import Asset, RefreshRun, RequestLog
from assets.providers import configured
from assets.services.refreshing.runs import RefreshRefusedError, named_repositories, start_run
from assets.sourcing.contract import Need, Provider, ProviderError
from assets.sourcing.rows import Identifier
from screener.checklist import CRITERIA, Criterion, State
from screener.models import Scorecard
from screener.services.evidence.answer_sources import sources_of

MOST: Final = 50
"""How many assets one order may be about."""
ASKED_LATELY: Final = timedelta(days=1)
"""Who was asked within this time and answered otherwise is not asked again."""

Source = tuple[str, str]
"""(provider, family that is asked for)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One family of one provider for some assets; `criteria` are what it would answer of any of them.

    What comes at once is asked for once, whatever the number of assets that it is about.
    """

    provider: Provider
    family: str
    asset_ids: tuple[int, ...]
    criteria: tuple[Criterion, ...]
    calls: int

    @property
    def is_of_all(self) -> bool:
        """Whether the calls bring all assets that there are."""
        return self.family in self.provider.at_once

    @property
    def seconds(self) -> int:
        """How long its rate makes of it, in whole seconds."""
        return ceil(self.calls * self.provider.rate.per_s / self.provider.rate.calls)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPlan:
    """What to ask for, and the criteria that nobody can be asked about."""

    fetches: tuple[Fetch, ...]
    beyond: tuple[Criterion, ...]

    @property
    def calls(self) -> int:
        return sum(each.calls for each in self.fetches)

    @property
    def seconds(self) -> int:
        """Providers are asked beside each other, each at its own rate."""
        by_provider: dict[str, int] = defaultdict(int)
        for each in self.fetches:
            by_provider[each.provider.name] += each.seconds
        return max(by_provider.values(), default=0)


def plan_fetches(assets: Sequence[Asset], *, now: datetime) -> FetchPlan:
    """The plan for these assets, of which the first `MOST` are looked at; invented ones have no source."""
    chosen = [each for each in assets if not each.fictional][:MOST]
    unanswered, asked = _unanswered(chosen), _asked_lately(chosen, now=now)
    vendors, repositories = _Vendors(), named_repositories(chosen)
    ids: dict[Source, list[int]] = defaultdict(list)
    told: dict[Source, dict[str, Criterion]] = defaultdict(dict)
    calls: dict[Source, int] = defaultdict(int)
    beyond: dict[str, Criterion] = {}
    for asset in chosen:
        names = (*asset.names, *repositories.get(asset.pk, ()))
        offers = _offers(asset, unanswered[asset.pk], vendors, names=names, asked=asked[asset.pk])
        left = {each.id: each for each in unanswered[asset.pk]}
        while best := _best(offers, left):
            source, (count, criteria) = best
            answered = {each.id: each for each in criteria if each.id in left}
            ids[source].append(asset.pk)
            told[source] |= answered
            calls[source] = count if vendors.comes_at_once(source) else calls[source] + count
            left = {id: each for id, each in left.items() if id not in answered}
        beyond |= left
    return FetchPlan(
        fetches=tuple(
            Fetch(
                provider=vendors.named(source[0]),
                family=source[1],
                asset_ids=tuple(ids[source]),
                criteria=tuple(told[source].values()),
                calls=calls[source],
            )
            for source in sorted(ids, key=lambda each: -_weight(told[each].values()))
        ),
        beyond=tuple(beyond.values()),
    )


def start_fetches(plan: FetchPlan, *, user: User) -> tuple[list[RefreshRun], list[str]]:
    """Order them; returns the runs, and why some of them could not be started."""
    started, refused = [], []
    for each in plan.fetches:
        try:
            run = start_run(
                provider=each.provider.name,
                family=each.family,
                asset_ids=None if each.is_of_all else each.asset_ids,
                user=user,
            )
        except RefreshRefusedError as refusal:
            refused.append(str(refusal))
        else:
            started.append(run)
    return started, refused


# What is open, and who was asked ----------------------------------------------------------


def _unanswered(assets: Sequence[Asset]) -> Mapping[int, list[Criterion]]:
    """By asset the criteria without an answer; of one without a scorecard all that are asked of its kind."""
    cards = Scorecard.objects.latest_of_each_asset().filter(asset__in=assets)
    findings = dict(cards.values_list("asset_id", "findings"))
    return {
        each.pk: (
            [
                CRITERIA[one["criterion"]]
                for one in findings[each.pk]
                if one["state"] == State.UNKNOWN and one["criterion"] in CRITERIA
            ]
            if each.pk in findings
            else [one for one in CRITERIA.values() if each.kind in one.kinds]
        )
        for each in assets
    }


def _asked_lately(assets: Sequence[Asset], *, now: datetime) -> Mapping[int, set[Source]]:
    """By asset who was asked about it, or about all there are."""
    walks = RefreshRun.objects.filter(is_walk=True, created_at__gt=now - ASKED_LATELY)
    of_all = set(walks.order_by().values_list("provider", "family"))
    lately = RequestLog.objects.filter(asset__in=assets, asked_at__gt=now - ASKED_LATELY)
    asked: dict[int, set[Source]] = {each.pk: set(of_all) for each in assets}
    for asset_id, provider, family in lately.values_list("asset_id", "provider", "family"):
        asked[asset_id].add((provider, family))
    return asked


# Who could be asked -----------------------------------------------------------------------


class _Vendors:
    """The providers as they are set up, each made once."""

    def __init__(self) -> None:
        self._made: dict[str, Provider | None] = {}

    def named(self, name: str) -> Provider:
        vendor = self.ready(name)
        if vendor is None:
            raise LookupError(name)
        return vendor

    def ready(self, name: str) -> Provider | None:
        """None where its settings make no sense; the Data page says so."""
        if name not in self._made:
            try:
                self._made[name] = configured(name)
            except ProviderError:
                self._made[name] = None
        return self._made[name]

    def comes_at_once(self, source: Source) -> bool:
        return source[1] in self.named(source[0]).at_once


Offers = Mapping[Source, tuple[int, list[Criterion]]]
"""By source the number of calls, and what they would answer."""


def _offers(
    asset: Asset,
    unanswered: Iterable[Criterion],
    vendors: _Vendors,
    *,
    names: Sequence[Identifier],
    asked: Collection[Source],
) -> Offers:
    offers: dict[Source, tuple[int, list[Criterion]]] = {}
    for criterion in unanswered:
        for source, vendor in _sources(criterion, asset, vendors):
            if source in asked:
                continue
            if source not in offers:
                offers[source] = (_calls(vendor, source[1], names), [])
            offers[source][1].append(criterion)
    return {source: offer for source, offer in offers.items() if offer[0]}


def _sources(criterion: Criterion, asset: Asset, vendors: _Vendors) -> Iterator[tuple[Source, Provider]]:
    for each in sources_of(criterion, asset.kind):
        vendor = vendors.ready(each.name)
        if vendor is not None and (vendor.is_set_up or not each.needs_key):
            for family in each.asked_for:
                yield (each.name, family), vendor


def _calls(vendor: Provider, family: str, names: Sequence[Identifier]) -> int:
    """How many calls it takes to ask about this asset; 0 where it can't be asked.

    Who is asked by an asset's papers or pools, which a run looks up, is taken to need one.
    """
    try:
        if family in vendor.at_once:
            is_known = bool(vendor.known(family, tuple(names)))
            return len(vendor.requests(Need(family=family))) if is_known else 0
        if family not in vendor.per_asset and family not in vendor.in_batches:
            return 0
        if family in {*vendor.reads_documents, *vendor.reads_pools}:
            return int(bool(vendor.known(family, tuple(names))))
        return len(vendor.requests(Need(family=family, identifiers=tuple(names))))
    except (ProviderError, ValueError):
        return 0


def _best(offers: Offers, left: Mapping[str, Criterion]) -> tuple[Source, tuple[int, list[Criterion]]] | None:
    """What answers most of the weight that is left for a call; of equals whose word counts first."""

    def worth(offer: tuple[int, list[Criterion]]) -> float:
        return _weight(each for each in offer[1] if each.id in left) / offer[0]

    best = max(offers.items(), key=lambda each: worth(each[1]), default=None)
    return best if best and worth(best[1]) else None


def _weight(criteria: Iterable[Criterion]) -> int:
    return sum(each.weight for each in criteria)
