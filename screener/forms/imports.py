"""Import form: a sheet of a known kind, a file, and where the figures come from."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets.sheets.columns import SHEETS
from assets.sheets.tables import MOST_BYTES
from assets.sourcing.reading import url_of

LONGEST_EVIDENCE: Final = 500


def sheet_choices() -> list[tuple[str, str]]:
    """Asked anew by each form, so that the titles are in its reader's language."""
    return [(kind, gettext(sheet.title)) for kind, sheet in SHEETS.items()]


class ImportForm(forms.Form):
    """The file may be left out where one that was sent before is kept: nobody chooses it twice."""

    sheet = forms.ChoiceField(
        label=_("Sheet"),
        choices=sheet_choices,
        error_messages={
            "required": _("Choose what kind of sheet it is."),
            "invalid_choice": _("Choose what kind of sheet it is."),
        },
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV (UTF-8) or XLSX, at most 5 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    evidence_url = forms.CharField(
        label=_("Evidence"),
        max_length=LONGEST_EVIDENCE,
        help_text=_("The page or document that the figures come from; it is kept with them."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={
            "required": _("Say where the figures come from: the address of a page or document."),
            "max_length": _("The address is too long; it may have %(limit_value)d characters."),
        },
    )

    def __init__(self, *args: Any, has_kept_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_kept_file = has_kept_file

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if not file:
            if self.has_kept_file:
                return None
            raise forms.ValidationError(_("Choose a file."))
        if not file.size:
            raise forms.ValidationError(_("The file is empty."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s and may have %(most)s. Split it."),
                params={"size": filesizeformat(file.size), "most": filesizeformat(MOST_BYTES)},
            )
        return file

    def clean_evidence_url(self) -> str:
        url = url_of(self.cleaned_data["evidence_url"])
        if not url:
            raise forms.ValidationError(_("This is not a web address; it begins with https://."))
        return url
