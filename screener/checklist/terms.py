"""Terms of the field that pages use beside the titles of criteria, each with its meaning."""

from typing import Final

from screener.checklist.types import phrase

TERMS: Final = (
    (phrase("8-K"), phrase("Current report of a US company on a material event, by numbered items.")),
    (
        phrase("AMM pool"),
        phrase("Automated market maker: a pair of token reserves that prices trades by formula."),
    ),
    (phrase("Amihud illiquidity"), phrase("Average absolute return per dollar of daily volume.")),
    (
        phrase("ATM programme"),
        phrase("At-the-market offering: new shares sold into the market in small lots."),
    ),
    (
        phrase("AUC"),
        phrase("Area under the ROC curve: the chance that a bad case ranks as riskier than a good one."),
    ),
    (
        phrase("Baby-shelf limit"),
        phrase(
            "Companies with a public float below $75 million may sell at most a third of it on Form S-3 "
            "in twelve months."
        ),
    ),
    (
        phrase("Bonding curve"),
        phrase("Formula by which a launchpad sells a token at a price that rises with sales."),
    ),
    (phrase("Brier score"), phrase("Mean squared error of a forecast probability: 0 is perfect.")),
    (phrase("Circulating supply"), phrase("Units that can trade now.")),
    (phrase("Cliff"), phrase("Unlock of a large amount at once.")),
    (phrase("Coverage"), phrase("Part of a checklist's weight that could be answered for an asset.")),
    (phrase("Criterion"), phrase("One question of the checklist, with its thresholds and its weight.")),
    (phrase("Dust"), phrase("Balance too small to matter.")),
    (
        phrase("EDGE"),
        phrase(
            "Estimator of the bid–ask spread from open, high, low and close (Ardia, Guidotti and Kroencke "
            "2024)."
        ),
    ),
    (
        phrase("Fails to deliver"),
        phrase("Shares sold and not delivered by settlement; published by the SEC."),
    ),
    (
        phrase("FDV"),
        phrase(
            "Fully diluted valuation: price × maximum supply, or × total supply where no maximum is known."
        ),
    ),
    (phrase("Freeze authority"), phrase("Account that may freeze token accounts, on Solana.")),
    (
        phrase("Gate"),
        phrase("A criterion whose fail alone is reason to stop: an open gate caps the score at 20."),
    ),
    (phrase("Gini coefficient"), phrase("Inequality of holdings, from 0 (all equal) to 1 (one owner).")),
    (
        phrase("Liquidity pull"),
        phrase("Removal of a pool's reserves by who controls its LP tokens; a rug pull."),
    ),
    (
        phrase("LP token"),
        phrase("Share in a pool, given to a liquidity provider; burned or locked, it cannot be redeemed."),
    ),
    (phrase("Market cap"), phrase("Price × circulating supply, or × shares outstanding.")),
    (
        phrase("Micro-cap"),
        phrase("Asset with a small market cap; the limits stand in the settings of this installation."),
    ),
    (phrase("Observation"), phrase("One answer of a source, stored word for word, on which facts rest.")),
    (phrase("Price impact"), phrase("The part of slippage that a trade's own size causes.")),
    (phrase("Proxy"), phrase("Contract whose logic can be replaced by an admin.")),
    (phrase("Public float"), phrase("Shares held by non-affiliates, or their value.")),
    (phrase("Rug pull"), phrase("Fraud in which the makers of a token take out its liquidity.")),
    (
        phrase("Shelf registration"),
        phrase("Registration (Form S-3) under which securities are sold over three years."),
    ),
    (phrase("Slippage"), phrase("Difference between the expected and the executed price.")),
    (
        phrase("Timelock"),
        phrase("Contract that delays the actions of an admin, so that they can be seen beforehand."),
    ),
    (phrase("TTM"), phrase("Trailing twelve months.")),
    (phrase("TVL"), phrase("Total value locked: what users have deposited in a protocol.")),
    (phrase("Vesting"), phrase("Release of tokens or shares by schedule.")),
    (phrase("Wash trading"), phrase("Trades of one party with itself, to feign activity.")),
)
"""Terms that pages use beside the titles, in the order of the alphabet."""
