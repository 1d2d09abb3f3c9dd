"""Transparency: is enough disclosed, by people one can name, and has somebody checked it?"""

from typing import Final

import pandas as pd

from assets.metrics.families import CONTRACT, DISCLOSURE, EQUITY, EVENTS, FILINGS, FUNDAMENTALS, TOKEN, VENUE
from screener.checklist import levels
from screener.checklist.bands import LINEAR, LOG, AtLeast, AtMost
from screener.checklist.intervals import settled
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# Our judgement, to be calibrated, where no other source stands.
AUDIT_AGE = AtMost(passes=365, needed=False)
AUDITS = AtLeast(passes=1, cautions=1, of=phrase("audits"), unit="count")
DEPLOYED = AtLeast(passes=1, of=phrase("covers the deployed code"), unit="count", levels=levels.YES_NO)
TEAM = AtLeast(passes=2, cautions=1, levels=levels.TEAM)
CHANNELS = AtLeast(passes=3, cautions=1)
SITE_AGE = AtLeast(passes=180, of=phrase("age of the site"), unit="days", needed=False)
LINKED = AtLeast(passes=1, of=phrase("link to each other"), unit="score", needed=False, levels=levels.YES_NO)
ROADMAP = AtLeast(passes=0.5, cautions=0.01, scale=LINEAR, needed=False)
COMMITS = AtLeast(
    passes=30, cautions=1, scale=LOG, of=phrase("commits in 90 days"), unit="count", needed=False
)
VERIFIED = AtLeast(passes=1, cautions=1, gate=1, levels=levels.VERIFIED)
# Nobody; a DAO or a timelock; an account at once: metrics.contract.power_level.
POWERS = AtMost(passes=0, cautions=1, of=phrase("admin privileges"), unit="score", levels=levels.POWERS)
PROMOTIONS = AtMost(passes=0)
# Many honest tokens share a name; letters that only look alike are no accident. Our judgement.
COPYCAT = AtMost(passes=0, cautions=1, levels=levels.COPYCAT)
# Our judgement: serial makers of tokens leave most of them behind.
EARLIER_TOKENS = AtMost(passes=1, cautions=4, scale=LINEAR)
RUGS = AtMost(passes=0, cautions=0, gate=0, of=phrase("known scams"), unit="count", needed=False)
# Bartov and Konchitchki: prices drift down after a late notice, more so when the grace period is missed.
LATE = AtMost(passes=0, of=phrase("late"))
MISSING = AtMost(passes=0, cautions=0, gate=0, of=phrase("missing"))
GRACE_MET = AtMost(passes=0, of=phrase("late notices"), unit="count", needed=False)
GRACE_MISSED = AtMost(passes=0, cautions=0, of=phrase("grace missed"), unit="count", needed=False)
REPORTS_NO_MORE = AtMost(
    passes=0, cautions=0, of=phrase("reports no more"), unit="score", levels=levels.YES_NO
)
# ASC 205-40: none, alleviated by plans, or stated.
GOING_CONCERN = AtMost(passes=0, cautions=1, levels=levels.GOING_CONCERN)
# Beneish (1999) flags above −1.78; −2.22 is the softer limit in use.
BENEISH = AtMost(passes=-2.22, cautions=-1.78, scale=LINEAR)
AUDITOR_TROUBLES = AtMost(passes=0, cautions=1)
WARNINGS = AtMost(passes=0, cautions=0, gate=0)
THRESHOLD_LIST = AtMost(passes=0, levels=levels.THRESHOLD_LIST)


@criterion(
    title=phrase("Verified source and admin privileges"),
    question=phrase(
        "Is the contract's source verified, and can no admin change balances, pause or blacklist?"
    ),
    passes=phrase("The source is verified and there are no admin privileges over balances or transfers."),
    cautions=(
        phrase("The source is verified; a DAO or a timelock has admin privileges: {contract_faults}."),
        phrase("The source is verified; a DAO or a timelock has admin privileges."),
    ),
    fails=(
        phrase("Admin privileges or unverified source: {contract_faults}."),
        phrase("The source is not verified, or an account has admin privileges."),
    ),
    unknown=phrase("Source verification and admin privileges are not known."),
    weight=3,
    unit="score",
    kinds=(TOKEN,),
    unless=("native_coin",),
    families=(CONTRACT,),
    decided_by=("contract.verified_source", "contract.proxy", "contract.freeze_authority"),
    measures=("contract_faults",),
    bands=(VERIFIED, POWERS),
    remedy=phrase("A verified source, and admin privileges renounced or behind a timelock."),
)
def verified_source(m: Measured) -> tuple[Values, Values]:
    """Unverified code can do anything. Code that can be replaced, paused or made to blacklist does what its
    admin wants, which is acceptable only behind a timelock or a DAO. Does not apply to a native coin, which
    has no contract."""
    return m["source_verified"], m["contract_power_level"]


