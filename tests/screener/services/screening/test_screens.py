from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from screener.models import ColumnSet, SavedScreen
from screener.models.owned import NameTakenError
from screener.screens.columns import SHOWN
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.screening.screens import (
    column_sets_of,
    copy_screen,
    default_among,
    edit_screen,
    lacks_its_question,
    read_saved,
    rename_screen,
    save_columns,
    save_screen,
    saved_state,
    screens_of,
    set_default,
    words_of,
)

pytestmark = pytest.mark.django_db

SMALL = Screen(condition=parse("market_cap<100m"), sort="-volume", columns=("price", "volume"))


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def small(ana):
    return save_screen(user=ana, name="Small", description="Why", screen=SMALL)


def test_what_is_saved_is_read_again(small):
    saved = SavedScreen.objects.get()
    assert read_saved(saved) == (SMALL, ())
    assert (saved.description, saved.is_default, saved.share_token) == ("Why", False, None)


def test_the_usual_columns_are_not_written_down(ana):
    saved = save_screen(user=ana, name="All", screen=Screen())
    assert saved.columns == []
    assert words_of(saved) == [("sort", "-score")]
    assert read_saved(saved)[0].columns == SHOWN


@pytest.mark.parametrize("name", ["Small", "SMALL", "small"])
def test_one_person_has_a_name_once_whatever_its_case(ana, ben, small, name):
    with pytest.raises(NameTakenError, match=name):
        save_screen(user=ana, name=name, screen=Screen())
    assert save_screen(user=ben, name=name, screen=Screen()).owner == ben


def test_letters_beyond_ascii_are_the_same_letter_too(ana):
    save_screen(user=ana, name="Ñandú", screen=Screen())
    with pytest.raises(NameTakenError):
        save_screen(user=ana, name="ÑANDÚ", screen=Screen())


def test_replacing_keeps_the_link_the_default_and_the_address(ana, small):
    small.share()
    set_default(saved=small, chosen=True)
    replaced = save_screen(user=ana, name="SMALL", screen=Screen(sort="name"), replace=True)
    assert (replaced.pk, replaced.share_token, replaced.is_default) == (small.pk, small.share_token, True)
    assert (replaced.name, replaced.query, replaced.sort, replaced.columns) == ("SMALL", "", "name", [])
    assert SavedScreen.objects.count() == 1


def test_replacing_what_is_not_there_makes_it(ana, ben, small):
    save_screen(user=ben, name="Small", screen=Screen(), replace=True)
    small.refresh_from_db()
    assert (small.query, SavedScreen.objects.count()) == (SMALL.query, 2)


def test_another_question_makes_what_was_seen_worthless_and_another_order_does_not(small):
    small.seen_at, small.seen_count, small.seen_ids = datetime(2026, 1, 2, tzinfo=UTC), 1, [7]
    edit_screen(saved=small, name="Small", description="", screen=Screen(condition=SMALL.condition))
    assert (small.seen_count, small.seen_ids) == (1, [7])
    edit_screen(saved=small, name="Small", description="", screen=Screen())
    assert (small.seen_at, small.seen_count, small.seen_ids) == (None, None, None)


def test_a_deleted_screen_is_out_of_sight_frees_its_name_and_comes_back_with_a_number(ana, small):
    set_default(saved=small, chosen=True)
    small.soft_delete()
    assert screens_of(ana) == []
    assert default_among(screens_of(ana)) is None
    save_screen(user=ana, name="small", screen=Screen())
    small.restore()
    assert (small.name, small.is_default) == ("Small (2)", False)
    assert [each.name for each in screens_of(ana)] == ["small", "Small (2)"]


def test_one_screen_opens_first(ana, small):
    other = save_screen(user=ana, name="Other", screen=Screen())
    set_default(saved=small, chosen=True)
    set_default(saved=other, chosen=True)
    assert default_among(screens_of(ana)) == other
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedScreen.objects.filter(pk=small.pk).update(is_default=True)
    set_default(saved=other, chosen=False)
    assert default_among(screens_of(ana)) is None


