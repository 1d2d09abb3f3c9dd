"""Personal score: what a user's own position, profile and answers make of an asset, beside the machine's."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from assets.metrics.measure import measure
from assets.models import Asset
from assets.services.reading.facts import facts_of
from screener.checklist import CHECKLIST_VERSION, CRITERIA, DIMENSIONS, Criterion, Dimension, State
from screener.checklist.judgements import WORDS, named_measures, none_for_nan
from screener.checklist.questioned import believed_measures
from screener.checklist.records import Records
from screener.checklist.scoring import DECIMALS, UNRATED
from screener.checklist.totals import Totals, overridden, total
from screener.checklist.types import Answers
from screener.models import Override, Profile, Scorecard
from screener.screens.position import PositionSize
from screener.screens.size_criteria import OF_SIZE
from screener.services.desk.overrides import counting, is_expired
from screener.services.desk.preferences import default_position, default_position_usd
from screener.services.desk.profiles import OwnChecklist, checklist_of
from screener.universe.ranking import card_of

POSITION: Final = "position"
PROFILE: Final = "profile"
ANSWERS: Final = "answers"
ALL: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTotal:
    """A total beside the machine's: `why` is position, profile, answers, or all of these at once.

    Not rated, it has no total and no grade, by the checklist's own rule.
    """

    why: str
    total: float | None
    low: float
    high: float
    coverage: float
    grade: str
    gates_open: int
    gates_unverified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFinding:
    """How the user's size or profile answers a criterion, where that differs from the scorecard.

    `finding` has the fields of a scorecard's finding.
    """

    criterion: Criterion
    finding: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """The user's own answer; `differs` tells that the machine says otherwise."""

    override: Override
    expired: bool
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalScore:
    """`totals` is empty where nothing differs; `comparable` is false for a card of an older checklist.

    `position` is the user's own, None for the default; `position_usd` is what it is worth in this asset.
    """

    position: PositionSize | None
    position_usd: float
    default_position_usd: int
    profile: Profile | None
    own: OwnChecklist | None
    comparable: bool
    totals: tuple[OwnTotal, ...]
    findings: Mapping[str, OwnFinding]
    answers: Mapping[str, OwnAnswer]

    @property
    def has_own_position(self) -> bool:
        return self.position_usd != self.default_position_usd


def read_personal_score(
    asset: Asset,
    card: Scorecard | None,
    *,
    position: PositionSize | None,
    profile: Profile | None,
    overrides: Mapping[str, Override],
    today: date,
) -> PersonalScore:
    """Score the card's figures anew for this user. Only a size of their own reads facts."""
    default = default_position_usd()
    size = size_of_card(position, card)
    own = checklist_of(profile) if profile else None
    comparable = card is not None and card.checklist_version == CHECKLIST_VERSION
    asked = {each["criterion"] for each in card.findings} if card else set()
    states = {each: state for each, state in counting(overrides, today=today).items() if each in asked}
    totals: tuple[OwnTotal, ...] = ()
    findings: dict[str, OwnFinding] = {}
    if card is not None and comparable and (size != default or own or states):
        record = _record(card)
        at_size = _at_size(record, asset, card, size) if size != default else None
        totals = tuple(_totals(record, at_size, own, states))
        findings = _findings(at_size or record, own.dimensions if own else DIMENSIONS, card)
    return PersonalScore(
        position=position,
        position_usd=size,
        default_position_usd=default,
        profile=profile,
        own=own,
        comparable=comparable,
        totals=totals,
        findings=findings,
        answers=_answers(overrides, card, today=today),
    )


def size_of_card(position: PositionSize | None, card: Scorecard | None) -> float:
    """The position in US dollars at the price of the card; the default for units of what has no price."""
    default = float(default_position_usd())
    size = float((position or default_position()).size_usd(card.figures.get("price_usd") if card else None))
    return size if size > 0 else default


def card_at(card: Scorecard, asset: Asset, position: PositionSize | None) -> Scorecard:
    """The card with the figures, answers and gates that this position moves; its score is as it was judged.

    Not stored. The card itself where it was judged for this size, or by an older checklist.
    """
    size = size_of_card(position, card)
    if card.checklist_version != CHECKLIST_VERSION or size == card.figures.get("position_usd", size):
        return card
    at_size = _at_size(_record(card), asset, card, size)
    own = _findings(at_size, DIMENSIONS, card)
    asked = {each["criterion"] for each in card.findings if each["state"] != State.NOT_APPLICABLE}
    figures = dict(zip(at_size.measures.columns, at_size.measures.iloc[0].tolist(), strict=True))
    sized = copy(card)
    sized.figures = {name: value for name, value in figures.items() if value == value}
    sized.findings = [
        own[each["criterion"]].finding if each["criterion"] in own else each for each in card.findings
    ]
    answers = at_size.answers(DIMENSIONS)
    gates = {each.id: answers[each.id] for each in OF_SIZE if each.is_gate and each.id in asked}
    opened = {id: bool(each.gate_open[0]) for id, each in gates.items()}
    unverified = {id: bool(each.gate_unverified[0]) for id, each in gates.items()}
    sized.gates_open = _with_gates(card.gates_open, opened)
    sized.gates_unverified = _with_gates(card.gates_unverified, unverified)
    return sized


