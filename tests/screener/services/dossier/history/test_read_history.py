"""Pages of a history meet: whatever happened, each entry stands on one page, in one order."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.models import Override
from screener.services.desk.notes import write_note
from screener.services.dossier.history import stream as streams
from screener.services.dossier.history import subject as subjects
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.read_history import RANK_OF, kinds_for, read_history
from screener.services.dossier.history.subject import HistorySubject
from tests.factories.market import NOW
from tests.factories.scorecards import make_answered_card, make_asset, make_finding

HOUR = timedelta(hours=1)
STATES = ("pass", "fail", "unknown")

happenings = st.lists(
    st.one_of(
        st.tuples(st.just("card"), st.integers(0, 6), st.tuples(st.sampled_from(STATES), st.integers(0, 3))),
        st.tuples(st.just("note"), st.integers(0, 6), st.none()),
        st.tuples(st.just("override"), st.integers(0, 6), st.integers(0, 6)),
    ),
    max_size=30,
)


def happen(user, asset, happened):
    for number, (kind, hour, more) in enumerate(happened):
        at = NOW + hour * HOUR
        if kind == "card":
            state, total = more
            make_answered_card(asset, make_finding(state=state), total=10.0 * total, scored_at=at)
        elif kind == "note":
            write_note(user=user, asset=asset, body=f"Note {number}").revisions.update(written_at=at)
        else:
            Override.objects.create(
                owner=user,
                asset=asset,
                criterion=f"utility.{number}",
                state="pass",
                reason="Seen.",
                expires_on=NOW.date(),
                created_at=at,
                deleted_at=at + more * HOUR,
            )


def pages(subject, *, most, **asked):
    behind, found = None, []
    for _page in range(200):
        page = read_history(subject, behind=behind, most=most, **asked)
        found.append(page.entries)
        if page.older is None:
            return found
        assert behind is None or page.older < behind, "each page goes on behind the one before"
        behind = page.older
    raise AssertionError("the pages don't end")


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happened=happenings, most=st.integers(1, 9), rows=st.integers(2, 5))
def test_pages_have_each_entry_once_however_little_is_read_for_one(
    django_user_model, monkeypatch, happened, most, rows
):
    user = django_user_model.objects.create_user(f"ana{django_user_model.objects.count()}")
    asset = make_asset(f"Alpha{user.pk}")
    happen(user, asset, happened)
    subject = HistorySubject(asset, user=user, now=NOW + 40 * HOUR)
    [whole] = pages(subject, most=10_000)
    with monkeypatch.context() as patch:
        patch.setattr(subjects, "CARDS_A_STRETCH", rows)
        for module in ("notes", "overrides", "stream"):
            patch.setattr(f"screener.services.dossier.history.{module}.ROWS_A_STRETCH", rows)
        subject = HistorySubject(asset, user=user, now=NOW + 40 * HOUR)
        in_pages = [entry for page in pages(subject, most=most) for entry in page]
        of_kinds = [
            entry
            for kind in kinds_for(subject)
            for page in pages(subject, most=most, kind=kind.name)
            for entry in page
        ]
    assert [each.place for each in in_pages] == [each.place for each in whole]
    assert all(newer.place > older.place for newer, older in pairwise(in_pages))
    assert sorted(each.place for each in of_kinds) == sorted(each.place for each in whole)
    notes = sum(kind == "note" for kind, *_rest in happened)
    overrides = sum(kind == "override" for kind, *_rest in happened)
    assert sum(each.stream.name == "note" for each in whole) == notes
    assert sum(each.kind.name == "ruling" for each in whole) == 2 * overrides


def test_what_is_since_a_moment_ends_there(asset, ana):
    for hour in range(9):
        make_answered_card(asset, total=10.0 * (hour % 2), scored_at=NOW + hour * HOUR)
    subject = HistorySubject(asset, user=ana, now=NOW + 40 * HOUR)
    found = pages(subject, most=2, since=NOW + 4 * HOUR)
    assert [entry.at for page in found for entry in page] == [NOW + hour * HOUR for hour in (8, 7, 6, 5)]


def test_what_is_known_later_is_not_in_a_past_history(asset, ana):
    make_answered_card(asset, scored_at=NOW)
    make_answered_card(asset, total=9.0, scored_at=NOW + 2 * HOUR)
    subject = HistorySubject(asset, user=ana, now=NOW + 40 * HOUR, as_of=NOW + HOUR)
    ahead = HistoryPlace.behind(NOW + 30 * HOUR)
    assert [each.at for each in read_history(subject, behind=ahead).entries] == [NOW]


def test_days_hold_their_entries_in_order(asset, ana):
    for hour in (0, 1, 30):
        make_answered_card(asset, total=float(hour), scored_at=NOW + hour * HOUR)
    page = read_history(HistorySubject(asset, user=ana, now=NOW + 40 * HOUR))
    assert [(str(each.day), len(each.entries)) for each in page.days] == [
        ("2026-01-03", 1),
        ("2026-01-02", 2),
    ]


def test_every_stream_has_a_rank_above_that_of_an_end():
    assert min(RANK_OF.values()) == 1
    assert len(set(RANK_OF.values())) == len(RANK_OF)
    assert streams.ROWS_A_STRETCH >= 2, "one row of a stretch may stand at the place that it begins from"
