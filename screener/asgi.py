"""The application that the web server runs: pages by WSGI, behind admission control."""

from screener.admission.front import Front
from screener.wsgi import application as pages

application = Front(pages)
