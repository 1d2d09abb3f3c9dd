"""Every page, in both languages, read as an editor would: no hole in a sentence, no figure of a machine,
one way of writing numbers, nothing left in the other language."""

import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import timezone

from assets.models import Asset
from assets.sandbox.archetypes import ROTATION
from screener.services.dossier.sections import SECTIONS
from screener.universe.live import UNIVERSE
from tests.factories.market import observe_market, score
from tests.sweeps.addresses import every_address, path_of
from tests.sweeps.sentences import sentences_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow(
        *("screener/views", "screener/words", "screener/locale", "screener/templatetags", "screener/charts"),
        *("screener/services", "screener/checklist", "screener/forms", "assets/models", "assets/sandbox"),
        *("templates", "tests/sweeps"),
    ),
]

FAULTS = {
    "a dash where a sentence has a hole": re.compile(r"\w — [a-z]|— [.,;]|—\.|\w\s{2,}\w"),
    "a power of ten as a machine writes it": re.compile(r"(?<![\w.])\d+(?:[.,]\d+)?[eE][+\-−]?\d+(?!\w)"),
    "a value of the program": re.compile(
        r"\b(?:nan|NaN|NaT|inf|Infinity)\b|%\(|%s|\{\w*\}|datetime\.|Decimal\("
    ),
    "an empty bracket or a sign that stands alone": re.compile(
        r"\(\s*\)|\s[.,;:](?=\s|$)|,,|: :|(?<!\.)\.\.(?!\.)"
    ),
    "one of many, or many of one": re.compile(
        r"(?<![\d.,])1 (?:days|hours|minutes|months|years|assets|rows|holders|trades|columns)\b"
        r"|(?<![\d.,])1 (?:días|horas|meses|años|activos|filas|tenedores|operaciones|columnas)\b"
    ),
}
FOREIGN = {
    "en": re.compile(r"(?<![\w.,$])\d+,\d{1,2}(?![\d,])"),
    "es": re.compile(r"(?<![\w.,/#-])(?:\d+\.\d{1,2}(?![\d.\w])|[1-9]\d{0,2},\d{3}(?!\d|[\s\u202f]*%))"),
}
"""Numbers as the other language writes them."""

FRAGMENT = {"hx-request": "true"}
ADDRESS = re.compile(r"https?://\S+")
OWN_LANGUAGE = {"English"}
"""What a language calls itself, so that who speaks it finds it."""

ENGLISH = re.compile(r"\b(?:the|of|and|is|are|not|with|from|this|that|by)\b", re.IGNORECASE)
AS_WRITTEN = re.compile(
    r"8-K|Item \d|[Pp]unto \d|[Aa]partado \d|^[1-9]\.0\d(?:, ?[1-9]\.0\d)*$|\b20\d\d\.\d\b|escr[ií]b"
    r"|fracciones|por ciento:|un punto:|una coma:|a comma:|Cada fila nombra|\d(?:\.\d+)?%|\d+(?:\.\d+)?x\b"
)
"""Sentences about how something is typed, items of filings, and versions: their points are no decimal
signs."""


@pytest.fixture
def market(world):
    observe_market(range(len(ROTATION)))
    score()
    UNIVERSE.forget()
    UNIVERSE.table()
    return world


def paths(world):
    """Every address that answers with a page, and each archetype's dossier as a whole."""
    yield from (path_of(each, world) for each in every_address() if not each.is_admins)
    yield "/?q=score%3E200"
    yield "/?q=nonsense%20%28"
    yield "/data/?asset=nobody"
    for slug in Asset.objects.filter(fictional=True).values_list("slug", flat=True):
        yield from (f"/assets/{slug}/?whole=1", f"/assets/{slug}/peek/", f"/assets/{slug}/history/")


