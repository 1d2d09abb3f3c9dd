from screener.services.calendar.event_kinds import EVENT_KINDS, KIND_OF
from screener.words.calendar import KIND_TITLES, KINDS_TITLES, SENTENCES


def test_each_kind_has_a_name_of_its_own_and_words():
    assert len(KIND_OF) == len(EVENT_KINDS)
    assert {*KIND_OF} == {*KIND_TITLES} == {*KINDS_TITLES} == {*SENTENCES}
