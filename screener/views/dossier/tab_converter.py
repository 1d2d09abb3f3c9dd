"""Converter of addresses: the word of a tab that the asset's page itself shows."""

from django.urls.converters import StringConverter

from screener.services.dossier.tabs import OVERVIEW, TABS


class TabConverter(StringConverter):
    """The overview has the asset's own address, and some tabs are pages of their own."""

    regex = "|".join(each.name for each in TABS if not each.page and each != OVERVIEW)
