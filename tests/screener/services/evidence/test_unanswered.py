import pytest

from screener.checklist import CRITERIA
from screener.services.evidence.answer_sources import sources_of
from screener.services.evidence.unanswered import WITHOUT_KEYLESS_SOURCE


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_a_criterion_has_a_keyless_source_or_a_reason_and_never_both(criterion):
    keyless = [
        each.name for kind in criterion.kinds for each in sources_of(criterion, kind) if not each.needs_key
    ]
    assert bool(keyless) != (criterion.id in WITHOUT_KEYLESS_SOURCE), keyless


def test_only_criteria_stand_in_the_table():
    assert set(WITHOUT_KEYLESS_SOURCE) <= set(CRITERIA)
