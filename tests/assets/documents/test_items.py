"""Items of an 8-K."""

from hypothesis import given
from hypothesis import strategies as st

from assets.documents.items import TITLES, items_of
from assets.documents.text import DocumentText


def numbers(text):
    return [each.number for each in items_of(DocumentText(text))]


def body(text, number):
    document = DocumentText(text)
    return next(
        document.line[each.start : each.end].strip() for each in items_of(document) if each.number == number
    )


def test_an_item_is_what_stands_under_its_title():
    text = (
        "Form 8-K\nItem 3.01. Notice of Delisting or Failure to Satisfy a Continued Listing Rule or"
        " Standard; Transfer"
        " of Listing.\nAs stated, Nasdaq wrote.\nItem 9.01 Financial Statements and Exhibits\n(d)"
        " Exhibits\nSIGNATURES"
        "\nPursuant to the requirements of the Securities Exchange Act of 1934 it was signed."
    )
    assert numbers(text) == ["3.01", "9.01"]
    assert body(text, "3.01") == "As stated, Nasdaq wrote."


def test_a_number_in_a_sentence_is_no_heading():
    text = (
        "Item 5.03 Amendments to Articles of Incorporation or By-Laws. The information set forth in Item"
        " 3.03 of this"
        " report is incorporated by reference into this Item 5.03."
    )
    assert numbers(text) == ["5.03"]


def test_two_headings_share_one_body():
    text = (
        "Item 3.03 Material Modification to Rights of Security Holders. Item 5.03 Amendments to Articles of"
        " Incorporation or Bylaws. On May 3, 2024 a split took effect, as every holder was told before."
    )
    assert body(text, "3.03") == body(text, "5.03")


def test_old_numbers_become_the_new_ones():
    text = "Item 3. Bankruptcy or Receivership\nA petition was filed.\nItem 7. Financial Statements\nNo. 1"
    found = items_of(DocumentText(text))
    assert [(each.number, each.old_number) for each in found] == [("1.03", "3"), ("9.01", "7")]


def test_an_item_that_does_not_apply_is_none():
    assert numbers(
        "Item 3. Bankruptcy or Receivership. Not applicable. Item 5. Other Events. It sold a plant."
    ) == ["8.01"]


def test_a_title_may_be_shortened_or_broken():
    assert numbers(
        "Item\n3.02, Unregistered Sale of Equity\nSecurities. It sold shares to a holder yesterday."
    ) == ["3.02"]


@given(st.sampled_from(sorted(TITLES)), st.text(alphabet="abc .", min_size=50, max_size=80))
def test_every_title_is_known(number, text):
    assert number in numbers(f"Item {number} {TITLES[number]}. {text}")


@given(st.text())
def test_any_text_has_items_within_it(text):
    document = DocumentText(text)
    assert all(0 <= each.start <= each.end <= len(text) for each in items_of(document))
