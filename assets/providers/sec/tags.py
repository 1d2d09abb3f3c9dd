"""XBRL tags that are read of a company's facts: those of figures, and those that prove figures."""

from assets.providers.sec.cash import CASH
from assets.providers.sec.concepts import BALANCES, FLOWS, SIGNED, Total
from assets.providers.sec.debt_tags import DEBT
from assets.providers.sec.evidence import EVIDENCE
from assets.providers.sec.slips import SheetTags


def tags_of(taxonomy: str) -> frozenset[str]:
    """All money tags of a taxonomy that some figure needs."""
    figures = (*FLOWS[taxonomy].values(), *BALANCES[taxonomy].values())
    own = (tag for totals in figures for tag in _tags(totals))
    evidence = EVIDENCE[taxonomy]
    beside = CASH[taxonomy].all_tags | DEBT[taxonomy].all_tags | evidence.flows | evidence.balances
    return frozenset(own) | beside


def never_negative(taxonomy: str) -> frozenset[str]:
    """The tags of amounts: whatever is below zero there was reported with a wrong sign."""
    evidence = EVIDENCE[taxonomy]
    return tags_of(taxonomy) - SIGNED - evidence.flows - evidence.balances


def period_tags(taxonomy: str) -> frozenset[str]:
    """The tags by which the period of a report is known: others may speak of days after it."""
    names = ("revenue_ttm_usd", "net_income_ttm_usd", "operating_cash_flow_ttm_usd")
    flows = [total for name in names for total in FLOWS[taxonomy][name]]
    return frozenset(tag for total in flows for tag in total.tags) | balance_tags(taxonomy)


def balance_tags(taxonomy: str) -> frozenset[str]:
    """The tags of total assets: whoever tells them tells a whole balance sheet."""
    return frozenset(tag for total in BALANCES[taxonomy]["total_assets_usd"] for tag in total.tags)


def sheet_tags(taxonomy: str) -> SheetTags:
    """The tags by which a balance sheet proves its equity."""
    whole = (total for total in BALANCES[taxonomy]["total_liabilities_usd"] if len(total.all_tags) == 1)
    evidence = EVIDENCE[taxonomy]
    return SheetTags(
        assets=balance_tags(taxonomy),
        liabilities=frozenset(_tags(tuple(whole))),
        apart=frozenset((*evidence.minorities, *evidence.redeemable)),
    )


def steady_tags(taxonomy: str) -> list[frozenset[str]]:
    """By figure the tags that stay what they are from one report to the next but for reasons that other lines
    show: of what is there on a day, and of operating cash flow. Income and expenses come in lumps."""
    figures = (*BALANCES[taxonomy].values(), FLOWS[taxonomy]["operating_cash_flow_ttm_usd"])
    own = [frozenset(_tags(totals)) for totals in figures]
    return [*own, CASH[taxonomy].all_tags, DEBT[taxonomy].all_tags]


def _tags(totals: tuple[Total, ...]) -> tuple[str, ...]:
    return tuple(tag for total in totals for tag in total.all_tags)
