"""How far the processes that keep columns are with the scorecards: who is left behind shows old ratings.

In a folder of all processes, so that whichever answers `/metrics` speaks for all that live. One that nobody
asks looks for nothing, and shows nothing old either: it is behind only where it looked and failed.
"""

from prometheus_client import Gauge

REVISION = Gauge(
    "assay_universe_revision", "Newest scorecard that any process knows", multiprocess_mode="livemax"
)
BEHIND = Gauge(
    "assay_universe_behind",
    "1 while a process could not take up new scorecards when it last tried",
    multiprocess_mode="livemax",
)
