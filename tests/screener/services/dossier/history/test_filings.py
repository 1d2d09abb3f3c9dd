from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser

from assets.models import Asset
from assets.sourcing.rows import DocumentRow
from screener.services.dossier.history.filings import MOST_NAMED, documents_filed, documents_since
from screener.services.dossier.history.subject import HistorySubject
from tests.factories.example import make_ref
from tests.factories.market import NOW, observe

REF = make_ref(kind="equity", identifiers=(("x", "inc"),), name="Inc.")


def document(number):
    day = date(2025, 1, 1) + timedelta(days=number)
    return DocumentRow(
        asset=REF, as_of=NOW - timedelta(days=400 - number), accession=f"a-{number}", form="8-K", filed_on=day
    )


def test_the_documents_of_an_answer_are_one_entry_with_the_newest_by_name(db, entries):
    observe(*map(document, range(8)), family="filings", at=NOW)
    observe(document(9), family="filings", at=NOW + timedelta(days=1))
    asset = Asset.objects.get()
    later, first = entries(asset, "filing")
    assert (later.count, later.further, later.first_on, later.last_on) == (
        1,
        0,
        date(2025, 1, 10),
        date(2025, 1, 10),
    )
    assert (first.count, first.further) == (8, 8 - MOST_NAMED)
    assert [each.accession for each in first.documents] == [f"a-{number}" for number in (7, 6, 5, 4, 3)]
    assert documents_since(asset.pk, NOW) == 1


def test_what_is_told_again_is_no_news(db, entries):
    observe(document(1), family="filings", at=NOW, provider="sec")
    observe(document(1), document(2), family="filings", at=NOW + timedelta(days=1), provider="sandbox")
    asset = Asset.objects.get()
    assert [each.count for each in entries(asset, "filing")] == [1, 1]


def test_what_was_learnt_later_is_not_in_a_past_day(db, entries):
    observe(document(1), family="filings", at=NOW)
    assert entries(Asset.objects.get(), "filing", as_of=NOW - timedelta(days=1)) == []


def test_documents_by_the_day_on_which_they_were_filed_each_once(db):
    observe(*map(document, range(8)), family="filings", at=NOW, provider="sec")
    observe(document(3), family="filings", at=NOW, provider="sandbox")
    subject = HistorySubject(Asset.objects.get(), user=AnonymousUser(), now=NOW + timedelta(days=1))
    found = documents_filed(subject, first=date(2025, 1, 3), most=4)
    assert [each.accession for each in found] == ["a-7", "a-6", "a-5", "a-4"]
    assert len(documents_filed(subject, first=date(2025, 1, 3), most=99)) == 6
