"""Schedules 13D and 13G: a holder whom a list names and nobody has read is not nobody."""

from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.schedules import unread_schedules
from tests.assets.metrics.batch import NOW, facts_of_one, measured

FORM_4 = {
    "accession": "form-4",
    "form": "4",
    "holder": "A. Director",
    "shares": 200_000,
    "happened_on": NOW - timedelta(days=30),
    "as_of": NOW - timedelta(days=30),
}


def listed(accession="schedule", *, form="SCHEDULE 13G", days_ago=30, event="listed"):
    return {
        "accession": accession,
        "form": form,
        "filed_on": (NOW - timedelta(days=days_ago)).date(),
        "subject": "document" if event == "indexed" else "schedule",
        "event": event,
    }


def schedule(accession="schedule"):
    return FORM_4 | {"accession": accession, "form": "SCHEDULE 13G", "holder": "A Fund", "shares": 80_000}


def unread(*events, reports=(FORM_4,)):
    return unread_schedules(facts_of_one(kind="equity", filing_events=events, ownership=reports))[0]


@pytest.mark.parametrize("form", ["SC 13D", "SC 13G/A", "SCHEDULE 13D", "SCHEDULE 13G/A"])
@pytest.mark.parametrize("event", ["listed", "indexed"])
def test_one_that_is_only_listed_is_not_read(form, event):
    assert unread(listed(form=form, event=event)) == 1


def test_one_that_is_read_is_read():
    assert unread(listed(), reports=[FORM_4, schedule()]) == 0
    assert unread(listed(), listed("other"), reports=[FORM_4, schedule()]) == 1


def test_one_that_is_listed_twice_is_one():
    assert unread(listed(), listed(event="indexed")) == 1


def test_one_about_another_company_is_read():
    assert unread(listed(), listed(event="of_another_company")) == 0


@pytest.mark.parametrize(("days_ago", "count"), [(730, 1), (732, 0)])
def test_two_years_count(days_ago, count):
    assert unread(listed(days_ago=days_ago)) == count


def test_a_form_4_that_is_listed_is_none():
    assert unread(listed(form="4")) == 0


def test_what_all_hold_is_not_known_while_one_is_not_read():
    supply = {"circulating": 1_000_000}
    found = measured(kind="equity", supply=supply, ownership=[FORM_4], filing_events=[listed()])
    assert np.isnan(found["insider_share"])
    assert found["schedules_unread"] == 1
    whole = measured(kind="equity", supply=supply, ownership=[FORM_4, schedule()], filing_events=[listed()])
    assert whole["insider_share"] == pytest.approx(0.28)
    assert np.isnan(whole["schedules_unread"])


def test_what_somebody_states_of_all_of_them_stands():
    found = measured(
        kind="equity", fundamentals={"insider_share": 0.3}, ownership=[FORM_4], filing_events=[listed()]
    )
    assert found["insider_share"] == pytest.approx(0.3)
