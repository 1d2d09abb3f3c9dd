"""Offerings told in an 8-K: what items 1.01, 3.02 and 8.01 say of a sale of securities.

A line, a programme at the market, convertibles and preferred shares can stand beside a sale of shares, so
that one report may have several. A sale of shares is of one kind; warrants sold privately beside it
belong to it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assets.documents import offering_terms as terms
from assets.documents.amounts import dollars_in, totals_in
from assets.documents.items import items_of
from assets.documents.numbers import FIGURE
from assets.documents.offerings import Offering
from assets.documents.patterns import REST, any_of
from assets.documents.sections import ItemSection, Sentence
from assets.documents.text import DocumentText

ITEMS: Final = ("1.01", "3.02", "8.01")
WINDOW: Final = 4
"""Sentences from the one that names the sale: its terms follow it (our judgement)."""

VERB: Final = (
    r"\b(?:issu\w+|s[eo]ll\w*|sold|sale|purchas\w+|offer\w*|exchang\w+|consummat\w+|complet\w+|clos\w+"
    r"|pric\w+)\b"
)
AT_MARKET: Final = any_of(
    r"\bat[- ](?:the[- ])?market\b", r"\bequity distribution agreement\b", r"\bopen market sale agreement"
)
RESTRICTED: Final = any_of(
    r"\bagreed (?:not|to not|that)\b|\bprohibit\w*|\brestrict\w*|\bexcept(?:ion)?s?\b|\bstandstill\b"
    r"|\block-?up\b",
    r"\bvariable rate\b|\bdays (?:after|following|from)\b|\bsubject to (?:certain|an) exception",
)
"""What a buyer forbids for a while."""

UNUSED: Final = any_of(
    rf"\b(?:has|have|had) not (?:issued|sold)\b|\bno (?:sales|shares)\b{REST}{{0,60}}\b(?:made|sold"
    rf"|issued)\b|\bno plans to sell\b"
    rf"|\b(?:terminat\w+|suspend\w+)\b{REST}{{0,160}}\b(?:sales agreement|at[- ]the[- ]market|ATM)",
)
LINE: Final = any_of(
    r"\bequity line\b|\bcommitted equity\b|\bstandby equity\b|\bELOC\b|\bequity purchase agreement\b",
    r"\bright,? but not the obligation,? to (?:direct|sell|require|cause)\b",
    rf"\bright to (?:issue and )?sell to\b{REST}{{0,120}}\bfrom time to time\b|\bfrom time to "
    rf"time\b{REST}{{0,120}}\bshall purchase\b",
    rf"\bcommon stock purchase agreement\b{REST}{{0,300}}\bregistration rights",
)
CONVERTIBLE: Final = any_of(
    rf"{VERB}{REST}{{0,260}}\bconvertible (?:[\w-]+ ){{0,5}}(?:notes?|debentures?|bonds?)\b",
    rf"\bconvertible (?:[\w-]+ ){{0,5}}(?:notes?|debentures?)\b{REST}{{0,200}}{VERB}",
)
OUTSTANDING: Final = any_of(
    r"\boutstanding (?:[\w.%-]+ ){0,6}convertible\b",
    r"\bexisting (?:[\w-]+ ){0,4}convertible\b",
    r"\bhedge\b|\bcapped call|\bwas converted\b",
)
PREFERRED: Final = any_of(
    rf"{VERB}{REST}{{0,160}}\b{FIGURE} (?:\w+ ){{0,3}}?shares? (?:\([^()]{{0,30}}\) )?(?:of "
    rf"{REST}{{0,100}}?)?\bpreferred (?:stock|shares?)\b",
)
NOT_SOLD: Final = any_of(r"\bdeclar\w+ a dividend\b|\bright to purchase\b|\beach right\b")
DIRECT: Final = any_of(r"\bregistered direct\b")
UNDERWRITTEN: Final = any_of(
    r"\bunderwriting agreement\b|\bunderwritten\b|\bfirm commitment\b|\bunderwriting discounts?\b"
)
BEST_EFFORTS: Final = any_of(r"\bbest[- ]efforts\b(?=[^;]{0,60}\boffering)|\bplacement agen(?:t|cy)\b")
PUBLIC: Final = any_of(r"\bpublic offering\b")
PRIVATE: Final = any_of(
    r"\bprivate placement\b|\b(?:section )?4\(a\)\(2\)|\bregulation [DS]\b|\bunregistered\b|\bregistration "
    r"rights agreement\b"
)
SHARES_SOLD: Final = any_of(
    rf"{VERB}{REST}{{0,300}}\b{FIGURE}(?: million)? (?:\w+[- ]){{0,5}}?(?:shares?|units?|ADSs?)\b",
    rf"\b(?:gross|net) proceeds\b{REST}{{0,100}}\$",
)
PURCHASE_AGREEMENT: Final = any_of(
    r"\b(?:securities|stock|share|unit) purchase agreement|\bsubscription agreement|\bprivate placement"
)
REGISTERED: Final = any_of(r"\bprospectus supplement\b|\bregistration statement on form [SF]-3\b")
FOR_ASSETS: Final = any_of(
    r"\basset purchase\b|\bmerger\b|\bacquisition of\b|\bas (?:partial )?consideration\b|\bseller"
)


def report_offerings(document: DocumentText) -> tuple[Offering, ...]:
    """Each kind once, as the first item that tells it has it."""
    items = items_of(document)
    found: dict[str, Offering] = {}
    for item in items:
        if item.number in ITEMS:
            section = ItemSection(document, item, items)
            for each in (*_beside(section), *_sale(section)):
                found.setdefault(each.kind, each)
    return tuple(found.values())


def _beside(section: ItemSection) -> Iterator[Offering]:
    """Kinds that can stand beside a sale of shares."""
    if line := section.first(LINE):
        yield _offering(section, "equity_line", line, is_programme=True)
    if programme := section.first(AT_MARKET, unless=(RESTRICTED,)):
        text = _stretch(section, programme)
        kind = "atm_unused" if UNUSED.search(text) and not terms.most(text) else "atm"
        yield _offering(section, kind, programme, is_programme=True)
    if notes := section.first(CONVERTIBLE, unless=(OUTSTANDING,)):
        yield _notes(section, notes)
    if preferred := section.first(PREFERRED, unless=(NOT_SOLD,)):
        yield _offering(section, "preferred", preferred)


def _sale(section: ItemSection) -> Iterator[Offering]:
    """A sale of shares: registered, by an agent, by a bank, or private."""
    sold = section.first(SHARES_SOLD, unless=(AT_MARKET, PREFERRED, OUTSTANDING))
    if sold is None or section.first(LINE) or section.first(AT_MARKET, unless=(RESTRICTED,)):
        return
    text = section.text
    if CONVERTIBLE.search(sold.text) or (section.first(PREFERRED) and not DIRECT.search(text)):
        return
    if DIRECT.search(text):
        yield _offering(section, "registered_direct", sold)
    elif UNDERWRITTEN.search(text):
        yield _offering(section, "underwritten", sold)
    elif PUBLIC.search(text) and BEST_EFFORTS.search(text):
        yield _offering(section, "public_best_efforts", sold)
    elif FOR_ASSETS.search(sold.text):
        return
    elif PURCHASE_AGREEMENT.search(text) and REGISTERED.search(text) and not PRIVATE.search(text):
        yield _offering(section, "registered_direct", sold)
    elif PURCHASE_AGREEMENT.search(text):
        yield _offering(section, "private_placement", sold)


def _stretch(section: ItemSection, sentence: Sentence) -> str:
    """The sentence and some after it."""
    place = section.sentences.index(sentence)
    return " ".join(each.text for each in section.sentences[place : place + WINDOW])


def _offering(section: ItemSection, kind: str, sentence: Sentence, *, is_programme: bool = False) -> Offering:
    text = _stretch(section, sentence)
    passage = section.document.passage(sentence.start, sentence.end)
    found = Offering(kind=kind, passage=passage)
    if kind == "atm_unused":
        return found
    if is_programme:
        return _programme(found, section, text)
    price = terms.price(text)
    shares, prefunded = terms.number_of_shares(text), terms.prefunded(text)
    amount, is_most = terms.amount(text)
    if amount is None and price and shares:
        amount = shares * price + (prefunded or 0) * terms.prefunded_price(text, price)
    if price is None and amount and shares and not prefunded and not is_most:
        price = amount / shares
    warrants = terms.warrants(text)
    return replace(
        found,
        amount_usd=amount,
        is_most=is_most,
        price_usd=price,
        shares=shares,
        prefunded=prefunded,
        warrants=warrants,
        warrant_strike_usd=terms.strike(section.text) if warrants else None,
        warrant_years=terms.years(section.text) if warrants else None,
    )


def _programme(found: Offering, section: ItemSection, text: str) -> Offering:
    """The most that may be sold, after an increase where there was one; and what is left of it."""
    raised = INCREASED.search(section.text)
    most = terms.first(totals_in(section.text[raised.end() - 1 : raised.end() + 30])) if raised else None
    most = most or terms.most(text) or terms.most(section.text)
    amount, _is_most = terms.amount(text)
    left = LEFT.search(section.text)
    room = terms.first(dollars_in(section.text[left.start() : left.end()])) if left else None
    if most is None and amount and (shares := terms.number_of_shares(text)):
        return replace(found, amount_usd=amount, shares=shares, price_usd=amount / shares)
    return replace(found, amount_usd=most or amount, is_most=most is not None, room_usd=room)


INCREASED: Final = any_of(rf"\bincreas\w+\b{REST}{{0,160}}\bto (?:up to )?\$")
LEFT: Final = any_of(
    rf"\$ ?{FIGURE}(?: million)?[^$;]{{0,80}}\b(?:remain\w*|available)\b[^$;]{{0,40}}\b(?:sale|sold|issu\w+"
    rf"|under)\b"
)


def _notes(section: ItemSection, sentence: Sentence) -> Offering:
    """The principal is the amount of a convertible; the price is that of conversion."""
    text = _stretch(section, sentence)
    passage = section.document.passage(sentence.start, sentence.end)
    amount, is_most = terms.amount(text)
    if amount is None:
        amount = terms.first(totals_in(text))
    price = CONVERSION.search(section.text)
    price_usd = terms.first(dollars_in(section.text[price.end() - 1 : price.end() + 20])) if price else None
    return Offering(
        kind="convertible", passage=passage, amount_usd=amount, is_most=is_most, price_usd=price_usd
    )


CONVERSION: Final = any_of(rf"\bconversion price\b{REST}{{0,120}}?\$")
