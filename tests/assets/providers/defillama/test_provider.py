import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.unlocks import UNLOCK_CATEGORIES
from assets.providers.defillama.provider import DefiLlama
from assets.providers.defillama.vesting import CATEGORIES
from assets.sourcing.contract import Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import DisclosureRow, Unlock, UnlockRow, UsageRow
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = DefiLlama(base_url="https://llama.example")
AURELIUM = (("coingecko", "aurelium"), ("defillama", "aurelium"))
START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = 86_400


def ask_all(family, *, limit=None, identifiers=None, provider=PROVIDER):
    return provider.requests(Need(family=family, identifiers=identifiers, limit=limit))


def usage_in(parsed):
    return tuple(row for row in parsed.rows if isinstance(row, UsageRow))


def rows_by_coin(parsed):
    return {row.asset.identifiers[0][1]: row for row in usage_in(parsed)}


def on(days):
    return START + timedelta(days=days)


(PROTOCOLS,) = ask_all("usage")
FEES, REVENUE = read(PROVIDER, PROTOCOLS, payload("defillama", "protocols")).follow
FEES_OF_ONE, REVENUE_OF_ONE = ask_all("usage", identifiers=AURELIUM)
(EMISSIONS,) = ask_all("unlocks")
(EMISSION,) = ask_all("unlocks", identifiers=AURELIUM)

ASKED = {
    "protocols": PROTOCOLS,
    "fees": FEES,
    "summary": FEES_OF_ONE,
    "emissions": EMISSIONS,
    "emission": EMISSION,
}


# What is asked ----------------------------------------------------------------------


def test_usage_begins_with_the_protocols():
    assert (PROTOCOLS.path, PROTOCOLS.params) == ("/protocols", {})


def test_fees_and_revenue_follow_without_their_charts():
    assert [request.path for request in (FEES, REVENUE)] == ["/overview/fees"] * 2
    assert [request.params["dataType"] for request in (FEES, REVENUE)] == ["dailyFees", "dailyRevenue"]
    for request in (FEES, REVENUE):
        assert request.params["excludeTotalDataChart"] == "true"
        assert request.params["excludeTotalDataChartBreakdown"] == "true"


def test_one_protocol_is_asked_for_its_fees_and_its_revenue():
    for request, kind in ((FEES_OF_ONE, "dailyFees"), (REVENUE_OF_ONE, "dailyRevenue")):
        assert (request.path, request.params) == ("/summary/fees/aurelium", {"dataType": kind})


def test_a_schedule_is_asked_by_its_coin_else_by_its_slug():
    (by_slug,) = ask_all("unlocks", identifiers=(("defillama", "cinder"),))
    assert (EMISSION.path, by_slug.path) == ("/api/emission/aurelium", "/api/emission/cinder")


