import pytest

from screener.words.filing_forms import form_name, item_list


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("10-K", "annual report (10-K)"),
        ("10-K/A", "annual report, amended (10-K/A)"),
        ("424B5", "prospectus (424B5)"),
        ("424B3", "prospectus (424B3)"),
        ("25-NSE", "notice of delisting by the exchange (25-NSE)"),
        ("SCHEDULE 13G/A", "report of a passive holder of 5 % or more, amended (SCHEDULE 13G/A)"),
        ("CERTNAS", "CERTNAS"),
        ("", ""),
    ],
)
def test_a_code_is_said_in_words_and_stays_beside_them(form, words):
    assert form_name(form) == words


@pytest.mark.parametrize(("items", "words"), [("1.01,9.01", "1.01, 9.01"), ("5.02", "5.02"), ("", "")])
def test_items_are_listed_as_the_sec_numbers_them(items, words):
    assert item_list(items) == words
