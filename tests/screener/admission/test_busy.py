import pytest
from django.test import Client

from screener.admission.gate import BusyError
from screener.views.screening import screener


@pytest.mark.django_db
def test_a_view_that_finds_no_place_says_so(monkeypatch):
    def busy(*_args, **_kwargs):
        raise BusyError

    monkeypatch.setattr(screener, "run_screen", busy)
    answer = Client(headers={"host": "localhost"}).get("/?q=score>1", secure=True)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Busy right now" in answer.content.decode()
