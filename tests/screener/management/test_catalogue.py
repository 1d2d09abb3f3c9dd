import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from assets.services.importing import ImportRefusedError
from assets.services.refreshing.runs import RefreshRefusedError
from assets.sheets.cells import CellError
from assets.sourcing.contract import ProviderError
from assets.sourcing.messages import MessageError
from screener.management.catalogue import (
    PROVIDER_KEYWORDS,
    check,
    mistake_in,
    texts_below,
    texts_in_python,
    texts_in_template,
    update,
)

TREE = {
    "shop/views.py": """
        from django.utils.translation import gettext as _, ngettext
        a = _("Hello %(name)s")
        b = ngettext("one coin", "%(n)d coins", n)
        c = phrase("Held by "
                   "{value}")
        d = _(f"not {a}")
        e = pgettext("noun", "screen")
        f = other("not a text")
        g = Unit(label("Top 10"), meaning=meaning("0.25 is 25 %"))
    """,
    "templates/page.html": """
        <h1>{% translate "Coins & shares" %}</h1>
        {% blocktranslate trimmed count n=rows|length %}
            One row, 5 %
        {% plural %}
            {{ n }} rows, 5 %
        {% endblocktranslate %}
            {% include "x" with title=_("Title") %}
    """,
}
TEXTS = {
    ("Hello %(name)s", None),
    (("one coin", "%(n)d coins"), None),
    ("Held by {value}", None),
    ("screen", "noun"),
    ("Top 10", None),
    ("0.25 is 25 %", None),
    ("Coins & shares", None),
    (("One row, 5 %%", "%(n)s rows, 5 %%"), None),
    ("Title", None),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        lines = [line.removeprefix("        ") for line in text.strip("\n").splitlines()]
        path.write_text("\n".join(lines))
    return tmp_path


def test_texts_are_found_in_python_and_in_templates(tree):
    assert set(texts_below(tree)) == TEXTS


def test_lazy_calls_count_and_empty_texts_do_not():
    source = b'gettext_lazy("A"); ngettext_lazy("n", "ns", "count"); pgettext_lazy("c", "P"); _("")'
    assert list(texts_in_python(source)) == [("A", None), (("n", "ns"), None), ("P", "c")]


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("<p>no text here</p> {{ x|date:'Y' }}", []),
        ("{% translate 'It is \"so\"' %}", [('It is "so"', None)]),
        ("{% translate 'Noun' context 'c' as n %}", [("Noun", "c")]),
        ("{% blocktranslate with a=b %}It's {{ a }}{% endblocktranslate %}", [("It's %(a)s", None)]),
        ("{{ x|default:_('none') }}{% figure x _('why') %}", [("none", None), ("why", None)]),
        (
            "\t{% if x %}\n  {% translate 'A' %}\n {% endif %}\n{% translate 'B' %}",
            [("A", None), ("B", None)],
        ),
    ],
)
def test_template_tags(template, texts):
    assert list(texts_in_template(template)) == texts


def test_a_new_catalogue_is_complete_and_untranslated(tree, tmp_path):
    po = tmp_path / "es" / "django.po"
    assert (
        check(po, language="es", texts=TEXTS)[0] == "django.mo was not compiled from django.po as it is now"
    )
    assert update(po, language="es", texts=TEXTS) == len(TEXTS)
    found = check(po, language="es", texts=TEXTS)
    assert len(found) == len(TEXTS)
    assert all(each.startswith("not translated: ") for each in found)


def test_an_update_keeps_translations_drops_the_rest_and_changes_nothing_twice(tmp_path):
    po = tmp_path / "django.po"
    texts = [("Old", None), ("Keep", None), (("a coin", "%(n)s coins"), None)]
    update(po, language="es", texts=texts)
    po.write_text(
        po.read_text()
        .replace('msgid "Keep"\nmsgstr ""', '# for a button\nmsgid "Keep"\nmsgstr "Guardar"')
        .replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "una moneda"\nmsgstr[1] "%(n)s monedas"')
        .replace('msgid "Old"\nmsgstr ""', 'msgid "Old"\nmsgstr "Viejo"')
    )
    assert update(po, language="es", texts=[*texts[1:], ("New", None)]) == 1
    first = po.read_text()
    assert "Viejo" not in first
    assert "for a button" in first
    assert "#:" not in first
    assert "Date" not in first
    assert str(tmp_path) not in first
    update(po, language="es", texts=[("New", None), *reversed(texts[1:])])
    assert po.read_text() == first
    with po.with_suffix(".mo").open("rb") as compiled:
        assert read_mo(compiled).get("Keep").string == "Guardar"
    assert check(po, language="es", texts=[*texts[1:], ("New", None)]) == ["not translated: 'New'"]


def test_a_catalogue_edited_after_it_was_compiled_is_told(tmp_path):
    po = tmp_path / "django.po"
    update(po, language="es", texts=[("Keep", None)])
    po.write_text(po.read_text().replace('msgid "Keep"\nmsgstr ""', 'msgid "Keep"\nmsgstr "Guardar"'))
    assert check(po, language="es", texts=[("Keep", None)]) == [
        "django.mo was not compiled from django.po as it is now"
    ]
    assert update(po, language="es", texts=[("Keep", None)]) == 0
    assert check(po, language="es", texts=[("Keep", None)]) == []


