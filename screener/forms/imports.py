"""Import form: a sheet of a known kind, a file, and where the figures come from."""

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets.network.virus_scan import ScannerGoneError, virus_in
from assets.sheets.columns import SHEETS
from assets.sheets.conventions import AMOUNTS, FRACTION, PERCENT
from assets.sheets.dates import DAY_FIRST, MONTH_FIRST
from assets.sheets.numbers import COMMA, POINT
from assets.sheets.tables import MOST_BYTES
from assets.sourcing.reading import url_of

LONGEST_EVIDENCE: Final = 500
LONGEST_TAB: Final = 31
"""So many characters the name of a sheet in a workbook can have."""

AS_THE_FILE_SHOWS: Final = ("", _("as the file shows"))
UNITS: Final = (_("US dollars"), _("thousands of US dollars"), _("millions of US dollars"))
CONVENTIONS: Final = ("decimal_mark", "date_order", "share_form", "amounts_in")
"""The fields that say how a file is written, where it does not show it itself."""


def sheet_choices() -> list[tuple[str, str]]:
    """Asked anew by each form, so that the titles are in its reader's language."""
    return [(kind, gettext(sheet.title)) for kind, sheet in SHEETS.items()]


def _refuse_viruses(file: UploadedFile) -> None:
    """Nothing is read that the operator's scanner knows, nor while it does not answer."""
    if not settings.ANTIVIRUS_ADDRESS:
        return
    try:
        virus = virus_in(file.read(), address=settings.ANTIVIRUS_ADDRESS)
    except ScannerGoneError as error:
        raise forms.ValidationError(
            _("The virus scanner does not answer, so no file is taken. Try again later.")
        ) from error
    file.seek(0)
    if virus:
        raise forms.ValidationError(
            _("The virus scanner refuses the file: %(virus)s."), params={"virus": virus}
        )


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
        help_text=_("CSV or XLSX, at most 5 MB and 50,000 rows."),
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

    decimal_mark = forms.ChoiceField(
        label=_("Decimal mark"),
        required=False,
        choices=(AS_THE_FILE_SHOWS, (POINT, _("a point: 1,234.5")), (COMMA, _("a comma: 1.234,5"))),
    )
    date_order = forms.ChoiceField(
        label=_("Dates"),
        required=False,
        choices=(
            AS_THE_FILE_SHOWS,
            (DAY_FIRST, _("day first: 31/12/2026")),
            (MONTH_FIRST, _("month first: 12/31/2026")),
        ),
    )
    share_form = forms.ChoiceField(
        label=_("Shares without a sign"),
        required=False,
        choices=(
            AS_THE_FILE_SHOWS,
            (PERCENT, _("percent: 12.5 is 12.5%")),
            (FRACTION, _("fractions: 0.125 is 12.5%")),
        ),
    )
    amounts_in = forms.ChoiceField(
        label=_("Amounts in"),
        required=False,
        choices=(
            AS_THE_FILE_SHOWS,
            *zip(AMOUNTS, UNITS, strict=True),
        ),
    )
    tab = forms.CharField(label=_("Sheet of the workbook"), required=False, max_length=LONGEST_TAB)

    def __init__(
        self, *args: Any, has_kept_file: bool = False, tabs: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.has_kept_file = has_kept_file
        if tabs:
            self.fields["tab"].widget = forms.Select(choices=[(each, each) for each in tabs])
        else:
            self.fields["tab"].widget = forms.HiddenInput()

    @property
    def conventions(self) -> list[forms.BoundField]:
        return [self[name] for name in CONVENTIONS]

    @property
    def others(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in CONVENTIONS]

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
        _refuse_viruses(file)
        return file

    def clean_evidence_url(self) -> str:
        url = url_of(self.cleaned_data["evidence_url"])
        if not url:
            raise forms.ValidationError(_("This is not a web address; it begins with https://."))
        return url
