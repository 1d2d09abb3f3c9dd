"""Calls by which what somebody sent could become code, a command or a statement: where each one stands.

A new one fails here until it is named with what keeps it harmless. Pages have none (ASVS 5.1.2 to 5.3.10).
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    path
    for package in ("assets", "screener")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
REQUEST_BODY = {"body", "read", "readline", "readlines", "__iter__"}
CALLED = {
    "code": {
        *("eval", "exec", "compile", "__import__", "pickle.loads", "pickle.load", "pickle.Unpickler"),
        *("marshal.loads", "marshal.load", "shelve.open", "yaml.load", "yaml.unsafe_load", "dill.loads"),
        *("pd.read_pickle", "pandas.read_pickle", "numpy.load", "np.load", "joblib.load", "pd.eval"),
    },
    "command": {
        *("os.system", "os.popen", "os.execv", "os.execve", "os.execvp", "os.spawnv", "os.posix_spawn"),
        *("subprocess.run", "subprocess.Popen", "subprocess.call", "subprocess.check_call"),
        *("subprocess.check_output", "subprocess.getoutput", "subprocess.getstatusoutput", "pty.spawn"),
        *("asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell"),
    },
    "template": {"Template", "Engine", "engines.from_string", "engine.from_string", "jinja2.Template"},
    "markup": {"mark_safe", "SafeText"},
}
IMPORTED = {
    "xml": ("xml.", "lxml", "libxml2"),
    "directory": ("ldap", "ldap3"),
}
STATEMENT = {"execute", "executemany", "copy", "raw", "extra", "RawSQL"}

NAMED = {
    ("command", "assets/sheets/apart.py"): "our own module, and the workbook on its input",
    ("command", "screener/admission/page_processes.py"): "the page processes, whose command is ours",
    ("command", "screener/supervisor/child.py"): "`manage.py up`",
    ("command", "screener/supervisor/watchdog.py"): "`manage.py up`",
    ("markup", "screener/words/markdown.py"): "what nh3 has left of it",
    ("markup", "screener/words/markup.py"): "numbers, and words and classes of ours",
    ("xml", "assets/providers/nasdaqtrader/halts.py"): "the name of a type; defusedxml reads",
    ("statement", "assets/services/storing/append.py"): "names of our tables and columns",
    ("statement", "screener/services/operation/app_role.py"): "put together and quoted by `sql.SQL`",
    ("statement", "screener/services/retention/growth.py"): "names of our tables and columns",
}
"""Why nothing that somebody sent gets into each of them."""
OF_OPERATORS = ("screener/benches/", "screener/management/", "screener/services/backup/")
"""Run at a command line by whoever may do everything anyway."""


def found_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [getattr(node, "module", None) or "", *(each.name for each in node.names)]
            for kind, prefixes in IMPORTED.items():
                if any(f"{name}.".startswith(prefixes) for name in names):
                    yield kind
        if isinstance(node, ast.ClassDef) and any("ModelForm" in ast.unparse(each) for each in node.bases):
            yield "fields"  # It would take whatever fields its model has, unless it names them.
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            yield from (kind for kind, names in CALLED.items() if called in names)
            yield from ("shell" for each in node.keywords if each.arg == "shell")
            if called.rpartition(".")[2] in STATEMENT and _is_put_together(node):
                yield "statement"
            yield from ("fields" for each in node.keywords if each.arg is None and _is_sent(each.value))


def _is_put_together(call: ast.Call) -> bool:
    """Whether a statement is made of pieces here: `sql.SQL` quotes them, other means do not."""
    text = call.args[0] if call.args else None
    if isinstance(text, ast.Call) and getattr(text.func, "attr", "") == "format":
        return not ast.unparse(text.func).startswith("sql.SQL(")
    return isinstance(text, ast.JoinedStr | ast.BinOp)


def _is_sent(value: ast.expr) -> bool:
    text = ast.unparse(value)
    return any(each in text for each in ("request.POST", "request.GET", "request.FILES", "form.data"))


FOUND = defaultdict(set)
for module in MODULES:
    for kind in found_in(module):
        FOUND[kind].add(str(module.relative_to(ROOT)))


@pytest.mark.parametrize("kind", [*CALLED, *IMPORTED, "shell", "statement", "fields"])
def test_nothing_of_ours_makes_one(kind):
    found = {path for path in FOUND[kind] if not path.startswith(OF_OPERATORS)}
    assert found == {path for each, path in NAMED if each == kind}


SAMPLES = {
    "code": "x = pickle.loads(body)",
    "command": "subprocess.run(words)",
    "template": "Template(text).render()",
    "markup": "mark_safe(text)",
    "xml": "from xml.etree import ElementTree",
    "directory": "import ldap3",
    "shell": "subprocess.run(words, shell=True)",
    "statement": 'cursor.execute(f"SELECT {name}")',
    "fields": "Note.objects.create(**request.POST.dict())",
}
"""What a finding of each kind looks like."""


@pytest.mark.parametrize("kind", SAMPLES)
def test_each_would_be_found(tmp_path, kind):
    (tmp_path / "module.py").write_text(SAMPLES[kind])
    assert kind in {*found_in(tmp_path / "module.py")}


@pytest.mark.parametrize(
    "fine", ['"SELECT 1 WHERE id = %s", [x]', "WITH_STAR, [x]", 'sql.SQL("{}").format(name)']
)
def test_a_statement_with_its_values_beside_it_is_none(tmp_path, fine):
    (tmp_path / "module.py").write_text(f"cursor.execute({fine})")
    assert [*found_in(tmp_path / "module.py")] == []


def test_no_page_reads_json_or_a_body_as_it_came():
    read = set()
    for path in sorted((ROOT / "screener" / "views").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            is_body = isinstance(node, ast.Attribute) and node.attr in REQUEST_BODY
            if is_body and ast.unparse(node.value) in {"request", "self.request"}:
                read.add(str(path.relative_to(ROOT)))
    assert read == set()


UNESCAPED = {
    "method/about/page.html": "names of a product and a licence, which stand in it",
    "_fields.html": "the help of a field, which is ours and Django's",
}


def test_templates_escape_whatever_comes_from_outside():
    folder = ROOT / "templates"
    texts = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.html")}
    assert len(texts) > 100
    signs = ("|safe", "autoescape off")
    assert {path for path, text in texts.items() if any(sign in text for sign in signs)} == UNESCAPED.keys()
