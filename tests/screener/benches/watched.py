"""Watched files of slow benches: what they measure, beside their own folder of tests."""

BENCHES = ("screener/benches", "screener/management/commands/bench.py", "screener/models")
STARTED = ("screener/settings.py", "screener/configuration.py", "screener/urls.py", "screener/supervisor")
PAGES = (
    *BENCHES,
    *STARTED,
    *("screener/services", "screener/views", "screener/templatetags", "screener/words", "templates"),
    *("screener/screens", "screener/universe", "screener/checklist"),
)
SCORES = (*BENCHES, *STARTED, "screener/services/scoring", "screener/checklist", "assets")
FACTS = (*BENCHES, *STARTED, "screener/migrations", "assets")
