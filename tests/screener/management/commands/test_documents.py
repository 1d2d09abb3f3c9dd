"""`manage.py documents`."""

import json

import pytest
from django.core.management import CommandError, call_command


def run(capsys, *arguments):
    call_command("documents", *map(str, arguments))
    return capsys.readouterr().out


def test_one_document_for_people_and_as_json(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text(
        "<DOCUMENT><TYPE>8-K<TEXT>Item 5.03 Amendments to Articles of Incorporation. On May 3, 2024 it"
        " filed a"
        " 1-for-10 reverse stock split.</TEXT></DOCUMENT>"
    )
    assert "item 5.03: reverse_split 2024-05-03 1:10" in run(capsys, path)
    (found,) = json.loads(run(capsys, path, "--json"))
    assert (found["form"], found["events"][0]["ratio"]) == ("8-K", 0.1)


def test_a_form_can_be_given(tmp_path, capsys):
    path = tmp_path / "cover.txt"
    path.write_text("PROSPECTUS SUPPLEMENT Up to $5,000,000 in an at the market offering.")
    assert "offering: atm, primary, 5,000,000 USD" in run(capsys, path, "--form", "424B5")


def test_a_gold_set(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Nothing.")
    (tmp_path / "going_concern.csv").write_text("document,label\na.txt,no\nb.txt,no\n")
    text = run(capsys, "--gold", tmp_path, "--documents", tmp_path)
    assert "going concern: 1 of 1 right, 1 documents missing" in text
    (score,) = json.loads(run(capsys, "--gold", tmp_path, "--documents", tmp_path, "--json"))
    assert score["classes"]["no"] == {"n": 1, "precision": 1.0, "recall": 1.0}


@pytest.mark.parametrize("arguments", [(), ("nowhere.htm",), ("--gold", "nowhere")])
def test_what_can_not_be_read_is_said(arguments):
    with pytest.raises(CommandError):
        call_command("documents", *arguments)
