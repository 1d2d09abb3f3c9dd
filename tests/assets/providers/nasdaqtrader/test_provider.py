from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.nasdaqtrader.provider import NasdaqTrader
from assets.sourcing.contract import Need, RawObservation, UnsupportedError
from tests.assets.providers.answers import read
from tests.assets.providers.mutations import damaged
from tests.assets.providers.nasdaqtrader.bodies import (
    ASKED,
    PROVIDER,
    THRESHOLD,
    by_symbol,
    directory,
    halt,
    halts,
    others,
    threshold,
)

OTHERS, HALTS, LIST = read(PROVIDER, ASKED, directory()).follow
BODIES = (
    (ASKED, directory()),
    (OTHERS, others()),
    (HALTS, halts(halt("AURM", "T12"))),
    (LIST, threshold(*THRESHOLD)),
)


def parsed_at(request, body, moment, *, status_code=200):
    raw = RawObservation(
        provider=PROVIDER.name, request=request, status_code=status_code, body=body, fetched_at=moment
    )
    return PROVIDER.parse(raw)


def test_one_walk_reads_both_directories_and_what_is_told_of_nasdaqs_shares():
    assert ASKED.path == "/dynamic/symdir/nasdaqlisted.txt"
    assert OTHERS.path == "/dynamic/symdir/otherlisted.txt"
    assert (HALTS.path, HALTS.params) == ("/rss.aspx", {"feed": "tradehalts"})
    assert LIST.path == "/dynamic/symdir/regsho/nasdaqth20260227.txt"  # The first of March was a Sunday.
    assert HALTS.context["symbols"] == LIST.context["symbols"] == "AURM BRVO CNDR"
    assert read(PROVIDER, OTHERS, others()).follow == ()


def test_a_company_is_found_by_its_share():
    rows = [row for request, body in BODIES for row in read(PROVIDER, request, body).rows]
    assert {row.asset.identifiers[0][0] for row in rows} == {"share:us"}
    assert {len(row.asset.identifiers) for row in rows} == {1}


def test_a_walk_of_a_few_asks_of_those_alone():
    (few,) = PROVIDER.requests(Need(family="venue", limit=1))
    told = read(PROVIDER, few, directory())
    assert [*by_symbol(told.rows, "venue")] == ["AURM"]
    assert [each.context["symbols"] for each in told.follow] == ["AURM", "AURM"]


def test_a_list_that_is_not_published_leads_to_the_one_before_and_not_for_ever():
    asked, days = LIST, []
    while asked is not None:
        days.append(asked.path[-12:-4])
        told = read(PROVIDER, asked, b"<html>404</html>", status_code=404)
        assert told.rows == ()
        assert told.remarks == (f"Nasdaq has not published a threshold list of {asked.context['day']}.",)
        asked = told.follow[0] if told.follow else None
    assert days == ["20260227", "20260226", "20260225", "20260224", "20260223"]


def test_the_list_of_today_is_that_of_new_yorks_day():
    late = datetime(2026, 3, 4, 3, tzinfo=UTC)  # Still the third in New York.
    assert parsed_at(ASKED, directory(), late).follow[2].path.endswith("nasdaqth20260303.txt")


def test_only_a_list_may_be_missing():
    assert PROVIDER.accepts(LIST, 404)
    assert not PROVIDER.accepts(ASKED, 404)
    assert not PROVIDER.accepts(HALTS, 404)
    assert not PROVIDER.accepts(LIST, 503)


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="market"), "has no market; it has: venue"),
        (Need(family="venue", identifiers=(("share:us", "AURM"),)), "of all assets at once"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        NasdaqTrader().requests(need)


@given(data=st.data(), which=st.sampled_from(BODIES))
def test_what_came_to_harm_is_refused_or_read_soundly(data, which):
    request, body = which
    damaged(data, PROVIDER, request, body)
