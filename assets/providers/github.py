"""GitHub: how much the code of a project is worked on, in the repository that the project itself names.

https://docs.github.com/rest. 60 calls an hour without a token, 5,000 with one, which goes into a header.
Which repository is a project's own others tell (the links of CoinGecko, CoinPaprika): a search for its name
would find copies. A fork is somebody else's work, and one that is archived takes no more changes; where a
project names several repositories, the first that is neither of both is counted.

Statistics are computed when they are asked for: until then GitHub answers 202, and wants to be asked again.
They are of the default branch, by weeks from Sunday on.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from assets.identity.repositories import repository_named
from assets.metrics.families import DISCLOSURE, TOKEN
from assets.sourcing.contract import (
    HttpClient,
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    TransientError,
    UnreadableError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import Flag, Moment, Name, RowReader, VendorModel, count_of, load_json, moment_of
from assets.sourcing.rows import AssetRef, DisclosureRow, Identifier

NAMESPACE: Final = "github"
"""Of repositories, which are nobody's identity: two coins can be of one project."""
MOST_REPOSITORIES: Final = 3
CALLS_WITH_TOKEN: Final = Rate(calls=4_900, per_s=3_600)

COMPUTES_S: Final = 10.0
WEEK: Final = timedelta(days=7)
COUNTED: Final = timedelta(days=90)
RELEASES_A_PAGE: Final = 30
A_YEAR: Final = timedelta(days=365)


class GitHubRepository(VendorModel):
    full_name: Name
    fork: Flag = None
    archived: Flag = None


class GitHubRelease(VendorModel):
    tag_name: Name
    published_at: Moment = None


class GitHub(Provider):
    name = "github"
    title = "GitHub"
    website = "https://github.com"
    attribution = message("Activity of code by GitHub")
    default_url = "https://api.github.com"
    rate = Rate(calls=58, per_s=3_600)
    # Beside 429 it says so with 403.
    limit_statuses = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
    families = (DISCLOSURE,)
    fields = {DISCLOSURE: "repository commits_90d releases_12m"}
    per_asset = frozenset({DISCLOSURE})
    for_interest = frozenset({DISCLOSURE})
    reads_repositories = frozenset({DISCLOSURE})
    one_by_one = message("repository by repository")
    namespaces = (NAMESPACE, "coingecko", "coinpaprika", "defillama")
    known_by = message("repository")

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if self.key and not settings.get("rate"):
            self.rate = CALLS_WITH_TOKEN

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def accepts(self, request: Request, status_code: int) -> bool:
        """A repository that is gone, or empty, is an answer about it."""
        return status_code in {
            HTTPStatus.OK,
            HTTPStatus.ACCEPTED,
            HTTPStatus.NO_CONTENT,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
        }

    def fetch(self, request: Request, client: HttpClient) -> RawObservation:
        raw = super().fetch(request, client)
        if raw.status_code == HTTPStatus.ACCEPTED:
            raise TransientError(
                "GitHub is still counting the commits of %(repository)s.",
                repository=request.context["repository"],
                retry_after_s=COMPUTES_S,
            )
        return raw

    def known(self, family: str, identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        """The repositories, of an asset that has a name of its own beside them."""
        repositories = [each for each in identifiers if each[0] == NAMESPACE and repository_named(each[1])]
        return tuple(repositories) if _owners(identifiers) else ()

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        repositories = [value for _namespace, value in known][:MOST_REPOSITORIES]
        owner = _owners(need.identifiers or ())[0]
        return (_repository(repositories, asset="\n".join(owner)),)

    def parse(self, raw: RawObservation) -> Parsed:
        if raw.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}:
            gone = self.knows_nothing_of(raw.request.context["repository"])
            return Parsed(remarks=gone.remarks, follow=_next(raw.request.context))
        read = {"repository": _about, "commits": _commits, "releases": _releases}
        return read[raw.request.context["asked"]](raw)


def _owners(identifiers: Sequence[Identifier]) -> list[Identifier]:
    """The names of the asset itself."""
    return [each for each in identifiers if each[0] != NAMESPACE]


def _path(repository: str) -> str:
    owner, _slash, name = repository.partition("/")
    return f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"


