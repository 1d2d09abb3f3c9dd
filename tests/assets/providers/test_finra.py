import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.finra import PAGE, SHARES_A_CALL, Finra
from assets.sourcing.contract import DamagedError, Need, UnreadableError, UnsupportedError
from tests.assets.providers.answers import payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = Finra()
DATA = "/data/group/otcMarket/name"


def ask(*symbols):
    return PROVIDER.requests(Need(family="venue", identifiers=tuple(("share:us", each) for each in symbols)))


def of(symbol, **changed):
    row = {"symbolCode": symbol, "settlementDate": "2026-02-13", "marketClassCode": "SC"}
    return row | {"currentShortPositionQuantity": 5, "averageDailyVolumeQuantity": 2} | changed


def body(*rows):
    return json.dumps(rows).encode()


(WALK,) = PROVIDER.requests(Need(family="venue"))
(NAMED,) = ask("AURM", "EFFR")
(PAGED,) = read(PROVIDER, WALK, payload("finra", "partitions")).follow
(DAYS,) = read(PROVIDER, PAGED, payload("finra", "page")).follow
LISTED = {"availablePartitions": [{"partitions": ["2026-02-27"]}]}
(LIST,) = read(PROVIDER, DAYS, json.dumps(LISTED).encode()).follow


def by_symbol(parsed, field):
    return {row.asset.identifiers[0][1]: getattr(row, field) for row in parsed.rows}


# What is asked ----------------------------------------------------------------------


def test_shares_are_asked_for_by_name_a_few_at_a_time():
    symbols = [f"A{chr(65 + number)}" for number in range(SHARES_A_CALL + 1)]
    first, second = ask(*symbols)
    assert first.path == f"{DATA}/consolidatedShortInterest"
    assert first.body["domainFilters"] == [{"fieldName": "symbolCode", "values": symbols[:-1]}]
    assert second.body["domainFilters"][0]["values"] == symbols[-1:]
    assert (first.body["limit"], first.body["offset"]) == (PAGE, 0)


