import pytest

from screener.checklist import DIMENSIONS
from screener.checklist.profiles import Changes, ProfileError
from screener.models import Profile
from screener.models.owned import NameTakenError
from screener.services.desk.profiles import (
    changes_of,
    checklist_of,
    copy_profile,
    create_profile,
    differences,
    edit_profile,
)

pytestmark = pytest.mark.django_db

DIMENSION, *_OTHERS = DIMENSIONS
CRITERION = next(each for each in DIMENSION.criteria if isinstance(each.bands[0].passes, (int, float)))
STRICTER = [{"passes": CRITERION.bands[0].passes}, *[None] * (len(CRITERION.bands) - 1)]


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


def test_changes_come_back_as_they_were_saved(ana):
    changes = Changes(
        dimension_weights={DIMENSION.id: 40},
        criterion_weights={CRITERION.id: 0},
        thresholds={CRITERION.id: STRICTER},
    )
    saved = create_profile(user=ana, name="Mine", changes=changes)
    saved.refresh_from_db()
    assert changes_of(saved) == changes
    own = checklist_of(saved)
    assert own.dimensions[0].weight == 40
    assert (own.problems, own.unknown) == ((), ())


def test_what_makes_no_checklist_is_not_saved(ana):
    with pytest.raises(ProfileError):
        create_profile(user=ana, name="Mine", changes=Changes(dimension_weights={DIMENSION.id: -1}))
    saved = create_profile(user=ana, name="Mine")
    with pytest.raises(ProfileError):
        edit_profile(
            profile=saved, name="Other", description="", changes=Changes(criterion_weights={CRITERION.id: 9})
        )
    saved.refresh_from_db()
    assert saved.criterion_weights == {}


def test_a_name_is_taken_once_a_person(ana, ben):
    create_profile(user=ana, name="Mine")
    create_profile(user=ben, name="Mine")
    with pytest.raises(NameTakenError, match="“Mine”"):
        create_profile(user=ana, name="Mine")


def test_a_deleted_profile_frees_its_name_and_comes_back_under_another(ana):
    gone = create_profile(user=ana, name="x" * 80)
    gone.soft_delete()
    assert not Profile.objects.of(ana).exists()
    create_profile(user=ana, name="x" * 80)
    gone.restore()
    assert gone.name == "x" * 76 + " (2)"
    assert Profile.objects.of(ana).count() == 2


def test_a_copy_has_the_changes_and_its_own_key(ana, ben):
    mine = create_profile(user=ana, name="Mine", changes=Changes(criterion_weights={CRITERION.id: 0}))
    theirs = copy_profile(profile=mine, user=ben)
    assert (theirs.name, changes_of(theirs), theirs.owner) == ("Mine", changes_of(mine), ben)
    assert theirs.share_token != mine.share_token


def test_differences_are_told_in_the_order_of_the_checklist(ana):
    weights = {DIMENSION.id: 40, "gone": 1}
    profile = create_profile(
        user=ana,
        name="Mine",
        changes=Changes(dimension_weights=weights, criterion_weights={CRITERION.id: 0}),
    )
    first, second = differences(checklist_of(profile))
    assert (first.before, first.after) == (f"{DIMENSION.weight:g}", "40")
    assert (second.title, second.what, second.after) == (CRITERION.title, "weight", "0")


def test_what_no_longer_fits_counts_for_nothing_and_is_told(ana):
    """As after a new version of the checklist: the rest of the profile still holds."""
    profile = create_profile(user=ana, name="Mine", changes=Changes(dimension_weights={DIMENSION.id: 40}))
    Profile.objects.update(
        criterion_weights={"part.gone": 1, CRITERION.id: 7}, thresholds={CRITERION.id: [None] * 9}
    )
    profile.refresh_from_db()
    own = checklist_of(profile)
    assert own.unknown == ("part.gone",)
    assert {each.setting.of for each in own.problems} == {CRITERION.id}
    assert own.dimensions[0].weight == 40
    assert own.dimensions[0].criteria == DIMENSION.criteria


def test_a_profile_under_which_nothing_counts_any_more_is_the_checklist(ana):
    profile = create_profile(user=ana, name="Mine")
    Profile.objects.update(dimension_weights={each.id: 0 for each in DIMENSIONS})
    profile.refresh_from_db()
    own = checklist_of(profile)
    assert own.dimensions == DIMENSIONS
    assert own.problems