def test_an_address_that_was_taken_back_never_works_again(small):
    small.share()
    first = small.share_token
    small.share()
    assert small.share_token == first, "sharing twice changes nothing"
    small.revoke_link()
    small.refresh_from_db()
    assert small.share_token is None
    small.share()
    assert small.share_token not in {None, first}


def test_a_copy_is_private_and_the_copier_s_own(ana, ben, small):
    small.share()
    set_default(saved=small, chosen=True)
    copy = copy_screen(saved=small, user=ben)
    assert (read_saved(copy)[0], copy.owner, copy.share_token, copy.is_default) == (SMALL, ben, None, False)
    assert copy_screen(saved=small, user=ana).name == "Small (2)"


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"query": "gone_column > 3"}, True),
        ({"query": "market_cap <"}, True),
        ({"sort": "-gone"}, False),
        ({"columns": ["price", "gone"]}, False),
    ],
)
def test_what_went_away_is_told_and_the_rest_still_reads(small, changes, lacks):
    SavedScreen.objects.update(**changes)
    screen, problems = read_saved(SavedScreen.objects.get())
    assert len(problems) == 1
    assert lacks_its_question(problems) is lacks
    assert screen.columns == (("price",) if "columns" in changes else SMALL.columns)


def test_column_sets_are_kept_replaced_deleted_and_brought_back(ana, ben):
    kept = save_columns(user=ana, name="Mine", columns=("price", "volume"))
    with pytest.raises(NameTakenError, match="“mine”"):
        save_columns(user=ana, name="mine", columns=("price",))
    save_columns(user=ana, name="mine", columns=("score",), replace=True)
    assert [(each.pk, each.columns) for each in column_sets_of(ana)] == [(kept.pk, ["score"])]
    assert column_sets_of(ben) == []
    kept.soft_delete()
    assert column_sets_of(ana) == []
    ColumnSet.objects.get().restore()
    assert [each.pk for each in column_sets_of(ana)] == [kept.pk]


def test_lists_of_the_screener_take_one_query_each_and_strangers_none(ana, small, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert screens_of(ana) == [small]
    with django_assert_num_queries(1):
        assert default_among(screens_of(ana)) is None
    with django_assert_num_queries(0):
        nobody = AnonymousUser()
        assert (screens_of(nobody), default_among(screens_of(nobody)), column_sets_of(nobody)) == (
            [],
            None,
            [],
        )


def test_a_screen_that_came_from_a_saved_one_says_whether_it_has_changed(
    django_user_model, django_assert_num_queries
):
    ana, bob = (django_user_model.objects.create_user(each) for each in ("ana", "bob"))
    asked = Screen(condition=parse("kind:token"), sort="-price", columns=("price", "tvl"))
    saved = save_screen(user=ana, name="Mine", screen=asked)
    opened = replace(asked, saved_id=saved.pk, page=3)
    with django_assert_num_queries(1):
        state = saved_state(opened, user=ana)
    assert state is not None
    assert (state.saved, state.is_changed) == (saved, False)
    for changed in (
        opened.asking(parse("kind:equity")),
        replace(opened, sort="price"),
        replace(opened, columns=("tvl", "price")),
    ):
        state = saved_state(changed, user=ana)
        assert state is not None
        assert state.is_changed
    with django_assert_num_queries(0):
        assert saved_state(asked, user=ana) is None
        assert saved_state(opened, user=AnonymousUser()) is None
    assert saved_state(opened, user=bob) is None


def test_a_screen_gets_another_name_unless_one_has_it(django_user_model):
    ana = django_user_model.objects.create_user("ana")
    saved, _other = (save_screen(user=ana, name=each, screen=Screen()) for each in ("Mine", "Other"))
    rename_screen(saved=saved, name="Yours")
    saved.refresh_from_db()
    assert saved.name == "Yours"
    with pytest.raises(NameTakenError):
        rename_screen(saved=saved, name="Other")