@criterion(
    title=phrase("Audit"),
    question=phrase("Was the deployed code audited by a named firm within 12 months?"),
    passes=phrase("The deployed code was audited {value} ago."),
    cautions=(
        phrase("The newest audit is {value} old, or is not known to cover the deployed code."),
        phrase("It was audited; the date and whether the deployed code was covered are not known."),
    ),
    fails=phrase("It has no audit."),
    unknown=phrase("It is not known whether and when it was audited."),
    weight=2,
    unit="days",
    kinds=(TOKEN,),
    unless=("native_coin", "launchpad_mint"),
    families=(DISCLOSURE,),
    decided_by=("disclosure.audits",),
    bands=(AUDIT_AGE, AUDITS, DEPLOYED),
    remedy=phrase("An audit of the deployed code by a named firm."),
)
def audit(m: Measured) -> tuple[Values, Values, Values]:
    """An audit is one firm's review of one version on one day, and counts only for the deployed code. Read
    its conclusion and its scope, both shown on this page. Does not apply to a native coin, which has no
    contract, nor to a token that a launchpad minted under its chain's own program: it has no code of its
    own."""
    # To pass, an audit must have a day and be known to match: one that does not say so is a caution, not a
    # gap in the data.
    matches = m["audit_matches"].fillna(0.0).where(m["audit_age_days"].notna(), 0.0)
    return m["audit_age_days"], m["audit_count"], matches


@criterion(
    title=phrase("Team"),
    question=phrase("Is the team publicly identified?"),
    passes=phrase("The team is publicly identified."),
    cautions=phrase("The team is pseudonymous."),
    fails=phrase("The team is anonymous: not even a pseudonym is known."),
    unknown=phrase("It is not known who the team is."),
    weight=2,
    unit="score",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    decided_by=("disclosure.team",),
    bands=TEAM,
    remedy=phrase("A team that is named and can be verified."),
)
def team(m: Measured) -> Values:
    """Named people have a reputation to lose. A pseudonym with a history has less."""
    return m["team_level"]


@criterion(
    title=phrase("Filings on time"),
    question=phrase("Were all reports of the last 24 months filed on time?"),
    passes=(
        phrase("All {filings_due_24m} reports of 24 months came on time, without a late notice."),
        phrase("Its reports of 24 months came on time."),
    ),
    cautions=(
        phrase(
            "{filings_late_24m} of {filings_due_24m} reports of 24 months came late, {grace_met_24m} after a "
            "late notice within its grace; none is missing."
        ),
        phrase("{filings_late_24m} of {filings_due_24m} reports of 24 months came late, none is missing."),
        phrase("Reports of 24 months that came late: {filings_late_24m}; none is missing."),
        phrase("Some of its reports of 24 months came late, none is missing."),
    ),
    fails=(
        phrase(
            "Missing of the {filings_due_24m} reports of 24 months: "
            "{filings_missing_24m}; late notices whose "
            "grace was missed: {grace_missed_24m}."
        ),
        phrase("Missing of the {filings_due_24m} reports of 24 months: {filings_missing_24m}."),
        phrase("Reports of 24 months that are missing: {filings_missing_24m}."),
        phrase("It has ended its reporting obligation, or reports of 24 months are missing."),
    ),
    unknown=phrase("It is not known whether its reports came on time."),
    weight=3,
    unit="count",
    kinds=(EQUITY,),
    families=(FILINGS,),
    decided_by=("filings.filings_due_24m",),
    measures=(
        "filings_due_24m",
        "filings_late_24m",
        "filings_missing_24m",
        "grace_met_24m",
        "grace_missed_24m",
    ),
    bands=(LATE, MISSING, GRACE_MET, GRACE_MISSED, REPORTS_NO_MORE),
    remedy=phrase("The missing report filed, and two years on time."),
)
def filings_on_time(m: Measured) -> tuple[Values, ...]:
    """After a late notice prices keep drifting down, more so when the grace period is missed too. While a
    report is missing there is no current figure to judge the company by; after a Form 15 none will come."""
    # Who tells what is missing has looked whether reports are owed at all.
    no_more = m["deregistered"].fillna(m["filings_missing_24m"] * 0)
    late, missing = m["filings_late_24m"], m["filings_missing_24m"]
    return late, missing, m["grace_met_24m"], m["grace_missed_24m"], no_more


