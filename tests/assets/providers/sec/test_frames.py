import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.sec.frames import Frame, Quarter, covers_of, dated, first_requests, frames_of, joined
from assets.providers.sec.provider import SecFrames
from assets.sourcing.contract import Need, RawObservation, Request, TransientError, UnreadableError
from tests.assets.providers.answers import read, recorded
from tests.assets.providers.mutations import mutated
from tests.assets.providers.sec.frame_bodies import AURELIAN, COVERS, YEARS, frame_body, frames_body

FRAMES = SecFrames()
NOVEMBER = datetime(2026, 11, 29, tzinfo=UTC)


def quarters_asked(now, *, limit=None):
    return [dated(each, now=now).context["quarter"] for each in first_requests(limit)]


@pytest.mark.parametrize(
    ("now", "quarters"),
    [
        (NOVEMBER, ["2026Q3", "2026Q2", "2026Q1", "2025Q4", "2025Q3"]),
        (datetime(2026, 3, 30, tzinfo=UTC), ["2025Q4", "2025Q3", "2025Q2", "2025Q1", "2024Q4"]),
        (datetime(2026, 4, 1, tzinfo=UTC), ["2026Q1", "2025Q4", "2025Q3", "2025Q2", "2025Q1"]),
    ],
)
def test_asked_are_the_last_covers_and_four_quarters_of_fiscal_years_that_are_reported(now, quarters):
    assert quarters_asked(now) == quarters


def test_a_request_keeps_its_quarter_when_it_is_asked_again():
    (first, *_others) = first_requests(None)
    asked = dated(first, now=NOVEMBER)
    assert dated(asked, now=datetime(2027, 11, 29, tzinfo=UTC)) == asked


def test_few_companies_take_one_quarter():
    assert [each.context.get("left") for each in first_requests(7)] == ["7", "7"]


@pytest.mark.parametrize(
    ("quarter", "year", "balance"),
    [
        ("2025Q2", "CY2025", "CY2025Q2I"),
        ("2025Q3", "CY2025", "CY2025Q3I"),
        ("2025Q4", "CY2025", "CY2025Q4I"),
        ("2026Q1", "CY2025", "CY2026Q1I"),
    ],
)
def test_fiscal_years_bear_the_year_in_which_their_middle_lies(quarter, year, balance):
    named = Quarter.named(quarter)
    assert (named.fiscal_year, named.balance, named.name) == (year, balance, quarter)


@given(st.dates(min_value=date(1994, 1, 1), max_value=date(2099, 12, 31)))
def test_a_quarter_is_named_and_found_by_its_name(day):
    assert Quarter.named(Quarter.of(day).name) == Quarter.of(day)
    assert Quarter.of(day).earlier(4).name == Quarter.of(day.replace(year=day.year - 1, day=1)).name


def test_frames_have_the_address_that_edgar_gives_them():
    paths = [each.path for each in frames_of(Quarter.named("2025Q4"))]
    assert "/api/xbrl/frames/us-gaap/NetIncomeLoss/USD/CY2025.json" in paths
    assert "/api/xbrl/frames/us-gaap/Assets/USD/CY2025Q4I.json" in paths
    assert "/api/xbrl/frames/dei/EntityPublicFloat/USD/CY2025Q2I.json" in paths
    assert len(paths) == len(set(paths)) == 20
    assert [each.path for each in covers_of(Quarter.named("2026Q1"))] == [
        "/api/xbrl/frames/dei/EntityCommonStockSharesOutstanding/shares/CY2026Q1I.json",
        "/api/xbrl/frames/dei/EntityCommonStockSharesOutstanding/shares/CY2025Q4I.json",
    ]


# Fetching -------------------------------------------------------------------------------


class Server:
    """Answers as EDGAR does: a frame, or 404 where nobody reports its tag."""

    def __init__(self, companies):
        self.companies, self.paths = companies, []

    def ask(self, provider, request):
        self.paths.append(request.path)
        _, _, _, _, taxonomy, tag, unit, period = request.path.split("/")
        body = frame_body(Frame(taxonomy, tag, unit, period.removesuffix(".json")), self.companies)
        status_code = 200 if body else 404
        assert provider.accepts(request, status_code)
        return RawObservation(
            provider=provider.name,
            request=request,
            status_code=status_code,
            body=json.dumps(body).encode() if body else b"<Error><Code>NoSuchKey</Code></Error>",
            fetched_at=NOVEMBER,
        )


