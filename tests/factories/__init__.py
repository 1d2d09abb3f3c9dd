"""Factories: what tests build things with, one module per subject. No test module imports another one."""
