import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from screener.models import ColumnSet, Profile, SavedScreen, Watchlist
from screener.models.owned import Linked, Named, NameTakenError, Owned, Shared

NAMED = (ColumnSet, Profile, SavedScreen, Watchlist)


@pytest.fixture
def ana(django_user_model, db):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model, db):
    return django_user_model.objects.create_user("ben")


def make(model, owner, name="Gems"):
    made = model(owner=owner, name=name, **({"columns": ["price"]} if model is ColumnSet else {}))
    made.save_named()
    return made


@pytest.mark.parametrize("model", NAMED)
@pytest.mark.parametrize("name", ["Ñandú", "ñandú", "ÑANDÚ"])
def test_one_person_has_a_name_once_whatever_its_case(ana, ben, model, name):
    make(model, ana, "Ñandú")
    with pytest.raises(NameTakenError, match=f"“{name}”"):
        make(model, ana, name)
    assert make(model, ben, name).owner == ben
    assert list(model.objects.of(ana).values_list("name", flat=True)) == ["Ñandú"]


def test_the_first_free_number_is_taken_and_the_name_never_grows_too_long(ana):
    for name in ("Gems", "Gems (2)", "x" * 80):
        make(Watchlist, ana, name)
    unsaved = [Watchlist(owner=ana, name=name) for name in ("gems", "x" * 80)]
    for each in unsaved:
        each.save_under_free_name()
    assert [each.name for each in unsaved] == ["gems (3)", "x" * 76 + " (2)"]


def test_another_broken_constraint_is_not_taken_for_a_name(db):
    """Else looking for a free name would never end."""
    with pytest.raises(IntegrityError):
        Watchlist(name="Gems").save_under_free_name()


def test_a_form_that_has_no_key_says_that_a_name_is_taken(ana):
    make(Watchlist, ana)
    with pytest.raises(ValidationError, match="already have one of this name"):
        Watchlist(owner=ana, name="GEMS").validate_constraints(exclude={"name_key", "created_at"})


@pytest.mark.parametrize("model", NAMED)
def test_what_is_thrown_away_frees_its_name_and_is_restored_with_a_number(ana, ben, model):
    gone = make(model, ana)
    gone.soft_delete()
    assert not model.objects.of(ana).exists()
    assert model.objects.of(ana, with_deleted=True).get() == gone
    assert not model.objects.of(ben, with_deleted=True).exists()
    make(model, ana, "GEMS")
    gone.restore()
    assert [each.name for each in model.objects.of(ana)] == ["GEMS", "Gems (2)"]


def test_nothing_belongs_to_a_stranger(ana):
    make(Watchlist, ana)
    assert not Watchlist.objects.of(AnonymousUser()).exists()
    assert not Watchlist.objects.of(AnonymousUser(), with_deleted=True).exists()


@pytest.mark.parametrize("model", [Profile, SavedScreen])
def test_a_link_works_until_it_is_withdrawn_or_what_it_leads_to_is_thrown_away(ana, model):
    shared = make(model, ana)
    shared.share()
    first = shared.share_token
    shared.share()
    assert shared.share_token == first, "sharing twice changes nothing"
    shared.soft_delete()
    assert not model.objects.at_link(first).exists()
    shared.restore()
    assert model.objects.at_link(first).get() == shared
    shared.revoke_link()
    shared.refresh_from_db()
    assert not model.objects.at_link(first).exists()
    shared.share()
    assert shared.share_token not in {None, first}


def test_whatever_has_an_owner_is_owned_in_the_one_way():
    """A model of ours with a person in it and ways of its own would be a second dialect."""
    for model in apps.get_app_config("screener").get_models():
        fields = {each.name for each in model._meta.get_fields()}
        owned = issubclass(model, Owned)
        assert owned == bool(fields & {"owner", "user"}), model
        assert issubclass(model, Named) == bool(owned and "name" in fields), model
        # A name that ends in it is a part of something.
        assert issubclass(model, Linked) == any(each.startswith("share") for each in fields), model
        assert issubclass(model, Shared) == (issubclass(model, Linked) and issubclass(model, Named)), model


@pytest.mark.django_db
def test_a_link_is_made_replaced_and_withdrawn(django_user_model):
    screen = SavedScreen.objects.create(
        owner=django_user_model.objects.create_user("eva"), name="Link", sort="x"
    )
    links = []
    for wanted in ("1", "1", "new", "new", ""):
        screen.change_link(wanted)
        links.append(screen.share_token)
    assert links[0] == links[1]
    assert len({*links}) == 4
    assert links[-1] is None
    assert not any(SavedScreen.objects.at_link(link).exists() for link in links[:-1])
