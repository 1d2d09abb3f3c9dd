from datetime import date, timedelta

from assets.models import Asset
from assets.sourcing.rows import DocumentRow
from screener.checklist import CRITERIA
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.history.news import news_since
from tests.factories.example import make_ref
from tests.factories.market import NOW, observe
from tests.factories.scorecards import GATE, make_answered_card, make_finding

PLAIN = next(name for name, each in CRITERIA.items() if not each.is_gate)
HOUR = timedelta(hours=1)


def test_what_the_newest_card_says_otherwise_than_that_of_the_visit(asset):
    make_answered_card(
        asset, make_finding(PLAIN), make_finding(GATE), total=60.0, figures={"holder_count": 9.0}
    )
    make_answered_card(asset, total=1.0, scored_at=NOW + 2 * HOUR)
    make_answered_card(
        asset,
        make_finding(PLAIN, "fail"),
        make_finding(GATE, "fail"),
        gates_open=[GATE],
        total=20.0,
        figures={"holder_count": 90.0},
        scored_at=NOW + 3 * HOUR,
    )
    news = news_since(DossierFacts(asset), NOW + HOUR)
    assert (news.change.points, news.gates, news.answers, news.figures) == (-40, 1, 1, 1)
    assert news_since(DossierFacts(asset), NOW + 3 * HOUR) is None


def test_the_first_score_is_news(asset):
    make_answered_card(asset, scored_at=NOW + HOUR)
    assert news_since(DossierFacts(asset), NOW).change.old is None


def test_documents_are_news_of_a_company(db):
    ref = make_ref(kind="equity", identifiers=(("x", "inc"),))
    observe(DocumentRow(asset=ref, as_of=NOW, accession="a", form="8-K", filed_on=date(2026, 1, 2)), at=NOW)
    facts = DossierFacts(Asset.objects.get())
    assert news_since(facts, NOW - HOUR).documents == 1
    assert news_since(facts, NOW) is None
