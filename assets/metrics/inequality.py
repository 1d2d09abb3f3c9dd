"""Gini coefficient of holdings. Reported beside the score only: it hangs on how much dust is counted."""

from assets.metrics.columns import Column, Groups, ratio


def gini(list_of: Groups, share: Column) -> Column:
    """Gini coefficient Σᵢ Σⱼ |xᵢ − xⱼ| / (2n²x̄): 0 when all hold alike, 1 − 1/n when one of n holds all.

    Of a list from large to small, where it is Σ (n − 1 − 2p)·x / (n Σ x) with a share's place p from 0;
    NaN without a row and when nobody holds anything. Source: blockchainlab.inf.ed.ac.uk/edi-dashboard.
    """
    n = list_of.count()
    weighted = (n[list_of.owner] - 1 - 2 * list_of.place()) * share
    return ratio(list_of.strict_total(weighted), n * list_of.strict_total(share))
