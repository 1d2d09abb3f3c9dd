"""Notes: what a person wrote about an asset. Text is never overwritten: each edit is a revision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from screener.models.owned import Deletable, DeletableQuerySet


class Note(Deletable):
    """`body` is the newest revision's text, as Markdown; `revisions` keeps them all."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="notes")
    body = models.TextField(_("text"), max_length=20_000)
    created_at = models.DateTimeField(_("created at"))
    edited_at = models.DateTimeField(_("edited at"))

    objects = DeletableQuerySet["Note"].as_manager()

    class Meta:
        ordering = ("-edited_at", "-id")
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.body[:60]


class NoteRevision(models.Model):
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="revisions")
    body = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        ordering = ("-written_at", "-id")
        verbose_name = _("note revision")
        verbose_name_plural = _("note revisions")

    def __str__(self) -> str:
        return f"{self.note_id} at {self.written_at:%Y-%m-%d %H:%M}"
