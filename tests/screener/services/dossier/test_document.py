import io
import re

import pypdf
import pytest
from django.contrib.auth.models import User
from django.utils import translation

from assets.models import Asset
from screener.services.desk.notes import write_note
from screener.services.dossier.cited import cited_dossier
from screener.services.dossier.document import document_of
from screener.services.dossier.facts import DossierFacts
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import fill_equity, fill_example, make_ref, rated_rows, store

pytestmark = pytest.mark.django_db

SITE = "https://assay.example.com"
MOST_BYTES = 400_000
FIGURE = re.compile(r"\$?\d[\d.,]*(?:\s[KMBT%])?")


def document(asset, **more):
    return pypdf.PdfReader(io.BytesIO(document_of(DossierFacts(asset, **more), site=SITE)))


def text_of(pdf):
    """In one line, as lines break elsewhere on paper."""
    return plain(" ".join(page.extract_text() for page in pdf.pages))


def plain(text):
    return re.sub(r"\s+", " ", text)


def words_of_page(client, asset):
    page = client.get(f"{asset.get_absolute_url()}?whole=1").text
    return plain(re.sub(r"<[^>]+>", " ", page).replace("&#x27;", "'").replace("&amp;", "&"))


@pytest.fixture
def rated(db):
    store(*rated_rows(make_ref()))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


def test_it_says_the_same_numbers_as_the_page(client, rated):
    dossier = cited_dossier(DossierFacts(rated), site=SITE)
    said = [each.says for part in dossier.parts for each in part.statements]
    said += [cell for table in dossier.tables for row in table.rows for cell in row]
    page, paper = words_of_page(client, rated), text_of(document(rated))
    figures = [plain(figure) for each in said for figure in FIGURE.findall(each)]
    assert len(figures) > 40
    for figure in figures:
        assert figure in page
        assert figure in paper
    for each in said:
        assert plain(each) in paper


def test_it_has_the_charts_the_rating_and_the_sources(rated):
    pdf = document(rated)
    text = text_of(pdf)
    for words in ("Price and volume, daily", "Round-trip cost by size", "Future circulating supply"):
        assert words in text
    assert "$10 K" in text  # a label of an axis
    assert "Rated " in text
    assert "Not financial advice" in text
    addresses = [link.get_object()["/A"]["/URI"] for page in pdf.pages for link in page.get("/Annots", ())]
    assert f"{SITE}{rated.get_absolute_url()}" in addresses
    assert any(each.startswith(f"{SITE}/data/observations/") for each in addresses)


def test_it_is_small_and_names_the_checklist(rated):
    made = document_of(DossierFacts(rated), site=SITE)
    assert len(made) <= MOST_BYTES
    pdf = pypdf.PdfReader(io.BytesIO(made))
    assert pdf.metadata.title == rated.shown_name
    assert DossierFacts(rated).card.checklist_version in pdf.metadata["/Keywords"]


def test_notes_are_the_readers_own_and_no_markup(rated):
    mine, theirs = User.objects.create(username="mine"), User.objects.create(username="theirs")
    write_note(user=mine, asset=rated, body='Look at #read("x") *first*\n\n$1 + 1$ later')
    write_note(user=theirs, asset=rated, body="A secret of theirs")
    text = text_of(document(rated, user=mine))
    assert 'Look at #read("x") *first*' in text
    assert "$1 + 1$ later" in text
    assert "secret" not in text
    assert "first" not in text_of(document(rated))


def test_a_name_from_outside_is_text(rated):
    Asset.objects.update(name='#panic("x") [*Coin*] <a> ‮evil')
    assert '#panic("x") [*Coin*] <a>' in text_of(document(Asset.objects.get()))


def test_an_asset_of_which_nothing_is_known_has_one_too():
    asset = Asset.objects.create(kind="token", slug="new", name="New", fictional=True)
    text = text_of(document(asset))
    assert "Not scored yet" in text
    assert "belongs to the sandbox" in text


def test_a_company_has_one():
    assert "Shares outstanding" in text_of(document(fill_equity()))


def test_gates_say_what_would_stop_one():
    text = text_of(document(fill_example()))
    assert "Unverified: Mint authority. The mint authority is not known." in text


def test_it_is_in_the_language_of_the_reader(rated):
    with translation.override("es"):
        pdf = document(rated)
    assert "Fuentes" in text_of(pdf)
    assert pdf.trailer["/Root"]["/Lang"] == "es"