def _with_gates(stored: Sequence[str], anew: Mapping[str, bool]) -> list[str]:
    """The gates in the order of the checklist, some of them said anew."""
    return [id for id in CRITERIA if anew.get(id, id in stored)]


def _record(card: Scorecard) -> Records:
    return Records.of([card_of(card)], criteria=tuple(CRITERIA))


def _at_size(record: Records, asset: Asset, card: Scorecard, position_usd: float) -> Records:
    """The record as it would be for this size: only the measures that the size moves are taken anew."""
    facts = facts_of([asset.pk], now=card.scored_at, known_by=card.scored_at)
    default = card.figures.get("position_usd", default_position_usd())
    was, now = (measure(facts, position_usd=each) for each in (default, position_usd))
    moved = [str(name) for name in was if not now[name].equals(was[name])]
    measures = record.measures.assign(**{name: now[name] for name in moved})
    believed = believed_measures(facts, now, position_usd=position_usd)
    return record.with_measures(measures, believed=believed)


def _totals(
    record: Records, at_size: Records | None, own: OwnChecklist | None, states: Mapping[str, State]
) -> list[OwnTotal]:
    """Each of the user's settings alone and, where there are several, all of them together."""
    mine = own.dimensions if own else DIMENSIONS
    alone: list[OwnTotal] = []
    if at_size:
        alone.append(_own(POSITION, _total(at_size, DIMENSIONS)))
    if own:
        alone.append(_own(PROFILE, _total(record, mine)))
    if states:
        alone.append(_own(ANSWERS, _total(record, DIMENSIONS, states)))
    if len(alone) > 1:
        alone.append(_own(ALL, _total(at_size or record, mine, states)))
    return alone


def _total(
    record: Records, dimensions: Sequence[Dimension], states: Mapping[str, State] | None = None
) -> tuple[Totals, Mapping[str, Answers]]:
    answers = record.answers(dimensions)
    answers |= {each: overridden(CRITERIA[each], state, size=1) for each, state in (states or {}).items()}
    return total(dimensions, answers, size=1), answers


def _own(why: str, scored: tuple[Totals, Mapping[str, Answers]]) -> OwnTotal:
    totals, answers = scored
    scores = totals.scores
    return OwnTotal(
        why=why,
        total=float(scores.score[0]) if totals.rated[0] else None,
        low=float(scores.low[0]),
        high=float(scores.high[0]),
        coverage=float(scores.coverage[0]),
        grade=str(totals.grades[0]) if totals.rated[0] else UNRATED,
        gates_open=sum(bool(each.gate_open[0]) for each in answers.values()),
        gates_unverified=sum(bool(each.gate_unverified[0]) for each in answers.values()),
    )


def _findings(record: Records, dimensions: Sequence[Dimension], card: Scorecard) -> dict[str, OwnFinding]:
    """By criterion the answers for this user whose state or value is not the card's."""
    stored = {each["criterion"]: each for each in card.findings}
    answers = record.answers(dimensions)
    found: dict[str, OwnFinding] = {}
    for criterion in (one for each in dimensions for one in each.criteria if one.id in stored):
        answer, was = answers[criterion.id], stored[criterion.id]
        finding = {
            **was,
            "state": WORDS[answer.state[0]],
            "points": none_for_nan(answer.points.round(DECIMALS))[0],
            "value": none_for_nan(answer.value)[0],
            "stale": bool(answer.stale[0]),
            "questioned": bool(answer.questioned[0]),
            "values": next(named_measures(criterion, record.measures)),
        }
        if (finding["state"], finding["value"]) != (was["state"], was["value"]):
            found[criterion.id] = OwnFinding(criterion=criterion, finding=finding)
    return found


def _answers(
    overrides: Mapping[str, Override], card: Scorecard | None, *, today: date
) -> dict[str, OwnAnswer]:
    states = {each["criterion"]: each["state"] for each in (card.findings if card else ())}
    return {
        criterion: OwnAnswer(
            override=each,
            expired=is_expired(each, today=today),
            differs=each.state != states.get(criterion),
        )
        for criterion, each in overrides.items()
    }
