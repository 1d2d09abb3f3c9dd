import re

import pytest
from django.utils import translation

from assets.models import Asset
from screener.models import Scorecard
from screener.services.dossier.citation import CitedSources, cite
from screener.services.dossier.facts import DossierFacts
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db

SITE = "https://assay.example.com"


def cited(asset):
    return cite(DossierFacts(asset), site=SITE)


def test_each_figure_and_finding_names_the_answers_that_it_rests_on():
    text = cited(fill_example())
    assert re.search(r"^- Market cap: \$25\.0\s?M \[\d\]", text, re.MULTILINE)
    used = {int(number) for number in re.findall(r"\[(\d+)\](?![\w(])", text.split("## Sources")[0])}
    listed = [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]
    assert listed == [*range(1, len(listed) + 1)]
    assert used == {*listed}
    assert text.count(f"{SITE}/data/observations/") == len(listed) > 0


def test_sources_are_numbered_by_their_first_mention_and_once():
    sources = CitedSources()
    assert sources.cited([7, 3, 7]) == " [1][2]"
    assert sources.cited([3]) == " [2]"
    assert sources.cited([]) == ""


def test_it_says_what_the_card_says():
    asset = fill_example()
    card, text = Scorecard.objects.get(), cited(asset)
    assert f"checklist {card.checklist_version}" in text
    asked = [each for each in card.findings if each["state"] != "n-a"]
    assert len(re.findall(r"^- . \*\*", text, re.MULTILINE)) == len(asked)
    assert "Not financial advice" in text
    assert f"{SITE}{asset.get_absolute_url()}" in text


def test_what_is_not_known_is_not_left_out():
    text = cited(Asset.objects.create(kind="token", slug="new", name="New"))
    assert "Not scored yet" in text
    assert "- Price: —\n" in text
    assert "## Sources" not in text


def test_what_is_invented_says_so():
    assert "belongs to the sandbox" in cited(Asset.objects.create(kind="token", slug="x", fictional=True))


def test_an_asset_that_is_not_rated_gives_its_bounds():
    asset = fill_example()
    Scorecard.objects.update(grade="", total=None, total_low=12, total_high=80)
    assert "Not rated: too little is known (12 to 80 of 100)." in cited(asset)


def test_a_name_from_outside_is_text_and_one_line():
    asset = Asset.objects.create(kind="token", slug="x", name="[Free](http://x)\n# *Coin*", symbol="A`B")
    assert cited(asset).splitlines()[0] == r"# \[Free\](http://x) \# \*Coin\* (A\`B)"


def test_it_is_in_the_language_of_the_reader():
    with translation.override("es"):
        text = cited(fill_example())
    assert "## Fuentes" in text
    assert "Price" not in text
