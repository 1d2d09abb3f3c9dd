import pytest

from screener.services.accounts.names import is_confusable, is_reserved, looks_of


@pytest.mark.parametrize(
    "name",
    [
        *(
            "admin",
            "Admin",
            "ADMIN",
            "adm1n",
            "4dmin",
            "аdmin",
            "ａｄｍｉｎ",
            "ad.min",
            "a-d-m-i-n",
            "admin2",
        ),
        *("assay", "Assay-Support", "assay_team", "the.admin", "root", "r00t", "support", "coingecko"),
        *("sec_www", "no-reply", "hostmaster", "null", "anonymous", "αdmin", "adrnin", "system.", "securlty"),
    ],
)
def test_names_that_speak_for_the_house(name):
    assert is_reserved(name)


@pytest.mark.parametrize(
    "name", ["ana", "ali", "maria.lopez", "j0hn", "badminton", "Jürgen", "иван", "assayer"]
)
def test_names_of_people(name):
    assert not is_reserved(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["alice", "ALICE", "a1ice", "aIice", "аlice", "al.ice", "alice_", "ａlice", "álice", "____", "@@"]
)
def test_names_that_look_like_one_that_is_taken(django_user_model, name):
    django_user_model.objects.create_user("alice")
    assert is_confusable(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["alicia", "bob", "иван", "malice"])
def test_names_that_look_like_nobodys(django_user_model, name):
    django_user_model.objects.create_user("alice")
    assert not is_confusable(name)


def test_mixed_alphabets_are_confusable_with_somebody():
    assert is_confusable("pаypal")


def test_letters_that_small_print_confuses():
    assert looks_of("modern") == looks_of("modem")
    assert looks_of("wi11iam") == looks_of("william") == looks_of("vviIIiam")
