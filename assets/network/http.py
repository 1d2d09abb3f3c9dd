"""HTTP client, the only way to the network: bounded in time, size and retries, closed to private addresses.

An address that an operator configured (`ASSAY_<NAME>_URL`) may be private or without
https: that is the permission. Any other, each hop of a redirect included, must be https
and lead to public addresses only. API keys travel in headers to the provider's own origin
and appear nowhere else.
"""

import os
import time
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from typing import Final
from urllib.parse import unquote

import httpx2
import stamina
import structlog

from assets.network.deadlines import DeadlineTransport, ending_at
from assets.network.pacing import Pacer, PacingError
from assets.network.resolving import public_addresses
from assets.sourcing.addresses import contact
from assets.sourcing.contract import (
    AccessError,
    LimitError,
    Provider,
    ProviderError,
    RawObservation,
    RefusedError,
    Request,
    TransientError,
)
from assets.sourcing.messages import message

log = structlog.get_logger(__name__)

VERSION: Final = "0.1.0"

PATIENCE_S: Final = 55.0
"""How long `ask` may take with waiting and retries, and one read more; its tasks are stopped after 70 s."""

CALL_S: Final = 20.0
CONNECT_S: Final = 5.0
READ_S: Final = 10.0
MOST_BYTES: Final = 20_000_000
MOST_REDIRECTS: Final = 3
SHORTEST_KEY: Final = 8
"""A shorter one could be part of any text."""

ATTEMPTS: Final = 3
SLOW_DOWN_S: Final = 15.0
"""How long to leave a provider alone that says 429 and not for how long."""

LONGEST_WISH_S: Final = 600.0

TRUSTED: Final = "assay.trusted"
"""Set on a request whose host an operator has configured."""


class PacedHttpClient:
    """Implements `contract.HttpClient`."""

    def __init__(self, *, pacer: Pacer, transport: httpx2.BaseTransport | None = None) -> None:
        self._pacer = pacer
        self._client = _new_client(transport) if transport else _client_of(os.getpid())

    def ask(self, provider: Provider, request: Request) -> RawObservation:
        """Ask when it is our turn, and again after failures that may pass, within `PATIENCE_S`."""
        give_up_at = time.monotonic() + PATIENCE_S

        def may_pass(error: Exception) -> bool:
            is_passing = isinstance(error, TransientError) and not isinstance(error, PacingError)
            return is_passing and time.monotonic() < give_up_at - CONNECT_S

        @stamina.retry(on=may_pass, attempts=ATTEMPTS, timeout=None)
        def attempt() -> RawObservation:
            patience_s = max(0.0, give_up_at - time.monotonic() - CALL_S)
            self._pacer.wait(provider.name, provider.rate, patience_s=patience_s)
            return self._ask(provider, request, ends_at=min(give_up_at, time.monotonic() + CALL_S))

        return attempt()

    def _ask(self, provider: Provider, request: Request, *, ends_at: float) -> RawObservation:
        """One call. The pacer hears how it went: a provider that only fails is left alone for a while."""
        try:
            raw = self._call(provider, request, ends_at=ends_at)
        except TransientError as error:
            if error.retry_after_s:
                self._pacer.hold(provider.name, error.retry_after_s)
            else:
                self._pacer.failed(provider.name)
            raise
        except ProviderError:
            self._pacer.succeeded(provider.name)
            raise
        self._pacer.succeeded(provider.name)
        return raw

    def _call(self, provider: Provider, request: Request, *, ends_at: float) -> RawObservation:
        try:
            with ending_at(ends_at):
                status_code, headers, body = self._follow(provider, request, ends_at)
        except httpx2.TimeoutException as error:
            raise _too_slow(provider) from error
        except httpx2.TransportError as error:
            reason = str(error) or type(error).__name__
            raise TransientError(
                "The connection to %(provider)s at %(host)s failed (%(reason)s).",
                provider=provider.title,
                host=httpx2.URL(provider.base_url).netloc.decode(),
                reason=reason,
            ) from error
        if not provider.accepts(request, status_code):
            raise _refusal(provider, request, status_code, headers)
        return RawObservation(
            provider=provider.name,
            request=request,
            status_code=status_code,
            body=_without_key(body, provider.key),
            fetched_at=datetime.now(UTC),
        )

    def _follow(
        self, provider: Provider, request: Request, ends_at: float
    ) -> tuple[int, httpx2.Headers, bytes]:
        """Make the call, following a few redirects; gives the last status, headers and body."""
        home = httpx2.URL(provider.base_url)
        url = _url_of(provider, request)
        for _hop in range(MOST_REDIRECTS + 1):
            is_home = (url.scheme, url.host, url.port) == (home.scheme, home.host, home.port)
            is_configured = is_home and provider.base_url != provider.default_url
            if url.scheme != "https" and not is_configured:
                raise RefusedError(
                    "%(provider)s sent us to %(host)s without https; we do not follow.",
                    provider=provider.title,
                    host=url.host,
                )
            call = self._client.build_request(
                "GET" if request.body is None else "POST",
                url,
                json=request.body,
                headers=_headers(provider if is_home else None),
                timeout=_timeout(ends_at),
                extensions={TRUSTED: is_configured},
            )
            response = self._client.send(call, stream=True)
            try:
                # What is posted is for the address that it was posted to.
                if not response.has_redirect_location or request.body is not None:
                    return response.status_code, response.headers, _body_of(provider, response, ends_at)
                url = _next_url(provider, response)
            finally:
                response.close()
        raise RefusedError(
            "%(provider)s redirected us more than %(times)s times.",
            provider=provider.title,
            times=MOST_REDIRECTS,
        )


