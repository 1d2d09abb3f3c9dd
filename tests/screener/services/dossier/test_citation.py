import re

import pytest
from django.utils import translation

from assets.models import Asset
from screener.models import Scorecard
from screener.services.dossier.citation import markdown_of
from screener.services.dossier.cited import CitedDossier, CitedPart, ListedSource, Statement, cited_dossier
from screener.services.dossier.cited_tables import CitedTable
from screener.services.dossier.facts import DossierFacts
from tests.factories.example import fill_example

SITE = "https://assay.example.com"


def cited(asset):
    return markdown_of(cited_dossier(DossierFacts(asset), site=SITE))


def dossier(**changes):
    return CitedDossier(
        **{"name": "Name", "symbol": "", "address": "a", "rating": "r", "remark": "", "caveat": "c"}
        | {"parts": [], "tables": [], "sources": []}
        | changes
    )


@pytest.mark.django_db
def test_each_figure_and_finding_names_the_answers_that_it_rests_on():
    text = cited(fill_example())
    assert re.search(r"^- Market cap: \$25\.0\s?M \[\d\]", text, re.MULTILINE)
    used = {int(number) for number in re.findall(r"\[(\d+)\](?![\w(])", text.split("## Sources")[0])}
    listed = [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]
    assert listed == [*range(1, len(listed) + 1)]
    assert used == {*listed}
    assert text.count(f"{SITE}/data/observations/") == len(listed) > 0


@pytest.mark.django_db
def test_it_says_what_the_card_says():
    asset = fill_example()
    card, text = Scorecard.objects.get(), cited(asset)
    assert f"checklist {card.checklist_version}" in text
    asked = [each for each in card.findings if each["state"] != "n-a"]
    assert len(re.findall(r"^- . \*\*", text, re.MULTILINE)) == len(asked)
    assert "Not financial advice" in text
    assert f"{SITE}{asset.get_absolute_url()}" in text


@pytest.mark.django_db
def test_what_is_not_known_is_not_left_out():
    text = cited(Asset.objects.create(kind="token", slug="new", name="New"))
    assert "Not scored yet" in text
    assert "- Price: —\n" in text
    assert "## Sources" not in text


@pytest.mark.django_db
def test_it_is_in_the_language_of_the_reader():
    with translation.override("es"):
        text = cited(fill_example())
    assert "## Fuentes" in text
    assert "Price" not in text


def test_a_name_from_outside_is_text_and_one_line():
    text = markdown_of(dossier(name="[Free](http://x)\n# *Coin*", symbol="A`B"))
    assert text.splitlines()[0] == r"# \[Free\](http://x) \# \*Coin\* (A\`B)"


def test_a_table_aligns_its_figures_and_keeps_its_cells_apart():
    table = CitedTable(
        title="Holders",
        columns=("Holder", "Share"),
        figures=1,
        rows=[("a|b", "9 %")],
        cites=(2,),
        remark="Not all.",
    )
    assert markdown_of(dossier(tables=[table])).split("## ")[1].splitlines()[:7] == [
        "Holders [2]",
        "",
        "| Holder | Share |",
        "| --- | ---: |",
        r"| a\|b | 9 % |",
        "",
        "Not all.",
    ]


def test_a_part_without_a_statement_is_left_out():
    parts = [
        CitedPart(title="Empty", statements=[]),
        CitedPart(
            title="Full", statements=[Statement(title="A", says="1", cites=(1, 2), mark="✓", state="pass")]
        ),
    ]
    source = ListedSource(number=1, words="who", address="https://x/")
    text = markdown_of(dossier(parts=parts, sources=[source]))
    assert "Empty" not in text
    assert "- ✓ **pass** A: 1 [1][2]\n" in text
    assert "## Sources\n\n1. who: https://x/\n" in text
