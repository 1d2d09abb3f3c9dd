import pytest
from django.utils import translation

from screener.templatetags.charts import coordinate, percent


@pytest.mark.parametrize("language", ["en", "es"])
def test_coordinates_have_a_point_in_every_language(language):
    with translation.override(language):
        assert coordinate(12.345) == "12.3"
        assert percent(5, 40) == "12.50%"
