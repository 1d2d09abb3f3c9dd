import io
import json
import re

import pypdf
import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from assets.models import Asset
from screener.services.desk.notes import write_note
from screener.services.dossier.cited import cited_dossier
from screener.services.dossier.document import document_of
from screener.services.dossier.facts import DossierFacts
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.assets.providers.answers import recorded
from tests.end_to_end.installation import REPLAY, replay_server
from tests.factories.example import fill_equity, fill_example, make_ref, rated_rows, store
from tests.screener.services.dossier.page_reading import PageReading, attribute, numbers_in, squeezed
from tests.screener.services.dossier.page_reading import text_of as seen
from tests.screener.services.dossier.recorded_assets import PATHS, RECORDED_ASSETS

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


# Recorded assets, page against paper --------------------------------------------------

RECORDED = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not REPLAY.exists(), reason="the recorded provider data is not beside the checkout: ../shared/replay"
    ),
]
FOOTER = re.compile(r"Not financial advice\..*?\d+ / \d+")
CITES = re.compile(r"\[\d+\]")
LISTED = 12
"""So many rows of a table are on paper."""


@pytest.fixture(scope="module")
def read(module_db):
    """By kind of asset what its page and its document say, three minutes after the recordings."""
    found = {}
    optimism = RECORDED_ASSETS["protocol with unlocks"].recorded_at.timestamp()
    with replay_server("--now", f"{optimism}") as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_CONTACT", "ops@example.org")
        patch.setenv("ASSAY_GECKOTERMINAL_NETWORKS", "solana")
        for name, path in PATHS.items():
            patch.setenv(f"ASSAY_{name}_URL", url + path)
        for kind, each in RECORDED_ASSETS.items():
            each.fetch()
            UNIVERSE.forget()
            with time_machine.travel(each.read_at, tick=False):
                page = Client().get(f"{each.asset.get_absolute_url()}?whole=1").text
                found[kind] = PageReading(page), Paper(document(each.asset))
    UNIVERSE.forget()
    return found


class Paper:
    """The text of a document: all of it without its footers, and what stands before the list of sources."""

    def __init__(self, pdf):
        pages = (FOOTER.sub(" ", plain(page.extract_text())) for page in pdf.pages)
        text = CITES.sub("", " ".join(pages))
        self.heading, _made, rest = text.partition(" Made ")
        self.body, _sources, self.sources = rest.rpartition(" Sources ")
        self.all = squeezed(self.body)


@pytest.fixture(params=RECORDED_ASSETS)
def both(request, read):
    return read[request.param]


def recorded_test(function):
    for mark in RECORDED:
        function = mark(function)
    return function


@recorded_test
def test_each_finding_says_the_same_on_paper(both):
    page, paper = both
    assert len(page.findings) > 20
    for title, sentence in page.findings.values():
        assert squeezed(f"{title}: {sentence}") in paper.all


@recorded_test
def test_each_key_figure_is_the_same_on_paper(both):
    page, paper = both
    assert len(page.key_figures) == 8
    for title, value in page.key_figures.items():
        assert squeezed(title + value.replace("questioned", "(questioned)")) in paper.all


@recorded_test
def test_the_score_is_the_same_on_paper(both):
    page, paper = both
    score = page.one("score")
    big, interval, coverage = (seen(each) for each in page.all("p", under=score)[:3])
    low, high = numbers_in(interval)
    share, version = re.search(r"Coverage (\S+\s%).*checklist (\S+)", coverage).groups()
    total = re.match(r"(\d+) ?/", big)
    rated = f"{total[1]} of 100 ({low} to {high})." if total else f"({low} to {high} of 100)."
    assert squeezed(f"{rated} Coverage {share}, checklist {version}") in paper.all
    scored_at = attribute(page.all("time", under=score)[0], "datetime")
    assert squeezed(f"scored {scored_at[:16].replace('T', ' ')} UTC") in paper.all
    for title, numbers in page.dimensions.items():
        *rest, first = numbers[::-1]
        shown = first if len(numbers) != 2 else "Not rated"
        ends = numbers[-2:] if len(numbers) > 1 else rest
        assert squeezed(title + shown + (f"({'–'.join(ends)})" if ends else "")) in paper.all


@recorded_test
def test_each_gate_is_the_same_on_paper(both):
    page, paper = both
    for title, sentence in page.gates:
        assert squeezed(f"{title.lstrip('?■ ')}. {sentence}") in paper.all


@recorded_test
def test_each_row_of_a_table_is_the_same_on_paper(both):
    page, paper = both
    rows = [*holders_on(page), *pools_on(page), *books_on(page), *unlocks_on(page)]
    for row in rows:
        assert squeezed("".join(row)) in paper.all


