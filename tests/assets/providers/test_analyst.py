import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assets.providers.analyst import Analyst
from assets.sheets.columns import SHEETS
from assets.sheets.identity import to_text
from assets.sheets.tables import FORMATS
from assets.sheets.templates import template
from assets.sourcing.contract import Need, Request, UnreadableError, UnsupportedError
from assets.sourcing.rows import AssetRef, HolderRow
from tests.assets.providers.answers import read

WORKED = AssetRef(kind="token", identifiers=(("coingecko", "worked"),))
KNOWN = {("slug", "worked-example"): WORKED}


def request_of(kind, format_name="csv", known=KNOWN, **context):
    whole = {"sheet": kind, "format": format_name, "author": "ana", "evidence_url": "https://example.org/"}
    return Request(
        family=SHEETS[kind].family, path=f"/{kind}", context={**whole, "assets": to_text(known), **context}
    )


def test_an_analyst_is_not_asked():
    analyst = Analyst()
    for family in analyst.families:
        with pytest.raises(UnsupportedError, match="Import a file"):
            analyst.requests(Need(family=family))
    with pytest.raises(UnsupportedError, match="Import a file"):
        analyst.fetch(Request(family="supply", path="/supply"), None)


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_every_sheet_is_read_in_both_formats(kind, format_name):
    parsed = read(Analyst(), request_of(kind, format_name), template(SHEETS[kind], format_name))
    assert parsed.rows
    assert parsed.remarks == ()


def test_only_the_sheet_of_assets_makes_assets():
    parsed = read(Analyst(), request_of("supply", known={}), template(SHEETS["supply"], "csv"))
    assert parsed.rows == ()
    assert "names no asset that is known" in parsed.remarks[0]
    assert read(Analyst(), request_of("assets", known={}), template(SHEETS["assets"], "csv")).rows


def test_the_bad_rows_are_remarked_and_the_good_ones_land():
    lines = ["asset,as_of,total,mood", "worked-example,2026-02-01,5,", *["worked-example,soon,5,"] * 30]
    parsed = read(Analyst(), request_of("supply"), "\n".join(lines).encode())
    assert len(parsed.rows) == 1
    assert parsed.rejected == 30
    assert parsed.remarks[0] == "row 3, as_of: is not an ISO date; write it like 2026-03-01."
    assert parsed.remarks[-2:] == ("… and 10 more.", "Columns that are not read: mood.")


def test_holders_of_one_date_are_one_row():
    body = (
        b"asset,as_of,holder_label,holder_type,share\n"
        b"worked-example,2026-02-01,Team,insider,40%\n"
        b"worked-example,2026-02-01,Pool,pool,20%\n"
    )
    (row,) = read(Analyst(), request_of("holders"), body).rows
    assert isinstance(row, HolderRow)
    assert [position.share for position in row.positions] == [0.4, 0.2]


@pytest.mark.parametrize(
    "context", [{"sheet": "weather"}, {"format": "ods"}, {"format": "xlsx"}, {"assets": "{"}]
)
def test_a_sheet_that_is_not_what_it_is_said_to_be_is_unreadable(context):
    with pytest.raises(UnreadableError):
        read(Analyst(), request_of("supply", **context), b"asset,as_of,total\nworked-example,2026-02-01,5")


def test_without_a_context_there_is_no_sheet():
    with pytest.raises(UnreadableError, match="There is no such sheet"):
        read(Analyst(), Request(family="supply", path="/supply"), b"asset")


STRANGE = st.one_of(
    st.sampled_from(
        [
            "",
            "NaN",
            "-1",
            "1e400",
            "Infinity",
            "\x00",
            "javascript:alert(1)",
            "x" * 600,
            '"',
            ",",
            "\n",
            "1e29",
        ]
    ),
    st.text(max_size=8),
    st.dates().map(str),
    st.decimals().map(str),
)


@given(data=st.data(), kind=st.sampled_from(sorted(SHEETS)))
def test_no_sheet_gives_an_unsound_row(data, kind):
    lines = template(SHEETS[kind], "csv").decode("utf-8-sig").splitlines()
    cells = lines[1].split(",")
    place = data.draw(st.integers(0, len(cells) - 1))
    cells[place] = data.draw(STRANGE)
    if data.draw(st.integers(0, 9)) == 0:
        del cells[place]
    try:
        read(Analyst(), request_of(kind), "\n".join([lines[0], ",".join(cells)]).encode("utf-8", "replace"))
    except UnreadableError as error:
        event(str(error)[:20])
