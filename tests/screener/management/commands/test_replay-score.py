# ruff: noqa: N999


from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from screener.models import Scorecard
from tests.factories.market import copies_of, score_one

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(db):
    return score_one()


@pytest.fixture
def many(card):
    return copies_of(card, 50)


def run(*arguments):
    """What is printed, and the code that the process exits with."""
    out, err = StringIO(), StringIO()
    try:
        call_command("replay-score", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue() + err.getvalue() + str(error), error.returncode
    return out.getvalue() + err.getvalue(), 0


def test_a_card_that_comes_out_the_same(card):
    assert run(card.pk) == ("1 the same, 0 different, 0 not replayable.\n", 0)


def test_a_difference_is_printed_and_an_error(card):
    Scorecard.objects.update(total=1.0)
    printed, code = run(card.pk)
    assert code == 1
    assert f"Scorecard {card.pk}: total: 1.0 was stored, {card.total} comes out" in printed


def test_another_version_is_no_difference(card):
    Scorecard.objects.update(checklist_version="1999.1", total=1.0)
    printed, code = run(card.pk)
    assert code == 3
    assert "not replayable under this version" in printed
    assert "comes out" not in printed


def test_a_difference_counts_more_than_what_can_not_be_replayed(many):
    Scorecard.objects.filter(pk=many[0].pk).update(checklist_version="1999.1")
    Scorecard.objects.filter(pk=many[1].pk).update(total=1.0)
    printed, code = run(many[0].pk, many[1].pk, many[2].pk)
    assert code == 1
    assert "1 the same, 1 different, 1 not replayable." in printed


def test_a_sample(many):
    assert run("--sample", 7) == ("7 the same, 0 different, 0 not replayable.\n", 0)


@pytest.mark.parametrize("arguments", [(), (1, "--sample", 3), (987_654,)])
def test_what_makes_no_sense_has_a_code_of_its_own(arguments, db):
    assert run(*arguments)[1] == 2


@pytest.mark.parametrize("size", ["0", "-1", "x"])
def test_a_sample_of_nothing_is_refused(size, db):
    assert run("--sample", size)[1] != 0
