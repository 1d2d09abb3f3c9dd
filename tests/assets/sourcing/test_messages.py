import pytest
from django.utils import translation

from assets.sourcing.messages import localized, message

STORED = (
    ("CoinGecko does not know aurelium.", "CoinGecko no conoce aurelium."),
    ("AURI is a fund; it is left out.", "AURI es un fondo; se omite."),
    ("The body is empty.", "El cuerpo está vacío."),
    ("coin: price is negative.", "coin: price es negativo."),
    (
        "Vendor can't be asked about this asset: its CIK is not known.",
        "No se puede preguntar a Vendor por este activo: no se conoce su CIK.",
    ),
    (
        "Vendor has no market; it has: books, weather.",
        "Vendor no tiene precio y volumen; tiene: libros de órdenes, weather.",
    ),
    (
        "The file has more than 50,000 rows. Split it.",
        "El archivo tiene más de 50.000 filas. Divídalo.",
    ),
    ("row 3, total: is not a number.", "fila 3, total: no es un número."),
    ("row 3, date: repeats row 2.", "fila 3, date: repite la fila 2."),
    (
        "row 3, kind: is not one of: token, equity.",
        "fila 3, kind: no es una de: token, equity.",
    ),
    (
        "row 3: belongs to a list whose row 9 is bad.",
        "fila 3: pertenece a una lista cuya fila 9 es mala.",
    ),
    (
        "row 4, share: may mean 1234 or 1.234; say which mark is the decimal one.",
        "fila 4, share: puede significar 1234 o 1.234; indique qué signo es el decimal.",
    ),
)


def test_a_message_is_made_in_english():
    assert message("%(who)s refused.", who="Vendor") == "Vendor refused."
    assert message("At 100 % of it.") == "At 100 % of it."


@pytest.mark.parametrize(("stored", "shown"), STORED)
def test_a_stored_sentence_is_shown_in_the_readers_language(stored, shown):
    with translation.override("es"):
        assert localized(stored) == shown
    with translation.override("en"):
        assert localized(stored) == stored


def test_each_line_is_a_sentence_of_its_own():
    with translation.override("es"):
        assert localized("\n".join(stored for stored, _shown in STORED)).splitlines() == [
            shown for _stored, shown in STORED
        ]


@pytest.mark.parametrize(
    "text", ["", "Something else.", "a b.", "x is odd.", "%(who)s %", "\n", "price is weird."]
)
def test_what_is_no_known_message_stays_as_it_is(text):
    with translation.override("es"):
        assert localized(text) == text
    with translation.override(None):
        assert localized(text) == text


def test_values_are_shown_as_they_are_stored():
    with translation.override("es"):
        assert "%(coin)s <b>" in localized("CoinGecko does not know %(coin)s <b>.")