def test_an_id_stays_within_its_part_of_the_path():
    (request,) = ask_all("unlocks", identifiers=(("coingecko", "../x?y=1"),))
    assert request.path == "/api/emission/..%2Fx%3Fy%3D1"


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="market"), "has no market; it has: usage, unlocks"),
        (Need(family="usage", identifiers=(("coingecko", "aurelium"),)), "slug there is not known"),
        (Need(family="unlocks", identifiers=(("address:base", "0x1"),)), "slug there is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


@pytest.mark.parametrize("identifiers", [None, AURELIUM])
def test_without_a_key_the_vendor_is_not_asked_for_unlocks(identifiers):
    with pytest.raises(UnsupportedError, match="ASSAY_DEFILLAMA_KEY"):
        ask_all("unlocks", identifiers=identifiers, provider=DefiLlama())
    assert ask_all("usage", provider=DefiLlama())[0].path == "/protocols"


@pytest.mark.parametrize("base_url", ["", "https://api.llama.fi"])
def test_with_a_key_the_paid_host_is_asked_and_the_key_is_in_no_request(base_url):
    keyed = DefiLlama(base_url=base_url, key="k3y")
    assert (keyed.base_url, keyed.secret_path()) == ("https://pro-api.llama.fi", "/k3y")
    requests = [
        *ask_all("unlocks", provider=keyed),
        *ask_all("usage", provider=keyed),
        *ask_all("usage", identifiers=AURELIUM, provider=keyed),
        *read(keyed, PROTOCOLS, payload("defillama", "protocols")).follow,
    ]
    assert all(request.path.startswith("/api/") for request in requests)
    assert not any("k3y" in json.dumps(request.to_json()) for request in requests)


def test_a_key_does_not_change_a_host_of_ones_own():
    assert DefiLlama(base_url="https://llama.example", key="k").base_url == "https://llama.example"
    assert DefiLlama().secret_path() == ""


@pytest.mark.parametrize(
    ("name", "status_code", "is_answer"),
    [
        ("protocols", 200, True),
        ("protocols", 404, False),
        ("emissions", 404, False),
        ("summary", 404, True),
        ("emission", 404, True),
        ("emission", 500, False),
        ("emission", 402, False),
    ],
)
def test_a_protocol_that_is_not_known_is_an_answer(name, status_code, is_answer):
    assert PROVIDER.accepts(ASKED[name], status_code) is is_answer


@pytest.mark.parametrize("name", ["summary", "emission"])
def test_a_protocol_that_is_not_known_is_remarked(name):
    parsed = read(PROVIDER, ASKED[name], b'{"message": "Not found"}', status_code=404)
    assert (parsed.rows, parsed.remarks) == ((), ("DefiLlama does not know aurelium.",))


# Value locked -----------------------------------------------------------------------


@pytest.fixture
def protocols():
    return read(PROVIDER, PROTOCOLS, payload("defillama", "protocols"))


def protocols_of(*changes):
    """The first protocol of our body, once for each of these changes."""
    first = json.loads(payload("defillama", "protocols"))[1]
    return json.dumps([first | {"id": str(place)} | each for place, each in enumerate(changes)]).encode()


def test_the_versions_of_a_protocol_are_one_token(protocols):
    row = rows_by_coin(protocols)["aurelium"]
    assert isinstance(row, UsageRow)
    assert row.asset.identifiers == AURELIUM
    assert row.tvl_usd == Decimal("4000000.5")  # Without the vaults, whose value is in the versions.
    assert (row.asset.name, row.asset.symbol, row.as_of) == ("Aurelium", "AUR", NOW)
    assert (row.fees_annual_usd, row.revenue_annual_usd) == (None, None)


def test_a_protocol_by_itself_has_its_own_name(protocols):
    asset = rows_by_coin(protocols)["brimstone"].asset
    assert (asset.name, asset.symbol, asset.sector) == ("Brimstone", "BRM", "Dexs")
    assert asset.links == {"defillama": "https://defillama.com/protocol/brimstone"}


def test_without_a_coin_the_contract_is_the_token(protocols):
    identifiers = {row.asset.name: row.asset.identifiers for row in protocols.rows}
    assert identifiers["Cinder"] == (
        ("address:avalanche", "0xcccccccccccccccccccccccccccccccccccc0001"),
        ("defillama", "cinder"),
    )
    assert identifiers["Dross"][0] == ("address:ethereum", "0xdddddddddddddddddddddddddddddddddddd0001")


def test_who_has_no_token_is_counted_and_left_out(protocols):
    assert not {"Nameless", "On The Moon"} & {row.asset.name for row in protocols.rows}
    assert protocols.remarks == ("Protocols without a token that we could know are left out: 2.",)
    assert protocols.rejected == 0


def test_deposits_of_an_exchange_are_not_locked_in_a_protocol(protocols):
    assert "big-coin" not in rows_by_coin(protocols)


def test_protocols_of_one_coin_add_up_and_none_of_their_slugs_stands_for_it(protocols):
    row = rows_by_coin(protocols)["twofold"]
    assert (row.tvl_usd, row.asset.identifiers) == (30, (("coingecko", "twofold"),))


def test_versions_that_name_several_coins_do_not_lend_theirs():
    parent = {"parentProtocol": "parent#x"}
    body = protocols_of(
        parent | {"gecko_id": "one"}, parent | {"gecko_id": "two"}, parent | {"gecko_id": None, "tvl": 9}
    )
    parsed = read(PROVIDER, PROTOCOLS, body)
    assert {coin: row.tvl_usd for coin, row in rows_by_coin(parsed).items()} == {
        "one": 1_000_000,
        "two": 1_000_000,
    }


@pytest.mark.parametrize("tvl", [-1, "NaN", "much", 1e300])
def test_a_sum_without_one_of_its_parts_is_not_told(tvl):
    parsed = read(PROVIDER, PROTOCOLS, protocols_of({}, {"tvl": tvl}))
    assert (usage_in(parsed), parsed.rejected, len(parsed.remarks)) == ((), 0, 1)
    assert len(parsed.follow) == 2


def test_a_value_that_is_not_told_is_not_nothing():
    assert usage_in(read(PROVIDER, PROTOCOLS, protocols_of({"tvl": None}))) == ()
    assert usage_in(read(PROVIDER, PROTOCOLS, protocols_of({"tvl": None}, {"tvl": 5})))[0].tvl_usd == 5


def test_a_protocol_that_comes_twice_counts_once():
    parsed = read(PROVIDER, PROTOCOLS, protocols_of({}, {"id": "0"}))
    assert (usage_in(parsed)[0].tvl_usd, parsed.rejected) == (1_000_000, 1)


def test_a_limit_cuts_the_tokens_and_the_fees_that_are_taken():
    (request,) = ask_all("usage", limit=1)
    parsed = read(PROVIDER, request, payload("defillama", "protocols"))
    assert list(rows_by_coin(parsed)) == ["aurelium"]
    fees = read(PROVIDER, parsed.follow[0], payload("defillama", "fees"))
    assert list(rows_by_coin(fees)) == ["aurelium"]


def test_nothing_follows_an_empty_list():
    parsed = read(PROVIDER, PROTOCOLS, b"[]")
    assert (usage_in(parsed), parsed.follow, parsed.rejected) == ((), (), 0)


def test_an_audit_link_names_no_firm(protocols):
    assert {type(row) for row in protocols.rows} == {UsageRow, DisclosureRow}


# Audits and channels -------------------------------------------------------------------


def disclosed(*changes):
    return [
        row
        for row in read(PROVIDER, PROTOCOLS, protocols_of(*changes)).rows
        if isinstance(row, DisclosureRow)
    ]


def test_reports_of_audits_are_read_with_the_firm_that_published_them():
    reports = [
        "https://github.com/PeckShield/publications/blob/master/a.pdf",
        "https://docs.aurelium.example/audits",
    ]
    (row,) = disclosed({"audits": "2", "audit_links": reports})
    assert [(each.firm, each.report_url) for each in row.audits] == [
        ("PeckShield", reports[0]),
        ("", reports[1]),
    ]
    assert all(each.audited_on is each.matches_deployed is None for each in row.audits)


@pytest.mark.parametrize(
    "listed",
    [
        {"audits": "0", "audit_links": ["https://audits.example/a"]},
        {"audits": "3", "audit_links": ["https://audits.example/a"]},
        {"audits": "2", "audit_links": []},
        {"audits": "2", "audit_links": None},
        {"audits": 2.5, "audit_links": "https://audits.example/a"},
        {"audits": "2", "audit_links": [7, "javascript:alert(1)"]},
    ],
)
def test_no_report_does_not_say_that_there_is_none(listed):
    (row,) = disclosed(listed)
    assert row.audits is None
    assert row.channels


def test_who_names_neither_report_nor_channel_has_disclosed_nothing():
    assert disclosed({"audits": "0", "audit_links": [], "url": "", "twitter": None}) == []


def test_site_and_account_are_channels():
    (row,) = disclosed({"url": "https://aurelium.example", "twitter": "aurelium_x"})
    assert row.channels == {"homepage": "https://aurelium.example", "x": "https://x.com/aurelium_x"}


def test_recorded_protocols_name_their_reports():
    rows = read(DefiLlama(), PROTOCOLS, recorded("defillama/protocols_sample_eigen.json")).rows
    (row,) = [each for each in rows if isinstance(each, DisclosureRow) and each.asset.symbol == "EIGEN"]
    assert [each.report_url for each in row.audits] == ["https://docs.eigenlayer.xyz/security/audits"]
    assert row.channels == {"homepage": "https://www.eigenlayer.xyz/", "x": "https://x.com/eigenlayer"}


# Fees and revenue -------------------------------------------------------------------


@pytest.fixture
def fees():
    return read(PROVIDER, FEES, payload("defillama", "fees"))


def fees_of(**values):
    earners = json.loads(payload("defillama", "fees"))["protocols"][:2]
    return json.dumps({"protocols": [earners[0], earners[1] | values]}).encode()


def test_fees_find_their_token_and_add_up_over_its_versions(fees):
    row = rows_by_coin(fees)["aurelium"]
    assert row.asset.identifiers == AURELIUM
    assert (row.fees_annual_usd, row.revenue_annual_usd, row.tvl_usd) == (Decimal("250000.5"), None, None)
    assert rows_by_coin(fees)["twofold"].fees_annual_usd == 3


def test_without_a_year_thirty_days_stand_for_it(fees):
    assert rows_by_coin(fees)["brimstone"].fees_annual_usd == pytest.approx(Decimal(36_500))


def test_fees_of_nobody_we_know_make_no_asset(fees):
    assert set(rows_by_coin(fees)) == {"aurelium", "brimstone", "twofold"}
    assert fees.rejected == 0


def test_revenue_is_read_as_revenue():
    row = rows_by_coin(read(PROVIDER, REVENUE, payload("defillama", "fees")))["aurelium"]
    assert (row.fees_annual_usd, row.revenue_annual_usd) == (None, Decimal("250000.5"))


def test_the_fees_of_a_chain_are_those_of_its_own_coin():
    (follow, _revenue) = read(PROVIDER, ASKED["protocols"], payload("defillama", "protocols")).follow
    rows = [
        {"defillamaId": "chain#avalanche", "protocolType": "chain", "total1y": 5},
        {"defillamaId": "chain#moon", "protocolType": "chain", "total1y": 7},
        {"defillamaId": "avalanche", "protocolType": "protocol", "total1y": 9},
    ]
    found = read(PROVIDER, follow, json.dumps({"protocols": rows}).encode()).rows
    assert [(row.asset.identifiers, row.fees_annual_usd) for row in found] == [
        ((("coingecko", "avalanche-2"),), 5)
    ]


def test_the_fees_of_a_chain_can_be_asked_for_by_its_own_coin():
    need = Need(family="usage", identifiers=(("coingecko", "avalanche-2"),))
    requests = PROVIDER.requests(need)
    assert {request.path for request in requests} == {"/summary/fees/avalanche"}
    body = {"defillamaId": "chain#avalanche", "gecko_id": "avalanche-2", "total1y": 5}
    (row,) = read(PROVIDER, requests[0], json.dumps(body).encode()).rows
    assert (row.asset.identifiers, row.fees_annual_usd) == ((("coingecko", "avalanche-2"),), 5)
    with pytest.raises(UnreadableError, match="other than the fees of avalanche"):
        read(PROVIDER, requests[0], json.dumps(body | {"gecko_id": "ethereum"}).encode())
    with pytest.raises(UnsupportedError, match="is not known"):
        PROVIDER.requests(Need(family="usage", identifiers=(("coingecko", "aurelium"),)))


@pytest.mark.parametrize("total", ["NaN", "1e31", "-1e16", "much"])
def test_fees_that_lack_a_version_are_not_told(total):
    parsed = read(PROVIDER, FEES, fees_of(total1y=total, total30d=5))
    assert (parsed.rows, parsed.rejected, len(parsed.remarks)) == ((), 0, 1)


@pytest.mark.parametrize(("request_of_all", "field"), [(FEES, "fees"), (REVENUE, "revenue")])
def test_a_protocol_may_pay_out_more_than_it_takes_in(request_of_all, field):
    parsed = read(PROVIDER, request_of_all, fees_of(total1y=-300_000))
    assert getattr(parsed.rows[0], f"{field}_annual_usd") == -100_000
    assert parsed.remarks == ()


def test_a_version_that_tells_no_fees_leaves_the_sum_of_the_others():
    parsed = read(PROVIDER, FEES, fees_of(total1y=None, total30d=None))
    assert parsed.rows[0].fees_annual_usd == 200_000


def test_a_version_that_comes_twice_counts_once():
    parsed = read(PROVIDER, FEES, fees_of(defillamaId="10"))
    assert (parsed.rows[0].fees_annual_usd, parsed.rejected) == (200_000, 1)


@pytest.mark.parametrize("request_of_one", [FEES_OF_ONE, REVENUE_OF_ONE])
def test_one_protocol_tells_its_year(request_of_one):
    (row,) = read(PROVIDER, request_of_one, payload("defillama", "summary")).rows
    assert row.asset.identifiers == (("defillama", "aurelium"),)
    annual = (row.fees_annual_usd, row.revenue_annual_usd)
    year = Decimal("250000.5")
    assert annual == ((year, None) if request_of_one is FEES_OF_ONE else (None, year))


def test_one_protocol_may_tell_less_than_a_month():
    assert read(PROVIDER, FEES_OF_ONE, b'{"total24h": 700, "total7d": 5000}').rows == ()


# The list of schedules --------------------------------------------------------------


@pytest.fixture
def emissions():
    return read(PROVIDER, EMISSIONS, payload("defillama", "emissions"))


def test_every_schedule_is_asked_for_by_itself(emissions):
    assert emissions.rows == ()
    assert [request.path for request in emissions.follow] == [
        "/api/emission/aurelium",
        "/api/emission/old-brims-stone",
        "/api/emission/cinder",
    ]
    assert emissions.rejected == 2


def test_a_limit_cuts_the_schedules():
    (request,) = ask_all("unlocks", limit=2)
    assert len(read(PROVIDER, request, payload("defillama", "emissions")).follow) == 2


# A schedule -------------------------------------------------------------------------


@pytest.fixture
def emission():
    return read(PROVIDER, EMISSION, payload("defillama", "emission"))


def told_emission(**changes):
    """The body of our schedule with other parts."""
    return json.loads(payload("defillama", "emission"))["body"] | changes


def scheduled(*turns, request=EMISSION, **changes):
    """What is read of a schedule that consists of these events."""
    body = told_emission(categories={}, documentedData=None) | {"metadata": {"unlockEvents": turns}} | changes
    return read(PROVIDER, request, json.dumps({"body": body}).encode())


def turn(days, *, cliffs=(), linear=()):
    return {
        "timestamp": int(on(days).timestamp()),
        "cliffAllocations": [
            {"recipient": who, "category": what, "amount": units} for who, what, units in cliffs
        ],
        "linearAllocations": [
            {
                "recipient": "Team",
                "category": "insiders",
                "newRatePerWeek": rate,
                "endTimestamp": int(on(end).timestamp()),
            }
            for rate, end in linear
        ],
    }


def curve(*levels):
    points = [
        {"timestamp": int(START.timestamp()) + day * DAY, "unlocked": level}
        for day, level in enumerate(levels)
    ]
    return {"data": [{"label": "Team", "data": points}]}


def told_events(parsed):
    return [
        ((each.unlock_at - START).days, each.amount, each.shape, each.ends_at and (each.ends_at - START).days)
        for row in parsed.rows
        for each in row.events
    ]


def test_a_schedule_is_one_row_with_its_source(emission):
    (row,) = emission.rows
    assert isinstance(row, UnlockRow)
    assert row.asset.identifiers == (("coingecko", "aurelium"),)
    assert (row.as_of, row.precision) == (NOW, "estimate")
    assert row.source_url == "https://docs.aurelium.example/tokens"


def test_cliffs_steps_and_linear_unlocks_are_told_apart(emission):
    events = emission.rows[0].events
    assert events[0] == Unlock(unlock_at=START, amount=Decimal(1000), category="public")
    steps = [each for each in events if each.shape == "step"]
    assert [(each.unlock_at, each.amount, each.category) for each in steps] == [
        (on(days), 50, "team") for days in (0, 30, 60)
    ]
    assert (
        Unlock(unlock_at=START, amount=Decimal(700), category="community", shape="linear", ends_at=on(70))
        in events
    )


def test_what_has_no_category_is_other(emission):
    (other,) = [each for each in emission.rows[0].events if each.category == "other"]
    assert (other.amount, other.ends_at) == (7, on(7))


@pytest.mark.parametrize("category", [None, "", "Uncategorized", "burned", "liquity"])
def test_words_that_are_not_in_the_table_are_other(category):
    (row,) = scheduled(turn(0, cliffs=[("X", category, 5)])).rows
    assert row.events[0].category == "other"


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("insiders", "team"),
        ("privateSale", "investors"),
        ("publicSale", "public"),
        ("airdrop", "community"),
        ("farming", "community"),
        ("liquidity", "ecosystem"),
        ("noncirculating", "treasury"),
    ],
)
def test_the_words_for_who_gets_them_are_ours(word, category):
    assert scheduled(turn(0, cliffs=[("X", word, 5)])).rows[0].events[0].category == category


