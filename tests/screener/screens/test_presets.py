import pytest

from screener.screens.presets import PRESETS, screen_of
from screener.screens.query import parse
from screener.screens.screen import read_screen


@pytest.mark.parametrize("preset", PRESETS, ids=lambda each: each.key)
def test_a_preset_asks_what_it_says(preset):
    _screen, problems = read_screen({"q": [preset.query], "sort": [preset.sort]})
    assert problems == ()
    assert screen_of(preset).condition == parse(preset.query)
    assert screen_of(preset).sort == preset.sort


def test_keys_and_titles_are_their_own():
    assert len({each.key for each in PRESETS}) == len({each.title for each in PRESETS}) == len(PRESETS)
