import pytest
from django.utils import translation

from screener.templatetags.charts import coordinate


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_coordinate_has_a_point_in_every_language(language):
    with translation.override(language):
        assert coordinate(12.345) == "12.3"
