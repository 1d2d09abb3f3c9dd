import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.words.markdown import MARKS, MOST_MARKS, document, markdown

REL = 'rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain *and* **bold**", "<p>plain <em>and</em> <strong>bold</strong></p>\n"),
        ("two\nlines", "<p>two<br>\nlines</p>\n"),
        ("# Title", "<h3>Title</h3>\n"),
        ("## Part\n### Deeper", "<h3>Part</h3>\n<h4>Deeper</h4>\n"),
        ("# One\n###### Deep", "<h3>One</h3>\n<h6>Deep</h6>\n"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("[site](https://a.example 'T')", f'<p><a href="https://a.example" title="T" {REL}>site</a></p>\n'),
        (
            "see https://a.example/x?y=1.",
            f'<p>see <a href="https://a.example/x?y=1" {REL}>https://a.example/x?y=1</a>.</p>\n',
        ),
        ("`https://a.example`", "<p><code>https://a.example</code></p>\n"),
        ("![chart](https://a.example/x.png)", f'<p><a href="https://a.example/x.png" {REL}>chart</a></p>\n'),
        ("[![chart](x.png)](/y)", f'<p><a href="/y" {REL}>chart</a></p>\n'),
        ("3. third", '<ol start="3">\n<li>third</li>\n</ol>\n'),
    ],
)
def test_what_people_write(text, html):
    assert markdown(text) == html


def test_tables_keep_their_alignment_without_inline_style():
    html = markdown("a | b\n--|--:\n1 | 2")
    assert '<td class="align-right">2</td>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='vbscript:x'>x</a>",
        "![x](javascript:alert(1))",
        "<svg/onload=alert(1)>",
        '[x](https://a.example" onmouseover="alert(1))',
        '<https://a.example/"onclick=alert(1)>',
        '```html"><script>\nalert(1)\n```',
    ],
)
def test_nothing_runs(text):
    html = markdown(text)
    tags = re.findall(r"<[^>]*>", html)
    assert not any(re.search(r"\son\w+=|script|<img|<svg|href=\"(?!https?:)", tag) for tag in tags)


@given(st.text(alphabet=st.sampled_from("<>[]()!\"'`*_#|-:\n ahrefscipt/=.&;"), max_size=80))
def test_only_known_tags_come_out(text):
    for tag in re.findall(r"</?([a-z0-9]+)", markdown(text)):
        assert tag in {
            *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li"),
            *("a", "em", "strong", "s", "table", "thead", "tbody", "tr", "th", "td"),
        }


def test_in_a_document_the_end_of_a_line_is_a_space():
    assert document("one\ntwo\n\nthree") == "<p>one\ntwo</p>\n<p>three</p>\n"
    assert "<br" in markdown("one\ntwo")


@pytest.mark.parametrize("marks", ["[*", "a|b\n-|-\n|\n", "![", "*a_", "<!--", "~~a", "`a``", "> ["])
def test_a_text_of_marks_is_shown_as_it_was_written(marks):
    text = marks * (20_000 // len(marks))
    begun = time.thread_time()
    html = markdown(text)
    assert time.thread_time() - begun < 1
    assert html.startswith("<pre>") == (sum(map(text.count, MARKS)) > MOST_MARKS)


def test_what_is_shown_as_it_was_written_is_escaped():
    assert markdown("<b>" * MOST_MARKS).startswith("<pre>&lt;b&gt;")


def test_a_long_note_with_a_table_is_markdown():
    rows = "| name | 1.5 |\n" * 800
    assert "<table>" in markdown(f"| a | b |\n|-|-|\n{rows}")
