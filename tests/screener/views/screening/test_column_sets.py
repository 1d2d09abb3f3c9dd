import pytest

from screener.models import ColumnSet
from screener.services.screening.screens import save_columns

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def client(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def money(ana):
    return save_columns(user=ana, name="Money <b>", columns=("price", "volume"))


def test_no_sets_yet(client):
    assert "No column sets yet" in client.get("/screens/columns/").text


def test_strangers_are_sent_to_log_in_and_back_to_the_table(client):
    client.logout()
    typed = {"name": "Mine", "columns": "price", "next": "/?columns=price"}
    answer = client.post("/screens/columns/", typed)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2F%3Fcolumns%3Dprice")
    assert ColumnSet.objects.count() == 0


def test_columns_are_saved_from_the_chooser_and_the_table_comes_back(client):
    typed = {"name": "Mine", "columns": ["price", "volume"], "next": "/?columns=price,volume"}
    answer = client.post("/screens/columns/", typed)
    assert (answer.status_code, answer["Location"]) == (302, "/?columns=price,volume")
    assert ColumnSet.objects.get().columns == ["price", "volume"]
    page = client.get("/screens/columns/").text
    assert "The columns are saved as “Mine”." in page
    assert "Price, 24 h volume" in page


def test_a_name_that_is_taken_asks_to_replace(client, money):
    typed = {"name": "money <B>", "columns": ["score"], "next": "/"}
    answer = client.post("/screens/columns/", typed)
    assert answer.status_code == 422
    assert 'name="replace"' in answer.text
    assert "<b>" not in answer.text.casefold()
    assert 'name="columns" value="score"' in answer.text
    assert 'name="next" value="/"' in answer.text
    client.post("/screens/columns/", typed | {"replace": "1"})
    assert ColumnSet.objects.get().columns == ["score"]


@pytest.mark.parametrize(
    "typed", [{"name": "", "columns": "price"}, {"name": "X"}, {"name": "X", "columns": "gone"}]
)
def test_what_makes_no_sense_is_refused(client, typed):
    answer = client.post("/screens/columns/", typed)
    assert answer.status_code == 422
    assert "The columns are not saved yet." in answer.text
    assert 'name="replace"' not in answer.text


def test_a_set_is_deleted_and_brought_back(client, money):
    page = client.post(f"/screens/columns/{money.pk}/delete/", follow=True).text
    assert "is deleted." in page
    assert f'action="/screens/columns/{money.pk}/restore/"' in page
    assert "No column sets yet" in client.get("/screens/columns/").text
    assert "is back." in client.post(f"/screens/columns/{money.pk}/restore/", follow=True).text


def test_a_column_that_went_away_keeps_its_key(client, money):
    ColumnSet.objects.update(columns=["price", "gone_column"])
    assert "gone_column" in client.get("/screens/columns/").text


def test_sets_of_others_do_not_exist(client, ben, money):
    client.force_login(ben)
    assert "Money" not in client.get("/screens/columns/").text
    for action in ("delete", "restore"):
        assert client.post(f"/screens/columns/{money.pk}/{action}/").status_code == 404
