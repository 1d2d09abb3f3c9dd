from datetime import date, timedelta

import pytest

from assets.models import Asset
from assets.sourcing.rows import AuditReport, ContractRow, DisclosureRow
from tests.factories.example import make_ref
from tests.factories.market import NOW, observe

FIRM = AuditReport(firm="Firm", audited_on=date(2025, 1, 2))
OTHER = AuditReport(firm="Other", audited_on=date(2025, 3, 4))


def say(kind, *answers, provider="coingecko"):
    for day, answer in enumerate(answers):
        at = NOW + timedelta(days=day)
        observe(kind(asset=make_ref(), as_of=at, **answer), at=at, provider=provider)
    return Asset.objects.get()


@pytest.mark.parametrize(
    ("field", "old", "new", "is_news"),
    [
        ("pausable", False, True, True),
        ("pausable", None, True, False),
        ("pausable", True, None, False),
        ("mint_authority", "wallet", "none", True),
        ("mint_authority", "", "none", False),
        ("buy_tax_share", 0.01, 0.015, False),
        ("buy_tax_share", 0.0, 0.05, True),
    ],
)
def test_what_a_provider_says_otherwise_of_the_contract(db, entries, field, old, new, is_news):
    asset = say(ContractRow, {field: old}, {field: new}, {field: new})
    moves = [(each.field, each.old, each.new) for entry in entries(asset, "fact") for each in entry.moves]
    assert moves == ([(field, old, new)] if is_news else [])


def test_two_providers_that_disagree_are_no_change(db, entries):
    say(ContractRow, {"pausable": False}, provider="coingecko")
    asset = say(ContractRow, {"pausable": True}, provider="sandbox")
    assert entries(asset, "fact") == []


def test_team_and_audits(db, entries):
    asset = say(
        DisclosureRow,
        {"team": "named", "audits": (FIRM,)},
        {"team": "pseudonymous", "audits": (FIRM, OTHER)},
        {"team": "pseudonymous", "audits": (FIRM, OTHER)},
    )
    [entry] = entries(asset, "fact")
    assert [(each.old, each.new) for each in entry.moves] == [("named", "pseudonymous")]
    assert [each.firm for each in entry.audits] == ["Other"]


def test_where_nobody_had_asked_for_audits_none_is_new(db, entries):
    asset = say(DisclosureRow, {"team": "named"}, {"team": "named", "audits": (FIRM,)})
    assert entries(asset, "fact") == []
