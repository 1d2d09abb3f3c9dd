"""SEC EDGAR: what US-listed companies file, what they report, and who holds them.

https://www.sec.gov/edgar/sec-api-documentation, terms https://www.sec.gov/os/accessing-edgar-data.
Free, without a key, at most ten calls a second over both hosts. The SEC wants to know whom to write
to: ASSAY_CONTACT must hold an e-mail address, otherwise every call is answered by 403. A file that
doesn't exist is answered by 404 and XML. Two hosts: `data.sec.gov` has the filings and fundamentals of a
company, and frames of all of them; `www.sec.gov` the list of tickers and the filed documents.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import ClassVar, Final

from assets.identity.sec_notation import ARCHIVES, NAMESPACE, asset_of, cik_of, companies_in
from assets.identity.tickers import LINE, SHARE, names_of
from assets.metrics.families import (
    CAPITAL,
    EVENTS,
    FILINGS,
    FUNDAMENTALS,
    LISTING,
    MARKET,
    OWNERSHIP,
    SUPPLY,
    VENUE,
)
from assets.providers.sec.daily_index import NEWEST, dated, is_index, is_without_index, read_index
from assets.providers.sec.fails import FOLDER, newest_file, read_fails, without_file
from assets.providers.sec.filed_text import (
    MOST_TEXTS,
    FiledText,
    parts_of,
    read_filed_text,
    read_since,
    texts_to_read,
    whole_submission,
)
from assets.providers.sec.frame_rows import read_frames
from assets.providers.sec.frames import dated as frames_dated
from assets.providers.sec.frames import first_requests, frames_asked, joined
from assets.providers.sec.ownership import DocumentSource, read_document
from assets.providers.sec.submissions import (
    OWNERSHIP_PATH,
    older_path,
    ownership_documents,
    read_company,
    read_older,
)
from assets.providers.sec.xbrl import read_facts
from assets.sourcing.addresses import contact
from assets.sourcing.contract import (
    FilingReference,
    HttpClient,
    LimitError,
    MisconfiguredError,
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.listings import Listed, NamesListed
from assets.sourcing.messages import message
from assets.sourcing.reading import Name, RowReader, Text, VendorModel, load_json
from assets.sourcing.rows import Identifier, ListingRow

DOCUMENT: Final = "sec_document"
"""The namespace in which the path of a filed document comes beside the company's number."""


TEXT: Final = "sec_text"
"""The namespace in which a filed text comes: its form, its day and its path."""


TICKERS: Final = "/files/company_tickers.json"


SLOW_DOWN_S: Final = 600.0
"""So long the SEC blocks who asked too often."""


class SecTicker(VendorModel):
    ticker: Name
    title: Text = ""


