"""An answer that somebody gave, for tests whose rows must rest on one."""

from assets.models import Observation, Payload


def observed(*, provider, as_of, known_at, reparse_of=None):
    return Observation.objects.create(
        provider=provider,
        family="market",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=as_of,
        known_at=known_at,
        reparse_of=reparse_of,
    )
