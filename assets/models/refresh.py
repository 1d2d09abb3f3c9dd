"""Refresh run, its steps, and the request log: what was asked, how far it is, what went wrong."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models.asset import Asset
from assets.models.observation import Observation
from assets.models.whole_json import WholeJSONField


class RefreshRun(models.Model):
    """One refresh of one family at one provider; its steps are its requests."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("ended with errors")
        STOPPED = "stopped", _("stopped")

    provider = models.CharField(_("provider"), max_length=32)
    family = models.CharField(_("family"), max_length=32)
    asset = models.ForeignKey(
        Asset, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asset")
    )
    limit = models.PositiveIntegerField(_("limit"), null=True, blank=True)
    is_walk = models.BooleanField(
        _("universe"), default=False, help_text=_("Requests everything the provider has in this family.")
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=0, help_text=_("Runs of a higher priority are asked first.")
    )
    base_url = models.CharField(_("base URL"), max_length=300, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    steps_total = models.PositiveIntegerField(_("steps"), default=0)
    steps_done = models.PositiveIntegerField(_("steps done"), default=0)
    steps_failed = models.PositiveIntegerField(_("steps failed"), default=0)
    rows_stored = models.PositiveIntegerField(_("rows stored"), default=0)
    rows_rejected = models.PositiveIntegerField(_("rows rejected"), default=0)
    assets_scored = models.PositiveIntegerField(_("assets scored"), default=0)
    problem = models.TextField(_("problem"), blank=True)
    created_at = models.DateTimeField(_("started at"))
    progressed_at = models.DateTimeField(_("last progress at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("refresh run")
        verbose_name_plural = _("refresh runs")
        indexes = (models.Index(fields=("state", "-id"), name="run_by_state"),)

    def __str__(self) -> str:
        return f"{self.provider} {self.family} #{self.pk}"

    @property
    def steps_ended(self) -> int:
        return self.steps_done + self.steps_failed

    @property
    def is_over(self) -> bool:
        return self.state != self.State.RUNNING


class RefreshStep(models.Model):
    """One request of a run, claimed in the transaction that stores its facts: done once, however often tried.

    `asked_ids` are the assets that it asks about by name; it is not tried before `next_try_at`. `cause` is
    what kind of thing its `problem` is (`assets/sourcing/causes.py`). `unscored` lasts until its facts are
    judged; a run is over when every step has ended and none is unscored.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    run = models.ForeignKey(RefreshRun, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(_("key"), max_length=64)
    request = WholeJSONField(_("request"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    asked_ids = WholeJSONField(_("assets that it asks about"), default=list, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    cause = models.CharField(_("cause"), max_length=12, default="", db_default="", blank=True)
    observation = models.ForeignKey(
        Observation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asset_ids = WholeJSONField(_("assets whose facts it brought"), default=list, blank=True)
    unscored = models.BooleanField(_("its facts wait to be scored"), default=False)

    class Meta:
        ordering = ("id",)
        verbose_name = _("refresh step")
        verbose_name_plural = _("refresh steps")
        constraints = (models.UniqueConstraint(fields=("run", "key"), name="one_step_per_request"),)
        indexes = (
            models.Index(fields=("run", "state", "id"), name="step_in_turn"),
            models.Index(fields=("run", "id"), name="step_unscored", condition=models.Q(unscored=True)),
        )

    def __str__(self) -> str:
        return f"step {self.pk} of run {self.run_id}"


class RequestLog(models.Model):
    """When a provider was last asked for a family of an asset, and the result: facts or a reason."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="request_logs")
    provider = models.CharField(_("provider"), max_length=32)
    family = models.CharField(_("family"), max_length=32)
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        verbose_name = _("request log")
        verbose_name_plural = _("request logs")
        constraints = (
            models.UniqueConstraint(fields=("asset", "provider", "family"), name="one_log_per_family"),
        )
        indexes = (models.Index(fields=("provider", "family", "asked_at"), name="request_log_by_age"),)

    def __str__(self) -> str:
        return f"{self.provider} {self.family} of asset {self.asset_id}"
