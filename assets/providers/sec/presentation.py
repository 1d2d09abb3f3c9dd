"""Presentation currency of a report: whether its amounts in US dollars are its accounts or parts of them.

A foreign company reports in its own currency and tells some amounts in dollars beside it: all of the newest
year translated at one rate ("for the convenience of the reader", Regulation S-X, rule 3-20), or a loan, a
subsidiary, the cash of one account. The former are its accounts; the latter are not.
"""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Any, Final

from assets.providers.sec.ledger import Span
from assets.providers.sec.tags import balance_tags, period_tags
from assets.providers.sec.values import currencies, filed_values
from assets.sourcing.reading import RowReader

USD: Final = "USD"
RATES_APART: Final = Decimal("1.25")
"""Flows may be translated at the rate of the year, balances at that of its end (our judgement)."""
FEWEST_TAGS: Final = 2

Amounts = dict[tuple[str, Span], Decimal]


def partly_in_dollars(facts: Mapping[str, Any], taxonomy: str, *, today: date) -> set[str]:
    """The filings of which only parts are told in dollars: total assets stand in another currency, and the
    dollars are no translation of the same lines."""
    tags, whole = sorted(period_tags(taxonomy)), balance_tags(taxonomy)
    others = {unit for tag in tags for unit in currencies(facts, taxonomy, tag)} - {USD}
    if not others:
        return set()
    dollars = _by_filing(facts, taxonomy, tags, USD, today)
    found = set[str]()
    for unit in sorted(others):
        for filing, amounts in _by_filing(facts, taxonomy, tags, unit, today).items():
            is_whole = any(tag in whole for tag, _span in amounts)
            if is_whole and not _is_translation(dollars.get(filing, {}), amounts, whole):
                found.add(filing)
    return found


def _by_filing(
    facts: Mapping[str, Any], taxonomy: str, tags: list[str], unit: str, today: date
) -> dict[str, Amounts]:
    by_filing: dict[str, Amounts] = defaultdict(dict)
    for tag in tags:
        # What can't be read is remarked where the amounts are read for the ledger.
        for each in filed_values(facts, taxonomy, tag, unit, RowReader(), today=today, is_amount=False):
            by_filing[each.accession][tag, each.span] = each.value
    return by_filing


def _is_translation(dollars: Amounts, amounts: Amounts, whole: AbstractSet[str]) -> bool:
    """Whether total assets and another line stand in both currencies at about one rate: one line alone may be
    the same in two years, and so keep its rate, whatever it is of."""
    both = {line for line, value in dollars.items() if value and amounts.get(line)}
    tags, rates = {tag for tag, _span in both}, [dollars[line] / amounts[line] for line in both]
    is_whole = len(tags) >= FEWEST_TAGS and bool(tags & whole)
    return is_whole and 0 < max(rates) <= min(rates) * RATES_APART
