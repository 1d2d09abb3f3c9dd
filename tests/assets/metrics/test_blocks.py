import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.blocks import blocks, together
from tests.assets.metrics.owner_lines import lines, person, schedule


def held(*filings):
    return pytest.approx(sum(each.held for each in blocks(lines(*filings))))


def test_what_all_share_counts_once():
    seven = [person(f"Fund {number}", 119_000, 119_000) for number in range(7)]
    assert held(schedule("a", *seven)) == 0.119


def test_what_one_holds_alone_comes_beside_what_is_shared():
    fund, manager = person("Fund", 85_000, 85_000), person("Manager", 99_000, 85_000)
    assert held(schedule("a", fund, manager)) == 0.099
    assert held(schedule("a", manager, fund)) == 0.099


def test_what_each_holds_alone_adds_up():
    assert held(schedule("a", person("A", 60_000, 0), person("B", 50_000, 0))) == 0.11


def test_a_parent_that_says_it_holds_alone_what_its_company_holds():
    assert held(schedule("a", person("Company", 100_000, 0), person("Parent", 100_000, 0))) == 0.1
    three = [person("One", 40_000, 0), person("Two", 60_000, 0), person("Parent", 100_000, 0)]
    assert held(schedule("a", *three)) == 0.1
    shared = [*three[:2], person("Parent", 100_000, 100_000)]
    assert held(schedule("a", *shared)) == 0.1


def test_who_does_not_tell_how_power_is_divided_shares_it():
    assert held(schedule("a", person("A", 100_000), person("B", 100_000))) == 0.1


def test_two_groups_add_up():
    assert (
        held(schedule("a", person("A", 183_000, 183_000)), schedule("b", person("B", 361_000, 361_000)))
        == 0.544
    )


def test_an_amendment_replaces_the_group_even_where_it_names_fewer():
    three = schedule("a", *(person(each, 200_000, 200_000) for each in "ABC"), days_ago=90)
    two = schedule("b", person("A", 150_000, 150_000), person("B", 150_000, 150_000), form="SCHEDULE 13D/A")
    assert held(three, two) == 0.15


@pytest.mark.parametrize(("begun", "ended"), [("13D", "13G"), ("13G", "13D")])
def test_who_ends_one_schedule_and_begins_another_holds_what_the_new_one_says(begun, ended):
    last = schedule("a", person("A", 0, 0), form=f"SCHEDULE {ended}/A", has_left=True)
    assert held(last, schedule("b", person("A", 150_000, 0), form=f"SCHEDULE {begun}")) == 0.15
    assert held(schedule("b", person("A", 150_000, 0), form=f"SC {begun}"), last) == 0.15


def test_of_two_amendments_of_one_day_that_of_the_later_event_counts():
    of_this_year = schedule("a", person("A", 90_000, 0), form="SCHEDULE 13G/A", period_on="2026-03-31")
    of_last_year = schedule("b", person("A", 120_000, 0), form="SCHEDULE 13G/A", period_on="2025-12-31")
    assert held(of_this_year, of_last_year) == 0.09


def test_an_amendment_of_the_same_schedule_and_day_counts():
    first = schedule("a", person("A", 150_000, 0))
    assert held(first, schedule("b", person("A", 60_000, 0), form="SCHEDULE 13D/A")) == 0.06


def test_who_left_the_group_with_shares_of_their_own_keeps_these():
    mixed = schedule("a", person("A", 200_000, 200_000), person("C", 260_000, 200_000), days_ago=90)
    assert held(mixed, schedule("b", person("A", 150_000, 150_000))) == 0.21


def test_who_leaves_for_themselves_does_not_take_the_group_along():
    before = schedule("a", person("A", 200_000, 200_000), person("C", 60_000, 0), days_ago=90)
    assert held(before, schedule("b", person("C", 70_000, 0))) == 0.27


def test_what_one_held_alone_and_reports_elsewhere_is_gone():
    before = schedule("a", person("A", 200_000, 0), person("B", 200_000, 0), days_ago=90)
    assert held(before, schedule("b", person("A", 150_000, 0))) == 0.15


def test_an_unknown_amount_replaces_nothing():
    before = schedule("a", person("A", 200_000, 200_000), days_ago=90)
    unknown = [{**each, "shares": None, "share": None} for each in schedule("b", person("A", 1, 1))]
    assert held(before, unknown) == 0.2


POWERS = st.lists(st.tuples(st.floats(0, 0.2), st.floats(0, 0.2)), min_size=1, max_size=6)


@settings(max_examples=60)
@given(persons=POWERS)
def test_a_block_is_no_less_than_one_person_holds_and_no_more_than_all(persons):
    block = together(persons)
    assert max(alone + shared for alone, shared in persons) <= block * 1.003 + 1e-9
    assert block <= sum(alone + shared for alone, shared in persons) + 1e-9


@settings(max_examples=60)
@given(persons=POWERS)
def test_a_person_told_twice_changes_nothing(persons):
    assert together([*persons, persons[0]]) == pytest.approx(together(persons))