@criterion(
    title=phrase("Going concern"),
    question=phrase(
        "Is there no substantial doubt about the company's ability to continue as a going concern?"
    ),
    passes=phrase("Neither auditor nor management states substantial doubt about the going concern."),
    cautions=phrase(
        "Substantial doubt was raised about the going concern and alleviated by management's plans."
    ),
    fails=phrase("Substantial doubt is stated about the company's ability to continue as a going concern."),
    unknown=phrase("It is not known whether a going-concern doubt is stated."),
    weight=3,
    unit="score",
    kinds=(EQUITY,),
    families=(FILINGS,),
    decided_by=("filings.going_concern",),
    bands=GOING_CONCERN,
    remedy=phrase("A report without a going-concern doubt."),
)
def going_concern(m: Measured) -> Values:
    """When auditor or management doubt that the company survives a year, new funding is needed soon, on the
    investors' terms."""
    return m["going_concern_level"]


@criterion(
    title=phrase("Official channels"),
    question=phrase(
        "Are there three official channels that link to each other, with a website at least half a year old?"
    ),
    passes=(
        phrase("Official channels known: {value}; age of the website {site_age_days}."),
        phrase("Official channels known: {value}."),
    ),
    cautions=phrase("Official channels known: {value}; few, recent or not linked to each other."),
    fails=phrase("It has no official channel."),
    unknown=phrase("Its official channels are not known."),
    weight=2,
    unit="count",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    decided_by=("disclosure.channels",),
    measures=("site_age_days",),
    bands=(CHANNELS, SITE_AGE, LINKED),
    remedy=phrase("A website and accounts that link to each other, kept for half a year."),
)
def official_channels(m: Measured) -> tuple[Values, Values, Values]:
    """Holders need verifiable sources: a website, a repository, accounts that the website links to. Without
    them a project cannot be distinguished from an impostor."""
    return m["channels_count"], m["site_age_days"], m["channels_linked"]


@criterion(
    title=phrase("Roadmap and development activity"),
    question=phrase("Is half of the roadmap delivered, and is the code actively developed?"),
    passes=(
        phrase("{value} of its roadmap is delivered; {commits_90d} commits in 90 days."),
        phrase("{value} of its roadmap is delivered; development activity is not known."),
        phrase("{commits_90d} commits in 90 days; roadmap delivery is not known."),
        phrase("Its code saw {commits_4w} changes in four weeks alone; what it delivered is not known."),
    ),
    cautions=(
        phrase("Partly: {value} of its roadmap delivered, {commits_90d} commits in 90 days."),
        phrase("Partly: {value} of its roadmap delivered."),
        phrase("Partly: {commits_90d} commits in 90 days."),
    ),
    fails=(
        phrase("Inactive: {value} of its roadmap delivered, {commits_90d} commits in 90 days."),
        phrase("Inactive: {value} of its roadmap delivered."),
        phrase("Inactive: {commits_90d} commits in 90 days."),
    ),
    unknown=phrase("Neither roadmap delivery nor development activity is known."),
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    decided_by=("disclosure.commits_90d", "disclosure.commits_4w", "disclosure.roadmap_planned"),
    measures=("commits_90d", "commits_4w"),
    bands=(ROADMAP, COMMITS),
    remedy=phrase("Delivered milestones, and public development activity."),
)
def roadmap(m: Measured) -> tuple[Values, Values]:
    """Plans cost nothing: past delivery shows what present plans are worth. Active development shows in the
    code; commits can be faked, so this weighs little."""
    # In 90 days there are no fewer than in the last four weeks of them: enough of these is enough.
    at_least = m["commits_4w"].where(m["commits_4w"] >= COMMITS.passes)
    return m["roadmap_delivered_share"], m["commits_90d"].fillna(at_least)


