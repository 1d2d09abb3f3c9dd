"""Process supervision for `manage.py up`: starts broker, worker and web server, and leaves none behind."""

from screener.supervisor.child import ServiceError
from screener.supervisor.local import local_services

__all__ = ["ServiceError", "local_services"]
