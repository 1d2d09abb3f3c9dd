import importlib
from itertools import chain

import pytest
from django.core.management import CommandError, call_command

from assets.metrics.measure import MEASURES
from assets.metrics.size_tiers import TIERS
from screener.checklist import CRITERIA
from screener.management.commands import messages
from screener.management.commands.messages import registry_texts


@pytest.fixture
def project(tmp_path, settings, monkeypatch):
    """A project of two texts with a catalogue of its own."""
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.setattr(messages, "registry_texts", lambda: iter([("A reason.", None)]))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("{% translate 'Hello' %}")
    return tmp_path


def test_texts_of_the_registries_are_collected():
    texts = {text for text, _context in registry_texts()}
    for each in CRITERIA.values():
        assert {each.title, each.question, each.why, *chain(*each.sentences.values())} <= texts
    for measure in MEASURES:
        assert {measure.label, measure.description} - {""} <= texts
    assert set(TIERS) <= texts
    assert "Market cap" in texts
    assert "Liquidity depth" in texts
    assert "" not in texts


def test_a_project_is_collected_checked_translated_and_checked(project, capsys):
    call_command("messages")
    assert "2 of its texts need a translator" in capsys.readouterr().out
    po = project / "locale" / "es" / "LC_MESSAGES" / "django.po"
    with pytest.raises(CommandError) as refusal:
        call_command("messages", "--check")
    assert "The es catalogue has 2 mistakes:" in str(refusal.value)
    assert "  not translated: 'Hello'" in str(refusal.value)
    po.write_text(
        po.read_text()
        .replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "Hola"')
        .replace('msgid "A reason."\nmsgstr ""', 'msgid "A reason."\nmsgstr "Una razón."')
    )
    call_command("messages")
    call_command("messages", "--check")
    assert "The es catalogue is complete." in capsys.readouterr().out


def test_a_check_changes_nothing(project):
    with pytest.raises(CommandError):
        call_command("messages", "--check")
    assert not (project / "locale").exists()


def test_without_babel_the_command_says_where_it_comes_from(project, monkeypatch):
    def missing(_name):
        raise ModuleNotFoundError("No module named 'babel'", name="babel.messages")

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(CommandError, match="Babel is not installed"):
        call_command("messages")


def test_another_missing_module_is_not_hidden(project, monkeypatch):
    def missing(_name):
        raise ModuleNotFoundError("No module named 'else'", name="else")

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ModuleNotFoundError):
        call_command("messages")