def test_the_table_leads_to_known_categories():
    assert set(CATEGORIES.values()) <= set(UNLOCK_CATEGORIES)


def test_a_stretch_that_ends_before_it_starts_is_left_out(emission):
    assert "Reserve: the unlock that begins on 2026-01-31 ends before it starts." in emission.remarks
    assert not [each for each in emission.rows[0].events if each.category == "treasury"]


def test_a_burn_is_no_unlock_and_no_sign_of_harm(emission):
    assert "Burn: a cliff of -9 tokens is no unlock." in emission.remarks


def test_an_unlock_of_nothing_is_none(emission):
    assert all(each.amount > 0 for each in emission.rows[0].events)
    assert told_events(scheduled(turn(0, linear=[(0, 7)]), turn(1, cliffs=[("A", "", 1)]))) == [
        (1, 1, "cliff", None)
    ]


@pytest.mark.parametrize(
    ("stretch", "says"),
    [
        ({"newRatePerWeek": -7}, "takes tokens back"),
        ({"newRatePerWeek": None}, "has no rate"),
        ({"endTimestamp": None}, "has no end"),
        ({"endTimestamp": 9_999_999_999}, "is not a moment of our time"),
        ({"newRatePerWeek": 1e29, "endTimestamp": 4_000_000_000}, "is absurdly large"),
    ],
)
def test_a_stretch_that_makes_no_sense_is_left_out(stretch, says):
    broken = turn(0, linear=[(7, 7)])
    broken["linearAllocations"][0] |= stretch
    parsed = scheduled(broken, turn(1, cliffs=[("A", "", 1)]))
    assert told_events(parsed) == [(1, 1, "cliff", None)]
    assert parsed.remarks == (f"Team: the unlock that begins on 2026-01-01 {says}.",)