@recorded_test
def test_no_number_is_on_paper_alone(both):
    page, paper = both
    body = re.sub(r"https?://\S+|The first \d+ of \d+ are listed\.", " ", paper.body)
    numbers = set(numbers_in(body.partition(" UTC ")[2]))
    assert len(numbers) > 10
    assert numbers - set(numbers_in(page.text.replace("–", " – "))) == set()


@recorded_test
def test_every_table_of_the_five_is_compared(read):
    pool_token, _paper = read["Solana pool token"]
    assert len([*holders_on(pool_token)]) == 3
    assert len([*pools_on(pool_token)]) == 2
    assert len([*books_on(read["thin exchange token"][0])]) == 1
    assert len([*unlocks_on(read["protocol with unlocks"][0])]) == LISTED
    assert read["going-concern filer"][0].findings["transparency.going_concern"][1].startswith("Substantial")


@recorded_test
def test_key_figures_are_those_of_the_recordings(read):
    def page(kind):
        return read[kind][0]

    (token,) = [
        each["attributes"]
        for each in json.loads(recorded("geckoterminal/recent/tokens_multi.json"))["data"]
        if each["attributes"]["symbol"] == "Gary"
    ]
    (jupiter,) = json.loads(recorded("jupiter/tokens_v2_search_gary.json"))
    price = float(token["price_usd"])
    gary = page("Solana pool token")
    assert gary.exact("Price") == price
    assert gary.exact("24 h volume") == pytest.approx(float(token["volume_usd"]["h24"]))
    assert gary.exact("Market cap") == pytest.approx(price * jupiter["circSupply"])
    report = json.loads(recorded("rugcheck/report_nwo_curve.json"))["token"]
    assert page("launchpad token").exact("Total supply") == report["supply"] / 10 ** report["decimals"]
    optimism = next(
        each
        for each in json.loads(recorded("coingecko/dashbrd/coins_markets.json"))
        if each["id"] == "optimism"
    )
    token = page("protocol with unlocks")
    assert token.exact("Price") == optimism["current_price"]
    assert token.exact("Circulating supply") == optimism["circulating_supply"]
    assert token.exact("Float") == pytest.approx(optimism["circulating_supply"] / optimism["max_supply"])
    (facts,) = [
        json.loads(recorded(f"sec_data/api/xbrl/companyfacts/{each.name}"))
        for each in (REPLAY.parents[1] / "data/providers/sec_data/api/xbrl/companyfacts").glob("*1677077*")
    ]
    counts = facts["facts"]["dei"]["EntityCommonStockSharesOutstanding"]["units"]["shares"]
    assert (
        page("going-concern filer").exact("Shares outstanding") == max(counts, key=lambda x: x["end"])["val"]
    )
    book = json.loads(recorded("orderbooks/gateio/03_currency_pair_FAST_USDT_limit_100_with_id_true.json"))[
        "body"
    ]
    bids, asks = ([(float(p), float(q)) for p, q in book[side]] for side in ("bids", "asks"))
    mid = (bids[0][0] + asks[0][0]) / 2
    depth = sum(p * q for p, q in bids if p >= 0.98 * mid)
    (shown,) = books_on(page("thin exchange token"))
    assert shown[2] == f"${depth:.2f}"


def holders_on(page):
    """As paper has them: the whole address, where the page cuts it."""
    for row in page.rows("Positions")[:LISTED]:
        holder, kind, balance, share = page.cells(row)
        name = seen(holder)
        yield [
            attribute(holder, "title") if name.endswith("…") else name,
            seen(kind),
            seen(balance),
            seen(share),
        ]


def pools_on(page):
    for row in page.rows("Pools")[:LISTED]:
        pool, depth, *_lp, volume, _trades, _fee, _source = page.cells(row)
        where = seen(page.all("span", of_class="hint", under=pool)[0]).partition(" · ")[0]
        name = seen(pool, without=frozenset({"span"}))
        name = attribute(pool, "title") if name.endswith("…") else name
        yield [name, where, seen(depth), seen(volume).replace("questioned", "(questioned)")]


def books_on(page):
    for row in page.rows("Order books")[:LISTED]:
        book, _bid, _ask, _spread, depth, _up, volume, _state, _source = page.cells(row)
        pair = seen(page.all("span", under=book)[0])
        yield [pair, seen(book, without=frozenset({"span"})), seen(depth), seen(volume)]


def unlocks_on(page):
    coming = [each for each in page.rows("Unlocks") if attribute(each, "class") != "past"]
    for row in coming[:LISTED]:
        day, amount, share, value, recipient = (seen(each) for each in page.cells(row))
        when = re.sub(r" (evenly.*)$", r" (\1)", day)
        yield [when, recipient, amount, share, value]