def test_a_walk_reads_the_newest_day_in_order_and_then_what_the_list_says_of_shares_off_exchanges():
    assert WALK.path == "/partitions/group/otcMarket/name/consolidatedShortInterest"
    assert PAGED.body["compareFilters"] == [
        {"fieldName": "settlementDate", "fieldValue": "2026-02-13", "compareType": "EQUAL"}
    ]
    assert PAGED.body["sortFields"] == ["symbolCode"]
    assert DAYS.path == "/partitions/group/otcMarket/name/thresholdList"
    assert LIST.path == f"{DATA}/thresholdList"
    assert LIST.body["compareFilters"][0]["fieldValue"] == "2026-02-27"
    assert LIST.context["symbols"] == DAYS.context["symbols"] == "EFFR GRLTA"


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="market"), "has no market; it has: venue"),
        (Need(family="venue", identifiers=(("cik", "320193"),)), "its US ticker is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


@pytest.mark.parametrize("days", [[], [["2099-01-01"]], [["soon"]], [None], None, [[["2026-02-13"]]]])
def test_a_data_set_without_a_day_is_refused(days):
    told = {"availablePartitions": [{"partitions": each} for each in days] if days is not None else "none"}
    with pytest.raises(UnreadableError, match="names no day of consolidatedShortInterest"):
        read(PROVIDER, WALK, json.dumps(told).encode())


# Short interest ---------------------------------------------------------------------


def test_the_newest_row_of_each_share_counts_as_of_its_day():
    parsed = read(PROVIDER, NAMED, payload("finra", "named"))
    assert by_symbol(parsed, "short_interest_shares") == {"AURM": Decimal(15_000), "EFFR": Decimal(400)}
    assert by_symbol(parsed, "average_volume_shares") == {"AURM": Decimal(2_500), "EFFR": Decimal(0)}
    assert {*by_symbol(parsed, "short_interest_on").values()} == {date(2026, 2, 13)}
    assert {row.as_of for row in parsed.rows} == {datetime(2026, 2, 13, tzinfo=UTC)}
    assert {row.threshold_list for row in parsed.rows} == {None}
    assert [each.context["symbols"] for each in parsed.follow] == ["EFFR"]


def test_a_full_page_has_another_after_it():
    full = body(
        *(
            of(f"A{number:04x}".translate(str.maketrans("0123456789", "GHIJKLMNOP")).upper())
            for number in range(PAGE)
        )
    )
    parsed = read(PROVIDER, PAGED, full)
    (more,) = parsed.follow
    assert (more.body["offset"], more.context["day"]) == (PAGE, "2026-02-13")
    assert read(PROVIDER, more, b"", status_code=204).follow == ()


def test_by_name_the_newest_must_be_among_the_rows():
    with pytest.raises(UnreadableError, match="more rows than it returns at once"):
        read(PROVIDER, NAMED, body(*(of("AURM") for _number in range(PAGE))))


def test_what_nobody_has_sold_short_has_no_row_and_is_not_zero():
    assert read(PROVIDER, NAMED, b"", status_code=204).rows == ()
    assert read(PROVIDER, NAMED, b"[]").rows == ()


def test_a_row_of_the_future_or_of_nobody_is_left_out():
    parsed = read(
        PROVIDER,
        PAGED,
        body(of("AURM", settlementDate="2026-04-15"), of(""), of("A B C"), of("BRVO"), of("BRVO")),
    )
    assert [*by_symbol(parsed, "short_interest_on")] == ["BRVO"]
    assert parsed.rejected == 3


def test_a_number_that_makes_no_sense_is_not_known():
    parsed = read(PROVIDER, PAGED, body(of("AURM", currentShortPositionQuantity=-1)))
    assert by_symbol(parsed, "short_interest_shares") == {"AURM": None}
    assert parsed.remarks == ("AURM: currentShortPositionQuantity is negative.",)


def test_the_recorded_short_interest():
    (call,) = json.loads(recorded("finra/api/short_interest.json"))
    parsed = read(PROVIDER, ask("AAPL", "BRKB")[0], call["text"].encode())
    # Our clock in tests is that of March: what came later is left out.
    assert by_symbol(parsed, "short_interest_on") == dict.fromkeys(("AAPL", "BRKB"), date(2026, 2, 27))
    assert (parsed.rejected, parsed.follow) == (0, ())


# Threshold list ---------------------------------------------------------------------


def test_of_each_share_off_exchanges_it_is_known_whether_it_is_on_the_list():
    parsed = read(PROVIDER, LIST, payload("finra", "threshold"))
    assert by_symbol(parsed, "threshold_list") == {"EFFR": True, "GRLTA": False}
    assert {row.as_of for row in parsed.rows} == {datetime(2026, 2, 27, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("flags", "is_on"),
    [
        ({"regShoThresholdFlag": "Y"}, True),
        ({"rule4320Flag": "Y"}, True),
        ({"thresholdListFlag": "R"}, True),
        ({"thresholdListFlag": "NR"}, True),
        ({"regShoThresholdFlag": "N", "rule4320Flag": "N"}, False),
        ({}, False),
    ],
)
def test_each_kind_of_flag_counts(flags, is_on):
    parsed = read(PROVIDER, LIST, body({"issueSymbolIdentifier": "EFFR"} | flags))
    assert by_symbol(parsed, "threshold_list")["EFFR"] is is_on


def test_a_day_without_rows_denies_nothing():
    parsed = read(PROVIDER, LIST, b"", status_code=204)
    assert parsed.rows == ()
    assert parsed.remarks == ("FINRA's threshold list of 2026-02-27 has no rows.",)


@pytest.mark.parametrize(
    "rows", [[{"regShoThresholdFlag": "Y"}], [5], [{"issueSymbolIdentifier": "X"}] * PAGE]
)
def test_a_list_that_is_not_read_whole_denies_nothing(rows):
    with pytest.raises(UnreadableError, match="Not all of the threshold list"):
        read(PROVIDER, LIST, body(*rows))


# Faults -----------------------------------------------------------------------------


def test_other_statuses_are_refusals():
    assert PROVIDER.accepts(NAMED, 204)
    assert not any(PROVIDER.accepts(NAMED, status) for status in (400, 403, 404, 429, 503))


@pytest.mark.parametrize("text", [b"", b"<html>", b"settlementDate,symbolCode\n2026-02-13,AURM\n"])
def test_a_page_or_a_table_in_place_of_rows_is_asked_for_again(text):
    with pytest.raises(DamagedError):
        read(PROVIDER, NAMED, text)


def test_an_error_in_place_of_rows_is_refused():
    with pytest.raises(UnreadableError, match="other than rows"):
        read(PROVIDER, NAMED, b'{"statusCode": 400, "message": "no"}')


CASES = ((WALK, "partitions"), (NAMED, "named"), (PAGED, "page"), (LIST, "threshold"))


@given(data=st.data(), which=st.sampled_from(CASES))
def test_what_came_to_harm_is_refused_or_read_soundly(data, which):
    request, name = which
    mutated(data, PROVIDER, request, payload("finra", name))
