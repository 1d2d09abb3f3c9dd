from django.template import Context, Template

from screener.screens.problems import Problem

TEMPLATE = Template("{% load problems %}{{ problem|in_words }}")


def test_what_was_typed_is_escaped():
    problem = Problem(key="q", text="There is no field {value}.", values={"value": "<b>"})
    assert TEMPLATE.render(Context({"problem": problem})) == "There is no field “&lt;b&gt;”."
