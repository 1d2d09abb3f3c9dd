from datetime import timedelta

import pytest

from assets.metrics.filing_events import are_listed, item_events, of_items
from tests.assets.metrics.batch import NOW, facts_of_one


def event(days_ago, what, *, subject="3.01", accession="a", **details):
    filed_on = (NOW - timedelta(days=days_ago)).date()
    told = {"accession": accession, "subject": subject, "event": what, "filed_on": filed_on, "form": "8-K"}
    return told | {"reasons": ""} | details


def facts(*events, readings=()):
    return facts_of_one(kind="equity", filing_events=list(events), readings=list(readings))


def test_what_decides_comes_before_what_does_not():
    told = facts(event(30, "deficiency_notice"), event(30, "listed"), event(30, "undecided", subject="4.01"))
    rows = item_events(told)
    assert dict(zip(rows["subject"], rows["event"], strict=True)) == {
        "3.01": "deficiency_notice",
        "4.01": "undecided",
    }
    assert rows["is_open"].tolist() == [False, True]


def test_events_of_a_time_and_of_items():
    told = facts(
        event(30, "deficiency_notice"),
        event(730, "deficiency_notice", accession="b"),
        event(733, "deficiency_notice", accession="c"),
        event(-2, "deficiency_notice", accession="d"),
        event(30, "bankruptcy", subject="1.03"),
    )
    assert sorted(of_items(told, "3.01").rows["accession"]) == ["a", "b"]
    assert of_items(told, "3.01", days=100).count().tolist() == [1]


@pytest.mark.parametrize(
    ("since_days", "until_days", "is_listed"),
    [(None, 0, True), (731, 0, True), (730, 0, False), (None, 120, True), (None, 121, False)],
)
def test_nothing_filed_is_known_of_a_list_of_two_years_alone(since_days, until_days, is_listed):
    since = None if since_days is None else NOW - timedelta(days=since_days)
    reading = {"subject": "filed", "read_since": since, "read_until": NOW - timedelta(days=until_days)}
    assert are_listed(facts(readings=[reading])).tolist() == [is_listed]
    assert are_listed(facts()).tolist() == [False]
