from django.template import Context, Template

from screener.views.kept_fragments import key_of

FRAGMENT = Template('{% load kept %}{% kept "tag" key %}<b>{{ said }}</b>{% endkept %}')


def shown(said, key):
    return FRAGMENT.render(Context({"said": said, "key": key}))


def test_the_block_is_rendered_once_for_each_key():
    assert shown("<first>", key_of(1)) == "<b>&lt;first&gt;</b>"
    assert shown("second", key_of(1)) == "<b>&lt;first&gt;</b>"
    assert shown("second", key_of(2)) == "<b>second</b>"


def test_without_a_key_the_block_is_rendered_anew():
    key = Context({"said": "first"}), Context({"said": "second"})
    assert [FRAGMENT.render(each) for each in key] == ["<b>first</b>", "<b>second</b>"]
