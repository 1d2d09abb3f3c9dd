from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.listing_standing import ListingEvent, standing
from tests.assets.metrics.batch import NOW, measured

LISTED = {"subject": "filed", "read_until": NOW}


def told(*events, subject="3.01"):
    return [ListingEvent(subject, *each.split(":")) for each in events]


@pytest.mark.parametrize(
    ("events", "level"),
    [
        ([], 0),
        (["deficiency_notice:bid_price"], 1),
        (["deficiency_notice:bid_price", "compliance_regained:bid_price"], 0),
        (["deficiency_notice:bid_price", "compliance_regained"], 0),
        (["deficiency_notice:bid_price", "compliance_regained:equity"], 1),
        (
            [
                "deficiency_notice:bid_price",
                "deficiency_notice:late_filing",
                "compliance_regained:late_filing",
            ],
            1,
        ),
        (["deficiency_notice", "delisting_determination"], 2),
        (["deficiency_notice", "delisting_determination", "compliance_regained"], 0),
        (["delisting_panel_decision"], 2),
        (["trading_suspended"], 3),
        (["compliance_regained", "deficiency_notice"], 1),
        (["deficiency_notice", "voluntary_transfer"], 0),
        (["delisting_by_merger"], 0),
        (["listed"], None),
        (["deficiency_notice", "undecided"], None),
        (["undecided", "deficiency_notice"], 1),
        (["reference_only"], None),
    ],
)
def test_where_a_share_stands(events, level):
    found = standing(told(*events), is_on_exchange=True)
    assert found == pytest.approx(np.nan if level is None else level, nan_ok=True)


@pytest.mark.parametrize(
    ("event", "days_ago", "is_on_exchange", "level"),
    [
        ("struck_by_exchange", 30, False, 3),
        ("struck_by_exchange", 30, True, 0),
        ("struck_by_exchange", 5, True, 3),
        ("listed", 30, True, 0),
        ("listed", 30, False, None),
        ("security_ended", 30, False, 0),
        ("other_class_removed", 5, True, 0),
    ],
)
def test_a_form_25(event, days_ago, is_on_exchange, level):
    found = standing([ListingEvent("25", event, "", days_ago)], is_on_exchange=is_on_exchange)
    assert found == pytest.approx(np.nan if level is None else level, nan_ok=True)


EVENTS = st.sampled_from(
    ["deficiency_notice", "delisting_determination", "trading_suspended", "compliance_regained", "listed"]
)


@given(st.lists(EVENTS, max_size=6))
def test_a_cure_of_everything_ends_everything(events):
    assert standing(told(*events, "compliance_regained"), is_on_exchange=True) == 0


@given(st.lists(EVENTS, max_size=6))
def test_a_notice_at_the_end_is_never_good_standing(events):
    assert standing(told(*events, "deficiency_notice"), is_on_exchange=True) >= 1


def event(days_ago, what, accession="a", subject="3.01"):
    filed_on = (NOW - timedelta(days=days_ago)).date()
    return {"accession": accession, "subject": subject, "event": what, "filed_on": filed_on, "form": "8-K"}


def level(*events, readings=(LISTED,), **facts):
    found = measured(kind="equity", filing_events=list(events), readings=list(readings), **facts)
    return found["listing_standing_level"]


def test_good_standing_is_known_only_where_the_list_was_read():
    assert level() == 0
    assert np.isnan(level(readings=()))
    assert level(event(40, "deficiency_notice"), readings=()) == 1
    assert np.isnan(level(event(40, "listed")))


def test_notices_of_two_assets_are_their_own_and_old_ones_are_history():
    found = measured(
        kind="equity",
        filing_events=[event(40, "deficiency_notice"), event(900, "trading_suspended", "b")],
        readings=[LISTED],
    )
    assert found["listing_standing_level"] == 1
    assert found["listing_notice_days"] == pytest.approx(40, abs=1)


@pytest.mark.parametrize(
    ("status", "events", "readings", "expected"),
    [
        ("normal", [event(40, "deficiency_notice")], [LISTED], 0),
        ("normal", [event(40, "listed")], [LISTED], 0),
        ("normal", [event(40, "delisting_determination")], [LISTED], 2),
        ("normal", [], [], 0),
        ("deficient", [], [LISTED], 1),
        ("deficient+delinquent", [], [], 1),
        ("deficient", [event(40, "trading_suspended")], [LISTED], 3),
        ("", [], [], np.nan),
    ],
)
def test_the_exchange_itself_is_a_witness(status, events, readings, expected):
    venue = {"listed_on": "Nasdaq", "tier": "exchange", "financial_status": status}
    assert level(*events, readings=readings, venues=venue) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("listed_on", "events", "never"),
    [("OTC", (), 1), ("Nasdaq", (), 0), ("OTC", (event(40, "trading_suspended"),), 0), ("", (), np.nan)],
)
def test_who_was_never_listed_has_nothing_to_lose(listed_on, events, never):
    found = measured(kind="equity", filing_events=list(events), venues={"listed_on": listed_on, "tier": ""})
    assert found["never_listed"] == pytest.approx(never, nan_ok=True)
