import random

import pytest
from django.test import Client

from screener.benches.market import add_scored
from screener.benches.visits import visit
from screener.universe.live import UNIVERSE


@pytest.mark.django_db
def test_every_visit_makes_sense():
    UNIVERSE.forget()
    add_scored(200)
    client = Client(headers={"host": "localhost"})
    for place in range(3):
        for address, headers in visit(random.Random(place)):
            assert client.get(address, headers=headers, secure=True).status_code == 200, address
    UNIVERSE.forget()
