"""Whatever is sent, to every address and in every parameter, is never answered with an error of ours."""

import traceback
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.checklist import CRITERIA
from tests.sweeps.addresses import (
    STAFF,
    access_of,
    arguments_of,
    every_address,
    first_of_their_kind,
    path_of,
)
from tests.sweeps.parameters import every_parameter, parameters_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The default scheme will be changed"),
]

DIGITS = [b"0", b"-1", b"1", b"2147483648", b"9223372036854775808", b"9" * 40, b"9" * 5_000, b"1e309", b"NaN"]
DIGITS += [b"-inf", b"1_000", b"0x10", b"1.5", "٣".encode(), "²".encode(), b"+1", b" 1 ", b"1,2", b"00001"]
SIGNS = [
    b"\0",
    b"a\0b",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\r\nX: y",
    b"\x1b[0m",
    "\u202e".encode(),
]
SIGNS += ["𝔘\u0301".encode(), b"'\"><script>", b"%00", b"{{7*7}}", b"../../etc/passwd", b"\\\\evil\\a"]
LONG = [b"a" * 9_000, b"(" * 2_000, b"not " * 1_000, b"a or " * 500 + b"a", b"-" * 3_000, b"[" * 3_000]
QUERIES = [
    b"total:>",
    b"changed:total>5/30",
    b"price:1e999",
    b"watch:any sort:-total",
    b"gate:x",
    b'"',
    b"a:b:c",
]
ADDRESSES = [
    b"https://testserver//evil.example",
    b"//evil",
    b"http://[",
    b"data",
    b"javascript:x",
    b"/\\evil",
]
OTHERS = [
    b"",
    b"null",
    b"{}",
    b"[]",
    b"0000-00-00",
    b"2027-02-30",
    b"99999-01-01",
    b"00000000-0000-0000-0000-000000000000",
]
KNOWN = [b"token", b"market", b"sandbox", b"pass", b"on", b"csv", b"xlsx", b"parquet", b"worked-example"]
KNOWN += [next(iter(CRITERIA)).encode(), b"-total", b"price_usd", b"es", b"dark"]
VALUES = st.one_of(
    *(st.sampled_from(each) for each in (DIGITS, SIGNS, LONG, QUERIES, ADDRESSES, OTHERS, KNOWN)),
    st.binary(max_size=12),
    st.text(max_size=12).map(lambda text: text.encode(errors="surrogatepass")),
)
TYPES = (
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data"),
    *("application/json", "text/plain; charset=utf-7", "multipart/form-data; boundary=x; charset=utf-7"),
    *("application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data; boundary=\xff", ""),
)
HEADERS = (
    *("HTTP_HX_REQUEST", "HTTP_HX_CURRENT_URL", "HTTP_HX_TARGET", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE"),
    *("HTTP_X_FORWARDED_FOR", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_ACCEPT"),
)
COOKIES = ("theme", "position", "django_language", "known-browser", "sessionid", "csrftoken", "messages")


@st.composite
def requests(draw, keys):
    """(address, method, arguments in the place of its own, query, body, its type, headers)."""
    address = draw(st.sampled_from(keys))
    own = st.sampled_from(parameters_of(address.module))
    pairs = st.lists(st.tuples(own | own | st.sampled_from(every_parameter()), VALUES), max_size=6)
    return {
        "address": address,
        "method": draw(st.sampled_from(["GET", "GET", "POST", "POST", "PUT", "HEAD"])),
        "arguments": draw(st.none() | st.tuples(*(VALUES for _ in address.parameters))),
        "query": urlencode(draw(pairs)),
        "fields": draw(pairs),
        "type": draw(st.sampled_from((TYPES[0],) * 6 + TYPES)),
        "headers": dict(draw(st.lists(st.tuples(st.sampled_from(HEADERS), VALUES), max_size=2))),
        "cookie": draw(st.none() | st.tuples(st.sampled_from(COOKIES), VALUES)),
    }


def body_of(fields, kind):
    if not kind.startswith("multipart"):
        return urlencode(fields).encode()
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\n\r\n%b\r\n'
        % (name.encode(), value, value)
        if name in {"sheet", "file"}
        else b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (name.encode(), value)
        for name, value in fields
    ]
    return b"".join(parts) + b"--x--\r\n"


def send(client, world, request):
    address, path = request["address"], path_of(request["address"], world)
    if request["arguments"]:
        for own, given in zip(arguments_in(path, address, world), request["arguments"], strict=True):
            path = path.replace(f"/{own}/", f"/{quote(given, safe='')[:9_000]}/", 1)
    extra = {name: value.decode("latin-1") for name, value in request["headers"].items()}
    if request["cookie"]:
        name, value = request["cookie"]
        own = [f"{each}={cookie.value}" for each, cookie in client.cookies.items() if each != name]
        extra["HTTP_COOKIE"] = "; ".join([*own, f"{name}={value.decode('latin-1')}"])
    return client.generic(
        request["method"],
        path,
        body_of(request["fields"], request["type"]),
        content_type=request["type"],
        QUERY_STRING=request["query"],
        **extra,
    )


def arguments_in(path, address, world):
    return [str(value) for value in arguments_of(address, world).values()]


def place_of(error):
    """The last line of ours that an exception went through."""
    frames = [
        each for each in traceback.extract_tb(error.__traceback__) if "site-packages" not in each.filename
    ]
    return f"{type(error).__name__} in {frames[-1].filename}:{frames[-1].lineno}"


OURS = tuple(each for each in every_address() if not each.is_admins)
OF_THE_ADMIN = tuple(each for each in every_address() if each.is_admins)


@pytest.mark.parametrize("keys", [OURS, OF_THE_ADMIN], ids=["ours", "admin"])
@pytest.mark.parametrize("role", ["stranger", "ana", "zoe"])
def test_nothing_that_is_sent_is_an_error_of_ours(world, role, keys):
    if role != "zoe" and keys is OF_THE_ADMIN:
        pytest.skip("Nobody but staff comes so far.")
    client = Client(raise_request_exception=True)
    if role != "stranger":
        client.force_login(getattr(world, role))
    cookies = client.cookies.copy()

    @settings(suppress_health_check=list(HealthCheck))
    @given(requests(keys))
    def never_fails(request):
        client.cookies = cookies.copy()
        with transaction.atomic():
            page = send(client, world, request)
            transaction.set_rollback(True)
        assert page.status_code < 500 or request["address"].key == "readyz"

    never_fails()


WORST = (b"9" * 5_000, b"9" * 40, b"\xed\xa0\x80\xff-1", b"a\0b", b"https://testserver//evil.example")
"""The last one is an address of ours by its host, and leads elsewhere where its path alone is taken."""


def leads_elsewhere(page):
    """Whether a browser would leave us."""
    location = page.headers.get("Location", "")
    return location.startswith(("//", "/\\")) or urlsplit(location).netloc not in ("", "testserver")


@pytest.mark.parametrize("value", WORST, ids=lambda value: repr(value[:8]))
def test_the_worst_of_it_in_every_parameter_of_every_address(world, value):
    """Each address is sent it by somebody who may: in its arguments, its query and its form."""
    clients = {role: Client() for role in ("ana", "zoe")}
    for role, client in clients.items():
        client.force_login(getattr(world, role))
    errors = []
    for address in every_address():
        if address.key not in first_of_their_kind():
            continue  # Of the admin one model stands for the others, which `requests` draws from.
        fields = [(name, value) for name in parameters_of(address.module)]
        sample = {
            "address": address,
            "query": "",
            "fields": [],
            "type": TYPES[0],
            "headers": {},
            "cookie": None,
        }
        sample |= {"arguments": None}
        for changed in (
            {"method": "GET", "query": urlencode(fields)},
            {"method": "POST", "fields": fields},
            {"method": "POST", "fields": fields[:1] + fields[2:], "type": TYPES[1]},
            *(
                [{"method": "GET", "arguments": [value] * len(address.parameters)}]
                if address.parameters
                else []
            ),
        ):
            client = clients["zoe" if access_of(address) == STAFF else "ana"]
            with transaction.atomic():
                try:
                    page = send(client, world, sample | changed)
                    status = "leads elsewhere" if leads_elsewhere(page) else page.status_code
                except Exception as error:
                    status = place_of(error)
                transaction.set_rollback(True)
            if status not in range(500) and address.key != "readyz":
                errors.append((address.key, changed["method"], status))
    assert errors == []
