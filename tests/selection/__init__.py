"""Test selection: which tests a run can do without, and never more than is certain."""
