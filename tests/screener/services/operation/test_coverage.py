from datetime import timedelta

import pytest

from assets.metrics.families import CONTRACT, DISCLOSURE, EVENTS, POOLS
from assets.metrics.filing_events import LISTED as UNREAD
from assets.models import Asset
from assets.sourcing.rows import (
    AssetRef,
    ContractRow,
    DisclosureRow,
    FilingEventRow,
    OwnershipRow,
    PoolRow,
)
from screener.checklist import CRITERIA
from screener.services.operation.coverage import answered_shares, read_coverage
from screener.services.operation.coverage_lines import as_json
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from screener.universe.rows import ASKED
from tests.factories.market import NOW, observe
from tests.factories.scorecards import make_answered_card, make_asset, make_unrated_card

pytestmark = pytest.mark.django_db

FIRST = ASKED["token"][0]
OF_COMPANIES = next(id for id in ASKED["equity"] if id not in ASKED["token"])


def event_of(event):
    return lambda asset: FilingEventRow(
        asset=asset,
        as_of=NOW,
        accession="0000000001-26-000001",
        form="10-K",
        filed_on=NOW.date(),
        subject="document",
        event=event,
    )


def report_of(asset):
    return OwnershipRow(asset=asset, as_of=NOW, accession="1", line=0, form="4", holder="H")


@pytest.fixture(autouse=True)
def _universe():
    UNIVERSE.forget()
    yield
    UNIVERSE.forget()


def scored(name, *, known_as="", first="p", make=make_answered_card, coverage=1.0, **changes):
    """An asset of which the first criterion was answered so and all others are unknown."""
    asset = make_asset(name, **changes)
    if known_as:
        asset.identifiers.create(namespace=known_as, value=name.lower())
    states = first + "u" * (len(ASKED[asset.kind]) - 1)
    return make(asset, coverage=coverage, states=states)


def classes():
    return {each["source"]: each for each in as_json(read_coverage())["classes"]}


def read():
    return {each["source"]: each for each in as_json(read_coverage())["read"]}


def ref_of(asset, namespace):
    return AssetRef(kind=asset.kind, identifiers=((namespace, asset.identifiers.get().value),))


def answered(criterion):
    rows = {each["id"]: each for each in as_json(read_coverage())["criteria"]}
    return rows[criterion]["answered"]


def test_of_nothing_there_are_no_shares():
    report = read_coverage()
    assert report.assets == 0
    assert [each.median_coverage for each in report.classes] == [None, None, None]
    assert [each["id"] for each in as_json(report)["criteria"]] == list(CRITERIA)
    assert answered(FIRST) == {"dex": None, "listed": None, "company": None}


@pytest.mark.parametrize(
    ("known_as", "changes", "source"),
    [
        ("address:base", {}, "dex"),
        ("coingecko", {}, "listed"),
        ("currency:gate", {}, "listed"),
        ("cik", {"kind": "equity", "chain": ""}, "company"),
        ("", {}, "dex"),
    ],
)
def test_an_asset_is_of_the_class_of_what_names_it(known_as, changes, source):
    scored("Alpha", known_as=known_as, coverage=0.75, **changes)
    found = classes()
    mine = found.pop(source)
    assert (mine["source"], mine["assets"], mine["rated"]) == (source, 1, 1)
    assert mine["median_coverage"] == 0.75
    assert {each["assets"] for each in found.values()} == {0}


def test_what_is_not_rated_counts_as_scored():
    scored("Alpha", coverage=0.8)
    scored("Beta", coverage=0.25, make=make_unrated_card)
    scored("Gamma", coverage=0.1, make=make_unrated_card)
    dex = classes()["dex"]
    assert (dex["assets"], dex["rated"], dex["median_coverage"]) == (3, 1, 0.25)


def test_invented_assets_dont_count():
    scored("Alpha", fictional=True)
    assert read_coverage().assets == 0


def test_a_share_is_of_those_that_are_asked_and_old_answers_are_some():
    for name, first in (("A", "p"), ("B", "f"), ("C", "s"), ("D", "u"), ("E", "n")):
        scored(name, first=first)
    assert answered(FIRST) == {"dex": 0.75, "listed": None, "company": None}
    assert answered(OF_COMPANIES) == {"dex": None, "listed": None, "company": None}


def test_a_criterion_names_who_has_its_facts():
    rows = {each["id"]: each for each in as_json(read_coverage())["criteria"]}
    sources = {id: row["sources"] for id, row in rows.items()}
    assert "goplus" in sources["tokenomics.mint_authority"]
    assert rows["tokenomics.mint_authority"]["keyed"] == []
    by_terms = ["cboe", "nasdaq_api", "stooq"]
    assert sources["tokenomics.bid_price"] == ["sec_www", "fmp", *by_terms]
    assert rows["tokenomics.bid_price"]["keyed"] == ["fmp", *by_terms]
    assert {"sandbox", "analyst"}.isdisjoint({name for names in sources.values() for name in names})


