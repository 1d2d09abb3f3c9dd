import re

from django.utils.translation import override

from screener.charts.histogram import Drawing
from screener.words.panel import choice_boxes, choice_count, choice_counts, histogram

TOKENS = {"id": "count-kind-token", "value": "token", "label": "Token", "count": 1_234, "is_chosen": False}
HOSTILE = {"id": "count-chain-1", "value": '"><b>', "label": "<b>", "count": 0, "is_chosen": True}
DRAWING = Drawing(
    within="M0 1z", beyond="M4 1z", unknown="M9 1z", edges='1 "2"', known_count=7, unknown_count=1
)


def test_a_label_is_a_box_that_says_how_many_have_it():
    box = choice_boxes("kind", [TOKENS])
    assert '<input type="checkbox" name="kind" value="token">' in box
    assert "<span>Token</span>" in box
    assert '<span class="hint" id="count-kind-token">1,234</span></label>' in box


def test_what_is_chosen_is_ticked_and_nothing_of_a_label_is_markup():
    box = choice_boxes("chain", [HOSTILE])
    assert 'value="&quot;&gt;&lt;b&gt;" checked>' in box
    assert "<b>" not in box


def test_a_box_that_others_point_at_has_an_id():
    assert '<input type="checkbox" name="kind" value="token" id="of-token">' in choice_boxes(
        "kind", [TOKENS | {"field": "of-token"}]
    )


def test_counts_alone_take_the_places_of_those_that_stand_there():
    counts = choice_counts([TOKENS, HOSTILE])
    assert counts == choice_count(TOKENS, swaps=True) + choice_count(HOSTILE, swaps=True)
    assert counts.count('hx-swap-oob="true"') == 2
    assert "hx-swap-oob" not in choice_count(TOKENS)


def test_a_histogram_says_in_words_what_it_shows():
    drawn = histogram("score", DRAWING)
    assert 'id="histogram-score"' in drawn
    assert 'aria-label="Assets with a value: 7; without: 1"' in drawn
    assert 'data-edges="1 &quot;2&quot;"' in drawn
    assert re.findall(r'<path class="([a-z-]+)" d="([^"]+)"/>', drawn) == [
        ("within", "M0 1z"),
        ("beyond", "M4 1z"),
        ("not-known", "M9 1z"),
    ]
    assert "hx-swap-oob" not in drawn
    assert ' hx-swap-oob="true">' in histogram("score", DRAWING, swaps=True)
    with override("es"):
        assert "Assets with" not in histogram("score", DRAWING)