def test_missing_and_left_over_texts_are_told(tmp_path):
    po = tmp_path / "django.po"
    update(po, language="es", texts=[("Gone", None)])
    assert check(po, language="es", texts=[("New", None)]) == [
        "missing in the catalogue: 'New'",
        "no longer said anywhere: 'Gone'",
    ]


def test_a_text_said_with_and_without_a_plural_is_one_entry(tmp_path):
    po = tmp_path / "django.po"
    texts = [("coin", None), (("coin", "coins"), None)]
    update(po, language="es", texts=texts)
    po.write_text(
        po.read_text().replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "moneda"\nmsgstr[1] "monedas"')
    )
    for order in (texts, texts[::-1]):
        assert update(po, language="es", texts=order) == 0
        assert check(po, language="es", texts=order) == []


@pytest.mark.parametrize(
    ("source", "translation", "mistake"),
    [
        ("Hello", "Hola", ""),
        ("Hello", "", "not translated"),
        ("Hello %(name)s", "Hola %(name)s", ""),
        ("Hello %(name)s", "Hola %(nombre)s", "placeholders differ from the source's"),
        ("Held by {value}", "En manos de", "placeholders differ from the source's"),
        ("{a} of {b}", "{b} de {a}", ""),
        ("%(a)s, 5 %%", "%(a)s, 5 %%", ""),
        ("%(a)s, 5 %%", "%(a)s, 5 %", "a per cent sign must be doubled here"),
        ("top 10 %", "el 10 % mayor", ""),
        ("<b>Yes</b>", "<b>Sí", "HTML tags differ from the source's"),
        (("a coin", "%(n)s coins"), ("una moneda", "%(n)s monedas"), ""),
        (("a coin", "%(n)s coins"), ("%(n)s moneda", "%(n)s monedas"), ""),
        (("a coin", "%(n)s coins"), ("una moneda", "monedas"), "placeholders differ from the source's"),
        (("a coin", "%(n)s coins"), ("una moneda", ""), "not translated"),
    ],
)
def test_mistakes_in_a_translation(source, translation, mistake):
    assert mistake_in(Message(source, translation), plurals=2) == mistake


def test_a_guess_must_be_confirmed():
    assert mistake_in(Message("Hello", "Hola", flags={"fuzzy"}), plurals=2) == "not yet confirmed (fuzzy)"


def test_a_catalogue_compiles_to_the_same_bytes_at_any_time(tmp_path, time_machine):
    po = tmp_path / "django.po"
    compiled = set()
    for day in ("2026-01-02", "2026-03-04"):
        time_machine.move_to(day)
        update(po, language="es", texts=[("Price", None)])
        compiled.add(po.with_suffix(".mo").read_bytes())
    assert len(compiled) == 1


def test_messages_of_providers_have_a_context_of_their_own():
    source = b"""
        raise RefusedError("%(provider)s refused " "it.", provider=TITLE) from error
        reader.reject("%(name)s %(problem)s.", name=name, problem=message("is negative"))
        reader.remark(remark)
    """.replace(b"        ", b"")
    assert set(texts_in_python(source)) == {
        ("%(provider)s refused it.", "provider"),
        ("%(name)s %(problem)s.", "provider"),
        ("is negative", "provider"),
    }


# What the catalogue can collect ---------------------------------------------------------

ROOT = Path(__file__).parents[3]


def errors_below(error: type[MessageError]) -> Iterator[type[MessageError]]:
    for each in error.__subclasses__():
        yield each
        yield from errors_below(each)


def composed_texts(source: str) -> list[int]:
    """Lines on which a message, or a problem that is stored, is put together where it is given."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    texts = [
        text
        for call in calls
        for text in (
            *(call.args[:1] if name_of(call.func) in PROVIDER_KEYWORDS else ()),
            *(each.value for each in call.keywords if each.arg == "problem"),
        )
    ]
    return [text.lineno for text in texts if is_composed(text)]


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def is_composed(text: ast.expr) -> bool:
    """An f-string, a concatenation, a choice of such, or a string's own `format`."""
    if isinstance(text, ast.IfExp | ast.BoolOp):
        return any(is_composed(each) for each in ast.iter_child_nodes(text) if isinstance(each, ast.expr))
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute):
        return isinstance(text.func.value, ast.Constant) and text.func.attr == "format"
    return isinstance(text, ast.JoinedStr | ast.BinOp)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('UnreadableError("It has " "%(count)s.", count=f"{count:,}")', []),
        ("RefusedError(str(error))", []),
        ('RefusedError(f"It has {count}.")', [1]),
        ('CellError("has " + text)', [1]),
        ('contract.RefusedError("%s has none." % title)', [1]),
        ('CellError("has {}".format(text))', [1]),
        ('fail(problem=str(error) or f"It took {seconds}.")', [1]),
        ('TypeError(f"{model} has none")', []),
    ],
)
def test_a_composed_text_is_recognised(source, lines):
    assert composed_texts(source) == lines


def test_each_text_of_the_facts_that_reaches_a_page_can_be_translated():
    found = {path: composed_texts(path.read_text()) for path in sorted((ROOT / "assets").rglob("*.py"))}
    assert {path.relative_to(ROOT).as_posix(): lines for path, lines in found.items() if lines} == {}


def test_texts_of_each_error_that_reaches_a_page_are_collected():
    errors = set(errors_below(MessageError))
    assert {ImportRefusedError, RefreshRefusedError, CellError} <= errors
    assert {each.__name__ for each in errors - {ProviderError}} <= set(PROVIDER_KEYWORDS)
