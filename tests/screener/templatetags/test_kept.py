import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

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


def test_by_the_values_that_it_shows_the_block_is_rendered_once_for_each_of_them():
    fragment = Template(
        '{% load kept %}{% kept "of" of user.name place %}{{ user.name }}{{ said }}{% endkept %}'
    )

    def shown(**context):
        return fragment.render(Context(context))

    assert shown(user={"name": "ana"}, place="home", said=1) == "ana1"
    assert shown(user={"name": "ana"}, place="home", said=2) == "ana1"
    assert shown(user={"name": "ben"}, place="home", said=3) == "ben3"
    assert shown(user={"name": "ana"}, place="away", said=4) == "ana4"
    assert shown(said=5) == "5", "what is not there is a value, too"


def test_of_no_values_the_block_is_rendered_once_in_each_language():
    fragment = Template('{% load kept %}{% kept "constant" of %}{{ said }}{% endkept %}')
    assert [fragment.render(Context({"said": each})) for each in (1, 2)] == ["1", "1"]
    with override("es"):
        assert fragment.render(Context({"said": 3})) == "3"


@pytest.mark.parametrize("tag", ['{% kept "nothing" %}', '{% kept "two" one other %}'])
def test_a_block_has_one_key_or_says_of_what_it_is(tag):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load kept %}" + tag + "{% endkept %}")
