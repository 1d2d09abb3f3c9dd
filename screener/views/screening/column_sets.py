"""Column sets: columns that a person chooses again and again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from screener.forms.screens import ColumnSetForm
from screener.models import ColumnSet
from screener.models.owned import NameTakenError
from screener.screens.columns import CATEGORY_OF, COLUMN_OF
from screener.services.screening import screens as service
from screener.views.access import PersonalRequest, logged_in, page_before
from screener.views.desk.undo import delete_named, restore_named


@require_http_methods(["GET", "POST"])
@logged_in
def column_sets(request: PersonalRequest) -> HttpResponse:
    """My column sets; a POST with name and columns keeps one, and goes back to where it came from."""
    if request.method == "GET":
        return _page(request)
    form, is_taken = ColumnSetForm(request.POST), False
    if form.is_valid():
        try:
            kept = service.save_columns(
                user=request.user,
                name=form.cleaned_data["name"],
                columns=form.keys,
                replace="replace" in request.POST,
            )
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
            is_taken = True
        else:
            messages.success(request, _("The columns are saved as “%(name)s”.") % {"name": kept.name})
            return redirect(page_before(request, default=reverse("column_sets")))
    return _page(request, form, is_taken=is_taken)


def _page(
    request: PersonalRequest, form: ColumnSetForm | None = None, *, is_taken: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "sets": [(kept, labels_of(kept.columns)) for kept in service.column_sets_of(request.user)],
        "form": form,
        "columns": labels_of(form.keys) if form and hasattr(form, "keys") else [],
        "is_taken": is_taken,
        "next": page_before(request, default=""),
    }
    return render(request, "screening/screens/columns.html", context, status=422 if form else 200)


def labels_of(keys: Any) -> list[str]:
    """What columns are called; one that went away keeps its key."""
    known = COLUMN_OF | CATEGORY_OF
    return [_(known[key].label) if key in known else key for key in keys]


@require_POST
@logged_in
def delete_column_set(request: PersonalRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(ColumnSet.objects.of(request.user), pk=pk)
    delete_named(request, gone, restored_at=reverse("column_set_restore", args=[gone.pk]))
    return redirect(page_before(request, default=reverse("column_sets")))


@require_POST
@logged_in
def restore_column_set(request: PersonalRequest, pk: int) -> HttpResponse:
    restore_named(request, get_object_or_404(ColumnSet.objects.of(request.user, with_deleted=True), pk=pk))
    return redirect("column_sets")
