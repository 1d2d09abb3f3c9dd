from datetime import date, timedelta

import numpy as np
import pytest

from assets.metrics.disclosure import TEAM_LEVELS
from tests.assets.metrics.batch import NOW, measured

AUDIT_MEASURES = ["audit_count", "audit_age_days", "audit_matches"]


def days_ago(days):
    return (NOW - timedelta(days=days)).date()


def age(days):
    """Dates are taken for their midnight; `NOW` is a noon."""
    return pytest.approx(days + 0.5)


@pytest.mark.parametrize(("team", "level"), [("none", 0), ("pseudonymous", 1), ("named", 2)])
def test_team(team, level):
    assert TEAM_LEVELS.index(team) == level
    assert measured(disclosure={"team": team})["team_level"] == level


@pytest.mark.parametrize("team", ["", "famous"])
def test_a_team_of_which_nothing_is_told_is_not_no_team(team):
    assert np.isnan(measured(disclosure={"team": team})["team_level"])


def test_the_newest_audit_counts():
    found = measured(
        disclosure={"audits_known": True},
        audits=[
            {"firm": "Old & Co", "audited_on": days_ago(700), "matches_deployed": True},
            {"firm": "New & Co", "audited_on": days_ago(90), "matches_deployed": False},
        ],
    )
    assert found["audit_count"] == 2
    assert found["audit_age_days"] == age(90)
    assert found["audit_matches"] == 0


def test_no_audits_is_known_where_somebody_lists_them():
    assert measured(disclosure={"audits_known": True})["audit_count"] == 0
    assert measured(disclosure={"audits_known": False})[AUDIT_MEASURES].isna().all()
    assert measured()[AUDIT_MEASURES].isna().all()


def test_an_audit_from_the_future_has_no_age():
    found = measured(audits=[{"firm": "Seer", "audited_on": date(2027, 1, 1)}])
    assert found["audit_count"] == 1
    assert np.isnan(found["audit_age_days"])


def test_the_rest_of_what_is_told():
    found = measured(
        disclosure={
            "channels": 4,
            "site_since": days_ago(200),
            "roadmap_planned": 8,
            "roadmap_delivered": 6,
            "commits_90d": 12,
        }
    )
    assert found["channels_count"] == 4
    assert found["site_age_days"] == age(200)
    assert found["roadmap_delivered_share"] == 0.75
    assert found["commits_90d"] == 12


@pytest.mark.parametrize(("planned", "delivered"), [(0, 0), (4, 5), (None, 1), (4, None)])
def test_a_roadmap_that_makes_no_sense_is_not_known(planned, delivered):
    found = measured(disclosure={"roadmap_planned": planned, "roadmap_delivered": delivered})
    assert np.isnan(found["roadmap_delivered_share"])


@pytest.mark.parametrize(
    ("linked", "expected"), [(True, 1), (False, 0), (None, np.nan), (0.5, 0.5), (2, np.nan), (-1, np.nan)]
)
def test_whether_the_channels_name_each_other(linked, expected):
    found = measured(disclosure={"channels": 3, "channels_linked": linked})["channels_linked"]
    assert found == pytest.approx(expected, nan_ok=True)
