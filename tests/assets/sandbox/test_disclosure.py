from datetime import UTC, datetime

import pytest

from assets.sandbox import disclosure
from assets.sandbox.archetypes import ROTATION
from assets.sandbox.invented import invented

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


def test_a_meme_coin_earns_exactly_nothing():
    (row,) = disclosure.usage(of("meme coin"), NOW)
    assert row.revenue_annual_usd == 0


def test_nobody_behind_it_tells_little():
    (row,) = disclosure.disclosure(of("anonymous"), NOW)
    assert (row.team, row.roadmap_planned, row.commits_90d) == ("none", None, None)
    assert row.audits == ()


@pytest.mark.parametrize(("name", "linked"), [("anonymous", False), ("solid old coin", True)])
def test_channels_name_each_other_where_somebody_stands_behind_them(name, linked):
    (row,) = disclosure.disclosure(of(name), NOW)
    assert row.channels_linked is linked


def test_an_audit_has_its_conclusion_and_its_limits():
    (row,) = disclosure.disclosure(of("audited with limits"), NOW)
    (audit,) = row.audits
    assert audit.conclusion
    assert "out of scope" in audit.limitations
    assert audit.matches_deployed is False


def test_code_is_told_of_those_who_show_it():
    (shown,) = disclosure.disclosure(of("solid old coin"), NOW)
    assert 0 < shown.commits_4w < shown.commits_90d
    assert shown.contributors
    (company,) = disclosure.disclosure(of("healthy company"), NOW)
    assert (company.commits_4w, company.contributors) == (None, None)


def test_links_lead_nowhere_real():
    for index in range(len(ROTATION)):
        for row in disclosure.disclosure(invented(index), NOW):
            assert all(".example.org" in url for url in row.channels.values())
