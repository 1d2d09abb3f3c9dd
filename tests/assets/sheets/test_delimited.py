import pytest

from assets.sheets.delimited import WESTERN, lines_in, text_in
from assets.sourcing.contract import UnreadableError

LINES = [("asset", "as_of"), ("café", "a, b; c")]


def read(text, *columns):
    return [*lines_in(text, fits=lambda line: sum(cell in columns for cell in line))]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", WESTERN),
    ],
)
def test_each_encoding_gives_the_same_text(encoding, said):
    text = "asset,name\nworked,Café – “it”\n"
    assert text_in(text.encode(encoding)) == (text, said)


@pytest.mark.parametrize(
    ("body", "problem"),
    [(b"a;\x81", "not in UTF-8"), (b"a,b\x00", "neither CSV nor XLSX"), (b"\xff\xfea", "not in UTF-8")],
)
def test_what_is_no_text_is_refused(body, problem):
    with pytest.raises(UnreadableError, match=problem):
        text_in(body)


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_delimiter_that_the_file_names_is_taken_and_its_line_is_not_counted(first, end):
    text = end.join([first, "asset;as_of", 'café;"a, b; c"'])
    assert read(text) == LINES


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_the_one_that_divides_the_header(delimiter, end):
    text = end.join([delimiter.join(["asset", "as_of"]), delimiter.join(["café", '"a, b; c"'])])
    assert read(text, "asset", "as_of") == LINES


def test_a_title_with_commas_does_not_decide():
    text = "Balance, in thousands, except shares, and so on\nasset;as_of\nx;2026-01-01\n"
    assert read(text, "asset", "as_of")[1:] == [("asset", "as_of"), ("x", "2026-01-01")]
    assert read("") == []