def test_past_unlocks_stay_in_the_schedule():
    (row,) = scheduled(turn(-400, cliffs=[("A", "", 1)])).rows
    assert row.events[0].unlock_at < NOW


@pytest.mark.parametrize("changes", [{}, {"documentedData": {"data": []}}, {"categories": {"team": ["A"]}}])
def test_no_events_do_not_say_that_nothing_is_left(changes):
    parsed = scheduled(**changes)
    assert parsed.rows == ()
    assert "aurelium: no unlock is listed, which does not say that there is none." in parsed.remarks


def test_sections_without_events_are_remarked_and_leave_the_schedule_open(emission):
    assert not emission.rows[0].complete
    assert "The schedule is not whole; sections that list no unlock: 1." in emission.remarks


@pytest.mark.parametrize(
    ("total", "is_whole"),
    [
        ({}, True),
        ({"total": 500}, True),
        ({"total": 1_000}, False),
        ({"total": None}, True),
        ({"total": "many"}, True),
    ],
)
def test_a_schedule_is_whole_that_lists_its_own_total(total, is_whole):
    turns = [turn(1, cliffs=[("A", "", 480)])]
    (row,) = scheduled(categories={"team": ["A"]}, metadata={"unlockEvents": turns} | total).rows
    assert row.complete == is_whole


