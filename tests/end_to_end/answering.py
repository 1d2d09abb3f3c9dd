"""Stands for the network: an HTTP client that answers from bodies by path, and 404 to all else."""

import json
from datetime import timedelta

from assets.sourcing.contract import RawObservation, RefusedError


class Answering:
    def __init__(self, now, answers):
        self.now, self.answers = now, {path: _bytes(body) for path, body in answers.items()}

    def ask(self, provider, request):
        body = self.answers.get(request.path)
        status_code = 404 if body is None else 200
        if not provider.accepts(request, status_code):
            raise RefusedError("%(path)s is not there.", path=request.path)
        return RawObservation(
            provider=provider.name,
            request=request,
            status_code=status_code,
            body=body or b"",
            fetched_at=self.now + timedelta(seconds=1),
        )


def _bytes(body):
    if isinstance(body, bytes):
        return body
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()