@criterion(
    title=phrase("Paid promotion"),
    question=phrase("Is there no paid promotion?"),
    passes=phrase("No paid advertisements or boosts are known."),
    cautions=(
        phrase("Paid advertisements and boosts: {value}, the last {promotion_age_days} ago."),
        phrase("Paid advertisements and boosts: {value}."),
    ),
    fails=phrase("Paid advertisements and boosts: {value}."),
    unknown=phrase("It is not known whether it is promoted for pay."),
    weight=0,
    unit="count",
    kinds=(TOKEN,),
    unless=("native_coin",),
    families=(DISCLOSURE,),
    decided_by=("disclosure.paid_promotions",),
    measures=("promotion_age_days",),
    bands=PROMOTIONS,
    remedy=phrase("Nothing: a paid promotion stays on record."),
)
def paid_promotion(m: Measured) -> Values:
    """Paid promotion finds buyers for a seller; a trending slot is for sale. Honest projects advertise as
    well, and no labelled set separates the two: it is shown and does not count."""
    return m["paid_promotions"]


@criterion(
    title=phrase("Copycat of a listed name"),
    question=phrase("Is its name distinct from those of listed tokens?"),
    passes=phrase("No listed token has its name."),
    cautions=phrase("A listed token has the same name: verify the contract address."),
    fails=phrase("Its name imitates another one in look-alike letters."),
    unknown=phrase("The name in its contract is not known."),
    weight=1,
    unit="score",
    kinds=(TOKEN,),
    unless=("native_coin",),
    families=(CONTRACT,),
    decided_by=("contract.mint_authority", "contract.verified_source", "contract.creator_address"),
    bands=COPYCAT,
    remedy=phrase("A listing in a register, or a distinct name."),
)
def copycat(m: Measured) -> Values:
    """Anybody may give a token any name; who takes that of a known one sells to buyers who mean that one. The
    contract's address tells them apart, the name does not. The page names whom it looks like."""
    return m["copycat_level"]


@criterion(
    title=phrase("Deployer history"),
    question=phrase("Has the deployer launched at most one earlier token, and no known scam?"),
    passes=phrase("Earlier tokens of the deployer: {value}."),
    cautions=phrase("The deployer launched {value} tokens before this one."),
    fails=(
        phrase("Earlier tokens of the deployer: {value}; known scams among them: {creator_rugs}."),
        phrase("Earlier tokens of the deployer: {value}."),
        phrase("Known scams among the deployer's earlier tokens: {creator_rugs}."),
    ),
    unknown=phrase("The deployer's earlier tokens are not known."),
    weight=2,
    unit="count",
    kinds=(TOKEN,),
    unless=("native_coin",),
    families=(CONTRACT,),
    decided_by=("contract.creator_earlier_tokens", "contract.creator_rugs"),
    measures=("creator_rugs",),
    bands=(EARLIER_TOKENS, RUGS),
    remedy=phrase("Nothing: the history of a deployer does not change."),
)
def deployer(m: Measured) -> tuple[Values, Values]:
    """A deployer with a row of dead tokens will probably abandon this one too. A new account hides it, so a
    clean record proves little. Does not apply to a native coin, which nobody deployed."""
    rugs = m["creator_rugs"]
    # A known scam is an earlier token, be the others counted or not: it fails, and is not unknown.
    return m["creator_earlier_tokens"].fillna(rugs.where(rugs > 0)), rugs


@criterion(
    title=phrase("Beneish M-score"),
    question=phrase("Is the Beneish M-score below the level of likely earnings manipulators?"),
    passes=phrase("Its M-score is {value}, unlike that of manipulators."),
    cautions=phrase("Its M-score is {value}, in between."),
    fails=phrase("Its M-score is {value}, like that of companies that manipulated their earnings."),
    unknown=phrase("Too few of its figures of two years are known."),
    weight=1,
    unit="index",
    kinds=(EQUITY,),
    except_financial=True,
    unless=("pre_revenue",),
    families=(FUNDAMENTALS,),
    decided_by=("fundamentals.receivables_usd",),
    bands=BENEISH,
    remedy=phrase("An annual report with receivables, margins and accruals back to normal."),
)
def beneish(m: Measured) -> Values:
    """Eight ratios, such as receivables growing faster than sales, falling margins and capitalised costs,
    that differed between earnings manipulators and others. Many honest companies fail it. Most of the ratios
    divide by sales, so that a company without any is not asked."""
    return m["beneish_m"]


