"""Thresholds of the criteria, one module per dimension.

Rows of (measures, state): a good value, the exact thresholds, beyond them, not known.
"""