def test_a_schedule_below_the_most_there_can_be_is_not_whole():
    turns = [turn(1, cliffs=[("A", "", 480)])]
    of_all = {"metadata": {"unlockEvents": turns}, "supplyMetrics": {"maxSupply": 1_000}}
    (row,) = scheduled(categories={"team": ["A"]}, **of_all).rows
    assert not row.complete


# The daily curve --------------------------------------------------------------------


def test_a_section_without_events_is_drawn_from_its_curve(emission):
    pool = [each for each in emission.rows[0].events if each.category == "ecosystem"]
    assert [(each.unlock_at, each.ends_at, each.amount, each.shape) for each in pool] == [
        (on(0), None, 100, "cliff"),
        (on(4), on(9), 100, "linear"),
    ]


def test_a_curve_that_tells_no_more_than_the_events_is_not_needed(emission):
    growth = [each for each in emission.rows[0].events if each.category == "community"]
    assert [(each.unlock_at, each.ends_at, each.amount) for each in growth] == [(START, on(70), 700)]


def test_a_curve_fills_in_the_stretches_that_the_events_leave_out():
    events = turn(0, cliffs=[("Team", "insiders", 100)], linear=[(70, 7)])
    parsed = scheduled(events, documentedData=curve(*(100 + 10 * day for day in range(31))))
    assert told_events(parsed) == [(0, 100, "cliff", None), (0, 300, "linear", 30)]