def with_pool(asset):
    pool = PoolRow(asset=ref_of(asset, "address:base"), as_of=NOW, address="0xp", chain="base", dex="d")
    observe(pool, family=POOLS)


def test_the_median_of_what_was_read_stands_beside_that_of_the_class():
    read_of = {"Alpha": {"mint_authority": "none"}, "Beta": {"creator_address": "0xb"}}
    for name, coverage in (("Alpha", 0.75), ("Beta", 0.05)):
        asset = scored(name, known_as="address:base", coverage=coverage).asset
        observe(ContractRow(asset=ref_of(asset, "address:base"), as_of=NOW, **read_of[name]), family=CONTRACT)
        with_pool(asset)
    assert classes()["dex"]["median_coverage"] == 0.4
    dex = read()["dex"]
    assert (dex["read"], dex["assets"], dex["rated"], dex["median_coverage"]) == ("chain", 1, 1, 0.75)
    assert read()["company"]["median_coverage"] is None


def test_a_contract_without_a_pool_is_no_pool_token_that_was_read():
    asset = scored("Alpha", known_as="address:base").asset
    row = ContractRow(asset=ref_of(asset, "address:base"), as_of=NOW, mint_authority="none")
    observe(row, family=CONTRACT)
    assert (classes()["dex"]["assets"], read()["dex"]["assets"]) == (1, 0)


def test_the_shares_of_those_that_were_read_stand_beside_those_of_all():
    for name, first in (("Alpha", "p"), ("Beta", "u")):
        asset = scored(name, known_as="address:base", first=first).asset
        if name == "Alpha":
            row = ContractRow(asset=ref_of(asset, "address:base"), as_of=NOW, mint_authority="none")
            observe(row, family=CONTRACT)
            with_pool(asset)
    (first,) = (each for each in as_json(read_coverage())["criteria"] if each["id"] == FIRST)
    assert first["answered"] == {"dex": 0.5, "listed": None, "company": None}
    assert first["of_read"] == {"dex": 1.0, "listed": None, "company": None}


@pytest.mark.parametrize(("channels", "count"), [({"homepage": "https://alpha.example"}, 1), ({}, 0)])
def test_a_listed_token_is_read_where_its_links_are_known(channels, count):
    asset = scored("Alpha", known_as="coingecko").asset
    ref = ref_of(asset, "coingecko")
    observe(DisclosureRow(asset=ref, as_of=NOW, channels=channels, profile_paid=False), family=DISCLOSURE)
    assert read()["listed"]["assets"] == count


@pytest.mark.parametrize(("row", "count"), [(event_of("none"), 1), (report_of, 1), (event_of(UNREAD), 0)])
def test_a_company_is_read_where_a_filing_or_a_report_of_owners_was(row, count):
    asset = scored("Alpha", known_as="cik", kind="equity", chain="").asset
    observe(row(ref_of(asset, "cik")), family=EVENTS)
    assert read()["company"]["assets"] == count


# Whatever its age, and as of a moment -----------------------------------------------------


def test_what_is_old_counts_in_full_where_age_does_not_matter():
    for name, first in (("Alpha", "s"), ("Beta", "s"), ("Gamma", "u")):
        scored(name, first=first, coverage=0.01)
    utility = [each for each in CRITERIA.values() if each.id.startswith("utility.") and "token" in each.kinds]
    share = CRITERIA[FIRST].weight / sum(each.weight for each in utility) / 5
    assert classes()["dex"]["median_answered"] == round(share, 4)


def test_without_old_answers_both_are_the_same():
    for name in ("Alpha", "Beta"):
        asset = scored(name, known_as="address:base").asset
        row = ContractRow(asset=ref_of(asset, "address:base"), as_of=NOW, mint_authority="none")
        observe(row, family=CONTRACT)
    score_assets(Asset.objects.values_list("pk", flat=True), now=NOW)
    table = UNIVERSE.table()
    assert answered_shares(table.states).tolist() == pytest.approx(
        table.numbers["coverage"].tolist(), abs=1e-4
    )
    assert min(table.numbers["coverage"]) > 0


def test_as_of_a_moment_counts_what_was_known_then_at_its_age_of_then(time_machine):
    time_machine.move_to(NOW, tick=False)
    asset = scored("Alpha", known_as="address:base").asset
    row = ContractRow(asset=ref_of(asset, "address:base"), as_of=NOW, mint_authority="none")
    observe(row, family=CONTRACT)
    with_pool(asset)
    before, then, late = (read_coverage(as_of=NOW + timedelta(days=days)).read[0] for days in (-1, 1, 300))
    assert (before.assets, then.assets, late.assets) == (0, 1, 1)
    assert then.median_coverage == then.median_answered == late.median_answered > 0
    assert late.median_coverage < then.median_coverage, "old by then"