def _repository(repositories: list[str], *, asset: str) -> Request:
    first, *others = repositories
    context = {"asked": "repository", "asset": asset, "repository": first, "others": " ".join(others)}
    return Request(family=DISCLOSURE, path=_path(first), context=context)


def _next(context: Mapping[str, str]) -> tuple[Request, ...]:
    """The next one of those that the project names."""
    others = context.get("others", "").split()
    return (_repository(others, asset=context["asset"]),) if others else ()


def _row(raw: RawObservation, as_of: datetime, **figures: Any) -> DisclosureRow:
    namespace, _separator, value = raw.request.context["asset"].partition("\n")
    return DisclosureRow(
        asset=AssetRef(kind=TOKEN, identifiers=((namespace, value),)),
        as_of=min(as_of, raw.fetched_at),
        repository=raw.request.context["repository"][:200],
        **figures,
    )


def _unreadable(raw: RawObservation) -> UnreadableError:
    return UnreadableError(
        "GitHub sent something other than it promises of %(repository)s.",
        repository=raw.request.context["repository"],
    )


def _about(raw: RawObservation) -> Parsed:
    """Whether this is the project's own work; its commits and releases are asked for then."""
    reader, context = RowReader(), raw.request.context
    found = reader.read(GitHubRepository, load_json(raw.body))
    if found is None or "/" not in found.full_name:
        raise _unreadable(raw)
    if found.fork is not False or found.archived is not False:
        reader.remark(
            "%(repository)s is a fork or archived: it doesn't count as work on the project.",
            repository=context["repository"],
        )
        return reader.parsed([], *_next(context))
    # A repository that has moved is asked for under its new name.
    moved = {**context, "others": "", "repository": found.full_name.casefold()}
    path = _path(moved["repository"])
    commits = Request(
        family=DISCLOSURE, path=f"{path}/stats/commit_activity", context=moved | {"asked": "commits"}
    )
    releases = Request(
        family=DISCLOSURE,
        path=f"{path}/releases",
        params={"per_page": str(RELEASES_A_PAGE)},
        context=moved | {"asked": "releases"},
    )
    return reader.parsed([], commits, releases)


def _commits(raw: RawObservation) -> Parsed:
    """The commits of the 90 days up to the end of the last week that is told, or to now within it."""
    reader = RowReader()
    weeks = [] if raw.status_code == HTTPStatus.NO_CONTENT else load_json(raw.body)
    if not isinstance(weeks, list):
        raise _unreadable(raw)
    days: dict[datetime, int] = {}
    for week in weeks:
        try:
            days |= _days_of(week)
        except ValueError as error:
            reader.reject("A week %(problem)s.", problem=error)
    if raw.status_code == HTTPStatus.NO_CONTENT:
        return reader.parsed([_row(raw, raw.fetched_at, commits_90d=0)])
    if reader.rejected or not days:  # A sum that lacks a part is none.
        return reader.parsed([])
    until = min(max(days) + timedelta(days=1), raw.fetched_at)
    counted = sum(count for day, count in days.items() if until - COUNTED <= day < until)
    return reader.parsed([_row(raw, until, commits_90d=counted)])


def _days_of(week: object) -> dict[datetime, int]:
    """The commits of each day of one week."""
    if not isinstance(week, dict) or not isinstance(days := week.get("days"), list) or len(days) != WEEK.days:
        raise ValueError(message("is not seven days"))
    begun = moment_of(week.get("week"))
    counts = [count_of(each) for each in days]
    if begun is None or None in counts:
        raise ValueError(message("is not seven days"))
    return {begun + timedelta(days=day): count or 0 for day, count in enumerate(counts)}


def _releases(raw: RawObservation) -> Parsed:
    """The releases of twelve months, up to a page of them: more is no other answer."""
    reader, since = RowReader(), raw.fetched_at - A_YEAR
    listed = load_json(raw.body)
    if not isinstance(listed, list):
        raise _unreadable(raw)
    moments = [reader.read(GitHubRelease, item) for item in listed]
    if reader.rejected:
        return reader.parsed([])
    recent = [each for each in moments if each and each.published_at and since <= each.published_at]
    return reader.parsed([_row(raw, raw.fetched_at, releases_12m=len(recent))])
