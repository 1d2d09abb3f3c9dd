from django.template import Context, Template
from django.utils import translation

from screener.screens.problems import Problem

TEMPLATE = Template("{% load problems %}{{ problem|in_words }}")


def test_what_was_typed_is_escaped():
    problem = Problem(key="q", text="There is no field {value}.", values={"value": "<b>"})
    assert TEMPLATE.render(Context({"problem": problem})) == "There is no field “&lt;b&gt;”."


def test_a_stored_message_is_shown_in_the_readers_language_and_escaped():
    template = Template("{% load problems %}{{ text|localized }}")
    context = Context({"text": "CoinGecko does not know <b>."})
    assert template.render(context) == "CoinGecko does not know &lt;b&gt;."
    with translation.override("es"):
        assert template.render(context) == "CoinGecko no conoce &lt;b&gt;."
