"""A database that was filled before a migration has every row after it."""

from datetime import UTC, datetime
from functools import partial

import pytest

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow("assets/migrations", "assets/models", "screener/migrations", "screener/models"),
]

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def migrate(migrate_to):
    return partial(migrate_to, "assets")


def test_request_logs_reparsed_answers_and_former_addresses_keep_what_they_held(migrate):
    models = migrate("0009_steps_in_turn")
    asset = models.get_model("assets", "Asset").objects.create(kind="token", slug="alpha")
    answers = fill(models, asset)

    models = migrate("0010_request_log")
    log = models.get_model("assets", "RequestLog").objects.get()
    assert (log.asset_id, log.provider, log.family, log.problem) == (asset.pk, "x", "holders", "Not known.")
    assert (log.asked_at, log.answered_at) == (NOW, None)

    former = models.get_model("assets", "FormerSlug").objects.get()
    assert (former.slug, former.asset_id) == ("aaa-sol", asset.pk)
    assert (former.merged_by, former.merged_at) == ("register", NOW)

    observations = models.get_model("assets", "Observation").objects
    assert [*observations.order_by("pk").values_list("pk", "reparse_of")] == [
        (answers[0], None),
        (answers[1], answers[0]),
    ]
    step = models.get_model("assets", "RefreshStep").objects.select_related("run").get()
    assert (step.state, step.unscored, step.asset_ids, step.run.state) == (
        "done",
        True,
        [asset.pk],
        "running",
    )


def fill(models, asset):
    """A run with a step, an answer and the same parsed again, an inquiry and a former address."""
    payload = models.get_model("assets", "Payload").objects.create(sha256="0" * 64, size_bytes=0)
    answer = {
        "provider": "x",
        "family": "market",
        "request": {},
        "payload": payload,
        "http_status": 200,
        "status": "parsed",
        "as_of": NOW,
        "known_at": NOW,
    }
    observations = models.get_model("assets", "Observation").objects
    first = observations.create(**answer)
    again = observations.create(**answer, reread_of=first)
    run = models.get_model("assets", "RefreshRun").objects.create(
        provider="x", family="market", created_at=NOW, progressed_at=NOW, steps_total=1, steps_done=1
    )
    models.get_model("assets", "RefreshStep").objects.create(
        run=run, key="1", request={}, state="done", observation=first, asset_ids=[asset.pk], unscored=True
    )
    models.get_model("assets", "Inquiry").objects.create(
        asset=asset, provider="x", family="holders", asked_at=NOW, problem="Not known."
    )
    models.get_model("assets", "FormerSlug").objects.create(
        slug="aaa-sol", asset=asset, told_by="register", united_at=NOW
    )
    return first.pk, again.pk


def test_names_and_places_from_before_have_no_beginning_and_no_end(migrate):
    models = migrate("0011_owners_of_reports")
    asset = models.get_model("assets", "Asset").objects.create(kind="token", slug="alpha")
    models.get_model("assets", "AssetIdentifier").objects.create(
        asset=asset, namespace="address:base", value="0x1"
    )
    payload = models.get_model("assets", "Payload").objects.create(sha256="0" * 64, size_bytes=0)
    answer = models.get_model("assets", "Observation").objects.create(
        provider="x", family="pools", request={}, payload=payload, http_status=200, as_of=NOW, known_at=NOW
    )
    models.get_model("assets", "PoolSnapshot").objects.create(
        asset=asset, observation=answer, provider="x", as_of=NOW, known_at=NOW, address="0x2"
    )

    models = migrate("0012_names_and_places_end")
    name = models.get_model("assets", "AssetIdentifier").objects.get()
    assert (name.provider, name.valid_from, name.valid_until) == ("", None, None)
    pool = models.get_model("assets", "PoolSnapshot").objects.get()
    assert (pool.chain, pool.ended) == ("", False)


def test_pools_stored_before_have_the_type_of_their_exchange(migrate):
    models = migrate("0013_withdrawn_figures")
    asset = models.get_model("assets", "Asset").objects.create(kind="token", slug="alpha")
    payload = models.get_model("assets", "Payload").objects.create(sha256="0" * 64, size_bytes=0)
    answer = models.get_model("assets", "Observation").objects.create(
        provider="x",
        family="pools",
        request={},
        http_status=200,
        status="parsed",
        as_of=NOW,
        known_at=NOW,
        payload=payload,
    )
    pools = models.get_model("assets", "PoolSnapshot").objects
    for dex in ("uniswap_v2", "Raydium CLMM", "some exchange", ""):
        pools.create(
            asset=asset, observation=answer, provider="x", as_of=NOW, known_at=NOW, address=dex, dex=dex
        )

    models = migrate("0014_pool_types_and_sides")
    pools = models.get_model("assets", "PoolSnapshot").objects
    assert dict(pools.values_list("dex", "pool_type")) == {
        "uniswap_v2": "constant_product",
        "Raydium CLMM": "concentrated",
        "some exchange": "",
        "": "",
    }


