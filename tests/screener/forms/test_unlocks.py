from datetime import date

import pytest

from screener.forms.unlocks import UnlockForm
from screener.services.dossier.unlock_what_if import AskedUnlock


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, AskedUnlock()),
        ({"unlock": "", "until": ""}, AskedUnlock()),
        ({"until": "2030-12-31"}, AskedUnlock(until=date(2030, 12, 31))),
        ({"unlock": "2030-01-01T00:00:00Z"}, AskedUnlock(name="2030-01-01T00:00:00Z")),
        ({"unlock": "a", "until": "2030-12-31"}, AskedUnlock(name="a")),
    ],
)
def test_an_unlock_goes_before_a_day(given, asked):
    assert UnlockForm(given).asked == asked


@pytest.mark.parametrize("until", ["31.12.2030", "2030-02-30", "soon", "9" * 40])
def test_a_day_that_is_none_says_how_to_write_it(until):
    assert "2030-12-31" in UnlockForm({"until": until}).asked.problem
