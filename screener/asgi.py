"""The application that the web server runs: a front with admission control, and page processes behind it."""

import os
import sys
from typing import Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")

from django.conf import settings

from screener.admission.front import Front
from screener.admission.page_processes import PageProcesses

PAGE_PROCESS: Final = (sys.executable, "-m", "screener.page_process")

application: Final = Front(PageProcesses(PAGE_PROCESS, count=settings.PAGE_PROCESSES))
