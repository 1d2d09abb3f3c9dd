"""What `manage.py up` runs on: starts the broker, the worker and the web server, and leaves none behind."""

from screener.supervisor.child import ServiceError
from screener.supervisor.local import local_services

__all__ = ["ServiceError", "local_services"]
