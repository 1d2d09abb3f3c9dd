import pytest
from django.template import Context, Template

from assets.models import Asset

COIN = Asset(kind="token", slug="coin")


def written(text, **context):
    return Template("{% load dossier %}" + text).render(Context({"asset": COIN, **context}))


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({"here_tab": "tokenomics", "query": "?position=5"}, "#unlocks"),
        ({"here_tab": "", "query": ""}, "#unlocks"),
        ({"here_tab": "overview", "query": "?position=5"}, "/assets/coin/tokenomics/?position=5#unlocks"),
        ({}, "/assets/coin/tokenomics/#unlocks"),
    ],
    ids=["on its own tab", "on the whole page", "on another tab", "outside the dossier"],
)
def test_an_anchor_is_on_the_page_or_on_its_tab(context, expected):
    assert written("{% anchor 'unlocks' %}", **context) == expected


def test_a_place_is_an_address_wherever_it_stands():
    assert written("{{ asset|place:'plan' }}") == "/assets/coin/plan/#plan"
