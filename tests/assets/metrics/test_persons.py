import pandas as pd
import pytest

from assets.metrics.persons import Together, plain_name, reporters_of


def reporters(*rows):
    """Each row as (filing, name, CIK, those who report together)."""
    names = ["filing", "holder", "holder_cik", "reported_with"]
    listed = pd.DataFrame([(*row, "", "")[:4] for row in rows], columns=names)
    return reporters_of(listed, [(0, filing) for filing in listed["filing"]])


@pytest.mark.parametrize(
    "spelling", ["EXAMPLE LEO MICHAEL", "Example, Leo Michael", "Leo  Michael Example", "Léo Michael Example"]
)
def test_spellings_of_one_name(spelling):
    assert plain_name(spelling) == plain_name("Leo Michael Example")


def test_a_fund_is_written_with_and_without_points():
    assert plain_name("Example Fund XII, L.P.") == plain_name("EXAMPLE FUND XII LP")
    assert plain_name("Example Fund XII, L.P.") != plain_name("Example Fund XI, L.P.")


def test_a_name_in_another_script_is_kept():
    assert plain_name("Пример") != plain_name("Другой")


def test_one_number_is_one_person_under_two_spellings():
    one, other = reporters(("a", "Leo Example", "7"), ("b", "Example L.", "7"))
    assert one.person == other.person


def test_one_name_is_one_person_with_and_without_a_number_or_under_two():
    persons = {
        each.person for each in reporters(("a", "Fund LP"), ("b", "Fund, L.P.", "7"), ("c", "FUND LP", "8"))
    }
    assert len(persons) == 1


def test_who_signs_one_filing_belongs_together():
    first, second, third, alone = reporters(
        ("a", "A", "1"), ("a", "B", "2"), ("b", "B", "2"), ("c", "C", "3")
    )
    assert first.group == second.group == third.group != alone.group
    assert first.person != second.person == third.person


def test_a_form_names_those_who_report_with_the_first():
    joint, partner, other = reporters(
        ("a", "A", "1", "1|2|Nobody's Fund"), ("b", "B", "2"), ("c", "Nobodys Fund")
    )
    assert joint.group == partner.group == other.group
    assert joint.jointly == {joint.person, partner.person, other.person}
    assert partner.jointly == {partner.person}


def test_a_person_is_looked_at_company_by_company():
    listed = pd.DataFrame({"holder": ["A", "A"], "holder_cik": ["1", "1"], "reported_with": ["", ""]})
    one, other = reporters_of(listed, [(0, "a"), (1, "a")])
    assert one.person != other.person
    assert one.group != other.group


def test_what_is_linked_through_others_belongs_together():
    together = Together()
    for one, other in ((1, 2), (3, 4), (2, 3)):
        together.link(one, other)
    assert len({together.first(each) for each in (1, 2, 3, 4)}) == 1
    assert together.first(5) == 5