def test_the_jump_of_a_broken_stretch_is_taken_out_of_the_curve():
    events = turn(2, linear=[(-70, 0)])  # Twenty tokens, in a stretch that ends two days too early.
    levels = [10 * day + (20 if day >= 2 else 0) for day in range(31)]
    parsed = scheduled(events, documentedData=curve(*levels))
    assert told_events(parsed) == [(0, 300, "linear", 30)]
    assert parsed.rejected == 1


def test_a_curve_with_a_bend_is_drawn_in_two_pieces():
    levels = [10 * day for day in range(11)] + [100 + 40 * day for day in range(1, 11)]
    assert told_events(scheduled(documentedData=curve(*levels))) == [
        (0, 100, "linear", 10),
        (10, 400, "linear", 20),
    ]


@pytest.mark.parametrize(
    "levels",
    [
        [0, 100, 50, 200],
        [0, 10, 20, 30],
        [-5, 100, 200, 300],
    ],
    ids=["falls", "lacks the cliff", "is negative"],
)
def test_a_curve_that_contradicts_the_events_is_not_used(levels):
    events = turn(1, cliffs=[("Team", "insiders", 100)])
    assert told_events(scheduled(events, documentedData=curve(*levels))) == [(1, 100, "cliff", None)]


def test_a_curve_that_can_not_be_read_leaves_the_events():
    parsed = scheduled(turn(0, linear=[(7, 7)]), documentedData=curve(0, "much"))
    assert told_events(parsed) == [(0, 7, "linear", 7)]
    assert parsed.remarks == ("The daily totals of Team: one is not a number.",)


