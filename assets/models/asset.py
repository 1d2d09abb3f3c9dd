"""Asset and identifiers: what it is and by which names the world's registries know it."""

import string
from collections.abc import Collection
from typing import Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from assets.metrics.families import EQUITY, TOKEN
from assets.models.whole_json import WholeJSONField
from assets.sourcing.rows import Identifier


class AssetQuerySet(models.QuerySet["Asset"]):
    def identified_by(self, namespace: str, value: str) -> Self:
        """The asset that has this name now."""
        return self.filter(
            identifiers__namespace=namespace,
            identifiers__value=value,
            identifiers__valid_until__isnull=True,
        )

    def at_address(self, slug: str) -> Self:
        """The asset of this slug, or the one it was merged into."""
        merged = FormerSlug.objects.filter(slug=slug)
        return self.filter(models.Q(slug=slug) | models.Q(pk__in=merged.values("asset_id")))

    def addressed_by(self, slugs: Collection[str]) -> dict[str, "Asset"]:
        """The asset at each slug, or the one it was merged into; in one query."""
        leading = models.Q(slug__in=slugs) | models.Q(former_slugs__slug__in=slugs)
        found: dict[str, Asset] = {}
        for asset in self.filter(leading).annotate(former=models.F("former_slugs__slug")):
            former = getattr(asset, "former", None) or asset.slug
            found |= dict.fromkeys({asset.slug, former} & {*slugs}, asset)
        return found


class Asset(models.Model):
    """A token or a listed share. Identity rests on `identifiers`, never on the symbol."""

    class Kind(models.TextChoices):
        TOKEN = TOKEN, _("Token")
        EQUITY = EQUITY, _("Equity")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    symbol = models.CharField(_("symbol"), max_length=64, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    chain = models.CharField(_("chain"), max_length=64, blank=True, db_index=True)
    venue = models.CharField(_("venue"), max_length=64, blank=True)
    sector = models.CharField(_("sector"), max_length=64, blank=True, db_index=True)
    tags = WholeJSONField(_("tags"), default=list, blank=True)
    links = WholeJSONField(_("links"), default=dict, blank=True)
    named_by = models.CharField(
        _("named by"), max_length=32, blank=True, help_text=_("The provider whose name and symbol are shown.")
    )
    symbol_look = models.CharField(max_length=64, blank=True, default="", db_default="", db_index=True)
    name_look = models.CharField(max_length=200, blank=True, default="", db_default="", db_index=True)
    likeness = models.CharField(
        _("likeness"),
        max_length=12,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "How the name looks like that of another one: by mixed alphabets, other letters, itself."
        ),
    )
    likeness_of = models.CharField(_("looks like"), max_length=200, blank=True, default="", db_default="")
    major = models.BooleanField(
        _("major"),
        default=False,
        db_default=False,
        help_text=_("A register has ranked it among the largest by market cap: others take its name."),
    )
    fictional = models.BooleanField(
        _("fictional"), default=False, help_text=_("Belongs to the sandbox market.")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("asset")
        verbose_name_plural = _("assets")

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.symbol})" if self.symbol else self.shown_name

    def get_absolute_url(self) -> str:
        return reverse("asset", args=[self.slug])

    @property
    def shown_name(self) -> str:
        """Its name; of one that nobody has named yet the symbol, or else its address."""
        return self.name or self.symbol or self.slug

    @property
    def names(self) -> tuple[Identifier, ...]:
        """Its names of today: those of its home chain first, of two in one registry the newer."""
        valid = [each for each in self.identifiers.all() if each.valid_until is None]
        home = f"address:{self.chain}"
        newest_first = sorted(
            sorted(valid, key=lambda each: each.pk),
            key=lambda each: -(each.valid_from.timestamp() if each.valid_from else 0),
        )
        places = {each.namespace: place for place, each in enumerate(sorted(valid, key=lambda each: each.pk))}
        in_order = sorted(newest_first, key=lambda each: (each.namespace != home, places[each.namespace]))
        return tuple((each.namespace, each.value) for each in in_order)

    def clean(self) -> None:
        if FormerSlug.objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": _("This address leads to an asset that was merged with another.")})

    @staticmethod
    def slug_for(*parts: str) -> str:
        """A readable slug of what is known; the caller makes it unique."""
        return slugify("-".join(part for part in parts if part))[:100] or "asset"


class AssetIdentifierQuerySet(models.QuerySet["AssetIdentifier"]):
    def valid(self) -> Self:
        return self.filter(valid_until__isnull=True)

    def beginning(self, text: str) -> Self:
        """Valid addresses and CIKs that begin with this text in whatever case, each with its asset.

        A range of the index `identifier_folded`, whose order of ASCII letters and digits is the same in
        every collation; a text of anything else has to be the whole value.
        """
        folded = text.lower()
        named = self.valid().annotate(folded=Lower("value")).select_related("asset")
        named = named.filter(models.Q(namespace__startswith="address:") | models.Q(namespace="cik"))
        end = _next_text(folded)
        is_range = folded.isascii() and folded.isalnum() and end
        return named.filter(folded__gte=folded, folded__lt=end) if is_range else named.filter(folded=folded)


DIGITS_AND_LETTERS: Final = string.digits + string.ascii_lowercase


def _next_text(text: str) -> str:
    """The first text of digits and letters behind all that begin with this one; "" where there is none."""
    kept = text.rstrip("z")
    return kept[:-1] + DIGITS_AND_LETTERS[DIGITS_AND_LETTERS.find(kept[-1]) + 1] if kept else ""


class AssetIdentifier(models.Model):
    """One name of an asset in one registry: `coingecko:bitcoin`, `address:solana:So11…`, `cik:320193`.

    A name is a lease: a coin moves to another contract, an exchange gives a code to another coin. It is never
    deleted but ends, so that history stays readable. Without `valid_from` it was known before that was kept.
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="identifiers")
    namespace = models.CharField(_("namespace"), max_length=64)
    value = models.CharField(_("value"), max_length=200)
    provider = models.CharField(_("known from"), max_length=32, blank=True, default="", db_default="")
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    home_since = models.DateTimeField(
        _("home since"),
        null=True,
        blank=True,
        help_text=_("When a register called this contract's chain its home."),
    )
    alone_until = models.DateTimeField(
        _("alone until"),
        null=True,
        blank=True,
        help_text=_(
            "When an asset of another contract was merged: what was said before may be about that one."
        ),
    )

    objects = AssetIdentifierQuerySet.as_manager()

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = (
            models.UniqueConstraint(
                fields=("namespace", "value"),
                condition=models.Q(valid_until__isnull=True),
                name="one_asset_per_valid_identifier",
            ),
        )
        indexes = (
            models.Index(fields=("namespace", "value"), name="identifier_name"),
            models.Index(Lower("value"), name="identifier_folded"),
            models.Index(
                fields=("asset",), condition=models.Q(valid_until__isnull=False), name="identifier_ended"
            ),
        )

    def __str__(self) -> str:
        return f"{self.namespace}:{self.value}"


class FormerSlug(models.Model):
    """The slug of an asset that was merged into another: its address redirects to that one."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="former_slugs")
    merged_by = models.CharField(
        _("merged by"), max_length=32, help_text=_("The provider that named both as one asset.")
    )
    merged_at = models.DateTimeField(_("merged at"))

    class Meta:
        ordering = ("-merged_at", "-id")
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
