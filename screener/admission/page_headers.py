"""Headers of every answer: what a browser may do with it. Django's middleware says them of pages; here they
are for what is answered before it, from the same settings."""

from csp.utils import build_policy
from django.conf import settings


def headers_of_every_answer() -> dict[str, str]:
    found = {
        "Content-Security-Policy": build_policy(),
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }
    if settings.SECURE_HSTS_SECONDS:
        found["Strict-Transport-Security"] = _strict_transport()
    return found


def _strict_transport() -> str:
    """Browsers heed it over TLS alone, and no proxy of ours lets anything else through."""
    subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}{preload}"
