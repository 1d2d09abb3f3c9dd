from django.template import Context, Template
from django.utils import translation

from screener.checklist.rules import Words

TEMPLATE = Template("{% load words %}{{ words|told }}")


def test_a_text_is_translated_then_filled():
    words = Words(text="{many} of {all}", figures={"many": "3", "all": "<4>"})
    with translation.override("es"):
        assert TEMPLATE.render(Context({"words": words})) == "3 of &lt;4&gt;"
