import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.nasdaq_api import NasdaqApi, dollars_of
from assets.sourcing.contract import Need, RefusedError, UnreadableError, UnsupportedError
from tests.assets.providers.answers import payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = NasdaqApi(accepted=True)
(REQUEST,) = PROVIDER.requests(Need(family="market"))
BODY = payload("nasdaq_api", "screener")


def test_it_is_off_until_its_terms_are_accepted():
    with pytest.raises(UnsupportedError, match="ASSAY_NASDAQ_API_TERMS=accepted"):
        NasdaqApi().requests(Need(family="market"))


def test_all_shares_come_in_one_call():
    assert (REQUEST.path, REQUEST.params["download"]) == ("/api/screener/stocks", "true")
    with pytest.raises(UnsupportedError, match="all assets at once"):
        PROVIDER.requests(Need(family="market", identifiers=(("share:us", "ZORB"),)))


def test_the_last_price_of_each_share_as_of_the_session_before():
    parsed = read(PROVIDER, REQUEST, BODY)
    assert [(row.asset.identifiers[0], row.price_usd) for row in parsed.rows] == [
        (("share:us", "ZORB"), Decimal("1234.50")),
        (("share:us", "QUIB"), Decimal("0.97")),
        (("share:us", "ZORPRD"), Decimal("24.10")),
    ]
    assert {row.as_of for row in parsed.rows} == {datetime(2026, 2, 27, 21, tzinfo=UTC)}
    assert parsed.rows[0].asset.called == "Zorban Instruments Inc. Common Stock"
    assert parsed.remarks == ("1 depositary receipts are left out: their price is none of a share.",)


def test_a_limit_cuts_the_rows():
    (request,) = PROVIDER.requests(Need(family="market", limit=1))
    assert len(read(PROVIDER, request, BODY).rows) == 1


@pytest.mark.parametrize(("text", "price"), [("$0.97", "0.97"), ("$1,234.5", "1234.5"), (5, "5")])
def test_dollars(text, price):
    assert dollars_of(text) == Decimal(price)


@pytest.mark.parametrize("text", ["", None, "$0.00"])
def test_no_dollars_are_no_price(text):
    assert dollars_of(text) is None


def test_an_answer_that_says_no():
    status = {"rCode": 400, "bCodeMessage": [{"code": 1001, "errorMessage": "Symbol not exists."}]}
    with pytest.raises(RefusedError, match="Nasdaq refused: Symbol not exists"):
        read(PROVIDER, REQUEST, json.dumps({"data": None, "status": status}).encode())


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"data": {"rows": 5}}', b'"x"'])
def test_another_answer_is_not_read(body):
    with pytest.raises(UnreadableError, match="other than its list of shares"):
        read(PROVIDER, REQUEST, body)


@given(st.data())
def test_any_mutation_is_read_or_refused(data):
    mutated(data, PROVIDER, REQUEST, BODY)


def test_recorded_rows():
    rows = json.loads(recorded("nasdaq_api/screener_amex.json"))
    parsed = read(PROVIDER, REQUEST, json.dumps({"data": {"rows": rows}}).encode())
    assert parsed.rejected == 0
    assert len(parsed.rows) > 250
