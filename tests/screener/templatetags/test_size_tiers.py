from screener.screens.tier_limits import OF_CHECKLIST
from screener.templatetags.size_tiers import limits_in_words


def test_limits_say_whose_they_are():
    assert limits_in_words(OF_CHECKLIST.token).endswith("Large (limits of the checklist)")
