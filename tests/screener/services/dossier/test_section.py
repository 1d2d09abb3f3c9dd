import pytest

from assets.models import Asset
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.section import DossierSection
from tests.factories.scorecards import make_asset, make_card


def section(**changes):
    return DossierSection("one", "One", lambda facts: facts.asset, **changes)


def test_its_template_bears_its_name_unless_it_shares_one():
    assert section().template_name == "dossier/sections/one.html"
    assert section(template="dimension").template_name == "dossier/sections/dimension.html"


def test_a_title_may_depend_on_the_kind_of_asset():
    assert section().title_of("equity") == "One"
    assert DossierSection("one", {"equity": "Its"}, len).title_of("equity") == "Its"


def test_some_kinds_have_no_such_section():
    only_tokens = section(kinds=("token",))
    assert only_tokens.applies_to(DossierFacts(Asset(kind="token")))
    assert not only_tokens.applies_to(DossierFacts(Asset(kind="equity")))


@pytest.mark.django_db
def test_findings_wait_for_a_score():
    alpha = make_asset("Alpha")
    assert not section(needs_score=True).applies_to(DossierFacts(alpha))
    make_card(alpha)
    assert section(needs_score=True).applies_to(DossierFacts(alpha))
