"""Plan terms: what a reader would hold an asset on, as the address of the page asks it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assets.metrics.exits import PARTICIPATION_SHARE
from assets.metrics.planning.ladder import EVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyOrShare:
    """US dollars, or a share of something; one of the two."""

    usd: float | None = None
    share: float | None = None

    def of_usd(self, whole_usd: float) -> float:
        return (self.share or 0.0) * whole_usd if self.usd is None else self.usd


ONE_PERCENT = MoneyOrShare(share=0.01)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """`risk` is the most that may be lost, in money or of the account. `entry_usd` is None for the price of
    today, `stop` is a price or how far it is below the entry; None: none is set. The edge is stated by both
    `win_share` and `payoff_ratio`, or not at all.
    """

    account_usd: float
    risk: MoneyOrShare = ONE_PERCENT
    entry_usd: float | None = None
    stop: MoneyOrShare | None = None
    win_share: float | None = None
    payoff_ratio: float | None = None
    participation_share: float = PARTICIPATION_SHARE
    exit_days: float = 1.0
    steps: int = 1
    spacing_share: float = 0.05
    weights: str = EVEN

    @property
    def risk_share(self) -> float:
        """Of the account, at most all of it."""
        return min(self.risk.of_usd(self.account_usd) / self.account_usd, 1.0)

    def stop_usd(self, entry_usd: float) -> float:
        """The price of the stop; 0 where none is set."""
        if self.stop is None:
            return 0.0
        return entry_usd * (1 - self.stop.share) if self.stop.share is not None else self.stop.of_usd(0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPlan:
    """`typed` is what stands in the fields. `terms` is None while no account is named, and where `problems`
    says, by field, what can't be read."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    terms: PlanTerms | None = None
