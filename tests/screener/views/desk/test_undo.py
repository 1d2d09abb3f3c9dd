import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from screener.models import Watchlist
from screener.views.desk.undo import delete_named, offer_undo, restore_named

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_():
    request = RequestFactory().post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def texts(request):
    return [str(each) for each in get_messages(request)]


def test_the_message_is_a_form_and_its_text_is_escaped(request_):
    offer_undo(request_, "“<b>” is deleted.", address="/back/", asset='"x"')
    [message] = texts(request_)
    assert "“&lt;b&gt;” is deleted." in message
    assert 'action="/back/"' in message
    assert 'name="csrfmiddlewaretoken"' in message
    assert 'name="asset" value="&quot;x&quot;"' in message


@pytest.mark.parametrize(
    ("taken_by", "text"),
    [("Other", "“Gems” is back."), ("GEMS", "“Gems” is back as “Gems (2)”, the name was taken.")],
)
def test_what_was_deleted_says_under_which_name_it_is_back(request_, django_user_model, taken_by, text):
    ana = django_user_model.objects.create_user("ana")
    gems = Watchlist.objects.create(owner=ana, name="Gems")
    delete_named(request_, gems, restored_at="/back/")
    assert not Watchlist.objects.of(ana).exists()
    Watchlist.objects.create(owner=ana, name=taken_by)
    restore_named(request_, gems)
    deleted, restored = texts(request_)
    assert "“Gems” is deleted." in deleted
    assert restored == text
