from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from assets.models import Asset
from assets.sourcing.rows import DocumentRow
from screener.models import Plan
from screener.services.desk.notes import write_note
from screener.services.dossier.history.subject import HistorySubject
from screener.services.dossier.price_marks import read_price_marks
from tests.factories.example import make_ref
from tests.factories.market import NOW, observe
from tests.factories.scorecards import make_answered_card, make_asset

pytestmark = pytest.mark.django_db

FIRST = (NOW - timedelta(days=300)).date()
LATER = NOW + timedelta(days=1_000)


def marks_of(asset, *, user=None, first=FIRST, as_of=None):
    return read_price_marks(
        HistorySubject(asset, user=user or AnonymousUser(), now=LATER, as_of=as_of), first=first
    )


def document(number, *, filed_on):
    ref = make_ref(kind="equity", identifiers=(("x", "inc"),), name="Inc.")
    return DocumentRow(asset=ref, as_of=NOW, accession=f"a-{number}", form="8-K", filed_on=filed_on)


def test_a_grade_that_changed_is_marked_on_its_day():
    asset = make_asset("Alpha")
    for days, grade in enumerate(("C", "C", "B")):
        make_answered_card(asset, grade=grade, scored_at=NOW + timedelta(days=days))
    (mark,) = marks_of(asset)
    assert (mark.kind, mark.on) == ("grade", (NOW + timedelta(days=2)).date())
    assert (mark.shown.old_grade, mark.shown.new_grade) == ("C", "B")


def test_documents_of_one_day_are_one_mark_and_older_ones_none():
    day = date(2025, 12, 1)
    observe(*(document(number, filed_on=day) for number in range(3)), family="filings")
    observe(
        document(3, filed_on=day + timedelta(days=1)),
        document(4, filed_on=date(2024, 1, 1)),
        family="filings",
    )
    first, second = marks_of(Asset.objects.get())
    assert (first.kind, first.on, [each.accession for each in first.shown]) == (
        *("documents", day),
        ["a-2", "a-1", "a-0"],
    )
    assert [each.accession for each in second.shown] == ["a-3"]


def test_notes_and_plans_are_marked_for_whoever_made_them(django_user_model):
    ana, ben = (django_user_model.objects.create_user(name) for name in ("ana", "ben"))
    asset = make_asset("Alpha")
    write_note(user=ana, asset=asset, body="First")
    Plan.objects.create(
        **{"owner": ana, "asset": asset, "terms": {}, "size_usd": 500, "loss_usd": 75, "is_clear": False},
        orders=[[1, 500]],
        planned_at=NOW,
    )
    assert [each.kind for each in marks_of(asset, user=ana)] == ["plan", "note"]
    assert marks_of(asset, user=ben) == marks_of(asset) == []


def test_as_of_a_past_day_nothing_of_the_readers_own_is_marked(django_user_model):
    ana, asset = django_user_model.objects.create_user("ana"), make_asset("Alpha")
    for days, grade in enumerate("CBA"):
        make_answered_card(asset, grade=grade, scored_at=NOW + timedelta(days=days))
    write_note(user=ana, asset=asset, body="First")
    past = marks_of(asset, user=ana, as_of=NOW + timedelta(days=1))
    assert [(each.kind, each.shown.new_grade) for each in past] == [("grade", "B")]
