"""What witnesses ask of one asset's facts, as (frame, place, field, value, against)."""

from assets.metrics.witnesses.questioned import questioned
from tests.assets.metrics.batch import facts_of_one


def asked(*, kind="token", **rows):
    """The questions, in the order of their frames, rows and fields."""
    found = questioned(facts_of_one(kind=kind, **rows)).questions.fillna(-1.0)
    names = ["frame", "place", "field", "value", "against"]
    return [tuple(each) for each in found[names].to_numpy().tolist()]


def asked_by(witness, *, kind="token", **rows):
    """The fields that this witness questions."""
    found = questioned(facts_of_one(kind=kind, **rows)).questions
    return found.loc[found["witness"] == witness, "field"].tolist()
