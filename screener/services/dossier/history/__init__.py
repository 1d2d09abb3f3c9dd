"""Registry of what an asset's history is made of, in the order in which readers can choose.

A new kind: its file here, its template in `templates/dossier/history/`, a line below, and a test.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

from assets.metrics.families import EQUITY
from screener.services.dossier.history.answers import finding_moves, gate_moves
from screener.services.dossier.history.figures import figure_moves
from screener.services.dossier.history.filings import new_filings
from screener.services.dossier.history.notes import note_revisions
from screener.services.dossier.history.overrides import overrides_made, overrides_withdrawn
from screener.services.dossier.history.plans import plans_kept
from screener.services.dossier.history.prices import price_jumps
from screener.services.dossier.history.ratings import rating_moves, with_comparisons
from screener.services.dossier.history.rulings import rulings_made, rulings_taken_back
from screener.services.dossier.history.statements import contract_moves, disclosure_moves
from screener.services.dossier.history.stream import HistoryKind, HistoryStream
from screener.services.dossier.history.unlocks import due_unlocks, schedule_changes

KINDS: Final = (
    HistoryKind(
        name="rating",
        title=_("Rating"),
        rule=_(
            "The grade changed, the score moved by a point or more, or the coverage by 5 points of a hundred."
        ),
        streams=(HistoryStream("rating", rating_moves, complete=with_comparisons),),
    ),
    HistoryKind(
        name="gate",
        title=_("Gates"),
        rule=_("A gate opened, waits for an answer, or became clear."),
        streams=(HistoryStream("gate", gate_moves),),
    ),
    HistoryKind(
        name="finding",
        title=_("Findings"),
        rule=_("A criterion has another answer than on the scorecard before."),
        streams=(HistoryStream("finding", finding_moves),),
    ),
    HistoryKind(
        name="fact",
        title=_("Facts"),
        rule=_(
            "From one scorecard to the next a share moved by a point of a hundred or more, an amount in "
            "dollars by 20 %, another figure by 5 %; or one provider says something else of the contract, "
            "the team or the audits than before."
        ),
        streams=(
            HistoryStream("figures", figure_moves),
            HistoryStream("contract", contract_moves),
            HistoryStream("disclosure", disclosure_moves),
        ),
    ),
    HistoryKind(
        name="filing",
        title=_("Filings"),
        rule=_("A document became known; those of one answer are one entry."),
        streams=(HistoryStream("filing", new_filings),),
        kinds=(EQUITY,),
    ),
    HistoryKind(
        name="unlock",
        title=_("Unlocks"),
        rule=_("A schedule became known or changed in what was still ahead, or the date of an unlock came."),
        streams=(HistoryStream("schedule", schedule_changes), HistoryStream("unlock", due_unlocks)),
    ),
    HistoryKind(
        name="price",
        title=_("Price"),
        rule=_(
            "A close differed from the one before by 5 % or more and by more than three standard deviations "
            "of the daily returns of the 90 days before, in the units of today; with fewer than 21 such "
            "days, by 25 % or more."
        ),
        streams=(HistoryStream("price", price_jumps),),
    ),
    HistoryKind(
        name="note",
        title=_("Notes"),
        rule=_("You wrote or edited a note. Nobody else sees yours."),
        streams=(HistoryStream("note", note_revisions),),
        is_personal=True,
    ),
    HistoryKind(
        name="plan",
        title=_("Plans"),
        rule=_("You kept a plan. Nobody else sees yours."),
        streams=(HistoryStream("plan", plans_kept),),
        is_personal=True,
    ),
    HistoryKind(
        name="ruling",
        title=_("Overrides and rulings"),
        rule=_(
            "You answered a criterion yourself, or somebody ruled on a questioned figure, or took that back."
        ),
        streams=(
            HistoryStream("override", overrides_made),
            HistoryStream("override_withdrawn", overrides_withdrawn, template="override"),
            HistoryStream("ruling", rulings_made),
            HistoryStream("ruling_taken_back", rulings_taken_back, template="ruling"),
        ),
    ),
)
"""The registry."""