class _Sec(Provider):
    """What both hosts have in common: the ways of asking about one company."""

    title = "SEC EDGAR"
    website = "https://www.sec.gov/search-filings"
    attribution = message("U.S. Securities and Exchange Commission")
    # Ten calls a second are allowed of all three together; each is paced by itself, so eight leave room.
    rate = Rate(calls=4, per_s=1)
    limit_statuses = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.FORBIDDEN})
    one_by_one = message("company by company")
    namespaces: ClassVar[tuple[str, ...]] = (NAMESPACE,)
    known_by = message("CIK")

    def fetch(self, request: Request, client: HttpClient) -> RawObservation:
        """A 403 says "too often", and to whom does not say who he is always: that is known beforehand."""
        if "@" not in contact():
            raise MisconfiguredError(
                "The SEC answers only those who leave an e-mail address; set ASSAY_CONTACT to one."
            )
        return super().fetch(request, client)

    def accepts(self, request: Request, status_code: int) -> bool:
        """A file that is not there is an answer about that company."""
        return status_code == HTTPStatus.OK or (
            status_code == HTTPStatus.NOT_FOUND
            and (request.family in self.per_asset or request.path.startswith(FOLDER))
        )

    def known(self, family: str, identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        return companies_in(identifiers)

    def parse(self, raw: RawObservation) -> Parsed:
        if raw.status_code == HTTPStatus.NOT_FOUND:
            # The body is XML and says nothing more.
            remark = message("%(provider)s has no %(path)s.", provider=self.title, path=raw.request.path)
            is_file = raw.request.path.startswith(FOLDER)
            follow = without_file(raw.request) if is_file else _instead_of(raw.request)
            return Parsed(remarks=(remark,), follow=follow)
        return self._read(raw)

    @abstractmethod
    def _read(self, raw: RawObservation) -> Parsed: ...


class SecData(_Sec):
    name = "sec_data"
    default_url = "https://data.sec.gov"
    rate = Rate(calls=3, per_s=1)
    families = (FUNDAMENTALS, FILINGS)
    also_provides = (SUPPLY, CAPITAL, EVENTS, VENUE)
    brought_by = {SUPPLY: FUNDAMENTALS, CAPITAL: FILINGS, EVENTS: FILINGS, VENUE: FILINGS}
    fields = {
        SUPPLY: "circulating",
        FUNDAMENTALS: (
            "period_ends_on form accession revenue_ttm_usd revenue_prior_ttm_usd gross_profit_ttm_usd "
            "operating_income_ttm_usd net_income_ttm_usd depreciation_ttm_usd "
            "selling_general_admin_ttm_usd operating_cash_flow_ttm_usd cash_usd receivables_usd "
            "current_assets_usd property_usd total_assets_usd current_liabilities_usd debt_usd "
            "total_liabilities_usd retained_earnings_usd equity_usd shares_outstanding "
            "shares_on_balance public_float_usd"
        ),
        FILINGS: (
            "filings_due_24m filings_late_24m filings_missing_24m late_notices_24m grace_met_24m "
            "grace_missed_24m auditor_changes_24m restatements_24m last_filed_on figures_withdrawn "
            "business_changed_on became_another_on deregistered filings_url accession form filed_on "
            "accepted_at period_ends_on items document_url"
        ),
        CAPITAL: (
            "event happened_on accession earliest_on ratio source_url evidence subject read_since read_until"
        ),
        EVENTS: "accession form filed_on subject event happened_on source_url",
        VENUE: "venue tier",
    }
    per_asset = frozenset({FUNDAMENTALS, FILINGS})

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        folder = "/submissions" if need.family == FILINGS else "/api/xbrl/companyfacts"
        return tuple(
            Request(family=need.family, path=f"{folder}/CIK{cik:0>10}.json", context={"cik": cik})
            for _namespace, cik in known[: need.limit]
        )

    def _read(self, raw: RawObservation) -> Parsed:
        body, cik = load_json(raw.body), raw.request.context["cik"]
        if raw.request.family == FUNDAMENTALS:
            return read_facts(body, cik=cik, fetched_at=raw.fetched_at)
        if older_path(raw.request.path.rpartition("/")[2], cik=cik):
            return read_older(body, cik=cik, fetched_at=raw.fetched_at)
        parsed, older = read_company(body, cik=cik, fetched_at=raw.fetched_at)
        follow = tuple(Request(family=FILINGS, path=path, context={"cik": cik}) for path in older)
        return replace(parsed, follow=follow)


class SecFrames(_Sec):
    """The same host: of what nobody has asked `SecData` about, a fiscal year of all companies at once."""

    name = "sec_frames"
    title = "SEC XBRL frames"
    default_url = "https://data.sec.gov"
    rate = Rate(calls=1, per_s=1)
    families = (FUNDAMENTALS,)
    also_provides = (SUPPLY,)
    fields = {
        SUPPLY: "circulating",
        FUNDAMENTALS: (
            "period_ends_on accession revenue_ttm_usd revenue_prior_ttm_usd operating_income_ttm_usd "
            "net_income_ttm_usd operating_cash_flow_ttm_usd cash_usd current_assets_usd total_assets_usd "
            "current_liabilities_usd total_liabilities_usd retained_earnings_usd equity_usd "
            "public_float_usd"
        ),
    }
    at_once = frozenset({FUNDAMENTALS})
    stands_in = True
    assets_a_call: ClassVar[dict[str, int]] = {FUNDAMENTALS: 300}

    def fetch(self, request: Request, client: HttpClient) -> RawObservation:
        """All frames of a request, one call after the other."""
        request, bodies = frames_dated(request, now=datetime.now(UTC)), list[bytes | None]()
        for frame in frames_asked(request):
            raw = super().fetch(replace(request, path=frame.path), client)
            bodies.append(None if raw.status_code == HTTPStatus.NOT_FOUND else raw.body)
        return replace(raw, request=request, status_code=HTTPStatus.OK, body=joined(bodies))

    def accepts(self, request: Request, status_code: int) -> bool:
        """A tag that nobody reports for a period has no frame."""
        return status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}

    def _requests(self, need: Need, _known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        return first_requests(need.limit)

    def _read(self, raw: RawObservation) -> Parsed:
        return read_frames(raw)


class SecArchives(_Sec):
    name = "sec_www"
    default_url = ARCHIVES
    families = (LISTING, OWNERSHIP, FILINGS, MARKET, EVENTS)
    also_provides = (CAPITAL, VENUE)
    brought_by = {CAPITAL: FILINGS, VENUE: MARKET}
    fields = {
        MARKET: "price_usd",
        VENUE: "threshold_list",
        OWNERSHIP: (
            "accession line form holder holder_cik role title has_left reported_with period_on "
            "happened_on security code change price_usd shares share is_derivative is_direct source_url"
        ),
        FILINGS: "going_concern",
        EVENTS: (
            "accession form filed_on subject event reasons passage passage_at happened_on "
            "effective_on deadline_on ratio amount_usd shares shares_outstanding price_usd warrants "
            "strike_usd room_usd source_url"
        ),
        CAPITAL: (
            "event earliest_on happened_on accession ratio shares amount_usd source_url evidence subject "
            "read_since read_until"
        ),
    }
    per_asset = frozenset({OWNERSHIP, FILINGS})
    at_once = frozenset({LISTING, MARKET, EVENTS})
    reads_documents = frozenset({OWNERSHIP, FILINGS})
    for_interest = frozenset({FILINGS})
    assets_a_call: ClassVar[dict[str, int]] = {LISTING: 9_000, MARKET: 1_000, EVENTS: 2_000}

    def fetch(self, request: Request, client: HttpClient) -> RawObservation:
        """Of the daily index the newest one is asked for; a 403 that is no day without one says "too
        often"."""
        if not is_index(request.path):
            return super().fetch(request, client)
        raw = super().fetch(dated(request, now=datetime.now(UTC)), client)
        if raw.status_code == HTTPStatus.FORBIDDEN and not is_without_index(raw):
            raise LimitError("SEC EDGAR wants fewer calls (HTTP 403).", retry_after_s=SLOW_DOWN_S)
        return raw

    def accepts(self, request: Request, status_code: int) -> bool:
        """That a day has no index is an answer, and comes as 403."""
        is_answer = is_index(request.path) and status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
        return is_answer or super().accepts(request, status_code)

    def parse(self, raw: RawObservation) -> Parsed:
        return read_index(raw) if is_index(raw.request.path) else super().parse(raw)

    def documents(
        self, filed: Iterable[FilingReference], *, family: str, read: frozenset[str]
    ) -> tuple[Identifier, ...]:
        if family == FILINGS:
            return tuple((TEXT, name) for name in texts_to_read(filed, read))
        unread = (each for each in filed if each.accession not in read)
        return tuple((DOCUMENT, path) for path in ownership_documents(unread))

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        if need.family == OWNERSHIP:
            (_namespace, cik), *_more = known
            return _documents(need, cik)
        if need.family == FILINGS:
            (_namespace, cik), *_more = known
            return (_texts(need, cik),)
        if need.family == EVENTS:
            return (Request(family=EVENTS, path=NEWEST),)
        context = {} if need.limit is None else {"left": str(need.limit)}
        # Of prices too the tickers come first: what follows means known companies by their tickers of today.
        return (Request(family=need.family, path=TICKERS, context=context),)

    def _read(self, raw: RawObservation) -> Parsed:
        if raw.request.family == OWNERSHIP:
            return read_document(raw.body, _source(raw))
        if raw.request.family == FILINGS:
            return _read_text(raw)
        if raw.request.path != TICKERS:
            return read_fails(raw.body, raw.request, fetched_at=raw.fetched_at)
        parsed = _listing(load_json(raw.body), raw)
        is_for_prices = raw.request.family == MARKET
        return (
            replace(parsed, follow=(newest_file(raw.fetched_at, raw.request.context),))
            if is_for_prices
            else parsed
        )


def _documents(need: Need, cik: str) -> tuple[Request, ...]:
    """One call for each document; a path that leads anywhere else is not asked."""
    paths = [
        value
        for namespace, value in need.identifiers or ()
        if namespace == DOCUMENT and OWNERSHIP_PATH.fullmatch(value)
    ]
    if not paths:
        raise UnsupportedError(
            "No document of insiders or large holders of this company is known; refresh its filings first."
        )
    return tuple(
        Request(family=OWNERSHIP, path=path, context={"cik": cik})
        for path in tuple(dict.fromkeys(paths))[: need.limit]
    )


def _texts(need: Need, cik: str) -> Request:
    """The first of the texts; it names the others, which are asked for one after the other."""
    names = [value for namespace, value in need.identifiers or () if namespace == TEXT and parts_of(value)]
    if not names:
        raise UnsupportedError(
            "No report, 8-K or prospectus of this company is left to be read; refresh its filings first."
        )
    few = names[:MOST_TEXTS]
    return _text_request(few, {"cik": cik, "total": str(len(few)), "missing": "0"})


def _text_request(names: Sequence[str], context: Mapping[str, str]) -> Request:
    parts = parts_of(names[0])
    assert parts is not None  # noqa: S101 - only names with parts come here
    form, filed_on, path = parts
    texts = {"form": form, "filed_on": filed_on, "texts": "\n".join(names)}
    return Request(family=FILINGS, path=path, context={**context, **texts})


def _instead_of(request: Request) -> tuple[Request, ...]:
    """The call after a text that is not there: for the whole submission that holds it, then for the next."""
    names = request.context.get("texts", "").split("\n")
    whole = whole_submission(names[0])
    if whole and whole != names[0]:
        return (_text_request([whole, *names[1:]], request.context),)
    return _next_text(request, is_missing=True)


def _next_text(request: Request, *, is_missing: bool = False) -> tuple[Request, ...]:
    """The call for the text after this one; it carries how many of them are not there."""
    names = request.context.get("texts", "").split("\n")[1:]
    if not names:
        return ()
    missing = int(request.context["missing"]) + is_missing
    return (_text_request(names, {**request.context, "missing": str(missing)}),)


def _read_text(raw: RawObservation) -> Parsed:
    """One text; the last one says that all are read, unless one was missing."""
    context, follow = raw.request.context, _next_text(raw.request)
    source = FiledText(
        cik=context["cik"],
        form=context["form"],
        filed_on=date.fromisoformat(context["filed_on"]),
        path=raw.request.path,
        fetched_at=raw.fetched_at,
    )
    is_all_read = not follow and context["missing"] == "0"
    since = read_since(
        context["texts"].split("\n"), total=int(context["total"]), fetched_on=raw.fetched_at.date()
    )
    parsed = read_filed_text(raw.body, source, is_last_since=since if is_all_read else None)
    return replace(parsed, follow=follow)


def _source(raw: RawObservation) -> DocumentSource:
    """…/data/<CIK>/<accession number without its dashes>/<file>."""
    folder = raw.request.path.split("/")[-2]
    return DocumentSource(
        cik=raw.request.context["cik"],
        accession=f"{folder[:10]}-{folder[10:12]}-{folder[12:]}",
        url=f"{ARCHIVES}{raw.request.path}",
        fetched_at=raw.fetched_at,
    )


def _listing(body: object, raw: RawObservation) -> Parsed:
    """{"0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."}, …}, the largest company first.

    A company with several classes of shares has a line for each; the first one is its main one. A ticker that
    stands at two companies is neither's.
    """
    if not isinstance(body, dict) or (body and not any(isinstance(each, dict) for each in body.values())):
        raise UnreadableError("SEC EDGAR sent something other than the list of tickers.")
    left = int(raw.request.context["left"]) if "left" in raw.request.context else None
    reader, first, tickers = RowReader(), dict[str, SecTicker](), dict[str, list[str]]()
    for item in body.values():
        ticker = reader.read(SecTicker, item)
        if ticker is None:
            continue
        try:
            cik = cik_of(item.get("cik_str"))
        except ValueError as error:
            reader.reject("%(ticker)s: its CIK %(problem)s.", ticker=ticker.ticker[:80], problem=error)
            continue
        first.setdefault(cik, ticker)
        tickers.setdefault(cik, []).append(ticker.ticker)
    names = _names(tickers, reader)
    rows = [_row(cik, ticker, names[cik], raw) for cik, ticker in first.items()]
    parsed = reader.parsed([*rows[:left]])
    is_whole = left is None and not parsed.rejected
    return replace(parsed, listed=_all_tickers(names)) if is_whole else parsed


def _names(tickers: Mapping[str, list[str]], reader: RowReader) -> dict[str, tuple[Identifier, ...]]:
    """By company the tickers that are its alone."""
    names = {cik: names_of(lines) for cik, lines in tickers.items()}
    holders = Counter(value for own in names.values() for namespace, value in own if namespace == LINE)
    for ticker, companies in holders.items():
        if companies > 1:
            reader.remark("%(ticker)s stands at several companies and is taken for none's.", ticker=ticker)
    return {cik: tuple(name for name in own if holders[name[1]] == 1) for cik, own in names.items()}


def _all_tickers(names: Mapping[str, tuple[Identifier, ...]]) -> tuple[Listed, ...]:
    return tuple(
        NamesListed(
            namespace=namespace,
            values=frozenset(value for own in names.values() for each, value in own if each == namespace),
        )
        for namespace in (LINE, SHARE)
    )


def _row(cik: str, ticker: SecTicker, names: tuple[Identifier, ...], raw: RawObservation) -> ListingRow:
    asset = replace(
        asset_of(cik),
        identifiers=((NAMESPACE, cik), *names),
        symbol=ticker.ticker[:64],
        name=ticker.title[:200],
        complete=(LINE, SHARE),
        if_known=raw.request.family == MARKET,
    )
    return ListingRow(asset=asset, as_of=raw.fetched_at)
