"""Cash of a company at the end of a period, with treasuries, deposits and securities that are current assets.

One total, cash and short-term securities apart, or cash alone: which of them a company reports differs. Each
tag of securities may be a part of another one (https://xbrl.fasb.org/us-gaap, statement of financial
position), so of several the largest counts, unless all of them and the other lines are the current assets.
The total counts where it is no less than its parts and no more than the current assets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from assets.providers.sec.concepts import BALANCES, IFRS, US_GAAP, Total, either
from assets.providers.sec.debt import are_equal
from assets.providers.sec.evidence import EVIDENCE
from assets.providers.sec.ledger import FiledFigure, Ledger, balance_of


@dataclass(frozen=True, slots=True)
class CashTags:
    """`whole` is cash with securities, `cash` cash alone in the order of their fitness."""

    whole: tuple[Total, ...]
    cash: tuple[Total, ...]
    securities: tuple[Total, ...]

    @property
    def all_tags(self) -> frozenset[str]:
        totals = (*self.whole, *self.cash, *self.securities)
        return frozenset(tag for total in totals for tag in total.all_tags)


CASH: Final = {
    US_GAAP: CashTags(
        whole=either("CashCashEquivalentsAndShortTermInvestments"),
        cash=either(
            "CashAndCashEquivalentsAtCarryingValue",
            "CashAndDueFromBanks",
            "Cash",
            "CashEquivalentsAtCarryingValue",
            "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents",
            "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
            "IncludingDisposalGroupAndDiscontinuedOperations",
        ),
        securities=(
            *either(
                "ShortTermInvestments",
                "MarketableSecuritiesCurrent",
                "OtherShortTermInvestments",
                "CertificatesOfDepositAtCarryingValue",
                "DebtSecuritiesCurrent",
            ),
            Total(
                (),
                also=(
                    (
                        "AvailableForSaleSecuritiesDebtSecuritiesCurrent",
                        "DebtSecuritiesAvailableForSaleExcludingAccruedInterestCurrent",
                        "AvailableForSaleSecuritiesCurrent",
                    ),
                    (
                        "HeldToMaturitySecuritiesCurrent",
                        "DebtSecuritiesHeldToMaturityAmortizedCostAfterAllowanceForCreditLossCurrent",
                    ),
                    ("TradingSecuritiesCurrent",),
                ),
            ),
        ),
    ),
    IFRS: CashTags(
        whole=(),
        cash=either("CashAndCashEquivalents"),
        securities=either(
            "ShorttermInvestmentsClassifiedAsCurrent",
            "CurrentInvestments",
            "ShorttermDepositsNotClassifiedAsCashEquivalents",
        ),
    ),
}


def cash_of(
    ledger: Ledger, taxonomy: str, end: date, *, by: date, limit: Decimal | None = None
) -> FiledFigure | None:
    """What there was to spend on the day `end`; None where not even cash is given. `limit` are the current
    assets, of which it is a part."""
    tags = CASH[taxonomy]
    cash = balance_of(ledger, tags.cash, end, by=by)
    whole = balance_of(ledger, tags.whole, end, by=by)
    securities = list(_securities(ledger, tags, end, by=by))
    parts = _with_largest(cash, securities) if cash else None
    if cash and limit and len(securities) > 1:
        with_all = _with_all(cash, securities)
        all_current = with_all.value + _beside(ledger, taxonomy, end, by=by)
        parts = with_all if with_all.value <= limit and are_equal(all_current, limit) else parts
    known = [each for each in (parts, whole) if each]
    # A note's total may hold securities of more than a year.
    fitting = [each for each in known if limit is None or each.value <= limit] or [
        each for each in (cash,) if each
    ]
    return max(fitting or known, key=lambda each: each.value, default=None)


def _with_largest(cash: FiledFigure, securities: Sequence[FiledFigure]) -> FiledFigure:
    return cash.plus(max(securities, key=lambda each: each.value)) if securities else cash


def _with_all(cash: FiledFigure, securities: Sequence[FiledFigure]) -> FiledFigure:
    for each in securities:
        cash = cash.plus(each)
    return cash


def _beside(ledger: Ledger, taxonomy: str, end: date, *, by: date) -> Decimal:
    """What is told of the other current assets."""
    others = [balance_of(ledger, BALANCES[taxonomy]["receivables_usd"], end, by=by)]
    others += [ledger.known(tag, (None, end), by=by) for tag in sorted(EVIDENCE[taxonomy].other_assets)]
    return sum((each.value for each in others if each), Decimal(0))


def _securities(ledger: Ledger, tags: CashTags, end: date, *, by: date) -> Iterator[FiledFigure]:
    for total in tags.securities:
        if found := balance_of(ledger, (total,), end, by=by):
            yield found
