import pytest

from assets.metrics.families import CONTRACT, DISCLOSURE, EVENTS
from assets.metrics.filing_events import LISTED as UNREAD
from assets.sourcing.rows import AssetRef, ContractRow, DisclosureRow, FilingEventRow, OwnershipRow
from screener.checklist import CRITERIA
from screener.services.operation.coverage import as_json, lines, read_coverage
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
    expected = {"source": source, "assets": 1, "rated": 1, "median_coverage": 0.75}
    found = classes()
    assert found.pop(source) == expected
    assert {each["assets"] for each in found.values()} == {0}


def test_what_is_not_rated_counts_as_scored():
    scored("Alpha", coverage=0.8)
    scored("Beta", coverage=0.25, make=make_unrated_card)
    scored("Gamma", coverage=0.1, make=make_unrated_card)
    assert classes()["dex"] == {"source": "dex", "assets": 3, "rated": 1, "median_coverage": 0.25}


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


def test_the_median_of_what_was_read_stands_beside_that_of_the_class():
    read_of = {"Alpha": {"mint_authority": "none"}, "Beta": {"creator_address": "0xb"}}
    for name, coverage in (("Alpha", 0.75), ("Beta", 0.05)):
        asset = scored(name, known_as="address:base", coverage=coverage).asset
        observe(ContractRow(asset=ref_of(asset, "address:base"), as_of=NOW, **read_of[name]), family=CONTRACT)
    assert classes()["dex"]["median_coverage"] == 0.4
    assert read()["dex"] == {
        "source": "dex",
        "read": "chain",
        "assets": 1,
        "rated": 1,
        "median_coverage": 0.75,
    }
    assert read()["company"]["median_coverage"] is None


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


def test_it_can_be_read_in_a_shell():
    scored("Alpha", known_as="coingecko", coverage=0.5)
    text = list(lines(read_coverage()))
    assert "listed: 1 assets, 1 rated, median coverage 50%" in text
    assert "dex: 0 assets, 0 rated, median coverage —" in text
    row = next(line for line in text if line.startswith(FIRST))
    assert row.split()[1:4] == ["—", "100%", "—"]
