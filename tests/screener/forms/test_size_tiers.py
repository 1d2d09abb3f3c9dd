import pytest
from django.utils import translation

from screener.forms.size_tiers import SizeTiersForm
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits

OWN = OF_CHECKLIST.with_own(
    {"token": read_limits("nano:5m,micro:150m,small:1.5b,mid:5b")}, whose=Whose.PROFILE
)


def typed(own=None, **fields):
    """The form as a browser sends it back, with some fields changed."""
    form = SizeTiersForm(usual=OF_CHECKLIST, own=own)
    return {field.html_name: field.value() for field in form} | fields


def filled(own=None, **fields):
    form = SizeTiersForm(typed(own, **fields), usual=OF_CHECKLIST)
    assert form.is_valid(), form.errors
    return form.tiers()


def test_untouched_it_is_the_operators_or_what_the_profile_has():
    assert filled() == OF_CHECKLIST
    assert filled(OWN) == OWN


def test_an_empty_form_is_the_operators_without_their_nano():
    form = SizeTiersForm({}, usual=OF_CHECKLIST)
    assert form.is_valid()
    assert form.tiers().token == OF_CHECKLIST.token
    assert [name for name, _limit in form.tiers().equity.steps] == ["micro", "small", "mid"]


def test_amounts_are_read_as_they_are_written():
    own = filled(**{"tier-token-nano": "$2.5m", "tier-token-micro": "50,000,000"})
    assert own.token.steps[:2] == (("nano", 2.5e6), ("micro", 50e6))
    assert own.token.whose is Whose.PROFILE
    assert own.equity == OF_CHECKLIST.equity


def test_in_spanish_comma_and_point_change_places():
    with translation.override("es"):
        assert typed(OWN)["tier-token-small"] == "1,5b"
        assert filled(OWN) == OWN
        assert filled(**{"tier-token-micro": "50.000.000"}).token.steps[0] == ("micro", 50e6)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("tier-token-micro", "much"),
        ("tier-token-micro", "0"),
        ("tier-token-small", "90m"),
        ("tier-equity-nano", "400m"),
        ("tier-equity-mid", "1e300"),
    ],
)
def test_what_makes_no_limits_is_said_beside_its_field(field, text):
    form = SizeTiersForm(typed(**{field: text}), usual=OF_CHECKLIST)
    assert not form.is_valid()
    (wrong,) = [each for each in form.kinds if each.has_errors]
    kind = field.split("-")[1]
    assert all(name.startswith(f"tier-{kind}-") for name in form.errors)
    assert wrong.limits
