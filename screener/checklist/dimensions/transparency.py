"""Is enough told, by people one can name, and has somebody checked it?"""

from typing import Final

import pandas as pd

from assets.metrics.families import DISCLOSURE, EQUITY, FILINGS, TOKEN
from screener.checklist.bands import AtLeast, AtMost
from screener.checklist.types import Criterion, criterion

# Levels are positions in the tuples of `assets.metrics`: from worst (0) to best (2).
LEVELS = AtLeast(passes=2, cautions=1)
# A missing filing stops an equity: without current numbers there is nothing to judge (design, G).
LATE = AtMost(passes=0, cautions=float("inf"))
MISSING = AtMost(passes=0, cautions=0, gate=0)
GOING_CONCERN = AtMost(passes=0, cautions=1)
AUDIT_AGE = AtMost(passes=365, cautions=float("inf"))
AUDITS = AtLeast(passes=1, cautions=1)
# Thresholds: design, checklist.md §4 (judgement, to be calibrated).
CHANNELS = AtLeast(passes=3, cautions=1)
ROADMAP = AtLeast(passes=0.5, cautions=0.01)
COMMITS = AtLeast(passes=30, cautions=1)


@criterion(
    title="Audit",
    question="Has a named firm audited it within the last 12 months?",
    says="Its audits reach level {value}: 2 is fresh and of what is deployed, 1 older or partial, 0 none.",
    missing="Nobody tells whether it was audited.",
    weight=2,
    unit="level",
    families=(DISCLOSURE,),
    figures=("audit_age_days",),
    bands=(AUDIT_AGE, AUDITS),
)
def audit(m: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """An audit is one firm's look at one version on one day. Read its conclusion and what it left out: both
    stand on this page."""
    return m["audit_age_days"], m["audit_count"]


@criterion(
    title="Team",
    question="Is the team named and can it be checked?",
    says="Its team reaches level {value}: 2 is named, 1 pseudonymous with a history, 0 unknown people.",
    missing="Nobody tells who is behind it.",
    weight=2,
    unit="level",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    bands=LEVELS,
)
def team(m: pd.DataFrame) -> pd.Series:
    """People with a name have something to lose besides your money."""
    return m["team_level"]


@criterion(
    title="Official channels",
    question="Are there at least three official channels?",
    says="{value} official channels are known.",
    missing="No official channel is known.",
    weight=2,
    unit="count",
    families=(DISCLOSURE,),
    bands=CHANNELS,
)
def official_channels(m: pd.DataFrame) -> pd.Series:
    """News must reach holders from a source they can check: a site, a repository, filings, an account that
    the site itself names."""
    return m["channels_count"]


@criterion(
    title="Roadmap delivered",
    question="Has at least half of the announced roadmap been delivered?",
    says="{value} of the announced roadmap has been delivered.",
    missing="No roadmap with delivered items is known.",
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    bands=ROADMAP,
)
def roadmap(m: pd.DataFrame) -> pd.Series:
    """Promises are cheap; kept ones are a record."""
    return m["roadmap_delivered_share"]


@criterion(
    title="Work on the code",
    question="Did the public repository see at least 30 commits in 90 days?",
    says="The public repositories saw {value} commits in 90 days.",
    missing="No public repository is known.",
    weight=1,
    unit="count",
    kinds=(TOKEN,),
    families=(DISCLOSURE,),
    bands=COMMITS,
)
def code_activity(m: pd.DataFrame) -> pd.Series:
    """A project that is being built shows it in its repository; one that was only announced does not."""
    return m["commits_90d"]


@criterion(
    title="Filings on time",
    question="Were all filings of the last 24 months made on time?",
    says="Of the filings of 24 months {filings_late_24m} came late and {filings_missing_24m} are missing.",
    missing="Its filings are not known.",
    weight=3,
    unit="level",
    kinds=(EQUITY,),
    families=(FILINGS,),
    figures=("filings_late_24m", "filings_missing_24m"),
    bands=(LATE, MISSING),
)
def filings_on_time(m: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """After a late notice prices keep drifting down, more so when the grace period is missed. A missing
    filing stops the asset: there is no current number to judge it by."""
    return m["filings_late_24m"], m["filings_missing_24m"]


@criterion(
    title="Going concern",
    question="Is the company free of doubt about going on for a year?",
    says="Doubt about going on reaches level {value}: 2 is none, 1 alleviated, 0 stated.",
    missing="Whether there is a going-concern doubt is not known.",
    weight=3,
    unit="level",
    kinds=(EQUITY,),
    families=(FILINGS,),
    bands=GOING_CONCERN,
)
def going_concern(m: pd.DataFrame) -> pd.Series:
    """When auditor or management doubts that the company lasts a year, new money is needed soon, on terms
    that others set."""
    return m["going_concern_level"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    audit,
    team,
    official_channels,
    roadmap,
    code_activity,
    filings_on_time,
    going_concern,
)
