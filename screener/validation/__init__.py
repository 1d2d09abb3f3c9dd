"""Validation (backtesting): the checklist held against tables whose outcome is known.

A table and a mapping (a TOML file) become facts, the facts go through the same measures, criteria
and scoring as any asset's, and the scores are compared with what happened. Plain Python: no Django,
no clock, no network.
"""
