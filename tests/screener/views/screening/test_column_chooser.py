import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from screener.screens.screen import Usual, read_screen
from screener.services.screening.screens import save_columns
from screener.views.screening.column_chooser import chooser_of, column_sets_for, moved_by

LIST = Usual(path="/watchlists/7/", columns=("price", "target"), has_lists_columns=True)


def keys_of(chooser):
    return [each["key"] for each in chooser["shown"]]


def test_a_list_has_columns_of_its_own_besides():
    of_screen, of_list = chooser_of(read_screen({})[0]), chooser_of(read_screen({}, LIST)[0], kept_at="/x/")
    assert keys_of(of_list) == ["price", "target"]
    titles = [[title for title, _columns in each["groups"]] for each in (of_screen, of_list)]
    assert [("Your list" in each) for each in titles] == [False, True]
    assert of_list["to_keep"] == "price"
    assert (of_screen["kept_at"], of_list["kept_at"]) == ("", "/x/")


@pytest.mark.parametrize(
    ("word", "columns"),
    [
        ("target:up", ("target", "price")),
        ("price:down", ("target", "price")),
        ("price:up", ("price", "target")),
        ("nonsense", ("price", "target")),
    ],
)
def test_a_column_is_moved_as_far_as_the_ends_allow(word, columns):
    assert moved_by(("price", "target"), word) == columns


@pytest.mark.django_db
def test_sets_are_addresses_of_the_screener_and_columns_of_a_list(django_user_model):
    request = RequestFactory().get("/")
    request.user = ana = django_user_model.objects.create_user("ana")
    save_columns(user=ana, name="Mine", columns=("spread", "depth"))
    assert column_sets_for(request, read_screen({})[0]) == [("Mine", "/?columns=spread%2Cdepth")]
    assert column_sets_for(request, read_screen({}, LIST)[0]) == [("Mine", "spread,depth")]
    request.user = AnonymousUser()
    assert column_sets_for(request, read_screen({})[0]) == []
