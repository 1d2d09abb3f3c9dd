"""Burn addresses: those of which nobody can have the key, so that what is sent there is gone.

By form, since no list is complete: a hash that is one digit repeated, or nothing but a small number or
the word "dead" in zeros, can't have been found by trying (a vanity address costs 16^n or 58^n attempts).
Single ones stand in `LISTED`.
"""

import re
from typing import Final

from assets.identity.checksums import BASE58, checked_bytes

LISTED: Final = frozenset(
    {
        # etherscan.io/accounts/label/burn
        "0xdead000000000000000042069420694206942069",
        "0x00000000000000000000045261d4ee77acdb3286",
        # docs.solana.com, solana-program/sbf programs: the incinerator, whose balance is burned each block
        "1nc1nerator11111111111111111111111111111111",
        # tronscan.org: the genesis account "Blackhole"
        "TLsV52sRDL79HXGGm9yzwKibb6BeruhUzy",
        # xrpl.org/docs/concepts/accounts/addresses#special-addresses
        "rrrrrrrrrrrrrrrrrrrrrhoLvTp",
        "rrrrrrrrrrrrrrrrrrrrBZbvji",
        "rrrrrrrrrrrrrrrrrNAMEtxvNvQ",
        "rrrrrrrrrrrrrrrrrrrn5RM1rHd",
        # github.com/ton-blockchain: the zero account in its bounceable form
        "EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9c",
        # stellar.org: the key of 32 zero bytes
        "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF",
    }
)

HEX: Final = re.compile(r"0x([0-9a-f]{40,64})")
SMALL_DIGITS: Final = 4
"""0x0…0001 to 0x0…ffff: the zero address, precompiled contracts and the like."""
WORDS: Final = re.compile(r"(?:dead|beef)*dead(?:dead|beef)*")
"""Alone, or in zeros before and behind."""
REPEATED: Final = frozenset("012f")
"""Digits whose repetition people burn to. Any other is left a holder: who is burned counts for nothing, so
that a wrong guess would hide the largest one."""
COUNTED: Final = "0123456789" * 8, "0123456789abcdef" * 5
"""Digits that count on and on, from wherever they begin."""
WORD_DIGITS: Final = 16
"""Of a word in zeros: they leave at least 12 bytes of zeros, more than anybody can search for."""
SOLANA_RUN: Final = re.compile(rf"[{BASE58}]*1{{16,}}[{BASE58}]?")
"""Sixteen ones at the end: programs and names of nobody."""
TRON_BYTES: Final = 21


def is_burned(address: str) -> bool:
    """Whether nobody can have the key of this address; of whatever chain, in its canonical form."""
    if address in LISTED or SOLANA_RUN.fullmatch(address):
        return True
    found = HEX.fullmatch(address.lower())
    if found:
        return _is_nobodys(found[1])
    body = checked_bytes(address) if address.startswith("T") else b""
    return len(body) == TRON_BYTES and _is_nobodys(body[1:].hex())


def _is_nobodys(digits: str) -> bool:
    significant = digits.lstrip("0")
    is_repeated = len({*digits}) == 1 and digits[0] in REPEATED
    is_counted = any(digits in each for each in COUNTED)
    if len(significant) <= SMALL_DIGITS or is_repeated or is_counted or WORDS.fullmatch(digits):
        return True
    word = significant.rstrip("0")
    return len(word) <= WORD_DIGITS and bool(WORDS.fullmatch(word))
