from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.ownership import ROLES
from assets.metrics.venues import TIERS, WARNINGS
from assets.sandbox.archetypes import ROTATION
from assets.sandbox.filing_calendar import last_split_on
from assets.sandbox.filings import documents
from assets.sandbox.invented import invented
from assets.sandbox.shares import capital, ownership, venue

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MOMENT = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
COMPANY = st.integers(0, 2_000).map(invented).filter(lambda asset: asset.archetype.kind == "equity")


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


def events_of(name, now=NOW):
    since = now.date() - timedelta(days=730)
    return [row.event for row in capital(of(name), now) if row.happened_on > since]


@pytest.mark.parametrize("now", [NOW, datetime(2026, 11, 21, tzinfo=UTC), datetime(2031, 7, 1, tzinfo=UTC)])
def test_two_reverse_splits_in_24_months(now):
    assert events_of("reverse splitter", now).count("reverse_split") == 2
    splits = [row for row in capital(of("reverse splitter"), now) if row.event == "reverse_split"]
    assert {row.ratio for row in splits} == {0.05}


def test_a_shelf_and_what_is_sold_off_it():
    rows = list(capital(of("diluter off the shelf"), NOW))
    assert {row.event for row in rows} == {"shelf", "at_the_market", "offering"}
    assert all(row.amount_usd > 0 for row in rows)
    assert all(row.shares for row in rows if row.event == "offering")


def test_a_sound_company_leaves_its_capital_alone():
    assert list(capital(of("healthy company"), NOW)) == []


@given(COMPANY, MOMENT)
def test_each_event_is_of_a_filed_document(asset, now):
    filed = {each.accession: each for each in documents(asset, now)}
    for row in capital(asset, now):
        assert filed[row.accession].filed_on == row.happened_on
        assert row.as_of <= now


@given(COMPANY, MOMENT, st.integers(1, 300))
def test_what_was_reported_is_reported_the_same_later(asset, now, days):
    later = {(row.accession, row.line): row for row in ownership(asset, now + timedelta(days=days))}
    for row in ownership(asset, now):
        assert later.get((row.accession, row.line), row) == row


@given(COMPANY, MOMENT)
def test_reports_of_one_owner_follow_from_each_other(asset, now):
    keys, held = set(), {}
    for row in ownership(asset, now):
        keys.add((row.accession, row.line))
        assert row.role in ROLES
        assert row.happened_on <= row.filed_on
        assert row.as_of <= now
        if row.form == "4" and not row.is_derivative:
            assert held.get(row.holder, row.shares - row.change) == row.shares - row.change
            held[row.holder] = row.shares
            assert (row.price_usd is not None) is (row.code in {"P", "S"})
    assert len(keys) == len(list(ownership(asset, now)))


@given(COMPANY)
def test_owners_together_hold_about_what_the_statements_say(asset):
    newest = {row.holder: row.share for row in ownership(asset, NOW) if not row.is_derivative}
    held, stated = sum(newest.values()), asset.archetype.insider_share
    assert held <= min(1, 1.1 * stated)
    # After a split those are left out who have reported nothing since.
    assert held == pytest.approx(stated, rel=0.1) or last_split_on(asset, NOW)


@pytest.mark.parametrize(("name", "code"), [("insider-held", "P"), ("reverse splitter", "S")])
def test_insiders_buy_or_sell(name, code):
    codes = [row.code for row in ownership(of(name), NOW) if row.form == "4" and not row.is_derivative]
    assert codes.count(code) > len(codes) * 0.8


def test_an_award_brings_options_on_a_line_of_their_own():
    rows = list(ownership(of("healthy company"), NOW))
    awards = {row.accession for row in rows if row.code == "A" and not row.is_derivative}
    options = [row for row in rows if row.is_derivative]
    assert {row.accession for row in options} == awards != set()
    assert all(row.line == 2 and row.share is None for row in options)


def test_a_fund_says_each_february_what_it_holds():
    funds = [row for row in ownership(of("healthy company"), NOW) if row.form.startswith("SCHEDULE 13G")]
    assert [row.filed_on for row in funds] == [date(year, 2, 14) for year in (2024, 2025, 2026)]
    assert all(row.share > 0.05 for row in funds)


@given(COMPANY)
def test_every_venue_has_a_tier(asset):
    (row,) = venue(asset, NOW)
    assert row.tier in TIERS
    assert row.venue == asset.ref.venue


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("illiquid", {"suspended_24m", "paid_promotion"}),
        ("auditor changed", {"enforcement_24m"}),
        ("reverse splitter", {"threshold_list"}),
        ("healthy company", set()),
    ],
)
def test_who_is_warned_of(name, warned):
    (row,) = venue(of(name), NOW)
    flags = {each: getattr(row, each) for each in (*WARNINGS, "threshold_list")}
    assert {each for each, is_so in flags.items() if is_so} == warned
    assert None not in flags.values(), "who keeps the register knows who is not on it"


@pytest.mark.parametrize("archetype", ROTATION, ids=lambda each: each.name)
def test_an_archetype_names_warnings_that_there_are(archetype):
    assert {*archetype.warnings} <= {"suspended", "enforcement", "promotion", "threshold list"}
