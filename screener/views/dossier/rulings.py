"""Ruling for one value of a questioned figure: the form by itself, and its answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from kombu.exceptions import OperationalError as QueueError

from assets.models import Asset
from assets.services.importing import ImportRefusedError
from assets.services.ruling import rule
from assets.sourcing.contract import ProviderError
from assets.sourcing.messages import localized
from screener.forms.rulings import RulingForm
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.rulings import rulable
from screener.views.access import PersonalRequest


@require_http_methods(["GET", "POST"])
def ruling(request: PersonalRequest, slug: str, family: str, field: str) -> HttpResponse:
    """Only for staff; for others it isn't there."""
    if not request.user.is_staff:
        raise Http404
    asset = get_object_or_404(Asset.objects.at_address(slug))
    facts, page = DossierFacts(asset), f"{asset.get_absolute_url()}#conflicts"
    asked = rulable(facts, family=family, field=field)
    if asked is None or asked.rulable is None:
        messages.info(request, _("This figure is not questioned any more, or can't be ruled by itself."))
        return redirect(page)
    form = RulingForm(request.POST if request.method == "POST" else None, rulable=asked.rulable)
    if form.is_valid():
        try:
            rule(
                asset=asset,
                ruling=asked.rulable.ruling(form.ruled, reason=form.cleaned_data["reason"]),
                user=request.user,
            )
        except (ImportRefusedError, ProviderError) as refusal:
            form.add_error(None, localized(str(refusal)))
        except QueueError:
            messages.warning(
                request,
                _("The ruling is stored. The task queue does not answer; scores follow when it is back."),
            )
            return redirect(page)
        else:
            messages.success(request, _("Your ruling counts. The asset is scored anew with it."))
            return redirect(page)
    context = {"asset": asset, "question": asked.question, "form": form}
    return render(request, "dossier/rulings/page.html", context, status=422 if form.errors else 200)
