import importlib
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from assets.identity.confusables import CONFUSABLES
from assets.management.commands.confusables import letters_of, prototypes_of

FILE = """\ufeff# confusables.txt
# Version: 15.1.0
0430 ;\t0061 ;\tMA\t# ( а → a ) CYRILLIC SMALL LETTER A
0410 ;\t0041 ;\tMA\t# ( А → A ) CYRILLIC CAPITAL LETTER A
0432 ;\t0299 ;\tMA\t# ( в → ʙ ) CYRILLIC SMALL LETTER VE → LATIN LETTER SMALL CAPITAL B
0406 ;\t006C ;\tMA\t# ( І → l ) CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I
01C0 ;\t006C ;\tMA\t# ( ǀ → l ) LATIN LETTER DENTAL CLICK
13DE ;\t004C ;\tMA\t# ( Ꮮ → L ) CHEROKEE LETTER TLE
FF41 ;\t0061 ;\tMA\t# ( ａ → a ) FULLWIDTH LATIN SMALL LETTER A
1D7CF ;\t006C ;\tMA\t# ( 𝟏 → l ) MATHEMATICAL BOLD DIGIT ONE
03F2 ;\t0063 ;\tMA\t# ( ϲ → c ) GREEK LUNATE SIGMA SYMBOL
006D ;\t0072 006E ;\tMA\t# ( m → rn ) LATIN SMALL LETTER M
05AD ;\t0596 ;\tMA\t# ( ֭ → ֖ ) HEBREW ACCENT DEHI
"""


@pytest.mark.parametrize(
    ("character", "letter"),
    [
        ("\U0001d7cf", None),  # NFKD makes it a 1.
        ("\u0430", "a"),
        ("\u0410", "a"),
        ("\u0432", "b"),  # The small form of a capital: both look like the small capital.
        ("\u0299", "b"),
        ("\u0406", "i"),  # A capital that looks like an l is an I.
        ("\u01c0", "l"),
        ("\u13de", "l"),
        ("\u03f2", "c"),  # NFKD would make it a sigma.
        ("\uff41", None),  # NFKD makes it that letter.
        ("m", None),
        ("\u05ad", None),
    ],
)
def test_a_character_looks_like_a_letter(character, letter):
    assert letters_of(prototypes_of(FILE)).get(character) == letter


def test_the_command_prints_a_module(tmp_path, capsys):
    file: Path = tmp_path / "confusables.txt"
    file.write_text(FILE, encoding="utf-8")
    call_command("confusables", file)
    written = capsys.readouterr().out
    assert "security/15.1.0/confusables.txt" in written
    names: dict[str, object] = {}
    exec(written, names)  # noqa: S102 - the module that it writes
    assert "0430" in names["CONFUSABLES"]["a"].split()


def test_the_committed_table_is_one_that_it_writes():
    module = importlib.import_module("assets.identity.confusables")
    codes = Counter(code for of in CONFUSABLES.values() for code in of.split())
    assert "manage.py confusables" in module.__doc__
    assert set(codes.values()) == {1}
    assert {"0430", "13A0", "1D1C", "03F2"} <= set(codes)
    assert not any(chr(int(code, 16)).isascii() for code in codes)
