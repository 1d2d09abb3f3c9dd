from collections import Counter

import pytest

from assets.providers.sec.concepts import US_GAAP
from assets.providers.sec.debt_tags import DEBT, DebtLine, lines


@pytest.mark.parametrize("taxonomy", DEBT)
def test_each_tag_has_one_place(taxonomy):
    tags = DEBT[taxonomy]
    told = Counter(tag for kind in (*tags.kinds, tags.related) for tag in kind.all_tags)
    told.update((*tags.whole, *tags.details, *filter(None, (tags.within_a_year, tags.long_term))))
    assert {tag for tag, count in told.items() if count > 1} == set()
    assert set(told) == tags.all_tags


def test_a_line_knows_the_tags_of_its_parts():
    assert [*DebtLine(("A", "B"), lines("C", "D")).all_tags] == ["A", "B", "C", "D"]


def test_the_lines_of_a_balance_sheet_are_those_of_one_term():
    terms = DEBT[US_GAAP].of_terms
    assert {"LongTermDebtCurrent", "LongTermDebtNoncurrent", "DueToRelatedPartiesCurrent"} <= terms
    assert terms.isdisjoint({"LongTermDebt", "ConvertibleDebt", "DebtCurrent", "SecuredDebt"})
    assert terms < DEBT[US_GAAP].all_tags