def test_two_points_of_one_moment_are_no_curve():
    both = curve(0, 5, 10)
    both["data"][0]["data"][2]["timestamp"] = both["data"][0]["data"][1]["timestamp"] + 0.5
    assert scheduled(documentedData=both).rows == ()


# Whose schedule it is ---------------------------------------------------------------

BY_SLUG = ask_all("unlocks", identifiers=(("defillama", "cinder"),))[0]
ONE_CLIFF = turn(0, cliffs=[("A", "", 1)])


def identifiers_of(metadata, *, request=BY_SLUG, gecko_id=None):
    parsed = scheduled(request=request, gecko_id=gecko_id, metadata={"unlockEvents": [ONE_CLIFF]} | metadata)
    return parsed.rows[0].asset.identifiers


def test_the_coin_is_found_in_the_body_the_metadata_or_the_token():
    expected = (("coingecko", "cinder-token"),)
    assert identifiers_of({}, gecko_id="cinder-token") == expected
    assert identifiers_of({"gecko_id": "cinder-token"}) == expected
    assert identifiers_of({"token": "coingecko:cinder-token"}) == expected


def test_without_a_coin_the_contract_and_the_slug_are_known():
    token = "bsc:0xCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC0001"
    assert identifiers_of({"token": token}) == (
        ("address:bsc", token.partition(":")[2].lower()),
        ("defillama", "cinder"),
    )
    assert identifiers_of({"token": None}) == (("defillama", "cinder"),)
    assert identifiers_of({"token": "moon:0x1"}) == (("defillama", "cinder"),)


