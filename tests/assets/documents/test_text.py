"""Text of a filed document."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.text import DocumentText, form_of, read_text

SUBMISSION = b"""<SEC-DOCUMENT>x.txt
<DOCUMENT>
<TYPE>10-K
<TEXT>
<html><head><title>Never shown</title></head><body>
<div style="display:none"><ix:header>hidden facts</ix:header></div>
<p>The <b>Com</b>pany&#146;s cash&nbsp;is
small.</p><p>It con\xc2\xadtinues.</p><table><tr><td>Cash</td><td>5</td></tr></table></body></html>
</TEXT>
</DOCUMENT>
<DOCUMENT><TYPE>EX-99<TEXT>An exhibit.</TEXT></DOCUMENT>
"""


def test_the_words_of_the_first_document_remain():
    assert read_text(SUBMISSION).text == "The Company’s cash is small.\nIt continues.\nCash 5"
    assert form_of(SUBMISSION) == "10-K"


def test_a_bare_document_has_no_form():
    assert form_of(b"<html><body>x</body></html>") == ""


def test_plain_text_keeps_its_paragraphs_and_loses_its_tags():
    body = b"<PAGE>\nA line that\n  goes on, 3 < 20.\n\n\nAnother\x97 one.<S> <C>\n"
    assert read_text(body).text == "A line that goes on, 3 < 20.\nAnother— one."


def test_the_notes_of_an_xbrl_instance_are_read():
    body = b"<?xml?><xbrl><Note>&lt;div&gt;We have&lt;/div&gt;&lt;p&gt;cash.&lt;/p&gt;</Note></xbrl>"
    assert "We have\ncash." in read_text(body).text


def test_rules_read_one_line_with_straight_quotes():
    document = DocumentText("The “Company’s”\nplan – it holds.")
    assert document.line == 'The "Company\'s" plan - it holds.'
    assert document.passage(4, 22).text == "“Company’s” plan –"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One is here. Two is there.", ["One is here.", "Two is there."]),
        ("Acme, Inc. has cash. It spends.", ["Acme, Inc. has cash.", "It spends."]),
        ("The U.S. dollar fell. A heading\nThen words", ["The U.S. dollar fell.", "A heading", "Then words"]),
        ("It goes on over a page\nand ends here. Next.", ["It goes on over a page\nand ends here.", "Next."]),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    document = DocumentText(text)
    assert [text[start:end] for start, end in document.sentences] == sentences


@given(st.text())
def test_every_word_of_any_text_stands_in_one_sentence(text):
    document = DocumentText(text)
    words = [word for start, end in document.sentences for word in document.plain[start:end].split()]
    assert words == document.plain.split()


@given(st.binary(max_size=400))
def test_any_body_has_a_text(body):
    text = read_text(body).text
    assert text == text.strip()
    assert "  " not in text


def test_a_body_full_of_brackets_takes_no_time():
    started = time.monotonic()
    read_text(b"<" * 200_000)
    read_text(b"<p" * 100_000)
    read_text(b"<p " + b"a b " * 100_000 + b">")
    read_text(b"<DOCUMENT>" * 50_000)
    assert time.monotonic() - started < 20
