from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.capital import CAPITAL_EVENTS
from assets.sandbox.archetypes import ROTATION
from assets.sandbox.filing_calendar import (
    CORPORATE_ACTIONS,
    ends_on,
    filings_of,
    quarters_before,
    reports,
    reports_due,
)
from assets.sandbox.invented import invented

MOMENT = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
COMPANY = st.integers(0, 2_000).map(invented).filter(lambda asset: asset.archetype.kind == "equity")


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 3, 31), date(2025, 12, 31)),
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_quarter_counts_from_the_day_after_its_end(today, last):
    assert ends_on(quarters_before(today)[-1]) == last


def test_every_fourth_report_is_annual_and_has_more_time():
    by_period = {each.period_ends_on: each for each in reports(of("healthy company"), date(2026, 11, 20))}
    annual, quarterly = by_period[date(2025, 12, 31)], by_period[date(2026, 3, 31)]
    assert (annual.form, annual.due_on) == ("10-K", date(2026, 3, 31))
    assert (quarterly.form, quarterly.due_on) == ("10-Q", date(2026, 5, 15))


@given(COMPANY, MOMENT)
def test_of_eight_reports_as_many_are_late_or_missing_as_the_archetype_says(asset, now):
    due = reports_due(asset, now.date())
    assert len(due) == 8
    assert sum(each.is_late for each in due) == asset.archetype.late
    assert sum(each.filed_on is None for each in due) == asset.archetype.missing


@given(COMPANY, MOMENT, st.integers(1, 400))
def test_a_paper_once_filed_stays_as_it_is(asset, now, days):
    before, later = filings_of(asset, now), filings_of(asset, now + timedelta(days=days))
    still_told = [each for each in before if each.accession >= later[0].accession]
    assert still_told == later[: len(still_told)]
    assert all(each.accepted_at <= now for each in before)
    assert len({each.accession for each in before}) == len(before)


@given(COMPANY, MOMENT)
def test_papers_come_in_the_order_of_their_days(asset, now):
    days = [each.filed_on for each in filings_of(asset, now)]
    assert days == sorted(days)


def test_whoever_is_late_says_so_the_day_after():
    late = of("late filer")
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    notices = {each.period_ends_on: each for each in filings_of(late, now) if each.form.startswith("NT ")}
    overdue = [each for each in reports_due(late, now.date()) if each.is_late]
    assert len(overdue) == 3
    for each in overdue:
        assert notices[each.period_ends_on].filed_on == each.due_on + timedelta(days=1)
        assert notices[each.period_ends_on].form == f"NT {each.form}"


@pytest.mark.parametrize("actions", CORPORATE_ACTIONS.values(), ids=CORPORATE_ACTIONS)
def test_plans_speak_the_words_of_the_field(actions):
    assert {action.event for action in actions} <= set(CAPITAL_EVENTS)
    assert all(action.place < action.every for action in actions)


@pytest.mark.parametrize("archetype", ROTATION, ids=lambda each: each.name)
def test_what_an_archetype_plans_is_there(archetype):
    assert archetype.capital in CORPORATE_ACTIONS
