"""Going concern: whether a report states substantial doubt about its own filer, and in which words.

A report says that there is doubt, that plans have removed it, or nothing. The same words stand in
descriptions of the standard, in what might happen, in words about others and in covenants; these say
nothing of the filer. A sentence that names the doubt and is none of these states it. The vocabulary is in
`assets.documents.doubt`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from assets.documents import doubt
from assets.documents.text import DocumentText, TextPassage

Label = Literal["yes", "mitigated", "no", "undecided"]

NEARBY: Final = 2_500
"""Characters between a mention and management's word that its means suffice: a note's length (our
judgement)."""
CONTEXT: Final = 900
"""Characters before a sentence in which it is said what it is about."""


@dataclass(frozen=True, slots=True)
class GoingConcern:
    """What a document says, in which passage; `by` who says it, `because` what its other mentions are."""

    label: Label
    passage: TextPassage | None = None
    by: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One sentence with the words; `kind` is what it says."""

    kind: str
    start: int
    end: int
    is_audit: bool = False


def going_concern(document: DocumentText) -> GoingConcern:
    """Stated, unless somebody says that it is removed and no auditor states it."""
    mentions = list(_mentions(document))
    of_kind = {each.kind: [one for one in mentions if one.kind == each.kind] for each in mentions}
    stated, removed = of_kind.get("stated", []), of_kind.get("removed", [])
    if removed and not any(each.is_audit for each in stated):
        return _decision(document, "mitigated", removed, mentions)
    if stated:
        return _decision(document, "yes", stated, mentions)
    if dependent := of_kind.get("dependent"):
        sufficient = _sufficient(document, dependent)
        if sufficient:
            return _decision(document, "mitigated", sufficient, mentions)
        return _decision(document, "undecided", dependent, mentions)
    if unclear := of_kind.get("unclear"):
        return _decision(document, "undecided", unclear, mentions)
    return _decision(document, "no", mentions, mentions)


def _decision(
    document: DocumentText, label: Label, chosen: Sequence[Mention], mentions: Sequence[Mention]
) -> GoingConcern:
    by: list[str] = []
    if label in ("yes", "mitigated"):
        by += ["auditor"] if any(each.is_audit for each in chosen) else []
        by += ["management"] if any(not each.is_audit for each in chosen) else []
    because = dict.fromkeys(each.kind for each in mentions if label == "no" or each not in chosen)
    passage = document.passage(chosen[0].start, chosen[0].end) if chosen else None
    return GoingConcern(label, passage, tuple(by), tuple(because))


def _mentions(document: DocumentText) -> Iterator[Mention]:
    sentences = document.sentences
    for place, (start, end) in enumerate(sentences):
        sentence = document.words(start, end)
        if not doubt.MENTIONED.search(sentence):
            continue
        before = document.words(sentences[max(0, place - 3)][0], start)
        after = document.words(end, sentences[min(len(sentences) - 1, place + 1)][1])
        kind = _kind(sentence, before[-CONTEXT:], after[:CONTEXT])
        if kind:
            is_audit = bool(doubt.AUDITED.search(sentence) or doubt.ASSUMED.search(before[-CONTEXT:]))
            yield Mention(kind, start, end, is_audit)


def _kind(sentence: str, before: str, after: str) -> str:
    """What one sentence says, the most particular meaning first; "" where it is about something else."""
    if not any(doubt.CONTINUING.search(each) for each in (sentence, before, after)):
        return ""
    is_own = bool(doubt.OWN_ABILITY.search(sentence))
    if not is_own and _is_of_others(sentence):
        return "others"
    if not is_own and doubt.STANDARD.search(sentence):
        return "standard"
    if doubt.STANDARD.search(before) and not doubt.OWN.search(sentence):
        return "standard"
    if doubt.DOUBTED.search(sentence) or doubt.UNCERTAIN.search(sentence):
        return _kind_of_doubt(sentence)
    return _kind_of_concern(sentence)


