"""Is enough told, by people one can name, and has somebody checked it?"""

from typing import Final

from assets.metrics.families import DISCLOSURE, EQUITY, FILINGS, TOKEN
from screener.checklist.bands import AtLeast, AtMost
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# Our judgement, to be calibrated, where no other source stands.
AUDIT_AGE = AtMost(passes=365)
AUDITS = AtLeast(passes=1, cautions=1, of=phrase("audits"), unit="count")
DEPLOYED = AtLeast(passes=1, of=phrase("of what is deployed"), unit="count")
# A year, and the 90 days that a small company has for its 10-K.
AUDITOR_AGE = AtMost(passes=455)
TEAM = AtLeast(passes=2, cautions=1)
CHANNELS = AtLeast(passes=3, cautions=1)
ROADMAP = AtLeast(passes=0.5, cautions=0.01)
COMMITS = AtLeast(passes=30, cautions=1)
# Bartov and Konchitchki: prices drift down after a late notice, more so when the grace period is missed.
LATE = AtMost(passes=0, of=phrase("late"))
MISSING = AtMost(passes=0, cautions=0, gate=0, of=phrase("missing"))
# ASC 205-40: none, alleviated by plans, or stated.
GOING_CONCERN = AtMost(passes=0, cautions=1)


@criterion(
    title=phrase("Audit"),
    question=phrase("Was what is deployed audited by a named firm within 12 months?"),
    passes=phrase("What is deployed was audited {value} ago."),
    cautions=phrase("Its newest audit is {value} old, or is not known to be of what is deployed."),
    fails=phrase("It has no audit."),
    unknown=phrase("It is not known whether and when it was audited."),
    weight=2,
    unit="days",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    bands=(AUDIT_AGE, AUDITS, DEPLOYED),
)
def audit(m: Measured) -> tuple[Values, Values, Values]:
    """An audit is one firm's look at one version on one day, worth something only for the code that runs.
    Read its conclusion and what it left out: both stand on this page."""
    # To pass, an audit must be known to match: one that does not say so is a caution, not a gap in the data.
    return m["audit_age_days"], m["audit_count"], m["audit_matches"].fillna(0.0)


@criterion(
    title=phrase("Team"),
    question=phrase("Are the people behind it named?"),
    passes=phrase("The people behind it are named."),
    cautions=phrase("The people behind it go by pseudonyms."),
    fails=phrase("Nobody stands behind it, not even by a pseudonym."),
    unknown=phrase("It is not known who is behind it."),
    weight=2,
    unit="score",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    bands=TEAM,
)
def team(m: Measured) -> Values:
    """People with a name have something to lose besides your money. A pseudonym with a history has less."""
    return m["team_level"]


@criterion(
    title=phrase("Official channels"),
    question=phrase("Are there at least three official channels?"),
    passes=phrase("{value} official channels are known."),
    cautions=phrase("Only {value} of its official channels are known."),
    fails=phrase("It has no official channel."),
    unknown=phrase("Its official channels are not known."),
    weight=2,
    unit="count",
    families=(DISCLOSURE,),
    bands=CHANNELS,
)
def official_channels(m: Measured) -> Values:
    """News must reach holders from a source that they can check: a site, a repository, an account that the
    site itself names. Whoever has none cannot be told from an impostor."""
    return m["channels_count"]


@criterion(
    title=phrase("Roadmap delivered"),
    question=phrase("Is at least half of the roadmap delivered?"),
    passes=phrase("{value} of its roadmap is delivered."),
    cautions=phrase("Only {value} of its roadmap is delivered."),
    fails=phrase("Nothing of its roadmap is delivered."),
    unknown=phrase("It is not known what of its roadmap is delivered."),
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    bands=ROADMAP,
)
def roadmap(m: Measured) -> Values:
    """Plans cost nothing. What was delivered of earlier ones says what the present ones are worth."""
    return m["roadmap_delivered_share"]


@criterion(
    title=phrase("Work on the code"),
    question=phrase("Did its public code see at least 30 changes in 90 days?"),
    passes=phrase("Its public code saw {value} changes in 90 days."),
    cautions=phrase("Its public code saw only {value} changes in 90 days."),
    fails=phrase("Nobody has worked on its public code for 90 days."),
    unknown=phrase("It is not known how much is worked on its public code."),
    weight=1,
    unit="count",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    bands=COMMITS,
)
def work_on_code(m: Measured) -> Values:
    """A project that is being built shows it in its code; one that was only announced does not. Changes can
    be faked, so this weighs little."""
    return m["commits_90d"]


@criterion(
    title=phrase("Filings on time"),
    question=phrase("Were all reports of the last 24 months filed on time?"),
    passes=phrase("All {filings_due_24m} reports of 24 months came on time."),
    cautions=phrase(
        "{filings_late_24m} of {filings_due_24m} reports of 24 months came late, none is missing."
    ),
    fails=phrase("{filings_missing_24m} of {filings_due_24m} reports of 24 months are missing."),
    unknown=phrase("It is not known whether its reports came on time."),
    weight=3,
    unit="count",
    kinds=(EQUITY,),
    families=(FILINGS,),
    figures=("filings_due_24m", "filings_late_24m", "filings_missing_24m"),
    bands=(LATE, MISSING),
)
def filings_on_time(m: Measured) -> tuple[Values, Values]:
    """After a late notice prices keep drifting down, more so when the grace period is missed too. While a
    report is missing there is no current figure to judge the company by."""
    return m["filings_late_24m"], m["filings_missing_24m"]


@criterion(
    title=phrase("Going concern"),
    question=phrase("Is there no doubt that the company can go on for a year?"),
    passes=phrase("Neither auditor nor management doubts that the company can go on."),
    cautions=phrase("There was doubt that the company can go on; management's plans alleviate it."),
    fails=phrase("Substantial doubt is stated that the company can go on for a year."),
    unknown=phrase("It is not known whether there is doubt that the company can go on."),
    weight=3,
    unit="score",
    kinds=(EQUITY,),
    families=(FILINGS,),
    bands=GOING_CONCERN,
)
def going_concern(m: Measured) -> Values:
    """When those who know the books doubt that the company lasts a year, new money is needed soon, on terms
    that others set."""
    return m["going_concern_level"]


@criterion(
    title=phrase("Audited statements"),
    question=phrase("Did a named firm audit its statements within the last 15 months?"),
    passes=phrase("A named firm audited its statements {value} ago."),
    cautions=phrase("Its newest audited statements are {value} old."),
    fails=phrase("No firm is named that audited its statements."),
    unknown=phrase("It is not known who audited its statements, or when."),
    weight=2,
    unit="days",
    kinds=(EQUITY,),
    families=(DISCLOSURE,),
    bands=(AUDITOR_AGE, AUDITS),
)
def audited_statements(m: Measured) -> tuple[Values, Values]:
    """Every other figure on this page rests on the statements. Without a firm that put its name to them they
    are an advertisement."""
    return m["audit_age_days"], m["audit_count"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    audit,
    team,
    official_channels,
    roadmap,
    work_on_code,
    filings_on_time,
    going_concern,
    audited_statements,
)
