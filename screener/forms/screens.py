"""Forms of a screen and of a column set as they are saved: a name, and what stands under it."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from screener.models.owned import LONGEST_DESCRIPTION, LONGEST_NAME
from screener.screens.query import LONGEST_QUERY
from screener.screens.screen import Screen, read_screen
from screener.words.problems import in_words

EVERYTHING: Final = Screen()
WORDS: Final = ("q", "sort", "columns")


class NameField(forms.CharField):
    """`required` says what the form asks a name for."""

    def __init__(self, required: Any) -> None:
        too_long = _("The name has %(show_value)d characters and may have %(limit_value)d. Shorten it.")
        super().__init__(
            label=_("Name"),
            max_length=LONGEST_NAME,
            error_messages={"required": required, "max_length": too_long},
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )


class ScreenForm(forms.Form):
    """`screen` is what the form shows: the one it was made for, or what was typed once that was read.

    The names of its fields are the words of the screener's address.
    """

    name = NameField(_("A screen needs a name. Type one."))
    description = forms.CharField(label=_("What it is for"), max_length=LONGEST_DESCRIPTION, required=False)
    q = forms.CharField(
        label=_("Query"),
        max_length=LONGEST_QUERY,
        required=False,
        help_text=_("Empty means every asset."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    columns = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        screen: Screen = EVERYTHING,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = screen
        params = dict(screen.to_params())
        super().__init__(data, initial={word: params.get(word, "") for word in WORDS} | dict(initial or {}))

    def clean(self) -> dict[str, Any]:
        params = {word: (self.cleaned_data.get(word, ""),) for word in WORDS}
        self.screen, problems = read_screen(params)
        for problem in problems:
            self.add_error("q" if problem.key == "q" else None, in_words(problem))
        return self.cleaned_data


class ScreenNameForm(forms.Form):
    """Another name for a saved screen."""

    name = NameField(_("A screen needs a name. Type one."))


class ColumnSetForm(forms.Form):
    """`keys` are there once the form is valid; columns come once or several times, with commas."""

    name = NameField(_("A column set needs a name. Type one."))
    columns = forms.Field(widget=forms.MultipleHiddenInput)
    keys: tuple[str, ...]

    def clean_columns(self) -> list[str]:
        screen, problems = read_screen({"columns": self.cleaned_data["columns"]})
        if problems:
            raise forms.ValidationError([in_words(problem) for problem in problems])
        self.keys = screen.columns
        return list(screen.columns)
