import pytest
from django.utils import translation

from screener.templatetags.changes import signed


@pytest.mark.parametrize(
    ("points", "text"),
    [(2.34, "+2.3"), (-0.4, "−0.4"), (0.0, "0"), (0.04, "0"), (-0.04, "0"), (0.05, "+0.1"), (-12.0, "−12.0")],
)
def test_a_change_has_its_sign(points, text):
    assert signed(points) == text


def test_a_change_is_written_as_the_reader_writes_numbers():
    with translation.override("es"):
        assert signed(2.34) == "+2,3"
