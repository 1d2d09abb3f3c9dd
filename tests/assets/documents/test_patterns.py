"""Patterns of legal English."""

from assets.documents.patterns import REST, WORDS, any_of


def test_alternatives_are_found_in_any_case():
    pattern = any_of(rf"filed {WORDS}{{1,2}}petition", rf"chapter{REST}*11")
    assert pattern.search("It Filed a voluntary petition today.")
    assert pattern.search("under Chapter 7 or 11")
    assert not pattern.search("It filed. A voluntary petition")
