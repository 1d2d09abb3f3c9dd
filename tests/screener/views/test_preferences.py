import pytest

pytestmark = pytest.mark.django_db


def test_a_theme_is_kept_in_a_cookie_and_rendered(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "/data/"})
    assert (answer.status_code, answer["Location"]) == (302, "/data/")
    assert answer.cookies["theme"].value == "dark"
    assert b'data-theme="dark"' in client.get("/").content


@pytest.mark.parametrize("theme", ["", "pink", "<script>"])
def test_any_other_theme_is_that_of_the_system(client, theme):
    client.cookies["theme"] = "dark"
    answer = client.post("/theme/", {"theme": theme})
    assert answer.cookies["theme"].value == ""
    assert b"data-theme" not in client.get("/").content


def test_a_theme_leads_to_no_other_site(client):
    assert client.post("/theme/", {"theme": "dark", "next": "https://example.com/"})["Location"] == "/"


def test_looking_at_it_changes_nothing(client):
    assert client.get("/theme/").status_code == 405
