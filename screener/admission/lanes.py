"""Limits of one web process: how many pages, expensive questions and downloads it has at once."""

from typing import Final

from screener.admission.gate import AdmissionGate

PAGES: Final = AdmissionGate(at_once=4, waiting=24, wait_s=3.0)
"""Requests that Django works on, each in a thread that keeps its connection to the database."""

EXPENSIVE: Final = AdmissionGate(at_once=1, waiting=1, wait_s=2.0)
"""Questions that read or write what all assets have. Fewer than `PAGES`, so that others go on meanwhile."""

DOWNLOADS: Final = AdmissionGate(at_once=8, of_one=1)
"""Files that are made, or on their way to a reader, who may stop reading."""

SHEETS: Final = AdmissionGate(at_once=1)
"""Workbooks that are being read, each in a process of its own."""
