from screener.screens.position import PositionSize
from screener.screens.query import parse
from screener.screens.screen import Screen, Usual
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.views.screening.screen_table import address_of, headings

USUAL = PositionSize(usd=5_000)


def heading(screen, key):
    (heading,) = [each for each in headings(screen, USUAL, OF_CHECKLIST) if each["key"] == key]
    return heading


def test_the_address_has_the_words_of_the_screen():
    screen = Screen(condition=parse("kind:token"), sort="price", columns=("price",), page=3)
    assert address_of(screen) == "/?q=kind%3Atoken&sort=price&columns=price&page=3"
    assert address_of(screen, page="", sort="") == "/?q=kind%3Atoken&columns=price"
    assert address_of(Screen()) == "/"


def test_the_first_click_on_a_number_sorts_the_largest_first_and_the_second_turns_it_round():
    assert heading(Screen(), "price")["address"] == "/?sort=-price"
    assert heading(Screen(sort="-price"), "price")["address"] == "/?sort=price"
    assert heading(Screen(sort="-price", page=4), "price")["direction"] == "descending"
    assert heading(Screen(), "name")["address"] == "/?sort=name"
    assert heading(Screen(sort="name"), "name")["address"] == "/?sort=-name"


def test_the_usual_order_needs_no_word():
    assert heading(Screen(sort="score"), "score")["address"] == "/"


def test_a_list_that_is_usually_in_another_order_can_be_sorted_by_rating():
    listed = Usual(path="/watchlists/1/", sort="watched_days", has_lists_columns=True)
    assert heading(Screen(usual=listed, sort="price"), "score")["address"] == "/watchlists/1/?sort=-score"
    own = Screen(usual=listed, sort="-watched_days", columns=("watched_days",))
    assert heading(own, "watched_days")["address"] == "/watchlists/1/?columns=watched_days"


def test_gates_have_no_order():
    assert heading(Screen(), "gates")["address"] == ""


def test_score_grade_gates_and_tier_always_lead():
    keys = [each["key"] for each in headings(Screen(columns=("spread", "score")), USUAL, OF_CHECKLIST)]
    assert keys == ["name", "score", "dimensions", "gates", "spread"]


def test_the_market_cap_says_by_whose_limits_its_tier_is():
    (usual,) = [each for each in headings(Screen(), USUAL, OF_CHECKLIST) if each["key"] == "market_cap"]
    assert usual["note"] == ""
    assert "Equity tiers: Nano < $50" in usual["description"]
    own = OF_CHECKLIST.with_own(
        {"equity": read_limits("micro:250m,small:2b,mid:10b")}, whose=Whose.PROFILE, profile="Mine"
    )
    (seen,) = [each for each in headings(Screen(), USUAL, own) if each["key"] == "market_cap"]
    assert seen["note"] == "tiers by your profile"
    assert "(limits of your profile “Mine”)" in seen["description"]


def test_each_column_says_the_size_that_it_is_for():
    usual = {each["key"]: each.get("size", "") for each in headings(Screen(), USUAL, OF_CHECKLIST)}
    assert (usual["score"], usual["gates"], usual["round_trip"]) == ("", "", "$5,000")
    own = {
        each["key"]: each.get("size", "") for each in headings(Screen(), PositionSize(usd=900), OF_CHECKLIST)
    }
    assert (own["score"], own["dimensions"]) == ("$5,000", "$5,000"), "a rating is stored for the usual size"
    assert (own["gates"], own["round_trip"], own["price"]) == ("$900", "$900", "")
