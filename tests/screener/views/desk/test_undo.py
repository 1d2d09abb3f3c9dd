import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from screener.views.desk.undo import offer_undo


@pytest.mark.django_db
def test_the_message_is_a_form_and_its_text_is_escaped():
    request = RequestFactory().post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    offer_undo(request, "“<b>” is deleted.", address="/back/", asset='"x"')
    [message] = [str(each) for each in get_messages(request)]
    assert "“&lt;b&gt;” is deleted." in message
    assert 'action="/back/"' in message
    assert 'name="csrfmiddlewaretoken"' in message
    assert 'name="asset" value="&quot;x&quot;"' in message