@criterion(
    title=phrase("Auditor changes and restatements"),
    question=phrase("Has there been no auditor change and no withdrawn report in 24 months?"),
    passes=phrase("No auditor dismissal or resignation and no withdrawn report in 24 months."),
    cautions=(
        phrase(
            "In 24 months: auditors dismissed {auditor_dismissals_24m}, resigned {auditor_resignations_24m}, "
            "reports withdrawn {reports_withdrawn_24m}."
        ),
        phrase("A new auditor or a withdrawn report in 24 months."),
    ),
    fails=(
        phrase(
            "Changes of the auditor and withdrawn reports in 24 months: {value}; dismissed "
            "{auditor_dismissals_24m}, resigned {auditor_resignations_24m}, "
            "withdrawn {reports_withdrawn_24m}."
        ),
        phrase("Changes of the auditor and withdrawn reports in 24 months: {value}."),
    ),
    unknown=phrase("It is not known whether it changed its auditor, why, or whether it withdrew a report."),
    weight=2,
    unit="count",
    kinds=(EQUITY,),
    families=(FILINGS, EVENTS),
    decided_by=("filings.auditor_changes_24m",),
    measures=("auditor_dismissals_24m", "auditor_resignations_24m", "reports_withdrawn_24m"),
    bands=AUDITOR_TROUBLES,
    remedy=phrase("Two years with one auditor and no restated report."),
)
def auditor(m: Measured) -> Values:
    """Every other figure on this page rests on the statements. Who has to withdraw them was wrong once; who
    changes the auditor may have been asked what they would not answer. That the audit firm was sold, or left
    the business, is no change that anybody chose."""
    least, most = (
        m[name].to_numpy(dtype=float) for name in ("auditor_troubles_24m", "auditor_troubles_24m_most")
    )
    return pd.Series(settled(AUDITOR_TROUBLES, least, most), index=m.index)


@criterion(
    title=phrase("Suspensions, enforcement and promotion"),
    question=phrase("Is there neither a trading suspension nor an enforcement release nor paid promotion?"),
    passes=phrase("No suspension, no enforcement release within 24 months, no paid promotion."),
    cautions=phrase("No warning was known at the last check."),
    fails=phrase("Suspension, enforcement release within 24 months or paid promotion: {value} of the three."),
    unknown=(
        phrase("Suspension, enforcement release, paid promotion: {venue_warnings_read} of 3 checked."),
        phrase("It is not known whether there is a suspension, an enforcement release or promotion."),
    ),
    weight=3,
    unit="count",
    kinds=(EQUITY,),
    families=(VENUE,),
    decided_by=("venue.suspended_24m", "venue.enforcement_24m", "venue.paid_promotion"),
    measures=("venue_warnings_read",),
    bands=WARNINGS,
    remedy=phrase("The end of the suspension, or two years after the release."),
)
def warnings(m: Measured) -> Values:
    """The SEC suspends trading when it doubts the information investors are given. Paid promotion finds
    buyers for insiders who want to sell."""
    return m["venue_warnings_count"]


@criterion(
    title=phrase("Reg SHO threshold list"),
    question=phrase("Is it absent from the Reg SHO threshold list of persistent delivery failures?"),
    passes=phrase("It is not on the threshold list."),
    cautions=phrase("It is on the threshold list: persistent failures to deliver its shares."),
    fails=phrase("It is on the threshold list."),
    unknown=phrase("It is not known whether it is on the threshold list."),
    weight=1,
    unit="score",
    kinds=(EQUITY,),
    families=(VENUE,),
    decided_by=("venue.threshold_list",),
    bands=THRESHOLD_LIST,
    remedy=phrase("Settlement of the failed deliveries."),
)
def threshold_list(m: Measured) -> Values:
    """Persistent failures to deliver are a sign of heavy short selling or of scarce shares. Either makes the
    price volatile."""
    return m["on_threshold_list"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    verified_source,
    audit,
    team,
    official_channels,
    roadmap,
    paid_promotion,
    copycat,
    deployer,
    filings_on_time,
    going_concern,
    beneish,
    auditor,
    warnings,
    threshold_list,
)
