"""Levels of coded measures in words: what 0, 1, 2 … of a mint authority, a venue or a doubt stand for.

A band with levels writes its thresholds in these words. None of them holds a comma: they are listed by it.
"""

from typing import Final

from assets.metrics.family import gettext_noop as phrase

MINT_AUTHORITY: Final = (
    phrase("nobody"),
    phrase("a DAO"),
    phrase("a timelock"),
    phrase("a program of unknown control"),
    phrase("a wallet"),
)
VENUE: Final = (
    phrase("an exchange"),
    "OTCQX",
    "OTCQB",
    "OTCID",
    phrase("Pink Limited"),
    phrase("Expert Market"),
    phrase("grey market"),
    "Caveat Emptor",
)
LISTING: Final = (
    phrase("in good standing"),
    phrase("deficiency notice"),
    phrase("decision to delist"),
    phrase("suspended or struck"),
)
BANKRUPTCY: Final = (phrase("none"), phrase("over or a subsidiary's"), phrase("pending"))
TEAM: Final = (phrase("nobody is named"), phrase("pseudonyms"), phrase("named people"))
GOING_CONCERN: Final = (
    phrase("no substantial doubt"),
    phrase("doubt alleviated by management's plans"),
    phrase("substantial doubt"),
)
POWERS: Final = (phrase("nobody"), phrase("a DAO or a timelock"), phrase("an account at once"))
TRADE_LIMITS: Final = (
    phrase("none"),
    phrase("sales or holdings limited"),
    phrase("cannot be bought"),
)
VERIFIED: Final = (phrase("not verified"), phrase("verified"))
THRESHOLD_LIST: Final = (phrase("not on the list"), phrase("on the list"))
LAUNCH: Final = (phrase("on sale"), phrase("completed"))
COPYCAT: Final = (
    phrase("a name of its own"),
    phrase("the name of a listed token"),
    phrase("letters that only look alike"),
)
YES_NO: Final = (phrase("no"), phrase("yes"))

LEVELS: Final = {"venue_level": VENUE}
"""By measure, where a range of it is told outside of a band."""