def _is_of_others(sentence: str) -> bool:
    its = doubt.ITS_ABILITY.search(sentence)
    is_other = its is not None and not doubt.ITSELF.search(sentence[: its.end()])
    return is_other or bool(doubt.OTHERS_ABILITY.search(sentence))


def _kind_of_doubt(sentence: str) -> str:
    if doubt.REMOVED.search(sentence):
        return "stated" if doubt.NOT_REMOVED.search(sentence) else "removed"
    if ended := doubt.NO_LONGER.search(sentence):
        return "stated" if _is_taken_back(sentence, ended.start()) else "removed"
    if denied := doubt.DENIED.search(sentence):
        return "unclear" if _is_denial_open(sentence, denied.start()) else "denied"
    if doubt.EXISTS.search(sentence) and not doubt.DUTY.search(sentence) and not doubt.IF.search(sentence):
        return "stated"
    if doubt.HYPOTHETICAL.search(sentence) and not (_is_raised(sentence) or _is_asserted(sentence)):
        return "hypothetical"
    match = doubt.DOUBTED.search(sentence)
    if match is None:
        return "unclear" if doubt.OWN.search(sentence) else ""
    before = sentence[: match.start()]
    if doubt.WHETHER.search(before) and not doubt.FOUND.search(before):
        return "duty"
    if doubt.COVENANT.search(before) and doubt.WITHOUT.search(sentence):
        return "covenant"
    return "stated"


def _is_taken_back(sentence: str, start: int) -> bool:
    """Whether an end of the doubt is only wished for, or nobody can say that it has come."""
    before = sentence[:start]
    return bool(doubt.UNSURE.search(before) or doubt.WISHED.search(_clause(sentence, start, len(sentence))))


def _is_denial_open(sentence: str, start: int) -> bool:
    """Whether a denial is itself denied, as what nobody can conclude."""
    return bool(doubt.UNSURE.search(sentence[:start]) or doubt.DENIED_TWICE.search(sentence))


def _is_raised(sentence: str) -> bool:
    """Whether a clause says by itself that doubt is raised."""
    return any(not doubt.MODAL.search(match[0]) for match in doubt.RAISED.finditer(sentence))


def _is_asserted(sentence: str) -> bool:
    """Whether a clause of its own says that there is doubt, whatever may happen in the one before it."""
    plain = doubt.INSERTED.sub(r"\1", sentence)
    found = doubt.ASSERTED.finditer(plain)
    return any(not doubt.TAKEN_BACK.search(_clause(plain, each.start(), each.end())) for each in found)


def _clause(sentence: str, start: int, end: int) -> str:
    """From where the clause begins that `start` is in."""
    begins = [each.end() for each in doubt.CLAUSE_BEGINS.finditer(sentence, 0, start)]
    return sentence[max(begins, default=0) : end]


def _kind_of_concern(sentence: str) -> str:
    """Words about going on without the word doubt."""
    if doubt.QUALIFIED.search(sentence):
        if doubt.LEFT_IN.search(sentence):
            return "stated"
        if doubt.TAKEN_OUT.search(sentence) and not doubt.NOT_REMOVED.search(sentence):
            return "removed"
        if doubt.COVENANT.search(sentence) or doubt.NO_CONCERN.search(sentence):
            return "covenant"
        if doubt.GIVEN.search(sentence):
            return "stated"
        is_open = doubt.HYPOTHETICAL.search(sentence) or doubt.DUTY.search(sentence)
        return "hypothetical" if is_open else "stated"
    if doubt.DEPENDENT.search(sentence) and doubt.OWN.search(sentence):
        return "dependent"
    return "hypothetical" if doubt.HYPOTHETICAL.search(sentence) else "basis"


def _sufficient(document: DocumentText, mentions: Sequence[Mention]) -> list[Mention]:
    """Management's words near a mention that its means are enough."""
    found = []
    for start, end in document.sentences:
        if any(abs(start - each.start) <= NEARBY for each in mentions):
            sentence = document.words(start, end)
            if doubt.SUFFICIENT.search(sentence) and not doubt.NOT_SUFFICIENT.search(sentence):
                found.append(Mention("sufficient", start, end))
    return found
