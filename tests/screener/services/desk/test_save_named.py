import pytest

from screener.models import Watchlist
from screener.services.desk.save_named import NameTakenError, save_named, save_under_free_name


@pytest.fixture
def ana(django_user_model, db):
    return django_user_model.objects.create_user("ana")


def test_a_name_that_is_taken_is_refused_in_the_words_given(ana):
    save_named(Watchlist(owner=ana, name="Gems"), refusal="unused")
    with pytest.raises(NameTakenError, match="“Gems” is taken"):
        save_named(Watchlist(owner=ana, name="Gems"), refusal="“%(name)s” is taken")
    assert Watchlist.objects.count() == 1


def test_the_first_free_number_is_taken_and_the_name_never_grows_too_long(ana):
    for name in ("Gems", "Gems (2)", "x" * 80):
        Watchlist.objects.create(owner=ana, name=name)
    told = [Watchlist(owner=ana, name=name) for name in ("Gems", "x" * 80)]
    for each in told:
        save_under_free_name(each)
    assert [each.name for each in told] == ["Gems (3)", "x" * 76 + " (2)"]
