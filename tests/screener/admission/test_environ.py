from hypothesis import given
from hypothesis import strategies as st

from screener.admission.environ import environ_of, headers_of, with_body


def scope(**more):
    return {
        "type": "http",
        "method": "GET",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [],
        "client": ("192.0.2.1", 5),
        "server": ("127.0.0.1", 8000),
        **more,
    }


def test_headers_with_an_underscore_are_left_out(settings):
    settings.PROXIES = ["192.0.2.1"]
    sent = [(b"x_forwarded_for", b"192.0.2.9"), (b"X-Forwarded-For", b"192.0.2.1")]
    environ = environ_of(scope(headers=sent), headers_of(scope(headers=sent)))
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"


def test_headers_that_come_twice_are_joined():
    sent = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"x"), (b"accept", b"y")]
    assert headers_of(scope(headers=sent)) == {"cookie": "a=1; b=2", "accept": "x,y"}


def test_the_body_is_announced_without_http():
    sent = {"content-type": "text/plain", "content-length": "3"}
    environ = environ_of(scope(), sent)
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("text/plain", "3")
    assert environ["REMOTE_ADDR"] == "192.0.2.1"


def test_the_body_is_read_where_the_page_is_made():
    environ = with_body(environ_of(scope(), {}), b"body")
    assert environ["wsgi.input"].read() == b"body"
    assert environ["REQUEST_METHOD"] == "GET"


@given(st.binary(max_size=20))
def test_a_path_keeps_its_bytes(path):
    written = b"/" + b"".join(b"%%%02X" % each for each in path)
    environ = environ_of(scope(raw_path=written + b"?q=1"), {})
    assert environ["PATH_INFO"].encode("latin-1") == b"/" + path
