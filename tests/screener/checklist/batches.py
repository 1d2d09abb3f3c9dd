"""Random batches of assets, judged, and the records of their scorecards."""

from datetime import timedelta

from hypothesis import strategies as st

from assets.metrics.facts import Facts
from assets.metrics.families import FAMILY_NAMES
from assets.metrics.measure import MEASURES
from screener.checklist import CRITERIA, DIMENSIONS, judge
from screener.checklist.records import RecordedCard, Records
from tests.screener.checklist.asking import NOW, measures_of

NAMES = [each.name for each in MEASURES]
ASSET = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["token", "equity"]),
        "sector": st.sampled_from(["", "defi", "meme"]),
        "stale": st.sets(st.sampled_from(sorted(FAMILY_NAMES))),
        "measures": st.dictionaries(
            st.sampled_from(NAMES), st.floats(0, 2) | st.floats(0, 1e6), max_size=len(NAMES)
        ),
    }
)
BATCH = st.lists(ASSET, min_size=1, max_size=5)


def judge_batch(batch, dimensions=DIMENSIONS):
    """The judgements of a batch, and what scorecards would keep of it."""
    contexts = [
        {"asset_id": place, "kind": each["kind"], "sector": each["sector"]}
        for place, each in enumerate(batch, start=1)
    ]
    sources = [
        {"asset_id": place, "family": family, "observation_id": 1, "provider": "p"}
        | {"as_of": NOW - timedelta(days=9_999), "known_at": NOW}
        for place, each in enumerate(batch, start=1)
        for family in each["stale"]
    ]
    facts = Facts.of(now=NOW, assets=contexts, sources=sources)
    return judge(measures_of(*(each["measures"] for each in batch)), facts, dimensions=dimensions), contexts


def cards_of(batch):
    judgements, contexts = judge_batch(batch)
    return [
        RecordedCard(
            asset_id=each.asset_id,
            total=each.total if each.rated else None,
            measures=asset["measures"],
            findings=each.findings,
            questioned={},
            context={name: value for name, value in context.items() if name != "asset_id"},
        )
        for each, asset, context in zip(judgements, batch, contexts, strict=True)
    ]


def records_of(batch):
    return Records.of(cards_of(batch), criteria=tuple(CRITERIA))
