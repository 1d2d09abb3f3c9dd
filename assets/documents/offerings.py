"""Offerings: what a prospectus or an 8-K offers, by whom, how, for how much, and with which warrants.

Kinds follow who sells and how (17 CFR 230.415, 230.424): an ATM is sold into the market from time to time, a
registered direct offering to named buyers, one on best efforts by an agent to the public, an underwritten
one by a bank that buys it; a shelf only registers what may be sold, and a resale raises nothing. Nor do
depositary receipts for shares that exist and are deposited (Form F-6). Amounts are in dollars as the document
gives them; one that is not given is the shares at their price.
"""

from dataclasses import dataclass

from assets.documents.text import TextPassage


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """One offering. `amount_usd` is the most where `is_most`; `room_usd` what is left of it to be sold.

    `warrants` are those that come with the shares, without pre-funded ones, which are shares but for a cent.
    `float_*` are the figures of the baby-shelf limit (General Instruction I.B.6 of Form S-3).
    """

    kind: str
    side: str = "primary"
    passage: TextPassage | None = None
    amount_usd: float | None = None
    is_most: bool = False
    room_usd: float | None = None
    price_usd: float | None = None
    shares: float | None = None
    prefunded: float | None = None
    warrants: float | None = None
    warrant_strike_usd: float | None = None
    warrant_years: float | None = None
    is_baby_shelf: bool = False
    float_usd: float | None = None
    float_shares: float | None = None
    float_price_usd: float | None = None