class CheckedTransport(httpx2.BaseTransport):
    """Connects to the very addresses that were found to be public, unless the host is trusted."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.extensions.get(TRUSTED):
            return self._inner.handle_request(request)
        host, port = request.url.host, request.url.port or 443
        try:
            addresses = public_addresses(host, port)
        except (OSError, UnicodeError) as error:
            raise httpx2.ConnectError(message("the name %(host)s can't be resolved", host=host)) from error
        failure: httpx2.ConnectError | None = None
        for address in addresses:
            # The certificate is still checked against the name, the server still hears the name.
            pinned = httpx2.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return self._inner.handle_request(pinned)
            except httpx2.ConnectError as error:
                failure = error
        raise failure or httpx2.ConnectError(message("the name %(host)s has no address", host=host))

    def close(self) -> None:
        self._inner.close()


@cache
def _client_of(_pid: int) -> httpx2.Client:
    """One client a process: what a fork inherits belongs to another process id."""
    return _new_client(CheckedTransport(DeadlineTransport()))


def _new_client(transport: httpx2.BaseTransport) -> httpx2.Client:
    client = httpx2.Client(transport=transport, follow_redirects=False, trust_env=False)
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client


def _url_of(provider: Provider, request: Request) -> httpx2.URL:
    # A node's address is whole by itself: some refuse it with a slash at its end.
    is_below = request.path.startswith("/") or not request.path
    if not is_below or {".", ".."} & set(unquote(request.path).split("/")):
        raise RefusedError(
            "%(path)s is no path below the address of %(provider)s.",
            path=repr(request.path),
            provider=provider.title,
        )
    params = dict(request.params) | provider.secret_params()
    return httpx2.URL(provider.base_url + provider.secret_path() + request.path, params=params)


def _headers(provider: Provider | None) -> dict[str, str]:
    who = contact()
    common = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "User-Agent": f"Assay/{VERSION} (+{who})" if who else f"Assay/{VERSION}",
    }
    return common | (provider.headers() if provider else {})


def _timeout(ends_at: float) -> httpx2.Timeout:
    left_s = max(0.1, ends_at - time.monotonic())
    return httpx2.Timeout(min(READ_S, left_s), connect=min(CONNECT_S, left_s))


def _next_url(provider: Provider, response: httpx2.Response) -> httpx2.URL:
    try:
        return response.url.join(response.headers["location"])
    except httpx2.InvalidURL as error:
        raise RefusedError(
            "%(provider)s redirected us to something that is no address.", provider=provider.title
        ) from error


def _body_of(provider: Provider, response: httpx2.Response, ends_at: float) -> bytes:
    """Read the body as it comes, up to the cap of unpacked bytes and the end of our time."""
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in {"", "identity", "gzip"}:
        raise RefusedError(
            "%(provider)s compressed its answer in a way that was not requested.", provider=provider.title
        )
    unpacker = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    body = bytearray()
    try:
        for chunk in response.iter_raw():
            body += unpacker.decompress(chunk, MOST_BYTES + 1 - len(body)) if unpacker else chunk
            if len(body) > MOST_BYTES:
                raise RefusedError(
                    "%(provider)s sent more than %(megabytes)s MB.",
                    provider=provider.title,
                    megabytes=MOST_BYTES // 1_000_000,
                )
            if time.monotonic() > ends_at:
                raise _too_slow(provider)
    except zlib.error as error:
        raise TransientError(
            "%(provider)s sent an answer that can't be unpacked.", provider=provider.title
        ) from error
    if unpacker and response.num_bytes_downloaded and not unpacker.eof:
        raise TransientError("%(provider)s broke off in the middle of its answer.", provider=provider.title)
    return bytes(body)


def _without_key(body: bytes, key: str) -> bytes:
    """Some vendors repeat the key in a complaint; it must not be stored."""
    return body.replace(key.encode(), b"[key]") if len(key) >= SHORTEST_KEY else body


def note_retry(details: stamina.instrumentation.RetryDetails) -> None:
    """No warning: what a second try mends is nobody's business, and what it does not is a failed step."""
    log.info("call is tried again", problem=str(details.caused_by), wait_s=round(details.wait_for, 1))


