"""Loaded by pytest before Django: the environment that tests run in."""

import os
import tempfile

os.environ.setdefault("ASSAY_DEBUG", "true")
os.environ.setdefault("ASSAY_STATE_DIR", tempfile.mkdtemp(prefix="assay-test-"))
os.environ.setdefault("ASSAY_DATABASE_URL", "sqlite://:memory:")
