import numpy as np
import pytest

from assets.metrics.measure import measure
from assets.metrics.witnesses.questioned import questioned
from tests.assets.metrics.batch import facts_of_one
from tests.assets.metrics.owner_lines import OUTSTANDING, form, person, schedule, trade


def looked_at(*reports, **rows):
    lines = [each for report in reports for each in report]
    found = {"supply": {"circulating": OUTSTANDING}, "ownership": lines, **rows}
    facts = questioned(facts_of_one(kind="equity", **found))
    return facts.questions.to_dict("records"), measure(facts, position_usd=1).iloc[0]


@pytest.mark.parametrize(("shares", "is_known"), [(300_000, True), (304_000, True), (310_000, False)])
def test_owners_of_more_than_the_company_are_questioned(shares, is_known):
    told = schedule("a", person("A", 700_000, 0)), schedule("b", person("B", shares, 0))
    questions, measured = looked_at(*told)
    assert (not questions) is is_known
    if not is_known:
        assert (questions[0]["field"], questions[0]["against"]) == ("insider_share", 1)
        assert questions[0]["value"] == pytest.approx(1.01)
        assert np.isnan(measured["insider_share"])


def test_owners_who_are_one_are_no_more_than_that():
    told = schedule("a", *(person(each, 600_000, 600_000) for each in "ABC"))
    questions, measured = looked_at(told, form("b", trade(5, 20), holder="A", holder_cik=""))
    assert questions == []
    assert measured["insider_share"] == pytest.approx(0.6)


def test_what_the_company_states_is_not_questioned_by_reports():
    told = schedule("a", person("A", 700_000, 0)), schedule("b", person("B", 600_000, 0))
    questions, measured = looked_at(*told, fundamentals={"insider_share": 0.4})
    assert questions == []
    assert measured["insider_share"] == 0.4


def test_without_reports_or_shares_nothing_is_asked():
    assert looked_at()[0] == []
    assert looked_at(form("a", trade(5, 20)), supply={})[0] == []


@pytest.mark.parametrize(
    ("insiders", "free", "is_known"),
    [(0.3, 0.7, True), (0.3, 0.75, True), (0.3, 0.76, False), (0.6, None, True), (None, 0.9, True)],
)
def test_insiders_and_the_float_are_no_more_than_the_whole(insiders, free, is_known):
    questions, measured = looked_at(fundamentals={"insider_share": insiders, "public_float_share": free})
    assert (not questions) is is_known
    if not is_known:
        assert measured[["insider_share", "public_float_share"]].isna().all()
        against = {each["field"]: each["against"] for each in questions}
        assert against == {
            "insider_share": pytest.approx(1 - free),
            "public_float_share": pytest.approx(1 - insiders),
        }