def pages(world, language):
    """By path the page as each reader has it who may see it."""
    for reader in (None, world.ana, world.zoe):
        client = Client(raise_request_exception=False, headers={"accept-language": language})
        if reader is not None:
            client.force_login(reader)
        for path in paths(world):
            if reader is not world.zoe and "/assets/" in path:
                continue
            page = client.get(path, headers=FRAGMENT if "/peek/" in path or "/sections/" in path else {})
            if page.headers.get("Content-Type", "").startswith("text/html") and not page.streaming:
                yield path, page.content.decode()


def faults_in(sentence, language):
    sentence = ADDRESS.sub("…", sentence)
    yield from (name for name, fault in FAULTS.items() if fault.search(sentence))
    if FOREIGN[language].search(sentence) and not AS_WRITTEN.search(sentence):
        yield "a number in the other language's signs"


@pytest.fixture(scope="module")
def spanish():
    """By English text its Spanish, where they differ."""
    with (settings.BASE_DIR / "screener/locale/es/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    return {each.id: each.string for each in catalogue if isinstance(each.id, str) and each.string != each.id}


def left_in_english(sentence, language, spanish):
    if language != "es" or sentence in OWN_LANGUAGE:
        return False
    return sentence in spanish or len(ENGLISH.findall(sentence)) > 2


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sentence_has_a_fault(market, language, spanish):
    first_seen, found = {}, {}
    for path, page in pages(market, language):
        for sentence in sentences_of(page):
            first_seen.setdefault(sentence, path)
    for sentence, path in first_seen.items():
        for fault in faults_in(sentence, language):
            found[fault, sentence] = path
        if left_in_english(sentence, language, spanish):
            found["left in English", sentence] = path
    assert len(first_seen) > 1_000
    assert found == {}, "\n".join(
        f"{fault}: {sentence} ({path})" for (fault, sentence), path in found.items()
    )


@pytest.mark.parametrize("kind", ["token", "equity"])
def test_a_section_says_by_itself_what_it_says_on_its_page(market, kind, time_machine):
    """So that each page is read once, whole. The clock rests: a steady unlock goes on with each moment."""
    time_machine.move_to(timezone.now(), tick=False)
    client = Client(headers={"accept-language": "es"})
    client.force_login(market.zoe)
    seen = 0
    for asset in Asset.objects.filter(fictional=True, kind=kind)[:2]:
        address = asset.get_absolute_url()
        whole = {*sentences_of(client.get(f"{address}?whole=1").text)}
        for each in SECTIONS:
            alone = {*sentences_of(client.get(f"{address}sections/{each.name}/", headers=FRAGMENT).text)}
            assert alone <= whole, each.name
            seen += bool(alone)
    assert seen > 20


@pytest.mark.parametrize(
    ("sentence", "language", "fault"),
    [
        ("Its spread is — of the price.", "en", "a dash where a sentence has a hole"),
        ("Holders: 1e-7 %", "en", "a power of ten as a machine writes it"),
        ("Score history of Dog ()", "en", "an empty bracket or a sign that stands alone"),
        ("It holds %(share)s.", "en", "a value of the program"),
        ("1 days ago", "en", "one of many, or many of one"),
        ("El coste es del 2.5 %.", "es", "a number in the other language's signs"),
        ("Tiene 10,753 tenedores.", "es", "a number in the other language's signs"),
        ("It costs 2,5 %.", "en", "a number in the other language's signs"),
    ],
)
def test_a_fault_is_found(sentence, language, fault):
    assert fault in list(faults_in(sentence, language))


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Price: —", "en"),
        ("—", "en"),
        ("$0.0₉123, 1,234 holders", "en"),
        ("$42,0 mil de 10.753", "es"),
        ("Informe 8-K, punto 4.02", "es"),
        ("1 day ago, 11 days ago", "en"),
    ],
)
def test_what_is_right_is_left_alone(sentence, language):
    assert list(faults_in(sentence, language)) == []


def test_quoted_words_are_not_read():
    page = '<p>By <bdi>the name of the and</bdi> at <time>now</time>.<br>Next</p><p lang="en">the of</p>'
    assert list(sentences_of(page)) == ["By … at now.", "Next", "…"]
