"""Keep the translations in step with the texts of the product; needs no GNU gettext."""

import importlib
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assets.metrics.measure import MEASURES
from assets.metrics.size_tiers import TIERS
from screener.checklist import CRITERIA, DIMENSIONS
from screener.services.evidence.read_validation import read_validation

SOURCES: Final = ("assets", "screener", "templates")


class Command(BaseCommand):
    help = "Bring the translation catalogues up to date with the texts, or check them (--check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail and list what is missing or wrong."
        )

    def handle(self, *, check: bool, **_options: Any) -> None:
        try:
            catalogue = importlib.import_module("screener.management.catalogue")
        except ModuleNotFoundError as error:
            if error.name is None or not error.name.startswith("babel"):
                raise
            raise CommandError(
                "Babel is not installed; it comes with the development requirements (requirements-dev.txt)."
            ) from error
        texts = [*catalogue.texts_below(*(settings.BASE_DIR / name for name in SOURCES)), *registry_texts()]
        for language, _name in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            po = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
            if check:
                self._refuse(language, catalogue.check(po, language=language, texts=texts))
                self.stdout.write(f"The {language} catalogue is complete.")
            else:
                left = catalogue.update(po, language=language, texts=texts)
                self.stdout.write(
                    f"The {language} catalogue is up to date; {left} of its texts need a translator."
                )

    def _refuse(self, language: str, mistakes: list[str]) -> None:
        if mistakes:
            listed = "\n".join(f"  {each}" for each in mistakes)
            raise CommandError(
                f"The {language} catalogue has {len(mistakes)} mistakes:\n{listed}\n"
                "Run manage.py messages, translate what is empty in the .po file, run it again."
            )


def registry_texts() -> Iterator[tuple[str, None]]:
    """Texts that stand in the registries without a mark: docstrings and labels that the pages translate."""
    for dimension in DIMENSIONS:
        for title in dimension.titles.values():
            yield title, None
    for criterion in CRITERIA.values():
        sentences = chain.from_iterable(criterion.sentences.values())
        for text in (criterion.title, criterion.question, criterion.why, *sentences):
            yield text, None
    for labelled_set in read_validation():
        for limit in labelled_set.saved["limits"]:
            yield limit, None
        if labelled_set.saved.get("group_title"):
            yield labelled_set.saved["group_title"], None
    for measure in MEASURES:
        yield measure.label, None
        if measure.description:
            yield measure.description, None
    for tier in TIERS:
        yield tier, None
