"""Provider interface: which families a provider has, what to ask for, how to read the answer.

A provider never touches the database and never judges. `requests` and `parse` are
pure; `fetch` is the only step that leaves the process, through the HTTP client.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus
from typing import ClassVar, Protocol

from assets.metrics.families import POOLS
from assets.sourcing.causes import FailureCause
from assets.sourcing.listings import Listed
from assets.sourcing.messages import MessageError, message
from assets.sourcing.rows import Identifier, Row


class ProviderError(MessageError):
    """Something went wrong between us and a provider; the text is fit to be shown to a person."""

    permanent: ClassVar[bool] = True
    cause: ClassVar[FailureCause] = FailureCause.OTHER


class TransientError(ProviderError):
    """Worth another try: time-out, lost connection, 5xx, rate limit.

    `retry_after_s` is how long the provider wishes us to wait.
    """

    permanent = False
    cause = FailureCause.DOWN

    def __init__(self, text: str, /, *, retry_after_s: float | None = None, **values: object) -> None:
        super().__init__(text, **values)
        self.retry_after_s = retry_after_s


class LimitError(TransientError):
    """It was asked too often, or more than it gives for nothing."""

    cause = FailureCause.LIMIT


class RefusedError(ProviderError):
    """No, and asking again won't help: 4xx, an error inside a 200, a forbidden address, a body too large."""

    cause = FailureCause.REFUSED


class AccessError(RefusedError):
    """It does not let us in: a key is missing, wrong, or good for less."""

    cause = FailureCause.ACCESS


class UnreadableError(ProviderError):
    """The body is not what the provider promises; it is stored and marked, the old facts stay."""

    cause = FailureCause.UNREADABLE


class DamagedError(UnreadableError):
    """The body came to harm on its way: cut off, packed wrongly, a page in the place of data. Ask again."""


class UnsupportedError(ProviderError):
    """This provider does not have what was asked for."""


class MisconfiguredError(ProviderError):
    """A setting of this provider makes no sense; the text names the variable."""

    cause = FailureCause.ACCESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most `calls` in any `per_s` seconds, over all processes together."""

    calls: int
    per_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One family, of one asset (`identifiers`) or of the provider's whole universe (None).

    `limit` is the most assets to bring.
    """

    family: str
    identifiers: tuple[Identifier, ...] | None = None
    limit: int | None = None


