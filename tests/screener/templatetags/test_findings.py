from django.template import Context, Template

from screener.checklist.rules import Words

TEMPLATE = Template("{% load findings %}{{ words|filled }}")


def test_figures_of_a_text_are_escaped():
    words = Words(text="{many} of {all}", figures={"many": "3", "all": "<4>"})
    assert TEMPLATE.render(Context({"words": words})) == "3 of &lt;4&gt;"
