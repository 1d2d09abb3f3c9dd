"""What is kept in a reader's browser: a list, which grows on purpose only (ASVS 8.2.2)."""

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
STORES = re.compile(
    r"\b(localStorage|sessionStorage|indexedDB|cookieStore|caches|document\.cookie)\b"
    r"(?:\.(?:set|get|remove)Item\((\w+|\"[^\"]*\"))?"
)
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
KEPT_BY_SCRIPTS = {("screener.js", "localStorage", "DENSITY")}
COOKIES = {
    ("screener/views/desk/preferences.py", "'theme'"),
    ("screener/views/desk/preferences.py", "settings.LANGUAGE_COOKIE_NAME"),
    ("screener/views/desk/preferences.py", "POSITION_COOKIE"),
    ("screener/views/chosen_assets.py", "CHOSEN_COOKIE"),
    ("screener/views/accounts/known_browser.py", "settings.KNOWN_BROWSER_COOKIE_NAME"),
}


def test_scripts_keep_nothing_but_this():
    assert len(SCRIPTS) > 5
    found = {
        (path.name, store, key) for path in SCRIPTS for store, key in STORES.findall(_code(path.read_text()))
    }
    assert found == KEPT_BY_SCRIPTS


def _code(script):
    return re.sub(r"(?m)(^|\s)//.*$", "", script)


def test_pages_have_no_script_of_their_own_and_htmx_keeps_none_of_them():
    texts = {path.name: path.read_text() for path in TEMPLATES}
    assert [name for name, text in texts.items() if STORES.search(text)] == []
    assert [name for name, text in texts.items() if re.search(r"<script(?![^>]*\bsrc=)", text)] == []
    assert '"historyCacheSize": 0' in texts["base.html"]


def test_views_set_no_other_cookies():
    found = set()
    for path in sorted((ROOT / "screener").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SETS_A_COOKIE:
                found.add((str(path.relative_to(ROOT)), ast.unparse(node.args[0])))
    assert found == COOKIES


SETS_A_COOKIE = {"set_cookie", "set_signed_cookie"}


def test_cookies_of_libraries_are_these():
    """Of those that middleware sets: no other one of an app or of its own was switched on."""
    assert settings.MESSAGE_STORAGE == "django.contrib.messages.storage.fallback.FallbackStorage"
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert not settings.CSRF_USE_SESSIONS
