import pytest
from django.test import RequestFactory

from screener.views.paging import page_of


@pytest.mark.parametrize(
    ("asked", "rows"),
    [("", [0, 1]), ("?page=2", [2, 3]), ("?page=9", [4]), ("?page=-1", [4]), ("?page=x", [0, 1])],
)
def test_the_address_says_which_page_and_nonsense_is_never_an_error(asked, rows):
    page = page_of(RequestFactory().get(f"/{asked}"), range(5), size=2)
    assert list(page) == rows
    assert page.paginator.num_pages == 3
