"""Going concern: what sentences of reports say, and what they only seem to say."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.going_concern import going_concern
from assets.documents.text import DocumentText

STATED = (
    (
        "No assurance can be given that our lender will extend the loan, and therefore there is substantial"
        " doubt about our ability to continue as a going concern."
    ),
    (
        "Because the Partnership may be unable to refinance its mortgage, there is substantial doubt about"
        " its ability to continue as a going concern."
    ),
    (
        "The Company may not have enough cash to meet its obligations for a year and has concluded that"
        " there is substantial doubt about its ability to continue as a going concern."
    ),
    (
        "Should we lose our license we would be forced to close, and substantial doubt therefore exists"
        " about our ability to continue as a going concern."
    ),
    (
        "The grant could be withdrawn and, accordingly, substantial doubt about the Company's ability to"
        " continue as a going concern exists."
    ),
    (
        "We might be unable to sell the vessel, and management believes that there is substantial doubt about"
        " our ability to continue as a going concern."
    ),
    (
        "Management has determined that if the Company is unable to complete a Business Combination by May 6,"
        " 2025, then the Company will cease all operations, and the date for mandatory liquidation raises"
        " substantial doubt about the Company's ability to continue as a going concern."
    ),
    (
        "The Company may be unable to obtain financing, and these conditions raise substantial doubt about"
        " its"
        " ability to continue as a going concern."
    ),
    (
        "We may be required to curtail operations, which raises substantial doubt about our ability to"
        " continue"
        " as a going concern."
    ),
    "Our auditor's going concern doubt may hinder our ability to obtain future financing.",
    (
        "The Company has suffered recurring losses from operations and has a net capital deficiency "
        "that raise substantial doubt about its ability to continue as a going concern."
    ),
    (
        "These conditions, along with other matters as set forth in Note 1, indicate the existence of"
        " a material uncertainty that may cast significant doubt about the Company's ability to "
        "continue as a going concern."
    ),
    (
        "The report of our independent registered public accounting firm includes an explanatory "
        "paragraph relating to our ability to continue as a going concern."
    ),
    "Our auditors have issued a going concern opinion on our financial statements.",
    "We have received a going concern qualification from our auditors.",
    (
        "Management has concluded that these plans do not alleviate the substantial doubt about our "
        "ability to continue as a going concern."
    ),
    (
        "There can be no assurance that these plans will alleviate the substantial doubt about the "
        "Company's ability to continue as a going concern."
    ),
    (
        "In order to alleviate the substantial doubt about our ability to continue as a going "
        "concern, we intend to raise capital."
    ),
    (
        "If we are unable to raise capital we could cease operations. Accordingly, there is "
        "substantial doubt about our ability to continue as a going concern within one year."
    ),
    ("Our independent auditors have expressed doubt about our ability to continue as a going concern."),
    (
        "Management determined that substantial doubt exists about the Company's ability to continue "
        "as a going concern for one year after the date that the financial statements are issued."
    ),
    (
        "The continuation of the Company as a going concern is dependent on financing. These factors "
        "raise substantial doubt about this."
    ),
    (
        "The accompanying consolidated financial statements have been prepared assuming that the "
        "Company will continue as a going concern. As discussed in Note 2, the Company's losses raise"
        " substantial doubt about its ability to continue as a going concern. Management's plans are "
        "also described in Note 2. The financial statements do not include any adjustments that might"
        " result from the outcome of this uncertainty."
    ),
    (
        "In accordance with ASU 2014-15, management evaluated whether there are conditions that raise"
        " substantial doubt. Based on this evaluation, management concluded that there is substantial"
        " doubt about the Company's ability to continue as a going concern."
    ),
    (
        "The SPAC's mandatory liquidation date raises substantial doubt about the Company's ability "
        "to continue as a going concern."
    ),
    (
        "We do not have sufficient cash to fund operations for twelve months, which raises "
        "substantial doubt about our ability to continue as a going concern."
    ),
    "Our ability to continue as a going concern is in substantial doubt absent new financing.",
    "The Company's ability to continue as a going concern is in doubt.",
    ("Unless we raise capital soon, there is substantial doubt that we can continue as a going concern."),
    (
        "The Group had net current liabilities. These events or conditions indicate that a material "
        "uncertainty exists that may cast significant doubt on the Group's ability to continue as a "
        "going concern. Our opinion is not modified in respect of this matter."
    ),
    (
        "The Partnership has a net deficiency, and there is significant doubt about its continuing as"
        " a going concern."
    ),
    (
        "Our audit report for 2023 contained a going-concern explanatory paragraph, and our recurring"
        " losses continue to raise substantial doubt."
    ),
    (
        "Our cash is insufficient; these factors, among others, raise substantial doubt about the "
        "Trust's ability to meet its obligations and continue as a going concern."
    ),
    ("Our recurring losses have caused our auditor to include a going concern paragraph in their report."),
    (
        "We have a history of losses and our auditors have indicated in their report that there is a "
        "substantial uncertainty about our ability to continue as a going concern."
    ),
)
REMOVED = (
    "Our independent auditor has removed the going concern explanatory paragraph from its latest report.",
    "The going concern qualification was removed from our auditor's report after the merger.",
    (
        "These conditions raise substantial doubt about the Company's ability to continue as a going "
        "concern. Management's plans include cost cuts. The Company has concluded that substantial "
        "doubt has been alleviated by these plans."
    ),
    (
        "The Company believes that its plans are probable of being implemented and alleviate the "
        "substantial doubt about its ability to continue as a going concern."
    ),
    (
        "The conditions initially raised substantial doubt about our ability to continue as a going "
        "concern; however, that substantial doubt was alleviated by the financing."
    ),
    (
        "Management's plans will mitigate the conditions that raised substantial doubt about the "
        "Company's ability to continue as a going concern."
    ),
    (
        "As a result of the offering, substantial doubt about our ability to continue as a going "
        "concern no longer exists."
    ),
)
SILENT = (
    (
        "Management believes that there is no substantial doubt about the Company's ability to "
        "continue as a going concern."
    ),
    (
        "We have not identified any conditions that raise substantial doubt about our ability to "
        "continue as a going concern."
    ),
    (
        "Management concluded there were no conditions or events that raise substantial doubt about "
        "the Company's ability to continue as a going concern."
    ),
    (
        "The Company does not believe that these matters raise substantial doubt about its ability to"
        " continue as a going concern."
    ),
    (
        "ASU 2014-15 requires management to assess whether there is substantial doubt about an "
        "entity's ability to continue as a going concern."
    ),
    (
        "The amendments require management to evaluate whether there is substantial doubt about the "
        "entity's ability to continue as a going concern and to provide disclosures. The Company does"
        " not expect an impact."
    ),
    (
        "If we fail to comply with covenants, our auditors could express substantial doubt about our "
        "ability to continue as a going concern."
    ),
    "A downturn could raise substantial doubt about our ability to continue as a going concern.",
    (
        "If our suppliers fail, there may be substantial doubt about their ability to continue as a "
        "going concern."
    ),
    (
        "One of our tenants disclosed that there is substantial doubt about its ability to continue "
        "as a going concern."
    ),
    ("Our customer, Acme, reported substantial doubt about Acme's ability to continue as a going concern."),
    (
        "The credit agreement requires us to deliver audited statements without a going concern "
        "qualification or exception."
    ),
    (
        "The Group's objectives when managing capital are to safeguard its ability to continue as a "
        "going concern in order to provide returns for shareholders."
    ),
    (
        "The directors are responsible for assessing the Company's ability to continue as a going "
        "concern. We conclude on whether a material uncertainty exists related to events that may "
        "cast significant doubt on the Company's ability to continue as a going concern. If we "
        "conclude that a material uncertainty exists, we are required to draw attention."
    ),
    "The financial statements are prepared on a going concern basis.",
    "The value was determined on a going concern basis by the appraiser.",
    (
        "The directors have a reasonable expectation that the Group has adequate resources and there "
        "are no material uncertainties that may cast significant doubt upon the Group's ability to "
        "continue as a going concern."
    ),
    ("There is substantial doubt as to whether the deductions will be allowed by the tax authority."),
    ("An event of default occurs if our auditors issue a report containing a going concern qualification."),
    "The auditor's report did not contain an explanatory paragraph regarding going concern.",
    "Our competitors may experience substantial doubt about their viability.",
    (
        "We monitor the financial health of third-party manufacturers; a manufacturer's going concern"
        " doubt could disrupt supply."
    ),
)
OPEN = (("The Company's continuation as a going concern is dependent upon its ability to obtain financing."),)


def label(text):
    return going_concern(DocumentText(text)).label


@pytest.mark.parametrize("text", STATED)
def test_doubt_is_stated(text):
    assert label(text) == "yes"


@pytest.mark.parametrize("text", REMOVED)
def test_doubt_is_removed_by_plans(text):
    assert label(text) == "mitigated"


@pytest.mark.parametrize("text", SILENT)
def test_words_that_state_no_doubt_about_the_filer(text):
    assert label(text) == "no"


@pytest.mark.parametrize("text", OPEN)
def test_what_no_rule_decides_is_said_to_be_so(text):
    assert label(text) == "undecided"


def test_means_that_suffice_meet_a_mention_without_doubt():
    text = (
        "The Company has recurring losses. There can be no assurance that financing that is necessary for"
        " the Company to continue as a going concern will be available. Management believes that these"
        " actions will enable the Company to meet its liquidity requirements through December 31, 2015."
    )
    found = going_concern(DocumentText(text))
    assert (found.label, found.by) == ("mitigated", ("management",))
    assert found.passage.text.startswith("Management believes")


def test_an_auditor_outweighs_plans():
    text = (
        "Management believes that its plans alleviate the substantial doubt about the Company's ability to"
        " continue as a going concern. Our auditor's report expresses substantial doubt about our ability to"
        " continue as a going concern."
    )
    found = going_concern(DocumentText(text))
    assert (found.label, found.by) == ("yes", ("auditor",))


def test_the_passage_stands_where_it_says():
    before = "Nothing of note. " * 30
    sentence = "These losses raise substantial doubt about our ability to continue as a going concern."
    found = going_concern(DocumentText(before + sentence + " More."))
    assert (found.passage.start, found.passage.text) == (len(before), sentence)


@pytest.mark.parametrize(
    "text",
    [
        "A recession could lead to conditions that raise substantial doubt about our going concern.",
        "If grants end, there could be substantial doubt about our ability to continue as a going concern.",
        "If grants end, there may be substantial doubt about our ability to continue as a going concern.",
        "If grants end, our auditors may conclude that there is substantial doubt about our ability to"
        " continue as a going concern.",
        "If grants end, our auditors may, after reviewing our plans, conclude there is substantial doubt"
        " about our ability to continue as a going concern.",
        "Our loans could be required to be repaid if, in our auditor's opinion, there is substantial doubt"
        " about our ability to continue as a going concern.",
        "Sales could be lower, or there might be substantial doubt about our ability to continue as a going"
        " concern.",
        "Sales could be lower, and there is a risk of substantial doubt about our ability to continue as a"
        " going concern.",
        "Sales may be lower, but there is no substantial doubt about our ability to continue as a going"
        " concern.",
        "Our auditors' report does not include a going concern qualification.",
        "A going concern qualification would constitute a default under our credit facility.",
        "As such, substantial doubt about our ability to continue as a going concern does not exist.",
        "If losses continue, our auditors may conclude that they raise substantial doubt about our going"
        " concern.",
    ],
)
def test_what_is_only_possible_or_denied(text):
    assert label(text) == "no"


CONCERN = "substantial doubt about our ability to continue as a going concern"


@pytest.mark.parametrize(
    "text",
    [
        "Our auditor has not removed the going concern paragraph from its report.",
        "Our independent auditor has not yet removed the going concern explanatory paragraph.",
        "Our auditor did not remove the going concern paragraph from its report.",
        "Our auditor has never removed the going concern qualification from its report.",
        "Our auditors declined to remove the going concern paragraph.",
        "The going concern explanatory paragraph has not been removed from our auditor's report.",
        f"The financing did not alleviate the {CONCERN}.",
        f"The {CONCERN} has never been resolved.",
        f"The {CONCERN} has not been resolved.",
        f"The {CONCERN} has yet to be alleviated.",
        f"None of these plans alleviates the {CONCERN}.",
        f"No plan has alleviated the {CONCERN}.",
        f"Neither the offering nor the loan alleviated the {CONCERN}.",
        f"The alleviation of the {CONCERN} is not assured.",
    ],
)
def test_doubt_that_nobody_has_removed_is_stated(text):
    assert label(text) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        f"Our lender will no longer fund us, which raises {CONCERN}.",
        f"We no longer have access to the credit line and there is {CONCERN}.",
        f"There is {CONCERN} and we may no longer be able to operate.",
        f"We can no longer assure that the {CONCERN} is temporary.",
        f"We are no longer a going concern, and there is {CONCERN}.",
        f"If we raise capital, there would no longer be {CONCERN}.",
        f"Once the offering closes there will no longer be {CONCERN}.",
        f"There can be no assurance that {CONCERN} no longer exists.",
    ],
)
def test_something_else_that_is_no_longer_so_takes_no_doubt_away(text):
    assert label(text) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        f"There is no longer any {CONCERN}.",
        f"Our auditors no longer express {CONCERN}.",
        f"Management no longer believes that there is {CONCERN}.",
        f"The conditions that raised {CONCERN} no longer exist.",
    ],
)
def test_doubt_that_is_there_no_longer_is_removed(text):
    assert label(text) == "mitigated"


@pytest.mark.parametrize(
    "text",
    [
        f"We are no longer able to conclude that there is no {CONCERN}.",
        f"It is no longer the case that there is no {CONCERN}.",
        f"We cannot say that there is no {CONCERN}.",
        f"There can be no assurance that there is no {CONCERN}.",
        f"Management cannot conclude that {CONCERN} does not exist.",
        f"This does not mean that there is no {CONCERN}.",
    ],
)
def test_a_denial_that_nobody_could_make_denies_nothing(text):
    assert label(text) == "undecided"


def test_a_denial_beside_something_that_nobody_can_tell():
    assert label(f"We cannot predict our revenue, but there is no {CONCERN}.") == "no"


def test_what_the_other_mentions_are_is_said():
    found = going_concern(DocumentText(" ".join(SILENT[:1] + SILENT[4:5])))
    assert (found.label, set(found.because)) == ("no", {"denied", "standard"})


@given(st.sampled_from(STATED), st.sampled_from(SILENT[4:14]))
def test_words_about_something_else_take_no_statement_away(stated, silent):
    assert (
        label(f"{silent}\nAn unrelated sentence about rent.\nAnother about tax.\nA third.\n{stated}") == "yes"
    )


@given(st.lists(st.sampled_from(" ".join(STATED + SILENT).split()), max_size=60))
def test_any_words_are_decided(words):
    text = " ".join(words)
    found = going_concern(DocumentText(text))
    if found.passage:
        assert text[found.passage.start : found.passage.end] == found.passage.text


def test_a_document_without_end_takes_no_time():
    text = "substantial doubt going concern whether if not alleviate the " * 20_000
    started = time.monotonic()
    going_concern(DocumentText(text))
    assert time.monotonic() - started < 20
