"""Queries that somebody might send who means no question: nonsense, and texts that are slow to read."""

from hypothesis import strategies as st

WORDS = [
    *("and", "or", "not", "(", ")", '"', "“", "”", "\\", ",", ":", "~", "..", "<", "<=", "≥", "!=", "=", " "),
    *("market_cap", "score", "chain", "solana", "tag:", "gate:", "state:", "transparency.audit", "fail"),
    *(
        "missing:",
        "watch:",
        "any",
        "changed:",
        "7d",
        "pct(",
        "exit_days(",
        "100m",
        "40%",
        "$5",
        "-1",
        "1,000",
    ),
]
NONSENSE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet='ab1 .,:~<>=!()"“”\\%$-\x00\ud800\u2028', max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=16).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=16).map(" ".join),
)

HOSTILE = {
    "brackets": "(" * 10_000,
    "short brackets": "(" * 1_999,
    "nots": "not " * 499,
    "quotes": '"' * 1_999,
    "backslashes": '"' + "\\" * 1_998,
    "dots": "price:" + "." * 1_990,
    "digits": "price:1" + "1." * 990,
    "commas": "price < " + "1," * 990 + "1",
    "spaces": "price < 5" + " " * 1_980 + "!",
    "signs": "<" * 1_999,
    "a long name": "market_cap" * 190 + " < 5",
    "a long range": "price " + "1" * 990 + ".." + "1" * 990 + "x",
    "many terms": "a " * 999,
    "many ors": "a or " * 399 + "a",
    "many labels": "chain:" + "a," * 990 + "a",
    "many unknown": "zz<5 " * 399,
    "exponents": "price < 1e" + "9" * 1_900,
    "loose": "a " + "1.," * 660,
    "long": "a <" * 5_000,
}
