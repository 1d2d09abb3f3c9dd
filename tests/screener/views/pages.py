"""What a page says, without its markup."""

import re


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.replace("\u202f", " ")))
