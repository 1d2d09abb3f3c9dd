from datetime import UTC, datetime

from assets.sandbox.filed_events import filing_events
from assets.sandbox.invented import invented

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def of(is_such):
    assets = (invented(index) for index in range(400))
    return next(each for each in assets if each.archetype.kind == "equity" and is_such(each.archetype))


def test_the_suspended_had_a_notice_before():
    events = [*filing_events(of(lambda each: "suspended" in each.warnings), NOW)]
    told = [each for each in events if each.subject == "3.01"]
    assert [each.event for each in told] == ["deficiency_notice", "delisting_determination"]
    assert told[0].as_of < told[1].as_of < NOW
    assert len({each.accession for each in events}) == len(events)


def test_a_new_auditor_and_withdrawn_reports_are_told():
    changed = [*filing_events(of(lambda each: each.auditor_changed), NOW)]
    assert "auditor_dismissed" in {each.event for each in changed}
    assert "non_reliance" in {each.event for each in filing_events(of(lambda each: each.restated), NOW)}