@pytest.fixture
def contact(monkeypatch):
    monkeypatch.setenv("ASSAY_CONTACT", "ops@example.org")


@pytest.mark.usefixtures("contact")
def test_all_frames_of_a_request_are_one_answer_word_for_word():
    server = Server({1999001: AURELIAN})
    raw = FRAMES.fetch(YEARS, server)
    assert server.paths == [each.path for each in frames_of(Quarter.named("2025Q4"))]
    assert raw.request == YEARS
    assert raw.status_code == 200
    assert json.loads(raw.body) == json.loads(frames_body(YEARS, {1999001: AURELIAN}))
    assert any("DebtSecuritiesCurrent" in each for each in FRAMES.parse(raw).remarks)


@pytest.mark.usefixtures("contact")
def test_a_refusal_in_the_middle_ends_the_request():
    class Refusing(Server):
        def ask(self, provider, request):
            if len(self.paths) == 3:
                raise TransientError("SEC EDGAR wants fewer calls (HTTP 403).")
            return super().ask(provider, request)

    with pytest.raises(TransientError):
        FRAMES.fetch(YEARS, Refusing({}))


def test_frames_are_of_all_companies_at_once():
    assert FRAMES.requests(Need(family="fundamentals")) == first_requests(None)


# Reading --------------------------------------------------------------------------------


def test_bodies_stand_in_their_order_and_null_for_none():
    assert json.loads(joined([b'{"a": 1}', None, b"[]"])) == [{"a": 1}, None, []]


@pytest.mark.parametrize("body", [b"", b"<html>", b"5", b"null", b'{"x": 5}', b"[]", b"[1, 2]"], ids=repr)
def test_a_body_of_another_shape_is_unreadable(body):
    for request in (YEARS, COVERS):
        with pytest.raises(UnreadableError):
            read(FRAMES, request, body)


@pytest.mark.parametrize("key", ["taxonomy", "tag", "uom", "ccp", "data"])
def test_another_frame_than_the_one_asked_for_is_unreadable(key):
    body = json.loads(frames_body(YEARS, {1999001: AURELIAN}))
    place = next(place for place, each in enumerate(body) if each and each["tag"] == "Assets")
    body[place][key] = "EUR"
    with pytest.raises(UnreadableError, match=r"other than the frame .*/Assets/"):
        read(FRAMES, YEARS, json.dumps(body).encode())


@pytest.mark.parametrize(
    "broken", [{"val": None}, {"val": "many"}, {"end": ""}, {"end": "2025-13-31"}, {"cik": 0}, {"accn": "1"}]
)
def test_a_value_that_makes_no_sense_is_left_out_with_a_reason(broken):
    body = json.loads(frames_body(YEARS, {1999001: AURELIAN, 1999002: AURELIAN}))
    place = next(place for place, each in enumerate(body) if each and each["tag"] == "StockholdersEquity")
    body[place]["data"][0] |= broken
    parsed = read(FRAMES, YEARS, json.dumps(body).encode())
    assert parsed.rejected == 1
    assert [row.equity_usd for row in parsed.rows] == [None, 12_500_000]


def test_a_company_that_stands_twice_in_a_frame_has_no_fact_in_it():
    body = json.loads(frames_body(YEARS, {1999001: AURELIAN}))
    place = next(place for place, each in enumerate(body) if each and each["tag"] == "Liabilities")
    body[place]["data"] *= 2
    (row,) = read(FRAMES, YEARS, json.dumps(body).encode()).rows
    assert row.total_liabilities_usd is None
    assert row.total_assets_usd == 20_000_000


@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(data):
    request = data.draw(st.sampled_from([YEARS, COVERS]))
    mutated(data, FRAMES, request, frames_body(request, {1999001: AURELIAN, 1999002: AURELIAN}))


@pytest.mark.shared
def test_the_recorded_frame_is_read_whole():
    whole = json.loads(
        recorded("sec_data/api/xbrl/frames/us-gaap/AccountsPayableCurrent/USD/CY2019Q1I.json.gz")
    )
    request = Request(family="fundamentals", path="/", context={"quarter": "2019Q1"})
    asked = frames_of(Quarter.named("2019Q1"))
    renamed = whole | {"tag": "Assets"}
    body = [renamed if each.tag == "Assets" and each.period == "CY2019Q1I" else None for each in asked]
    parsed = read(FRAMES, request, json.dumps(body).encode())
    assert parsed.rejected == 0
    assert parsed.rows == (), "a balance alone is no fiscal year"
