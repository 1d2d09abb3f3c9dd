"""Every pair of colours that pages put together, in light and dark: contrast of at least 4.5 to 1 for text
and of 3 to 1 for lines that carry meaning (WCAG 2.2, success criteria 1.4.3 and 1.4.11)."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
COLOURS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
GROUNDS = ("ground", "surface", "raised", "accent-ground")
TEXTS = [
    *((ink, ground) for ink in ("ink", "ink-soft") for ground in (*GROUNDS, "caution-ground")),
    *(("accent", ground) for ground in GROUNDS),
    *((state, ground) for state in ("pass", "caution", "fail") for ground in ("ground", "surface", "raised")),
    *((state, f"{state}-ground") for state in ("pass", "caution", "fail", "unknown")),
    ("on-accent", "accent"),
    ("ground", "ink"),
]
LINES = [("line-strong", ground) for ground in ("ground", "surface", "raised")]
SCHEMES = ("light", "dark")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_the_most():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_is_read_on_its_ground(ink, ground, scheme):
    assert contrast(COLOURS[ink][scheme], COLOURS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_a_line_of_a_field_is_seen_on_its_ground(line, ground, scheme):
    assert contrast(COLOURS[line][scheme], COLOURS[ground][scheme]) >= 3