Json = Mapping[str, object] | Sequence[object] | None
"""A JSON value as a call posts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call: path below the base URL and query. Serialisable, so that a step of a run can hold it.

    `context` carries what the parser must know and the provider must not be sent
    (the asset that is asked for, how much of a limit is left). `body` is a JSON value that is posted; without
    one the call is a GET.
    """

    family: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    body: Json = None

    @property
    def key(self) -> str:
        """The same for the same call: what makes a step of a run unique."""
        call = [self.family, self.path, dict(self.params), dict(self.context)]
        posted = [] if self.body is None else [self.body]
        return hashlib.sha256(json.dumps(call + posted, sort_keys=True).encode()).hexdigest()

    def to_json(self) -> dict[str, object]:
        return {
            "family": self.family,
            "path": self.path,
            "params": dict(self.params),
            "context": dict(self.context),
            **({} if self.body is None else {"body": self.body}),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "Request":
        return cls(**stored)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawObservation:
    """An answer, word for word."""

    provider: str
    request: Request
    status_code: int
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a body says: rows, further calls it makes worth while, and what had to be left out and why.

    `listed` says of what the answer holds everything.
    """

    rows: tuple[Row, ...] = ()
    follow: tuple[Request, ...] = ()
    remarks: tuple[str, ...] = ()
    rejected: int = 0
    listed: tuple[Listed, ...] = ()


class FilingReference(Protocol):
    """A document that was filed, as a row or as it is stored."""

    accession: str
    form: str
    filed_on: date
    items: str
    document_url: str


class HttpClient(Protocol):
    """What fetches an answer: `network.http.PacedHttpClient` in the product."""

    def ask(self, provider: "Provider", request: Request) -> RawObservation: ...


class Provider(ABC):
    """One vendor, one file, one line in `assets.providers.PROVIDERS`."""

    name: ClassVar[str]
    title: ClassVar[str]
    website: ClassVar[str]
    attribution: ClassVar[str] = ""
    default_url: ClassVar[str]
    rate: Rate
    networks: tuple[str, ...] = ()
    """The networks whose universe is walked, where a provider is divided into networks."""
    families: ClassVar[tuple[str, ...]]
    also_provides: ClassVar[tuple[str, ...]] = ()
    """Families of facts that come along in its answers and can't be asked for by themselves."""
    brought_by: ClassVar[Mapping[str, str]] = {}
    """By which of its families those that come along are asked for; by the first, where it is not named."""
    fields: ClassVar[Mapping[str, str]] = {}
    """By family the fields of its rows that it tells, with spaces between: what its word can decide."""
    keyed: ClassVar[frozenset[str]] = frozenset()
    """Families that it has for those with a key alone, where it has others for everybody."""
    per_asset: ClassVar[frozenset[str]] = frozenset()
    """Families that can only be asked asset by asset."""
    in_batches: ClassVar[Mapping[str, int]] = {}
    """Families that can be asked for several named assets in one call, and for how many."""
    of_every_contract: ClassVar[frozenset[str]] = frozenset({POOLS})
    """Families that every contract of an asset has of its own."""
    at_once: ClassVar[frozenset[str]] = frozenset()
    """Families that can only be asked for all assets at once."""
    one_by_one: ClassVar[str] = message("asset by asset")
    """How it is asked for what it has on each asset by itself."""
    known_by: ClassVar[str] = message("identifier")
    """What must be known of an asset to ask about it, as in "its identifier is not known"."""
    adjustment: ClassVar[str] = ""
    """Whether its daily bars are adjusted for splits; "" where it has none, or only of tokens."""
    needs_key: ClassVar[bool] = False
    terms: ClassVar[str] = ""
    """The page of its terms, where only those may ask who accept them; it is off until the operator does."""
    assets_a_call: ClassVar[Mapping[str, int]] = {}
    """How many assets one call of a walk brings, by family; one where it is not named."""
    reads_documents: ClassVar[frozenset[str]] = frozenset()
    """Families that are read from documents that somebody has filed: `documents` names them."""
    for_interest: ClassVar[frozenset[str]] = frozenset()
    """Families that are scheduled only for assets in which somebody is interested: too many calls for all."""
    reads_pools: ClassVar[frozenset[str]] = frozenset()
    """Families for which it also looks at the pools that others have named, as ("pool:solana", address)."""
    reads_repositories: ClassVar[frozenset[str]] = frozenset()
    """Families for which it looks at the repositories that projects name, as ("github", "owner/name")."""
    limit_statuses: ClassVar[frozenset[int]] = frozenset({HTTPStatus.TOO_MANY_REQUESTS})
    """The statuses by which it says that it is asked too often."""
    daily_calls: int | None = None
    """The most calls a day that its free plan allows, None without such a limit."""
    in_parts: ClassVar[bool] = False
    """Whether an answer tells what somebody looked up, so that its silence takes nothing back."""
    stands_in: ClassVar[bool] = False
    """Whether its rows of a period count only where nobody else tells of that period or a later one."""
    namespaces: ClassVar[tuple[str, ...]]
    """The identifier namespaces by which it knows assets: whom a per-asset family can ask about."""

    def __init__(
        self,
        *,
        base_url: str = "",
        key: str = "",
        accepted: bool = False,
        rate: Rate | None = None,
        daily_calls: int | None = None,
        networks: tuple[str, ...] = (),
    ) -> None:
        self.base_url = (base_url or self.default_url).rstrip("/")
        self.key = key
        self.accepted = accepted
        self.rate = rate or self.rate
        self.daily_calls = daily_calls or self.daily_calls
        self.networks = networks or self.networks

    @classmethod
    def tells(cls, family: str, field: str) -> bool:
        return field in cls.fields.get(family, "").split()

    @classmethod
    def asked_by(cls, family: str) -> str:
        """The family to ask for, to be told of this one."""
        return family if family in cls.families else cls.brought_by.get(family, cls.families[0])

    def requests(self, need: Need) -> tuple[Request, ...]:
        """The first calls for this need; `UnsupportedError` when it can't be met."""
        self.check_family(need.family)
        if need.identifiers is None and need.family in self.per_asset:
            raise UnsupportedError(
                "%(provider)s gives %(family)s %(one_by_one)s; name the assets.",
                provider=self.title,
                family=need.family,
                one_by_one=self.one_by_one,
            )
        if need.identifiers is not None and need.family in self.at_once:
            raise UnsupportedError(
                "%(provider)s gives %(family)s of all assets at once; ask without an asset.",
                provider=self.title,
                family=need.family,
            )
        if self.needs_key and not self.key:
            variable = f"ASSAY_{self.name.upper()}_KEY"
            raise UnsupportedError(
                "%(provider)s answers with a key only; set %(variable)s.",
                provider=self.title,
                variable=variable,
            )
        if self.terms and not self.accepted:
            raise UnsupportedError(
                "%(provider)s is queried only once its terms are accepted (%(terms)s); to accept them set "
                "%(variable)s=accepted.",
                provider=self.title,
                terms=self.terms,
                variable=self.terms_variable(),
            )
        return self._requests(need, () if need.identifiers is None else self._known_of(need))

    @classmethod
    def terms_variable(cls) -> str:
        """The setting by which the operator says that he accepts its terms."""
        return f"ASSAY_{cls.name.upper()}_TERMS"

    @property
    def is_set_up(self) -> bool:
        """Whether the operator has given what it may ask for: a key, or that he accepts its terms."""
        return self.accepted if self.terms else bool(self.key)

    def check_family(self, family: str) -> None:
        """`UnsupportedError` when it can't be asked for this family at all."""
        if family not in self.families:
            raise UnsupportedError(
                "%(provider)s has no %(family)s; it has: %(families)s.",
                provider=self.title,
                family=family,
                families=", ".join(self.families),
            )

    def _known_of(self, need: Need) -> tuple[Identifier, ...]:
        try:
            known = self.known(need.family, need.identifiers or ())
        except ValueError as error:
            raise UnsupportedError(
                "%(provider)s can't be asked about this asset: its %(known_by)s %(problem)s.",
                provider=self.title,
                known_by=self.known_by,
                problem=error,
            ) from error
        known = self._at_home(need, known)
        if not known:
            raise UnsupportedError(
                "%(provider)s can't be asked about this asset: its %(known_by)s is not known.",
                provider=self.title,
                known_by=self.known_by,
            )
        return known

    def _at_home(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        """Of contracts those on the first chain, its home: a bridged copy speaks for its own pools alone."""
        named = (each for each in need.identifiers or () if each[0].startswith("address:"))
        home = next(named, None)
        if need.family in self.of_every_contract or need.family in self.in_batches or home is None:
            return known
        return tuple(each for each in known if each[0] == home[0] or not each[0].startswith("address:"))

    def known(self, family: str, identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        """The identifiers by which it can be asked about this asset; `ValueError` for a broken one."""
        return tuple(each for each in identifiers if each[0] in self.namespaces and self.is_name(*each))

    def is_name(self, namespace: str, value: str) -> bool:
        """Whether this can be a name of the namespace: what cannot is not asked about."""
        return True

    def refusal(self, reason: str = "") -> RefusedError:
        """To be raised where it says no."""
        return RefusedError(
            "%(provider)s refused: %(reason)s.",
            provider=self.title,
            reason=reason or message("no reason given"),
        )

    def knows_nothing_of(self, what: str) -> Parsed:
        """Its answer about somebody it has never heard of."""
        return Parsed(
            remarks=(message("%(provider)s does not know %(what)s.", provider=self.title, what=what),)
        )

    @abstractmethod
    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        """The first calls: for its universe, or for assets of which it knows these identifiers."""

    @abstractmethod
    def parse(self, raw: RawObservation) -> Parsed:
        """Read a body; `UnreadableError` when it is not what was promised. Pure."""

    def documents(
        self, filed: Iterable[FilingReference], *, family: str, read: frozenset[str]
    ) -> tuple[Identifier, ...]:
        """Of these filed documents the names of those that can be asked for and read for a family; those with
        the accession numbers `read` have been."""
        return ()

    def headers(self) -> dict[str, str]:
        """What only this provider is sent: the API key. Never stored, logged or shown."""
        return {}

    def secret_path(self) -> str:
        """What only this provider is asked below its base URL: a key that is part of the path. As secret."""
        return ""

    def secret_params(self) -> dict[str, str]:
        """A key that must be part of the query. As secret."""
        return {}

    def accepts(self, request: Request, status_code: int) -> bool:
        """Whether this status is an answer that `parse` reads; any other is an error."""
        return status_code == HTTPStatus.OK

    def fetch(self, request: Request, client: HttpClient) -> RawObservation:
        return client.ask(self, request)
