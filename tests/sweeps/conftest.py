"""What the sweeps go over."""

from types import SimpleNamespace

import pytest

from tests.factories.world import make_world


@pytest.fixture
def world(db, django_user_model, universe_at_rest) -> SimpleNamespace:
    return make_world(django_user_model)
