from django.template import engines

from screener.screens.position import PositionSize


def test_a_position_is_said_and_typed():
    page = engines["django"].from_string(
        "{% load positions %}{{ size|position_words }}; {{ size|position_typed }}; {{ none|position_typed }}"
    )
    assert page.render({"size": PositionSize(usd=25_000), "none": None}) == "$25\u202fK; 25k; "
