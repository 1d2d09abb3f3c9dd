"""Rules over a section."""

from datetime import date

from assets.documents.items import items_of
from assets.documents.patterns import any_of
from assets.documents.sections import ItemSection, named_day
from assets.documents.text import DocumentText

TEXT = (
    "Item 3.02 Unregistered Sales of Equity Securities. The information in Item 1.01 is incorporated by"
    " reference."
    " Item 1.01 Entry into a Material Definitive Agreement. On May 3, 2024 it sold shares. It told holders."
    " Then it"
    " rested."
)


def sections():
    document = DocumentText(TEXT)
    items = items_of(document)
    return {each.number: ItemSection(document, each, items) for each in items}


def test_an_item_refers_to_another_one():
    sale = sections()["3.02"]
    assert sale.is_reference()
    assert [each.item.number for each in sale.referred()] == ["1.01"]
    assert sections()["1.01"].referred() == ()


def test_the_first_sentence_that_says_it_and_not_the_other():
    section = sections()["1.01"]
    assert section.first(any_of(r"\bit\b"), unless=(any_of("sold"),)).text == "It told holders."
    assert section.first(any_of("nothing")) is None


def test_an_event_has_the_last_day_before_it():
    section = sections()["1.01"]
    event = section.event("rested", section.first(any_of("rested")))
    assert (event.happened_on, event.passage.text) == (date(2024, 5, 3), "Then it rested.")


def test_a_day_on_which_a_year_ended_is_none_of_an_event():
    assert named_day("for the year ended December 31, 2023, on May 3, 2024") == date(2024, 5, 3)
