"""Names that nobody can mistake for real ones: places that are on no map, symbols that begin with `X_`."""

from typing import Final

HEADS: Final = (
    "Quill",
    "Ember",
    "Moss",
    "Lantern",
    "Thistle",
    "Brindle",
    "Hollow",
    "Saffron",
    "Wicker",
    "Tarn",
)
MIDDLES: Final = ("wick", "ford", "mere", "holt", "combe", "garth", "stead", "beck", "thorpe", "low")
TAILS: Final = {
    "token": ("Protocol", "Network", "Finance", "Labs", "Coin", "Swap", "Grid"),
    "equity": ("Holdings", "Mining", "Software", "Biotech", "Energy", "Industries", "Retail"),
}


def name_of(index: int, kind: str) -> str:
    """`Quillford Protocol 12`: the number keeps names apart and says that they are made up."""
    head, middle = HEADS[index % len(HEADS)], MIDDLES[index // len(HEADS) % len(MIDDLES)]
    tail = TAILS[kind][index // 7 % len(TAILS[kind])]
    return f"{head}{middle} {tail} {index}"


def symbol_of(index: int) -> str:
    return f"X_{HEADS[index % len(HEADS)][0]}{MIDDLES[index // len(HEADS) % len(MIDDLES)][0]}{index}".upper()


def address_of(index: int, what: str = "0000") -> str:
    """Shaped like an address and visibly none."""
    return f"0xSANDBOX{what}{index:0>29}"
