"""The WSGI application that the web server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from screener.limits import limit_kept_pages, limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")

application = get_wsgi_application()
limit_statements(settings.WEB_STATEMENT_S)
limit_kept_pages()
