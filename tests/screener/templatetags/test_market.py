from screener.templatetags.market import kind_name, phase_name, risk_name, size_name, tier_name


def test_groups_and_readings_have_names():
    assert size_name("micro") == "Micro-caps"
    assert kind_name("equity") == "Equities"
    assert phase_name("bear") == "Bear"
    assert risk_name("on") == "Risk-on"


def test_what_is_not_known_says_so():
    assert tier_name("nano") == "Nano"
    assert tier_name("") == "Size not known"
    assert risk_name("") == "Not known"
    assert phase_name("") == "Not decided"
