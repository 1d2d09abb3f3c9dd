"""Note form: what may stand in a note."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from screener.services.desk.notes import LONGEST


class NoteForm(forms.Form):
    """`seen` is the revision that the writer started from; a new note has none."""

    body = forms.CharField(
        strip=False,
        error_messages={"required": _("The note is empty. Write something, or cancel.")},
    )
    seen = forms.IntegerField(required=False)

    def clean_body(self) -> str:
        """Browsers send line ends as two characters and count them as one."""
        body: str = self.cleaned_data["body"].replace("\r\n", "\n").rstrip()
        if not body:
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        if len(body) > LONGEST:
            raise forms.ValidationError(
                _("The note has %(length)s characters and may have %(longest)s. Shorten it by %(excess)s."),
                params={
                    "length": number_format(len(body), force_grouping=True),
                    "longest": number_format(LONGEST, force_grouping=True),
                    "excess": number_format(len(body) - LONGEST, force_grouping=True),
                },
            )
        return body

    @property
    def problem(self) -> Any:
        """The first thing wrong with the text."""
        return next(iter(self.errors.get("body", [])), "")
