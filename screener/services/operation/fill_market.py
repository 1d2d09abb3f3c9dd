"""Real market: brought in source by source, by the same refresh jobs as everything else.

The plan holds what needs no key and asks for whole universes; its numbers of calls are those of 2026 and only
told before the start, afterwards the runs' own count. A source that refuses is noted and left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.metrics import families as f
from assets.models import RefreshRun
from assets.providers import configured
from assets.services.refreshing import activity, runs
from assets.sourcing.contract import Provider, ProviderError
from screener.checklist.types import phrase
from screener.models import MarketFilling
from screener.services.operation.filling import Filling

JUDGING_S: Final = 5.0
"""What a step takes besides its calls: storing, judging, and the next look of the scheduler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSource:
    """One step of the plan: about so many `calls`, and what they add."""

    provider: str
    family: str
    calls: int
    adds: str

    @property
    def key(self) -> str:
        return f"{self.provider} {self.family}"


PLAN: Final = (
    MarketSource(
        provider="coingecko",
        family=f.LISTING,
        calls=1,
        adds=phrase("Some 17,000 tokens with their contracts"),
    ),
    MarketSource(
        provider="coingecko",
        family=f.MARKET,
        calls=70,
        adds=phrase("Price, volume, supply and market cap of each token"),
    ),
    MarketSource(
        provider="geckoterminal",
        family=f.POOLS,
        calls=320,
        adds=phrase("The busiest and the newest pools of eight chains: liquidity, trades, age"),
    ),
    MarketSource(
        provider="defillama",
        family=f.USAGE,
        calls=1,
        adds=phrase("Value locked, fees and revenue of protocols"),
    ),
    MarketSource(
        provider="sec_www",
        family=f.LISTING,
        calls=1,
        adds=phrase("Some 8,000 listed US companies with their tickers"),
    ),
    MarketSource(
        provider="nasdaqtrader",
        family=f.VENUE,
        calls=8,
        adds=phrase("Where shares are listed, halts and short-sale thresholds"),
    ),
    MarketSource(
        provider="sec_frames",
        family=f.FUNDAMENTALS,
        calls=75,
        adds=phrase("Revenue, cash, debt and shares from annual and quarterly reports"),
    ),
    MarketSource(
        provider="sec_www",
        family=f.MARKET,
        calls=3,
        adds=phrase("Closing prices of shares, two weeks old"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSource:
    """A step of the plan for a page; `problem` is why it can't be asked as things are."""

    title: str
    website: str
    family: str
    calls: int
    minutes: int
    adds: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """A setting that brings more: its name, what it adds, and whether it is set."""

    variable: str
    adds: str
    is_set: bool


HELPFUL: Final = (
    ("coingecko", "ASSAY_COINGECKO_KEY", phrase("more calls of CoinGecko a minute")),
    ("fmp", "ASSAY_FMP_KEY", phrase("daily prices of shares")),
    ("etherscan", "ASSAY_ETHERSCAN_KEY", phrase("contracts and holders on EVM chains")),
    ("github", "ASSAY_GITHUB_KEY", phrase("development activity of projects, 80 times as fast")),
)


def planned_sources() -> list[PlannedSource]:
    return [_planned(each) for each in PLAN]


def minutes_of_plan() -> int:
    return ceil(sum(_seconds_of(each) for each in PLAN) / 60)


def helpful_keys() -> list[Help]:
    return [
        Help(variable, _(adds), is_set=bool((vendor := _vendor(name)) and vendor.key))
        for name, variable, adds in HELPFUL
    ]


# Doing it -----------------------------------------------------------------------------


def start_filling(*, user: User | None) -> MarketFilling:
    """Order it; one that is under way goes on, and one that was stopped is taken up where it was."""
    filling = newest_filling()
    if filling is None or filling.undo or (filling.ended_at and not filling.stopped):
        filling = MarketFilling.objects.create(ordered_by=user, ordered_at=timezone.now())
    elif filling.stopped:
        MarketFilling.objects.filter(pk=filling.pk).update(stopped=False, ended_at=None)
        if filling.run is not None and filling.run.state == RefreshRun.State.STOPPED:
            runs.retry_failed(filling.run)
    advance_filling()
    filling.refresh_from_db()
    return filling


def stop_filling() -> None:
    """Take no further step; what is stored stays."""
    filling = MarketFilling.objects.filter(ended_at=None).select_related("run").first()
    if filling is not None:
        MarketFilling.objects.filter(pk=filling.pk).update(stopped=True, ended_at=timezone.now())
        if filling.run is not None:
            runs.stop_run(filling.run)


def advance_filling() -> bool:
    """Start the next source when the one before is over; whether there is more to wait for.

    Of two that come at once one does it.
    """
    filling = MarketFilling.objects.filter(ended_at=None).select_related("run").first()
    while filling is not None and (filling.run is None or filling.run.is_over):
        mine = MarketFilling.objects.filter(pk=filling.pk, step=filling.step, ended_at=None)
        if filling.step >= len(PLAN):
            mine.update(ended_at=timezone.now())
            return False
        source = PLAN[filling.step]
        if not mine.update(step=filling.step + 1):
            return True
        filling.step += 1
        try:
            filling.run = runs.start_run(
                provider=source.provider, family=source.family, user=filling.ordered_by
            )
        except runs.RefreshRefusedError as refusal:
            filling.run = None
            filling.problems[source.key] = str(refusal)
        filling.save(update_fields=["run", "problems"])
        if filling.run is not None:
            filling.runs.add(filling.run)
            if not MarketFilling.objects.filter(pk=filling.pk, ended_at=None).exists():
                runs.stop_run(filling.run)  # Somebody has stopped it meanwhile.
                return False
    return filling is not None


# How far it is --------------------------------------------------------------------------


def newest_filling() -> MarketFilling | None:
    return MarketFilling.objects.select_related("run", "undo").first()


def filling_progress(filling: MarketFilling) -> Filling | None:
    """None before its first source and after its last one."""
    run = filling.run
    if filling.ended_at or run is None:
        return None
    current = PLAN[filling.step - 1]
    pace = activity.progress_of(run).steps_a_minute
    # Answers lead to further calls: what is found so far may be the beginning.
    expected = run.steps_total if run.is_over else max(run.steps_total, current.calls)
    left = 0.0
    if not run.is_over:
        left = 60 * (expected - run.steps_ended) / pace if pace else _seconds_of(current)
    later = sum(_seconds_of(each) for each in PLAN[filling.step :])
    part = run.steps_ended / max(expected, 1)
    return Filling(
        run=run,
        step=filling.step,
        steps=len(PLAN),
        done_share=(filling.step - 1 + part) / len(PLAN),
        seconds_left=left + later,
    )


def problems_of(filling: MarketFilling) -> Mapping[str, str]:
    """Why sources could not be asked, or what went wrong with their runs, by their titles."""
    lately = RefreshRun.objects.filter(created_at__gte=filling.ordered_at, state=RefreshRun.State.FAILED)
    if filling.ended_at:
        lately = lately.filter(created_at__lte=filling.ended_at)
    keys = {(each.provider, each.family): each.key for each in PLAN}
    found = dict(filling.problems)
    for run in lately.order_by("pk"):
        if key := keys.get((run.provider, run.family)):
            reason = activity.problems_of(run).first()
            found[key] = run.problem or (reason["problem"] if reason else "")
    return found


def _planned(source: MarketSource) -> PlannedSource:
    vendor = _vendor(source.provider)
    return PlannedSource(
        title=vendor.title if vendor else source.provider,
        website=vendor.website if vendor else "",
        family=source.family,
        calls=source.calls,
        minutes=ceil(_seconds_of(source) / 60),
        adds=_(source.adds),
        problem="" if vendor else _("not set up"),
    )


def _seconds_of(source: MarketSource) -> float:
    vendor = _vendor(source.provider)
    return JUDGING_S + (source.calls * vendor.rate.per_s / vendor.rate.calls if vendor else 0.0)


def _vendor(name: str) -> Provider | None:
    """None where its settings make no sense: the Data page says why."""
    try:
        return configured(name)
    except ProviderError:
        return None