def test_who_was_asked_by_its_coin_is_that_coin():
    assert identifiers_of({}, request=EMISSION) == (("coingecko", "aurelium"),)


def test_another_schedule_than_the_one_asked_for_is_refused():
    with pytest.raises(UnreadableError, match="schedule of brimstone instead of that of aurelium"):
        scheduled(ONE_CLIFF, gecko_id="brimstone")


@pytest.mark.parametrize("pack", [lambda body: body, lambda body: {"body": json.dumps(body)}])
def test_a_schedule_may_come_bare_or_as_a_text(pack, emission):
    packed = json.dumps(pack(told_emission())).encode()
    assert read(PROVIDER, EMISSION, packed).rows == emission.rows


# Bodies that are none ---------------------------------------------------------------


@pytest.mark.parametrize("name", ASKED)
def test_an_error_in_a_200_is_a_refusal(name):
    with pytest.raises(RefusedError, match=r"^DefiLlama refused: Upgrade to the paid plan\.$"):
        read(PROVIDER, ASKED[name], payload("defillama", "error"))


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"5", b'"x"', b"null", b"{}", b'{"body": "<html>"}', b'{"protocols": 5}'],
)
def test_a_body_of_another_shape_is_unreadable(name, body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED[name], body)


@pytest.mark.parametrize("name", ASKED)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, ASKED[name], payload("defillama", name))


# Recorded bodies ----------------------------------------------------------------------


@pytest.mark.shared
def test_the_recorded_schedule_of_ondo():
    body = recorded("defillama/emissions_sample_ondo.json")
    (request,) = ask_all("unlocks", identifiers=(("coingecko", "ondo-finance"),))
    (row,) = read(PROVIDER, request, json.dumps({"body": json.loads(body)}).encode()).rows
    assert Counter(each.shape for each in row.events) == {"step": 15, "cliff": 2, "linear": 1}
    units = Counter()
    for each in row.events:
        units[each.category] += each.amount
    assert units["team"] == 3_300_000_000
    assert units["investors"] == 5 * Decimal("258049208.8")
    assert units["treasury"] == Decimal("1250608690.8") + 5 * Decimal("792052170.8399999")
    (linear,) = [each for each in row.events if each.ends_at]
    assert (linear.category, linear.ends_at) == ("public", datetime(2025, 1, 17, 5, 48, 36, tzinfo=UTC))
    assert linear.amount == pytest.approx(Decimal(19_926_386), rel=Decimal("0.001"))


@pytest.mark.shared
def test_the_recorded_stretches_that_end_before_they_start_are_left_out():
    complaints = Counter()
    for schedule in json.loads(recorded("defillama/unlock_schedules_derived.json")):
        stretches = [
            (section["section"], each)
            for section in schedule["sections"]
            for each in section["allocations"]
            if each["type"] == "linear"
        ]
        parsed = scheduled(*(weekly(recipient, each) for recipient, each in stretches))
        complaints[schedule["slug"]] = sum("ends before it starts" in each for each in parsed.remarks)
    # Three more of dydx are turned around too, but release nothing.
    assert +complaints == {"clev": 1, "dydx": 1, "hmx": 1}


def weekly(recipient, stretch):
    """A recorded stretch as the vendor tells it; one without a length has no rate."""
    start, end = stretch["start"], stretch["end"]
    rate = stretch["amount"] * 7 * DAY / (end - start) if end != start else 0
    allocation = {"recipient": recipient, "newRatePerWeek": rate, "endTimestamp": end}
    return {"timestamp": start, "linearAllocations": [allocation]}
