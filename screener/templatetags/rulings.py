"""Template tags of rulings: the form of a questioned figure, and the name of a figure that was ruled."""

from django import template

from assets.services.ruling import PastRuling
from screener.forms.rulings import RulingForm, unit_of
from screener.services.dossier.rulings import Rulable, ruled_name
from screener.words.numbers import in_sentence

register = template.Library()


@register.simple_tag
def ruling_form(rulable: Rulable) -> RulingForm:
    return RulingForm(rulable=rulable)


@register.filter
def ruled_figure(ruling: PastRuling) -> str:
    """The name of the figure that was ruled."""
    return ruled_name(ruling.family, ruling.field)


@register.filter
def ruled_value(ruling: PastRuling) -> str:
    return in_sentence(ruling.value, unit_of(ruling.field))