def _too_slow(provider: Provider) -> TransientError:
    return TransientError(
        "%(provider)s did not answer in full within %(seconds)s seconds.",
        provider=provider.title,
        seconds=f"{CALL_S:g}",
    )


def _refusal(
    provider: Provider, request: Request, status_code: int, headers: httpx2.Headers
) -> ProviderError:
    title, wish_s = provider.title, _wish_of(headers)
    if status_code in provider.limit_statuses:
        return LimitError(
            "%(provider)s wants fewer calls (HTTP %(status)s).",
            provider=title,
            status=status_code,
            retry_after_s=SLOW_DOWN_S if wish_s is None else wish_s,
        )
    if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return TransientError(
            "%(provider)s reports an error on its side (HTTP %(status)s).",
            provider=title,
            status=status_code,
            retry_after_s=wish_s,
        )
    if status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        variable = f"ASSAY_{provider.name.upper()}_KEY"
        return AccessError(
            "%(provider)s does not let us in (HTTP %(status)s); check %(variable)s.",
            provider=title,
            status=status_code,
            variable=variable,
        )
    variable = f"ASSAY_{provider.name.upper()}_URL"
    return RefusedError(
        "%(provider)s refused %(path)s (HTTP %(status)s); if %(variable)s is set, check it.",
        provider=title,
        path=request.path or "/",
        status=status_code,
        variable=variable,
    )


def _wish_of(headers: Mapping[str, str]) -> float | None:
    """`Retry-After`, in seconds or as a date, in seconds from now and within reason."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        wish_s = float(text) if text.isdecimal() else _seconds_until(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None
    return min(max(wish_s, 0.0), LONGEST_WISH_S)


def _seconds_until(moment: datetime) -> float:
    return (moment - datetime.now(UTC)).total_seconds() if moment.tzinfo else 0.0
