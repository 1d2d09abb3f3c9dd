import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.cboe import Cboe, traded_of
from assets.sourcing.contract import Need, UnreadableError, UnsupportedError
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = Cboe(accepted=True)
SHARE = (("cik", "7"), ("share:us", "ZORB"))
REQUESTS = {
    family: PROVIDER.requests(Need(family=family, identifiers=SHARE))[0] for family in ("market", "candles")
}
BODIES = {"market": payload("cboe", "quote"), "candles": payload("cboe", "bars")}


def quote(**changes):
    body = json.loads(BODIES["market"])
    body["data"] |= changes
    return read(PROVIDER, REQUESTS["market"], json.dumps(body).encode())


def test_it_is_off_until_its_terms_are_accepted():
    with pytest.raises(UnsupportedError, match="ASSAY_CBOE_TERMS=accepted"):
        Cboe().requests(Need(family="market", identifiers=SHARE))


def test_the_last_price_is_of_the_last_trade():
    (row,) = quote().rows
    assert (row.price_usd, row.as_of) == (Decimal("2.75"), datetime(2026, 2, 27, 20, 59, 59, tzinfo=UTC))
    assert row.asset.identifiers == (("share:us", "ZORB"),)
    assert quote(last_trade_time="2026-03-09T09:00:00").rows[0].as_of == NOW


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"current_price": 0}, None),
        ({"last_trade_time": None}, "but not of when"),
        ({"last_trade_time": "noon"}, "not a moment in New York"),
        ({"symbol": "ZORA"}, "is not the share"),
        ({"security_type": "index"}, "is not the share"),
    ],
)
def test_a_price_of_nobody_or_of_no_moment_is_none(changes, remark):
    parsed = quote(**changes)
    assert parsed.rows == ()
    assert remark is None or any(remark in each for each in parsed.remarks)


def test_summer_and_winter_in_new_york():
    assert traded_of("2026-07-24T15:59:59") == datetime(2026, 7, 24, 19, 59, 59, tzinfo=UTC)
    assert traded_of("") is None
    with pytest.raises(ValueError, match="not a moment in New York"):
        traded_of("2026-07-24T15:59:59+00:00")


def test_bars_of_the_last_year_that_are_over():
    parsed = read(PROVIDER, REQUESTS["candles"], BODIES["candles"])
    assert [(row.as_of.day, row.close_usd) for row in parsed.rows] == [
        (26, Decimal(3)),
        (27, Decimal("2.75")),
    ]


@pytest.mark.parametrize("status", [403, 404])
def test_what_it_does_not_have(status):
    request = REQUESTS["market"]
    assert PROVIDER.accepts(request, status)
    parsed = read(PROVIDER, request, b"<Error><Code>AccessDenied</Code></Error>", status_code=status)
    assert parsed.remarks == ("Cboe does not know ZORB.",)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"data": 5}', b'{"data": {}, "symbol": "ZORA"}', b'"x"'])
def test_another_answer_is_not_read(body):
    with pytest.raises(UnreadableError, match="what was asked of ZORB"):
        read(PROVIDER, REQUESTS["market"], body)
    with pytest.raises(UnreadableError, match="what was asked of ZORB"):
        read(PROVIDER, REQUESTS["candles"], body.replace(b"{}", b"[]"))


@given(st.data())
def test_any_mutation_is_read_or_refused(data):
    family = data.draw(st.sampled_from(sorted(BODIES)))
    mutated(data, PROVIDER, REQUESTS[family], BODIES[family])


def test_recorded_answers():
    folder = "cboe/api/global/delayed_quotes"
    moved = recorded(f"{folder}/quotes/AAPL.json").replace(b"AAPL", b"ZORB").replace(b"2026-07", b"2026-02")
    (row,) = read(PROVIDER, REQUESTS["market"], moved).rows
    assert row.price_usd == Decimal("333.8")
    history = recorded(f"{folder}/charts/historical/AAPL.json.gz").replace(b"AAPL", b"ZORB")
    parsed = read(PROVIDER, REQUESTS["candles"], history)
    assert len(parsed.rows) > 250
    assert parsed.rejected < 5