def test_stored_names_are_marked(migrate):
    models = migrate("0015_whole_schedules")
    assets, names = (models.get_model("assets", each).objects for each in ("Asset", "AssetIdentifier"))
    coin = assets.create(kind="token", slug="aurum", symbol="AURUM", name="Aurum")
    copy = assets.create(kind="token", slug="aurum-2", symbol="AURUM", name="Aurum")
    names.create(asset=coin, namespace="coingecko", value="aurum")
    names.create(asset=copy, namespace="address:base", value="0x1")

    models = migrate("0016_names_that_look_alike")
    rows = models.get_model("assets", "Asset").objects.order_by("pk")
    assert [*rows.values_list("symbol_look", "name_look", "likeness", "likeness_of")] == [
        ("aurum", "aurum", "", ""),
        ("aurum", "aurum", "name", "Aurum (AURUM)"),
    ]


def test_the_largest_are_found_and_names_marked_again(migrate):
    models = migrate("0021_contracts_that_were_merged")
    assets, names, observations, payloads, markets = (
        models.get_model("assets", each).objects
        for each in ("Asset", "AssetIdentifier", "Observation", "Payload", "MarketSnapshot")
    )
    coin = assets.create(kind="token", slug="aurum", symbol="AURUM", name="Aurum")
    small = assets.create(kind="token", slug="ferrum", symbol="FERRUM", name="Ferrum", symbol_look="ferrum")
    copy = assets.create(
        kind="token", slug="aurum-2", symbol="Aurum \U0001f525", symbol_look="aurum\U0001f525"
    )
    other = assets.create(
        kind="token", slug="f-2", symbol="FERRUM", likeness="name", likeness_of="Ferrum (F)"
    )
    for asset in (coin, small):
        names.create(asset=asset, namespace="coingecko", value=asset.slug)
    for asset in (copy, other):
        names.create(asset=asset, namespace="address:base", value=f"0x{asset.pk}")
    answer = observations.create(
        provider="coingecko",
        family="market",
        request={},
        payload=payloads.create(sha256="0" * 64, size_bytes=0),
        http_status=200,
        as_of=NOW,
        known_at=NOW,
    )
    markets.create(
        asset=coin, observation=answer, provider="coingecko", as_of=NOW, known_at=NOW, market_cap_usd=10**9
    )

    models = migrate("0022_majors")
    rows = models.get_model("assets", "Asset").objects.order_by("pk")
    assert [*rows.values_list("symbol_look", "major", "likeness", "likeness_of")] == [
        ("aurum", True, "", ""),
        ("ferrum", False, "", ""),
        ("aurum", False, "name", "Aurum (AURUM)"),
        ("ferrum", False, "", ""),
    ]


def test_papers_of_a_sale_that_nobody_read_are_no_offerings(migrate):
    models = migrate("0023_launches")
    asset = models.get_model("assets", "Asset").objects.create(kind="equity", slug="alpha")
    payload = models.get_model("assets", "Payload").objects.create(sha256="0" * 64, size_bytes=0)
    told = {"as_of": NOW, "known_at": NOW}
    answer = models.get_model("assets", "Observation").objects.create(
        provider="x", family="filings", request={}, http_status=200, status="parsed", payload=payload, **told
    )
    for provider, event, amount in (
        ("sec_data", "offering", None),
        ("sec_data", "private_placement", None),
        ("sec_data", "shelf", None),
        ("sandbox", "offering", None),
        ("sec_data", "offering", 5),
    ):
        models.get_model("assets", "CapitalEvent").objects.create(
            asset=asset,
            observation=answer,
            provider=provider,
            event=event,
            amount_usd=amount,
            happened_on=NOW.date(),
            **told,
        )
    for name, events in (
        ("0024_unread_sales", ["prospectus", "unregistered_sale", "shelf", "offering", "offering"]),
        ("0023_launches", ["offering", "private_placement", "shelf", "offering", "offering"]),
    ):
        rows = migrate(name).get_model("assets", "CapitalEvent").objects.order_by("pk")
        assert list(rows.values_list("event", flat=True)) == events
