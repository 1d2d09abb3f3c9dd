"""Clients of more than one person, and log-ins that carry a session as allauth leaves it."""

import pytest
from django.test import Client


@pytest.fixture
def client_factory():
    return Client
