import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from screener.forms.amounts import AmountField, in_plain_signs


@pytest.mark.parametrize(
    ("unit", "text", "amount"), [("usd", "$1.5m", 1.5e6), ("share", "15%", 0.15), ("days", "12h", 0.5)]
)
def test_an_amount_is_read_in_its_unit(unit, text, amount):
    assert AmountField(unit).clean(f" {text} ") == amount


def test_an_empty_field_is_no_amount():
    assert AmountField("usd", required=False).clean(" ") is None


def test_a_text_that_is_none_is_told_in_the_words_of_the_unit_or_of_the_form():
    field = AmountField("share", required=False)
    with pytest.raises(ValidationError, match="much is not a share"):
        field.clean("much")
    own = AmountField("share", required=False, error_messages={"invalid": "Write a part."})
    with pytest.raises(ValidationError, match="Write a part"):
        own.clean("much")


@pytest.mark.parametrize("text", ["0.5", "11", "1e400"])
def test_what_is_out_of_bounds_is_refused_alike(text):
    field = AmountField("count", least=1, most=10)
    assert field.clean("10") == 10
    with pytest.raises(ValidationError, match="is not a number"):
        field.clean(text)


def test_in_spanish_comma_and_point_change_places():
    assert in_plain_signs("1.500,5") == "1.500,5"
    with translation.override("es"):
        assert in_plain_signs("1.500,5") == "1,500.5"
        assert AmountField("usd").clean("1,5m") == 1.5e6
