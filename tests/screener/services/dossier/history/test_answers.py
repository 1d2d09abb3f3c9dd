from datetime import timedelta

import pytest

from screener.checklist import CRITERIA
from tests.factories.market import NOW
from tests.factories.scorecards import GATE, make_answered_card, make_finding

pytestmark = pytest.mark.django_db

PLAIN = next(name for name, each in CRITERIA.items() if not each.is_gate)
HOUR = timedelta(hours=1)


def test_a_finding_that_became_another_answer(asset, entries):
    make_answered_card(asset, make_finding(PLAIN, "pass"))
    make_answered_card(asset, make_finding(PLAIN, "pass", value=7.0), scored_at=NOW + HOUR)
    make_answered_card(asset, make_finding(PLAIN, "unknown"), scored_at=NOW + 2 * HOUR)
    [only] = entries(asset, "finding")
    assert [(each.criterion.id, each.old, each.new) for each in only.moves] == [(PLAIN, "pass", "unknown")]


def test_gates_open_wait_and_clear_and_are_not_told_twice(asset, entries):
    make_answered_card(asset, make_finding(GATE, "pass"))
    make_answered_card(asset, make_finding(GATE, "unknown"), gates_unverified=[GATE], scored_at=NOW + HOUR)
    make_answered_card(asset, make_finding(GATE, "fail"), gates_open=[GATE], scored_at=NOW + 2 * HOUR)
    moves = [
        (each.criterion.id, each.old, each.new) for entry in entries(asset, "gate") for each in entry.moves
    ]
    assert moves == [(GATE, "unverified", "open"), (GATE, "clear", "unverified")]
    assert entries(asset, "finding") == []


def test_an_answer_of_a_gate_that_stayed_clear_is_a_finding(asset, entries):
    make_answered_card(asset, make_finding(GATE, "pass"))
    make_answered_card(asset, make_finding(GATE, "caution"), scored_at=NOW + HOUR)
    assert entries(asset, "gate") == []
    assert [each.criterion.id for each in entries(asset, "finding")[0].moves] == [GATE]


def test_the_first_card_moves_nothing(asset, entries):
    make_answered_card(asset, make_finding(GATE, "fail"), gates_open=[GATE])
    assert entries(asset, "gate") == entries(asset, "finding") == []
