"""Debt tags: under which XBRL concepts a company's debt stands, by kind and by when it is due.

What is part of what follows the statement of financial position of https://xbrl.fasb.org/us-gaap and
https://www.ifrs.org/issued-standards/ifrs-taxonomy; kinds that small companies report side by side, notes
and convertible notes, stand side by side here too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assets.providers.sec.concepts import IFRS, US_GAAP


@dataclass(frozen=True, slots=True)
class DebtLine:
    """A tag, other tags of the same where it is not reported, and its parts."""

    tags: tuple[str, ...]
    parts: tuple["DebtLine", ...] = ()

    @property
    def all_tags(self) -> Iterator[str]:
        yield from self.tags
        for part in self.parts:
            yield from part.all_tags


@dataclass(frozen=True, slots=True)
class DebtKind:
    """Debt of one kind: due within a year, after it, and both together."""

    current: tuple[DebtLine, ...] = ()
    later: tuple[DebtLine, ...] = ()
    both: tuple[DebtLine, ...] = ()

    @property
    def all_tags(self) -> Iterator[str]:
        for line in (*self.current, *self.later, *self.both):
            yield from line.all_tags


def lines(*tags: str) -> tuple[DebtLine, ...]:
    return tuple(DebtLine((tag,)) for tag in tags)


US_DEBT: Final = (
    DebtKind(
        current=(
            DebtLine(
                ("ShortTermBorrowings",),
                lines(
                    "CommercialPaper",
                    "BridgeLoan",
                    "ShortTermBankLoansAndNotesPayable",
                    "ShortTermNonBankLoansAndNotesPayable",
                    "OtherShortTermBorrowings",
                ),
            ),
            DebtLine(
                ("LongTermDebtCurrent", "LongTermDebtAndCapitalLeaseObligationsCurrent"),
                lines(
                    "SecuredDebtCurrent",
                    "UnsecuredDebtCurrent",
                    "SubordinatedDebtCurrent",
                    "SeniorNotesCurrent",
                    "OtherLongTermDebtCurrent",
                ),
            ),
        ),
        later=(
            DebtLine(
                ("LongTermDebtNoncurrent", "LongTermDebtAndCapitalLeaseObligations"),
                lines(
                    "SecuredLongTermDebt",
                    "UnsecuredLongTermDebt",
                    "SubordinatedLongTermDebt",
                    "SeniorLongTermNotes",
                    "OtherLongTermDebtNoncurrent",
                ),
            ),
        ),
    ),
    DebtKind(
        current=(
            DebtLine(
                ("NotesAndLoansPayableCurrent",),
                (
                    DebtLine(
                        ("NotesPayableCurrent",),
                        lines("NotesPayableToBankCurrent", "OtherNotesPayableCurrent"),
                    ),
                    DebtLine(
                        ("LoansPayableCurrent",),
                        lines("LoansPayableToBankCurrent", "OtherLoansPayableCurrent"),
                    ),
                ),
            ),
        ),
        later=(
            DebtLine(
                ("LongTermNotesAndLoans",),
                (
                    DebtLine(
                        ("LongTermNotesPayable",),
                        lines("NotesPayableToBankNoncurrent", "OtherLongTermNotesPayable"),
                    ),
                    DebtLine(
                        ("LongTermLoansPayable",), lines("LongTermLoansFromBank", "OtherLoansPayableLongTerm")
                    ),
                ),
            ),
        ),
        both=(
            DebtLine(
                ("NotesAndLoansPayable",),
                (
                    DebtLine(("NotesPayable",), lines("NotesPayableToBank", "OtherNotesPayable")),
                    DebtLine(("LoansPayable",), lines("LoansPayableToBank", "OtherLoansPayable")),
                ),
            ),
        ),
    ),
    DebtKind(
        current=(
            DebtLine(
                ("ConvertibleDebtCurrent",),
                lines("ConvertibleNotesPayableCurrent", "ConvertibleSubordinatedDebtCurrent"),
            ),
        ),
        later=(
            DebtLine(
                ("ConvertibleDebtNoncurrent",),
                lines("ConvertibleLongTermNotesPayable", "ConvertibleSubordinatedDebtNoncurrent"),
            ),
        ),
        both=(
            DebtLine(("ConvertibleDebt",), lines("ConvertibleNotesPayable", "ConvertibleSubordinatedDebt")),
        ),
    ),
    DebtKind(
        current=lines("LinesOfCreditCurrent"),
        later=lines("LongTermLineOfCredit"),
        both=lines("LineOfCredit"),
    ),
)
US_RELATED: Final = DebtKind(
    current=lines(
        "NotesPayableRelatedPartiesClassifiedCurrent",
        "DueToRelatedPartiesCurrent",
        "DueToOfficersOrStockholdersCurrent",
    ),
    later=lines(
        "NotesPayableRelatedPartiesNoncurrent",
        "DueToRelatedPartiesNoncurrent",
        "DueToOfficersOrStockholdersNoncurrent",
    ),
    both=lines(
        "NotesPayableRelatedPartiesCurrentAndNoncurrent",
        "DueToRelatedPartiesCurrentAndNoncurrent",
        "DueToOfficersOrStockholdersCurrentAndNoncurrent",
    ),
)
IFRS_DEBT: Final = (
    DebtKind(
        current=(
            DebtLine(
                ("CurrentBorrowingsAndCurrentPortionOfNoncurrentBorrowings",),
                lines("ShorttermBorrowings", "CurrentPortionOfLongtermBorrowings"),
            ),
            *lines(
                "CurrentLoansReceivedAndCurrentPortionOfNoncurrentLoansReceived",
                "CurrentNotesAndDebenturesIssuedAndCurrentPortionOfNoncurrentNotesAndDebenturesIssued",
                "CurrentBondsIssuedAndCurrentPortionOfNoncurrentBondsIssued",
            ),
        ),
        later=lines(
            "LongtermBorrowings",
            "NoncurrentPortionOfNoncurrentLoansReceived",
            "NoncurrentPortionOfNoncurrentNotesAndDebenturesIssued",
            "NoncurrentPortionOfNoncurrentBondsIssued",
        ),
        both=lines("LoansReceived", "NotesAndDebenturesIssued", "BondsIssued", "OtherBorrowings"),
    ),
)
IFRS_RELATED: Final = DebtKind(
    current=lines("CurrentPayablesToRelatedParties"), later=lines("NoncurrentPayablesToRelatedParties")
)


@dataclass(frozen=True, slots=True)
class DebtTags:
    """The tags of a taxonomy. The first kind is the general one: it may include debt of the others.

    `whole` are the totals of all debt, `within_a_year` those of what is due then, `long_term` is for the
    loans of more than a year with the part of them that is due now. `details` name single debts.
    """

    kinds: tuple[DebtKind, ...]
    related: DebtKind
    whole: tuple[str, ...]
    within_a_year: str = ""
    long_term: str = ""
    details: tuple[str, ...] = ()
    is_whole_firm: bool = False
    """Whether the total is above its parts: by IFRS what is due now often stands under the later part too."""

    @property
    def of_terms(self) -> frozenset[str]:
        """The lines of a balance sheet: what is due within a year, and what after it."""
        terms = (line for kind in (*self.kinds, self.related) for line in (*kind.current, *kind.later))
        return frozenset(tag for line in terms for tag in line.all_tags)

    @property
    def all_tags(self) -> frozenset[str]:
        of_kinds = (tag for kind in (*self.kinds, self.related) for tag in kind.all_tags)
        single = (self.within_a_year, self.long_term)
        return frozenset((*self.whole, *filter(None, single), *self.details, *of_kinds))


DEBT: Final = {
    US_GAAP: DebtTags(
        US_DEBT,
        US_RELATED,
        whole=(
            "DebtLongtermAndShorttermCombinedAmount",
            "DebtAndCapitalLeaseObligations",
            "LongTermDebtAndCapitalLeaseObligationsIncludingCurrentMaturities",
        ),
        within_a_year="DebtCurrent",
        long_term="LongTermDebt",
        details=("SecuredDebt", "UnsecuredDebt", "SubordinatedDebt", "SeniorNotes", "OtherLongTermDebt"),
    ),
    IFRS: DebtTags(IFRS_DEBT, IFRS_RELATED, whole=("Borrowings",), is_whole_firm=True),
}
