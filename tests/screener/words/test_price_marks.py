from datetime import date
from types import SimpleNamespace

import pytest

from screener.words.calendar import KIND_TITLES
from screener.words.price_marks import LETTERS, MARK_TITLES, SENTENCES, mark_letter, mark_text, mark_title


def mark(kind, **shown):
    return SimpleNamespace(kind=kind, shown=SimpleNamespace(**shown))


def test_each_kind_has_a_letter_of_its_own_and_a_title():
    kinds = {*MARK_TITLES, *KIND_TITLES} - {"filing"}  # what is due is not on the chart
    assert LETTERS.keys() == kinds
    assert SENTENCES.keys() == MARK_TITLES.keys()
    assert len({mark_letter(kind) for kind in kinds}) == len(kinds)
    assert (mark_title("unlock"), mark_title("documents")) == ("Unlock", "Filings")


@pytest.mark.parametrize(
    ("old", "new", "same_rules", "expected"),
    [
        ("B", "C", True, "Grade B → C"),
        ("", "C", True, "Grade not rated → C"),
        ("B", "", False, "Grade B → not rated, by another version of the checklist"),
    ],
)
def test_a_grade_that_changed(old, new, same_rules, expected):
    assert mark_text(mark("grade", old_grade=old, new_grade=new, same_rules=same_rules)) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "Filed: current report (8-K)"),
        (3, "Filed: " + ", ".join(["current report (8-K)"] * 3)),
        (5, "Filed: " + ", ".join(["current report (8-K)"] * 3) + " and 2 more"),
    ],
)
def test_the_documents_of_a_day(count, expected):
    documents = SimpleNamespace(kind="documents", shown=(SimpleNamespace(form="8-K"),) * count)
    assert mark_text(documents) == expected


def test_a_note_stands_on_one_line_and_is_cut():
    revision = SimpleNamespace(body="Read the\n\naudit. " + "x" * 200)
    text = mark_text(mark("note", revision=revision, is_first=True))
    assert text.startswith("You wrote: Read the audit. xxx")
    assert len(text) <= 140
    assert mark_text(mark("note", revision=revision, is_first=False)).startswith("You edited: ")


def test_a_plan_says_its_size_and_risk():
    text = mark_text(mark("plan", size_usd=25_000, loss_usd=500))
    assert text == "You planned a position of $25.0\u202fK, with $500.00 at risk."


def test_an_event_of_the_calendar_is_said_as_there():
    unlock = SimpleNamespace(
        kind="unlock",
        words=("", "team"),
        figures={"units": 1_000_000, "of_circulating_share": 0.02},
        days={"from_on": None, "until_on": None},
    )
    assert mark_text(unlock) == "Unlock: 1.00\u202fM units (2.0\u202f% of circulating), for team"
    split = SimpleNamespace(
        kind="split", words=("split",), figures={"ratio": 2.0}, days={"since_on": date(2026, 3, 2)}
    )
    split.days = {"since_on": None}
    assert mark_text(split) == "Split 2 for 1"
