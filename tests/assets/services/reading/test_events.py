"""The page lists the last word about each event, as the score counts it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.models import Asset, CapitalEvent, OwnershipReport, Retraction, Trade
from assets.services.reading.events import event_key, latest_events
from assets.services.reading.facts import facts_of
from assets.services.reading.known_by import EVERYTHING, KnownBy
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, CapitalRow, ListingRow, OwnershipRow, TradeRow
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
COMPANY = AssetRef(kind="equity", identifiers=(("x", "alpha-inc"),), name="Alpha Inc.")

DAYS = st.sampled_from([date(2025, 6, 3), date(2025, 9, 1)])
SHARES = st.integers(1, 9).map(Decimal)
EVENTS: dict[type, st.SearchStrategy] = {
    CapitalEvent: st.builds(
        dict,
        event=st.sampled_from(["split", "offering"]),
        happened_on=DAYS,
        accession=st.sampled_from(["a", "b"]),
        shares=SHARES,
    ),
    OwnershipReport: st.builds(
        dict,
        accession=st.sampled_from(["a", "b"]),
        line=st.integers(1, 2),
        form=st.just("4"),
        holder=st.just("Ann"),
        shares=SHARES,
    ),
}
FRAME = {CapitalEvent: "capital", OwnershipReport: "ownership"}
BY = {CapitalEvent: "happened_on", OwnershipReport: "as_of"}
AGES = st.sampled_from([timedelta(hours=each) for each in (0, 5, 48, 200)])


def report(model, fields, *, provider="sec_data", age=timedelta(0)):
    observation = observed(provider=provider, as_of=NOW - age, known_at=NOW)
    store_rows(observation=observation, rows=[model.row(asset=COMPANY, as_of=NOW - age, **fields)])


def latest(model, asset, **wanted):
    known = KnownBy.of([asset.pk], now=NOW, present={"analyst"})
    return latest_events(model, asset, known=known, **wanted)


def comparable(value):
    return float(value) if isinstance(value, (int, float, Decimal)) else str(value)[:10]


@pytest.mark.slow("assets/metrics", "assets/models", "assets/services")
@pytest.mark.parametrize("model", EVENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6)
@given(data=st.data())
def test_the_page_lists_what_the_score_counts(model, data):
    Asset.objects.all().delete()
    reports = st.lists(
        st.tuples(st.sampled_from(["sec_data", "fmp"]), AGES, EVENTS[model]), min_size=1, max_size=8
    )
    for provider, age, fields in data.draw(reports):
        report(model, fields, provider=provider, age=age)
    asset = Asset.objects.get()
    used = getattr(facts_of([asset.pk], now=NOW), FRAME[model])
    names = [each for each in used.columns if each != "asset_id"]
    shown = latest(model, asset, by=BY[model], most=99)
    listed = sorted(tuple(comparable(getattr(each, name)) for name in names) for each in shown)
    counted = used[names].astype(object).where(used[names].notna(), None)
    assert listed == sorted(
        tuple(comparable(value) for value in row) for row in counted.itertuples(index=False)
    )


def test_the_latest_come_first_and_no_more_than_are_wanted():
    for day in (3, 1, 2):
        report(CapitalEvent, {"event": "split", "happened_on": date(2025, 6, day), "ratio": 0.1})
    asset = Asset.objects.get()
    found = latest(CapitalEvent, asset, by="happened_on", most=2)
    assert [each.happened_on.day for each in found] == [3, 2]


def test_a_report_that_comes_again_stands_once_with_its_last_word(django_assert_num_queries):
    fields = {"accession": "a", "line": 1, "form": "4", "holder": "Ann"}
    report(OwnershipReport, {**fields, "shares": Decimal(5)}, age=timedelta(hours=5))
    report(OwnershipReport, {**fields, "shares": Decimal(7)})
    asset = Asset.objects.get()
    with django_assert_num_queries(2):
        (event,) = latest_events(OwnershipReport, asset, known=EVERYTHING, by="as_of", most=12)
        assert (event.shares, event.observation.provider) == (7, "sec_data")


def test_what_a_person_took_back_is_not_listed(admin_user):
    fields = {"event": "split", "happened_on": date(2025, 6, 3)}
    report(CapitalEvent, {**fields, "ratio": 0.1}, age=timedelta(hours=5))
    report(CapitalEvent, {**fields, "ratio": 0.2}, provider="analyst")
    taken_back = CapitalEvent.objects.get(ratio=0.2).observation
    Retraction.objects.create(observation=taken_back, retracted_by=admin_user, retracted_at=NOW)
    (event,) = latest(CapitalEvent, Asset.objects.get(), by="happened_on", most=12)
    assert event.ratio == 0.1


def test_an_asset_without_events_has_none():
    assert latest(Trade, Asset.objects.create(kind="token", slug="bare"), by="as_of", most=12) == []


def test_events_are_told_apart_by_what_their_rows_are():
    assert event_key(CapitalEvent) == ("asset_id", *CapitalRow.key)
    assert event_key(OwnershipReport) == ("asset_id", *OwnershipRow.key)


def test_what_was_said_before_another_contract_spoke_is_not_listed():
    coin, old, new = ("coingecko", "alpha"), ("address:bsc", "0x1"), ("address:bsc", "0x2")

    def token(*identifiers):
        return AssetRef(
            kind="token", identifiers=identifiers, complete=("address:",) if len(identifiers) > 1 else ()
        )

    def store(hours, row, provider):
        moment = NOW + timedelta(hours=hours)
        store_rows(observation=observed(provider=provider, as_of=moment, known_at=moment), rows=[row(moment)])

    def traded(contract, number):
        return lambda moment: TradeRow(
            asset=token(contract), as_of=moment, market="0xp", reference=f"{number}", side="buy"
        )

    store(0, lambda moment: ListingRow(asset=token(coin, old), as_of=moment), "coingecko")
    store(1, traded(old, 1), "geckoterminal")
    store(2, lambda moment: ListingRow(asset=token(coin, new), as_of=moment), "coingecko")
    store(3, traded(new, 2), "geckoterminal")
    asset = Asset.objects.get()
    known = KnownBy.of([asset.pk], now=NOW + timedelta(hours=9), present=())
    shown = latest_events(Trade, asset, known=known, by="as_of", most=12)
    assert [each.as_of for each in shown] == [NOW + timedelta(hours=3)]
