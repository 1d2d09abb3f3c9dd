"""Items of an 8-K: where each begins and ends, by its number and its official title.

Numbers and titles are those of https://www.sec.gov/files/form8-k.pdf, and before 23 August 2004 those of the
form as it was (https://www.sec.gov/rules/final/33-8400.htm, which says how the old ones became the new ones).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assets.documents.text import DocumentText

TITLES: Final = {
    "1.01": "Entry into a Material Definitive Agreement",
    "1.02": "Termination of a Material Definitive Agreement",
    "1.03": "Bankruptcy or Receivership",
    "1.04": "Mine Safety - Reporting of Shutdowns and Patterns of Violations",
    "1.05": "Material Cybersecurity Incidents",
    "2.01": "Completion of Acquisition or Disposition of Assets",
    "2.02": "Results of Operations and Financial Condition",
    "2.03": "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet"
    " Arrangement of a Registrant",
    "2.04": "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an "
    "Obligation under an Off-Balance Sheet Arrangement",
    "2.05": "Costs Associated with Exit or Disposal Activities",
    "2.06": "Material Impairments",
    "3.01": "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
    "Transfer of Listing",
    "3.02": "Unregistered Sales of Equity Securities",
    "3.03": "Material Modification to Rights of Security Holders",
    "4.01": "Changes in Registrant's Certifying Accountant",
    "4.02": "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or "
    "Completed Interim Review",
    "5.01": "Changes in Control of Registrant",
    "5.02": "Departure of Directors or Certain Officers; Election of Directors; Appointment of "
    "Certain Officers; Compensatory Arrangements of Certain Officers",
    "5.03": "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year",
    "5.04": "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans",
    "5.05": "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
    "5.06": "Change in Shell Company Status",
    "5.07": "Submission of Matters to a Vote of Security Holders",
    "5.08": "Shareholder Director Nominations",
    "7.01": "Regulation FD Disclosure",
    "8.01": "Other Events",
    "9.01": "Financial Statements and Exhibits",
}
OLD_ITEMS: Final = {
    "1": ("5.01", "Changes in Control of Registrant"),
    "2": ("2.01", "Acquisition or Disposition of Assets"),
    "3": ("1.03", "Bankruptcy or Receivership"),
    "4": ("4.01", "Changes in Registrant's Certifying Accountant"),
    "5": ("8.01", "Other Events and Required FD Disclosure"),
    "6": ("5.02", "Resignations of Registrant's Directors"),
    "7": ("9.01", "Financial Statements, Pro Forma Financial Information and Exhibits"),
    "8": ("5.03", "Change in Fiscal Year"),
    "9": ("7.01", "Regulation FD Disclosure"),
    "10": (
        "5.05",
        "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
    ),
    "11": ("5.04", "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans"),
    "12": ("2.02", "Results of Operations and Financial Condition"),
}
WORD: Final = re.compile(r"[ .:,;()*|-]*+([A-Za-z'][A-Za-z'-]*+)[ .:,;()*|-]*+")
FEWEST_WORDS: Final = 2
"""So many words of a title make a heading of a number; some write "Unregistered Sale", or leave a word
out."""

HEADING: Final = re.compile(
    r"\bitems? ?(?:no\. ?)?([1-9]\.[0-9]{2}|1[0-2]|[1-9])(?![0-9]|\.[0-9])[ .:,;()*|-]{0,12}", re.I
)
RUNNING_ON: Final = re.compile(
    r"(?:of|above|below|is|are|in|on|to|and|or|under|hereof|herein|this|shall|by|for|with|as)\b", re.I
)
SIGNED: Final = re.compile(
    r"\bSIGNATURES?\b(?=[ :]*(?:Pursuant|According))"
    r"|\bPursuant to the requirements of the Securities Exchange Act",
    re.I,
)
WORDLESS: Final = re.compile(r"(?:[^A-Za-z]|\b(?:and|or)\b)*", re.I)
"""The body of a heading over the next one, as in "Items 3.03 and 5.03"."""

EMPTY: Final = re.compile(r"\W*(?:not applicable|none|n/a|inapplicable|no events?(?: to report)?)?\W*", re.I)


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One item of an 8-K by its number of today; the body is from `start` to `end` of the text."""

    number: str
    start: int
    end: int
    old_number: str = ""


def items_of(document: DocumentText) -> tuple[ReportItem, ...]:
    """Each item once, in their order; where a number stands over several stretches the longest counts."""
    line = document.line
    headings = list(_headings(line))
    stops = [*(each[0] for each in headings[1:]), _signature(line, headings[-1][1] if headings else 0)]
    found: dict[str, ReportItem] = {}
    bodies = [
        (number, old, start, stop) for (_at, start, number, old), stop in zip(headings, stops, strict=False)
    ]
    for place, (number, old, start, stop) in enumerate(bodies):
        later = place
        while WORDLESS.fullmatch(line, start, stop) and later + 1 < len(bodies):
            later += 1
            start, stop = bodies[later][2:]
        if EMPTY.fullmatch(line, start, max(start, stop)):
            continue
        item = ReportItem(number, start, stop, old)
        known = found.get(number)
        if known is None or item.end - item.start > known.end - known.start:
            found[number] = item
    return tuple(sorted(found.values(), key=lambda each: (each.start, each.number)))


def _signature(line: str, start: int) -> int:
    """Where the last item ends."""
    match = SIGNED.search(line, start)
    return match.start() if match else len(line)


def _headings(line: str) -> Iterator[tuple[int, int, str, str]]:
    """Where a heading begins and its body does, its number, and the old one."""
    for match in HEADING.finditer(line):
        number, old = match[1], ""
        title = TITLES.get(number, "")
        if "." not in number:
            old = number
            number, title = OLD_ITEMS[old]
        body, words = _after_title(line, match.end(), title)
        if words >= min(FEWEST_WORDS, len(title.split())) and title:
            yield match.start(), body, number, old
        elif title and not old and _stands_alone(line, match):
            yield match.start(), match.end(), number, old


def _after_title(line: str, start: int, title: str) -> tuple[int, int]:
    """Where the words of a title end, and how many there were."""
    known, count, end = {_stem(each) for each in re.findall(r"[A-Za-z'-]+", title)}, 0, start
    while (match := WORD.match(line, end)) and _stem(match[1]) in known:
        count, end = count + 1, match.end()
    return end, count


def _stem(word: str) -> str:
    bare = word.lower().replace("'", "").replace("-", "")
    return bare.rstrip("s") if len(bare) > 3 else bare


def _stands_alone(line: str, match: re.Match[str]) -> bool:
    """A number without its title is a heading where a sentence ends before it and none goes on after it."""
    before = line[: match.start()].rstrip()[-1:]
    return (
        before in ("", ".", ":", ")")
        and not RUNNING_ON.match(line, match.end())
        and line[match.start()] == "I"
    )
